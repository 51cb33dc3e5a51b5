"""What makes a scheduled statement doubtful: two schedules, days that run backwards, an implausible amount."""

from __future__ import annotations

import re
from collections.abc import Iterator

from posolog.core.days import DayRange
from posolog.protocol.model import Amount, Per
from posolog.reader.drafts import Draft
from posolog.reader.tokens.daywords import DayWords

_EITHER_DAYS = re.compile(r"\d\s?,?\sor\s", re.I)  # "days 0-27, or 0-40"
_LOST_DASH = re.compile(r"\s\d{1,2}(?=\s?(?:[,;.)]|$|of|every|in\b|and|each))")  # "days 1 5 of each cycle"
# "10 mg x 2", but not "10 mg x 2 days".
_TIMES_HOW_MANY = re.compile(
    r"\s?[x×]\s?(?!1\b)\d{1,2}(?!\d|\s?(?:days?|d\b|weeks?|wks?|doses|cycles|courses|months?|10))"
)
_EXAMPLE = re.compile(r"(?:\be\.\s?g\.?,?|\bfor\sexample,?)\s?\(?\Z", re.I)
# "every week or every 2 weeks", "on days 1-3 or days 1-5"
_OR_ELSE = re.compile(
    r"""\s?[,)]?\s?\(?or\s(?:once\s|twice\s|then\s)?(?:
            every|weekly|daily|bi-?weekly|monthly|q\.?\s?\d|(?:on\s)?days?\s-?\d|for\s\d|\d\s?x
            |(?:two|three|2|3)\stimes)\b""",
    re.I | re.X,
)
_ONE_OR_TWO = re.compile(r"(?:once|twice|one|two|three|1|2|3)\s(?:or|to|-)\s\Z", re.I)  # "once or twice a week"
# "after week 4 (12 doses of 30 mg X)": what has been given by then
_SO_FAR = re.compile(r"\(\s?(?:i\.e\.,?\s|corresponding\sto\s)?\d{1,3}\sdoses\sof\s(?:[\w-]+\s)?\Z")
_WHICHEVER = re.compile(r"[^.;]{0,60}\bwhichever\b", re.I)
# Given by the gram: "IVIG 2 g/kg", "dextrose 50 g", a diet.
_GRAMS_USUAL = re.compile(
    r"""globulin|ivig|albumin|glucose|dextrose|fructose|sucrose|maltodextrin|protein|amino|mannitol|ethanol|alcohol
        |fib(?:er|re)|lactulose|polyethylene|glycer|charcoal|milk|diet|powder|carbohydrate|lipid|decoction|granules
        |urea|starch|sugar|oil\b""",
    re.I | re.X,
)
_RANGE = re.compile(r"\d\s?(?:-|–|to)\s?\d")  # "for 6-7 weeks"
_SINGLE = re.compile(r"(?:as\s|in\s|an?\s|one\b|single|once|x\s?1\b)", re.I)
_MANY_GRAMS = {Per.KG: 1, Per.M2: 20, Per.FLAT: 30}


def _counted(draft: Draft) -> bool:
    """ "20 mg/m2/d x 3": three days of it."""
    return any(t.kind == "for" and 0 <= t.start - draft.at[1] <= 2 for t in draft.tokens)


def doubts_of(text: str, draft: Draft) -> Iterator[str]:
    """The doubts that the tokens of a draft raise, in the order in which they are told."""
    sets = [t for t in draft.tokens if t.kind == "days"]
    if any(_LOST_DASH.match(text, t.end) for t in sets):
        yield "a dash between day numbers may be lost"
    if draft.how == "step" and len(text[draft.agent.end : draft.at[0]]) > 160 and not sets:
        yield "the agent stands far from its amount"
    if _two_day_sets(draft):
        yield "two day sets for one amount"
    if draft.amount is not None:
        yield from _of_amount(text, draft)
    if any(isinstance(t.value, DayWords) and t.value.falling for t in sets):
        yield "positive days that run downwards: a minus sign may be lost"
    if any(_EITHER_DAYS.search(text, t.start, t.end) for t in sets):
        yield "one of two day sets"
    if any(_OR_ELSE.match(text, t.end) for t in draft.tokens if t.kind in ("every", "times", "days", "weeks", "for")):
        yield "one of two schedules"
    if any(_ONE_OR_TWO.search(text, max(0, t.start - 12), t.start) for t in draft.tokens if t.kind == "times"):
        yield "one of two frequencies"
    if any(_WHICHEVER.match(text, t.end) for t in draft.tokens if t.kind in ("days", "for", "doses", "cycles")):
        yield "one of two times, whichever comes first"
    if draft.amount is not None and implausible(draft.amount) and not _GRAMS_USUAL.search(draft.agent.name):
        yield "implausible amount: a micro sign may be lost"
    if draft.has("incycle") and any(t.kind == "doses" and not _SINGLE.match(t.words) for t in draft.tokens):
        yield "a count of doses beside one cycle"
    if any(t.kind == "for" and _RANGE.search(t.words) for t in draft.tokens) and not draft.has("rest"):
        yield "how long is a range"
    if len({t.value for t in draft.tokens if t.kind == "times"}) > 1:
        yield "two frequencies for one amount"


def _of_amount(text: str, draft: Draft) -> Iterator[str]:
    """The doubts that the words beside an amount raise."""
    start, end = draft.at
    lead = text[max(0, start - 16) : start]
    if _TIMES_HOW_MANY.match(text, end) and not _counted(draft):
        yield "how often, or how many at a time"
    if _SO_FAR.search(text[max(0, min(start, draft.agent.start) - 40) : min(start, draft.agent.start)]):
        yield "a count of doses in brackets: perhaps what has been given by then"
    if _EXAMPLE.search(lead):
        yield "told as an example"


def _two_day_sets(draft: Draft) -> bool:
    """Single days add up; ranges do not, unless the words between them say how they follow each other."""
    sets = [t for t in draft.tokens if t.kind == "days"]
    if len(sets) < 2 or draft.has("rest", "until", "between", "taper", "open"):
        return False
    values = [t.value.days for t in sets if isinstance(t.value, DayWords)]
    return len(values) > 2 or any(isinstance(item, DayRange) for days in values for item in days.items)


def implausible(amount: Amount) -> bool:
    """Grams where micrograms are usual: 1 g/kg, 20 g/m², 30 g, or 1 Ci and more."""
    value = amount.high or amount.low or max(amount.levels, default=None)
    if value is None or amount.unit.kind not in ("mass", "activity"):
        return False
    if amount.unit.kind == "activity":
        return amount.unit.symbol == "Ci"
    grams = value * amount.unit.factor / 1000
    return amount.unit.symbol == "g" and grams >= _MANY_GRAMS[amount.per]
