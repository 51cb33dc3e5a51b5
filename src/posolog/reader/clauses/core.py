"""A draft with its place in the sentence: an amount with its agent, or an agent alone that may turn out to be given."""

from __future__ import annotations

from dataclasses import dataclass

from posolog.reader.agents import Spotted
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token


@dataclass(slots=True)
class Core:
    """A statement with its place; `tentative` where an agent stands alone."""

    draft: Draft
    start: int
    end: int
    last: int  # end of what has been attached so far
    tentative: bool

    def put(self, token: Token, *, first: bool = False) -> None:
        """Attaches the token; `first` where it stands before the statement that it belongs to."""
        self.draft.tokens.append(token)
        self.draft.start = min(self.draft.start, token.start)
        self.draft.end = max(self.draft.end, token.end)
        if not first:
            self.last = max(self.last, token.end)

    def brackets(self, text: str, token: Token) -> bool:
        """The token stands in a bracket of the statement: "B (400 mg twice daily)"."""
        lead = text[self.start : token.start]
        return lead.count("(") > lead.count(")")


def cores_of(drafts: list[Draft], agents: list[Spotted]) -> list[Core]:
    """The drafts, and the agents that no draft has, in the order of the text."""
    cores = [_of_draft(draft, drafts) for draft in drafts]
    taken = {draft.agent.start for draft in drafts}
    spans = [(core.start, core.end) for core in cores]
    for agent in agents:
        sure = not agent.weak or agent.name == "placebo" or agent.words == "MP"
        if sure and agent.start not in taken and not any(a <= agent.start < b for a, b in spans):
            alone = Draft(agent, None, agent.start, agent.end, at=(agent.start, agent.end))
            cores.append(Core(alone, agent.start, agent.end, agent.end, True))
    return sorted(cores, key=lambda core: core.start)


def _of_draft(draft: Draft, drafts: list[Draft]) -> Core:
    """From the agent or the amount on; from the amount alone where the agent has an earlier one."""
    spanned = draft.how in ("left", "right", "far")
    start = min(draft.at[0], draft.agent.start) if spanned else draft.at[0]
    if any(d is not draft and d.agent.start == draft.agent.start and d.at[0] < draft.at[0] for d in drafts):
        start = draft.at[0]
    end = max(draft.at[1], draft.agent.end if draft.how == "right" else 0)
    return Core(draft, start, end, end, False)
