"""Divisions of a trial by their names: "Arm A", "dose level 2", "the standard-dose group"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from posolog.reader.scope.label import Label

# Capitalised words before "group", "arm", "phase" that name none.
_NO_NAMES = "|".join(
    """
    In The This That These Those Each Every Both All For Of An One Two Three Four Our Single Any Either No At To
    With From On By Per Patient Patients FIGO Disease Study Chronic Acute Blast Accelerated Luteal Follicular
    Clinical Late Early Advanced During After Before Treatment-free Pilot Same Other Another
    """.split()
)
# "Arm A", "dose level 2", "phase II portion", "the standard-dose group": a noun of division with its name.
NAMED = re.compile(
    rf"""\b(?=[A-Za-ik-pr-t])(?:
            \b(?:(?:Treatment|Study|[Ee]xperimental|[Cc]ontrol|[Dd]ose)\s)?(?:
                 [Aa]rm|ARM|[Gg]roup|GROUP|[Cc]ohort|COHORT|[Ss]tratum|STRATUM|[Pp]art|PART|[Ss]tep|STEP|[Ss]chema
                 |[Rr]egimen|REGIMEN|[Ss]chedule|[Pp]hase|PHASE|[Ll]evel|LEVEL|[Bb]lock|[Ss]tage|[Oo]ption|OPTION
                 |[Ss]equence|[Ss]trategy|[Cc]hoice)s?\s
             (?:
                 [A-H]\d?\b(?!-\w)|I{{1,3}}\b|IV\b|V\b
                 |-?\d{{1,2}}[a-zA-Z]?\b(?!
                      \s?(?:years?|days?|weeks?|months?|patients|mg|study|studies|trial|clinical|-?fold)))
            |\b(?:
                 (?:
                     first|second|third|fourth|initial|subsequent|next|prophylactic|therapeutic|experimental|control
                     |standard|high-dose|low-dose|standard-dose|intervention|treatment|placebo|study
                     |(?:re-?)?induction|consolidation|maintenance|intensification|salvage|run-in|lead-in
                     |(?!(?:{_NO_NAMES})\b)[A-Z][A-Za-z0-9+/-]{{1,14}})\s
                 (?:use\s)?(?:cohort|group|arm|stage|phase|course))\b)""",
    re.X,
)
NAMES = frozenset(
    """
    arm arms group groups cohort cohorts stratum stratums part parts step steps schema schemas regimen regimens
    schedule schedules phase phases level levels block blocks stage stages option options
    sequence sequences strategy choice choices course
    """.split()
)
_INTO = re.compile(
    r"(?:In|During|For|On)(?:\sthe)?(?:\s(?:treatment|study))?"
)  # "In arm A, ...": it rules the sentences that follow
_AS_IN = re.compile(
    r"\b(?:as\sin|as\sfor|from|data\sof|after|same\sas|identical\sto|than\sin|compared\s(?:with|to))\s(?:the\s)?\Z",
    re.I,
)
_PHASE = re.compile(r"(?:study\s)?(?:phase|stage)s?\s", re.I)
_ROMAN_STAGE = re.compile(r"stages?\s(?:I{1,3}|IV)\Z", re.I)
_PORTION = re.compile(r"\s(?:component|portion|part)\b", re.I)  # "the phase I component"
_A_STUDY = re.compile(
    r"""(?:
            [\s,/-]+(?:[\w()/-]+[\s,]+){0,7}?(?:study|studies|trials?)\b
            |\s?(?:/|-|,\s(?:open|random|double|single|multi|non-|prospective|two|dose)))""",
    re.I | re.X,
)
_AN = re.compile(r"\b(?:an?|this|the\spresent|recommended|previous|earlier|prior|of)\s(?:[\w-]+[\s,]+){0,3}\Z", re.I)
_ARM = re.compile(r"(?:treatment\s)?(?:arm|group|cohort|stratum)\s", re.I)
_COLON = re.compile(r"\s?(?:\([^()]{0,40}\)\s?)?:\s")


def named(said: str, start: int) -> Iterator[Label]:
    """Divisions called by their names within a sentence that begins at `start`."""
    for match in NAMED.finditer(said):
        if match.group().endswith("course") and said[: match.start()].endswith(("of the ", "of a ", "of ")):
            continue  # "on day 1 of the first course of therapy" tells a time
        if _of_the_study(said, match) or _AS_IN.search(said, max(0, match.start() - 24), match.start()):
            continue
        opened = _ARM.match(match.group()) is not None and _COLON.match(said, match.end()) is not None
        lead = said[: match.start()].rstrip(" -–•*(")
        lasting = opened or not lead or lead.endswith(":") or _INTO.fullmatch(lead) is not None
        portion = _PORTION.match(said, match.end()) if _PHASE.match(match.group()) else None
        until = portion.end() if portion else match.end()
        yield Label(start + match.start(), start + until, said[match.start() : until], lasting)


def _of_the_study(said: str, match: re.Match[str]) -> bool:
    """ "A phase II trial", "stage III disease", "recommended phase II dose" divide nothing."""
    if not _PHASE.match(match.group()):
        return False
    if _ROMAN_STAGE.match(match.group()):
        return True
    before = said[max(0, match.start() - 40) : match.start()]
    return _A_STUDY.match(said, match.end()) is not None or _AN.search(before) is not None
