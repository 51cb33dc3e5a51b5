"""Why a number on the plan is what it is: from the act through formula and inputs to the words it came from."""

from __future__ import annotations

import re

from posolog.core.because import Because, tree
from posolog.core.days import label_in
from posolog.core.finding import Finding, Place, Refusal
from posolog.course.model import Plan, Planned
from posolog.course.words import listed, say, short, stop
from posolog.evidence.shipped import words as work

_DAY = re.compile(r"[dj]\s*([+-−]?)\s*(\d+)", re.IGNORECASE)


def explain(plan: Plan, words: str) -> list[str]:
    """The lines of an explanation of one act, named by words such as "busulfan D-5" or "90Y D8".

    Words are matched in agent, part, line, cycle ("cycle 2") and day, case aside.
    *Raises:* Refusal with ACT-NOT-FOUND or ACT-AMBIGUOUS, each naming candidates.

    >>> from posolog.core.finding import Refusal
    """
    found = find(plan, words)
    if isinstance(found, Finding):
        raise Refusal(found)
    return lines_of(found)


def find(plan: Plan, words: str) -> Planned | Finding:
    """The one act that `words` name; several administrations of one line on one day count as one."""
    day, cycle, rest = _parse(words)
    named = [act for act in plan.acts if rest and all(word in _text(act) for word in rest)]
    found = [act for act in named if day is None or act.day == day]
    found = [act for act in found if cycle is None or act.cycle == cycle]
    if len(found) > 1 and len({_name(act, full=True) for act in found}) > 1:
        found = _closest(found, rest)
    if not found:
        return _finding("ACT-NOT-FOUND", f"nothing on the plan is called {words!r}", words, named or list(plan.acts))
    if len({_name(act, full=True) for act in found}) > 1:
        return _finding("ACT-AMBIGUOUS", f"{words!r} names {len(found)} acts", words, found)
    return found[0]


def _parse(words: str) -> tuple[int | None, int | None, list[str]]:
    text = words.casefold().replace("−", "-")
    cycle = re.search(r"\bcycle\s+(\d+)", text)
    text = text.replace(cycle[0], " ") if cycle else text
    day: int | None = None
    rest = []
    for word in re.sub(r"\b([dj])\s+([+-]?)\s*(\d+)", r"\1\2\3", text).split():
        found = _DAY.fullmatch(word)
        if found:
            day = -int(found[2]) if found[1] == "-" else int(found[2])
        else:
            rest.append(word)
    return day, int(cycle[1]) if cycle else None, rest


def _text(act: Planned) -> str:
    return f"{act.name} {act.part} {act.line} {act.kind}".casefold()


def _closest(found: list[Planned], rest: list[str]) -> list[Planned]:
    """Acts whose own name has the words come before acts whose part or line only mentions them."""
    own = [act for act in found if all(word in act.name.casefold() for word in rest)]
    exact = [act for act in own if act.name.casefold() == " ".join(rest)]
    return exact or own or found


def _finding(code: str, message: str, words: str, acts: list[Planned]) -> Finding:
    names = list(dict.fromkeys(_name(act) for act in acts))[:8]
    step = f"say for example {listed(names)}" if names else "the plan is empty"
    return stop(code, message, step, Place("words", words))


def _name(act: Planned, *, full: bool = False) -> str:
    day = f" {label_in(act.day, act.anchor)}" if act.day is not None and act.anchor else ""
    cycle = f" cycle {act.cycle}" if act.cycle else ""
    number = f" {act.number}" if act.day is None and act.number else ""
    where = f" ({act.part}, {act.line})" if full else ""
    return f"{act.name}{day}{cycle}{number}{where}"


def lines_of(act: Planned) -> list[str]:
    """The explanation of one act: what is printed, then the steps, the gate, and the tree of reasons."""
    head = _name(act) + (f", {act.when.isoformat()}" if act.when else ", no date")
    lines = [f"{head}: {act.status.value}"]
    dose = act.dose
    if dose is not None:
        per = "per day" if dose.note.startswith("number of doses a day") else "per dose"
        lines.append(f"  {say(dose.per_dose, 2)} {per}, from {dose.basis}")
        lines += [f"    {step.name}: {step.formula}" for step in dose.steps]
        if dose.binding_cap:
            lines.append(f"    binding cap: {dose.binding_cap}")
        if dose.deviation_percent:
            lines.append(f"    rounding changes it by {short(dose.deviation_percent, 1)} %")
    if act.gate is not None:
        lines.append(f"  gate: {act.gate.answer.value}")
        lines += [f"    because: {reason}" for reason in act.gate.reasons]
        lines += [f"    missing: {fact}" for fact in act.gate.missing]
    if act.note:
        lines.append(f"  note: {act.note}")
    return lines + reasons(act.because, 1)


def reasons(because: Because, depth: int = 0) -> list[str]:
    """The tree of reasons, each cited work in words."""
    return tree(because, depth, work=work)
