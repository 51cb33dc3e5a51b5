"""Another amount for some patients is given at the times of the amount it stands for."""

from __future__ import annotations

import re

from posolog.reader.clauses import PLACED
from posolog.reader.drafts import Draft
from posolog.reader.settle.compare import same_agent, same_unit
from posolog.reader.settle.told import Told

_SOME = re.compile(
    r"""\b(?: patients | subjects | participants | those | children | adults | elderly | individuals )\b [^.;()]{0,50}
        (?: \baged?\b | \byears?\b | \bolder\b | \byounger\b | \bover\b | \bunder\b | \babove\b | \bweigh | \d\s?kg\b )
      | \b(?: if | over | under | above | below | aged? ) \s (?: age \s )? [<>≤≥]? \s?
        \d{2} \s? (?: years | yrs | kg )\b""",
    re.I | re.X,
)
_SHARED = (*PLACED, "route", "infusion", "continuous", "bolus", "cycles", "incycle", "weeksonoff")
_WINDOW = 90  # characters around the amount in which the patients are told
AS_REPLACED = "schedule: that of the amount it stands for"


def times_of_replaced(lines: list[tuple[Told, Draft]]) -> None:
    """ "X 3 g/m2 q12h on days 4, 6 and 8. For patients aged 60 and over, the dose will be 1.5 g/m2"."""
    for index, (one, draft) in enumerate(lines):
        if index and draft.amount is not None and not draft.has(*PLACED) and _for_some(one, draft):
            there, old = lines[index - 1]
            if _replaces(one, draft, there, old):
                draft.tokens += [t for t in old.tokens if t.kind in _SHARED and not draft.has(t.kind)]
                draft.inferred.append(AS_REPLACED)


def _for_some(one: Told, draft: Draft) -> bool:
    start, end = draft.at[0] - one.start, draft.at[1] - one.start
    return _SOME.search(one.words, max(0, start - _WINDOW), end + _WINDOW) is not None


def _replaces(one: Told, draft: Draft, there: Told, old: Draft) -> bool:
    """The amount right before, of the same agent and in the same unit; in this sentence or the one before it."""
    near = there is one or (there.block == one.block and 0 <= one.start - there.end <= 2)
    if not near or old.amount is None or draft.amount is None or old.amount.levels:
        return False
    return same_agent(old, draft) and same_unit(old.amount, draft.amount) and old.has(*PLACED)
