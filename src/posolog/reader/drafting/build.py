# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""A draft's tokens -> a Give, with findings for what its words leave open."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from posolog.core.days import DayRange, DaySet
from posolog.core.finding import Finding, Place, Severity
from posolog.core.quantity import plain
from posolog.core.units import find_unit
from posolog.protocol.model import Amount, Basis, Count, Cycles, Frequency, Give, Per, Window
from posolog.reader.drafting.counts import frequency_of_count
from posolog.reader.drafts import Draft
from posolog.reader.lexer import NOT_UNDERSTOOD, Token, cap_twice, decimal, denominators
from posolog.reader.tokens.daywords import DayWords


def build_give(text: str, draft: Draft) -> tuple[Give, tuple[Finding, ...], tuple[str, ...]]:
    """The Give, the findings on its words, and the questions that keep it from being dosed."""
    fields: dict[str, object] = {}
    findings: list[Finding] = []
    unsettled = [note for note in draft.notes if note.endswith(NOT_UNDERSTOOD)]
    previous = ""
    draft.tokens.sort(key=lambda token: token.start)
    tapered = min((t.start for t in draft.tokens if t.kind == "taper"), default=None)
    tapering: list[tuple[str, DayWords]] = []  # days after "tapered", with the kind of the word before them
    for token in draft.tokens:
        if tapered is not None and token.kind == "days" and tapered < token.start and isinstance(token.value, DayWords):
            tapering.append((previous, token.value))
        elif tapered is not None and token.kind == "for" and draft.at[1] < tapered < token.start:
            pass  # "with a taper over 9 days": the taper lasts, not the dose
        elif token.kind == "for" and previous == "rest":
            pass  # "followed by a rest period (observation) for 3 weeks": the rest lasts
        elif token.kind == "days" and previous == "rest":
            pass  # "a rest period (days 12 to 21)" are days without it
        elif token.kind == "days":
            _take_days(fields, token.value, previous, draft)
        elif token.kind == "cap" and (found := cap_twice(text, token.end)):
            finding, question = _two_readings(text, draft, token, found)
            findings.append(finding)
            unsettled.append(question)
        elif token.kind == "cap amount" and not unsettled:
            _take_cap(fields, token)
        else:
            _take_plain(fields, token)
        previous = token.kind
    unsettled += _take_taper(fields, tapering)
    if draft.amount is not None and len(draft.amount.levels) > 1 and "doses" in fields and _levels_counted(draft, fields):
        del fields["doses"]  # "three doses of X (280, 420, 560 mg)"
    counted = draft.get("doses")
    if counted is not None and (often := frequency_of_count(text, counted, draft.amount)):
        fields["frequency"] = often
        fields.pop("doses", None)
    if fields.get("doses") == Count(1):
        _only_one(fields)
    _days_of_cycle(text, draft, fields)
    if "frequency" not in fields and (times := _twice(text, draft)):
        fields["frequency"] = times
    give = Give(agent=draft.agent.name, amount=draft.amount, **fields)  # type: ignore[arg-type]
    return _with_basis(give, draft), tuple(findings), tuple(unsettled)


_TIMES_AMOUNT = re.compile(r"(?P<n>[2-4])\s?[x×]\s?\d")


def _twice(text: str, draft: Draft) -> Frequency | None:
    """ "2 x 1000 mg p.o.": twice a day is the likelier reading; the statement stays in doubt."""
    match = _TIMES_AMOUNT.match(text, draft.at[0]) if draft.amount and draft.amount.unit.kind == "mass" else None
    return Frequency(int(match["n"]), Decimal(1), "day") if match else None


_FIRST_DAYS = re.compile(r"(?:for|during|on|over)\s(?:the\s)?first\s", re.I)
_OF_CYCLE = re.compile(r"\s(?:of|in)\s(?:each|every|the|a)\s(?:[\w-]+\s){0,3}(?:cycle|course)\b", re.I)


def _days_of_cycle(text: str, draft: Draft, fields: dict[str, object]) -> None:
    """ "21 of 28 days, starting on day 1" and "for the first 14 days of each cycle" are days of the cycle."""
    lasts, first = fields.get("for_days"), fields.get("from_day")
    if not isinstance(lasts, Count) or "days" in fields or "to_day" in fields or not 1 < lasts.number <= 60:
        return
    if isinstance(first, int) and first > 0 and draft.has("weeksonoff"):
        del fields["from_day"], fields["for_days"]
        fields["days"] = DaySet((DayRange(first, first + lasts.number - 1),))
    stretch, often = draft.get("for"), fields.get("frequency")
    if isinstance(often, Frequency) and (often.unit, int(often.every)) not in (("day", 1), ("hour", 12), ("hour", 8)):
        return
    if stretch is None or "from_day" in fields or not _FIRST_DAYS.match(text, stretch.start):
        return
    if _OF_CYCLE.match(text, stretch.end):
        fields["days"] = DaySet((DayRange(1, lasts.number),))


def _only_one(fields: dict[str, object]) -> None:
    """ "x 1 starting on day 12" is that day; "one injection for two days" is one at a time."""
    lasts, days = fields.get("for_days"), fields.get("days")
    if isinstance(lasts, Count) and lasts.number > 1:
        del fields["doses"]
        fields.setdefault("frequency", Frequency(1, Decimal(1), "day"))
    elif (isinstance(days, DaySet) and len(days.days()) > 1) or "frequency" in fields:
        del fields["doses"]
    elif days is None and isinstance(first := fields.get("from_day"), int) and "to_day" not in fields:
        del fields["from_day"]
        fields["days"] = DaySet((first,))


def _levels_counted(draft: Draft, fields: dict[str, object]) -> bool:
    doses = fields["doses"]
    return isinstance(doses, Count) and draft.amount is not None and doses.number == len(draft.amount.levels)


def _take_days(fields: dict[str, object], value: object, previous: str, draft: Draft) -> None:
    assert isinstance(value, DayWords)
    items = value.days.items
    if previous == "open" and len(items) == 1 and isinstance(items[0], int):
        fields["from_day"] = items[0]
    elif previous == "until" and len(items) == 1 and isinstance(items[0], int):
        fields["to_day"] = items[0]
    elif previous == "until" and "from_day" in fields and isinstance(last := items[-1], int):
        fields["to_day"] = last  # "until days +28 and +84, respectively"
        draft.doubts.append("until one of several days")
    elif previous == "between" and len(items) == 2 and isinstance(items[0], int) and isinstance(items[1], int):
        fields["taper" if draft.has("taper") else "from_day"] = (
            Window(items[0], items[1]) if draft.has("taper") else items[0]
        )
    elif isinstance(fields.get("days"), DaySet):
        before = fields["days"]
        assert isinstance(before, DaySet)
        fields["days"] = DaySet((*before.items, *(item for item in items if item not in before.items)))
    else:
        fields["days"] = value.days


def _take_taper(fields: dict[str, object], tapering: list[tuple[str, DayWords]]) -> list[str]:
    """The days after "tapered" are those of the taper, never days on which the full amount is given.

    "on days 0 to 40, tapered to day 96" tapers from day 40 on.
    """
    listed = [day for _, words in tapering for day in words.days.days()]
    if not listed:
        return []
    given = fields.get("days")
    if len(listed) == 1 and tapering[0][0] == "until" and isinstance(given, DaySet):
        listed.insert(0, given.days()[-1])
    if listed[0] >= listed[-1]:
        return [f"tapered, day {listed[0]}: until which day"]
    fields["taper"] = Window(listed[0], listed[-1])
    return []


def _take_plain(fields: dict[str, object], token: Token) -> None:
    value = token.value
    if token.kind in ("infusion", "continuous", "doses"):
        _take_words(fields, token)
    if token.kind == "infusion":
        fields["infusion_h"] = value
    elif token.kind == "continuous":
        fields["continuous"] = True
    elif token.kind == "bolus":
        fields["infusion_h"] = Decimal(0)
    elif token.kind in ("route", "access"):
        fields.setdefault(token.kind, value)
    elif token.kind == "times":
        if value is not None:
            fields.setdefault("frequency", value)
    elif token.kind == "weeks" and value:
        fields["weeks"] = value
    elif token.kind in ("weeksonoff", "dayspercycle") and isinstance(value, tuple):
        fields.setdefault("for_days", Count(value[0]))
    elif token.kind == "dailyx":
        fields["for_days"] = value
    elif token.kind == "every" and isinstance(value, tuple):
        if value[0] is not None and value[0].unit != "month":
            fields.setdefault("frequency", value[0])
        if value[1] is not None:
            fields["doses"] = value[1]
    elif token.kind == "doses" and isinstance(value, tuple):
        fields["doses"] = value[0]
        if rhythm := re.search(r"\b(?:weekly|daily)\b", token.words.lower()):
            fields.setdefault("frequency", Frequency(1, Decimal(1), "week" if rhythm[0] == "weekly" else "day"))
    elif token.kind == "for" and isinstance(value, Count):
        fields.setdefault("for_days", value)
    elif token.kind == "divided" and value:
        fields["frequency"] = Frequency(int(str(value)), Decimal(1), "day")


def _take_words(fields: dict[str, object], token: Token) -> None:
    """What stands within other words: "24-hour continuous infusion", "a single bolus injection"."""
    words = token.words.lower()
    if token.kind in ("infusion", "continuous") and re.search(r"\bc?i\.?v(?:i|\b)|intravenous", words):
        fields.setdefault("route", "IV")
    if token.kind == "infusion" and "continuous" in words:
        fields["continuous"] = True
    if token.kind == "doses" and "bolus" in words:
        fields.setdefault("infusion_h", Decimal(0))


def _take_cap(fields: dict[str, object], token: Token) -> None:
    amount = token.value
    assert isinstance(amount, Amount)
    value = amount.high if amount.high is not None else amount.low
    if value is None:
        return
    caps = fields.get("caps", ())
    assert isinstance(caps, tuple)
    fields["caps"] = (*caps, replace(amount, low=value, high=value, levels=()))


def cycles_of_draft(draft: Draft) -> Cycles | None:
    """Count and length of the cycles that the statement's own words or the whole text give it."""
    count, length, at_most = None, None, False
    listed = draft.has("days", "dailyx", "weeksonoff", "dayspercycle")
    lasts = next((t.value.number for t in draft.tokens if t.kind == "for" and isinstance(t.value, Count)), None)
    for token in draft.tokens:
        value = token.value
        if token.kind == "cycles" and isinstance(value, tuple):
            count, length, at_most = count or value[0], length or value[1], at_most or value[2]
        elif token.kind in ("weeksonoff", "dayspercycle") and isinstance(value, tuple):
            length = length or value[1]
        elif token.kind == "every" and re.search(r"apart|interval|separated", token.words):
            pass  # "two doses 28 days apart" turn with no cycle
        elif token.kind == "incycle" and isinstance(value, int):
            length = length or value
        elif token.kind == "rest" and (last := re.search(r"(?:to|-|through)\s?(\d{1,3})\)", token.words)):
            length = length or int(last[1])
        elif token.kind == "every" and (days := long_interval(token)) and (listed or (lasts or days) < days):
            length = length or days
    rest = next((i for i, token in enumerate(draft.tokens) if token.kind == "rest"), None)
    if length is None and rest is not None and rest + 1 < len(draft.tokens):
        after = draft.tokens[rest + 1]
        if after.kind == "days" and isinstance(after.value, DayWords) and len(after.value.days.days()) > 1:
            length = max(after.value.days.days())
    only = draft.get("incycle")
    if only is not None and re.search(r"only|first|1\b|1st|2nd|initial|subsequent|following|later|last", only.words, re.I):
        count = None  # said of one cycle
    return Cycles(count, length, at_most) if count or length else None


def lasting(draft: Draft) -> int | None:
    """The days of "for 6 months" or "for one year": 30 to a month, 365 to a year or twelve months."""
    return next((t.value for t in draft.tokens if t.kind == "for" and isinstance(t.value, int)), None)


def monthly(draft: Draft) -> int | None:
    """The days of "every 2 months": thirty to a month. In a line months stay what they are."""
    for token in draft.tokens:
        frequency = token.value[0] if token.kind == "every" and isinstance(token.value, tuple) else None
        if isinstance(frequency, Frequency) and frequency.unit == "month":
            return int(30 * frequency.every)
        if token.kind == "doses" and re.search(r"\bmonthly\b", token.words.lower()):
            return 30
    return None


def long_interval(token: Token) -> int | None:
    """The days of "every 21 days", None below two weeks."""
    frequency = token.value[0] if isinstance(token.value, tuple) else None
    if not isinstance(frequency, Frequency) or frequency.unit not in ("day", "week"):
        return None
    days = int(frequency.every * (7 if frequency.unit == "week" else 1))
    return days if days >= 14 else None


def _with_basis(give: Give, draft: Draft) -> Give:
    """The basis that the words state beside the unit: "2 injections of X" and "every 12 hours" are per dose."""
    if give.amount is None or give.amount.basis is not Basis.UNSTATED:
        return give
    frequency = give.frequency
    of = any(token.kind == "doses" and isinstance(token.value, tuple) and token.value[2] for token in draft.tokens)
    if of or (
        frequency
        and (frequency.unit == "hour" or frequency.unit == "week" or frequency.count > 1 or frequency.every > 1)
    ):
        return replace(give, amount=replace(give.amount, basis=Basis.DOSE))
    if frequency and frequency == Frequency(1, Decimal(1), "day"):
        return replace(give, amount=replace(give.amount, basis=Basis.DAY))
    return give


def _two_readings(text: str, draft: Draft, token: Token, found: object) -> tuple[Finding, str]:
    match = cap_twice(text, token.end)
    assert match is not None
    value, _ = decimal(match["v"])
    unit = find_unit(match["u"])
    per, basis, _ = denominators(match["per"])
    assert unit is not None and per in Per
    times = int(match["n"])
    words = text[token.start : match.end()]
    period = f" per {basis.value}" if basis.value else ""
    total = f"{plain(value * times)} {unit.symbol}{period}"
    question = f"{words.strip()!r} is {times} times {plain(value)} {unit.symbol} ({total}), or {plain(value)} {unit.symbol}{period} in all"
    finding = Finding(
        "CAP-TWO-READINGS",
        Severity.STOP,
        f"The maximum of {draft.agent.name} has two readings, a factor of {times} apart: {question}.",
        "Settle it in the line (at most ... per day) with a because; until then no dose is printed.",
        (Place("two readings", words),),
        hazard="H5",
    )
    return finding, question


def thereafter(give: Give, before: Give, lasts: Count | None) -> Give:
    """The days of a "thereafter": from the day after the step before, to the end of the stated infusion."""
    if before.days is None:
        return give
    first = max(before.days.days()) + 1
    if lasts is None:
        return replace(give, from_day=first)
    last = min(before.days.days()) + lasts.number - 1
    return replace(give, days=DaySet((DayRange(first, last),))) if last > first else replace(give, from_day=first)
