"""The drafts of one sentence and its schedule tokens -> drafts with their schedules.

    timed.py    the steps, in order
    core.py     a draft with its place in the sentence
    kinds.py    kinds of schedule tokens
    allot.py    which statement a schedule belongs to
    leading.py  a schedule that opens a clause is for all its members
    steps.py    "then" and "followed by" open a further step of the same agent
    sharing.py  what closes a coordinated list is shared with its members
    sums.py     totals, and amounts that are levels of one statement
    basis.py    an amount of a day, or of the course, told apart from the unit
    opening.py  days that begin something, and days that are bare numbers
    given.py    whether an agent without an amount is given at all
    doubts.py   what makes a scheduled statement doubtful
    beside.py   times beside a statement that no token has read
    not_given.py  days and rhythms that are none of giving: "before day +28", "controlled weekly"
"""

from posolog.reader.clauses.doubts import implausible
from posolog.reader.clauses.kinds import PLACED
from posolog.reader.clauses.timed import timed

__all__ = ["PLACED", "implausible", "timed"]
