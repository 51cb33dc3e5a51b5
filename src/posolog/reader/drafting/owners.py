"""Which part of the draft the lines of a block belong to: the heading or item it hangs under, and its arm."""

from __future__ import annotations

from itertools import pairwise

from posolog.reader.drafting.arms import CHOICE, arm_of
from posolog.reader.drafting.parts import DraftPart, title
from posolog.reader.drafting.sheet import Sheet
from posolog.reader.model import State
from posolog.reader.tokens.blocks import Block
from posolog.reader.tokens.sentences import sentences

_LONGEST_TITLE = 160  # a longer heading is a paragraph, and no quote of the part's name
_ARM_TITLES = {"experimental": "experimental treatment", "control": "control treatment"}


def part_of(sheet: Sheet, block: Block) -> DraftPart:
    """The part a block's lines belong to, made when first needed."""
    owner, choice = _owner(sheet, block)
    name = title(owner) if owner else _ARM_TITLES.get(sheet.arm, sheet.arm) or "treatment"
    if owner:
        sheet.titles.update(i for i in (owner.index, *owner.parents) if i != block.index or choice)
    if name not in sheet.parts:
        above = (arm_of(sheet.blocks[i].text) for i in reversed(block.parents))
        arm = next(filter(None, above), "") or sheet.arm
        sheet.parts[name] = DraftPart(name, arm, choice, words=_naming(sheet, owner, block) if owner else [])
    return sheet.parts[name]


def _naming(sheet: Sheet, owner: Block, block: Block) -> list[tuple[int, int, int]]:
    """The headings above a block that name its part."""
    chain = [*(sheet.blocks[i] for i in owner.parents), owner]
    return [
        (one.index, 0, len(one.text))
        for one in chain
        if one.index != block.index and not CHOICE.search(one.text) and len(one.text) < _LONGEST_TITLE
    ]


def _owner(sheet: Sheet, block: Block) -> tuple[Block | None, str]:
    """The numbered item or heading a block hangs under, and the choice it is an option of."""
    chain = [sheet.blocks[i] for i in block.parents] + ([block] if block.number is not None else [])
    for above, below in pairwise(chain):
        if above.heading and CHOICE.search(above.text):
            return below, "regimen"
    named = [one for one in chain if one.number is not None or one.heading]
    return (named[-1], "") if named else (None, "")


def claim_titles(sheet: Sheet, spoken_for: set[tuple[int, int]]) -> None:
    """The headings that name a part are read; `spoken_for` holds the sentences (block, start) claimed elsewhere."""
    have = {(claim.block, claim.start) for claim in sheet.claims} | spoken_for
    for index in sorted(sheet.titles):
        block = sheet.blocks[index]
        for start, end in sentences(block.text):
            if (index, start) not in have:
                sheet.claim(block, start, end, State.READ, f"names the part {title(block)!r}")
