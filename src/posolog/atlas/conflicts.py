"""Numbers of one text that contradict each other: stated duration and listed days, total and sum, day and dose.

Only words that stand together are compared ("for 7 days (days 0 to 7)"), so that a duration of one agent never meets
the days of another. Split ranges are joined before counting, and day 0 is a stated convention, never an assumption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from posolog.core.because import Span
from posolog.core.days import DayRange, DaySet
from posolog.core.finding import Finding, Place, Severity
from posolog.core.quantity import Quantity, plain
from posolog.protocol.model import Amount, Basis, Count, Frequency, Give
from posolog.reader.blocks import Block, sentences, split_blocks
from posolog.reader.daywords import DayWords
from posolog.reader.lexer import Token, amounts, schedule
from posolog.reader.model import ReadResult, Statement

CODES = ("STATED-DAYS", "STATED-TOTAL", "STATED-DAILY")
_BESIDE = re.compile(
    r"[\s,;:([]*(?:(?:on|by|as|a|i\.e\.|total|in all|daily|IV|PO|SC|orally|each)[\s,;:([]*){0,2}\Z", re.I
)
_IN_DAYS = re.compile(r"\bd(?:ays?)?\b|\d\s?d\b", re.I)
_A_WEEK = re.compile(
    r"\s?(?:a|per|/|each|every|of each|of every)\s?(?:week|wk|cycle|month|course)|\s?(?:before|prior|after|post)", re.I
)
_TOTAL = re.compile(
    r"\btotal\b(?!\s+daily)(?:\s+(?:dose|amount|cumulative|activity|of|radiation)){0,3}[\s:=]{0,3}\Z", re.I
)

_OVER_CYCLES = re.compile(r"\b(?:cycles?|courses?|weeks?|months?|fractions?|maximum|exceed|lifetime)\b", re.I)
_LIKELY = re.compile(
    r"\btotal\b|(?:\bfor|[x×*])\s?(?:[a-z]{1,7}\s){0,3}\d{0,3}[a-z]{0,6}\s?(?:consecutive\s)?d(?:ays?)?\b[\s\S]{0,60}?"
    r"(?:\bdays?|\b[dDJ])\s?[-+−–(]?\s?\d|(?:\bdays?|\b[dDJ])\s?[-+−–(]?\s?\d[\s\S]{0,60}?(?:\bfor|[x×*])\s?[\s\S]{0,20}?d(?:ays?)?\b",
    re.I,
)
_GOES_ON = re.compile(r"\s?[-–:]")  # "(day 4 to day 15 - loading dose ...; day 16 to ...": not the whole list
_SHARED = re.compile(r"[\s,;]*(?:[(=]|i\.e\.,?|as\b|given as\b|or\b)[\s(]*")
_LASTS = ("for", "dailyx")  # "for 7 days", and the "x 7 days" of "daily x 7 days"
_A_DAY = re.compile(r"(?:/\s?d(?:ay)?|per\s+day|a\s+day)[\s,;]{0,3}(?:[(=]|i\.e\.|as\b|given|or\b)", re.I)
_APART = re.compile(r"\b(?:followed|then|plus|or|received?|versus|vs)\b", re.I)
_FAR = 80  # characters between an amount and its total


def conflicts(text: str, result: ReadResult) -> Iterator[Finding]:
    """The contradictions of one text and of the statements read in it."""
    if not _LIKELY.search(text) and not _A_DAY.search(text):
        return
    by_block: dict[int, list[Statement]] = {}
    for statement in result.statements:
        by_block.setdefault(statement.block, []).append(statement)
    for block in split_blocks(text):
        for start, end in sentences(block.text):
            mine = [s for s in by_block.get(block.index, []) if start <= s.start < end]
            words = block.text[start:end]
            if _LIKELY.search(words):
                yield from _durations(block, start, end)
            if mine and "total" in words.lower():
                yield from _totals(block, start, end, mine)
            if _A_DAY.search(words):
                yield from _shares(block, start, end)


def _durations(block: Block, start: int, end: int) -> Iterator[Finding]:
    """ "for 7 days (days 0 to 7)" and "days 0 to 7 (7 days)"."""
    tokens = _schedule(block.text, start, end)
    continuous = any(token.kind == "continuous" for token in tokens)
    pairs = [token for token in tokens if token.kind in (*_LASTS, "days")]
    how = [token for token in tokens if token.kind in ("continuous", "infusion", "route", "times")]
    for left, right in pairwise(pairs):
        span, days = (right, left) if left.kind == "days" else (left, right)
        if (
            (left.kind == "days") == (right.kind == "days")
            or _GOES_ON.match(block.text, right.end)
            or not _beside(block.text, left, right, how)
        ):
            continue
        if _in_days(block.text, span) and isinstance(span.value, Count) and isinstance(days.value, DayWords):
            finding = _duration(span.value, days.value.days, continuous)
            if finding is not None:
                yield _placed(finding, block, left.start, right.end)


def _beside(text: str, left: Token, right: Token, how: list[Token]) -> bool:
    """Nothing but the way of giving lies between them ("x 3 days by continuous infusion (days 2-5)")."""
    if right.start - left.end > 60:
        return False
    gap = text[left.end : right.start]
    for token in reversed(how):
        if left.end <= token.start and token.end <= right.start:
            gap = gap[: token.start - left.end] + gap[token.end - left.end :]
    return len(gap) <= 24 and _BESIDE.match(gap) is not None


def _in_days(text: str, span: Token) -> bool:
    """A duration in days, not in weeks and not "5 days a week"."""
    return bool(_IN_DAYS.search(text[span.start : span.end])) and not _A_WEEK.match(text, span.end)


def _duration(stated: Count, days: DaySet, continuous: bool) -> Finding | None:
    listed, number = days.days(), stated.number
    across = listed[0] < 0 < listed[-1] and 0 in listed and 0 not in days.items
    if across and number in (len(listed), len(listed) - 1):
        return _day_zero(number, days, len(listed))
    if len(listed) == number or (stated.at_most and len(listed) < number):
        return None
    runs = _runs(listed)
    if all(len(run) == number for run in runs):
        return None  # "for 5 days (days 1-5 and 8-12)" has five days in each block
    if _starts(days, number):
        return None
    if continuous and len(listed) == number + 1:
        message = f"{_days(number)} of continuous infusion are stated, and {_shown(days)} are {_days(len(listed))}: "
        message += f"{number * 24} hours that start during the first day touch {len(listed)} days."
        return _finding("STATED-DAYS", Severity.NOTE, message, "Ask for the starting hour.", "H18")
    message = f"{_days(number)} are stated, and {_shown(days)} are {_days(len(listed))}."
    if len(runs) > 1:
        message = message[:-1] + ", " + " and ".join(str(len(run)) for run in runs) + " in its blocks."
    return _finding("STATED-DAYS", Severity.ASK, message, "Ask which of the two holds.", "H3")


def _day_zero(number: int, days: DaySet, listed: int) -> Finding:
    fits = "with" if number == listed else "without"
    message = (
        f"{_days(number)} are stated for {_shown(days)}: {_days(listed)} with a day 0, {_days(listed - 1)} without; "
    )
    step = f"The count fits only a numbering {fits} a day 0; confirm it before the days are dated."
    return _finding(
        "STATED-DAYS", Severity.NOTE, f"{message}the count fits only the numbering {fits} day 0.", step, "H18"
    )


def _starts(days: DaySet, number: int) -> bool:
    """Single days that lie further apart than the duration are the days on which it starts."""
    singles = [item for item in days.items if isinstance(item, int)]
    far = all(b - a >= number for a, b in pairwise(sorted(singles)))
    return len(singles) == len(days.items) and far and len(singles) < number


def _runs(days: tuple[int, ...]) -> list[list[int]]:
    found: list[list[int]] = []
    for day in days:
        if found and found[-1][-1] + 1 == day:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _totals(block: Block, start: int, end: int, mine: list[Statement]) -> Iterator[Finding]:
    """ "20 mg/kg on days -5 to -3 (total 40 mg/kg)": the sum of all steps of the agent before the total."""
    since = start
    found = amounts(block.text, start, end)
    for last, token in zip([None, *found], found, strict=False):
        lead = block.text[max(start, token.start - 40) : token.start]
        total = token.value
        if not isinstance(total, Amount) or total.exact is None or not _TOTAL.search(lead):
            continue
        steps = _steps(block, [s for s in mine if s.start >= since], last, token)
        since = token.end
        if not steps or _OVER_CYCLES.search(block.text[steps[0].start : token.end + 30]):
            continue
        sums = _sums(steps, total)
        some = [value for first in range(len(steps)) for value in _sums(steps[first:], total)]  # the last steps alone
        if sums and not any(_close(Quantity(value, total.unit), Quantity(total.exact, total.unit)) for value in some):
            shown = f"{plain(sums[0])} {_of(total)}"
            message = f"A total of {plain(total.exact)} {_of(total)} is stated for {steps[0].give.agent}, "
            message += f"the parts make {shown}."
            yield _placed(
                _finding("STATED-TOTAL", Severity.ASK, message, "Ask which of the two holds.", "H1"),
                block, steps[0].start, token.end,
            )  # fmt: skip


def _steps(block: Block, mine: list[Statement], last: Token | None, total: Token) -> list[Statement]:
    """The statements of the agent whose amount stands last before the total, without the total itself."""
    if last is None or total.start - last.end > _FAR or _APART.search(block.text, last.end, total.start):
        return []
    before = [s for s in mine if s.start < total.start and not _same(s.give.amount, total.value)]
    if not before or not _same(before[-1].give.amount, last.value):
        return []
    agent = before[-1].give.agent
    while before[0].give.agent != agent:
        before = before[1:]
    if any(s.give.agent != agent for s in before) or before[0].inferred or any(s.doubts for s in before):
        return []
    return before


def _same(one: object, other: object) -> bool:
    if not (isinstance(one, Amount) and isinstance(other, Amount)):
        return False
    return one.exact == other.exact and one.unit == other.unit


def _sums(steps: list[Statement], total: Amount) -> list[Decimal]:
    """The sum under each way to count administrations; () where a step has no count or another unit."""
    sums = [Decimal(0)]
    for step in steps:
        amount = step.give.amount
        assert isinstance(amount, Amount)
        if amount.exact is None or amount.unit.kind != total.unit.kind or amount.per != total.per:
            return []
        value = Quantity(amount.exact, amount.unit).to(total.unit).value
        ways = _ways(step.give, amount)
        if not ways:
            return []
        sums = [before + value * times for before in sums for times in ways][:64]
    return sums


def _ways(give: Give, amount: Amount) -> list[Decimal]:
    """How often the amount may be given, the likeliest first; [] where the words do not say."""
    days = len(give.days.days()) if give.days else give.for_days.number if give.for_days else 0
    a_day = _a_day(give.frequency) if give.frequency else Decimal(1)
    found = [Decimal(give.doses.number)] if give.doses else []
    if days and amount.basis is not Basis.COURSE:
        per_dose = amount.basis is not Basis.DAY
        found += [days * a_day, Decimal(days)] if per_dose else [Decimal(days), days * a_day]
    return found


def _a_day(frequency: Frequency) -> Decimal:
    hours = {"hour": 1, "day": 24, "week": 168, "month": 730}[frequency.unit]  # only compared with 24 hours
    return 24 * frequency.count / (frequency.every * hours)


def _shares(block: Block, start: int, end: int) -> Iterator[Finding]:
    """ "1000 mg/day (250 mg twice daily)": the day's amount beside the amount of each dose."""
    found = amounts(block.text, start, end)
    often = [token for token in _schedule(block.text, start, end) if _frequency(token) is not None]
    for one, other in pairwise(found):
        day, dose = one.value, other.value
        if not (isinstance(day, Amount) and isinstance(dose, Amount)) or not _comparable(day, dose):
            continue
        next_to = [token for token in often if 0 <= token.start - other.end <= 3]
        frequency = _frequency(next_to[0]) if next_to else None
        times = _a_day(frequency) if frequency else None
        if times and times > 1 and _SHARED.fullmatch(block.text, one.end, other.start):
            yield from _share(block, one, next_to[0], times)


def _comparable(day: Amount, dose: Amount) -> bool:
    exact = day.exact is not None and dose.exact is not None
    same = day.unit.kind == dose.unit.kind and day.per == dose.per
    return exact and same and day.basis is Basis.DAY and dose.basis in (Basis.UNSTATED, Basis.DOSE)


def _frequency(token: Token) -> Frequency | None:
    value = token.value[0] if isinstance(token.value, tuple) and token.kind == "every" else token.value
    return value if isinstance(value, Frequency) and token.kind in ("times", "every") else None


def _schedule(text: str, start: int, end: int) -> list[Token]:
    """Tokens of the schedule; a day may follow an amount at once ("75 mg/m2 days 1-7")."""
    return schedule(text, start, end, frozenset(token.end for token in amounts(text, start, end)))


def _share(block: Block, one: Token, last: Token, times: Decimal) -> Iterator[Finding]:
    (other,) = amounts(block.text, one.end, last.start)
    day, dose = one.value, other.value
    assert isinstance(day, Amount) and isinstance(dose, Amount) and day.exact is not None and dose.exact is not None
    made = Quantity(dose.exact * times, dose.unit)
    if not _close(made, Quantity(day.exact, day.unit)):
        message = f"{plain(day.exact)} {_of(day)} a day is stated, and {plain(times)} doses of {plain(dose.exact)} "
        message += f"{_of(dose)} make {plain(made.value)} {_of(dose)}."
        finding = _finding("STATED-DAILY", Severity.ASK, message, "Ask which of the two holds.", "H1")
        yield _placed(finding, block, one.start, last.end)


def _close(one: Quantity, other: Quantity) -> bool:
    """Equal within the rounding of a printed total (1 %)."""
    a, b = one.value, other.to(one.unit).value
    return abs(a - b) <= max(a, b) / 100


def _of(amount: Amount) -> str:
    return amount.unit.symbol + (f"/{amount.per.value}" if amount.per.value else "")


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _shown(days: DaySet) -> str:
    """days 1 to 5 and 8 to 12."""
    words = [f"{i.first} to {i.last}" if isinstance(i, DayRange) else str(i) for i in days.items]
    return "days " + (", ".join(words[:-1]) + " and " if len(words) > 1 else "") + words[-1]


def _finding(code: str, severity: Severity, message: str, step: str, hazard: str) -> Finding:
    return Finding(code, severity, message, step, (), hazard)


def _placed(finding: Finding, block: Block, start: int, end: int) -> Finding:
    a, b = block.raw(start, end)
    place = Place("here", block.text[start:end].strip(), span=Span("", a, b))
    return Finding(finding.code, finding.severity, finding.message, finding.next_step, (place,), finding.hazard)
