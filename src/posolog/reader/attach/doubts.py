"""The draft of an amount with its agent, and whether that pair is inferred or doubtful."""

from __future__ import annotations

import re

from posolog.protocol.model import Amount
from posolog.reader.agents import Spotted, is_abbreviation, is_weak_name
from posolog.reader.attach.between import Between, words_of
from posolog.reader.attach.rays import is_absorbed
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token

_INFERRED = {"step": "agent: as in the words before", "before": "agent: named in the sentence or heading before"}
_TRADE_MARK = re.compile(r"\s?(?:\((?:R|TM)\)|®|™)")
_SPACED_CODE = re.compile(r"[A-Z]{2,4}\s\d{3,7}(?:\.[A-Z][a-z])?")  # "ABT 737", "PF 0123.Na"
_NO_AGENT_ALONE = frozenset(
    ["chemotherapy", "study medication", "study drug", "medication", "alcohol", "glucose", "saline", "normal saline"]
)


class Drafting:
    """Makes the drafts of one sentence; remembers where an agent stands that was given its amount in doubt."""

    def __init__(self, between: Between) -> None:
        self.between = between
        self._doubtful = -1

    def draft(self, token: Token, agent: Spotted, how: str) -> Draft:
        """The draft of this pair; `how` says where the agent was found (see `Draft`)."""
        amount = token.value
        assert isinstance(amount, Amount)
        own = how in ("left", "right", "far")
        start, end = (min(agent.start, token.start), max(token.end, agent.end)) if own else (token.start, token.end)
        inferred = [_INFERRED[how]] if how in _INFERRED else []
        draft = Draft(agent, amount, start, end, [], [token.note] if token.note else [], inferred, how=how)
        draft.at = (token.start, token.end)
        draft.doubts += self._doubts(token, agent, how)
        if draft.doubts:
            self._doubtful = agent.start
        return draft

    def _doubts(self, token: Token, agent: Spotted, how: str) -> list[str]:
        found = []
        if how == "step" and self._doubtful == agent.start:
            found.append("the agent of the amount before is itself in doubt")
        if how == "step" and any(agent.end <= a.start < token.start and a.weak for a in self.between.agents):
            found.append("another name stands between the agent and its amount")
        if how == "before":
            found.append("the agent is named in an earlier sentence")
        elif how == "far" and len(words_of(self.between.text[agent.end : token.start])) > 8:
            found.append("the agent stands far from its amount")
        elif agent.weak and not is_absorbed(token) and not self._plainly(agent, token, how):
            found.append(f"whether {agent.words!r} is an agent")
        return found

    def _plainly(self, agent: Spotted, token: Token, how: str) -> bool:
        """A weak name that is one here: a code, a trade mark, a placebo or listed name beside a scheduled amount."""
        if _SPACED_CODE.fullmatch(agent.words) or _TRADE_MARK.match(self.between.text, agent.end):
            return True
        beside = how in ("left", "right") and max(agent.start - token.end, token.start - agent.end) <= 4
        tokens = self.between.rest
        timed = any(0 <= t.start - token.end < 30 and t.kind in ("times", "every", "days") for t in tokens)
        held = is_weak_name(agent.words) or is_abbreviation(agent.words)
        listed = held and agent.name.lower() not in _NO_AGENT_ALONE
        return beside and timed and (agent.name == "placebo" or listed)
