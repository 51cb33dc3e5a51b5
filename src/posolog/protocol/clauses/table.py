"""Every clause of a give line: how it starts and what reads it; those that hold free words are read here."""

from __future__ import annotations

from collections.abc import Callable

from posolog.core.routes import ROUTES
from posolog.protocol.amount_text import starts_amount
from posolog.protocol.clauses import dose, schedule
from posolog.protocol.clauses.fields import Fields, put, starts_in, starts_with
from posolog.protocol.lexer import Cursor, unquoted

LEADS = (
    *("AUC", "as", "at", "by", "every", "for", "from", "in", "levels", "of", "on", "once", "over"),
    *("rounded", "tapered", "twice", "until", "up", "via", "with"),
    *(word for route in ROUTES for word in route.split()),
)


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


def _access(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("via")
    put(cursor, fields, start, access=read_words(cursor, "the access"))


def _until(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("until")
    put(cursor, fields, start, until=read_words(cursor, "the event"))


def _reference(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    cursor.expect("as")
    words = read_words(cursor, "a document", stop=lambda now: now.sees("says"))
    cursor.expect("says")
    put(cursor, fields, start, reference=words)


Clause = tuple[Callable[[Cursor], bool], Callable[[Cursor, Fields], None]]
CLAUSES: tuple[Clause, ...] = (
    (schedule.starts_times, schedule.times),
    (starts_with("at", "most"), dose.cap),
    (starts_amount, dose.amount),
    (dose.starts_weight, dose.weight),
    (dose.starts_route, dose.route),
    (starts_with("over"), dose.infusion),
    (starts_with("as", "a", "bolus"), dose.bolus),
    (starts_with("as"), _reference),
    (starts_with("by"), dose.continuous),
    (starts_with("via"), _access),
    (starts_with("every"), schedule.every),
    (schedule.starts_for, schedule.count),
    (starts_with("on"), schedule.days),
    (starts_with("from"), schedule.from_day),
    (starts_in("week"), schedule.weeks),
    (starts_in("cycle"), schedule.cycles),
    (starts_with("until"), _until),
    (starts_with("with"), dose.bsa_cap),
    (starts_with("rounded"), dose.rounded),
    (starts_with("tapered"), schedule.taper),
)
