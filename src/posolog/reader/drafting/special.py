"""Sentences that are not "agent, amount, days": rests, stays, agents given together, references, repeats."""

from __future__ import annotations

from posolog.protocol.model import Do, Rest
from posolog.reader.agents import spot
from posolog.reader.drafting.arms import AGAIN_WORDS, again
from posolog.reader.drafting.owners import part_of
from posolog.reader.drafting.parts import DraftLine, DraftPart
from posolog.reader.drafting.references import CENTRE_WORDS, LABEL_WORDS, by_label, referred
from posolog.reader.drafting.sheet import Here, Sheet
from posolog.reader.drafting.stays import STAY_WORDS, rest_days, stays
from posolog.reader.drafting.together import BESIDE_WORDS, draft_together
from posolog.reader.model import State
from posolog.reader.scope.conditions import joined
from posolog.reader.tokens.cues import words_in

# Each form needs one of these words: a sentence without them holds none, which is cheaper to see than to search.
_WORDS = STAY_WORDS | BESIDE_WORDS | LABEL_WORDS | CENTRE_WORDS | AGAIN_WORDS


def may_hold_one(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] may hold a stay, a co-injection, a reference or a repeat."""
    return not _WORDS.isdisjoint(words_in(text[start:end]))


def draft_special(sheet: Sheet, here: Here) -> bool:
    """Drafts what the sentence holds beside administrations; True when that is a line."""
    place = here.text, here.start, here.end
    lines: list[Do | Rest] = [*stays(*place), *rest_days(here.text, here.found)]
    if lines:
        part_of(sheet, here.block).lines += (DraftLine(line, [here.place]) for line in lines)
    agents = here.found.agents or tuple(spot(*place))
    if draft_together(sheet, here, agents):
        return True
    if label := by_label(*place, agents):
        part_of(sheet, here.block).lines.append(DraftLine(label, [here.place], joined(here.conditions)))
        return True
    refer = referred(*place)
    if refer:
        part_of(sheet, here.block).lines.append(DraftLine(refer, [here.place]))
    _draft_repeat(sheet, here)
    return bool(lines or refer)


def _draft_repeat(sheet: Sheet, here: Here) -> None:
    """Treatment given again is a part that repeats another one's lines."""
    repeat = again(here.text, here.start, here.end)
    if repeat:
        arm = repeat.arm or sheet.arm
        condition = joined(here.conditions)
        sheet.parts[repeat.what] = DraftPart(repeat.what, arm, condition=condition, repeats=True, words=[here.place])
        sheet.claim(here.block, here.start, here.end, State.READ, f"read into {repeat.what!r}")
