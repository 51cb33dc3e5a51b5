"""What reading a text gives: a draft protocol, findings, and what became of every character."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from posolog.core.finding import Finding
from posolog.protocol.condition import Condition
from posolog.protocol.model import Allocation, Basis, Cycles, Endpoint, Give, Note, Protocol, Visits


class State(StrEnum):
    """What became of a stretch of text."""

    READ = "read"
    INFORMATIVE = "informative"
    UNREAD = "not understood"


@dataclass(frozen=True, slots=True)
class Mark:
    """Raw half-open `[start, end)`, its state and the reason; "read" marks say into what."""

    start: int
    end: int
    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """As Mark, but in offsets of one block's unfolded text: what a part of the reader has dealt with."""

    block: int
    start: int
    end: int
    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One administration: `give` with the words it was read from (offsets into block `block`'s text).

    `inferred` names the fields that were not read in the statement's own words ("agent: inherited from the sentence
    before"); `findings` make it uncertain.
    """

    block: int
    start: int
    end: int
    give: Give
    agent_words: str
    anchor: str = ""  # "transplant" | "cycle" | ""
    when: str = ""  # verbatim words of the condition that restricts it
    condition: Condition | None = None
    optional: bool = False
    inferred: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)
    cycles: Cycles | None = None
    basis: Basis = Basis.UNSTATED  # of the amount, as the words beside it state it
    fractions: int | None = None  # of a radiation dose
    lasting: int | None = None  # days of a stretch stated in months or years, which a line leaves as they are
    quote: str = ""  # the words, as they stand in the raw text
    raw: tuple[int, int] = (0, 0)  # raw half-open offsets of the quote
    doubts: tuple[str, ...] = ()  # why a person should look before this is used


@dataclass(frozen=True, slots=True)
class Purpose:
    """All that a text says beside administrations: objectives, endpoints, follow-up, allocation, remarks."""

    endpoints: tuple[Endpoint, ...]
    visits: tuple[Visits, ...]
    allocation: Allocation | None
    notes: tuple[Note, ...]
    arms: tuple[str, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The draft, what was found, and the coverage of the whole text (marks in order; only white space lies between)."""

    protocol: Protocol
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    coverage: tuple[Mark, ...]
    document: str = ""
    amounts: tuple[Mark, ...] = ()  # one for every number with a dosing unit: used, no dose, or unread
