"""A day column: "Day -6: X 30 mg. Day -5: X 30 mg, Y 3 mg." gives X on days -6 and -5, in one statement."""

from __future__ import annotations

from posolog.reader.clauses import PLACED
from posolog.reader.clauses.kinds import days_of
from posolog.reader.drafts import Draft
from posolog.reader.settle.compare import same_unit, schedule_of, values
from posolog.reader.settle.told import Told
from posolog.reader.tokens.token import Token

_NEAR = 8  # blocks: the rows of a column may be bullets of their own


def adds_days(one: Told, draft: Draft, earlier: list[tuple[Told, Draft]]) -> bool:
    """Hands the draft's days to the last draft of the agent where both are rows of one day column."""
    if not earlier:
        return False
    there, old = earlier[0]
    here, above = _heading(draft), _heading(old)
    if here is None or above is None or one.block - there.block > _NEAR or draft.when != old.when:
        return False
    days = {day for token in old.tokens if token.kind == "days" for day in days_of(token)}
    if days & set(days_of(here)) or not _same_but_days(old, draft):
        return False
    old.tokens.append(here)
    return True


def _heading(draft: Draft) -> Token | None:
    """The only day set of the draft, where it stands before the agent and its amount."""
    first = next((token for token in draft.tokens if token.kind == "days"), None)
    if first is None or first.start >= min(draft.at[0], draft.agent.start):
        return None
    return None if draft.has("open", "until", "between", "incycle", "taper", "for") else first


def _same_but_days(old: Draft, new: Draft) -> bool:
    """The same amount, told as often a day."""
    if old.amount is None or new.amount is None or not same_unit(old.amount, new.amount):
        return False
    if values(old.amount) != values(new.amount) or old.amount.basis is not new.amount.basis:
        return False
    mine, theirs = ({part for part in schedule_of(one) if part[0] != "day"} for one in (new, old))
    return mine == theirs and new.has(*PLACED)
