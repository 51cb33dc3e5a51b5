"""A table by days: "Day 1 A 10 mg, B 30 mg - Day 2 A 10 mg, B 30 mg" gives A on days 1 and 2, and B on days 1 and 2."""

from __future__ import annotations

from posolog.reader.clauses import PLACED
from posolog.reader.daywords import DayWords
from posolog.reader.drafts import Draft
from posolog.reader.lexer import Token
from posolog.reader.settle.compare import same_unit, values
from posolog.reader.settle.told import Told

_NEAR = 400  # characters from one row to the next


def next_row(one: Told, draft: Draft, earlier: list[tuple[Told, Draft]]) -> bool:
    """Adds the day of this row to the draft of the rows before it, which has the same agent and amount."""
    row = _row(draft)
    if row is None or not earlier:
        return False
    there, old = earlier[0]
    last = _row(old)
    if last is None or there.block != one.block or there.label != one.label or draft.at[0] - last.end > _NEAR:
        return False
    if _day(last) >= _day(row) or not _same_but_days(old, draft):
        return False
    old.tokens.append(row)
    return True


def _row(draft: Draft) -> Token | None:
    """The day that stands before the agent and is all the schedule there is; the last one, where rows were added."""
    days = [token for token in draft.tokens if token.kind == "days"]
    others = [kind for kind in PLACED if kind != "days" and draft.has(kind)]
    single = all(isinstance(t.value, DayWords) and len(t.value.days.days()) == 1 for t in days)
    leads = bool(days) and days[0].end <= draft.start
    return days[-1] if leads and single and not others and not draft.has("incycle") else None


def _day(row: Token) -> int:
    assert isinstance(row.value, DayWords)
    return row.value.days.days()[0]


def _same_but_days(old: Draft, new: Draft) -> bool:
    if old.amount is None or new.amount is None or not same_unit(old.amount, new.amount):
        return False
    return values(old.amount) == values(new.amount) and old.amount.basis is new.amount.basis and old.when == new.when
