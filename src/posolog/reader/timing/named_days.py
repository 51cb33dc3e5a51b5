
"""Days by words: "days one, three and five", "the first and the sixth day"."""

from __future__ import annotations

import re

from posolog.core.days import DayItem, DayRange, DaySet
from posolog.reader.timing.form import AND, Form, form
from posolog.reader.tokens.kinds.places import GRAFT
from posolog.reader.tokens.numbers import WORDS

_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "fourteenth": 14, "fifteenth": 15, "twenty-first": 21,
}  # fmt: skip
_ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"
_CARDINALS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fourteen",
)
_CARDINAL = rf"(?:\d{{1,2}}|{'|'.join(_CARDINALS)})"
_PROCEDURE = (
    r"(?:the\s|an?\s)?(?:planned\s|scheduled\s)?(?:"
    r"surgery|operation|procedure|ablation|pci|intervention|catheteri[sz]ation|embolization|implantation"
    r"|delivery|extraction)\b"
)
_TO = re.compile(r"to|through|thru|until|-|–")


def _by_number(match: re.Match[str]) -> DaySet:
    """ "one, three and five", "one to seven"."""
    numbers = re.findall(_CARDINAL, match["days"])
    return _set([int(one) if one[0].isdigit() else WORDS[one] for one in numbers], re.sub(_CARDINAL, "", match["days"]))


def _by_order(match: re.Match[str]) -> DaySet:
    """ "first, third and sixth", "2nd to the 5th"."""
    numbers = re.findall(_ORDINAL, match["days"])
    return _set(
        [int(one[:-2]) if one[0].isdigit() else _ORDINALS[one] for one in numbers], re.sub(_ORDINAL, "", match["days"])
    )


def _before(match: re.Match[str]) -> DaySet:
    words = match["days"]
    return DaySet((-(int(words) if words.isdigit() else WORDS[words]),))


def _set(numbers: list[int], joints: str) -> DaySet:
    if len(numbers) == 2 and numbers[0] < numbers[1] and _TO.search(joints):
        return DaySet((DayRange(numbers[0], numbers[1]),))
    items: tuple[DayItem, ...] = tuple(dict.fromkeys(numbers))
    return DaySet(items)


FORMS: tuple[Form, ...] = (
    # "days one, three and five"; "on the first, third and sixth day"
    form(
        "worddays",
        rf"""d(?<=\bd)ays?\s(?P<days>
                (?:{'|'.join(_CARDINALS)})\b(?!\s(?:times?|doses?|weeks?|hours?))(?:
                    (?:{AND}|\s(?:to|through|until|thru)\s|-){_CARDINAL}\b(?!\s?(?:mg|g|weeks?|times|doses))){{0,8}})""",
        "day_|days_", _by_number,
    ),
    # "from two days before the transplant", "starting 7 days before surgery"
    form(
        "open",
        rf"""\b(?:from|starting|beginning|commencing)\s(?=
                (?:at\sleast\s)?(?:\d{{1,2}}|{'|'.join(_CARDINALS)})\sdays?\s(?:before|prior\sto|preceding)\s
                (?:{GRAFT}|{_PROCEDURE}))""",
        "before|prior|preced", lambda m: None,
    ),
    form(
        "worddays",
        rf"""(?:(?<=from\s)|(?<=starting\s)|(?<=beginning\s)|(?<=commencing\s))
            (?:at\sleast\s)?(?P<days>\d{{1,2}}|{'|'.join(_CARDINALS)})\sdays?\s(?:before|prior\sto|preceding)\s
            {_PROCEDURE}""",
        "before|prior|preced", _before,
    ),
    # "from the 6th day"
    form(
        "open",
        rf"\b(?:from|since|beginning|starting)\s(?=(?:the\s)?{_ORDINAL}\sday\b)",
        "st_day|nd_day|rd_day|th_day", lambda m: None,
    ),
    form(
        "worddays",
        rf"""(?<!after\s)(?<!before\s)(?<!by\s)(?<!until\s)(?<!within\s)(?:
                \b(?:on|in|at|of)\s|(?<=,\s)|(?<=from\s)|(?<=since\s)|(?<=beginning\s)|(?<=starting\s))(?:the\s)?
            (?P<days>{_ORDINAL}(?:(?:{AND}|\sto\s(?:the\s)?|\sthrough\s|\s?[-–/]\s?){_ORDINAL}){{0,8}})\sdays?\b(?!
                \s(?:of\slife|visit)|\s(?:after|post|following|from|before|prior\sto)\s(?!{GRAFT}))""",
        "st_day|nd_day|rd_day|th_day", _by_order,
    ),
)  # fmt: skip
