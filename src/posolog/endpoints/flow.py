"""The flow of patients through a trial, as counts: who entered, started, crossed over, left, died, was analysed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from posolog.core.guard import Answer
from posolog.endpoints.decide import Dated
from posolog.endpoints.derive import Derived
from posolog.endpoints.follow import DEATH
from posolog.endpoints.match import any_named, happened, is_named
from posolog.endpoints.patients import Subject
from posolog.endpoints.people import arm_events, seen
from posolog.endpoints.results import POOLED
from posolog.protocol.model import Endpoint


@dataclass(frozen=True, slots=True)
class Step:
    """A box: what is counted, how many, and how they divide; `aside` for those who leave the way down."""

    label: str
    n: int
    of: tuple[tuple[str, int], ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """The boxes of one arm, from the top down."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """`entered` above, one column an arm below it."""

    entered: Step
    columns: tuple[Column, ...]


def main_endpoint(derived: Derived) -> Endpoint | None:
    """The primary endpoint or objective that is defined; else the first that is."""
    ranked = [e for e in derived.endpoints if e.role.startswith("primary")]
    return next(iter((*ranked, *derived.endpoints)), None)


def flow_of(derived: Derived, *, blinded: bool) -> Flow:
    """The flow by arm, or in one column where there are no arms or the reader is blinded."""
    subjects = derived.trial.subjects
    arms = () if blinded else derived.trial.protocol.arms
    entered = Step("patients entered", len(subjects), tuple(_sites(subjects)))
    names = arms if len(arms) > 1 else (POOLED,)
    columns = [
        Column(name, _steps(derived, [s for s in subjects if name in (POOLED, s.arm)], blinded)) for name in names
    ]
    return Flow(entered, tuple(columns))


def _sites(subjects: tuple[Subject, ...]) -> list[tuple[str, int]]:
    counts = Counter(subject.fact("site") for subject in subjects if subject.fact("site"))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _steps(derived: Derived, own: list[Subject], blinded: bool) -> tuple[Step, ...]:
    records = {subject.ident: seen(derived.trial, subject.ident) for subject in own}
    randomised = len(derived.trial.protocol.arms) > 1
    made = [Step("allocated", len(own))] if randomised and not blinded else []
    made += _started(derived, own, records, blinded)
    made += _left(derived, own, records)
    return (*made, *_analysed(derived, own))


def _started(
    derived: Derived, own: list[Subject], records: dict[str, tuple[Dated, ...]], blinded: bool
) -> list[Step]:
    """Who started treatment, by which event; crossovers where they are shown."""
    protocol, main = derived.trial.protocol, main_endpoint(derived)
    treatments = [event for event, _ in arm_events(protocol)]
    crossings = {e.define.crossover for e in derived.endpoints if e.define and e.define.crossover}
    treatments = [event for event in treatments if event not in crossings]
    if not treatments and main is not None and main.define is not None:
        treatments = list(main.define.start)
    first = Counter(_first(records[subject.ident], treatments) for subject in own)
    n = sum(count for name, count in first.items() if name)
    of = () if blinded and len(protocol.arms) > 1 else tuple((name, c) for name, c in first.items() if name)
    made = [Step("started treatment", n, of)]
    if first[""]:
        made.append(Step("did not start", first[""], _why_not(own, records, treatments), aside=True))
    for crossing in sorted(crossings) if not blinded else ():
        crossed = sum(bool(_first(records[subject.ident], [crossing])) for subject in own)
        if crossed:
            made.append(Step("crossed over", crossed, ((crossing, crossed),)))
    return made


def _first(records: tuple[Dated, ...], names: list[str]) -> str:
    """The first of these events that happened, as the protocol names it."""
    for record in records:
        for name in names:
            if is_named(record.event, name) and happened(record.event) is Answer.YES:
                return name
    return ""


def _why_not(
    own: list[Subject], records: dict[str, tuple[Dated, ...]], treatments: list[str]
) -> tuple[tuple[str, int], ...]:
    last = [records[s.ident][-1].event.kind if records[s.ident] else "nothing recorded"
            for s in own if not _first(records[s.ident], treatments)]  # fmt: skip
    return tuple(Counter(last).most_common())


def _left(derived: Derived, own: list[Subject], records: dict[str, tuple[Dated, ...]]) -> list[Step]:
    """Withdrawal and loss, and deaths."""
    ends = [end for end in derived.trial.protocol.ends if end.casefold() != DEATH]
    left = Counter(name for subject in own if (name := _first(records[subject.ident], ends)))
    died = sum(
        any(any_named(r.event, (DEATH,)) and happened(r.event) is Answer.YES for r in records[s.ident]) for s in own
    )
    made = [Step("left early", sum(left.values()), tuple(left.most_common()), aside=True)] if left else []
    return [*made, Step("died", died)]


def _analysed(derived: Derived, own: list[Subject]) -> list[Step]:
    main = main_endpoint(derived)
    if main is None:
        return []
    idents = {subject.ident for subject in own}
    rows = [row for row in derived.of(main.name).rows if row.subject in idents]
    known = len({row.subject for row in rows if row.known})
    unknown = len({row.subject for row in rows}) - known
    of = (("not known yet", unknown),) if unknown else ()
    return [Step(f"analysed for {main.name}", known, of)]
