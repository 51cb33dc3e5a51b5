"""Figures tested as data: what is drawn, not how it looks."""

import re

import pytest

from posolog.report.curves import Curve, StepFigure, described, nice_ticks, step_svg, thinned, value_at

CURVE = Curve("A & B", (2.0, 5.0), (0.8, 0.5), (0.6, 0.3), (0.9, 0.7), marks=(3.0,), at_risk=(10, 6, 2), end=8.0)
FIGURE = StepFigure("Survival", "days", "probability alive", (CURVE,), (0.0, 4.0, 8.0))


@pytest.mark.parametrize(
    ("last", "ticks"),
    [(7, (0, 1, 2, 3, 4, 5, 6, 7)), (10, (0, 2, 4, 6, 8, 10)), (1460, (0, 200, 400, 600, 800, 1000, 1200, 1400)),
     (0.9, (0, 0.2, 0.4, 0.6, 0.8)), (0, (0,)), (float("nan"), (0,))],
)  # fmt: skip
def test_ticks_are_round(last: float, ticks: tuple[float, ...]) -> None:
    assert nice_ticks(last) == pytest.approx(ticks)


@pytest.mark.parametrize(("time", "value"), [(0, 1), (1.9, 1), (2, 0.8), (4.9, 0.8), (5, 0.5), (99, 0.5)])
def test_a_step_holds_from_its_time_on(time: float, value: float) -> None:
    assert value_at(CURVE, time) == value


def test_the_words_say_what_the_curve_says() -> None:
    assert described(FIGURE) == "probability alive by days. A & B: 1.000 at 0, 0.800 at 4, 0.500 at 8"


def test_thinning_keeps_the_curve_at_what_a_figure_can_show() -> None:
    time = tuple(float(k) for k in range(1, 20001))
    many = Curve("many", time, tuple(1 - t / 40000 for t in time), marks=time)
    few = thinned(many)
    assert len(few.time) <= 1501 and len(few.marks) <= 1501
    assert few.time[-1] == 20000 and few.value[-1] == 0.5
    assert max(abs(value_at(few, t) - value_at(many, t)) for t in range(0, 20000, 7)) < 1 / 1400


def test_svg_has_numbers_at_risk_words_and_nothing_that_changes() -> None:
    pytest.importorskip("matplotlib")
    drawn = step_svg(FIGURE)
    assert drawn == step_svg(FIGURE)
    assert re.findall(r">\s*(\d+)</text>", drawn) == ["0", "4", "8", "10", "6", "2"]
    assert "A &amp; B" in drawn and "<script" not in drawn and "<metadata" not in drawn


def test_odd_labels_and_empty_curves_are_drawn() -> None:
    pytest.importorskip("matplotlib")
    odd = Curve("_$x$ <b>", (), (), at_risk=(0,))
    assert "&lt;b&gt;" in step_svg(StepFigure("", "t", "p", (odd, odd), (0.0,)))
