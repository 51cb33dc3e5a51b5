"""The drafts of one sentence, from its tokens: amounts, agents, schedules, what is no dose, what was left unread."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from posolog.protocol.model import Frequency
from posolog.reader.agents import Spotted, spot, with_defined
from posolog.reader.amounts import classes
from posolog.reader.amounts.levels import one_amount
from posolog.reader.attach.between import Between
from posolog.reader.attach.names import agents_of
from posolog.reader.attach.no_dose import set_aside
from posolog.reader.attach.pairing import Pairing
from posolog.reader.clauses import timed
from posolog.reader.clauses.beside import not_taken, unread
from posolog.reader.clauses.not_given import without_others
from posolog.reader.drafts import EMPTY, Draft, Sentence
from posolog.reader.tokens.amounts import amounts
from posolog.reader.tokens.cues import words_in
from posolog.reader.tokens.schedule import schedule
from posolog.reader.tokens.token import Token

NOBODY: Mapping[str, Spotted] = MappingProxyType({})
# The gates below spare a sentence the longer work; they are wide, and decide nothing.
_RHYTHMS = frozenset(
    """
    rest taper tapers tapered tapering daily weekly once twice every each fortnightly monthly single day days weekdays
    week weeks jour jours cycle cycles course courses dose doses infusions injections b bi bid qd tid
    """.split()
)
_NUMBER = re.compile(r"[0-9]")
_WORTH = re.compile(
    r"""\b[Rr]est\b | \b[Tt]aper
      | \b(?: daily | weekly | once | twice | every | each | fortnightly | monthly | single\ dose )\b
      | (?: days | weeks | cycles | courses | doses | infusions | injections )\b""",
    re.X,
)
_TIMED = re.compile(
    r"""\b(?: [Dd]ays? | DAYS? | [Jj]ours? | [Rr]est | REST | [Tt]aper\w* | [Dd]oses? | [Ii]njections | [Ii]nfusions
            | [Cc]ycles? | [Cc]ourses? | [Dd]aily | [Ww]eek(?:s|ly)? | [Ee]very | [Tt]wice
            | BID | QD | TID | b\.?i\.?d )\b    """,
    re.X,
)
_NUMBERED = re.compile(r"[DJdq](?:(?<!q)\s?[-+−–]?\s?[0-9]|(?<=\bq)\s?\d)")
# What a sentence without agents may say: "Dosing is on days 1 and 8", "It is given weekly".
_FRAME = re.compile(
    r"""cycle|course|repeat|\brest|taper|regimen|combination|graft|dosing|infusions\ |injections[ ]
        |^\W{0,3}(?:(?:the|this|these|both|all|study|each|two|three|oral|intravenous)\ ){0,3}(?:
             it|they|both|treatments?|therapy|chemotherapy|doses?|drugs?|agents?|medications?|infusions?|injections?
             |schedule|administrations?|tablets?|capsules?
             |patients\ (?:will\ )?(?:be\ |receive\ |are\ )(?:treat|dos))""",
    re.X,
)
_EVERY_HOURS = re.compile(r"/\s?(\d{1,2})\s?h(?:ours?|rs?)?\Z")


def read_sentence(
    text: str,
    start: int,
    end: int,
    *,
    before: Callable[[], Spotted | None] = lambda: None,
    defined: Mapping[str, Spotted] = NOBODY,
) -> Sentence:
    """The administrations of text[start:end]; `before` finds the agent that the sentences before were about.

    `defined` are the abbreviations that the whole text gives its agents.
    """
    rhythmic = not _RHYTHMS.isdisjoint(words_in(text[start:end]))
    if not _NUMBER.search(text, start, end) and not (rhythmic and _WORTH.search(text, start, end)):
        return EMPTY
    doses = amounts(text, start, end)
    dated = doses or _NUMBERED.search(text, start, end) or (rhythmic and _TIMED.search(text, start, end))
    if not dated:
        return EMPTY
    named = with_defined(text, start, end, spot(text, start, end), defined)
    if not doses and not named and not _FRAME.search(text[start:end].lower()):
        return EMPTY
    rest = _schedule(text, start, end, doses)
    if not doses and not rest:
        return EMPTY
    rest = sorted([*rest, *_hourly(text, doses)], key=lambda t: t.start)
    agents = agents_of(text, [a for a in named if not _overlaps(a, doses)], rest)
    return _sentence(Between(text, start, end, agents, rest), doses, before)


def _sentence(between: Between, doses: list[Token], before: Callable[[], Spotted | None]) -> Sentence:
    """Pairs amounts with agents, then hands out the schedules."""
    text, start, end, agents = between.text, between.start, between.end, between.agents
    doses, no_dose = set_aside(text, start, doses, between.rest)
    drafts, unplaced = Pairing(between, before).pair([t for t in doses if t.kind == "amount"])
    drafts, same = one_amount(text, drafts)
    rest = _without_parts(_without_changes(between.rest, no_dose), same)
    no_doses = [token for token, _ in no_dose]
    drafts = timed(text, start, end, drafts, rest, agents, [t for t in doses if t.kind != "amount"], no_doses)
    for draft in drafts if unplaced else ():
        draft.doubts.append("another amount of the sentence could not be placed")
    unread(text, start, end, drafts, [*doses, *rest, *no_doses])
    not_taken(text, start, end, drafts, rest)
    left = _left_over(drafts, doses)
    return Sentence(
        tuple(drafts),
        (*no_dose, *same, *((t, classes.TOTAL) for t in left if t.kind == "total amount")),
        tuple(unplaced),
        tuple(sorted([*doses, *rest], key=lambda t: t.start)),
        tuple(agents),
        tuple((agent, t) for t in left if t.kind == "cap amount" and (agent := _capped(text, agents, t))),
    )


def _overlaps(place: Spotted | Token, tokens: list[Token]) -> bool:
    return any(token.start < place.end and place.start < token.end for token in tokens)


def _schedule(text: str, start: int, end: int, doses: list[Token]) -> list[Token]:
    """The schedule tokens of the sentence that are no part of an amount."""
    ends = frozenset(token.end for token in doses)
    found = [token for token in schedule(text, start, end, ends) if not _overlaps(token, doses)]
    return without_others(text, start, found)[0]


def _hourly(text: str, doses: list[Token]) -> list[Token]:
    """ "1 g/m2/12 h" and "25 mg/daily" say how often, too."""
    found = [(t, m) for t in doses if (m := _EVERY_HOURS.search(text[t.start : t.end])) and m[1] != "24"]
    hours = [Token("every", t.end - 1, t.end, (Frequency(1, Decimal(m[1]), "hour"), None)) for t, m in found]
    daily = [t.end for t in doses if text[t.end - 6 : t.end].lower() == "/daily"]
    return [*hours, *(Token("times", end - 5, end, Frequency(1, Decimal(1), "day")) for end in daily)]


def _without_parts(rest: list[Token], same: list[tuple[Token, str]]) -> list[Token]:
    """ "600 mg (2 doses of 300 mg)": the count belongs to the part, and is no count of the statement."""
    parts = [token.start for token, why in same if why == classes.PART]
    return [t for t in rest if t.kind != "doses" or not any(0 <= at - t.end <= 3 for at in parts)]


def _without_changes(rest: list[Token], no_dose: list[tuple[Token, str]]) -> list[Token]:
    """ "then reduced by 10 mg every 3 days": the rhythm is that of the change, and of no dose."""
    ends = [token.end for token, why in no_dose if why == classes.REDUCTION]
    return [t for t in rest if t.kind not in ("every", "times") or not any(0 <= t.start - at <= 2 for at in ends)]


def _left_over(drafts: list[Draft], doses: list[Token]) -> list[Token]:
    """Caps and totals that no draft has taken."""
    used = {id(token) for draft in drafts for token in draft.tokens}
    return [token for token in doses if token.kind != "amount" and id(token) not in used]


def _capped(text: str, agents: list[Spotted], token: Token) -> Spotted | None:
    """The agent right behind a cap ("the top dose of 300 mg X"), else the last one before it."""
    behind = (a for a in agents if text[token.end : a.start] in (" ", " of ") and a.start > token.end)
    return next(behind, None) or _last(agents, token.start)


def _last(agents: list[Spotted], position: int) -> Spotted | None:
    return next((a for a in reversed(agents) if a.end <= position), None)
