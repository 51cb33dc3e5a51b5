"""Parts and lines in the making, and their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from posolog.protocol.condition import Condition
from posolog.protocol.model import Cycles, Do, Give, Refer, Rest
from posolog.reader.tokens.blocks import Block

_TITLE_END = re.compile(
    r"\s?(?:[(:;.]|\+\s?/?-|±|\bis\b|\bare\b|\bconsists?\b|\bwill\b|\d[\d.,]*\s?(?:mg|g|mcg|µg|MBq|Gy)\b).*$", re.S
)


@dataclass(slots=True)
class DraftLine:
    """A line in the making: what, its condition and its words (block, start, end)."""

    what: Give | Rest | Do | Refer
    words: list[tuple[int, int, int]]
    condition: Condition | None = None
    optional: bool = False
    unsettled: tuple[str, ...] = ()
    because: str = ""


@dataclass(slots=True)
class DraftPart:
    name: str
    arm: str = ""
    choice: str = ""
    lines: list[DraftLine] = field(default_factory=list)
    cycles: Cycles | None = None
    condition: Condition | None = None
    repeats: bool = False  # another part's treatment given again
    words: list[tuple[int, int, int]] = field(default_factory=list)


def title(block: Block) -> str:
    """A short name from a heading or item: "FLAG", "sequential Packaging", "Reduced-intensity conditioning"."""
    words = _TITLE_END.sub("", block.text).strip(" -–,:")
    words = re.sub(r"\s(?:based\s)?regimens?$", "", words) if " or " not in words else words
    return (words or block.text[:40]).strip()[:60]
