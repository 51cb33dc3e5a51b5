"""A schedule that opens a clause is for all its members: "Day 1: A, B", "Every 28 days, patients receive A and B"."""

from __future__ import annotations

import re

from posolog.reader.clauses.core import Core
from posolog.reader.tokens.token import Token

_OF_REGIMEN = re.compile(r"\s?of\s(?:the\s|standard\s|induction\s)?[A-Z][\w-]+")
_OTHER_ARM = re.compile(r"\b(?:or|then|followed|versus|vs|arm|group|cohort|stratum|randomi\w*)\b", re.I)
_GIVES = re.compile(
    r"\b(?:receiv\w*|given|administered|infused|injected|get|take|start\w*|begin\w*|undergo\w*|add\w*)\b", re.I
)


def clause_wide(text: str, cores: list[Core], leading: list[Token]) -> None:
    """Hands each leading token to the members of its clause."""
    for token in leading:
        ahead = [core for core in cores if core.start >= token.end]
        if not ahead or _of_something_else(text, token, ahead[0]):
            continue
        closing = _bracket_end(text, token)
        if closing is not None and ahead[0].start < closing:
            ahead = [core for core in ahead if core.start < closing]
        limit = min((t.start for t in leading if t.start > token.end and t.kind == token.kind), default=10**9)
        wide = token.kind in ("days", "cycles", "incycle", "every", "weeks")
        wide = wide or ":" in text[token.end : min(ahead[0].start, token.end + 60)]
        _hand_out(text, token, ahead if wide else ahead[:1], until=limit)


def _bracket_end(text: str, token: Token) -> int | None:
    """ "After induction (3 cycles of A), B is given": what stands in a bracket leads only the members in it."""
    lead = text[max(0, token.start - 60) : token.start]
    if lead.rfind("(") <= lead.rfind(")"):
        return None
    closed = text.find(")", token.end)
    inner = text.count("(", token.end, closed) if closed > 0 else 0
    for _ in range(min(inner, 6)):
        closed = text.find(")", closed + 1)
    return closed if closed > 0 else None


def _of_something_else(text: str, token: Token, first: Core) -> bool:
    """ "cycle 1 of FOLFOX ...", "6 cycles or ...": the schedule is not the members'."""
    if _OF_REGIMEN.match(text, token.end) and first.start - token.end > 30:
        return True
    return token.kind in ("cycles", "every") and _OTHER_ARM.search(text[token.end : first.start]) is not None


def _hand_out(text: str, token: Token, members: list[Core], *, until: int) -> None:
    """To each member in turn, until the next such token, until another arm is named or a member has days of its own."""
    last = None
    for core in members:
        if core.start >= until or (last is not None and _elsewhere(text[last.last : core.start], token, last, core)):
            return
        last = core
        if core.tentative and not core.draft.tokens and _other_words(text[token.end : core.start]):
            continue
        if token.kind == "days" and core.draft.has("days", "weeks"):
            if core.tentative:
                continue
            return
        own_rhythm = core is not members[0] and core.draft.has("times", "for", "every", "dayspercycle")
        if not core.draft.has(token.kind) and not (token.kind == "days" and own_rhythm):
            core.draft.tokens.insert(0, token)


def _elsewhere(gap: str, token: Token, last: Core, core: Core) -> bool:
    """Another arm or a later time is named; a further step of the same agent is in the same cycles."""
    match = _OTHER_ARM.search(gap)
    step = token.kind == "cycles" and last.draft.agent.name == core.draft.agent.name
    return match is not None and not (step and match[0].lower() == "then")


def _other_words(gap: str) -> bool:
    """Other words than of giving between a leading day and an agent without an amount: the day is not the agent's."""
    return ":" not in gap and len(gap.split()) > 1 and _GIVES.search(gap) is None
