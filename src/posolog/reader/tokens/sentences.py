"""The sentences of a block: abbreviations and decimals end none, a labelled arm in a run-on line opens one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_LONGEST = 8000  # characters of a sentence; the longest of 125,823 registry sentences has 4,721
_SENTENCE_END = re.compile(
    r"""[.!?](?:
            (?<=[a-z0-9²³⁰-⁹)\]%\"'][.!?])(?P<gap>\s+)(?=[\"'(]?[A-Z0-9])
            |(?<=[A-Za-z][A-Z][.!?])(?P<acronym>\s+)(?=[A-Z][a-z])
            |(?<=[a-z]{3}\.)(?P<joined>)(?=[A-Z][a-z]))""",
    re.X,
)
_BULLET = re.compile(r"[-*•–](?<=\s[-*•–])(?=\s+[A-Z])")
# "Arm A: ... Arm B: ..." in a line that has lost its breaks: each arm is a sentence of its own.
_ARM_OPENS = re.compile(
    r"""\s(?=
            (?:(?:Treatment|Study|Experimental|Control)\s)?(?:
                Arm|ARM|Group|GROUP|Option|OPTION|Regimen|REGIMEN|Stratum|STRATUM|Block|BLOCK|Schedule|Sequence
                |Strategy)\s
            (?:[A-H]\d?|I{1,3}|IV|V|\d{1,2}[a-z]?)(?:\s?\([^()]{0,60}\))?\s?:\s)""",
    re.X,
)
_ABBREVIATED = re.compile(
    r"""(?:
            \b(?:
                 e\.g|i\.e|i\.v|p\.o|s\.c|vs|approx|no|dr|al|fig|max|min|incl|resp|etc|wk|hr|hrs|st|ii|iii|iv|vi|vii
                 |viii|ix)
            |\b[A-Z])\.$""",
    re.I | re.X,
)


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open spans of the sentences of one block's text; abbreviations and decimals do not end one.

    A bullet in running text (registries lose line breaks) opens a sentence after a stop or a colon, or when it is one
    of several.
    """
    bullets = [match.start() for match in _BULLET.finditer(text)]
    opened = [at for at in bullets if len(bullets) > 1 or text[at - 2 : at - 1] in (".", ":", ";")]
    stops = [match.span(match.lastgroup or 0) for match in _SENTENCE_END.finditer(text)]
    ends = [(start, end) for start, end in stops if not _ABBREVIATED.search(text[max(0, start - 8) : start])]
    gaps = sorted([*ends, *((at - 1, at) for at in opened)]) if opened else ends
    cuts = [0, *(at for gap in gaps for at in gap)]
    if text.count(":") > 1:
        arms = [match.start() for match in _ARM_OPENS.finditer(text)]
        cuts = _with_arms(text, cuts, arms) if len(arms) > 1 else cuts
    cuts.append(len(text))
    whole = ((cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2) if cuts[i + 1] > cuts[i])
    return tuple(piece for start, end in whole for piece in _bounded(text, start, end))


def _with_arms(text: str, cuts: list[int], arms: list[int]) -> list[int]:
    """The cuts with those before a labelled arm, but for arms inside a bracket."""
    have = set(cuts)
    fresh = (at for at in arms if at not in have and at + 1 not in have)
    outside = [at for at in fresh if text.rfind("(", max(0, at - 300), at) <= text.rfind(")", max(0, at - 300), at)]
    pairs = sorted([(cuts[i - 1], cuts[i]) for i in range(2, len(cuts), 2)] + [(at, at + 1) for at in outside])
    return [cuts[0], *(place for pair in pairs for place in pair)]


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What no author writes as one sentence is cut at a blank, so that the cost of a text stays linear."""
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        cut = blank if blank > 0 else start + _LONGEST
        yield start, cut
        start = cut + (blank > 0)
    if end > start:
        yield start, end
