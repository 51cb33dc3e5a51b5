"""Cycles, choices and alternatives: what is stated once must be stated for all (H3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from posolog.checks import say
from posolog.checks.conditions import leaves
from posolog.checks.view import (
    Given,
    anchor_of,
    at,
    at_all,
    at_line,
    days_of,
    givens,
    offset_of,
    quoted,
)
from posolog.core.finding import Finding, Severity
from posolog.protocol.condition import Compare, Is
from posolog.protocol.model import Cycles, Do, Part, Protocol

CYCLIC = re.compile(r"\b(cycles?|regimens?|courses?|cures?|blocks?|every \d+ (days|weeks)|induction)\b", re.I)


def _several(cycles: Cycles | None) -> bool:
    return cycles is not None and cycles.count != 1


def step_in_later_cycles(protocol: Protocol) -> Iterator[Finding]:
    """A dose stepped inside the cycle, several cycles, and no word on where later cycles start."""
    by_agent: dict[tuple[str, str], list[Given]] = {}
    for given in givens(protocol):
        if _several(given.part.cycles) and given.give.amount is not None and given.line.condition is None:
            by_agent.setdefault((given.part.name, given.agent.casefold()), []).append(given)
    for found in by_agent.values():
        amounts = dict.fromkeys(say.amount(g.give.amount) for g in found if g.give.amount is not None)
        later = any(number > 1 for g in found for number in g.give.cycles)
        kinds = {(a.unit.kind, a.per, a.basis) for g in found if (a := g.give.amount) is not None}
        if len(amounts) > 1 and len(kinds) == 1 and not later and _disjoint(found):
            steps = " and then ".join(f"{amount}" for amount in amounts)
            yield Finding(
                "STEP-IN-CYCLE-2", Severity.ASK,
                f"{found[0].agent} steps from {steps} within the cycle, and more than one cycle is allowed: "
                f"whether later cycles start again at {next(iter(amounts))} is not said.",
                'Write "in cycle 1" on the first step and lines for later cycles, or "in cycles 1 and 2" on both.',
                at_all(found), "H3",
            )


def _disjoint(found: list[Given]) -> bool:
    """Steps follow each other; lines that share a day are not steps."""
    seen: set[int] = set()
    for given in found:
        days = set(days_of(given))
        if not days or seen & days:
            return False
        seen |= days
    return True


def cycle_length(protocol: Protocol) -> Iterator[Finding]:
    for part in protocol.parts:
        missing = _missing(protocol, part)
        if missing:
            yield Finding(
                "CYCLE-LENGTH", Severity.ASK, f"{part.name}: {missing}.",
                'State it: "cycles: 1 cycle", "cycles: up to 2 cycles of 28 days".', (at(part, "part"),), "H3",
            )


def _missing(protocol: Protocol, part: Part) -> str:
    cycles = part.cycles
    if cycles is None:
        return _unsaid(protocol, part)
    lacks = ["the number of cycles"] if cycles.count is None else []
    lacks += ["the length of a cycle"] if cycles.length_days is None and _several(cycles) else []
    verb = "is" if len(lacks) == 1 else "are"
    return f"{say.names(lacks)} {verb} not stated" if lacks else ""


def _unsaid(protocol: Protocol, part: Part) -> str:
    """A day-numbered regimen (one of a choice, or so called) that says nothing of cycles."""
    numbered = not anchor_of(protocol, part).has_day_zero and any(
        days_of(given) for given in givens(protocol) if given.part is part
    )
    words = " ".join([part.name, part.choice, quoted(part.sources)])
    if numbered and (part.choice or CYCLIC.search(words)):
        return "it is not said how many cycles are given, nor how long a cycle is"
    return ""


def cycle_overrun(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        cycles, days = given.part.cycles, days_of(given)
        length = cycles.length_days if cycles else None
        span = offset_of(days[-1], given.anchor) - offset_of(days[0], given.anchor) if days else 0
        if length is not None and _several(cycles) and span >= length:
            yield Finding(
                "CYCLE-OVERRUN", Severity.ASK,
                f"{given.agent} is given over {say.counted(span + 1, 'day')}, but a cycle of {given.part.name} has "
                f"{say.counted(length, 'day')}: two cycles would overlap.",
                "Correct the length of the cycle or the days.", (at_line(given.line, "days past the cycle"),), "H3",
            )


def choice_rule(protocol: Protocol) -> Iterator[Finding]:
    choices: dict[str, list[Part]] = {}
    for part in protocol.parts:
        if part.choice:
            choices.setdefault(part.choice, []).append(part)
    for name, parts in choices.items():
        places = tuple(at(part, "alternative") for part in parts)
        if len(parts) == 1:
            yield Finding(
                "CHOICE-ALONE", Severity.ASK,
                f'"{parts[0].name}" is the only alternative of the choice "{name}".',
                "Add the other alternatives, or take the choice away.", places,
            )
        else:
            yield Finding(
                "CHOICE-RULE", Severity.NOTE,
                f'The choice "{name}" has {len(parts)} alternatives and no rule that picks one: a person chooses.',
                "Record the choice for each patient.", places,
            )


def optional_lines(protocol: Protocol) -> Iterator[Finding]:
    found = [given for given in givens(protocol) if given.line.optional]
    if found:
        yield Finding(
            "OPTIONAL-LINE", Severity.NOTE,
            f"{say.names([given.agent for given in found])}: the text leaves it open whether it is given.",
            "Record the choice for each patient.", at_all(found),
        )


def anchor_event(protocol: Protocol) -> Iterator[Finding]:
    """A later cycle or a crossover, gated by what has happened, starts on a day that nothing states."""
    done = {line.what.name.casefold() for p in protocol.parts for line in p.lines if isinstance(line.what, Do)}
    open_anchors = {part.anchor for part in protocol.parts if not _gated(part)}
    seen: set[str] = set()
    for part in protocol.parts:
        anchor = anchor_of(protocol, part)
        if part.anchor in open_anchors | seen or not _gated(part) or anchor.event.casefold() in done:
            continue
        seen.add(part.anchor)
        yield Finding(
            "ANCHOR-EVENT", Severity.ASK,
            f'No day is stated for "{anchor.event or anchor.name}": {part.name} cannot be dated before that event '
            f"is recorded.",
            "Say when it may start, and until when; or settle that the start is chosen for each patient.",
            (at(part, "undated part"),), "H18",
        )


def _gated(part: Part) -> bool:
    """Whether the part waits for something that happens during the trial."""
    found = tuple(leaves(part.condition)) if part.condition else ()
    return bool(part.same_as) or any(not isinstance(leaf, Compare | Is) or _is_response(leaf) for leaf in found)


def _is_response(leaf: object) -> bool:
    return isinstance(leaf, Is) and bool(re.search(r"response|remission|relapse|status", leaf.fact, re.I))


