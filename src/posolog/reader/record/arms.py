"""Arms that the prose of a field names, as arm groups of the record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from posolog.core.finding import Finding, Place, Severity
from posolog.reader.record.fields import FieldRead
from posolog.reader.record.joining import Joining


def arm_group(joining: Joining, words: str, one: FieldRead) -> str:
    """The arm group that the prose's arm is ("experimental": the only experimental one); else an arm by itself."""
    if not words or words in joining.arms:
        return words
    kinds = {
        "experimental": ("experimental",),
        "control": ("active comparator", "placebo comparator", "no intervention"),
    }
    meant = [arm.label for arm in joining.record.arms if arm.kind.lower() in kinds.get(words, ())]
    meant = meant or [arm.label for arm in joining.record.arms if re.match(rf"{re.escape(words)}\b", arm.label, re.I)]
    if len(meant) == 1 and meant[0] in joining.arms:
        return meant[0]
    if joining.record.arms:
        joining.strangers.setdefault(words, one.passage.field)
        if len(joining.arms) < 2:
            return ""
    joining.arms[words] = None
    return words


def strange_arms(joining: Joining) -> Iterator[Finding]:
    """Arms of the prose that no arm group names."""
    for words, where in joining.strangers.items():
        named = ", ".join(repr(arm.label) for arm in joining.record.arms)
        yield Finding(
            "RECORD-ARM",
            Severity.ASK,
            f"The {where} speaks of the arm {words!r}; the record's arm groups are {named}.",
            "Say in the draft which arm group is meant.",
            (Place("arm", words, where),),
            "H14",
        )
