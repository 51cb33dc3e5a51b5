"""What keeps a sentence for the dose reader: amounts in a dosing unit, days and intervals, and verbs of giving."""

from __future__ import annotations

import re

from posolog.reader.tokens.cues import Cues

_AMOUNTS = Cues(
    (
        "",
        r"\d\s?(?:"
        r"-?(?:"
        r"mg|mcg|ug|[µμ]g|ng|gr?|gms?|grams?|milli-?grams?|micro-?grams?|kg|IU|MIU|MU|units?|million|mL|cc"
        r"|MBq|GBq|kBq|m?Ci|c?Gy|grays?|rads?|tablets?|capsules?|pills?|drops?|puffs?|ampoules?|vials?"
        r"|sachets?|x\s?10|\*\s?10|injections?|doses|infusions|fractions|cells?)"
        r"\b(?!\s?/\s?(?:dL|mL|L)\b)"
        r"|%|[x×]\s?10)",
    ),
    ("auc", r"\s?(?:of\s)?\d"),
    ("mg", r"\s?/"),
    ("", r"/\s?(?:kg\b|m[2²])"),
)  # fmt: skip
_SCHEDULE = Cues(
    ("day days", r"\s?[-+]?\s?\d"),
    ("day", r"\s+(?:zero|one|of)"),
    ("d j", r"(?:\s?[-+]\s?)?\d"),
    ("", r"\d[\s-]?(?:hours?|hrs?|h|minutes?|min)\b"),
    ("daily weekly biweekly monthly nightly hourly twice thrice bid tid qid qd bolus", r"\b"),
    ("q", r"\s?\d"),
    ("every", r"\s+(?:\w+\s+)?(?:days?|weeks?|months?|hours?|morning|evening|night)"),
    ("cycle cycles course courses", r"\b"),
    ("once times", r"\s+(?:a|per|daily)\b"),
    ("for", r"\s+(?:up\s+to\s+)?\w+\s+(?:days?|weeks?|months?|years?)\b"),
)
_GIVING = Cues(
    ("receive receives receiving administer administers administered administering administrated given give gives "
     "giving infuse infused infusing inject injected injecting undergo undergoes take taken takes start starts started "
     "starting begin begins beginning initiated continue continues continued continuing repeat repeats repeated "
     "escalated tapered tapering proceed titrated conditioning dosing dosed loading maintenance", r"\b"),
    ("treated", r"\s+with\b"),
    ("dose", r"\s+levels?\b"),
    ("followed", r"\s+by\b"),
    ("received", r"(?<!have received)(?<!has received)(?<!had received)(?<!previously received)(?<!prior received)"
                 r"(?<!who received)\b"),
)  # fmt: skip
_PLANNED = Cues(
    ("will shall", r"\b"),
    ("to", r"\s+be\b"),
    ("patient patients", r"\s+receive\b"),
    ("are is", r"\s+(?:given|administered|treated|infused|injected)\b"),
)
_DIGIT = re.compile(r"\d")


def has_amount(text: str) -> bool:
    """An amount in a unit that doses are written in."""
    return (_DIGIT.search(text) is not None and _AMOUNTS.within(text)) or "mg/" in text


def has_schedule(text: str) -> bool:
    """Day numbers, intervals, durations or cycles."""
    return _SCHEDULE.within(text)


def gives(text: str) -> bool:
    """A verb of giving or a word of treatment delivery."""
    return _GIVING.within(text)


def plans(text: str) -> bool:
    """Told of what is going to be done."""
    return _PLANNED.within(text)
