"""One patient's records in order: the first event that counts decides, and what is missing before it forbids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, permutations
from zoneinfo import ZoneInfo

from posolog.core.guard import Answer, Guard, all_of, any_of
from posolog.core.timeline import Event
from posolog.course.moments import local_date
from posolog.endpoints.match import THERAPY, any_named, happened, is_named, names_of, qualifies, treated
from posolog.endpoints.rows import CENSORED
from posolog.protocol.definition import Definition, Outcome
from posolog.protocol.definition_text import print_outcome

MOST_TIED = 5  # kinds of event on one day whose orders are all tried


@dataclass(frozen=True, slots=True)
class Dated:
    """A record and its local day."""

    day: date
    event: Event


@dataclass(frozen=True, slots=True)
class Decided:
    """What ended the follow-up on `day`: `code`, the words of the outcome, and the record."""

    day: date
    code: int
    cause: str
    event: Event


@dataclass(frozen=True, slots=True)
class Doubt:
    """An event that may have counted: on `day`, with `code`, but `missing` is not recorded."""

    day: date
    code: int
    missing: str
    event: Event


@dataclass(slots=True)
class _State:
    """What has happened since the start, in order of time."""

    seen: set[str] = field(default_factory=set)
    untreated: dict[str, tuple[date, Event]] = field(default_factory=dict)  # disease: its onset, therapy not answered
    onset: set[str] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)

    def copy(self) -> _State:
        return _State(set(self.seen), dict(self.untreated), set(self.onset), list(self.doubts))


Coded = tuple[tuple[int, Outcome], ...]


def coded(definition: Definition) -> Coded:
    """Every outcome with its code: 1 for the events, 2, 3 ... for each competing one, 0 for what censors."""
    rivals = tuple((2 + at, outcome) for at, outcome in enumerate(definition.competing))
    return (
        *((1, outcome) for outcome in definition.events),
        *rivals,
        *((CENSORED, outcome) for outcome in definition.censor),
    )


def dated(events: tuple[Event, ...], zone: ZoneInfo) -> tuple[Dated, ...]:
    return tuple(Dated(local_date(event.at, zone), event) for event in events)


def decide(
    records: tuple[Dated, ...], definition: Definition, *, ends: tuple[str, ...] = ()
) -> tuple[Decided | None, tuple[Doubt, ...]]:
    """The deciding event of records that all lie on or after the start, and the doubts that stand before it.

    Records of one day are taken in the order of `ties`; kinds that `ties` leaves open are taken in every order, and
    where the orders disagree the day is in doubt. Events come before what censors on the same day. `ends` are the
    protocol's ends of observation (withdrawal of consent): they censor, after everything else of their day.
    """
    outcomes = coded(definition)
    state = _State()
    named = frozenset(name.casefold() for _, o in outcomes for name in (o.event, *o.after, *o.without))
    wanted = named | {end.casefold() for end in ends} | {THERAPY}
    kept = (record for record in records if not wanted.isdisjoint(names_of(record.event)))
    for day, group in groupby(kept, key=lambda record: record.day):
        today = [record.event for record in group]
        decided = _of_day(day, today, outcomes, definition.ties, state)
        decided = decided or _ended(day, today, ends)
        if decided is not None:
            return decided, _standing(state, decided)
    return None, _standing(state, None)


def _ended(day: date, events: list[Event], ends: tuple[str, ...]) -> Decided | None:
    for event in events:
        if any_named(event, ends) and happened(event) is Answer.YES:
            return Decided(day, CENSORED, event.kind, event)
    return None


def _of_day(
    day: date, events: list[Event], outcomes: Coded, ties: tuple[str, ...], state: _State
) -> Decided | None:
    """The decision of one day; `state` is brought forward by it."""
    orders = list(_orders(events, outcomes, ties))
    if len(orders) == 1:
        return _first(day, orders[0], outcomes, state)
    results = []
    for order in orders:
        tried = state.copy()
        results.append((_first(day, order, outcomes, tried), tried))
    first, after = results[0]
    state.seen, state.untreated, state.onset, state.doubts = after.seen, after.untreated, after.onset, after.doubts
    answers = {(found.code if found else None) for found, _ in results}
    if len(answers) > 1:
        names = " and ".join(sorted({found.event.kind for found, _ in results if found}))
        clash = f"which came first on {day}: {names}" if " and " in names else f"the order of the events of {day}"
        codes = [found for found, _ in results if found and first and found.code != first.code]
        rival = codes[0] if codes else results[0][0] or next(found for found, _ in results if found)
        state.doubts.append(Doubt(day, -1, clash, rival.event))
        return first or rival
    return first


def _orders(events: list[Event], outcomes: Coded, ties: tuple[str, ...]) -> Iterator[list[Event]]:
    """Every order of the day's events that `ties` allows; what no outcome names stays behind, censoring last."""
    if len(events) == 1:
        yield events
        return
    names = {name for _, outcome in outcomes for name in (outcome.event, *outcome.after, *outcome.without)}
    ranked = {name.casefold(): rank for rank, name in enumerate(ties)}
    stops = {outcome.event.casefold() for code, outcome in outcomes if code == CENSORED} - set(ranked)
    groups: dict[str, list[Event]] = {}
    for event in events:
        name = next((name for name in sorted(names) if is_named(event, name)), "")
        groups.setdefault(name.casefold() if name.casefold() not in stops else "", []).append(event)
    last = groups.pop("", [])
    kinds = sorted(groups)
    for order in permutations(kinds) if len(kinds) <= MOST_TIED else [tuple(kinds)]:
        known = [ranked[kind] for kind in order if kind in ranked]
        if known == sorted(known):
            yield [*(event for kind in order for event in groups[kind]), *last]


def _first(day: date, events: list[Event], outcomes: Coded, state: _State) -> Decided | None:
    """The first event of the day that counts; therapy is looked at after the diseases of the day."""
    for event in sorted(events, key=lambda event: event.kind.casefold() == THERAPY):
        found = _event(day, event, outcomes, state)
        if found is not None:
            return found
        if (answer := happened(event)) is not Answer.NO:
            state.seen |= {f"{answer.value}={name}" for name in _called(event, outcomes)}
    return None


def _called(event: Event, outcomes: Coded) -> Iterator[str]:
    for _, outcome in outcomes:
        yield from (name for name in (*outcome.after, *outcome.without) if is_named(event, name))


def _event(day: date, event: Event, outcomes: Coded, state: _State) -> Decided | None:
    for code, outcome in outcomes:
        answer = _therapy(day, event, code, outcome, state) if outcome.therapy else _plain(event, outcome, state)
        if isinstance(answer, Doubt):
            state.doubts.append(Doubt(day, code, answer.missing, event))
        elif answer:
            return Decided(day, code, print_outcome(outcome), event)
    return None


def _plain(event: Event, outcome: Outcome, state: _State) -> bool | Doubt:
    guard = qualifies(event, outcome)
    if guard.answer is Answer.NO or not (outcome.after or outcome.without):
        return Doubt(date.min, 0, guard.missing[0], event) if guard.missing else guard.answer is Answer.YES
    before = all_of([_before(outcome.after, state), negated(_before(outcome.without, state)), guard])
    if before.answer is Answer.UNKNOWN:
        return Doubt(date.min, 0, before.missing[0], event)
    return before.answer is Answer.YES


def _before(names: tuple[str, ...], state: _State) -> Guard:
    """Whether one of the events has happened so far; no names, no question (a yes to `after`, see `negated`)."""
    guards = [_seen(name, state) for name in names]
    return any_of(guards) if guards else Guard(Answer.YES, ("nothing asked",))


def _seen(name: str, state: _State) -> Guard:
    if f"{Answer.YES.value}={name}" in state.seen:
        return Guard(Answer.YES)
    if f"{Answer.UNKNOWN.value}={name}" in state.seen:
        return Guard(Answer.UNKNOWN, (), (f"whether {name} happened before",))
    return Guard(Answer.NO)


def negated(guard: Guard) -> Guard:
    """No for yes, yes for no; what nothing was asked of stays a yes."""
    if guard.reasons == ("nothing asked",) or guard.answer is Answer.UNKNOWN:
        return guard
    return Guard(Answer.NO if guard.answer is Answer.YES else Answer.YES)


def _therapy(day: date, event: Event, code: int, outcome: Outcome, state: _State) -> bool | Doubt:
    """A disease with systemic therapy: it counts when both are recorded, on the later of the two days."""
    name = outcome.event
    if is_named(event, name):
        guard = qualifies(event, outcome)
        if guard.answer is Answer.UNKNOWN:
            return Doubt(date.min, 0, guard.missing[0], event)
        if guard.answer is Answer.YES:
            state.onset.add(name)
            state.untreated.setdefault(f"{code}={name}", (day, event))
            return f"treated {name}" in state.seen
        return False
    answer = treated(event, name)
    if answer is Answer.YES:
        state.seen.add(f"treated {name}")
        state.untreated.pop(f"{code}={name}", None)
        return name in state.onset
    if answer is Answer.NO:
        state.untreated.pop(f"{code}={name}", None)
        state.seen.discard(f"treated {name}")
    return False


def _standing(state: _State, decided: Decided | None) -> tuple[Doubt, ...]:
    """The doubts that could change the decision: earlier ones, or ones of the day with another code."""
    doubts = list(state.doubts)
    for key, (day, event) in state.untreated.items():
        code, _, name = key.partition("=")
        doubts.append(Doubt(day, int(code), f"whether {name} of {day} needed systemic therapy", event))
    if decided is None:
        return tuple(doubts)
    own = (decided.day, decided.code)
    return tuple(doubt for doubt in doubts if (doubt.day, doubt.code) != own)


def describe(decided: Decided, lines: Mapping[str, str]) -> str:
    """ "death on 2028-03-04 (row e12)"."""
    return f"{decided.event.kind} on {decided.day}{lines.get(decided.event.ident, '')}"
