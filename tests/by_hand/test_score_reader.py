"""The reader's score on small cases counted by hand."""

from typing import Any

from validation.score_reader import Score, add, figures
from validation.scoring import judge, pairs, same_agent, same_amount

FLU = {
    "quote": "Flu 30 mg/m2",
    "agent": "fludarabine",
    "dose": {"value": 30, "unit": "mg", "per": "m2"},
    "basis": "dose",
    "days": [-5, -4],
}
MEL = {
    "quote": "Mel 0.14 g/m2",
    "agent": "melphalan",
    "dose": {"value": 0.14, "unit": "g", "per": "m2"},
    "basis": "dose",
    "days": [-2],
}


def scored(gold: list[Any], read: list[Any]) -> dict[str, Any]:
    score = Score()
    add(score, "text", gold, read)
    return figures(score)


def test_units_of_one_kind_are_the_same_amount() -> None:
    assert same_amount(MEL, MEL | {"dose": {"value": 140, "unit": "mg", "per": "m2"}})
    assert not same_amount(MEL, MEL | {"dose": {"value": 140, "unit": "mg", "per": "kg"}})
    assert not same_amount(MEL, {"agent": "melphalan"}) and same_amount({"agent": "a"}, {"agent": "a"})


def test_names_of_one_agent() -> None:
    assert same_agent("Cytarabine", "cytarabine injection") and same_agent(
        "total body irradiation", "radiotherapy total body"
    )
    assert not same_agent("fludarabine", "cytarabine") and not same_agent("", "")


def test_what_is_the_same_schedule() -> None:
    assert judge({"every_d": 1}, {"per_day": 1}, ("every_d", "per_day")) == {"per_day": "right"}
    assert judge({"days": [1, 2]}, {"days": [2, 1], "for_days": 2}, ("days", "for_days")) == {"days": "right"}
    assert judge({"days": list(range(1, 31))}, {"from_day": 1, "to_day": 30}, ("days", "from_day", "to_day")) == {
        "from_day": "right",
        "to_day": "right",
    }
    assert judge({"dontcare": ["days"], "days": [1]}, {"days": [2]}, ("days",)) == {}


def test_a_perfect_reading() -> None:
    made = scored([FLU, MEL], [MEL, FLU])
    assert [
        made[what]
        for what in ("recall of amounts", "precision of amounts", "schedule recall", "silent errors per 100 read")
    ] == [1, 1, 1, 0]
    assert made["misses by phenomenon"] == {}


def test_a_wrong_day_is_silent_unless_marked() -> None:
    wrong = FLU | {"days": [4, 5]}
    made = scored([FLU, MEL], [wrong, MEL])
    assert (made["recall of amounts"], made["schedule recall"], made["silent errors per 100 read"]) == (1, 0.5, 50)
    assert made["misses by phenomenon"] == {"days (wrong)": 1}
    assert scored([FLU, MEL], [wrong | {"uncertain": True}, MEL])["silent errors per 100 read"] == 0


def test_misses_and_inventions() -> None:
    made = scored([FLU, MEL], [FLU | {"agent": "busulfan"}])
    assert (made["recall of amounts"], made["precision of amounts"], made["silent errors per 100 read"]) == (0, 0, 100)
    assert made["misses by phenomenon"] == {
        "missed: agent (the amount is read for another agent, or for none)": 1,
        "missed: agent and amount": 1,
        "spurious: wrong agent": 1,
    }


def test_optional_statements_cost_nothing() -> None:
    assert scored([FLU, MEL | {"optional": True}], [FLU])["recall of amounts"] == 1
    assert scored([FLU, MEL | {"optional": True}], [FLU, MEL])["precision of amounts"] == 1


def test_the_amount_decides_which_belong_together() -> None:
    low, high = FLU | {"days": [1]}, FLU | {"dose": {"value": 40, "unit": "mg", "per": "m2"}, "days": [2]}
    assert sorted(pairs([low, high], [high, low])) == [(0, 1), (1, 0)]
