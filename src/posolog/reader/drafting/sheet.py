"""What has been drafted so far, and the sentence at hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from posolog.core.finding import Finding
from posolog.reader.drafting.parts import DraftPart
from posolog.reader.drafts import Sentence
from posolog.reader.model import Claim, State, Statement
from posolog.reader.scope.conditions import ConditionWords
from posolog.reader.settle import Told
from posolog.reader.tokens.blocks import Block


@dataclass(slots=True)
class Sheet:
    """The draft of a text: what was dealt with becomes a claim, what could not be placed a finding."""

    blocks: tuple[Block, ...]
    told: list[Told]
    parts: dict[str, DraftPart] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    arm: str = ""  # the arm that the sentences before were about
    titles: set[int] = field(default_factory=set)  # blocks whose words name a part

    def claim(self, block: Block, start: int, end: int, state: State, reason: str) -> None:
        self.claims.append(Claim(block.index, start, end, state, reason))


@dataclass(frozen=True, slots=True)
class Here:
    """A sentence in its block, with the conditions that its words state."""

    block: Block
    told: Told
    conditions: list[ConditionWords]

    @property
    def text(self) -> str:
        return self.block.text

    @property
    def start(self) -> int:
        return self.told.start

    @property
    def end(self) -> int:
        return self.told.end

    @property
    def found(self) -> Sentence:
        return self.told.found

    @property
    def place(self) -> tuple[int, int, int]:
        """Block, start and end: the words of a line that the whole sentence states."""
        return self.block.index, self.told.start, self.told.end
