"""What words apart from the unit say of an amount: that of a day, or of the whole course."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.protocol.model import Basis
from posolog.reader.drafts import Draft

_PER_DAY = frozenset(["per day", "a day"])  # not "once per day", which says how often
_PER_DAY_BEHIND = re.compile(r"\s?/\s?d(?:ay)?\b")  # "AUC 4/d"
_IN_ALL = re.compile(r"\s?\(?(?:in\s|as\s(?:a\s)?)?(?:total|cumulative)\s(?:dose|dosage|amount)\b", re.I)


def told_basis(text: str, draft: Draft) -> None:
    """ "75 mg/m2 SC per day" is as "75 mg/m2/day", and no frequency; "200 mg/kg total dose" is that of a course."""
    if draft.amount is None or draft.amount.basis is not Basis.UNSTATED:
        return
    said = next((t for t in draft.tokens if t.kind == "times" and text[t.start : t.end].lower() in _PER_DAY), None)
    if said is not None:
        draft.tokens.remove(said)
    if said is not None or _PER_DAY_BEHIND.match(text, draft.at[1]):
        draft.amount = replace(draft.amount, basis=Basis.DAY)
    elif _IN_ALL.match(text, draft.at[1]):
        draft.amount = replace(draft.amount, basis=Basis.COURSE)
