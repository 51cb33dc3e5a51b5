"""Conditions in prose: who, when, under what. Each comes with its span; words that fit no form stay words."""

from __future__ import annotations

from dataclasses import dataclass

from posolog.protocol.condition import All, Condition
from posolog.reader.scope.condition_forms import FORMS
from posolog.reader.tokens.cues import Cues


@dataclass(frozen=True, slots=True)
class ConditionWords:
    """A condition and the words `[start, end)` it was read from; `scope` is "before" when it opens the sentence."""

    start: int
    end: int
    condition: Condition
    opens: bool


_CUES = Cues(
    ("if case subject subjects patient patients participant participants adult adults those individuals responders "
     "history discontinued stopped off without no absence combination single monotherapy first nor", r"\b"),
)  # fmt: skip


def read_conditions(text: str, start: int, end: int) -> list[ConditionWords]:
    """The conditions in text[start:end]; of two forms that claim the same words the earlier one has them."""
    found: list[ConditionWords] = []
    if not _CUES.within(text[start:end]):
        return found
    low = text[start:end].lower()
    for pattern, build, words in FORMS:
        for match in pattern.finditer(text, start, end) if any(word in low for word in words) else ():
            if any(a.start < match.end() and match.start() < a.end for a in found):
                continue
            opens = not text[start : match.start()].strip()
            found.append(ConditionWords(match.start(), match.end(), build(match), opens))
    return sorted(found, key=lambda condition: condition.start)


def joined(found: list[ConditionWords]) -> Condition | None:
    """All of them together, None when there are none."""
    if not found:
        return None
    if len(found) == 1:
        return found[0].condition
    flat: list[Condition] = []
    for one in found:
        flat += one.condition.of if isinstance(one.condition, All) else [one.condition]
    return All(tuple(flat))
