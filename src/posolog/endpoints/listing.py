"""What followed, patient by patient: the deciding record of an event, its value, and its treatment."""

from __future__ import annotations

from posolog.core.guard import Answer
from posolog.endpoints.derive import Derived
from posolog.endpoints.match import any_named, treated
from posolog.endpoints.people import seen
from posolog.endpoints.results import Table
from posolog.endpoints.rows import EVENT, Rows
from posolog.protocol.model import Endpoint

HEAD = ("patient", "day", "event", "value", "systemic therapy")


def listing(derived: Derived, endpoint: Endpoint, found: Rows) -> tuple[Table, ...]:
    """The events of an endpoint that asks for it: patient, day, event, its values from then on, systemic therapy."""
    assert endpoint.define is not None
    if not endpoint.define.listing:
        return ()
    events = [o.event for o in endpoint.define.events]
    lines = []
    for row in found.rows:
        if row.code != EVENT or row.start is None:
            continue
        record = next((r for r in seen(derived.trial, row.subject) if r.event.ident == row.record), None)
        if record is None:
            continue
        later = [r for r in seen(derived.trial, row.subject) if any_named(r.event, events) and r.day >= record.day]
        values = ", then ".join(r.event.value or "not recorded" for r in later)
        kind = record.event.kind
        lines.append((row.subject, f"{row.time_days}", kind, values, _therapy(derived, row.subject, kind)))
    return (Table("Events, patient by patient", HEAD, tuple(lines)),)


def _therapy(derived: Derived, ident: str, disease: str) -> str:
    answers = [(r.day, answer) for r in seen(derived.trial, ident) if (answer := treated(r.event, disease)) is not None]
    yes = [day for day, answer in answers if answer is Answer.YES]
    if yes:
        return f"from {yes[0]}"
    return "no" if answers else "not recorded"
