"""From a give line to its administrations.

Days stay whole numbers from the anchor; "every 12 hours" is elapsed time (`Slot.hours`). Dates come later.
"""

from posolog.course.schedule.administrations import Slot, slots
from posolog.course.schedule.days import listed_days, runs
from posolog.course.schedule.often import Counts, counts, per_day_of, step_days

__all__ = ["Counts", "Slot", "counts", "listed_days", "per_day_of", "runs", "slots", "step_days"]
