"""Whether a sentence tells of another study, of animals or of usual practice, or of this trial."""

from __future__ import annotations

import re

from posolog.reader.settle.study_cues import EARLIER, OURS, PAST, PLANNED, STRONG

_CITED = re.compile(r"\b(?:was|were|has|have|had|is|are|showed|led)\b[^\[]{0,300}\[\d+(?:\s?[,-]\s?\d+)*\]")


def earlier(sentence: str) -> bool:
    """Told of another study, of animals, or of usual practice: cue words, and nothing that is this trial's own."""
    if STRONG.within(sentence) or ("[" in sentence and _CITED.search(sentence.lower())):
        return not planned(sentence)
    return not ours(sentence) and EARLIER.within(sentence)


def past(sentence: str) -> bool:
    """In the past tense without a word of this trial's own: follows an earlier study when told right after it."""
    return PAST.within(sentence) and not ours(sentence)


def ours(sentence: str) -> bool:
    return OURS.within(sentence)


def planned(sentence: str) -> bool:
    return PLANNED.within(sentence)
