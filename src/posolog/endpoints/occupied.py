"""State occupation: the probability of being in each state, and of being free of it now or again."""

from __future__ import annotations

from posolog.endpoints.occupy import AGAIN, FAILED, FREE, STATES, WITHIN
from posolog.endpoints.people import days_of
from posolog.endpoints.results import NAN, POOLED, Figure, Line, Number
from posolog.endpoints.rows import Rows, Spell
from posolog.endpoints.sample import Compared, floats, said
from posolog.endpoints.sentence import listed, spoken
from posolog.endpoints.survive import Survived
from posolog.endpoints.ticks import ticks_of
from posolog.protocol.frame_text import print_time_point
from posolog.protocol.model import Endpoint
from posolog.stats import Conventions, Occupation, occupation, probability_bounds, spells

START = (1.0, 0.0, 0.0, 0.0)  # everybody starts free


def occupied(endpoint: Endpoint, found: Rows, groups: Compared) -> Survived:
    """Occupation of "free" and "free again" together, and of each state, by group."""
    assert endpoint.define is not None
    last = max((row.time_days or 0 for row in found.known()), default=0)
    ticks = ticks_of(last)
    numbers: list[Number] = []
    lines: list[Line] = []
    rules: list[Conventions] = []
    reasons: list[str] = []
    for name in groups.names:
        own = [spell for spell in found.spells if groups.pooled or spell.arm == name]
        made = _made(own, None)
        numbers += _numbers(endpoint, own, name)
        lines += _lines(endpoint, own, made, name, ticks, one=groups.pooled)
        rules.append(made.conventions)
        reasons += made.reasons
    note = "Not monotone: patients come back when the state resolves."
    figure = Figure(endpoint.name, listed(endpoint.define.start), "Probability", tuple(lines), ticks, note)
    return Survived(tuple(numbers), figure, (), (), said(*rules[:1]), tuple(dict.fromkeys(reasons)))


def _made(own: list[Spell], at: list[float] | None) -> Occupation:
    """A failure on the day of the start counts as half a day after it: a spell has a length."""
    checked = spells(
        [spell.subject for spell in own], [float(spell.start_day) for spell in own],
        [float(spell.stop_day) if spell.stop_day > spell.start_day else spell.start_day + 0.5 for spell in own],
        [spell.state for spell in own], [spell.into for spell in own], states=STATES,
    )  # fmt: skip
    return occupation(checked, at=at, initial=START)


def _numbers(endpoint: Endpoint, own: list[Spell], name: str) -> list[Number]:
    """The probability of being free now, and the share of it that is free again."""
    assert endpoint.define is not None
    n = len({spell.subject for spell in own})
    failed = sum(spell.into == FAILED for spell in own)
    days = [float(days_of(point, endpoint.define)) for point in endpoint.at]
    made = _made(own, days) if days else None
    found = []
    for k, point in enumerate(endpoint.at):
        assert made is not None
        label = print_time_point(point)
        for words, states in ((label, (FREE, AGAIN)), (f"of which free again, {label}", (AGAIN,))):
            value, spread = made.of(*states)
            lower, upper = probability_bounds(value, spread)
            numbers = (float(value[k]), float(lower[k]), float(upper[k]))
            if value[k] == 0:
                numbers = (0.0, NAN, NAN)
            found.append(Number(words, name, *numbers, "probability", n, failed, note="; ".join(made.reasons)))
    return found


def _lines(
    endpoint: Endpoint, own: list[Spell], made: Occupation, name: str, ticks: tuple[float, ...], *, one: bool
) -> list[Line]:
    assert endpoint.define is not None and endpoint.define.state is not None
    state = spoken(endpoint.define.state)
    at_risk = tuple(sum(spell.start_day < tick <= spell.stop_day or (tick == 0 == spell.start_day) for spell in own)
                    for tick in ticks)  # fmt: skip
    shown: list[tuple[str, tuple[str, ...]]] = [("free now" if one else name, (FREE, AGAIN))]
    shown += [(f"with {state}", (WITHIN,)), ("failed", (FAILED,))] if one else []
    found = []
    for label, states in shown:
        value, spread = made.of(*states)
        lower, upper = probability_bounds(value, spread)
        main = FREE in states
        found.append(
            Line(label, name or POOLED, floats(made.time), floats(value), floats(lower) if main else (),
                 floats(upper) if main else (), (), at_risk if main else (), 1.0 if main else 0.0,
                 float(max((spell.stop_day for spell in own), default=0)))
        )  # fmt: skip
    return found
