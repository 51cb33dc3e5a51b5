"""The alternatives of a pattern, cut out one at a time."""

import re

import pytest

from validation.ablation import alternatives

CASES = {
    "a|b": ["b", "a"],
    "(?:a|b)c": ["(?:b)c", "(?:a)c"],
    r"(?P<x>a|[|]|\|)d": [r"(?P<x>[|]|\|)d", r"(?P<x>a|\|)d", "(?P<x>a|[|])d"],
    "a(?:b(?:c|d)e)": [],
}


@pytest.mark.parametrize("pattern", CASES)
def test_each_alternative_is_left_out_once(pattern: str) -> None:
    left = [pattern[:start] + pattern[end:] for start, end in alternatives(pattern)]
    assert left == CASES[pattern] and all(re.compile(one) for one in left)


def test_remarks_of_a_long_pattern_are_no_alternatives() -> None:
    pattern = "a # one (or | none\n| b"
    left = [pattern[:start] + pattern[end:] for start, end in alternatives(pattern, verbose=True)]
    assert [re.fullmatch(one, "b", re.X) is not None for one in left] == [True, False]
