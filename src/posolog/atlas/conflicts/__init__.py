"""Numbers of one text that contradict each other: stated duration and listed days, total and sum, day and dose.

Only words that stand together are compared ("for 7 days (days 0 to 7)"), so that a duration of one agent never meets
the days of another.
"""

from posolog.atlas.conflicts.find import CODES, conflicts

__all__ = ["CODES", "conflicts"]
