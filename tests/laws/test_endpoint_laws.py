"""Laws of rows: moving all dates, shuffling the file, or adding what comes later changes no answer."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from posolog.core.timeline import Timeline
from posolog.endpoints.derive import derive
from posolog.endpoints.trial import Trial
from tests.by_hand.endpoint_trial import endpoint, trial

ENDPOINTS = (
    endpoint("GRFS", """
        method: Kaplan-Meier
        start: graft transfusion
        event: [acute GVHD of grade III or above, chronic GVHD with systemic therapy, relapse, death]
    """)
    + endpoint("NRM", """
        method: cumulative incidence
        start: graft transfusion
        event: death without relapse
        competing: relapse
        ties: [relapse, death]
    """)
    + endpoint("GVHD", """
        method: cumulative incidence
        start: graft transfusion
        event: chronic GVHD
        competing: [relapse, death]
    """)
)  # fmt: skip
KINDS = (
    "graft transfusion", "relapse", "relapse=unknown", "acute GVHD=II", "acute GVHD=III", "acute GVHD", "chronic GVHD=mild",
    "systemic therapy=started/chronic GVHD", "systemic therapy=no/chronic GVHD", "death", "lost to follow-up", "visit",
    "last contact",
)  # fmt: skip
HISTORIES = st.lists(st.tuples(st.integers(-40, 400), st.sampled_from(KINDS)), min_size=1, max_size=9)


def told(history: list[tuple[int, str]]) -> str:
    return "\n".join(f"A | {day} | {what}" for day, what in [(0, "graft transfusion"), *history])


def answers(one: Trial) -> list[tuple[object, ...]]:
    """What the rows say, without dates and idents."""
    return [(row.endpoint, row.time_days, row.code, row.cause) for rows in derive(one).rows for row in rows.rows]


def moved(one: Trial, days: int) -> Trial:
    def later(line: Timeline) -> Timeline:
        step = timedelta(days)
        return Timeline.of(replace(event, at=event.at + step, known=event.known + step) for event in line.events)

    return replace(one, timelines={ident: later(line) for ident, line in one.timelines.items()})


@settings(deadline=None, max_examples=80)
@given(HISTORIES, st.integers(-3000, 3000))
def test_moving_every_date_changes_no_row(history: list[tuple[int, str]], days: int) -> None:
    one = trial(ENDPOINTS, told(history))
    assert answers(moved(one, days)) == answers(one)


@settings(deadline=None, max_examples=80)
@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_of_the_file_plays_no_part(history: list[tuple[int, str]], random: object) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)
    assert answers(trial(ENDPOINTS, told(shuffled))) == answers(trial(ENDPOINTS, told(history)))


@settings(deadline=None, max_examples=80)
@given(HISTORIES, st.integers(1, 300), st.sampled_from(KINDS))
def test_what_comes_after_the_decision_changes_nothing(history: list[tuple[int, str]], gap: int, kind: str) -> None:
    one = trial(ENDPOINTS, told(history))
    for rows in derive(one).rows:
        for row in rows.rows:
            if row.code in (None, 0) or kind == "death":
                continue
            late = f"\nA | {row.time_days + gap} | {kind}"
            again = derive(trial(ENDPOINTS, told(history) + late)).of(row.endpoint).rows[0]
            assert (again.time_days, again.code) == (row.time_days, row.code)


@settings(deadline=None, max_examples=80)
@given(HISTORIES, st.integers(0, 400))
def test_a_cut_lets_nothing_later_through(history: list[tuple[int, str]], day: int) -> None:
    one = trial(ENDPOINTS, told(history), cut=date(2027, 1, 1) + timedelta(day))
    seen = [(at, what) for at, what in history if at <= day]
    assert answers(one) == answers(trial(ENDPOINTS, told(seen)))


@settings(deadline=None, max_examples=80)
@given(HISTORIES)
def test_every_row_is_an_answer_or_says_what_is_missing(history: list[tuple[int, str]]) -> None:
    found = derive(trial(ENDPOINTS, told(history)))
    for rows in found.rows:
        for row in rows.rows:
            assert (row.code is None) == (row.time_days is None) == row.why.startswith("not known yet: ")
            assert row.time_days is None or row.time_days >= 0
            assert row.why
