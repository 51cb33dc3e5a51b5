"""Every sentence of a text, read one by one: the label it stands under, the agent the ones before were about."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial

from posolog.reader.agents import Spotted, defined_in, principal, spot, subject_of
from posolog.reader.attach import read_sentence
from posolog.reader.drafts import EMPTY
from posolog.reader.purpose.guard import has_amount
from posolog.reader.scope.labels import bracketed, labels
from posolog.reader.settle import Told
from posolog.reader.tokens.blocks import Block
from posolog.reader.tokens.sentences import sentences

_DIGIT = re.compile(r"[0-9]")
_NO_SUBJECT = re.compile(r"transplant|graft|stem cell|placebo", re.I)  # procedures have no milligrams


def sentences_told(blocks: tuple[Block, ...], spoken_for: Mapping[tuple[int, int], str]) -> list[Told]:
    """Every sentence with what it holds.

    `spoken_for`: (block, start) of a sentence -> what another part of the reader made of it; such a sentence is read
    for its amounts alone.
    """
    told: list[Told] = []
    texts = [block.text for block in blocks]
    defined = defined_in(texts)
    about = cache(partial(principal, texts, defined))
    for block in blocks:
        label = _heading_label(blocks, block)
        for start, end in sentences(block.text):
            claimed = spoken_for.get((block.index, start), "")
            words = block.text[start:end]
            found = EMPTY
            if not claimed or (_DIGIT.search(words) and has_amount(words)):
                before = partial(_subject, blocks, told, block, words, about)
                found = read_sentence(block.text, start, end, before=before, defined=defined)
            one = Told(block.index, start, end, words, found, label, False, claimed)
            label = _label(block, one, label)
            told.append(one)
    return told


def _subject(
    blocks: tuple[Block, ...], told: list[Told], block: Block, words: str, about: Callable[[], Spotted | None]
) -> Spotted | None:
    """The agent that the sentences before were about: the last one dosed or named, in this paragraph or near it."""
    found: list[Spotted] = []
    for one in reversed(told[-8:]):
        above = blocks[one.block]
        titled = len(above.text) < 80 and block.index - one.block <= 3
        near = one.block == block.index or one.block in block.parents or above.parents == block.parents
        if not near and not titled:
            break
        agents = spot(above.text, one.start, one.end)
        given = [draft.agent for draft in reversed(one.found.drafts)]
        found += [agent for agent in given if agent.name != "placebo"]
        found += [agent for agent in agents if _may_be_subject(agent)]
    dosed = bool(told) and any(draft.amount is not None for draft in told[-1].found.drafts)
    return subject_of("" if dosed else words, found, about)


def _may_be_subject(agent: Spotted) -> bool:
    """Names and company codes; procedures and ordinary words are no subject of later amounts."""
    return not _NO_SUBJECT.search(agent.name) and (not agent.weak or any(char.isdigit() for char in agent.words))


def _heading_label(blocks: tuple[Block, ...], block: Block) -> str:
    """The label of the headings a block hangs under."""
    above = (blocks[index].text for index in reversed(block.parents))
    return next((found[-1].words for text in above if (found := labels(text, 0, len(text)))), "")


def _label(block: Block, one: Told, before: str) -> str:
    """Gives each draft of the sentence the label it stands under; returns the label that lasts."""
    found = labels(block.text, one.start, one.end if one.found.drafts else min(one.end, one.start + 200))
    last = next((x.words for x in reversed(found) if x.lasting), before)
    for draft in one.found.drafts:
        mine = [x for x in found if x.start <= draft.at[0]]
        draft.when = bracketed(block.text, draft.at[1]) or (mine[-1].words if mine else before)
    one.label = last
    return last
