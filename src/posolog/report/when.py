"""When acts happen, in words: days, dates, windows; and the source words they stand on."""

from __future__ import annotations

from collections.abc import Iterable

from posolog.course.model import Planned
from posolog.report import format as say
from posolog.report.calendar import is_stretch


def days_of(acts: Iterable[Planned]) -> str:
    """The days of some acts in words; a start without an end says "from"."""
    acts = list(acts)
    first = acts[0]
    dated = any(act.when is not None for act in acts)
    known = [act.day for act in acts if act.day is not None and (not dated or act.when is not None)]
    if first.anchor is None or not known:
        return ""
    if is_stretch(first) and len(known) == 1:
        last = (first.latest - first.earliest).days if first.latest and first.earliest else None
        start = say.day(known[0], first.anchor)
        if last is None:
            return f"from {start}"
        return f"{start} to {say.day(first.anchor.day(first.anchor.offset(known[0]) + last), first.anchor)}"
    return say.days(known, first.anchor)


def dates_of(acts: Iterable[Planned]) -> str:
    """First and last date in words."""
    dates = sorted({act.when for act in acts if act.when is not None})
    if not dates:
        return "no date yet"
    return say.span(say.short_date(dates[0]), say.short_date(dates[-1]))


def window_of(act: Planned) -> str:
    """The window of a visit or taper in words, empty where none is stated."""
    if act.earliest is None and act.latest is None:
        return ""
    if act.earliest is None or act.latest is None:
        return (
            f"not before {say.short_date(act.earliest)}"
            if act.earliest
            else f"until {say.short_date(act.latest)}"
            if act.latest
            else ""
        )
    return say.span(say.short_date(act.earliest), say.short_date(act.latest))


def quotes_of(acts: Iterable[Planned]) -> tuple[str, ...]:
    """The source words behind some acts, each once, as they stand."""
    return tuple(dict.fromkeys(" ".join(act.quote.split()) for act in acts if act.quote))
