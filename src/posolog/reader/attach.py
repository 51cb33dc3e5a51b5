# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""Tokens of one sentence -> administrations: which agent an amount belongs to, and which schedule belongs to both.

The order of preference is fixed: an agent at the left, else "of X" at the right, else an agent that follows at once,
else the agent before (a step of the same infusion, marked inferred). An amount without an agent stays unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from posolog.protocol.model import Amount
from posolog.reader.agents import Spotted, spot
from posolog.reader.lexer import Token, amounts, schedule

_OF = re.compile(r"\s?(?:doses?\s)?(?:of\s(?:the\s|an?\s)?|\(\s?)")
_NOT_DOSE_AFTER = re.compile(
    r"\s?(?:(?:/|per)\s?(?:d[lL]|[lL]\b|m[lL]\b)|(?:strength\s|scored\s|oral\s|film-coated\s)?(?:tablets?|capsules?|vials?|ampoules?|pills?)\b)"
)
_CAP_AFTER = re.compile(r"\s?(?:/\s?d(?:ay)?\s)?(?:max\b|maximum\b)", re.I)
_REDUCED = re.compile(r"(?:reduc(?:ed|tion)|decreased?|lowered|increased)\s(?:\w+\s){0,3}(?:to|by)\s?$", re.I)
_BACKGROUND = re.compile(
    r"\bet al\b|has been (?:shown|reported|demonstrated|used)|have (?:shown|reported|demonstrated)|was (?:reported|shown|found)|previous(?:ly)? (?:study|studies|reported|treated)"
    r"|\bwere (?:treated|given|observed)|in (?:a|the) (?:previous|prior|phase I+|earlier)\b[^.]{0,40}\b(?:trial|study)|\[\d+(?:[,-]\d+)*\]",
    re.I,
)
_TARGET = re.compile(
    r"(?:trough|target|serum|plasma|blood|concentration|level)s?\s(?:\w+\s){0,4}(?:of|at|between|to|above|below)?\s?$",
    re.I,
)
_MEASURED = re.compile(
    r"\b(?:measured|assess(?:ed|ment)|monitor(?:ed|ing)|collected|evaluated|sampl(?:ed|es|ing)|levels?|determined)\b"
)
_AND = re.compile(r"\s?(?:\(.{0,40}\)\s?)?(?:,?\s?(?:and|plus|with|&)|\+|,|/)\s?\Z", re.I)


@dataclass(slots=True)
class Draft:
    """An administration in the making."""

    agent: Spotted
    amount: Amount | None
    start: int
    end: int
    tokens: list[Token] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one sentence holds: drafts, amounts that are no dose (with the class), amounts nobody could place, all tokens."""

    drafts: tuple[Draft, ...]
    not_doses: tuple[tuple[Token, str], ...]
    unplaced: tuple[Token, ...]
    tokens: tuple[Token, ...]
    agents: tuple[Spotted, ...]


_EMPTY = Sentence((), (), (), (), ())
_WORTH = re.compile(r"[0-9]|\b[Rr]est\b|\b[Tt]aper")
_TIMED = re.compile(
    r"\b(?:[Dd]ays?|DAYS?|[Jj]ours?|[Rr]est|REST|[Tt]aper\w*|[Dd]oses|[Ii]njections|[Ii]nfusions|[Cc]ycles?|[Cc]ourses?|[Dd]aily|[Ww]eekly|[Ee]very)\b|[DJd]\s?[-+−–]?\s?[0-9]"
)


def read_sentence(text: str, start: int, end: int, *, before: Spotted | None = None) -> Sentence:
    """The administrations of text[start:end]; `before` is the agent that the sentence or list before was about."""
    if not _WORTH.search(text, start, end):
        return _EMPTY
    doses = amounts(text, start, end)
    if not doses and not _TIMED.search(text, start, end):
        return _EMPTY
    taken = [(token.start, token.end) for token in doses]
    rest = [t for t in schedule(text, start, end) if not any(a < t.end and t.start < b for a, b in taken)]
    if not doses and not any(t.kind in ("days", "doses", "rest", "taper", "cycles", "times", "every") for t in rest):
        return _EMPTY
    agents = [a for a in spot(text, start, end) if not any(x < a.end and a.start < y for x, y in taken)]
    doses, aside = _set_aside(text, start, doses, rest)
    walker = _Walker(text, _merged(text, agents), before)
    for token in sorted([*doses, *rest], key=lambda token: token.start):
        walker.take(token)
    walker.close()
    _share(text, walker.drafts)
    return Sentence(
        tuple(walker.drafts),
        tuple(aside),
        tuple(walker.unplaced),
        tuple(sorted([*doses, *rest], key=lambda t: t.start)),
        tuple(agents),
    )


def _set_aside(
    text: str, start: int, doses: list[Token], rest: list[Token]
) -> tuple[list[Token], list[tuple[Token, str]]]:
    """Amounts that are no dose, with their class; caps and totals stay with the doses as tokens of their own kind."""
    kept: list[Token] = []
    aside: list[tuple[Token, str]] = []
    marks = {token.end: token.kind for token in rest if token.kind in ("cap", "total")}
    background = _BACKGROUND.search(text, start, doses[-1].end + 200 if doses else start)
    for token in doses:
        lead = text[max(start, token.start - 60) : token.start]
        kind = next((marks[i] for i in range(token.start, max(start, token.start - 4), -1) if i in marks), "")
        if kind or _CAP_AFTER.match(text, token.end):
            kept.append(Token(f"{kind or 'cap'} amount", token.start, token.end, token.value, token.note))
        elif _NOT_DOSE_AFTER.match(text, token.end):
            aside.append((token, "a strength or concentration"))
        elif _REDUCED.search(lead):
            aside.append((token, "a dose reduction rule"))
        elif _TARGET.search(lead):
            aside.append((token, "a target level"))
        elif background:
            aside.append((token, "background"))
        else:
            kept.append(token)
    return kept, aside


def _merged(text: str, agents: list[Spotted]) -> list[Spotted]:
    """An agent and its synonym in brackets or after a stroke are one: "Cyclosporine A (CSA; ...", "serum (Thymoglobuline)"."""
    found: list[Spotted] = []
    for agent in agents:
        last = found[-1] if found else None
        gap = text[last.end : agent.start] if last else ""
        if (
            last
            and re.fullmatch(r"\s?[®™]?\s?[(/=]\s?|\s?\((?:also called|i\.e\.,?)\s", gap)
            and (last.name == agent.name or not last.known or "(" in gap)
        ):
            name = last.name if last.known and last.name == agent.name else agent.name if agent.known else last.name
            found[-1] = Spotted(last.start, agent.end, name, last.words, last.known or agent.known)
        else:
            found.append(agent)
    return found


class _Walker:
    """Goes through the tokens from left to right and hands each to the statement it belongs to."""

    def __init__(self, text: str, agents: list[Spotted], before: Spotted | None) -> None:
        self.text, self.agents, self.before = text, agents, before
        self.drafts: list[Draft] = []
        self.unplaced: list[Token] = []
        self.used: set[int] = set()
        self.leading: list[Token] = []
        self.waiting: list[Token] = []  # schedule read after a new agent, before its amount

    def pending(self, position: int) -> Spotted | None:
        """The last unused agent before `position` that stands after the current statement's amount."""
        floor = self.drafts[-1].end if self.drafts else -1
        left = [a for a in self.agents if a.end <= position and a.start not in self.used and a.start >= floor]
        return left[-1] if left else None

    def take(self, token: Token) -> None:
        if token.kind == "amount":
            self.take_amount(token)
        elif self.pending(token.start) is not None and not (token.kind.endswith(" amount") and self.drafts):
            self.waiting.append(token)
        elif self.drafts:
            self.drafts[-1].tokens.append(token)
            self.drafts[-1].end = max(self.drafts[-1].end, token.end)
        else:
            self.leading.append(token)

    def take_amount(self, token: Token) -> None:
        agent, inferred = self.choose(token)
        if agent is None:
            self.unplaced.append(token)
            return
        amount = token.value
        assert isinstance(amount, Amount)
        draft = Draft(
            agent,
            amount,
            min(agent.start, token.start) if not inferred else token.start,
            max(token.end, agent.end if not inferred else 0),
        )
        draft.tokens = self.waiting + (self.leading if not self.drafts else [])
        draft.notes += [token.note] if token.note else []
        draft.inferred += [inferred] if inferred else []
        self.waiting, self.leading = [], self.leading if self.drafts else []
        self.drafts.append(draft)

    def choose(self, token: Token) -> tuple[Spotted | None, str]:
        follows = next((a for a in self.agents if a.start >= token.end and a.start not in self.used), None)
        gap = self.text[token.end : follows.start] if follows else ""
        left = self.pending(token.start)
        if (
            follows
            and len(gap) < 40
            and _OF.match(gap)
            and "of" in gap
            and not (left and "(" in self.text[left.end : token.start])
        ):
            return self.use(follows), ""
        if left:
            return self.use(left), ""
        if follows and re.fullmatch(r"\s?(?:daily\s|oral\s|IV\s|i\.v\.\s|intravenous\s)?", gap):
            return self.use(follows), ""
        if self.drafts:
            return self.drafts[-1].agent, "agent: as in the words before"
        return self.before, "agent: named in the sentence or heading before"

    def use(self, agent: Spotted) -> Spotted:
        self.used |= {a.start for a in self.agents if a.start <= agent.start}
        return agent

    def close(self) -> None:
        """Agents with a schedule but no amount are administrations too ("pDLI: 3 injections from D+120")."""
        agent = self.pending(10**9) if self.waiting else None
        if (
            agent is not None
            and any(t.kind in ("days", "doses") for t in self.waiting)
            and not _MEASURED.search(self.text, agent.start, agent.end + 60)
            and not any(t.kind == "taper" for t in self.waiting)
        ):
            draft = Draft(agent, None, agent.start, max(t.end for t in self.waiting), list(self.waiting))
            self.drafts.append(draft)
        elif self.waiting and self.drafts:
            self.drafts[-1].tokens += self.waiting
        for draft in self.drafts:
            if draft.agent.start not in range(draft.start, draft.end) and not draft.inferred:
                draft.start = min(draft.start, draft.agent.start)


_TIMING = ("days", "every", "times", "for", "doses")


def _share(text: str, drafts: list[Draft]) -> None:
    """ "A 1 mg and B 2 mg on days 1-5": a statement without any schedule takes that of the one it is joined to."""
    for left, right in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        gap = text[left.end : right.start]
        if not left.has(*_TIMING) and right.has(*_TIMING) and _AND.match(gap):
            left.tokens += [token for token in right.tokens if token.kind in (*_TIMING, "open")]
            left.inferred.append("schedule: shared with the agent after it")
        if right.agent is left.agent and left.has("continuous") and not right.has("continuous"):
            right.tokens += [token for token in left.tokens if token.kind in ("continuous", "route")]
            right.inferred.append("continuous infusion: as in the step before")
