"""What became of every number with a dosing unit: used, no dose (with its class), or unread. None is passed over.

The numbers are found by a plain pattern of their own, not by the lexer whose reading is checked.
"""

from __future__ import annotations

import re

from posolog.reader.model import Mark, State
from posolog.reader.settle import Told
from posolog.reader.tokens.amount_words import UNIT
from posolog.reader.tokens.blocks import Block
from posolog.reader.tokens.numbers import NUMBER

SEEN = re.compile(
    rf"""(?<![\w.,]){NUMBER}\s?-?(?:(?:{UNIT})(?![A-Za-z])|[xX×*]\s?10(?:\s?(?:\^|\*\*|E|e)?\s?\d|[⁰¹²³⁴⁵⁶⁷⁸⁹]))
        |\bAUC\s?(?:of\s)?{NUMBER}""",
    re.X,
)


_LIKELY = re.compile(rf"\d\s?-?(?:{UNIT}|[xX×*]\s?10)")  # begins with a digit, which is quick to find


def account(blocks: tuple[Block, ...], told: list[Told]) -> tuple[Mark, ...]:
    """One mark for each number with a dosing unit, in text order; raw half-open offsets."""
    marks: list[Mark] = []
    for one in told:
        if _LIKELY.search(one.words) is None and "AUC" not in one.words:
            continue
        block = blocks[one.block]
        spans = _spans(one)
        for match in SEEN.finditer(block.text, one.start, one.end):
            state, reason = next(
                ((state, reason) for a, b, state, reason in spans if a < match.end() and match.start() < b),
                _unclaimed(one),
            )
            marks.append(Mark(*block.raw(match.start(), match.end()), state, reason))
    return tuple(marks)


def _unclaimed(one: Told) -> tuple[State, str]:
    """Where nothing read the number: no dose in a sentence of another kind, else unread."""
    if one.background:
        return State.INFORMATIVE, one.aside[0][1] if one.aside else "background"
    if one.claimed:
        return State.INFORMATIVE, one.claimed
    return State.UNREAD, "no agent could be found for it"


def _spans(one: Told) -> list[tuple[int, int, State, str]]:
    """The stretches of a sentence that were read or set aside."""
    found = [(token.start, token.end, State.INFORMATIVE, f"not a dose: {why}") for token, why in one.aside]
    if one.background:
        return found
    for draft in one.drafts:
        if draft.amount is not None:
            said = f"given as {draft.agent.words}" if draft.kept else f"repeats or completes {draft.agent.words}"
            found.append((*draft.at, State.READ, said))
        found += [
            (token.start, token.end, State.READ, f"{token.kind} of {draft.agent.words}")
            for token in draft.tokens
            if one.start <= token.start < one.end
        ]
    return found + [(token.start, token.end, State.READ, f"cap of {agent.words}") for agent, token in one.found.caps]
