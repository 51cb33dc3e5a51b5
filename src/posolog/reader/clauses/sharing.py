"""What closes a coordinated list is shared with the members that say nothing of their own.

"A 1 mg and B 2 mg on days 1-5 every 21 days": both have the days and the cycle. "twice daily", counts of doses and what
stands in a bracket are the last member's alone.
"""

from __future__ import annotations

import re
from itertools import pairwise

from posolog.protocol.model import Basis
from posolog.reader.clauses.core import Core
from posolog.reader.clauses.kinds import PLACED, STRETCHES, skips_days, turns_with_cycle
from posolog.reader.drafts import Draft
from posolog.reader.tokens.cues import words_in
from posolog.reader.tokens.token import Token

# Words that stand between the members of a list: "A 1 mg (oral) and, in combination, B".
_LIST_WORD = r"""
    , | ; | / | \+ | & | \) | \(
  | \band\b | \bplus\b | \bwith\b | \bor\b | \bfollowed\sby\b | \bthen\b | \band/or\b
  | \bin\scombination\b | \bcombined\b | \bconcurrent(?:ly)?\b | \bas\swell\sas\b | \btogether\b | \bboth\b
  | \bgiven\b | \boral\b | \borally\b | \bintravenous\b | \bIV\b | \bat\b | \ba\b | \bdose\b | \bof\b | \bdaily\b
  | \bcontinuous\sinfusion\b | \bbolus\b | \binfusional\b
"""
_LIST_WORDS = frozenset(
    """
    and plus with or followed by then in combination combined concurrent concurrently as well together both given oral
    orally intravenous iv at a dose of daily continuous infusion bolus infusional
    """.split()
)
_BRACKET = r"\([^()]{0,60}\) | \[[^\]]{0,40}\]"
_LIST = re.compile(rf"(?: \s? (?: {_BRACKET} )? \s? (?: {_LIST_WORD} )? \s? ){{0,8}} \Z", re.I | re.X)
_PLAIN_LIST = re.compile(
    r"\s?(?:\([^()]{0,40}\)\s?)?(?:,|\+|&|/|,?\s?\b(?:and|plus)\b)(?:\s(?:oral|intravenous|IV))?\s?\Z", re.I
)
_NEW_STEP = re.compile(r"\bfollowed\b|\bthen\b")
_IN_ADDITION = re.compile(r"\b(?:in\saddition\sto|on\stop\sof|besides|added\sto)\s[^.;]*\Z", re.I)
_OR_PLACEBO = re.compile(
    r"[\s)\]]{0,3},?\s?(?:or|versus|vs\.?|compared\s(?:to|with)|and)\s(?:an?\s|the\s)?(?:\w+\s)?\Z", re.I
)
_EITHER = re.compile(r"\bor\b", re.I)
_OF_ALL = re.compile(r"\b(?:both|each|all)\b")
_INFUSED = "whether it has the days of the continuous infusion after it"


def share(text: str, cores: list[Core]) -> None:
    """Shares from the last member of each list to the first."""
    for left, right in reversed(list(pairwise(cores))):
        gap = text[max(left.last, left.end) : right.start]
        if right.draft.agent.name == "placebo" and _OR_PLACEBO.fullmatch(gap):
            _share_with_placebo(left.draft, right, either=_EITHER.search(gap) is not None)
        if not _one_list(gap, left, right):
            continue
        own, theirs = left.draft, right.draft
        if own.amount is None and _IN_ADDITION.search(text[max(0, left.start - 60) : left.start]):
            continue
        if not own.has(*PLACED) and theirs.has(*PLACED):
            of_all = _OF_ALL.search(text[right.end : right.last]) is not None or gap.strip() == "/"
            _share_schedule(text, own, right, of_all=of_all)
        elif own.has("times") and theirs.has("times") and not own.has(*STRETCHES):
            _share_length(text, own, right)
        elif own.has("days", "for") and not own.has("every", "rest", "weeksonoff", "dayspercycle") and not _length(own):
            own.tokens += [t for t in theirs.tokens if turns_with_cycle(t) and t.start >= right.end]


def _length(draft: Draft) -> bool:
    """Its own words say how long its cycles are; "six cycles of X" leaves that open."""
    return any(t.kind == "cycles" and isinstance(t.value, tuple) and t.value[1] for t in draft.tokens)


def _share_with_placebo(own: Draft, right: Core, *, either: bool) -> None:
    """ "X 10 mg daily or placebo for 12 months": both for as long; "X 10 mg or placebo orally BID": both so."""
    kinds = ["for", "days", "weeks", "until", "cycles", "open"]
    if own.amount is None or right.draft.amount is not None or own.has("doses", *kinds):
        return
    if either and not own.has(*PLACED, "route", "infusion"):
        kinds += ["times", "every", "doses", "route", "infusion", "continuous", "bolus", "dayspercycle", "weeksonoff"]
    own.tokens += [t for t in right.draft.tokens if t.kind in kinds and t.start >= right.end]


def _one_list(gap: str, left: Core, right: Core) -> bool:
    """Two members of one list: only the words of a list between them, and no step of one agent."""
    bare = "(" not in gap and "[" not in gap
    if len(gap) > 90 or not gap.strip() or (bare and not words_in(gap) <= _LIST_WORDS):
        return False
    if not _LIST.match(gap) or _NEW_STEP.search(gap):
        return False
    if (left.tentative or right.tentative) and not _PLAIN_LIST.match(gap):
        return False
    return left.draft.amount is not None or left.draft.agent.name != right.draft.agent.name


def _share_schedule(text: str, own: Draft, right: Core, *, of_all: bool) -> None:
    """The schedule that stands behind the last member; `of_all` where it is said of both, each or all."""
    theirs = right.draft
    daily = own.amount is not None and own.amount.basis is Basis.DAY
    shared = [
        token
        for token in theirs.tokens
        if not (daily and skips_days(token))
        and (of_all or _shareable(token))
        and token.start >= right.start
        and not right.brackets(text, token)
    ]
    if not shared:
        return
    own.tokens += shared
    own.inferred.append("schedule: shared with the agent after it")
    own.tokens += [token for token in theirs.tokens if _given_so(text, right, token) and not own.has(token.kind)]
    infused = theirs.has("continuous") and not own.has("continuous")
    if infused or _INFUSED in theirs.doubts:
        own.doubts.append(_INFUSED)


_VERB = re.compile(r"\b(?:are|were|is|be)\s(?:all\s|both\s|each\s)?(?:given|administered|infused|injected|delivered)\b")


def _given_so(text: str, right: Core, token: Token) -> bool:
    """ "A and B are given intravenously over 2 hours on day 1": how both are given."""
    how = token.kind in ("route", "infusion")
    return how and token.start >= right.end and _VERB.search(text[right.end : token.end]) is not None


def _share_length(text: str, own: Draft, right: Core) -> None:
    """ "A 1 mg twice daily and B 2 mg twice daily for 5 days"."""
    tokens = right.draft.tokens
    lasts = [t for t in tokens if t.kind == "for" and t.start >= right.end and not right.brackets(text, t)]
    own.tokens += lasts
    own.inferred += ["how long: shared with the agent after it"] if lasts else []


def _shareable(token: Token) -> bool:
    """Days, stretches and cycles of a list are its members'; "twice daily" and "6 doses" are the last one's alone."""
    if token.kind == "times":
        return getattr(token.value, "count", 2) == 1
    more = ("open", "incycle", "until", "cycles", "rest", "taper")
    return token.kind in (*PLACED, *more) and token.kind != "doses"
