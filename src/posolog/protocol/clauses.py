"""The clauses of a give line: how each starts, and how it is read into the fields of a Give."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from posolog.core.quantity import Quantity
from posolog.core.routes import ROUTES
from posolog.protocol.amount_text import read_amount, read_exact, read_unit, starts_amount
from posolog.protocol.days_text import read_day, read_days
from posolog.protocol.lexer import Cursor, unquoted
from posolog.protocol.model import Amount, Count, Frequency, Window
from posolog.protocol.numbers_text import read_number, read_whole, read_wholes

TIMES = {"once": 1, "twice": 2}
LEADS = (
    *("AUC", "as", "at", "by", "every", "for", "from", "in", "levels", "of", "on", "once", "over"),
    *("rounded", "tapered", "twice", "until", "up", "via", "with"),
    *(word for route in ROUTES for word in route.split()),
)
_HOURS = {"hour": Decimal(1), "hours": Decimal(1), "day": Decimal(24), "days": Decimal(24)}
_MINUTES = ("minute", "minutes", "min")
_SPANS = {"hour": "hour", "hours": "hour", "day": "day", "days": "day", "week": "week", "weeks": "week"}

Fields = dict[str, Any]


def starts_clause(cursor: Cursor) -> bool:
    """Whether a clause starts here (a comma ends free words too, but is not part of a clause)."""
    return any(starts(cursor) for starts, _ in CLAUSES)


def read_clause(cursor: Cursor, fields: Fields) -> None:
    """Read one clause into `fields`. *Raises:* Refusal when none starts here, or when one is said twice."""
    for starts, read in CLAUSES:
        if starts(cursor):
            read(cursor, fields)
            return
    cursor.fail("no clause of a give line starts here", known=LEADS)


def _put(cursor: Cursor, fields: Fields, start: int, **values: object) -> None:
    for name, value in values.items():
        if name in fields:
            cursor.at = start
            cursor.fail("this is said twice in one line", next_step="Keep one of the two, or write two lines.")
        fields[name] = value


def _clause(*lead: str) -> Callable[[Cursor], bool]:
    return lambda cursor: cursor.kind() == "word" and cursor.sees(*lead)


def _amount(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    _put(cursor, fields, start, amount=read_amount(cursor))


def _weight(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("of")
    fields_weight = read_weight(cursor)
    _put(cursor, fields, start, weight=fields_weight)


def read_weight(cursor: Cursor) -> str:
    """ "actual weight", "ideal weight", "adjusted weight 25 %" or "adjusted weight 50 %". *Raises:* Refusal."""
    for kind in ("actual", "ideal"):
        if cursor.take(kind, "weight"):
            return f"{kind} weight"
    cursor.expect("adjusted", "weight")
    share = cursor.word()
    if share not in ("25", "50"):
        cursor.fail("the adjusted weights known are 25 % and 50 %")
    cursor.at += 1
    cursor.expect("%")
    return f"adjusted weight {share} %"


def _route(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    for route in ROUTES:
        if cursor.take(*route.split()):
            _put(cursor, fields, start, route=route)
            return


def _infusion(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("over")
    number = read_number(cursor)
    unit = cursor.next("word", "hours, minutes or days").text
    if number == 0 or not (unit in _HOURS or unit in _MINUTES):
        cursor.at -= 1
        cursor.fail("an infusion lasts some hours, minutes or days", known=(*_HOURS, *_MINUTES))
    hours = number / 60 if unit in _MINUTES else number * _HOURS[unit]
    _put(cursor, fields, start, infusion_h=hours)


def _bolus(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("as", "a", "bolus")
    _put(cursor, fields, start, infusion_h=Decimal(0))


def _continuous(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("by", "continuous", "infusion")
    _put(cursor, fields, start, continuous=True)


def _access(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("via")
    _put(cursor, fields, start, access=read_words(cursor, "the access"))


def _until(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("until")
    _put(cursor, fields, start, until=read_words(cursor, "the event"))


def read_words(cursor: Cursor, what: str, *, stop: Callable[[Cursor], bool] = starts_clause) -> str:
    """Free words up to a comma, the start of a clause or the end; or anything between quotation marks."""
    token = cursor.peek()
    if token is not None and token.kind == "quoted" and (words := unquoted(token.text)):
        cursor.at += 1
        return words
    first = cursor.at
    while cursor.kind() == "word" and not stop(cursor):
        cursor.at += 1
    if cursor.at == first:
        cursor.fail(f"{what} is expected here, in words")
    return " ".join(token.text for token in cursor.tokens[first : cursor.at])


def _every(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    _put(cursor, fields, start, frequency=_read_every(cursor, 1))


def _times(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    if cursor.kind() == "number":
        count = read_whole(cursor)
        cursor.expect("times")
    else:
        count = TIMES[cursor.word()]
        cursor.at += 1
    if cursor.sees("every"):
        frequency = _read_every(cursor, count)
    else:
        if not (cursor.take("a") or cursor.take("an")):
            cursor.fail("'a day', 'a week' or 'every ...' is expected here")
        frequency = Frequency(count, Decimal(1), _read_span(cursor))
    _put(cursor, fields, start, frequency=frequency)


def _read_every(cursor: Cursor, count: int) -> Frequency:
    cursor.expect("every")
    every = read_number(cursor) if cursor.kind() == "number" else Decimal(1)
    if every == 0:
        cursor.at -= 1
        cursor.fail("a time between doses is above nought")
    return Frequency(count, every, _read_span(cursor))


def _read_span(cursor: Cursor) -> str:
    word = cursor.word()
    if word not in _SPANS:
        cursor.fail("hours, days or weeks are expected here", known=_SPANS)
    cursor.at += 1
    return _SPANS[word]


def _count(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("for")
    at_most = cursor.take("up", "to")
    count = Count(read_whole(cursor), at_most)
    if cursor.take("doses") or cursor.take("dose"):
        _put(cursor, fields, start, doses=count)
    elif cursor.take("days") or cursor.take("day"):
        _put(cursor, fields, start, for_days=count)
    else:
        cursor.fail("'doses' or 'days' is expected here", known=("doses", "days"))


def _days(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("on")
    _put(cursor, fields, start, days=read_days(cursor))


def _from(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("from")
    first = read_day(cursor)
    _put(cursor, fields, start, from_day=first)
    if cursor.take("to"):
        last = read_day(cursor)
        if last <= first:
            cursor.at -= 1
            cursor.fail("the last day comes after the first")
        _put(cursor, fields, start, to_day=last)


def _weeks(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.at += 2
    _put(cursor, fields, start, weeks=read_wholes(cursor))


def _cycles(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    _put(cursor, fields, start, cycles=read_in_cycles(cursor))


def read_in_cycles(cursor: Cursor) -> tuple[int, ...]:
    """ "in cycle 1", "in cycles 1 and 2". *Raises:* Refusal."""
    cursor.expect("in")
    if not (cursor.take("cycle") or cursor.take("cycles")):
        cursor.fail("'cycle' is expected here", known=("cycle", "cycles"))
    return read_wholes(cursor)


def _cap(cursor: Cursor, fields: Fields) -> None:
    cursor.expect("at", "most")
    cap = read_exact(cursor)
    fields["caps"] = (*fields.get("caps", ()), cap)


def _bsa_cap(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("with", "BSA", "at", "most")
    value = read_number(cursor)
    if value == 0 or not (cursor.take("m²") or cursor.take("m2")):
        cursor.fail("the body surface is capped at some m²")
    _put(cursor, fields, start, bsa_cap_m2=value)


def _rounded(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("rounded", "to")
    value = read_number(cursor)
    if value == 0:
        cursor.at -= 1
        cursor.fail("a rounding step is above nought")
    _put(cursor, fields, start, round_to=Quantity(value, read_unit(cursor)))


def _taper(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("tapered", "from")
    first = read_day(cursor)
    cursor.expect("to")
    last = read_day(cursor)
    if last <= first:
        cursor.at -= 1
        cursor.fail("a taper ends after it starts")
    _put(cursor, fields, start, taper=Window(first, last))


def _reference(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("as")
    words = read_words(cursor, "a document", stop=lambda now: now.sees("says"))
    cursor.expect("says")
    _put(cursor, fields, start, reference=words)


def in_unit_of(step: Quantity, amount: Amount | None, cursor: Cursor) -> Decimal:
    """The rounding step in the amount's unit. *Raises:* Refusal when there is no such amount."""
    if amount is None or amount.unit.kind != step.unit.kind:
        cursor.fail(f"a dose that is not in {step.unit.symbol} cannot be rounded to {step}")
    return step.value if amount.unit == step.unit else step.to(amount.unit).value


def _starts_times(cursor: Cursor) -> bool:
    return (cursor.kind() == "word" and cursor.word() in TIMES) or (
        cursor.kind() == "number" and cursor.word(1) == "times"
    )


def _starts_route(cursor: Cursor) -> bool:
    return cursor.kind() == "word" and any(cursor.sees(*route.split()) for route in ROUTES)


def _starts_weight(cursor: Cursor) -> bool:
    return cursor.sees("of") and cursor.word(1) in ("actual", "ideal", "adjusted")


def _starts_in(what: str) -> Callable[[Cursor], bool]:
    return lambda cursor: cursor.sees("in") and cursor.word(1) in (what, what + "s")


def _starts_for(cursor: Cursor) -> bool:
    return cursor.sees("for") and (cursor.kind(1) == "number" or cursor.word(1) == "up")


Clause = tuple[Callable[[Cursor], bool], Callable[[Cursor, Fields], None]]
CLAUSES: tuple[Clause, ...] = (
    (_starts_times, _times),
    (_clause("at", "most"), _cap),
    (starts_amount, _amount),
    (_starts_weight, _weight),
    (_starts_route, _route),
    (_clause("over"), _infusion),
    (_clause("as", "a", "bolus"), _bolus),
    (_clause("as"), _reference),
    (_clause("by"), _continuous),
    (_clause("via"), _access),
    (_clause("every"), _every),
    (_starts_for, _count),
    (_clause("on"), _days),
    (_clause("from"), _from),
    (_starts_in("week"), _weeks),
    (_starts_in("cycle"), _cycles),
    (_clause("until"), _until),
    (_clause("with"), _bsa_cap),
    (_clause("rounded"), _rounded),
    (_clause("tapered"), _taper),
)
