"""What keeps a sentence for the dose reader: amounts in a dosing unit, days and intervals, and verbs of giving."""

from __future__ import annotations

import re

AMOUNT = re.compile(
    r"\d\s?-?(?:mg|mcg|ug|[µμ]g|ng|gr?|gms?|grams?|milli-?grams?|micro-?grams?|kg|IU|MIU|MU|units?|million|mL|"
    r"cc|MBq|GBq|kBq|"
    r"m?Ci|c?Gy|grays?|rads?|tablets?|capsules?|pills?|drops?|puffs?|ampoules?|vials?|sachets?|x\s?10|\*\s?10|"
    r"injections?|doses|"
    r"infusions|fractions|cells?)\b(?!\s?/\s?(?:dL|mL|L)\b)|\d\s?%|\bAUC\s?(?:of\s)?\d|\d\s?[x×]\s?10|\bmg\s?/|"
    r"/\s?kg\b|/\s?m[2²]",
    re.I,
)
SCHEDULE = re.compile(
    r"\bdays?\s?[-+]?\s?\d|\b[DJ]\s?[-+]\s?\d|\b[DJdj]\d|\bday\s+(?:zero|one|of)|\d+[\s-]?(?:hours?|hrs?|h|"
    r"minutes?|min)\b|"
    r"\b(?:daily|weekly|biweekly|monthly|nightly|hourly|twice|thrice|bid|tid|qid|qd|bolus)\b|\bq\s?\d|"
    r"\bevery\s+(?:\w+\s+)?"
    r"(?:days?|weeks?|months?|hours?|morning|evening|night)|\b(?:cycles?|courses?)\b|\b(?:once|times)\s+(?:a|"
    r"per|daily)\b|"
    r"\bfor\s+(?:up\s+to\s+)?\w+\s+(?:days?|weeks?|months?|years?)\b",
    re.I,
)
GIVING = re.compile(
    r"\b(?:receiv(?:e|es|ing)|administ(?:er|ers|ered|ering|rated)|given|gives?|giving|infus(?:e|ed|ing)|"
    r"inject(?:ed|ing)?|"
    r"undergo(?:es)?|taken?|takes|treated\s+with|start(?:s|ed|ing)?|begin(?:s|ning)?|initiated|continu(?:e|es|ed|ing)|"
    r"repeats?|repeated|escalated|tapered?|tapering|proceed|titrated|conditioning|dosing|dosed|dose\s+levels?|loading|"
    r"maintenance|followed\s+by)\b|(?<!have )(?<!has )(?<!had )(?<!previously )(?<!prior )(?<!who )\breceived\b",
    re.I,
)
PLANNED = re.compile(r"\b(?:will|shall|to\s+be|patients?\s+receive|(?:are|is)\s+(?:given|administered|treated|"
                     r"infused|injected))\b",
                     re.I)
_GIVING_WORDS = frozenset(re.findall(r"\w+", """
    receive receives receiving received administer administers administered administering administrated given give
    gives giving infuse infused infusing inject injected injecting undergo undergoes take taken takes treated start
    starts started starting begin begins beginning initiated continue continues continued continuing repeat repeats
    repeated escalated taper tapered tapering proceed titrated conditioning dosing dosed dose loading maintenance
    followed instructed
"""))
_SCHEDULE_WORDS = frozenset(re.findall(r"\w+", """
    day days hour hours hrs hr h minute minutes min daily weekly biweekly monthly nightly hourly twice thrice bid
    tid qid qd bolus every cycle cycles course courses once times for
"""))
_DIGIT = re.compile(r"\d")


def has_amount(text: str) -> bool:
    """An amount in a unit that doses are written in."""
    return (_DIGIT.search(text) is not None and AMOUNT.search(text) is not None) or "mg/" in text


def has_schedule(text: str, words: frozenset[str] | None = None) -> bool:
    """Day numbers, intervals, durations or cycles. `words`: its words in lower case, where the caller has them."""
    likely = words is None or not _SCHEDULE_WORDS.isdisjoint(words) or _DIGIT.search(text) is not None
    return likely and SCHEDULE.search(text) is not None


def gives(text: str, words: frozenset[str] | None = None) -> bool:
    """A verb of giving or a word of treatment delivery. `words` as in `has_schedule`."""
    return (words is None or not _GIVING_WORDS.isdisjoint(words)) and GIVING.search(text) is not None
