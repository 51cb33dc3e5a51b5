"""A swimmer plot: one lane a patient, events as marks, the end as a cross, a bar or an arrow."""

from __future__ import annotations

from posolog.endpoints.lanes import Lane
from posolog.endpoints.ticks import ticks_of
from posolog.report import palette
from posolog.report.draw import escape, text
from posolog.report.picture import picture, rule

LEFT, WIDE, LEGEND = 62.0, 1000.0, 62.0
SHAPES = ("circle", "square", "triangle", "diamond", "ring", "bar", "plus", "drop")


def lane_height(count: int) -> float:
    """Lanes shrink where there are many, down to 5 units."""
    return max(5.0, min(14.0, 900.0 / max(count, 1)))


def lanes_svg(lanes: tuple[Lane, ...], kinds: tuple[str, ...], arms: tuple[str, ...], *, ident: str = "lanes") -> str:
    """Days run to the right; every shape and end is explained above the lanes."""
    each = lane_height(len(lanes))
    last = max((lane.days for lane in lanes), default=1) or 1
    ticks = ticks_of(last)
    height = LEGEND + each * len(lanes) + 34
    bottom = LEGEND + each * len(lanes) + 4
    drawn = _legend(kinds, arms)
    for tick in ticks:
        x = LEFT + WIDE * tick / last
        drawn.append(rule(x, LEGEND, x, bottom, palette.GRID))
        drawn.append(text(x, bottom + 14, f"{tick:g}", size=10.5, fill=palette.SOFT, middle=True))
    drawn.append(text(LEFT + WIDE + 6, bottom + 14, "days", size=10.5, fill=palette.SOFT))
    for index, lane in enumerate(lanes):
        drawn.append(_lane(lane, LEGEND + each * (index + 0.5), each, last, kinds, arms))
    width = LEFT + WIDE + 46
    deaths = sum(lane.ended == "death" for lane in lanes)
    said = f"{len(lanes)} patients, {deaths} deaths, followed for up to {last} days"
    return picture(width, height, drawn, title="Every patient's course", said=said, ident=ident)


def _lane(
    lane: Lane, y: float, each: float, last: int, kinds: tuple[str, ...], arms: tuple[str, ...]
) -> str:
    hue = palette.hue(arms.index(lane.arm) if lane.arm in arms else 0)
    x2 = LEFT + WIDE * lane.days / last
    made = [
        f'<rect x="{LEFT:g}" y="{y - each * 0.34:g}" width="{max(x2 - LEFT, 1):g}" height="{each * 0.68:g}" '
        f'fill="{hue.fill}" stroke="{hue.edge}" stroke-width="0.4"/>'
    ]
    if each >= 9:
        made.append(text(4, y + 3.5, lane.subject, size=min(10.5, each * 0.8), fill=palette.SOFT))
    for day, kind in lane.marks:
        if kind in kinds:
            made.append(shape(kinds.index(kind), LEFT + WIDE * day / last, y, min(each * 0.36, 4.2)))
    made.append(_end(lane.ended, x2, y, min(each * 0.38, 4.6)))
    ended = {"death": "died", "left": "left the trial", "followed": "followed to the end"}[lane.ended]
    events = ", ".join(f"{kind} day {day}" for day, kind in lane.marks)
    said = f"{lane.subject}: {lane.days} days, {ended}" + (f"; {events}" if events else "")
    return f'<g class="lane"><title>{escape(said)}</title>{"".join(made)}</g>'


def _end(ended: str, x: float, y: float, r: float) -> str:
    style = f'stroke="{palette.INK}" stroke-width="1.4" fill="none"'
    if ended == "death":
        return f'<path d="M{x - r:g} {y - r:g} l{2 * r:g} {2 * r:g} m{-2 * r:g} 0 l{2 * r:g} {-2 * r:g}" {style}/>'
    if ended == "left":
        return f'<path d="M{x:g} {y - r:g} V{y + r:g}" {style}/>'
    return f'<path d="M{x:g} {y:g} h{2.2 * r:g} m{-r:g} {-0.7 * r:g} l{r:g} {0.7 * r:g} l{-r:g} {0.7 * r:g}" {style}/>'


def shape(index: int, x: float, y: float, r: float) -> str:
    """The mark of the index-th kind: shape and colour both differ, so that it prints in black and white."""
    hue = palette.hue(index + 2)
    fill, wide = f'fill="{hue.edge}"', f'stroke="{hue.edge}" stroke-width="1.7"'
    edge = f'stroke="{palette.PAPER}" stroke-width="0.5"'
    match SHAPES[index % len(SHAPES)]:
        case "circle":
            return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" {fill} {edge}/>'
        case "square":
            return f'<rect x="{x - r:g}" y="{y - r:g}" width="{2 * r:g}" height="{2 * r:g}" {fill} {edge}/>'
        case "triangle":
            return f'<path d="M{x:g} {y - r:g} L{x + r:g} {y + r:g} L{x - r:g} {y + r:g} Z" {fill} {edge}/>'
        case "diamond":
            return f'<path d="M{x:g} {y - r:g} L{x + r:g} {y:g} L{x:g} {y + r:g} L{x - r:g} {y:g} Z" {fill} {edge}/>'
        case "ring":
            return f'<circle cx="{x:g}" cy="{y:g}" r="{r * 0.8:g}" fill="{palette.PAPER}" {wide}/>'
        case "bar":
            return f'<rect x="{x - r * 0.4:g}" y="{y - r:g}" width="{r * 0.8:g}" height="{2 * r:g}" {fill} {edge}/>'
        case "plus":
            return f'<path d="M{x - r:g} {y:g} H{x + r:g} M{x:g} {y - r:g} V{y + r:g}" {wide}/>'
        case _:
            return f'<path d="M{x:g} {y + r:g} L{x + r:g} {y - r:g} L{x - r:g} {y - r:g} Z" {fill} {edge}/>'


def _legend(kinds: tuple[str, ...], arms: tuple[str, ...]) -> list[str]:
    made: list[str] = []
    x, y = LEFT, 14.0
    entries = [(f"arm {arm}", f'<rect x="%X%" y="{{y}}" width="16" height="8" fill="{palette.hue(at).fill}" '
                f'stroke="{palette.hue(at).edge}" stroke-width="0.6"/>') for at, arm in enumerate(arms)]  # fmt: skip
    marks = [(kind, index) for index, kind in enumerate(kinds)]
    ends = [("death", "died"), ("left", "left the trial"), ("followed", "followed to the end")]
    for words, drawing in entries:
        x, y = _room(x, y, words)
        made += [drawing.replace("%X%", f"{x:g}").replace("{y}", f"{y - 7:g}"), text(x + 22, y, words, size=11)]
        x += 34 + 6.4 * len(words)
    for words, index in marks:
        x, y = _room(x, y, words)
        made += [shape(index, x + 6, y - 4, 4.4), text(x + 16, y, words, size=11)]
        x += 30 + 6.4 * len(words)
    for kind, words in ends:
        x, y = _room(x, y, words)
        made += [_end(kind, x + 6, y - 4, 4.2), text(x + 20, y, words, size=11)]
        x += 34 + 6.4 * len(words)
    return made


def _room(x: float, y: float, words: str) -> tuple[float, float]:
    """The next place of the legend: on this line where the words fit, else on the next."""
    return (x, y) if x + 34 + 6.4 * len(words) < LEFT + WIDE else (LEFT, y + 18)
