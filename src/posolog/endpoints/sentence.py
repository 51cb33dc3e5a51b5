"""A definition as one sentence that a person can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from posolog.core.quantity import plain
from posolog.endpoints.people import AGAIN, RANDOMISED, STARTED, TREATED, days_of, population_of
from posolog.protocol.definition import Definition, Method, Outcome
from posolog.protocol.definition_text import print_outcome
from posolog.protocol.frame_text import print_time_point
from posolog.protocol.model import Endpoint, Protocol, TimePoint

_CALENDAR = (Method.STATUS, Method.MODEL, Method.BEST, Method.SHARE, Method.COUNT, Method.TOXICITY)


def sentence(endpoint: Endpoint, protocol: Protocol) -> str:
    """The whole definition: what, in whom, from when, until what, how ties and silence are taken, by which method."""
    definition = endpoint.define
    if definition is None:
        return f"{endpoint.name}: not defined."
    whom, rules = _whom(definition, protocol), _rules(definition)
    pieces = [_what(endpoint, definition), whom, *rules, *_when(endpoint, definition)]
    return f"{_capital(endpoint.name)}: {'; '.join(pieces)}."


def _what(endpoint: Endpoint, definition: Definition) -> str:
    start = listed(definition.start)
    events = _outcomes(definition.events)
    first = "the first of " if len(definition.events) > 1 else ""
    match definition.method:
        case Method.KAPLAN_MEIER:
            return f"time from {start} to {first}{events}"
        case Method.INCIDENCE:
            return f"time from {start} to {first}{events}, with {_outcomes(definition.competing)} competing"
        case Method.STATUS:
            return f"whether {events} at each time point after {start}"
        case Method.BEST:
            order = " better than ".join(definition.levels)
            return f"the best recorded after {start} ({order}), of which {events} counts as success"
        case Method.SHARE:
            return f"the share of patients with {events} after {start}"
        case Method.COUNT:
            return f"the number of times {events} is recorded for a patient after {start}"
        case Method.MODEL:
            return f"{listed(definition.measures, last='and')} at each time point after {start}"
        case Method.OCCUPATION:
            state = spoken(definition.state) if definition.state else ""
            return f"the probability of being free of {state} and without {events} at each time from {start}"
        case Method.TOXICITY:
            return f"whether {events} follows {start}, by dose level"


def _whom(definition: Definition, protocol: Protocol) -> str:
    population = population_of(definition, protocol)
    words = {
        RANDOMISED: "in all patients in the arm they were allocated to",
        TREATED: "in all treated patients, in the arm of the first treatment they received",
        STARTED: f"in all patients with {listed(definition.start)}",
        AGAIN: f"in those with {listed(definition.start)}, counted again from it",
    }
    return words[population]


def _rules(definition: Definition) -> list[str]:
    said = []
    if definition.method in (Method.STATUS, Method.MODEL) and definition.competing:
        how = "answers no from then on" if definition.method is Method.STATUS else "ends the measurements"
        said.append(f"{_outcomes(definition.competing)} {how}")
    if len(definition.ties) > 1:
        said.append(f"of one day {', then '.join(definition.ties)}")
    if definition.censor:
        said.append(f"censored at {_outcomes(definition.censor)}")
    if definition.method in (Method.KAPLAN_MEIER, Method.INCIDENCE, Method.OCCUPATION):
        last = f"the last {definition.followed}" if definition.followed else "the last record"
        said.append(f"{'else ' if definition.censor else ''}censored at {last}, or at the end of observation")
    if definition.crossover:
        said.append(f"patients cross over by {definition.crossover}")
    return said


def _when(endpoint: Endpoint, definition: Definition) -> list[str]:
    said = []
    if definition.within is not None:
        point = TimePoint(definition.within.number, definition.within.unit)
        said.append(f"within {print_time_point(point)}, that day included")
    if definition.before_days is not None:
        days = f"{definition.before_days} days before to {definition.after_days} days after"
        said.append(f"the record nearest to the day, from {days}")
    if definition.limit is not None:
        said.append(f"below {plain(definition.limit)} counted as half of it")
    if endpoint.at:
        said.append("at " + listed([_point(point, definition) for point in endpoint.at], last="and"))
    said.append(f"by {_method(definition)}")
    return said


def _point(point: TimePoint, definition: Definition) -> str:
    words = print_time_point(point)
    if point.unit in ("day", "baseline") or definition.method in _CALENDAR:
        return words
    return f"{words} (day {days_of(point, definition)})"


def _method(definition: Definition) -> str:
    words = {
        Method.KAPLAN_MEIER: "the Kaplan–Meier estimator",
        Method.INCIDENCE: "the Aalen–Johansen cumulative incidence",
        Method.STATUS: "an exact binomial proportion",
        Method.BEST: "an exact binomial proportion",
        Method.SHARE: "an exact binomial proportion",
        Method.COUNT: "its distribution",
        Method.MODEL: "a mixed model of the logarithm",
        Method.OCCUPATION: "the Aalen–Johansen state occupation",
        Method.TOXICITY: "rates by level, the 3+3 rule and isotonic regression",
    }
    if not definition.adjust:
        return words[definition.method]
    return f"{words[definition.method]}, and adjusted for the crossover by {listed(definition.adjust, last='and')}"


def day_rule(definition: Definition) -> str:
    """How months and years become days."""
    if definition.method in _CALENDAR:
        return "months and years by the calendar; a month too short ends on its last day"
    return f"a month is {plain(definition.month_days)} days, a year 12 of them, rounded to the nearest day"


def _outcomes(outcomes: tuple[Outcome, ...]) -> str:
    return listed([spoken(outcome) for outcome in outcomes])


def spoken(outcome: Outcome) -> str:
    """An event as it reads inside a sentence: "chronic GVHD (moderate or severe)"."""
    if not outcome.values:
        return print_outcome(outcome)
    bare = print_outcome(replace(outcome, values=()))
    return bare.replace(outcome.event, f"{outcome.event} ({listed(outcome.values)})", 1)


def listed(words: Sequence[str], *, last: str = "or") -> str:
    """a; a or b; a, b or c."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
