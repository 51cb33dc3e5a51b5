"""Times and routes that a sentence without an agent, or another sentence on the same agent, says.

"X 10 mg/m2. Dosing will occur on days 1 and 8 of each cycle": the days are X's, in doubt. "X is given orally. X 20 mg":
X is oral, unless the text has two routes for it.
"""

from __future__ import annotations

import re

from posolog.reader.clauses import PLACED
from posolog.reader.drafts import Draft
from posolog.reader.settle.compare import same_agent
from posolog.reader.settle.told import Told
from posolog.reader.tokens.token import Token

_APART = "amount and schedule stand in different sentences"
_WHEN = ("days", "every", "times", "weeks", "dayspercycle", "weeksonoff")
_OWN_TIME = (*(kind for kind in PLACED if kind != "times"), "weeks", "cycles", "open")
_WITH = (*PLACED, "open", "until", "cycles", "infusion", "continuous", "bolus", "route")
# "Dosing is on days 1 and 8", "Infusions are given weekly", "It is administered every 3 weeks".
_DOSING = re.compile(
    r"""^\W{0,3}(?:dosing\s|treatment\s)?schedule\s?:
      | ^\W{0,3}an?\s[^.;]{0,50}\bschedule\b
      | ^\W{0,3}(?: (?:the|this|these|both|all|study|each|two|three|oral|intravenous|subcutaneous)\s ){0,3}
        (?: dos(?:e|es|ing) | infusions? | injections? | drugs? | agents? | administrations? | treatments? | therapy
          | medications? | it | they | both | tablets? | capsules? | chemotherapy | combination | schedule | regimen
          | patients\s(?:will\s)?(?:receive|(?:be|are)\s(?:dosed|treated|given)) )\b
        [^.;:]{0,50}?
        \b(?: on | every | each | once | twice | given | administered | will\sbe | is | are | for | in )\b""",
    re.I | re.X,
)
_CHECKED = re.compile(
    r"""\b(?: assess\w* | evaluat\w* | monitor\w* | follow\w* | visits? | scans? | imaging | sampl\w* | biops\w*
            | measur\w* | reduc\w* | delay\w* | modif\w* | escalat\w* | toxicit\w* | respon\w* | observ\w*
            | collect\w* | examin\w* | test\w* | DLT | questionnaire | discontinu\w* | interrupt\w* | withh\w* )\b""",
    re.I | re.X,
)


def hand_over(told: list[Told], kept: list[tuple[Told, Draft]]) -> None:
    """Gives times said without an agent to the lines of the sentence before that have none."""
    for index, one in enumerate(told):
        tokens = _of_dosing(one)
        if not tokens:
            continue
        for before in reversed(told[max(0, index - 2) : index]):
            lines = [draft for there, draft in kept if there is before and draft.amount is not None]
            if before.block != one.block or before.background or lines:
                _take(lines, tokens)
                break


def _of_dosing(one: Told) -> list[Token]:
    """The times of a sentence that speaks of giving, without amount and agent."""
    if one.background or one.drafts or one.claimed or _names(one) or one.found.not_doses or one.found.unplaced:
        return []
    tokens = [token for token in one.found.tokens if token.kind in _WITH]
    if not any(token.kind in _WHEN for token in tokens):
        return []
    return tokens if _DOSING.search(one.words) and not _CHECKED.search(one.words) else []


def _names(one: Told) -> bool:
    """An agent of a list; "study drug" and "chemotherapy" are none."""
    return any(not agent.weak for agent in one.found.agents)


def _take(lines: list[Draft], tokens: list[Token]) -> None:
    """A line that has no time of its own takes all; it is in doubt."""
    for draft in lines:
        on_off = [token for token in tokens if token.kind in ("weeksonoff", "dayspercycle")]
        if draft.has(*_OWN_TIME) or (draft.has("times") and not on_off):
            continue
        draft.tokens += [token for token in tokens if not draft.has(token.kind)]
        draft.inferred.append(_APART)
        draft.doubts.append(_APART)


def one_route(told: list[Told], kept: list[tuple[Told, Draft]]) -> None:
    """The one route told of an agent apart from its amounts, on its lines that name none."""
    ours = [(one, token) for one in told if not one.background for token in _routes(one)]
    said = [(agent, token) for one, token in ours if (agent := _of(one, token))]
    for _, draft in kept if said else ():
        if draft.has("route") or draft.amount is None or draft.amount.unit.kind == "absorbed dose":
            continue
        routes = [token for agent, token in said if same_agent(agent, draft)]
        if len({token.value for token in routes}) == 1:
            draft.tokens.append(routes[0])
            draft.inferred.append("route: told of the agent elsewhere")


def _routes(one: Told) -> list[Token]:
    """ "X will be administered orally": routes of a sentence with one agent and without an amount."""
    if len({agent.name for agent in one.found.agents}) != 1 or any(draft.amount for draft in one.found.drafts):
        return []
    return [token for token in one.found.tokens if token.kind == "route"]


def _of(one: Told, token: Token) -> Draft | None:
    """The sentence's agent, where the route stands beside it."""
    agent = one.found.agents[0]
    near = -60 < token.start - agent.end < 60 or 0 <= agent.start - token.end < 3
    return Draft(agent, None, agent.start, agent.end) if near else None
