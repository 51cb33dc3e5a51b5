"""Sentences of an earlier study, and what is told of it in the past tense right after, are background."""

from __future__ import annotations

import re

from posolog.reader.amounts import classes
from posolog.reader.drafts import Draft
from posolog.reader.settle import whose_study
from posolog.reader.settle.told import Told
from posolog.reader.settle.usual import another_from, eligible_until, general
from posolog.reader.tokens.token import Token

# "Drug: X ...", "Experimental: ...", "Arm A Participants received ...": a record's arm or intervention.
_UNDER_NAME = re.compile(
    r"""\W{0,3}
    (?: (?: Drug | Biological | Radiation | Procedure | Device | Genetic | Dietary\sSupplement
          | Combination\sProduct | Other | Experimental | Active\sComparator ) :\s
      | [^.;:]{2,80}? \s (?: Participants | Patients | Subjects | Adults | Children ) \s )""",
    re.X,
)


def backgrounds(told: list[Told]) -> None:
    """Marks the sentences of earlier studies, and doubts what is told in the past of a trial still planned."""
    if not any(one.drafts or one.aside for one in told):
        return
    planned = any(whose_study.planned(one.words) for one in told)
    told_as_ours = any(whose_study.ours(one.words) for one in told) or _UNDER_NAME.match(told[0].words) is not None
    ours = planned or told_as_ours or not any(whose_study.earlier(one.words) for one in told)
    for index, one in enumerate(told):
        if not one.drafts and not one.found.unplaced:
            continue
        past = whose_study.past(one.words)
        follows = past and (not ours or _after_background(told, index))
        of_another = whose_study.earlier(one.words) or general(one.words)
        one.background = follows or of_another or one.claimed.startswith(("background", "eligibility"))
        if one.background:
            _leave_out(one, one.drafts)
        elif (at := another_from(one.words)) is not None:
            _leave_out(one, [draft for draft in one.drafts if draft.at[0] >= one.start + at])
        elif at := eligible_until(one.words):
            _leave_out(one, [draft for draft in one.drafts if draft.at[1] <= one.start + at])
        elif past and (planned or not told_as_ours):
            for draft in one.drafts:
                draft.doubts.append("told in the past tense")


def _leave_out(one: Told, drafts: list[Draft]) -> None:
    """None of these drafts is kept; their amounts are set aside with the reason."""
    reason = classes.ELIGIBILITY if one.claimed.startswith("eligibility") else classes.BACKGROUND
    one.aside += [(Token("amount", *d.at, d.amount), reason) for d in drafts if d.amount is not None]
    for draft in drafts:
        draft.kept = False


def _after_background(told: list[Told], index: int) -> bool:
    """One of the sentences right before tells of an earlier study, and none between of this one."""
    for one in reversed(told[max(0, index - 4) : index]):
        if one.background or whose_study.earlier(one.words):
            return True
        if one.drafts or whose_study.ours(one.words):
            return False
    return False
