"""Pieces of the drawing: boxes, bars, wedges, diamonds, flags, labels, the legend."""

from __future__ import annotations

from collections.abc import Callable
from html import escape as _escape
from math import cos, pi, sin

from posolog.report import palette
from posolog.report.calendar import Box, Mark, Row
from posolog.report.frame import Cell, Frame
from posolog.report.palette import Hue

HALF_BAR = 26.0


def escape(words: str) -> str:
    return _escape(words, quote=True)


def text(
    x: float, y: float, words: str, *,
    size: float = 12, weight: int = 400, fill: str = palette.INK, middle: bool = False,
) -> str:  # fmt: skip
    anchor = ' text-anchor="middle"' if middle else ""
    font = f'font-size="{size:g}" font-weight="{weight}" fill="{fill}"'
    return f'<text x="{x:g}" y="{y:g}" {font}{anchor}>{escape(words)}</text>'


def fitted(cell: Cell, words: str, *, fill: str, weight: int = 600, left: float | None = None) -> str:
    """Words in a cell, made smaller where they would not fit; with `left` they start there, else they are centred."""
    room = cell.w - 12 if left is None else cell.x + cell.w - left
    size = max(8.5, min(12.0, room / max(1, len(words)) / 0.54))
    y = cell.y + cell.h / 2 + size * 0.36
    if left is not None:
        return text(left, y, words, size=size, weight=weight, fill=fill)
    return text(cell.x + cell.w / 2 + 1, y, words, size=size, weight=weight, fill=fill, middle=True)


def wrapped(words: str, width: int) -> list[str]:
    """Words on lines of about `width` characters."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def rule(y: float, width: float) -> str:
    """A dark line across the drawing."""
    return f'<line x1="0" y1="{y:g}" x2="{width:g}" y2="{y:g}" stroke="{palette.INK}" stroke-width="1.4"/>'


def defs(ident: str) -> str:
    """Patterns: rest days and boxes without a dose are hatched."""
    return (
        f'<defs><pattern id="{ident}-rest" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)">'
        f'<line x1="0" y1="0" x2="0" y2="7" stroke="#c9d1d9" stroke-width="1.6"/></pattern>'
        f'<pattern id="{ident}-stop" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
        f'<line x1="0" y1="0" x2="0" y2="6" stroke="#f3c9c5" stroke-width="1.4"/></pattern></defs>'
    )


def day_label(row: Row, y: float, h: float) -> list[str]:
    """The day's label, its date beside it, and a tag on today's row."""
    middle = y + h / 2 + 4.2
    bold = 700 if row.first == 0 and row.scale == "day" else 600
    if row.scale in ("week", "gap"):
        made = [text(14, middle, row.label, size=11.5, weight=600)]
        return [*made, text(114, middle, row.when.removeprefix("from "), size=10.5, fill=palette.SOFT)]
    made = [text(14, middle, row.label, size=12.5, weight=bold)]
    made.append(text(64, middle, row.when, size=11.5, fill=palette.SOFT))
    if row.today:
        made.append(f'<rect x="164" y="{y + h / 2 - 8:g}" width="40" height="16" rx="8" fill="{palette.TODAY}"/>')
        made.append(text(184, middle - 0.7, "today", size=10.5, weight=600, fill=palette.PAPER, middle=True))
    return made


def box(item: Box, cell: Cell, frame: Frame, hue: Hue, ident: str) -> str:
    """One box with its tooltip."""
    painters: dict[Mark, Callable[[Box, Cell, Frame, Hue, str], str]] = {
        Mark.ONGOING: _bar,
        Mark.TAPER: _wedge,
        Mark.GATE: _gate,
        Mark.VISIT: _visit,
        Mark.DONE: _done,
        Mark.REST: _rest,
    }
    drawn = painters.get(item.mark, _dose)(item, cell, frame, hue, ident)
    return f'<g class="{item.mark.replace(" ", "-")}"><title>{escape(item.title)}</title>{drawn}</g>'


def _dose(item: Box, cell: Cell, frame: Frame, hue: Hue, ident: str) -> str:
    if item.no_dose:
        return _empty(item, cell, hue, ident)
    dashed = "" if item.mark in (Mark.DOSE, Mark.GIVEN, Mark.ONGOING) else ' stroke-dasharray="4 3"'
    fill = (
        hue.edge if item.mark is Mark.GIVEN else hue.fill if item.mark in (Mark.DOSE, Mark.ONGOING) else palette.PAPER
    )
    ink = palette.PAPER if item.mark is Mark.GIVEN else hue.ink
    words = f"{item.text} given" if item.mark is Mark.GIVEN else item.text
    return (
        f'<rect x="{cell.x:g}" y="{cell.y:g}" width="{cell.w:g}" height="{cell.h:g}" rx="4" fill="{fill}" '
        f'stroke="{hue.edge}" stroke-width="0.9"{dashed}/>'
        f'<rect x="{cell.x:g}" y="{cell.y:g}" width="4" height="{cell.h:g}" rx="2" fill="{hue.edge}"/>'
        + fitted(cell, words, fill=ink)
    )


def _empty(item: Box, cell: Cell, hue: Hue, ident: str) -> str:
    """A box without a dose: hatched and dashed, in words."""
    edge = palette.RED if item.text == "no dose" else hue.edge
    return (
        f'<rect x="{cell.x:g}" y="{cell.y:g}" width="{cell.w:g}" height="{cell.h:g}" rx="4" fill="{palette.PAPER}"/>'
        f'<rect x="{cell.x:g}" y="{cell.y:g}" width="{cell.w:g}" height="{cell.h:g}" rx="4" '
        f'fill="url(#{ident}-stop)" stroke="{edge}" stroke-width="1.1" stroke-dasharray="4 2.5"/>'
        + fitted(cell, item.text, fill=edge)
    )


def _bar(item: Box, cell: Cell, frame: Frame, hue: Hue, ident: str) -> str:
    """The dose in the first cell, then a bar down to the last day; an arrow where no last day is stated."""
    middle, end = cell.x + cell.w / 2, frame.y_of(item.last + 1)
    half = min(HALF_BAR, cell.w / 2)
    style = f'fill="{hue.fill}" stroke="{hue.edge}" stroke-width="0.8"'
    if item.no_dose:
        style = f'fill="url(#{ident}-stop)" stroke="{palette.RED}" stroke-width="0.9" stroke-dasharray="4 2.5"'
    low = end - 10 if item.open_end else end
    shape = f"M{middle - half:g} {cell.y + cell.h:g} V{low:g}"
    shape += f" L{middle:g} {end - 1:g} L{middle + half:g} {low:g}" if item.open_end else f" H{middle + half:g}"
    return f'<path d="{shape} V{cell.y + cell.h:g}" {style}/>' + _dose(item, cell, frame, hue, ident)


def _wedge(item: Box, cell: Cell, frame: Frame, hue: Hue, ident: str) -> str:
    """A taper narrows from its first day to its last."""
    middle, start, end = cell.x + cell.w / 2, frame.y_of(item.first), frame.y_of(item.last + 1)
    wide = min(HALF_BAR, cell.w / 2)
    return (
        f'<path d="M{middle - wide:g} {start:g} H{middle + wide:g} L{middle + 2:g} {end:g} H{middle - 2:g} Z" '
        f'fill="{hue.fill}" stroke="{hue.edge}" stroke-width="0.9" stroke-dasharray="5 2"/>'
        + text(middle, start + 15, item.text, size=11.5, weight=600, fill=hue.ink, middle=True)
        + text(middle, start + 27, item.answer, size=9.5, weight=600, fill=_sign(item.answer)[0], middle=True)
    )


_ANSWER = {"yes": ("#2c7a3f", "✓"), "no": (palette.RED, "×"), "not known yet": (palette.GOLD, "?")}


def _sign(answer: str) -> tuple[str, str]:
    return _ANSWER.get(answer, (palette.GOLD, "?"))


def _gate(item: Box, cell: Cell, frame: Frame, hue: Hue, ident: str) -> str:
    """A gate is a diamond with its answer beside it."""
    colour, sign = _sign(item.text)
    x, y, r = cell.x + 11, cell.y + cell.h / 2, 10.5
    return (
        f'<path d="M{x:g} {y - r:g} L{x + r:g} {y:g} L{x:g} {y + r:g} L{x - r:g} {y:g} Z" '
        f'fill="{palette.PAPER}" stroke="{colour}" stroke-width="1.8"/>'
        + text(x, y + 4, sign, size=11.5, weight=700, fill=colour, middle=True)
        + text(x + r + 5, y + (-0.8 if item.label else 3.4), item.text, size=9.5, weight=700, fill=colour)
        + text(x + r + 5, y + 9, f"from {item.label}" if item.label else "", size=9, fill=palette.SOFT)
    )


def _visit(item: Box, cell: Cell, frame: Frame, hue: Hue, ident: str) -> str:
    """A visit is a flag on its day."""
    x, y = cell.x + 6, cell.y
    return (
        f'<path d="M{x:g} {y + cell.h:g} V{y + 2:g} L{x + 13:g} {y + 6.5:g} L{x:g} {y + 11:g}" '
        f'fill="#d9dfe6" stroke="{palette.INK}" stroke-width="1.2" stroke-linejoin="round"/>'
        + fitted(cell, item.text, fill=palette.INK, weight=500, left=x + 18)
    )


def _done(item: Box, cell: Cell, frame: Frame, hue: Hue, ident: str) -> str:
    """The graft is a star; other things done are a disc."""
    x, y = cell.x + 12, cell.y + cell.h / 2
    if "graft" in item.text or "transplant" in item.text or "infusion" in item.text:
        points = " ".join(
            f"{x + r * sin(n * pi / 5):.1f},{y - r * cos(n * pi / 5):.1f}"
            for n in range(10)
            for r in [10.5 if n % 2 == 0 else 4.4]
        )
        shape = f'<polygon points="{points}" fill="#f2b632" stroke="{palette.GOLD}" stroke-width="1"/>'
    else:
        shape = f'<circle cx="{x:g}" cy="{y:g}" r="6" fill="#d9dfe6" stroke="{palette.INK}" stroke-width="1.2"/>'
    return shape + fitted(cell, item.text, fill=palette.INK, weight=700, left=x + 16)


def _rest(item: Box, cell: Cell, frame: Frame, hue: Hue, ident: str) -> str:
    return fitted(cell, item.text, fill=palette.SOFT, weight=600, left=cell.x + 6)
