"""What reading a text gives: a draft protocol, findings, and what became of every character."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

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
    monthly: int | None = None  # days between administrations stated in months, which a line leaves as they are
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
class Drafted:
    """The draft protocol, what was found, and the coverage of the whole text (in order; only white space between)."""

    protocol: Protocol
    findings: tuple[Finding, ...]
    coverage: tuple[Mark, ...]
    amounts: tuple[Mark, ...]  # one for every number with a dosing unit: used, no dose, or unread


@dataclass(frozen=True, eq=False)
class ReadResult:
    """What a text says. All but the statements is made when first asked for: many texts are read for these alone."""

    statements: tuple[Statement, ...]
    document: str
    draft: Callable[[], Drafted] = field(repr=False)

    @cached_property
    def drafted(self) -> Drafted:
        return self.draft()

    def revised(self, change: Callable[[Drafted], Drafted]) -> ReadResult:
        """The result with its draft changed, once that is asked for."""
        return replace(self, draft=lambda: change(self.drafted))

    @property
    def protocol(self) -> Protocol:
        return self.drafted.protocol

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.drafted.findings

    @property
    def coverage(self) -> tuple[Mark, ...]:
        return self.drafted.coverage

    @property
    def amounts(self) -> tuple[Mark, ...]:
        return self.drafted.amounts
