"""The forms of conditions in prose, each with what it means and the words that it needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from posolog.protocol.condition import All, Compare, Condition, Is, NeverAbove, NoActive, Stated, StoppedFor, Within
from posolog.reader.tokens.values import whole

_N = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = r"(?P<unit>days?|weeks?|months?|years?)"
_WHO = r"(?:subjects?|patients?|participants?|adults?|those|individuals)(?:['’]s)?"
_STATES = {
    "immunosuppressive therapy": "immunosuppression",
    "immunosuppressive treatment": "immunosuppression",
    "immunosuppressants": "immunosuppression",
    "immunosuppressive drugs": "immunosuppression",
    "immune suppression": "immunosuppression",
}


def _singular(unit: str) -> str:
    return unit.lower().rstrip("s")


def _age(match: re.Match[str]) -> Condition:
    word = (match["sign"] or match["word"] or "").strip().lower()
    op = {
        "<": "<",
        ">": ">",
        "≤": "<=",
        "≥": ">=",
        "<=": "<=",
        ">=": ">=",
        "older than": ">",
        "over": ">",
        "above": ">",
        "younger than": "<",
        "under": "<",
        "below": "<",
        "less than": "<",
    }[word]
    return Compare("age", op, Decimal(match["years"]), "years")


def _age_and_beyond(match: re.Match[str]) -> Condition:
    """ "aged 65 years and over": the year named belongs to them."""
    op = "<=" if match["way"].lower() in ("younger", "under", "below", "less") else ">="
    return Compare("age", op, Decimal(match["years"]), "years")


def _first_patients(match: re.Match[str]) -> Condition:
    rank = Compare(
        "enrolment rank at site" if match["site"] else "enrolment rank",
        "<=",
        Decimal(whole(match["n1"] or match["n2"])),
    )
    return All((Is("site", (match["site"],)), rank)) if match["site"] else rank


def _case_is(match: re.Match[str]) -> Condition:
    return Is(match["fact"].strip().lower(), tuple(re.split(r"\s+or\s+|,\s*|/", match["values"].strip())))


def _within(match: re.Match[str]) -> Condition:
    events = tuple(re.split(r"\s+or\s+", match["events"].strip()))
    return Within(events, whole(match["n"]), _singular(match["unit"]), match["of"].strip())


def _stopped(match: re.Match[str]) -> Condition:
    state = match["state"].strip().lower()
    return StoppedFor(_STATES.get(state, state), whole(match["n"]), _singular(match["unit"]))


def _history(match: re.Match[str]) -> Condition:
    return NeverAbove(match["state"].strip(), match["grade"])


# Each form with words (small letters) of which one stands wherever it does: cheaper to look for than the form.
FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Condition], tuple[str, ...]], ...] = (
    (
        re.compile(
            rf"""(?:(?:for|in)\s(?:the\s)?)?{_WHO}\s?(?:aged\s|who\ are\s|with\ age\s)?(?:
                    (?P<sign>[<>]=?|[≤≥])
                    |(?P<word>older\ than|over|above|younger\ than|under|below|less\ than)
                     (?:\s(?:the\s)?age(?:\sof)?)?)\s?
                (?P<years>\d{{1,3}})(?:\s?(?:years?|yrs?|y\.?o\.?)(?:\s(?:old|of\ age))?|(?=\s?[:,)]))""",
            re.I | re.X,
        ),
        _age,
        ("<", ">", "≤", "≥", "older", "over", "above", "younger", "under", "below", "less than"),
    ),
    (
        re.compile(
            rf"""(?:(?:for|in)\s(?:the\s)?)?{_WHO}\s?(?:aged\s|who\ are\s|with\ age\s)?
                (?P<years>\d{{1,3}})\s?(?:years?|yrs?|y\.?o\.?)\s(?:old\s|of\ age\s)?(?:and|or)\s
                (?P<way>over|older|above|more|younger|under|below|less)\b""",
            re.I | re.X,
        ),
        _age_and_beyond,
        ("older", "over", "above", "more", "younger", "under", "below", "less"),
    ),
    (
        re.compile(
            rf"""(?:for|in)\sthe\s(?:first\s(?P<n1>{_N})|(?P<n2>{_N})\sfirst)\s
                {_WHO}(?:\s(?:enrolled|included|treated))?(?:\s(?:in|at)\s(?P<site>[A-ZÀ-Ý]\w+))?""",
            re.X,
        ),
        _first_patients,
        ("first",),
    ),
    (
        re.compile(
            r"in (?:the )?case of\s(?P<fact>[a-z]+(?:\s[a-z]+)?)\s\((?P<values>\w+(?:(?:\sor\s|,\s?|/)\w+){0,4})\)",
            re.I,
        ),
        _case_is,
        ("case of",),
    ),
    (
        re.compile(
            rf"""in\ (?:the\ )?case\ of\s(?P<events>[a-z ]{{3,60}}?)\s(?:during|within|in)\s
                (?:the\s)?(?:first\s)?(?P<n>{_N})\s{_UNIT}\s(?:following|after|of|from)\s(?P<of>[a-z]+)""",
            re.I | re.X,
        ),
        _within,
        ("case of",),
    ),
    (
        re.compile(
            rf"""(?:discontinued|stopped|off|without)\s(?:the\s|any\s)?(?P<state>[a-z]+(?:\s[a-z]+)?)\sfor\s
                (?:≥|>=?|at\ least|more\ than|a\ minimum\ of)?\s?(?P<n>{_N})\s{_UNIT}""",
            re.I | re.X,
        ),
        _stopped,
        ("discontinued", "stopped", "off", "without"),
    ),
    (
        re.compile(
            r"""(?:no|without|nor|or|and)\s(?:any\s)?(?:prior\s)?history\ of\s(?P<state>(?:[a-z]+\s)?[A-Za-z]+)\s
                (?:of\s)?grade\s?(?:>|above|greater\ than|higher\ than)\s?(?P<grade>I{1,3}V?|IV|[0-4])\b""",
            re.X,
        ),
        _history,
        ("history of",),
    ),
    (
        re.compile(
            r"""(?:no|without)\s(?:active|ongoing|current|evidence\ of)\s
                (?P<state>(?:acute\s|chronic\s)?[A-Z]{2,6}|[a-z]+)\b""",
            re.X,
        ),
        lambda m: NoActive(m["state"]),
        ("active", "ongoing", "current", "evidence of"),
    ),
    (
        re.compile(r"in the absence of\s(?P<words>[^,.;]{3,80})(?=,)", re.I),
        lambda m: Stated("no " + re.sub(r"(?<=\w)\(", " (", m["words"].strip())),
        ("absence of",),
    ),
    (
        re.compile(
            rf"""(?:in|for)\s(?P<words>
                    (?:responders|non-?responders|{_WHO}\s(?:with|who|achieving|without)\s[^,.;:()]{{3,80}}))
                (?=[,.;:)]|$)""",
            re.I | re.X,
        ),
        lambda m: Stated(m["words"].strip()),
        ("responders", " with ", " who ", " achieving ", " without "),
    ),
    (re.compile(r"\bif\s(?P<words>[^,.;:()]{3,80})(?=[,.;:)]|$)", re.I), lambda m: Stated(m["words"].strip()), ("if",)),
    (
        re.compile(r"in (?:the )?case of\s(?P<words>[^,.;:]{3,80})(?=[,.;:)]|$)", re.I),
        lambda m: Stated(m["words"].strip()),
        ("case of",),
    ),
    (
        re.compile(r"\b(?:as a single agent|as monotherapy|in combination|combination(?=\s(?:based|regimen)))", re.I),
        lambda m: Stated(_use(m.group())),
        ("as a single agent", "as monotherapy", "combination"),
    ),
)


def _use(words: str) -> str:
    return "in combination" if "combination" in words.lower() else "as a single agent"
