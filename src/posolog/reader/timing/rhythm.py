
"""How often: by the month, apart, at intervals, per week, on weekdays."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.protocol.model import Frequency
from posolog.reader.timing.form import NOUN, Form, form
from posolog.reader.tokens.values import whole

_LENGTH = r"(?P<n>\d{1,3}|two|three|four|five|six|eight)[\s-]?(?P<u>days?|weeks?|wks?|d|w|months?)\b"
_SHORT = {
    "qd": (1, "day"),
    "od": (1, "day"),
    "bd": (2, "day"),
    "weekly": (1, "week"),
    "bid": (2, "day"),
    "tid": (3, "day"),
    "qid": (4, "day"),
    "biw": (2, "week"),
    "tiw": (3, "week"),
    "daily": (1, "day"),
}


def _every(match: re.Match[str]) -> tuple[Frequency, None]:
    unit = {"h": "hour", "w": "week", "m": "month"}.get(match["u"][0], "day")
    return Frequency(1, Decimal(whole(match["n"])), unit), None


def _months(match: re.Match[str]) -> tuple[Frequency, None]:
    words = match["n"]
    number = 2 if words in ("other", "second", "alternate") else whole(words) if words else 1
    return Frequency(1, Decimal(number or 1), "month"), None


def _rate(match: re.Match[str]) -> Frequency | None:
    count = whole(match["n"])
    return Frequency(count, Decimal(1), "week" if match["u"].startswith("w") else "day") if count else None


def _short_rate(match: re.Match[str]) -> Frequency:
    count, unit = _SHORT[match["a"].replace(".", "")]
    return Frequency(count, Decimal(1), unit)


FORMS: tuple[Form, ...] = (
    # "every month", "monthly", "once a month", "every 2 months", "at monthly intervals": thirty days to a month
    form(
        "every",
        r"""(?<!bi)(?<!bi-)(?<!/)\b(?:once\s)?monthly\b(?!
                \s(?:
                    cycle|course|visit|assess|follow|telephone|call|review|evaluat|basis\sfor|rate|meeting|report
                    |income|survey|monitor|blood|lab|check|clinic|screen|ultrasound|scan|imag))
            (?P<n>)(?:\sbasis|\sintervals?)?""",
        "monthly", _months,
    ),
    form(
        "every",
        r"""\b(?:once\s)?(?:every|each)\s(?P<n>other|second|alternate|two|three|four|six|\d{1,2})?\s?
            (?:calendar\s)?months?\b(?!\s?(?:of|period|prior|before|after|later|follow|visit|cycle|course))""",
        "month", _months,
    ),
    form(
        "every",
        r"\b(?:(?:once|one\s(?:dose|infusion|injection))\s(?:a|per)|per)\smonths?\b(?P<n>)",
        "month", _months,
    ),
    # "intravenously per 2 weeks"
    form(
        "every",
        r"\bper\s(?P<n>[2-9]|1[0-4]|2[148]|two|three|four)\s(?P<u>weeks|days)\b(?!\s?(?:cycle|course))",
        "per_", _every,
    ),
    # "once in 3 weeks", "once in every 14 days"
    form("every", rf"\bonce\s(?:in\s)?(?:every\s|each\s|an?\s)?{_LENGTH}", "once", _every),
    # "at 12 h intervals", "100 mg per 12 hours"
    form(
        "every",
        r"\bat\s(?P<n>\d{1,2}|two|three|four|six|eight|twelve)[\s-]?(?P<u>h|hrs?)\sintervals\b",
        "_intervals", _every,
    ),
    form("every", r"\bper\s(?P<n>6|8|12|24)\s?(?P<u>h|hrs|hours)\b(?!\s?infusion)", "per_", _every),
    # "with an interval of 14 days", "2 weeks apart", "separated by 14 days", "at intervals of 3 weeks"
    form(
        "every",
        r"""\b(?:(?:at|with)\s(?:an?\s|the\s)?(?:time\s)?)?intervals?\s(?:of|between\s\w+\sof)\s
            (?:approximately\s|about\s)?(?P<n>\d{1,2}|two|three|four|six)[\s-]?(?P<u>hours?|h|days?|weeks?|months?)
            \b""",
        "interval", _every,
    ),
    form(
        "every",
        r"""(?<!over\s)(?<!over\sa\s)(?<!within\s)(?<!within\sa\s)(?<!least\s)(?<!in\sa\s)
            (?<!to\s)(?<![-–])(?<!or\s)\b(?:separated\sby\s)?(?P<n>\d{1,2}|one|two|three|four|six)
            [\s-](?P<u>hours?|days?|weeks?|months?)\s(?:apart|interval\b)""",
        "apart|interval", _every,
    ),
    form(
        "every",
        r"""\bseparated\sby\s(?:an\sinterval\sof\s)?(?P<n>\d{1,2}|one|two|three|four|six)\s
            (?P<u>hours|days|weeks|months)\b""",
        "separated", _every,
    ),
    form("every", r"\b(?:q\.?o\.?d|qad)\b", "qod|q.o.d|qad", lambda m: (Frequency(1, Decimal(2), "day"), None)),
    form(
        "every",
        r"(?<![\w/])q\.?w\b(?!\d)|\bevery\sfortnight\b",
        "qw|q.w|fortnight", lambda m: (Frequency(1, Decimal(2 if "fort" in m.group() else 1), "week"), None),
    ),
    # "250 mg/qd", "30 mg/biw"
    form(
        "times",
        r"(?<=/)\s?(?P<a>qd|od|bid|bd|b\.i\.d|tid|qid|biw|tiw|daily|weekly)\b\.?",
        "/qd|/od|/bid|/bd|/b.i.d|/tid|/qid|/biw|/tiw|/daily|/weekly", _short_rate,
    ),
    # "5 fractions per week", "two infusions of X a week", "one injection per day"
    form(
        "times",
        rf"""(?P<said>\b(?:in\s)?(?P<n>\d{{1,2}}|one|two|three|four|five|six|seven)\s(?:daily\s|single\s)?{NOUN})\s
            (?:of\s[\w-]{{2,30}}\s)?(?:/\s?|(?:per|an?|each|every)\s)(?P<u>week|wk|day)\b""",
        "per_week|a_week|/week|/_week|per_day|a_day|/day|each_week|every_week|each_day|every_day|per_wk|/wk", _rate,
    ),
    # "on alternate weeks", "one time per day", "morning and evening"
    form(
        "every",
        r"\b(?:on|in)\salternat(?:e|ing)\sweeks\b",
        "alternat", lambda m: (Frequency(1, Decimal(2), "week"), None),
    ),
    form("times", r"\bone\stime\s(?:per|a|each)\sday\b", "one_time", lambda m: Frequency(1, Decimal(1), "day")),
    form(
        "times",
        r"(?<!the\s)(?<!every\s)(?<!each\s)\bmorning\sand\s(?:evening|night)\b(?!\s(?:dose|visit|sample|cortisol))",
        "morning_and", lambda m: Frequency(2, Decimal(1), "day"),
    ),
    # "every morning and evening", "in the morning and at night"
    form(
        "times",
        r"\b(?:each|every|in\sthe)\smorning\sand\s(?:(?:in\s)?the\s|every\s|at\s)?(?:evening|night|bedtime)\b",
        "morning", lambda m: Frequency(2, Decimal(1), "day"),
    ),
    # "a single daily dose", "one daily dose"
    form(
        "times",
        r"""\b(?:as\s|in\s|by\s)?(?:an?\s)?(?:single|one)\s(?:oral\s)?(?:
                daily\s(?:oral\s)?(?:dose|infusion|injection|administration|fraction)\b|dose\sper\sday)""",
        "daily|per_day", lambda m: Frequency(1, Decimal(1), "day"),
    ),
)  # fmt: skip
