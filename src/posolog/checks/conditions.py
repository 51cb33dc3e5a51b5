"""Conditions that leave a number in two branches or in none, and conditions that only a person can answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from posolog.checks import say
from posolog.checks.view import at, at_line, days_of, givens, lines_of
from posolog.core.finding import Finding, Place, Severity
from posolog.protocol.condition import All, AnyOf, Compare, Condition, Stated
from posolog.protocol.model import Protocol

Case = tuple[Compare | None, Place]


def leaves(condition: Condition) -> Iterator[Condition]:
    """The conditions that are not "and" or "or", in order."""
    if isinstance(condition, All | AnyOf):
        for part in condition.of:
            yield from leaves(part)
    else:
        yield condition


def conditions(protocol: Protocol) -> Iterator[tuple[Condition, Place]]:
    """Every condition of the protocol with the place it stands at."""
    for part in protocol.parts:
        if part.condition is not None:
            yield part.condition, at(part, "condition")
    for _, line in lines_of(protocol):
        if line.condition is not None:
            yield line.condition, at_line(line, "condition")
    for visits in protocol.visits:
        if visits.condition is not None:
            yield visits.condition, at(visits, "condition")


def condition_words(protocol: Protocol) -> Iterator[Finding]:
    found = [
        (leaf.words, place)
        for condition, place in conditions(protocol)
        for leaf in leaves(condition)
        if isinstance(leaf, Stated)
    ]
    if found:
        yield Finding(
            "CONDITION-WORDS", Severity.NOTE,
            f"Only a person can answer: {say.names([f'“{words}”' for words, _ in found])}.",
            "Record the answer for each patient; until then the gate is not known yet.",
            tuple(dict.fromkeys(place for _, place in found)),
        )


def boundaries(protocol: Protocol) -> Iterator[Finding]:
    """Alternatives by a number must tile: no gap, no overlap; where they do, say which branch the limit takes."""
    merged: dict[str, Finding] = {}
    for (_, fact), cases in _cases(protocol).items():
        for value in sorted({limit.value for limit, _ in cases if limit is not None}):
            for found in _boundary(fact, value, [c for c in cases if c[0] is None or c[0].value == value]):
                before = merged.get(found.message)
                places = (*before.places, *found.places) if before else found.places
                merged[found.message] = replace(found, places=tuple(dict.fromkeys(places)))
    yield from merged.values()


def _cases(protocol: Protocol) -> dict[tuple[tuple[str, ...], str], list[Case]]:
    """Lines of one agent on shared days of a part, and parts of one arm and choice, with their one comparison."""
    found: dict[tuple[tuple[str, ...], str], list[Case]] = {}
    plain: dict[tuple[str, ...], list[Case]] = {}
    for given in givens(protocol):
        key = (given.part.name, given.agent.casefold(), str(days_of(given)), str(given.give.cycles))
        _file(found, plain, key, given.line.condition, at_line(given.line, given.agent))
    for part in protocol.parts:
        if part.condition is not None:
            _file(found, plain, ("parts", part.arm, part.choice), part.condition, at(part, part.name))
    for group, _fact in found:
        found[group, _fact] += plain.get(group, [])
    return found


def _file(
    found: dict[tuple[tuple[str, ...], str], list[Case]],
    plain: dict[tuple[str, ...], list[Case]],
    key: tuple[str, ...],
    condition: Condition | None,
    place: Place,
) -> None:
    compared = [leaf for leaf in leaves(condition) if isinstance(leaf, Compare)] if condition else []
    if condition is None:
        plain.setdefault(key, []).append((None, place))
    for leaf in compared:
        found.setdefault((key, leaf.fact), []).append((leaf, place))


def _boundary(fact: str, value: Decimal, cases: list[Case]) -> Iterator[Finding]:
    unit = next((f" {limit.unit}" for limit, _ in cases if limit and limit.unit), "")
    exact = f"{fact} of exactly {say.number(value)}{unit}"
    holds = [(limit, place) for limit, place in cases if limit is None or "=" in limit.op]
    sides = {limit.op[0] for limit, _ in cases if limit}
    places = tuple(place for _, place in cases)
    if any(limit is None for limit, _ in cases):
        yield _ask(f"One line has no condition, another is limited to {_said(cases)}: who meets it gets both.", places)
    elif len(sides) == 2 and len(holds) > 1:
        yield _ask(f"{exact[0].upper()}{exact[1:]} falls in {len(holds)} branches at once ({_said(cases)}).", places)
    elif len(sides) == 2 and not holds:
        yield _ask(f"{exact[0].upper()}{exact[1:]} falls in no branch ({_said(cases)}).", places)
    elif len(sides) == 2 or not holds:
        where = f"{_said(holds)} holds it" if holds else f"{_said(cases)} leaves it to the other branch"
        yield Finding(
            "AGE-BOUNDARY", Severity.NOTE, f"{exact[0].upper()}{exact[1:]}: {where}.",
            "Check that the limit itself is meant to fall on this side.", places,
        )


def _said(cases: list[Case]) -> str:
    words = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
    return say.names([f"{c.fact} {words[c.op]} {say.number(c.value)}" for c, _ in cases if c is not None])


def _ask(message: str, places: tuple[Place, ...]) -> Finding:
    return Finding(
        "AGE-BOUNDARY", Severity.ASK, message,
        "Write the branches so that every value falls in exactly one.", places,
    )
