"""A plan laid out as calendars, one for every anchor that has acts."""

from __future__ import annotations

from dataclasses import replace

from posolog.course.model import Plan
from posolog.report import boxes, scale
from posolog.report.calendar import Box, Calendar, Row

FREE_KINDS = ("refer",)  # left to an outside document: listed, not drawn


def calendars(plan: Plan) -> tuple[Calendar, ...]:
    """One calendar for every anchor of the plan that has acts, in the plan's order of anchors.

    What was given outside the plan counts from no anchor; it is drawn at its date on the first dated calendar.
    """
    built: list[Calendar] = []
    for anchor, fixed in plan.anchors:
        acts = [act for act in plan.acts if act.anchor == anchor and act.kind not in FREE_KINDS]
        if acts and fixed and not any(calendar.fixed for calendar in built):
            acts += [act for act in plan.acts if act.anchor is None and act.when is not None]
        if not acts:
            continue
        columns, drawn, undated = boxes.place(acts, anchor, fixed)
        rows = scale.rows(drawn, anchor, fixed)
        today = (plan.now.date() - fixed).days if fixed else None
        rows = tuple(replace(row, today=today is not None and row.first <= today <= row.last) for row in rows)
        built.append(Calendar(anchor, fixed, rows, columns, _within(drawn, rows), undated))
    return tuple(built)


def _within(drawn: tuple[Box, ...], rows: tuple[Row, ...]) -> tuple[Box, ...]:
    """Open-ended bars end where the day and week rows end."""
    spans = [row.last for row in rows if row.scale != "point"]
    end = max(spans) if spans else 0
    return tuple(replace(box, last=max(box.first, end)) if box.open_end else box for box in drawn)
