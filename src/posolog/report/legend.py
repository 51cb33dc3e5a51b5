"""What the shapes of a calendar mean; only those that occur."""

from __future__ import annotations

from posolog.report import draw, palette
from posolog.report.calendar import Box, Calendar, Mark
from posolog.report.frame import Cell, Frame

WORDS = {
    Mark.DOSE: ("dose", "amount of the day"),
    Mark.GIVEN: ("", "has been given"),
    Mark.WAITING: ("waiting", "waits for a fact or a choice"),
    Mark.NO_DOSE: ("no dose", "a finding must be settled first"),
    Mark.GATE: ("not known yet", "gate: yes, no or not known yet"),
    Mark.VISIT: ("", "visit"),
}


def legend(calendar: Calendar, frame: Frame, ident: str) -> list[str]:
    """A row of samples under the calendar."""
    present = {box.mark for box in calendar.boxes} | {
        Mark.NO_DOSE for box in calendar.boxes if box.no_dose and box.mark is not Mark.GATE
    }
    made, x, y = [], 14.0, frame.bottom + 14
    for mark, (sample, words) in WORDS.items():
        if mark not in present:
            continue
        cell = Cell(x, y, 22 if mark is Mark.VISIT else 92, 22)
        made.append(
            draw.box(Box(mark, 1, 0, 0, sample, no_dose=mark is Mark.NO_DOSE), cell, frame, palette.hue(0), ident)
        )
        made.append(draw.text(x + cell.w + 8, y + 15, words, size=11, fill=palette.SOFT))
        x += cell.w + 26 + 5.7 * len(words)
    if Mark.REST in present:
        made.append(f'<rect x="{x:g}" y="{y:g}" width="44" height="22" fill="url(#{ident}-rest)"/>')
        made.append(draw.text(x + 52, y + 15, "rest", size=11, fill=palette.SOFT))
    return made
