"""Where the days of a field's parts count from: one graft for the whole trial, else each part its own start."""

from __future__ import annotations

import re

from posolog.core.days import Anchor
from posolog.protocol.model import Part
from posolog.reader.record.fields import GRAFT, FieldRead
from posolog.reader.record.joining import Joining

_PLUS = re.compile(r"(?:\b[Dd]ays?|\b[DdJ])\s?\+\s?\d")


def anchor_of(joining: Joining, part: Part, one: FieldRead, name: str) -> str:
    """The shared day 0 of a graft; else each part of a record starts by itself, as nothing says how they follow."""
    old = next(anchor for anchor in one.result.protocol.anchors if anchor.name == part.anchor)
    if GRAFT in joining.anchors and (old.has_day_zero or _signed(part)):
        return GRAFT
    shared = [other for other in one.result.protocol.parts if other.anchor == part.anchor]
    owner = name if len(shared) == 1 else re.sub(r" D[01]$", "", old.name)
    called = f"{owner} {'D0' if old.has_day_zero else 'D1'}"
    joining.anchors.setdefault(called, Anchor(called, f"start of {owner}" if len(shared) == 1 else old.event))
    return called


def _signed(part: Part) -> bool:
    """Days after the graft are written with a sign ("day +3"), days of a cycle are not."""
    return any(_PLUS.search(source.words) for line in part.lines for source in line.sources)
