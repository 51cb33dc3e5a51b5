"""Plans and findings for a terminal: aligned plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from posolog.core.finding import Finding, Place
from posolog.course.model import Plan
from posolog.report import format as say
from posolog.report.calendar import SPANS, Box, Calendar, Mark, Row, anchor_words
from posolog.report.layout import calendars
from posolog.report.tables import DoseLine, dose_lines, gate_lines, other_lines, total_lines
from posolog.report.words import PURPOSE, shown_inputs, used_anchors

MOST_PLACES = 4  # places of one finding that are shown; the page and the JSON show all


def plan_text(plan: Plan, *, file: str = "") -> str:
    """The whole plan: heading, inputs, calendar, doses, gates, the rest, findings."""
    blocks = [_heading(plan)]
    blocks += [calendar_text(calendar) for calendar in calendars(plan)]
    blocks += [_doses(dose_lines(plan)), _totals(plan), _gates(plan), _others(plan)]
    if plan.findings:
        blocks.append(findings_text(plan.findings, file=file))
    blocks.append(PURPOSE)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _heading(plan: Plan) -> str:
    arm = f", arm {plan.arm}" if plan.arm else ""
    lines = [f"{plan.protocol}{arm}, patient {plan.patient.ident}"]
    lines += [anchor_words(anchor, fixed) for anchor, fixed in used_anchors(plan)]
    lines += [f"{label}: {say.spoken(value)}" for label, value in shown_inputs(plan)]
    return "\n".join([*lines, f"inputs {plan.inputs_hash[:12]}, as known on {say.long_date(plan.now.date())}"])


def calendar_text(calendar: Calendar) -> str:
    """One line for each day on which something begins; the days between share a line that says what goes on."""
    lines: list[tuple[str, str, str]] = []
    idle: list[Row] = []
    for row in calendar.rows:
        acts = [_act(box, calendar) for box in calendar.boxes if row.first <= box.first <= row.last]
        if not acts:
            idle.append(row)
            continue
        lines += _idle(idle, calendar)
        idle = []
        lines.append((row.label, row.when + (" (today)" if row.today else ""), "; ".join(acts)))
    return "\n".join([f"Calendar, {calendar.heading}", *table([*lines, *_idle(idle, calendar)])])


def _idle(rows: Sequence[Row], calendar: Calendar) -> list[tuple[str, str, str]]:
    """Days on which nothing begins, as one line."""
    if not rows:
        return []
    first, last = rows[0], rows[-1]
    on = [
        calendar.columns[box.column].name
        for box in calendar.boxes
        if box.mark in SPANS and box.first < first.first and box.last >= first.first
    ]
    words = f"{say.listed(on)} {'goes' if len(on) == 1 else 'go'} on" if on else ""
    start, stop = (say.day(calendar.anchor.day(at), calendar.anchor) for at in (first.first, last.last))
    today = " (today)" if any(row.today for row in rows) else ""
    return [(say.span(start, stop), first.when + today, words)]


def _act(box: Box, calendar: Calendar) -> str:
    name = calendar.columns[box.column].name
    if box.mark in (Mark.REST, Mark.DONE, Mark.VISIT):
        return box.text
    if box.mark in SPANS:
        last = say.day(calendar.anchor.day(box.last), calendar.anchor)
        until = ", no last day stated" if box.open_end else f" to {last}"
        words = "" if box.mark is Mark.TAPER else f" {box.text}"
        return f"{'taper ' if box.mark is Mark.TAPER else ''}{name}{words}, from {box.label}{until}"
    if box.mark is Mark.GIVEN:
        here = say.day(calendar.anchor.day(box.first), calendar.anchor)
        return f"{name} {box.text} given" + (f" (planned as {box.label})" if box.label != here else "")
    return f"{name}: {box.text}" if box.mark in (Mark.GATE, Mark.NO_DOSE) or box.no_dose else f"{name} {box.text}"


def _doses(lines: Sequence[DoseLine]) -> str:
    head = ("agent", "days", "per dose", "per day", "per course", "basis", "route")
    body = [
        (
            line.name,
            _days(line.days, line.origin) or "no day yet",
            line.per_dose.text,
            line.per_day.text,
            line.per_course.text,
            line.basis,
            line.route,
        )
        for line in lines
    ]
    return "\n".join(["Doses", *table([head, *body], ruled=True)]) if lines else ""


def _days(days: str, origin: str) -> str:
    """D1 and D8 from crossover D1."""
    return f"{days} from {origin}" if days and origin else days


def _totals(plan: Plan) -> str:
    head = ("agent", "over", "given and planned", "recorded as given", "note")
    body = [(line.agent, line.cycle, line.planned, line.given, line.note) for line in total_lines(plan)]
    return "\n".join(["Totals of each agent", *table([head, *body], ruled=True)]) if body else ""


def _gates(plan: Plan) -> str:
    lines = []
    for gate in gate_lines(plan):
        lines.append(f"{gate.name} {_days(gate.days, gate.origin)}: {gate.answer}".replace(" :", ":"))
        lines += [f"  known: {reason}" for reason in gate.reasons]
        lines += [f"  missing: {fact}" for fact in gate.missing]
    return "\n".join(["Gates", *lines]) if lines else ""


def _others(plan: Plan) -> str:
    rows = [
        (line.kind, line.name, _days(line.days, line.origin), line.dates if line.kind != "refer" else "", line.window)
        for line in other_lines(plan)
    ]
    return "\n".join(["Rest, visits and the rest of the protocol", *table(rows)]) if rows else ""


def findings_text(findings: Iterable[Finding], *, file: str = "") -> str:
    """Findings with their labelled places, quoted words and next steps; the most serious first.

    `file` names the protocol file or text in which lines are counted.
    """
    order = {"stop": 0, "ask": 1, "note": 2}
    ranked = sorted(findings, key=lambda finding: order[finding.severity])
    return "\n\n".join(finding_text(finding, file=file) for finding in ranked)


def finding_text(finding: Finding, *, file: str = "") -> str:
    """One finding: severity, code and hazard, message, places, next step."""
    hazard = f" ({finding.hazard})" if finding.hazard else ""
    lines = [f"{finding.severity} {finding.code}{hazard}: {say.spoken(finding.message)}"]
    for place in finding.places[:MOST_PLACES]:
        lines += _place(place, file)
    if len(finding.places) > MOST_PLACES:
        lines.append(f"  and {say.counted(len(finding.places) - MOST_PLACES, 'more place')}")
    return "\n".join([*lines, f"  next: {finding.next_step}"])


def _place(place: Place, file: str) -> list[str]:
    line = f":{place.line}" if place.line is not None else ""
    named = bool(line) and bool(file) and place.where != file
    where = f"{file}{line}" if named else f"{place.where}{line}"
    label = ", ".join(dict.fromkeys(word for word in (place.where if named else "", place.label) if word))
    if not (where or place.words):
        return []
    lines = [f"  --> {where}" + (f" ({label})" if label else "")] if where else [f"  --> {label}"]
    if place.words:
        lines.append(f'      | "{" ".join(place.words.split())}"')
    return lines


def table(rows: Sequence[Sequence[str]], *, ruled: bool = False) -> list[str]:
    """Rows with their columns aligned; `ruled` draws a line under the first."""
    if not rows:
        return []
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    if ruled:
        lines.insert(1, "  " + "  ".join("=" * width for width in widths if width))
    return lines
