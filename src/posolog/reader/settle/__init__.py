"""What only the whole text can settle: which study a sentence tells of, which dose is told twice, whose cycles count.

Sentences are read one by one; then, over the whole text, doses of earlier studies are set aside, an amount and a
schedule of one agent that stand apart are joined, plain restatements are left out, and cycle lengths reach the lines
they rule.

    told.py        one sentence, read
    background.py  sentences of earlier studies are background
    whose_study.py  whether a sentence tells of another study or of this trial
    study_cues.py  the words that tell it
    usual.py       doses told of a drug in general
    restated.py    a restatement is left out; a listing for another arm is none
    listings.py    which doses told twice are listings for other patients or another phase
    joining.py     amount and schedule that stand apart, steps of one escalation, caps said later
    columns.py     the rows of a day column are one statement
    compare.py     what two drafts say alike
    apart.py       times said without an agent; the one route of an agent
    for_some.py    another amount for some patients has the times of the amount it stands for
    cycles.py      cycle lengths and counts said for the treatment as a whole reach its lines
    phases.py    which phase of the treatment a sentence is about
    whose_cycles.py  whether they are those of the whole treatment
"""

from __future__ import annotations

from posolog.reader.agents import Spotted
from posolog.reader.drafts import Draft
from posolog.reader.settle.apart import hand_over, one_route
from posolog.reader.settle.background import backgrounds
from posolog.reader.settle.compare import same_agent
from posolog.reader.settle.cycles import spread_cycles
from posolog.reader.settle.for_some import times_of_replaced
from posolog.reader.settle.joining import late_cap, listed_levels, lone_cap
from posolog.reader.settle.levels_told import doubt_of_levels, doubt_one_level
from posolog.reader.settle.restated import place
from posolog.reader.settle.told import Told
from posolog.reader.tokens.token import Token

__all__ = ["Told", "settle"]


def settle(told: list[Told]) -> None:
    """Settles the drafts of all sentences in place: `kept` is False where one is background, joined or restated."""
    for one in told:
        one.drafts = list(one.found.drafts)
        one.aside = list(one.found.not_doses)
    backgrounds(told)
    kept: list[tuple[Told, Draft]] = []
    caps: list[tuple[Told, Spotted, Token]] = []
    for one in told:
        if one.background:
            continue
        for draft in [draft for draft in one.drafts if draft.kept]:
            place(one, draft, kept)
        caps += [(one, agent, token) for agent, token in one.found.caps if not late_cap(agent.name, token, kept)]
    for one, agent, token in caps:
        alone = None if late_cap(agent.name, token, kept) else lone_cap(one, agent, token)
        if alone is not None:
            one.drafts.append(alone)
            kept.append((one, alone))
    listed_levels(kept)
    _thin([draft for _, draft in kept if draft.kept])
    for one, draft in kept:
        if draft.kept and (doubt := doubt_of_levels(one, draft)):
            draft.doubts.append(doubt)
    lines = [(one, draft) for one, draft in kept if draft.kept]
    hand_over(told, lines)
    one_route(told, lines)
    times_of_replaced(lines)
    spread_cycles(told, lines)
    doubt_one_level([draft for _, draft in lines])


def _thin(kept: list[Draft]) -> None:
    """ "cohorts of carfilzomib weekly", "4 doses of X": no line of its own beside a fuller one of the same agent."""
    told_days = ("days", "weeks", "dayspercycle", "weeksonoff")
    thin = [draft for draft in kept if draft.amount is None and not draft.has(*told_days)]
    fuller = [draft for draft in kept if draft not in thin]
    for index, draft in enumerate(thin):
        draft.kept = not any(same_agent(other, draft) for other in (*fuller, *thin[:index]))
