
"""Weeks named one by one: "at study entry, week 4 and week 12", "at W0 and W2"."""

from __future__ import annotations

import re

from posolog.reader.timing.form import Form, form

_START = r"(?:baseline|study\sentry|entry|enrol?lment|inclusion|randomi[sz]ation)"
_MORE = r"(?:\s?,\s?(?:and\s)?|\s?&\s?|\sand\s|\s?/\s?)"


def _weeks(match: re.Match[str]) -> tuple[int, ...]:
    first = (0,) if re.match(rf"(?:at\s)?{_START}", match.group()) else ()
    return tuple(dict.fromkeys((*first, *(int(one) for one in re.findall(r"\d+", match.group())))))


def _range(match: re.Match[str]) -> tuple[int, ...]:
    first, last = int(match["a"]), int(match["b"])
    return tuple(range(first, last + 1)) if first < last <= 104 else ()


FORMS: tuple[Form, ...] = (
    # "at 0, 2 and 6 weeks"; "250 mg/m2 I.V. weeks 14-20"
    form(
        "weeks",
        rf"""\bat\s\d{{1,2}}(?:{_MORE}\d{{1,2}}){{1,12}}\s
            weeks\b(?!\s(?:of|after|post|before|from|following|prior|later))""",
        "weeks", _weeks,
    ),
    form(
        "weeks",
        r"""(?=weeks\s\d)(?:
                (?<=iv\s)|(?<=i\.v\.\s)|(?<=po\s)|(?<=sc\s)|(?<=daily\s)|(?<=weekly\s)|(?<=iv,\s)|(?<=po,\s)
                |(?<=sc,\s)|(?<=daily,\s)|(?<=weekly,\s))weeks\s
            (?P<a>\d{1,2})\s?(?:-|–|to|through)\s?(?P<b>\d{1,2})\b(?!\s?(?:weeks|months|days|mg|%|hours|years|,))""",
        "weeks_", _range,
    ),
    # "on day 1 of weeks 1, 3 and 5"
    form(
        "weeks",
        rf"\bof\sweeks\s\d{{1,2}}(?:{_MORE}\d{{1,2}}){{1,12}}\b(?!\s?(?:weeks|months|days|mg|%|hours|years|-))",
        "of_weeks", _weeks,
    ),
    form(
        "weeks",
        r"""\bof\sweeks\s(?P<a>\d{1,2})\s?(?:-|–|to|through)\s?
            (?P<b>\d{1,2})\b(?!\s?(?:weeks|months|days|mg|%|hours|years|,|and\b))""",
        "of_weeks", _range,
    ),
    form(
        "weeks",
        rf"""\b(?:at\s)?{_START}{_MORE}(?:at\s)?(?:weeks?|w)\s?
            \d{{1,2}}(?:{_MORE}(?:at\s)?(?:(?:weeks?|w)\s?)?\d{{1,2}}){{0,12}}
            \b(?!\s?(?:weeks|months|days|mg|%|hours|years))""",
        "week_|weeks_|_w0|_w1|_w2|_w4", _weeks,
    ),
    form(
        "weeks",
        rf"""(?<![\w(])(?:at\s)?(?:weeks?\s|w)\d{{1,2}}(?:{_MORE}(?:at\s)?(?:weeks?\s|w)\d{{1,2}}){{1,12}}
            \b(?!\s?(?:weeks|months|days|mg|%|hours|years))""",
        "week_|weeks_|_w0|_w1|_w2|_w4", _weeks,
    ),
)
