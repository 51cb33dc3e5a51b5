"""Answers to conditions from what is known: yes, no, or not known yet with what is missing in words."""

from posolog.course.guards.answer import answer
from posolog.course.guards.known import UNSAID, Known, age_of, fact, happened, occurred
from posolog.course.guards.periods import after, span_words
from posolog.course.guards.states import grade_of

__all__ = ["UNSAID", "Known", "after", "age_of", "answer", "fact", "grade_of", "happened", "occurred", "span_words"]
