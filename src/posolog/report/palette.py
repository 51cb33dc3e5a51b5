"""Colours of the drawn calendar. Words and shapes carry the meaning as well: it must print in black and white."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1d2733"
SOFT = "#5d6b7a"
FAINT = "#9aa6b2"
GRID = "#e4e8ed"
PAPER = "#ffffff"
SHADE = "#f6f8fa"
GOLD = "#b97f10"
GOLD_SOFT = "#fff4d6"
RED = "#b3261e"
TODAY = "#1d2733"
FONT = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Hue:
    """`fill` for the box, `edge` for its border and accent, `ink` for its words."""

    fill: str
    edge: str
    ink: str


HUES = (
    Hue("#dfeafb", "#2f6db5", "#143a66"),
    Hue("#d8f1ea", "#1a8571", "#0b473c"),
    Hue("#fdebc8", "#bb7608", "#593901"),
    Hue("#e9e2fb", "#6f52c0", "#382272"),
    Hue("#fbe0e8", "#bf3f6b", "#681636"),
    Hue("#e2f1d6", "#578f31", "#2a4a13"),
    Hue("#d8f0f9", "#1b83a6", "#0a4155"),
    Hue("#fde3d5", "#c95d23", "#662a09"),
    Hue("#e4e9f0", "#566779", "#2a3543"),
    Hue("#f0f0cc", "#82820f", "#424204"),
)


def hue(index: int) -> Hue:
    """The colours of the agent of that number; after ten they repeat (the words tell them apart)."""
    return HUES[index % len(HUES)]
