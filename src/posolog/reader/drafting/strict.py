
"""A Give as read -> a Give that one line can say; what does not fit is a question, never dropped unsaid."""

from __future__ import annotations

from dataclasses import replace

from posolog.core.days import DaySet
from posolog.core.routes import ROUTES
from posolog.protocol.model import Give


def one_line(give: Give) -> tuple[Give, tuple[str, ...]]:
    """The Give for the drafted line, and the questions left open by what a line cannot say."""
    give, days = _days(give)
    give, infusion = _infusion(give)
    give, unsaid = _unsaid(give)
    return give, (*days, *infusion, *unsaid)


def _unsaid(give: Give) -> tuple[Give, tuple[str, ...]]:
    """A route or a week 0 that the words state and no line has a word for."""
    questions: list[str] = []
    if give.route and give.route not in ROUTES:
        give = replace(give, route="")
        questions.append(f"the words state a route other than {', '.join(ROUTES)}: how is it given")
    if 0 in give.weeks:
        give = replace(give, weeks=tuple(week for week in give.weeks if week > 0))
        questions.append("the words state a week 0: which day is it")
    return give, tuple(questions)


def _days(give: Give) -> tuple[Give, tuple[str, ...]]:
    if give.from_day is not None and give.to_day is not None:
        if give.from_day == give.to_day:
            return replace(give, from_day=None, to_day=None, days=give.days or DaySet((give.to_day,))), ()
        if give.from_day > give.to_day:
            question = f"the words start on day {give.from_day} and end on day {give.to_day}: which days are meant"
            return replace(give, from_day=None, to_day=None), (question,)
    if give.to_day is None or give.from_day is not None:
        return give, ()
    first = give.days.items[0] if give.days and len(give.days.items) == 1 else None
    if isinstance(first, int) and first < give.to_day:
        return replace(give, days=None, from_day=first), ()
    question = f"the words end on day {give.to_day}: from which day on"
    return replace(give, to_day=None), (question,)


def _infusion(give: Give) -> tuple[Give, tuple[str, ...]]:
    """A continuous infusion of stated length says its length; a bolus and a continuous infusion are two things."""
    if not give.continuous or give.infusion_h is None:
        return give, ()
    if give.infusion_h == 0:
        return replace(give, continuous=False, infusion_h=None), (
            "a bolus, a continuous infusion, or one after the other",
        )
    return replace(give, continuous=False), ()
