"""Day phrases as registries write them, with the day items they must give: sets and ranges stay apart (hazard H3)."""

import pytest

from posolog.core.days import DayItem, DayRange
from posolog.reader.tokens.daywords import START, read_days

R = DayRange
CASES: dict[str, tuple[DayItem, ...]] = {
    "days 1, 8 and 15": (1, 8, 15),
    "days 1-4, 9-12, and 17-20": (R(1, 4), R(9, 12), R(17, 20)),
    "day 1 to 21 of a 28 days cycle": (R(1, 21),),
    "days 1 through 5": (R(1, 5),),
    "days -6, -5, -4, and -3": (-6, -5, -4, -3),
    "Days - 24 and Day - 23": (-24, -23),
    "Day -2 to -7": (R(-7, -2),),
    "D34 to D36": (R(34, 36),),
    "d-12 ~d-10": (R(-12, -10),),
    "D1~14": (R(1, 14),),
    "day+5": (5,),
    "J-12 to J-9": (R(-12, -9),),
    "J-5 to D-1": (R(-5, -1),),
    "days D + 3 and D + 5": (3, 5),
    "day J + 6": (6,),
    "the D + 120": (120,),
    "Day 7, 6, 5": (7, 6, 5),
    "days -3 to 56": (R(-3, 56),),
    "day -1 until day +100": (R(-1, 100),),
    "Day -8, -7": (-8, -7),
    "Days 4 and 11": (4, 11),
    "Days 1 to 4 and 11 to 14": (R(1, 4), R(11, 14)),
    "day 1,3": (1, 3),
    "D0": (0,),
    "days minus 5 and minus 4": (-5, -4),
    "day 1 and day 8": (1, 8),
    "days −4 to −2": (R(-4, -2),),
    "days 1–5": (R(1, 5),),
}


@pytest.mark.parametrize("words", CASES)
def test_day_words(words: str) -> None:
    start = START.search(words)
    assert start is not None
    found = read_days(words, start.start())
    assert found is not None
    assert found.days.items == CASES[words]


@pytest.mark.parametrize(
    "words",
    ["vitamin D", "5 days", "three times a day", "mg/m2/day", "daily", "a 28-day cycle", "day care", "for 7 days"],
)
def test_no_day_of_treatment(words: str) -> None:
    start = START.search(words)
    assert start is None or read_days(words, start.start()) is None


@pytest.mark.parametrize("words", ["day 1 2 mg", "days 1 and 2 mg", "day 3, 20 mg", "day 1 and 3 weeks"])
def test_a_number_with_a_unit_is_no_day(words: str) -> None:
    found = read_days(words, 0)
    assert found is not None
    assert len(found.days.items) == 1
