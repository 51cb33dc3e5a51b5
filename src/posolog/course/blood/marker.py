"""The target on the blasts: does the share of positive blasts reach the protocol's threshold?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from posolog.core.because import Because, Computed, Read
from posolog.core.finding import Finding, Place
from posolog.core.guard import Answer, Guard
from posolog.core.quantity import plain
from posolog.core.timeline import Event, Timeline
from posolog.course.model import Patient
from posolog.course.words import ask, listed, stop
from posolog.evidence.shipped import entries, key_of
from posolog.protocol.conditions_text import print_condition
from posolog.protocol.model import Protocol

_PERCENT = r"(?P<value>\d+(?:[.,]\d+)?)\s*(?:%|percent|per cent)"
_BOUND = (
    r"(?P<sign>>=|≥|=>|>|at least|minimum(?: of)?|more than|above|greater than(?: or equal to)?"
    r"|cut-?off (?:value )?(?:of|at)|threshold (?:of|at))"
)
_FORMS = (  # the marker before the number ("CD22 >= 30 %"), or after it ("cut-off of 70 % for CD22")
    rf"\b{{marker}}\b\+?[^.;%]{{{{0,60}}}}?{_BOUND}\s*{_PERCENT}",
    rf"{_BOUND}\s*{_PERCENT}[^.;%]{{{{0,60}}}}?\b{{marker}}\b",
)
_STRICT = (">", "more than", "above", "greater than")


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least share of positive blasts, in percent; `strict` where the share itself does not suffice."""

    percent: Decimal
    strict: bool
    words: str
    where: str

    def reached(self, percent: Decimal) -> bool:
        return percent > self.percent if self.strict else percent >= self.percent

    def __str__(self) -> str:
        return f"{'above' if self.strict else 'at least'} {plain(self.percent)} % ({self.where})"


def thresholds(protocol: Protocol, marker: str = "CD22") -> tuple[Threshold, ...]:
    """Every threshold of the marker that the protocol states or cites, each once, in order.

    >>> from posolog.protocol.model import Criterion
    >>> [t.percent for t in thresholds(Protocol("p", eligibility=(Criterion("inclusion", "CD22+ expression >=30%"),)))]
    [Decimal('30')]
    """
    name = re.escape(marker)
    found: dict[tuple[Decimal, bool], Threshold] = {}
    for where, words in _texts(protocol):
        for form in _FORMS:
            for match in re.finditer(form.format(marker=name), words, re.I):
                value = Decimal(match["value"].replace(",", "."))
                strict = match["sign"].casefold() in _STRICT
                found.setdefault((value, strict), Threshold(value, strict, match[0], where))
    for one in _cited(protocol, marker):
        found.setdefault((one.percent, one.strict), one)
    return tuple(found.values())


def _cited(protocol: Protocol, marker: str) -> Iterator[Threshold]:
    """Cut-offs that the library holds for works which the head of the protocol cites, such as its registry record."""
    for key in map(key_of, protocol.cite):
        for one in entries()[key].claims if key in entries() else ():
            if one.quantity.startswith(f"{marker} cut-off") and one.unit == "percent of blasts":
                where = f"{key}, {one.where}, {one.checked}"
                yield Threshold(Decimal(one.value), False, one.quantity, where)


def _texts(protocol: Protocol) -> Iterator[tuple[str, str]]:
    yield from ((f"{one.kind} criteria", one.words) for one in protocol.eligibility)
    yield from (("notes", note.words) for note in protocol.notes)
    for part in protocol.parts:
        if part.condition is not None:
            yield f"condition of {part.name}", print_condition(part.condition)
        for line in part.lines:
            if line.condition is not None:
                yield f"condition of {line.ident}", print_condition(line.condition)
    yield from (("settled", f"{question}: {why}") for question, why in protocol.settled)


@dataclass(frozen=True, slots=True)
class Expression:
    """What was measured: percent of blasts, and the words it was recorded in."""

    percent: Decimal
    words: str
    because: Because


def expression(
    timeline: Timeline, patient: Patient | None = None, marker: str = "CD22"
) -> tuple[Expression | None, tuple[Finding, ...]]:
    """The last recorded share of positive blasts: an event "CD22" or "CD22 expression", else a fact of the patient."""
    events = [event for event in timeline.events if _names(event.kind, marker)]
    if events:
        return _read(events[-1].value, events[-1].unit, events[-1])
    facts = [(name, value) for name, value in (patient.facts if patient else ()) if _names(name, marker)]
    return _read(facts[-1][1], "", None) if facts else (None, ())


def _names(words: str, marker: str) -> bool:
    return re.fullmatch(rf"{re.escape(marker)}\+?(?:\s.*)?", words.strip(), re.I) is not None


def _read(value: str, unit: str, event: Event | None) -> tuple[Expression | None, tuple[Finding, ...]]:
    words = f"{value} {unit}".strip()
    place = Place("expression", words, event.ident if event else "patient")
    match = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(?:%|percent)", words)
    if match is None:
        step = "Write the percent of positive blasts with its sign: 85 %."
        return None, (ask("EXPRESSION-UNREAD", f"the expression {words!r} is no percentage", step, place),)
    percent = Decimal(match[1].replace(",", "."))
    if percent > 100:
        step = "Write the percent of positive blasts, 0 to 100."
        return None, (stop("EXPRESSION-UNREAD", f"{words} is above 100 %", step, place),)
    return Expression(percent, words, Read(words)), ()


def gate(
    protocol: Protocol, timeline: Timeline, patient: Patient | None = None, marker: str = "CD22"
) -> tuple[Guard, Because, tuple[Finding, ...]]:
    """Whether the target is expressed enough. Between two stated thresholds, and without a value: not known yet.

    *Source:* the protocol's own words; what CD22 is cited for: raponi2011, nct02844530.
    """
    stated = thresholds(protocol, marker)
    found, findings = expression(timeline, patient, marker)
    reasons = tuple(Read(one.words) for one in stated)
    if len({(one.percent, one.strict) for one in stated}) > 1:
        findings = (*findings, _disagree(stated, marker))
    if not stated:
        return Guard(Answer.UNKNOWN, missing=(f"a threshold of {marker} in the protocol",)), Computed("gate"), findings
    if found is None:
        return (
            Guard(Answer.UNKNOWN, missing=(f"{marker} expression in percent of blasts",)),
            _why(reasons, ""),
            findings,
        )
    answers = {one.reached(found.percent) for one in stated}
    said = f"{marker} {plain(found.percent)} % against {listed(map(str, stated), 'and')}"
    if len(answers) > 1:
        return Guard(Answer.UNKNOWN, (said,), ("which of the thresholds holds",)), _why(reasons, said), findings
    return Guard(Answer.YES if answers == {True} else Answer.NO, (said,)), _why(reasons, said), findings


def _why(reasons: tuple[Because, ...], said: str) -> Because:
    return Computed("expression of the target", said, reasons)


def _disagree(stated: tuple[Threshold, ...], marker: str) -> Finding:
    places = tuple(Place(f"{plain(one.percent)} %", one.words, one.where) for one in stated)
    message = f"The protocol states or cites {marker} with {listed(map(str, stated), 'and')}."
    return ask("CUTOFF-DISAGREES", message, "Settle which cut-off holds for entry.", *places)
