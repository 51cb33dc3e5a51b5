"""The steps from the drafts of a sentence and its schedule tokens to drafts that say when they are given."""

from __future__ import annotations

from itertools import pairwise

from posolog.reader.agents import Spotted
from posolog.reader.clauses.allot import allot
from posolog.reader.clauses.basis import told_basis
from posolog.reader.clauses.core import Core, cores_of
from posolog.reader.clauses.doubts import doubts_of
from posolog.reader.clauses.given import given, had_amount
from posolog.reader.clauses.leading import clause_wide
from posolog.reader.clauses.opening import begins, numbered_days
from posolog.reader.clauses.sharing import share
from posolog.reader.clauses.steps import steps
from posolog.reader.clauses.sums import levels, stated_total, sums
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token


def timed(
    text: str, start: int, end: int, drafts: list[Draft], rest: list[Token], agents: list[Spotted], others: list[Token],
    no_doses: list[Token],
) -> list[Draft]:  # fmt: skip
    """The drafts with their schedules; agents that have a schedule but no amount are drafts too.

    `rest` are schedule tokens, `others` caps and totals, `no_doses` amounts that have been set aside.
    """
    cores = _scheduled(text, start, cores_of(drafts, agents), sorted([*rest, *others], key=lambda t: t.start))
    found = [
        core.draft
        for core in cores
        if not core.tentative or (given(text, start, end, core, cores) and not had_amount(core, cores, no_doses))
    ]
    for draft in found:
        told_basis(text, draft)
        draft.doubts += doubts_of(text, draft)
    return sorted(found, key=lambda draft: draft.start)


def _scheduled(text: str, start: int, cores: list[Core], tokens: list[Token]) -> list[Core]:
    """The order matters: each token has its place before steps are cut, and each step before lists share."""
    leading: list[Token] = []
    for token in tokens:
        allot(text, token, cores, leading)
    numbered_days(text, cores)
    for core in cores:
        stated_total(text, core)
        begins(text, start, core)
    cores = steps(text, cores)
    clause_wide(text, cores, leading)
    cores = sums(text, levels(text, cores))
    share(text, cores)
    for left, right in pairwise(cores):
        if right.draft.agent.start == left.draft.agent.start:
            _same_infusion(left.draft, right.draft)
    return cores


def _same_infusion(left: Draft, right: Draft) -> None:
    """A further amount of the same agent is given as the one before it: by the same route, as long an infusion."""
    if left.has("route") and not right.has("route"):
        right.tokens += [t for t in left.tokens if t.kind == "route"]
    if left.has("continuous") and not right.has("continuous"):
        right.tokens += [t for t in left.tokens if t.kind == "continuous"]
        right.inferred.append("continuous infusion: as in the step before")
