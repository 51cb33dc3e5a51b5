"""The flat statement of one administration, with what a person should look at."""

from __future__ import annotations

import re

from posolog.core.finding import Finding
from posolog.protocol.condition import Condition
from posolog.protocol.model import Basis, Give
from posolog.reader.agents import Spotted, key
from posolog.reader.drafting.cycles import cycles_of_draft, lasting, monthly
from posolog.reader.drafting.quotes import when_of
from posolog.reader.drafts import Draft
from posolog.reader.model import Statement
from posolog.reader.scope.conditions import ConditionWords
from posolog.reader.scope.labels import is_arm
from posolog.reader.tokens.blocks import Block

PLAIN = "is read as a decimal mark"  # a repair that is told, and leaves no doubt: "0,4 mCi/kg"
_INTO = re.compile(r"\A(?:of|in|on|for|at)\s(?:the\s)?", re.I)  # "for the first cycle" restricts to "first cycle"


def flat_statement(
    block: Block, draft: Draft, give: Give, conditions: list[ConditionWords], condition: Condition | None,
    findings: tuple[Finding, ...], unsettled: tuple[str, ...],
) -> Statement:  # fmt: skip
    """The statement; `conditions` are those beside its words, `condition` is what restricts its line."""
    plain = tuple(note for note in draft.notes if note.endswith(PLAIN))
    doubts = (*draft.doubts, *(note for note in draft.notes if note not in plain), *unsettled)
    return Statement(
        block.index, draft.start, draft.end, give, words_of(draft.agent),
        when=_when(block, draft, conditions), condition=condition,
        inferred=(*draft.inferred, *plain), findings=findings,
        cycles=cycles_of_draft(draft), fractions=_fractions(draft), lasting=lasting(draft), monthly=monthly(draft),
        basis=draft.amount.basis if draft.amount else Basis.UNSTATED,
        doubts=tuple(dict.fromkeys(doubts)),
    )  # fmt: skip


def _when(block: Block, draft: Draft, conditions: list[ConditionWords]) -> str:
    """An arm before all, else the cycle of the statement's own words, else its label, else its conditions."""
    if is_arm(draft.when):
        told = draft.when
    else:
        only = draft.get("incycle")
        told = (block.text[only.start : only.end].strip() if only else "") or draft.when
    return _INTO.sub("", told or when_of(block, conditions))


def _fractions(draft: Draft) -> int | None:
    """The number of fractions of an irradiation."""
    rays = draft.amount is not None and draft.amount.unit.kind == "absorbed dose"
    counted = draft.get("doses") if rays else None
    return counted.value[0].number if counted and isinstance(counted.value, tuple) else None


def words_of(agent: Spotted) -> str:
    """The agent as the text names it; a name broken at a line's end is mended ("dexa-methasone")."""
    broken = "-" in agent.words and key(agent.words) == agent.name
    words = agent.name if broken else agent.words
    return words + ")" * (words.count("(") - words.count(")"))  # "globulin (rabbit" has its bracket back
