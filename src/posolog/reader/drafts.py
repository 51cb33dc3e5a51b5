"""Administrations in the making, and what one sentence holds: passed from attachment to clauses to settling."""

from __future__ import annotations

from dataclasses import dataclass, field

from posolog.protocol.model import Amount
from posolog.reader.agents import Spotted
from posolog.reader.tokens.token import Token


@dataclass(slots=True)
class Draft:
    """An administration in the making. `how` says where its agent was found: left, right, far, chain, step, before."""

    agent: Spotted
    amount: Amount | None
    start: int
    end: int
    tokens: list[Token] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    how: str = "left"
    at: tuple[int, int] = (0, 0)  # the amount's own place
    when: str = ""
    kept: bool = True

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    def get(self, kind: str) -> Token | None:
        return next((token for token in self.tokens if token.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one sentence holds: drafts, amounts that are no dose (with the class), amounts without place, tokens."""

    drafts: tuple[Draft, ...]
    not_doses: tuple[tuple[Token, str], ...]
    unplaced: tuple[Token, ...]
    tokens: tuple[Token, ...]
    agents: tuple[Spotted, ...]
    caps: tuple[tuple[Spotted, Token], ...] = ()  # a maximum for an agent without an amount beside it


EMPTY = Sentence((), (), (), (), ())
