"""Writes a protocol as a protocol file."""

from __future__ import annotations

from io import StringIO
from typing import Any

from posolog.core.quantity import plain
from posolog.protocol.conditions_text import print_condition
from posolog.protocol.definition import MONTH_DAYS, Definition, Outcome
from posolog.protocol.definition_text import print_outcome
from posolog.protocol.frame_text import print_cycles, print_time_point, print_window
from posolog.protocol.giveline import print_do, print_give, print_refer, print_rest
from posolog.protocol.model import (
    DEFAULT_ENDS,
    Allocation,
    Do,
    Endpoint,
    Give,
    Line,
    Part,
    Protocol,
    Refer,
    Rest,
    Source,
    TimePoint,
    Visits,
)

Values = dict[str, Any]


def dump(protocol: Protocol) -> str:
    """The protocol file: `loads(dump(p)).protocol == p`. *Raises:* Refusal for what no line can say.

    Quotes are written with single spaces, as white space plays no part in locating them.
    """
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(_frame(protocol), stream)
    return stream.getvalue()


def line_text(line: Line, *, day_zero: bool = True) -> tuple[str, str]:
    """The kind of a line and its words: ("give", "thiotepa 5 mg/kg/day on D-13")."""
    match line.what:
        case Give():
            return "give", print_give(line.what, day_zero=day_zero)
        case Rest():
            return "rest", print_rest(line.what, day_zero=day_zero)
        case Do():
            return "do", print_do(line.what, day_zero=day_zero)
        case Refer():
            return "refer", print_refer(line.what)


def day_zero_of(protocol: Protocol, anchor: str) -> bool:
    """Whether days print as D+6 (the anchor has a day 0, or there is no anchor)."""
    return all(known.has_day_zero for known in protocol.anchors if known.name == anchor)


def _some(**values: Any) -> Values:
    """Only what is said; an underscore in a key stands for a space, a last one for nothing."""
    return {
        key.rstrip("_").replace("_", " "): value for key, value in values.items() if value not in ("", None, [], {})
    }


def _frame(protocol: Protocol) -> Values:
    return {
        "protocol": protocol.name,
        **_some(
            sources=list(protocol.documents),
            references=list(protocol.references),
            cite=list(protocol.cite),
            anchors={anchor.name: anchor.event for anchor in protocol.anchors},
            settings=_some(bsa=protocol.bsa, weight=protocol.weight),
            arms=list(protocol.arms),
            allocation=_allocation(protocol.allocation),
            escalation=protocol.escalation,
        ),
        **({"ends": list(protocol.ends)} if protocol.ends != DEFAULT_ENDS else {}),
        **_some(
            treatment={part.name: _part(protocol, part) for part in protocol.parts},
            visits={visit.name: _visits(visit) for visit in protocol.visits},
            endpoints=[_endpoint(endpoint) for endpoint in protocol.endpoints],
            eligibility=[{one.kind: " ".join(one.words.split())} for one in protocol.eligibility],
            notes=[{"from": " ".join(note.words.split()), **_some(why=note.why)} for note in protocol.notes],
            settled=dict(protocol.settled),
        ),
    }


def _quotes(sources: tuple[Source, ...]) -> str | list[str]:
    words = [" ".join(source.words.split()) for source in sources]
    return words[0] if len(words) == 1 else words


def _allocation(allocation: Allocation | None) -> Values | None:
    if allocation is None:
        return None
    more = _some(ratio=allocation.ratio, strata=list(allocation.strata), from_=_quotes(allocation.sources))
    return {"randomised": allocation.randomised, **more}


def _part(protocol: Protocol, part: Part) -> Values | list[Values]:
    day_zero = day_zero_of(protocol, part.anchor)
    lines = [_line(line, day_zero) for line in part.lines]
    only = len(protocol.anchors) == 1 and part.anchor == protocol.anchors[0].name
    properties = _some(
        arm=part.arm,
        anchor="" if only else part.anchor,
        choice=part.choice,
        option=part.option,
        cycles=print_cycles(part.cycles) if part.cycles is not None else "",
        if_=print_condition(part.condition) if part.condition is not None else "",
        same_as=part.same_as,
        from_=_quotes(part.sources),
        because=part.because,
    )
    if not properties:
        return lines
    return {**properties, **({"lines": lines} if lines or not part.same_as else {})}


def _line(line: Line, day_zero: bool) -> Values:
    kind, words = line_text(line, day_zero=day_zero)
    return {
        kind: words,
        **_some(if_=print_condition(line.condition) if line.condition is not None else ""),
        **({"optional": True} if line.optional else {}),
        **_some(
            unsettled=list(line.unsettled),
            from_=_quotes(line.sources),
            because=line.because,
            cite=list(line.cite),
        ),
    }


def _points(points: tuple[TimePoint, ...]) -> list[str]:
    return [print_time_point(point) for point in points]


def _visits(visits: Visits) -> Values:
    window = ""
    if visits.before_days is not None and visits.after_days is not None:
        window = print_window(visits.before_days, visits.after_days)
    return _some(
        after=visits.anchor,
        at=_points(visits.at),
        window=window,
        assess=list(visits.assess),
        arm=visits.arm,
        if_=print_condition(visits.condition) if visits.condition is not None else "",
        from_=_quotes(visits.sources),
        because=visits.because,
    )


def _endpoint(endpoint: Endpoint) -> Values:
    return {
        endpoint.role: endpoint.name,
        **_some(
            at=_points(endpoint.at),
            after=endpoint.after,
            define=print_definition(endpoint.define) if endpoint.define is not None else {},
            from_=_quotes(endpoint.sources),
            because=endpoint.because,
        ),
    }


def print_definition(definition: Definition) -> Values:
    """The table of a definition, keys in the order of the documentation."""
    window, within = "", ""
    if definition.before_days is not None and definition.after_days is not None:
        window = print_window(definition.before_days, definition.after_days)
    if definition.within is not None:
        within = print_time_point(TimePoint(definition.within.number, definition.within.unit))
    return _some(
        method=definition.method.value,
        population=definition.population,
        start=_one_or_more(definition.start),
        event=_outcomes(definition.events),
        competing=_outcomes(definition.competing),
        censor=_outcomes(definition.censor),
        state=print_outcome(definition.state) if definition.state is not None else "",
        followed=definition.followed,
        ties=list(definition.ties),
        within=within,
        window=window,
        levels=list(definition.levels),
        measures=list(definition.measures),
        crossover=definition.crossover,
        adjust=list(definition.adjust),
        covariates=list(definition.covariates),
        month="" if definition.month_days == MONTH_DAYS else f"{plain(definition.month_days)} days",
        limit=plain(definition.limit) if definition.limit is not None else "",
        listing=definition.listing or "",
        because=definition.because,
    )


def _outcomes(outcomes: tuple[Outcome, ...]) -> str | list[str]:
    return _one_or_more(tuple(map(print_outcome, outcomes)))


def _one_or_more(words: tuple[str, ...]) -> str | list[str]:
    return words[0] if len(words) == 1 else list(words)
