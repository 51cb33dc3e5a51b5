"""What "per day" says of an amount when other words stand between them: the amount is that of one day."""

from __future__ import annotations

from dataclasses import replace

from posolog.protocol.model import Basis
from posolog.reader.drafts import Draft

_PER_DAY = frozenset(["per day", "a day"])  # not "once per day", which says how often


def per_day(text: str, draft: Draft) -> None:
    """ "75 mg/m2 SC per day", "12 mg per square metre a day": as "75 mg/m2/day", and no frequency."""
    said = next((t for t in draft.tokens if t.kind == "times" and text[t.start : t.end].lower() in _PER_DAY), None)
    if said is None or draft.amount is None or draft.amount.basis is not Basis.UNSTATED:
        return
    draft.amount = replace(draft.amount, basis=Basis.DAY)
    draft.tokens.remove(said)
