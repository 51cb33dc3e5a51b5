"""What the fields of a record have been joined into so far, and names that are still free."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from posolog.core.days import Anchor
from posolog.core.finding import Finding
from posolog.protocol.model import Part, Visits
from posolog.records import Record


@dataclass(frozen=True, slots=True)
class Joined:
    """What a draft takes from the joined fields."""

    arms: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    parts: tuple[Part, ...]
    visits: tuple[Visits, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Joining:
    """Parts, arms and anchors by name, field after field."""

    record: Record
    arms: dict[str, None]
    anchors: dict[str, Anchor] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    visits: dict[str, Visits] = field(default_factory=dict)
    strangers: dict[str, str] = field(default_factory=dict)  # an arm of the prose that no arm group names -> its field


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name, with a number in brackets where it is taken."""
    number = 2
    while name in taken:
        name = f"{re.sub(r' [(][0-9]+[)]$', '', name)} ({number})"
        number += 1
    return name
