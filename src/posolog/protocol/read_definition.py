"""Reads an endpoint's definition from its table, and says what in it cannot hold."""

from __future__ import annotations

from decimal import Decimal

from posolog.core.finding import Severity
from posolog.protocol.collect import Collector
from posolog.protocol.definition import ADJUSTMENTS, MONTH_DAYS, POPULATIONS, Definition, Length, Method, Outcome
from posolog.protocol.definition_text import parse_outcome
from posolog.protocol.frame_text import parse_time_point, parse_window
from posolog.protocol.tree import Text, Tree

KEYS = (
    *("method", "population", "start", "event", "competing", "censor", "state", "followed", "ties", "within"),
    *("window", "levels", "measures", "crossover", "adjust", "covariates", "month", "limit", "listing", "because"),
)
_TIMED = ("competing", "censor", "followed", "ties", "crossover", "adjust", "covariates", "month", "listing")
# What a method must have, and what else it may have; the rest has no meaning under it.
NEEDS: dict[Method, tuple[str, ...]] = {
    Method.KAPLAN_MEIER: ("start", "event"),
    Method.INCIDENCE: ("start", "event", "competing"),
    Method.STATUS: ("start", "event", "window"),
    Method.BEST: ("start", "event", "levels"),
    Method.SHARE: ("start", "event"),
    Method.COUNT: ("start", "event"),
    Method.MODEL: ("start", "measures", "window"),
    Method.OCCUPATION: ("start", "event", "state"),
    Method.TOXICITY: ("start", "event", "within"),
}
MAY: dict[Method, tuple[str, ...]] = {
    Method.KAPLAN_MEIER: tuple(key for key in _TIMED if key != "competing"),
    Method.INCIDENCE: ("censor", "followed", "ties", "covariates", "month", "listing"),
    Method.STATUS: ("competing", "levels", "ties", "month"),
    Method.BEST: ("within", "month"),
    Method.SHARE: ("within", "month"),
    Method.COUNT: ("within", "month"),
    Method.MODEL: ("competing", "limit", "month"),
    Method.OCCUPATION: ("censor", "followed", "ties", "month"),
    Method.TOXICITY: ("month",),
}
ONE_BY_ONE = (Method.STATUS, Method.BEST, Method.COUNT)
AT_TIME_POINTS = (Method.STATUS, Method.MODEL)  # nothing to answer without the endpoint's `at`
ALWAYS = ("method", "population", "because")


def read_definition(collect: Collector, tree: Tree | None) -> Definition | None:
    """The definition, or None where there is none or it has no method."""
    if tree is None:
        return None
    values = collect.table(tree, "define", KEYS)
    collect.required(values, "method", "define", tree.line)
    words = collect.one_of(values.get("method"), "method", list(Method))
    if not words:
        return None
    method = Method(words)
    _fitting(collect, method, values, tree.line)
    before, after = collect.parsed(values.get("window"), "window", parse_window) or (None, None)
    found = Definition(
        method,
        collect.words(values.get("start"), "start"),
        _outcomes(collect, values.get("event"), "event"),
        _outcomes(collect, values.get("competing"), "competing"),
        _outcomes(collect, values.get("censor"), "censor"),
        collect.parsed(values.get("state"), "state", parse_outcome),
        collect.text(values.get("followed"), "followed"),
        collect.words(values.get("ties"), "ties"),
        collect.one_of(values.get("population"), "population", POPULATIONS),
        _span(collect, values.get("within")),
        before,
        after,
        collect.words(values.get("levels"), "levels"),
        collect.words(values.get("measures"), "measures"),
        collect.text(values.get("crossover"), "crossover"),
        _adjustments(collect, values.get("adjust")),
        collect.words(values.get("covariates"), "covariates"),
        _month(collect, values.get("month")),
        _limit(collect, values.get("limit")),
        collect.flag(values.get("listing"), "listing") if "listing" in values else False,
        collect.text(values.get("because"), "because"),
        tree.line,
    )
    _sensible(collect, found, tree.line)
    return found


def _outcomes(collect: Collector, tree: Tree | None, what: str) -> tuple[Outcome, ...]:
    read = (collect.parsed(text, what, parse_outcome) for text in collect.texts(tree, what))
    return tuple(outcome for outcome in read if outcome is not None)


def _span(collect: Collector, tree: Tree | None) -> Length | None:
    point = collect.parsed(tree, "within", parse_time_point)
    if point is not None and point.unit == "baseline" and tree is not None:
        collect.add("VALUE-UNKNOWN", "'within' is a length of time", "Write it as '28 days'.", tree.line)
    return Length(point.number, point.unit) if point is not None and point.unit != "baseline" else None


def _adjustments(collect: Collector, tree: Tree | None) -> tuple[str, ...]:
    return tuple(
        words for text in collect.texts(tree, "adjust") if (words := collect.one_of(text, "adjustment", ADJUSTMENTS))
    )


def _month(collect: Collector, tree: Tree | None) -> Decimal:
    words = collect.text(tree, "month").removesuffix(" days")
    if not words:
        return MONTH_DAYS
    if words.replace(".", "", 1).isascii() and words.replace(".", "", 1).isdecimal() and 28 <= Decimal(words) <= 31:
        return Decimal(words)
    line = tree.line if isinstance(tree, Text) else None
    collect.add("VALUE-UNKNOWN", f"{words!r} is no month", "Write its length: 30.4375 days.", line, words=words)
    return MONTH_DAYS


def _limit(collect: Collector, tree: Tree | None) -> Decimal | None:
    """A limit of detection: a number above 0, in the unit of the measures."""
    words = collect.text(tree, "limit")
    if not words:
        return None
    if words.replace(".", "", 1).isascii() and words.replace(".", "", 1).isdecimal() and Decimal(words) > 0:
        return Decimal(words)
    line = tree.line if isinstance(tree, Text) else None
    step = "Write a number above 0, in the unit of the measures: limit: 1."
    collect.add("VALUE-UNKNOWN", f"{words!r} is no limit of detection", step, line, words=words)
    return None


def _fitting(collect: Collector, method: Method, values: dict[str, Tree], line: int) -> None:
    """Every key that the method needs, and none that has no meaning under it."""
    for key in NEEDS[method]:
        if key not in values:
            message = f"the method {method.value!r} needs {key!r}"
            collect.add("DEFINITION-LACKS", message, f"Add '{key}: ...' to define.", line)
    for key, tree in values.items():
        if key not in (*ALWAYS, *NEEDS[method], *MAY[method]):
            message = f"{key!r} has no meaning under the method {method.value!r}"
            collect.add("DEFINITION-KEY", message, "Leave it out, or choose another method.", tree.line, words=key)


def _sensible(collect: Collector, found: Definition, line: int) -> None:
    """What contradicts itself stops; a definition without a reason is asked about."""
    groups = (found.events, found.competing, found.censor)
    for at, group in enumerate(groups):
        for other in groups[at + 1 :]:
            for outcome in set(group) & set(other):
                message = f"{outcome.event!r} stands twice in define, with two meanings"
                collect.add("DEFINITION-CLASH", message, "Keep it where it counts.", line, words=outcome.event)
    named = {name.casefold() for outcome in found.outcomes() for name in _named(outcome)}
    for tie in found.ties:
        if tie.casefold() not in named:
            message = f"{tie!r} stands in ties, but no event of the definition has that name"
            collect.add("DEFINITION-TIES", message, "Name the events of event, competing and censor.", line, words=tie)
    if found.adjust and not found.crossover:
        collect.add("DEFINITION-LACKS", "'adjust' needs 'crossover'", "Name the event by which patients cross.", line)
    _recorded_only(collect, found, line)
    if not found.because:
        message = "the definition gives no reason for what the text does not state"
        step = "Add a because: start, censoring, ties and windows are choices."
        collect.add("DEFINITION-REASON", message, step, line, severity=Severity.ASK)


def _recorded_only(collect: Collector, found: Definition, line: int) -> None:
    """Where records are looked at one by one, what came before them and their therapy play no part."""
    plain = found.events if found.method in ONE_BY_ONE else ()
    for outcome in (*plain, *((found.state,) if found.state else ())):
        if outcome.after or outcome.without or outcome.therapy:
            message = f"'after', 'without' and 'with systemic therapy' have no meaning here: {outcome.event!r}"
            step = "Name the event alone, with its values or its grade."
            collect.add("DEFINITION-KEY", message, step, line, words=outcome.event)
    if found.method in (Method.STATUS, Method.BEST) and len({outcome.event.casefold() for outcome in plain}) > 1:
        message = f"the method {found.method.value!r} looks at records of one name"
        collect.add("DEFINITION-CLASH", message, "Name one event, with its values: response is CR or PR.", line)


def _named(outcome: Outcome) -> tuple[str, ...]:
    return (outcome.event, *outcome.after, *outcome.without)
