"""The words of schedules as patterns: frequencies, counts, infusions, routes, caps. All are bounded.

    kind.py       what a kind is: its pattern, and when that is tried
    infusions.py  how an infusion runs
    rhythms.py    how often
    counts.py     how many, for how long, how many cycles
    bounds.py     caps, totals, and words that open, close or taper a stretch
    places.py     which cycle, week or day, by which route, in how many parts
"""

from posolog.reader.tokens.kinds import bounds, counts, infusions, places, rhythms
from posolog.reader.tokens.kinds.kind import Kind

# Of two matches that start together the kind listed first has the words.
KINDS: tuple[Kind, ...] = (
    places.KINDS[0],  # days before or after a graft are no stretch
    *infusions.KINDS,
    *rhythms.KINDS,
    *counts.KINDS,
    *bounds.KINDS,
    *places.KINDS[1:],
)

__all__ = ["KINDS", "Kind"]
