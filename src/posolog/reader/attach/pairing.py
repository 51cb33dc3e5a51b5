"""Gives each amount of a sentence its agent, in a fixed order of preference.

The agent right before the amount; else "of X" or X right behind it; else a capitalised name in no list; else an agent
further left in the same clause; else the agent of the amount before (a step of the same treatment); else the agent that
the sentences before were about. The last two are inferred; an amount without an agent stays unplaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from posolog.reader.agents import Spotted, is_study_agent, key
from posolog.reader.amounts.joined import unjoined
from posolog.reader.attach.between import BRACKETS, HEADS, Between
from posolog.reader.attach.doubts import Drafting
from posolog.reader.attach.in_order import in_order
from posolog.reader.attach.rays import beams_near, is_absorbed, may_have, may_inherit, radiates
from posolog.reader.attach.unlisted import unlisted, unlisted_further_left, unlisted_item, unlisted_subject
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token

_JOINED_ON = re.compile(r"(?:,\s?(?:or|and|plus)|;|\bplus)\s\Z", re.I)
# "10 mg or 20 mg of X": what joins two amounts of one agent.
_JOINT = re.compile(r"\s?(?:,|/|;)?\s?(?:and|or|to|then|versus|vs\.?|,|/|and/or|or/and)?\s?\Z", re.I)


class Pairing:
    """Pairs the amounts of one sentence; `subject` finds the agent that the sentences before were about."""

    def __init__(self, between: Between, subject: Callable[[], Spotted | None]) -> None:
        self.between, self.text, self.agents = between, between.text, between.agents
        self.drafting = Drafting(between)
        self._find_subject = subject

    @cached_property
    def subject(self) -> Spotted | None:
        return self._find_subject()

    def pair(self, doses: list[Token]) -> tuple[list[Draft], list[Token]]:
        """The drafts, and the amounts that no agent could be given."""
        doses = unjoined(self.text, doses, self.agents)
        ordered = in_order(self.between, self.drafting, doses)
        found: list[Draft | None] = []
        for index, token in enumerate(doses):
            after = next((t for t in doses[index + 1 :] if not self._in_bracket(token, t)), None)
            found.append(ordered.get(index) or self._one(token, after, [d for d in found if d]))
        self._share_backwards(doses, found)
        drafts = [d for d in found if d is not None]
        return drafts, [t for t, d in zip(doses, found, strict=True) if d is None]

    def _in_bracket(self, token: Token, after: Token) -> bool:
        """ "370 MBq (10 mCi) of X": the bracket right behind the amount holds no amount of its own."""
        lead = self.text[token.end : after.start]
        return lead.lstrip()[:1] == "(" and ")" not in lead

    def _share_backwards(self, doses: list[Token], found: list[Draft | None]) -> None:
        """ "10 mg or 20 mg of X": the first amount has the second's agent."""
        for index in range(len(doses) - 2, -1, -1):
            here, after = found[index], found[index + 1]
            loose = here is None or here.how in ("far", "step", "before")
            if loose and after is not None and after.how in ("right", "chain"):
                gap = BRACKETS.sub("", self.text[doses[index].end : doses[index + 1].start])
                if _JOINT.match(gap):
                    found[index] = self.drafting.draft(doses[index], after.agent, "chain")

    def _one(self, token: Token, after: Token | None, done: list[Draft]) -> Draft | None:
        left = self.between.left(token)
        beside = self._beside(token, after, left, done)
        if beside is not None:
            return self._not_generic(beside, token)
        if is_absorbed(token):
            return self._radiation(token)
        unknown = unlisted(self.between, token)
        if unknown is not None:
            return self.drafting.draft(token, unknown, "left" if unknown.end <= token.start else "right")
        further = self._further(token, left, done[-1] if done else None)
        if further is not None and further.how == "step" and (item := unlisted_item(self.between, token)):
            return self.drafting.draft(token, item, "left")
        if further is None and (unknown := unlisted_further_left(self.between, token)):
            return self.drafting.draft(token, unknown, "left")
        if further is None and (told := unlisted_subject(self.between, token)):
            return self.drafting.draft(token, told, "left")
        return further or self._from_before(token)

    def _not_generic(self, draft: Draft, token: Token) -> Draft:
        """ "X for 24 weeks, the study medication at 150 mg/day": the agent that is meant, where one is told."""
        fluid = draft.amount is not None and draft.amount.unit.kind == "volume"
        if fluid or not (draft.agent.weak and is_study_agent(draft.agent)):
            return draft
        named = [a for a in self.agents if not a.weak and a.name != "placebo" and may_have(a, token)]
        if len({a.name for a in named}) == 1:
            return self.drafting.draft(token, named[0], "far")
        if not named and self.subject is not None and may_inherit(self.subject, token):
            return self.drafting.draft(token, self.subject, "before")
        return draft

    def _beside(self, token: Token, after: Token | None, left: Spotted | None, done: list[Draft]) -> Draft | None:
        """The agent at once before the amount or behind it, or the thing that is counted ("10 million NK cells")."""
        right = self.between.right(token, after)
        near = left is not None and self.between.near(left, token)
        if near and left is not None and right is not None and HEADS.match(self.text, left.end):
            near = False
        if token.words and not near and key(token.words) not in ("cells", "cell", "tcells", "lymphocytes"):
            counted = Spotted(token.start, token.end, token.words.lower(), token.words, False)
            return self.drafting.draft(token, counted, "right")
        listed_right = right is not None and not right.weak and left is not None and left.weak
        if left is not None and near and not listed_right and not self._opens_item(left, token, right):
            taken = right is not None and any(d.agent is left and d.how == "right" for d in done)
            if not taken and (right is None or right.name != left.name):
                return self.drafting.draft(token, left, "left")
        return None if right is None else self.drafting.draft(token, right, "right")

    def _opens_item(self, left: Spotted, token: Token, right: Spotted | None) -> bool:
        """ "A IV, or 10 mg/kg B": what joins the amount to the words before opens another agent's item."""
        if right is None or right.name == left.name or self.text[token.end : right.start].strip():
            return False
        return _JOINED_ON.search(self.text[left.end : token.start]) is not None

    def _further(self, token: Token, left: Spotted | None, last: Draft | None) -> Draft | None:
        """An agent further left; but a step of the amount before, where that amount stands between."""
        far = left if left is not None and not left.weak else None
        if last is None:
            return None if far is None else self.drafting.draft(token, far, "far")
        if far is None or (far.end < last.at[0] and self._continues(last, token)):
            return self.drafting.draft(token, last.agent, "step")
        return self.drafting.draft(token, far, "far")

    def _continues(self, last: Draft, token: Token) -> bool:
        """No agent stands between the amount before and this one."""
        between = any(last.at[1] <= a.start < token.start and not a.weak for a in self.agents)
        return not between and token.start - last.at[1] < 260

    def _from_before(self, token: Token) -> Draft | None:
        """The agent that the sentences before were about; else the only agent of the sentence ("X; 10 mg weekly")."""
        if self.subject is not None and may_inherit(self.subject, token):
            return self.drafting.draft(token, self.subject, "before")
        named = [a for a in self.agents if a.end <= token.start and not a.weak and may_have(a, token)]
        if named and len({a.name for a in self.agents}) == 1:
            return self.drafting.draft(token, named[-1], "far")
        return None

    def _radiation(self, token: Token) -> Draft | None:
        """An absorbed dose belongs to a radiation or a radiopharmaceutical, however far; else to radiation unnamed."""
        names = [a for a in self.agents if radiates(a)]
        if names:
            nearest = min(names, key=lambda a: abs(a.start - token.start))
            return self.drafting.draft(token, nearest, "far" if nearest.end <= token.start else "chain")
        if self.subject is not None and radiates(self.subject):
            return self.drafting.draft(token, self.subject, "before")
        if not beams_near(self.text, self.between.start, token):
            return None
        unnamed = Spotted(token.start, token.start, "radiotherapy", "radiotherapy", True)
        return self.drafting.draft(token, unnamed, "chain")
