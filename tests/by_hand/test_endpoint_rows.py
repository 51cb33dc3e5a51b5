"""Rows worked out by hand: day 0 is the graft on 1 January 2027; every patient is one rule."""

from datetime import date

import pytest

from tests.by_hand.endpoint_trial import endpoint, rows_of, short

RELAPSE = endpoint("relapse", """
    method: cumulative incidence
    start: graft transfusion
    event: [relapse, progression]
    competing: death
    ties: [relapse, progression, death]
""")  # fmt: skip
NRM = endpoint("NRM", """
    method: cumulative incidence
    start: graft transfusion
    event: death without relapse or progression
    competing: [relapse, progression]
    ties: [relapse, progression, death]
""")  # fmt: skip
DISEASE_DEATH = endpoint("disease death", """
    method: cumulative incidence
    start: graft transfusion
    event: death after relapse or progression
    competing: death without relapse or progression
    ties: [relapse, progression, death]
""")  # fmt: skip
SURVIVAL = endpoint("survival", """
    method: Kaplan-Meier
    start: graft transfusion
    event: death
""")  # fmt: skip
GRFS = endpoint("GRFS", """
    method: Kaplan-Meier
    start: graft transfusion
    event: [acute GVHD of grade III or above, chronic GVHD with systemic therapy, relapse, death]
""")  # fmt: skip

PATIENTS = """
A | 0 | graft transfusion
A | 250 | relapse
A | 400 | death
B | 0 | graft transfusion
B | 300 | relapse
B | 300 | death
C | 0 | graft transfusion
C | 90 | death
D | 0 | graft transfusion
D | 500 | last contact
E | 0 | graft transfusion
E | 120 | lost to follow-up
E | 200 | relapse
F | 0 | graft transfusion
F | 60 | relapse | ident=wrong
F | 80 | relapse | corrects=wrong
F | 700 | last contact
G | 0 | graft transfusion
G | 100 | relapse | known=500
G | 300 | last contact
H | -30 | inclusion
H | -5 | death
I | 0 | graft transfusion
I | 0 | death
J | -20 | relapse
J | 0 | graft transfusion
J | 50 | last contact
K | 0 | graft transfusion
K | 40 | progression=unknown
K | 90 | death
L | 0 | graft transfusion
L | 30 | relapse=no
L | 200 | last contact
M | 0 | graft transfusion
M | 100 | withdrawal of consent
M | 100 | relapse
"""
CUT = date(2028, 6, 1)  # day 517


def test_relapse_with_death_competing() -> None:
    derived = rows_of(RELAPSE + NRM + DISEASE_DEATH + SURVIVAL, PATIENTS, cut=CUT)
    assert short(derived) == {
        "A": (250, 1),  # 8 September 2027 - 1 January 2027
        "B": (300, 1),  # same day: relapse stands before death in ties
        "C": (90, 2),  # death without relapse competes
        "D": (500, 0),  # last contact
        "E": (120, 0),  # lost on day 120: the relapse of day 200 counts for nothing
        "F": (80, 1),  # day 60 is corrected to day 80
        "G": (300, 0),  # the relapse of day 100 becomes known on day 600, after the cut on day 517
        "I": (0, 2),  # death on the day of the graft
        "J": (50, 0),  # the relapse before the graft is a history
        "K": (None, None),  # whether it progressed on day 40 is not known, and death came later
        "L": (200, 0),  # "relapse: no" is no relapse
        "M": (100, 1),  # events come before censoring on the same day
    }
    assert [out.subject for out in derived.rows[0].excluded] == ["H"]  # never transplanted
    assert short(derived, 1) == {
        "A": (250, 2), "B": (300, 2), "C": (90, 1), "D": (500, 0), "E": (120, 0), "F": (80, 2), "G": (300, 0),
        "I": (0, 1), "J": (50, 0), "K": (None, None), "L": (200, 0), "M": (100, 2),
    }  # fmt: skip
    assert short(derived, 2) == {
        "A": (400, 1), "B": (300, 1), "C": (90, 2), "D": (500, 0), "E": (120, 0), "F": (80, 0),
        "G": (300, 0), "I": (0, 2), "J": (50, 0), "K": (None, None), "L": (200, 0), "M": (100, 0),
    }  # fmt: skip


def test_each_row_says_why() -> None:
    derived = rows_of(RELAPSE, PATIENTS, cut=CUT)
    why = {row.subject: row.why for row in derived.rows[0].rows}
    assert why["A"] == "decided by relapse on 2027-09-08"
    assert why["D"] == "censored at the last record, last contact on 2028-05-15"
    assert why["E"] == "censored at lost to follow-up on 2027-05-01"
    assert why["K"] == "not known yet: whether progression happened (recorded: 'unknown') on 2027-02-10"
    record = {row.subject: (row.record, row.line) for row in derived.rows[0].rows}
    assert record["A"] == ("e2", "events.csv, line 3")
    assert record["F"] == ("e3", "events.csv, line 17")


def test_what_the_records_contradict_is_asked() -> None:
    derived = rows_of(RELAPSE, PATIENTS, cut=CUT)
    found = {(finding.code, finding.message.partition(":")[0]) for finding in derived.findings}
    assert ("ROW-UNKNOWN", "K, relapse") in found
    assert ("ROW-BEFORE-START", "J") in found
    assert ("RECORD-AFTER-END", "E") in found


def test_gvhd_that_needs_its_grade_and_its_therapy() -> None:
    events = """
    A | 0 | graft transfusion
    A | 30 | acute GVHD=II
    A | 50 | acute GVHD=III
    A | 60 | death
    B | 0 | graft transfusion
    B | 200 | chronic GVHD=moderate
    B | 230 | systemic therapy=started/chronic GVHD
    B | 400 | relapse
    C | 0 | graft transfusion
    C | 200 | chronic GVHD=mild
    C | 200 | systemic therapy=no/chronic GVHD
    C | 400 | relapse
    D | 0 | graft transfusion
    D | 200 | chronic GVHD=moderate
    D | 400 | death
    E | 0 | graft transfusion
    E | 30 | acute GVHD
    E | 300 | death
    F | 0 | graft transfusion
    F | 30 | acute GVHD=IV
    F | 90 | acute GVHD
    G | 0 | graft transfusion
    G | 200 | chronic GVHD=severe
    G | 200 | death
    H | 0 | graft transfusion
    H | 100 | systemic therapy=started/acute GVHD
    H | 200 | chronic GVHD=mild
    H | 210 | systemic therapy=no/chronic GVHD
    H | 300 | systemic therapy=started/chronic GVHD
    H | 310 | last contact
    """
    derived = rows_of(GRFS, events)
    assert short(derived) == {
        "A": (50, 1),  # grade II does not count, grade III does
        "B": (230, 1),  # the therapy of day 230, not the disease of day 200
        "C": (400, 1),  # no therapy was needed: relapse decides
        "D": (None, None),  # whether therapy was needed is not recorded, and death came later
        "E": (None, None),  # the grade is not recorded
        "F": (30, 1),  # what is missing on day 90 comes after the decision
        "G": (200, 1),  # with or without therapy, the event is on day 200
        "H": (300, 1),  # therapy of acute GVHD says nothing; that of chronic GVHD began on day 300
    }
    missing = {row.subject: row.why for row in derived.rows[0].rows if not row.known}
    assert missing == {
        "D": "not known yet: whether chronic GVHD of 2027-07-20 needed systemic therapy",
        "E": "not known yet: the grade of acute GVHD on 2027-01-31",
    }


def test_a_day_on_which_the_order_matters_and_is_not_stated() -> None:
    body = """
        method: cumulative incidence
        start: graft transfusion
        event: chronic GVHD
        competing: death
    """
    events = """
    A | 0 | graft transfusion
    A | 100 | chronic GVHD
    A | 100 | death
    B | 0 | graft transfusion
    B | 100 | chronic GVHD
    B | 101 | death
    """
    derived = rows_of(endpoint("cGVHD", body), events)
    assert short(derived) == {"A": (None, None), "B": (100, 1)}
    assert derived.rows[0].rows[0].why == "not known yet: which came first on 2027-04-11: chronic GVHD and death"
    for ties, code in (("[chronic GVHD, death]", 1), ("[death, chronic GVHD]", 2)):
        told = rows_of(endpoint("cGVHD", f"{body}\n ties: {ties}"), events)
        assert short(told)["A"] == (100, code)


def test_two_deaths_leave_the_row_open() -> None:
    events = """
    A | 0 | graft transfusion
    A | 100 | death
    A | 160 | death
    B | 0 | graft transfusion
    B | 50 | relapse
    B | 100 | death
    B | 160 | death
    """
    derived = rows_of(SURVIVAL + RELAPSE, events)
    assert short(derived) == {"A": (None, None), "B": (None, None)}
    assert short(derived, 1) == {"A": (None, None), "B": (50, 1)}  # relapse came before either date
    assert [finding.code for finding in derived.findings].count("RECORD-TWICE") == 2


def test_followed_names_the_record_that_shows_follow_up() -> None:
    events = """
    A | 0 | graft transfusion
    A | 90 | disease response=CR
    A | 400 | last contact
    B | 0 | graft transfusion
    B | 400 | last contact
    """
    body = "method: Kaplan-Meier\nstart: graft transfusion\nevent: relapse\nfollowed: disease response"
    derived = rows_of(endpoint("relapse-free", body), events)
    assert short(derived) == {"A": (90, 0), "B": (0, 0)}
    assert derived.rows[0].rows[1].why == "censored at the start: no disease response is recorded after it"


def test_censoring_events() -> None:
    body = "method: Kaplan-Meier\nstart: graft transfusion\nevent: death\ncensor: second transplant"
    events = """
    A | 0 | graft transfusion
    A | 80 | second transplant
    A | 200 | death
    B | 0 | graft transfusion
    B | 80 | second transplant
    B | 80 | death
    """
    assert short(rows_of(endpoint("survival", body), events)) == {"A": (80, 0), "B": (80, 1)}


STATUS = endpoint("remission", """
    method: status at time points
    start: graft transfusion
    event: response is CR or PR
    competing: relapse
    window: -10 to +20 days
    levels: [CR, PR, failure]
""", at="[90 days, 1 year]")  # fmt: skip


def test_the_status_at_time_points() -> None:
    events = """
    A | 0 | graft transfusion
    A | 85 | response=CR
    A | 360 | response=failure
    B | 0 | graft transfusion
    B | 79 | response=CR
    B | 500 | last contact
    C | 0 | graft transfusion
    C | 60 | relapse
    C | 88 | response=CR
    C | 500 | last contact
    D | 0 | graft transfusion
    D | 70 | death
    E | 0 | graft transfusion
    E | 84 | response=failure
    E | 95 | response=PR
    E | 371 | death
    F | 0 | graft transfusion
    F | 90 | response=SD
    F | 360 | response
    G | 0 | graft transfusion
    G | 88 | response=CR
    G | 92 | response=failure
    G | 200 | withdrawal of consent
    """
    derived = rows_of(STATUS, events, cut=date(2028, 12, 31))
    found = {(row.subject, row.at): row.code for row in derived.rows[0].rows}
    assert found == {
        ("A", "90 days"): 1, ("A", "1 year"): 0,  # day 365 is 1 January 2028; day 360 lies in the window
        ("B", "90 days"): None, ("B", "1 year"): None,  # day 79 lies outside 80 to 110; nothing around day 365
        ("C", "90 days"): 0, ("C", "1 year"): 0,  # relapsed before, whatever came later
        ("D", "90 days"): 0, ("D", "1 year"): 0,  # died before
        ("E", "90 days"): 1, ("E", "1 year"): None,  # day 95 is nearer than day 84; died inside the window, unassessed
        ("F", "90 days"): None, ("F", "1 year"): None,  # SD is no level; no value
        ("G", "90 days"): None, ("G", "1 year"): None,  # day 88 and day 92 are equally near and differ; left before
    }  # fmt: skip


def test_best_response_share_and_number() -> None:
    best = endpoint("best", "method: best response\nstart: graft transfusion\nevent: response is CR or PR\n"
                            "levels: [CR, PR, failure]\nwithin: 3 months")  # fmt: skip
    share = endpoint("share", "method: share of patients\nstart: graft transfusion\nevent: given donor lymphocytes")
    number = endpoint("number", "method: number per patient\nstart: graft transfusion\nevent: given donor lymphocytes")
    events = """
    A | 0 | graft transfusion
    A | 40 | response=failure
    A | 80 | response=PR
    A | 91 | response=CR
    A | 120 | given/donor lymphocytes
    A | 150 | given/donor lymphocytes
    B | 0 | graft transfusion
    B | 30 | death
    C | 0 | graft transfusion
    C | 60 | response=failure
    C | 200 | last contact
    D | 0 | graft transfusion
    D | 100 | death
    """
    derived = rows_of(best + share + number, events)
    values = {row.subject: (row.code, row.value) for row in derived.rows[0].rows}
    assert values == {
        "A": (1, "PR"),  # 3 months end on 1 April 2027, day 90: the CR of day 91 is too late
        "B": (0, "failure"),  # died without an assessment
        "C": (0, "failure"),
        "D": (None, ""),  # died after the time without an assessment in it: not known
    }
    assert {row.subject: row.code for row in derived.rows[1].rows} == {"A": 1, "B": 0, "C": 0, "D": 0}
    assert {row.subject: row.number for row in derived.rows[2].rows} == {"A": 2, "B": 0, "C": 0, "D": 0}


def test_spells_of_a_state_that_comes_and_goes() -> None:
    body = "method: state occupation\nstart: graft transfusion\nevent: [relapse, death]\nstate: chronic GVHD is severe"
    events = """
    A | 0 | graft transfusion
    A | 100 | chronic GVHD=severe
    A | 200 | chronic GVHD=resolved
    A | 700 | last contact
    B | 0 | graft transfusion
    B | 120 | chronic GVHD=severe
    B | 400 | death
    C | 0 | graft transfusion
    C | 90 | chronic GVHD=mild
    C | 250 | relapse
    D | 0 | graft transfusion
    D | 90 | chronic GVHD
    D | 250 | relapse
    """
    derived = rows_of(endpoint("current", body), events)
    spells = [(s.subject, s.state, s.start_day, s.stop_day, s.into) for s in derived.rows[0].spells]
    assert spells == [
        ("A", "free", 0, 100, "in it"), ("A", "in it", 100, 200, "free again"), ("A", "free again", 200, 700, ""),
        ("B", "free", 0, 120, "in it"), ("B", "in it", 120, 400, "failed"),
        ("C", "free", 0, 250, "failed"),
    ]  # fmt: skip
    assert [row.subject for row in derived.rows[0].unknown()] == ["D"]  # its severity is not recorded


PHASE1 = endpoint("DLT", """
    method: dose-limiting toxicity
    start: first RIT infusion
    event: dose-limiting toxicity
    within: 6 weeks
""")  # fmt: skip


def test_dose_limiting_toxicity() -> None:
    events = """
    A | 0 | first RIT infusion
    A | 42 | dose-limiting toxicity
    B | 0 | first RIT infusion
    B | 43 | dose-limiting toxicity
    B | 60 | last contact
    C | 0 | first RIT infusion
    C | 20 | last contact
    D | 0 | first RIT infusion
    D | 30 | last contact
    D | 44 | last contact
    """
    table = "patient,dose level\nA,185\nB,185\nC,185\nD,\n"
    derived = rows_of(PHASE1, events, patients=table)
    assert {row.subject: row.code for row in derived.rows[0].rows} == {
        "A": 1,  # 6 weeks are 42 days, that day included
        "B": 0,  # one day too late, followed to the end
        "C": None,  # followed for 20 days only
        "D": None,  # no dose level
    }


ARMS = """
protocol: invented
anchors: {RIT D1: first RIT infusion, control D1: first dose, crossover D1: crossover infusion}
arms: [experimental, control]
allocation: {randomised: true, strata: [risk]}
treatment:
  RIT:
    arm: experimental
    anchor: RIT D1
    lines: [{do: infusion on D1}]
  control:
    arm: control
    anchor: control D1
    lines: [{do: infusion on D1}]
  crossover:
    arm: control
    anchor: crossover D1
    lines: [{do: infusion on D1}]
endpoints:
"""


@pytest.mark.parametrize(
    ("population", "start", "expected"),
    [
        ("as randomised", "randomisation", {"A": ("experimental", 10), "B": ("control", 200), "C": ("experimental", None)}),
        ("as treated", "randomisation", {"A": ("control", 10), "B": ("control", 200)}),
        ("re-anchored", "crossover infusion", {"B": ("control", 140)}),
    ],
)
def test_populations(population: str, start: str, expected: dict[str, tuple[str, int | None]]) -> None:
    events = """
    A | 0 | randomisation
    A | 2 | first dose
    A | 10 | death
    B | 0 | randomisation
    B | 3 | first dose
    B | 60 | crossover infusion
    B | 200 | death
    C | 5 | death
    """
    table = "patient,arm,risk\nA,experimental,high\nB,control,low\nC,experimental,low\n"
    body = f"method: Kaplan-Meier\npopulation: {population}\nstart: {start}\nevent: death"
    derived = rows_of(endpoint("survival", body), events, patients=table, head=ARMS)
    assert {row.subject: (row.arm, row.time_days) for row in derived.rows[0].rows} == expected
    assert {row.strata for row in derived.rows[0].rows} <= {("high",), ("low",)}


def test_a_death_before_the_start_is_a_contradiction() -> None:
    derived = rows_of(SURVIVAL, "A | -3 | death\nA | 0 | graft transfusion\nA | 50 | last contact")
    assert short(derived) == {"A": (None, None)}
    assert "death is recorded before the start" in derived.rows[0].rows[0].why
