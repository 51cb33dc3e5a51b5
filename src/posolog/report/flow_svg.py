"""The flow of patients drawn as boxes: one column an arm."""

from __future__ import annotations

from posolog.endpoints.flow import Flow, Step
from posolog.report import palette
from posolog.report.draw import text, wrapped
from posolog.report.picture import picture

WIDE, GAP, LINE, PAD = 300.0, 36.0, 16.0, 9.0
LETTERS = 40


def flow_lines(step: Step) -> tuple[str, ...]:
    """The words of a box: "70 started treatment", then how they divide."""
    return (f"{step.n} {step.label}", *(f"{count} {label}" for label, count in step.of))


def flow_svg(flow: Flow, *, ident: str = "flow") -> str:
    """The boxes from the top down, joined by lines; the first box stands over all columns."""
    width = len(flow.columns) * WIDE + (len(flow.columns) - 1) * GAP + 4
    drawn: list[str] = []
    first = _lines(flow.entered)
    top_height = _height(first)
    drawn += _box(width / 2 - WIDE / 2, 2, first, name="")
    bottom = 0.0
    for at, column in enumerate(flow.columns):
        x = 2 + at * (WIDE + GAP)
        y = 2 + top_height + 26
        middle = x + WIDE / 2
        drawn.append(_path(width / 2, 2 + top_height, middle, y))
        for index, step in enumerate(column.steps):
            lines = _lines(step)
            name = column.name if index == 0 and len(flow.columns) > 1 else ""
            drawn += _box(x, y, lines, name=name, aside=step.aside)
            height = _height(lines) + (LINE if index == 0 and len(flow.columns) > 1 else 0)
            if index < len(column.steps) - 1:
                drawn.append(_path(middle, y + height, middle, y + height + 16))
            y += height + 16
        bottom = max(bottom, y)
    said = "; ".join(
        f"{column.name}: " + ", ".join(" ".join(flow_lines(step)) for step in column.steps) for column in flow.columns
    )
    return picture(width, bottom, drawn, title="Flow of patients", said=said, ident=ident)


def _lines(step: Step) -> list[tuple[str, bool]]:
    """Wrapped lines and whether they are the heading of the box."""
    head, *rest = flow_lines(step)
    made = [(words, True) for words in wrapped(head, LETTERS)]
    return made + [(words, False) for line in rest for words in wrapped(line, LETTERS)]


def _height(lines: list[tuple[str, bool]]) -> float:
    return len(lines) * LINE + 2 * PAD


def _box(x: float, y: float, lines: list[tuple[str, bool]], *, name: str, aside: bool = False) -> list[str]:
    """A box; dashed for those who leave the way down."""
    extra = LINE if name else 0.0
    dashes = ' stroke-dasharray="4 3"' if aside else ""
    made = [
        f'<rect x="{x:g}" y="{y:g}" width="{WIDE:g}" height="{_height(lines) + extra:g}" rx="4" '
        f'fill="{palette.PAPER}" stroke="{palette.INK}" stroke-width="1.1"{dashes}/>'
    ]
    at = y + PAD + LINE * 0.75
    if name:
        made.append(text(x + WIDE / 2, at, name, size=12.5, weight=700, middle=True))
        at += LINE
    for words, head in lines:
        made.append(text(x + WIDE / 2, at, words, size=12.5 if head else 11.5, weight=600 if head else 400,
                         fill=palette.INK if head else palette.SOFT, middle=True))  # fmt: skip
        at += LINE
    return made


def _path(x1: float, y1: float, x2: float, y2: float) -> str:
    turn = (y1 + y2) / 2
    return (
        f'<path d="M{x1:g} {y1:g} V{turn:g} H{x2:g} V{y2:g}" fill="none" stroke="{palette.INK}" stroke-width="1.1"/>'
        f'<path d="M{x2 - 3.5:g} {y2 - 5:g} L{x2:g} {y2:g} L{x2 + 3.5:g} {y2 - 5:g}" fill="none" '
        f'stroke="{palette.INK}" stroke-width="1.1"/>'
    )
