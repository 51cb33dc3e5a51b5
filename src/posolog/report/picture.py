"""The frame that every drawing of a report shares: size, font, a name and a description for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable

from posolog.report import palette
from posolog.report.draw import escape, text


def picture(width: float, height: float, parts: Iterable[str], *, title: str, said: str, ident: str) -> str:
    """An `<svg>` element that stands alone or in a page; `ident` keeps its ids apart from others'."""
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    named = f'role="img" aria-labelledby="{ident}-t {ident}-d"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{escape(palette.FONT)}" {named}>'
        f'<title id="{ident}-t">{escape(title)}</title><desc id="{ident}-d">{escape(said)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def rule(x1: float, y1: float, x2: float, y2: float, colour: str = palette.INK, width: float = 1.0) -> str:
    """A straight line."""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" stroke-width="{width:g}"/>'


def ending_at(x: float, y: float, words: str, *, size: float = 11) -> str:
    """Soft words that end at x."""
    return text(x, y, words, size=size, fill=palette.SOFT).replace("<text ", '<text text-anchor="end" ', 1)
