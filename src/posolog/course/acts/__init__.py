"""From a line of the protocol to dated acts: day to date, hour where one is known, gate, dose, reasons."""

from posolog.course.acts.draft import Draft
from posolog.course.acts.hours import bad_hours
from posolog.course.acts.lines import drafts_of_line

__all__ = ["Draft", "bad_hours", "drafts_of_line"]
