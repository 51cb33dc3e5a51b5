"""What the records of a trial contradict: events after death, names nobody defined, events that never occur."""

from __future__ import annotations

from collections.abc import Iterator

from posolog.core.finding import Finding, Place
from posolog.core.guard import Answer
from posolog.core.timeline import Event
from posolog.course.words import ask, note
from posolog.endpoints.decide import Dated
from posolog.endpoints.follow import DEATH, record_place
from posolog.endpoints.match import THERAPY, any_named, happened, names_of
from posolog.endpoints.people import ONCE, seen
from posolog.endpoints.trial import Trial
from posolog.protocol.condition import (
    All,
    AnyOf,
    Condition,
    Happened,
    Is,
    NeverAbove,
    NoActive,
    Stated,
    StoppedFor,
    Within,
)
from posolog.protocol.lexer import did_you_mean
from posolog.protocol.model import Protocol

# Kinds that the planner reads, or that only show that a patient is followed.
COMMON = (
    *("weight", "weight confirmed", "height", "given", "dose reduction", "visit", "last contact", "cause of death"),
    *(*ONCE, THERAPY, "informed consent", "screening", "end of treatment", "end of study"),
)


def contradictions(trial: Trial) -> Iterator[Finding]:
    """Records after death or after the end of observation, and two dates of what happens once."""
    for subject in trial.subjects:
        records = seen(trial, subject.ident)
        yield from _twice(subject.ident, records)
        yield from _after_end(subject.ident, records, trial.protocol.ends)


def _twice(ident: str, records: tuple[Dated, ...]) -> Iterator[Finding]:
    for kind in ONCE:
        found = [r for r in records if r.event.kind.casefold() == kind and happened(r.event) is Answer.YES]
        days = sorted({record.day for record in found})
        if len(days) > 1:
            message = f"{ident}: {kind} is recorded on {len(days)} days: {', '.join(map(str, days))}"
            step = "correct one: a row that corrects another names its ident; until then what rests on it is not known"
            yield ask("RECORD-TWICE", message, step, *(record_place(record) for record in found))


def _after_end(ident: str, records: tuple[Dated, ...], ends: tuple[str, ...]) -> Iterator[Finding]:
    """An end of observation forbids later records, except that death may follow a withdrawal or a loss."""
    final = [r for r in records if any_named(r.event, (*ends, DEATH)) and happened(r.event) is Answer.YES]
    if not final:
        return
    dead = next((r for r in final if r.event.kind.casefold() == DEATH), None)
    end = dead if dead is not None else final[0]
    late = [r for r in records if r.day > end.day and r.event.kind.casefold() != DEATH]
    if late:
        kinds = ", ".join(dict.fromkeys(record.event.kind for record in late))
        message = f"{ident}: {len(late)} records after {end.event.kind} on {end.day} ({kinds})"
        step = "correct the dates; until then what lies after it counts for nothing"
        yield ask("RECORD-AFTER-END", message, step, record_place(end), *(record_place(r) for r in late[:5]))


def names(trial: Trial) -> Iterator[Finding]:
    """Names in the record that the protocol does not use, and names of the definitions that nobody recorded."""
    used = list(vocabulary(trial.protocol))
    known = {name.casefold() for name in (*used, *COMMON)}
    met: dict[str, Event] = {}
    seen_names: set[str] = set()
    for subject in trial.subjects:
        for record in seen(trial, subject.ident):
            own = names_of(record.event)
            seen_names |= own
            if not own & known:
                met.setdefault(record.event.kind, record.event)
    for kind, event in sorted(met.items()):
        near = did_you_mean(kind, (*used, *COMMON))
        message = f"the protocol uses no event of the name {kind!r}: it counts for no endpoint"
        step = f"{near} Correct the name, or use it in a definition.".strip()
        yield ask("RECORD-NAME", message, step, record_place(Dated(event.at.date(), event)))
    for endpoint in trial.protocol.endpoints:
        if endpoint.define is None:
            continue
        asked = (*endpoint.define.start, *(o.event for o in endpoint.define.outcomes()), *endpoint.define.measures)
        never = [name for name in dict.fromkeys(asked) if name.casefold() not in seen_names]
        if never:
            message = f"{endpoint.name}: nobody has a record of {', '.join(never)}"
            place = Place("definition", ", ".join(never), endpoint.name, endpoint.file_line)
            yield note("RECORD-NEVER", message, "check that the record calls it by the same name", place)


def vocabulary(protocol: Protocol) -> Iterator[str]:
    """Every event name that the protocol uses."""
    yield from (anchor.event for anchor in protocol.anchors)
    yield from protocol.ends
    for endpoint in protocol.endpoints:
        definition = endpoint.define
        if definition is None:
            continue
        yield from (*definition.start, *definition.measures, *definition.ties)
        yield from (name for name in (definition.followed, definition.crossover) if name)
        for outcome in definition.outcomes():
            yield from (outcome.event, *outcome.after, *outcome.without)
    for visit in protocol.visits:
        yield from visit.assess
    for part in protocol.parts:
        yield from _of_condition(part.condition)
        for line in part.lines:
            yield from _of_condition(line.condition)
            if (name := getattr(line.what, "name", "")) and isinstance(name, str):
                yield name


def _of_condition(condition: Condition | None) -> Iterator[str]:
    match condition:
        case All(of) | AnyOf(of):
            for one in of:
                yield from _of_condition(one)
        case Is(fact):
            yield fact
        case Within(events):
            yield from (*events, condition.of)
        case StoppedFor(state):
            yield from (f"{state} stopped", f"{state} started", f"{state} restarted", f"{state} resumed")
        case NoActive(state) | NeverAbove(state):
            yield state
        case Happened(event):
            yield event
        case Stated(words):
            yield words
        case _:
            return
