"""Whether an agent without an amount is given: it has a schedule, and the words speak of giving, not of measuring."""

from __future__ import annotations

import re

from posolog.reader.clauses.core import Core
from posolog.reader.clauses.kinds import PLACED, days_of
from posolog.reader.tokens.token import Token

_MEASURED = re.compile(
    r"""\b(?: measured | assess(?:ed|ments?) | monitor(?:ed|ing) | collected | evaluat(?:ed|ions?)
            | sampl(?:ed|es|ing) | samples | levels? | determined | concentrations? | pharmacokinetics? | PK
            | scans? | imaging | biops(?:y|ies) | visits? | response )\b""",
    re.I | re.X,
)
_GIVES = re.compile(
    r"""\b(?: receiv(?:e|es|ed|ing) | administ(?:ered|ration) | given | (?:re-?)?infus(?:ed|ion|ions)
            | inject(?:ed|ion|ions) | treated | commenc(?:e|es|ed|ing) | start(?:s|ed|ing)? | begin(?:s|ning)?
            | initiated | continu(?:e|es|ed|ing) | take | taken
            | undergo | consist(?:s|ing)? | dos(?:e|es|ed|ing) | orally | IV | PO | SC | intravenously
            | subcutaneously | plus | prophylaxis | includes? | including | add(?:ed|ition) | repeat\w* | maintenance
            | therapy | treatment | deliver\w* | use[ds]? | apply | applied | perform\w* )\b""",
    re.X,
)
# "the efficacy of X", "72 hours after completion of X", "cohorts not naive to X": X is spoken of, not given.
_SPOKEN_OF = r"""
    levels? | concentrations? | pharmacokinetics | effects? | efficacy | safety | activity | toxicity | role | use
  | benefits? | tolerability | MTD | half-life | metabolism | clearance | AUC | disposition | addition | combination
  | dose | doses | course | courses | cycles? | discontinuation | administration | initiation | cessation
  | completion | end | start | day | infusion | injection
"""
_NOT_GIVEN = re.compile(
    rf"""(?: \bafter | \bbefore | prior\sto | \bfollowing | \bsince | \bbetween | \bwhile | \bduring | \bfrom
           | previous(?:ly)? | history\sof | exposure\sto | last
           | \b(?:who | ha(?:ve | d | s | ving) | already | not) \s (?:\w+\s)? received | prior | candidates\sfor
           | if\s(?:given|taken)\swith
           | \b(?:expanded | cultured | incubated | stimulated | grown | activated)\s(?:in|with)
           | respon(?:se|d|ded)\sto | resistan(?:t|ce)\sto | refractory\sto | failed
           | intoleran(?:t|ce)\sto | allergic\sto | not\sreceive | naive\sto
           | (?: {_SPOKEN_OF} )\sof
           | versus | \bthan | \bon | \bwithout | instead\sof | compared\s(?:to|with) | if | \bany | anti | \bno\b
           | \bto\seither )
         \s? (?: the\s | last\s | first\s | second\s | study\s | their\s | \w+\s )? $""",
    re.I | re.X,
)
_GIVING_OF = re.compile(
    r"(?:dose|doses|course|courses|cycles?|infusions?|injections?|administration)\sof\s?(?:the\s|\w+\s)?$"
    r"|\b(?:receiv\w+|given|treated\swith|administered)\s(?:an?\s|the\s)?combination\sof\s(?:the\s|\w+\s)?$",
    re.I,
)
_CERTAIN_ONE = re.compile(
    r"""(?: last | first | final | after | before | prior\sto | following ) \s (?:\w+\s){0,2}
        (?: dose | infusion | injection | cycle | course | administration )""",
    re.I | re.X,
)
_STOPPED = re.compile(
    r"""\b(?: will | may | can | should | must | is | are | was | were )\s
        (?: be\s | then\s | gradually\s | not\s ){0,3}
        (?: lowered | reduced | decreased | stopped | discontinued | withheld | held | interrupted | tapered
          | delayed | omitted | restarted | resumed )\b""",
    re.I | re.X,
)
_NOT = re.compile(r"\bnot\b|\bwithout\b")
_GRAFTS = re.compile(r"graft|transplant|stem cell infusion", re.I)


def _by_the_way(token: Token) -> bool:
    """ "one dose of X", "X every 3 months": too little to say by itself that X is given."""
    frequency = token.value[0] if token.kind == "every" and isinstance(token.value, tuple) else None
    return getattr(frequency, "unit", "") == "month" or (token.kind == "doses" and token.words.startswith("one "))


def given(text: str, start: int, end: int, core: Core, cores: list[Core]) -> bool:
    """An agent without an amount is given when it has a schedule, and the words speak of giving."""
    agent = core.draft.agent
    tapered = min((t.start for t in core.draft.tokens if t.kind == "taper"), default=end)
    own = [t for t in core.draft.tokens if t.kind in PLACED and not _by_the_way(t) and t.start < tapered]
    if not own or (tapered < end and not any(t.kind in ("days", "times", "every") for t in own)):
        return False  # "tapering X between days 35 and 56"; but "X on days 0 to 40 followed by a taper" is given
    if _GRAFTS.search(agent.name) and not any(days_of(t) & {0, 1} for t in own):
        return False
    if _only_spoken_of(text[max(start, agent.start - 40) : agent.start]):
        return False
    first, last = min(own, key=lambda t: abs(t.start - agent.end)), max(t.end for t in own)
    near = text[agent.end : first.start] + " " + text[last : last + 24]
    if _MEASURED.search(near) or _NOT.search(near):
        return False
    if _STOPPED.search(text, agent.end, min(end, agent.end + 70)):
        return False
    direct = 0 <= first.start - agent.end <= 4
    return direct or any(c.draft.amount is not None for c in cores) or _GIVES.search(text, start, end) is not None


def _only_spoken_of(lead: str) -> bool:
    """ "the efficacy of X", "after the last dose of X"; but "2 doses of X" gives it."""
    if not _NOT_GIVEN.search(lead):
        return False
    return not _GIVING_OF.search(lead) or _CERTAIN_ONE.search(lead) is not None


def had_amount(core: Core, cores: list[Core], no_doses: list[Token]) -> bool:
    """An agent whose amount is no dose has no schedule of this trial either."""
    after = min((c.start for c in cores if c.start > core.start), default=10**9)
    return any(core.start - 30 <= token.start < min(after, core.end + 80) for token in no_doses)
