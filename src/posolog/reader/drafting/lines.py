"""Every sentence of a text -> the sheet with its parts, lines, statements, claims and findings."""

from __future__ import annotations

from posolog.reader.drafting.administrations import draft_administrations
from posolog.reader.drafting.arms import CHOICE, arm_of
from posolog.reader.drafting.owners import claim_titles, part_of
from posolog.reader.drafting.sheet import Here, Sheet
from posolog.reader.drafting.special import draft_special, may_hold_one
from posolog.reader.drafting.tapers import draft_tapers
from posolog.reader.drafting.unread import claim_aside, name_numbers, name_unplaced
from posolog.reader.model import Claim, State
from posolog.reader.scope.conditions import read_conditions
from posolog.reader.settle import Told, settle
from posolog.reader.telling import sentences_told
from posolog.reader.tokens.blocks import Block


def draft_lines(blocks: tuple[Block, ...], claimed: tuple[Claim, ...]) -> Sheet:
    """Reads every sentence, settles them over the whole text, then drafts line by line.

    `claimed` are the sentences that another part of the reader has dealt with.
    """
    spoken_for = {(claim.block, claim.start): claim.reason for claim in claimed}
    told = sentences_told(blocks, spoken_for)
    settle(told)
    sheet = Sheet(blocks, told)
    for one in told:
        block = blocks[one.block]
        if not block.parents and not one.start:
            sheet.arm = ""
        if one.claimed:
            _draft_claimed(sheet, block, one)
        else:
            _draft_sentence(sheet, block, one)
    claim_titles(sheet, set(spoken_for))
    return sheet


def _draft_claimed(sheet: Sheet, block: Block, one: Told) -> None:
    if any(draft.kept for draft in one.drafts):
        draft_administrations(sheet, Here(block, one, read_conditions(block.text, one.start, one.end)))
    claim_aside(sheet, one)


def _draft_sentence(sheet: Sheet, block: Block, one: Told) -> None:
    text, start, end = block.text, one.start, one.end
    sheet.arm = arm_of(text[start:end]) or sheet.arm
    if block.heading and CHOICE.search(text, start, end):
        sheet.claim(block, start, end, State.READ, "opens a choice between regimens")
        return
    special = not one.background and (_rests(one) or may_hold_one(text, start, end))
    tapered = not one.background and any(token.kind == "taper" for token in one.found.tokens)
    wanted = special or tapered or any(draft.kept for draft in one.drafts)
    here = Here(block, one, read_conditions(text, start, end) if wanted else [])
    done = draft_special(sheet, here) if special else False
    done = (draft_tapers(sheet, here) if tapered else False) or done
    done = draft_administrations(sheet, here) or done
    name_unplaced(sheet, here)
    if done:
        sheet.claim(block, start, end, State.READ, f"read into {part_of(sheet, block).name!r}")
        name_numbers(sheet, here)


def _rests(one: Told) -> bool:
    """Days, and a word of resting."""
    return "rest" in one.words.lower() and any(token.kind == "days" for token in one.found.tokens)
