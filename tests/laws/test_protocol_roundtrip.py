"""Laws of the protocol file: what is printed reads back the same, and no text whatever ends in a traceback."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from posolog.core.days import Anchor, DayRange, DaySet
from posolog.core.finding import Refusal
from posolog.core.units import UNITS
from posolog.protocol import condition as c
from posolog.protocol import definition as d
from posolog.protocol import giveline as g
from posolog.protocol import model as m
from posolog.protocol.amend import diff
from posolog.protocol.conditions_text import parse_condition, print_condition
from posolog.protocol.definition_text import parse_outcome, print_outcome
from posolog.protocol.files import dump, loads
from posolog.protocol.read_definition import AT_TIME_POINTS, MAY, NEEDS, ONE_BY_ONE

PROTOCOLS = Path(__file__).parents[2] / "protocols"
SHIPPED = [path.read_text(encoding="utf-8") for path in sorted(PROTOCOLS.glob("*.yaml"))]
AGENTS = (
    "90Y-epratuzumab tetraxetan",
    "CD34+ cells",
    "anti-CD19 CAR T cells",
    "donor lymphocytes",
    "cytarabine/daunorubicin (liposomal)",
    "interleukin 2",  # held by quotation marks, as the next ones
    "thiotepa 5 mg on D1",
    "immunoglobulin, IV",
    'a "named" drug',
    "5-fluorouracil",
)
SCRAPS = ("a", "5", "mg", "/kg", "on", "D1", "to", ",", "and", "at", "most", "every", "day", "for", "-", "D4", "(", '"')
NAMES = ("GVHD", "acute GVHD", "treatment failure", "relapse", "enrolment rank at site", "graft transfusion", "age")
FREE = st.text("abc -,;()\"'/+%5D²µé:#\n\t", min_size=1, max_size=25).filter(lambda words: words.strip() == words != "")
QUOTES = FREE.map(lambda words: " ".join(words.split()))  # white space plays no part in a quote
WORDS = st.one_of(st.sampled_from(("disease progression", "central venous catheter", "at most 5 mg", "says so")), FREE)

amounts_above_nought = st.decimals(Decimal("0.001"), 10**7, places=3, allow_nan=False).map(lambda d: d.normalize())
small = st.integers(1, 99)
numbers = st.lists(st.integers(1, 60), max_size=3).map(tuple)


def days_strategy(low: int) -> st.SearchStrategy[int]:
    return st.integers(low, 400).filter(lambda day: low < 0 or day != 0)


def ranges(low: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(days_strategy(low), days_strategy(low)).filter(lambda pair: pair[0] < pair[1])


def day_sets(low: int) -> st.SearchStrategy[DaySet]:
    item = days_strategy(low) | ranges(low).map(lambda pair: DayRange(*pair))
    return st.lists(item, min_size=1, max_size=4).map(lambda items: DaySet(tuple(items)))


units = st.sampled_from([unit for unit in UNITS if unit.kind != "time"])
dose_tail = st.tuples(units, st.sampled_from(m.Per), st.sampled_from(m.Basis))


@st.composite
def amounts(draw: st.DrawFn) -> m.Amount:
    unit, per, basis = draw(dose_tail)
    low, high = sorted(draw(st.tuples(amounts_above_nought, amounts_above_nought)))
    levels = draw(st.lists(amounts_above_nought, min_size=1, max_size=4).map(tuple))
    return draw(
        st.sampled_from(
            (
                m.Amount(low, low, unit, per, basis),
                m.Amount(low, high, unit, per, basis),
                m.Amount(low, None, unit, per, basis),
                m.Amount(None, high, unit, per, basis),
                m.Amount(None, None, unit, per, basis, levels),
            )
        )
    )


caps = st.builds(
    lambda value, tail: m.Amount(value, value, *tail),
    amounts_above_nought,
    dose_tail,
)
infusions = st.one_of(
    st.just(Decimal(0)),
    st.integers(1, 5000).map(lambda minutes: Decimal(minutes) / 60),
    st.decimals(Decimal("0.01"), 2000, places=2),
)
frequencies = st.builds(
    m.Frequency,
    small,
    st.integers(1, 96).map(Decimal) | st.just(Decimal("0.5")),
    st.sampled_from(("hour", "day", "week")),
)
WEIGHTS = ("", "actual weight", "ideal weight", "adjusted weight 25 %", "adjusted weight 50 %")
ROUTES = ("", "IV", "PO", "SC", "IM", "IT", "IP", "inhaled", "topical", "intravitreal", "external beam")


@st.composite
def gives(draw: st.DrawFn, low: int = -30) -> m.Give:
    amount = draw(st.none() | amounts())
    continuous = draw(st.booleans())
    start = draw(st.none() | ranges(low))
    return m.Give(
        draw(st.sampled_from(AGENTS) | FREE),
        amount,
        weight=draw(st.sampled_from(WEIGHTS)),
        route=draw(st.sampled_from(ROUTES)),
        infusion_h=None if continuous else draw(st.none() | infusions),
        continuous=continuous,
        access=draw(st.just("") | WORDS),
        frequency=draw(st.none() | frequencies),
        doses=draw(st.none() | st.builds(m.Count, small, st.booleans())),
        for_days=draw(st.none() | st.builds(m.Count, small, st.booleans())),
        days=draw(st.none() | day_sets(low)),
        from_day=start[0] if start else None,
        to_day=start[1] if start and draw(st.booleans()) else None,
        weeks=draw(numbers),
        until=draw(st.just("") | WORDS),
        cycles=draw(numbers),
        caps=draw(st.lists(caps, max_size=3).map(tuple)),
        bsa_cap_m2=draw(st.none() | amounts_above_nought),
        round_to=draw(st.none() | amounts_above_nought) if amount else None,
        taper=draw(st.none() | ranges(low).map(lambda pair: m.Window(*pair))),
        reference=draw(st.just("") | WORDS),
    )


names = st.sampled_from(NAMES)
spans = st.tuples(small, st.sampled_from(("day", "week", "month", "year")))
forms = st.one_of(
    st.builds(
        c.Compare,
        names,
        st.sampled_from(("<", "<=", ">", ">=")),
        st.decimals(-100, 100, places=1),
        st.sampled_from(("", "years", "10^9/L")),
    ),
    st.builds(c.Is, names, st.lists(st.sampled_from(("CR", "CRp", "Nantes")), min_size=1, max_size=3).map(tuple)),
    st.builds(
        lambda events, span, of: c.Within(tuple(events), *span, of),
        st.lists(names, min_size=1, max_size=3),
        spans,
        names,
    ),
    st.builds(lambda state, span: c.StoppedFor(state, *span), names, spans),
    st.builds(c.NoActive, names),
    st.builds(c.NeverAbove, names, st.sampled_from(("II", "3", "IV"))),
    st.builds(c.Happened, names),
    st.text('abc ,()"and or is no<5', min_size=1, max_size=30)
    .map(lambda words: " ".join(words.split()))
    .filter(bool)
    .map(c.Stated),
    st.sampled_from(("no clinical contraindication (GVHD)", "age > 60 years", "fit, and willing", "x (", "(a)")).map(
        c.Stated
    ),
)
conditions = st.recursive(
    forms,
    lambda inner: st.lists(inner, min_size=2, max_size=3).flatmap(
        lambda of: st.sampled_from((c.All(tuple(of)), c.AnyOf(tuple(of))))
    ),
    max_leaves=6,
)


@st.composite
def lines(draw: st.DrawFn, part: str, number: int, low: int) -> m.Line:
    what = draw(
        st.one_of(
            gives(low),
            day_sets(low).map(m.Rest),
            st.builds(m.Do, WORDS, day_sets(low), numbers, st.booleans()),
            st.builds(m.Refer, WORDS, WORDS),
        )
    )
    return m.Line(
        f"{part}/{number}",
        what,
        draw(st.none() | conditions),
        draw(st.booleans()),
        unsettled=draw(st.lists(FREE, max_size=2).map(tuple)),
        sources=draw(st.lists(QUOTES.map(m.Source), max_size=2).map(tuple)),
        because=draw(st.just("") | FREE),
        cite=draw(st.lists(FREE, max_size=2).map(tuple)),
    )


points = st.just(m.TimePoint(0, "baseline")) | spans.map(lambda span: m.TimePoint(*span))
point_lists = st.lists(points, max_size=4).map(tuple)
cycles = st.one_of(
    st.builds(m.Cycles, small, st.none() | small, st.booleans()), st.builds(m.Cycles, st.none(), st.none() | small)
)
ANCHORS = (Anchor("D0", "graft transfusion"), Anchor("RIT D1", "first infusion"))


outcomes = st.builds(
    d.Outcome, st.sampled_from(NAMES) | QUOTES, st.lists(st.sampled_from(("CR", "CRp", "a or b", "is")) | QUOTES, max_size=3).map(tuple),
    st.just(""), st.booleans(), st.lists(QUOTES, max_size=2).map(tuple), st.lists(QUOTES, max_size=2).map(tuple),
) | st.builds(d.Outcome, st.sampled_from(NAMES), st.just(()), st.sampled_from(("I", "III", "4")))  # fmt: skip
FILLED = {
    "start": lambda draw: draw(st.lists(FREE, min_size=1, max_size=2).map(tuple)),
    "event": lambda draw: (draw(outcomes),),
    "competing": lambda draw: (d.Outcome("competitor", values=(draw(QUOTES),)),),
    "censor": lambda draw: (d.Outcome("censoring event"),),
    "state": lambda draw: draw(outcomes),
    "followed": lambda draw: draw(FREE),
    "ties": lambda draw: (),
    "within": lambda draw: d.Length(draw(small), draw(st.sampled_from(("day", "week", "month", "year")))),
    "levels": lambda draw: draw(st.lists(FREE, min_size=1, max_size=3).map(tuple)),
    "measures": lambda draw: draw(st.lists(FREE, min_size=1, max_size=3).map(tuple)),
    "crossover": lambda draw: draw(FREE),
    "adjust": lambda draw: draw(st.just(()) | st.just(("RPSFT", "IPCW"))),
    "covariates": lambda draw: draw(st.lists(FREE, max_size=2).map(tuple)),
    "month": lambda draw: draw(st.sampled_from((d.MONTH_DAYS, Decimal(30), Decimal("30.5")))),
    "limit": lambda draw: draw(st.none() | st.sampled_from((Decimal(1), Decimal("0.5")))),
    "listing": lambda draw: draw(st.booleans()),
}
FIELDS = {"event": "events", "month": "month_days"}


@st.composite
def definitions(draw: st.DrawFn) -> d.Definition:
    """A definition with every key that its method needs, and some of those it may have."""
    method = draw(st.sampled_from(d.Method))
    keys = [*NEEDS[method], *draw(st.lists(st.sampled_from(MAY[method]), unique=True))]
    keys += ["crossover"] if "adjust" in keys and "crossover" not in keys else []
    values = {FIELDS.get(key, key): FILLED[key](draw) for key in keys if key != "window"}
    bare = d.Outcome(draw(st.sampled_from(NAMES)), draw(st.lists(QUOTES, max_size=2).map(tuple)))
    values |= {"events": (bare,)} if method in ONE_BY_ONE else {}
    values |= {"state": bare} if "state" in keys else {}
    if "window" in keys:
        values |= {"before_days": draw(st.integers(0, 30)), "after_days": draw(st.integers(0, 30))}
    return d.Definition(method, population=draw(st.sampled_from(("", *d.POPULATIONS))), **values)


def timed(endpoint: m.Endpoint) -> m.Endpoint:
    """With a time point where the method needs one."""
    needed = endpoint.define is not None and endpoint.define.method in AT_TIME_POINTS
    return replace(endpoint, at=endpoint.at or (m.TimePoint(1, "year"),)) if needed else endpoint


@given(outcomes)
def test_an_event_that_counts_reads_back(outcome: d.Outcome) -> None:
    text = print_outcome(outcome)
    assert parse_outcome(text) == outcome
    assert print_outcome(parse_outcome(text)) == text


@st.composite
def protocols(draw: st.DrawFn) -> m.Protocol:
    anchors = draw(st.sampled_from((ANCHORS[:1], ANCHORS[1:], ANCHORS)))
    arms = draw(st.sampled_from(((), ("experimental", "control"))))
    arm = st.sampled_from(("", *arms))
    parts: list[m.Part] = []
    for name in draw(st.lists(FREE, unique=True, max_size=3)):
        anchor = draw(st.sampled_from(anchors))
        low = -20 if anchor.has_day_zero else 1
        own = tuple(draw(lines(name, number, low)) for number in range(1, draw(st.integers(0, 3)) + 1))
        same = draw(st.sampled_from(["", *(part.name for part in parts if part.anchor == anchor.name)]))
        part = m.Part(
            name, anchor.name, () if same else own, draw(arm), draw(st.just("") | FREE), draw(st.none() | cycles),
            draw(st.none() | conditions), same, draw(st.just("") | FREE),
        )  # fmt: skip
        parts.append(part)
    windows = st.tuples(st.integers(0, 30), st.integers(0, 30)) | st.just((None, None))
    visits = [
        m.Visits(
            name, draw(st.sampled_from(anchors)).name, draw(point_lists), draw(st.lists(FREE, max_size=2).map(tuple)),
            *draw(windows), draw(arm), draw(st.none() | conditions),
        )
        for name in draw(st.lists(FREE, unique=True, max_size=2))
    ]  # fmt: skip
    roles = st.sampled_from(("primary objective", "secondary objective", "primary endpoint", "other endpoint"))
    endpoint = st.builds(m.Endpoint, roles, FREE, point_lists, st.just("") | FREE, st.none() | definitions()).map(timed)
    allocation = st.builds(
        m.Allocation, st.booleans(), st.just("") | st.just("1:1"), st.lists(FREE, max_size=2).map(tuple)
    )
    return m.Protocol(
        draw(FREE), (), anchors, arms, tuple(parts), tuple(visits), tuple(draw(st.lists(endpoint, max_size=2))),
        draw(st.none() | allocation), draw(st.just("") | st.just("3+3")), draw(st.just("") | st.just("Boyd")),
        draw(st.sampled_from(WEIGHTS)), draw(st.just(m.DEFAULT_ENDS) | st.lists(FREE, max_size=2).map(tuple)),
        draw(st.lists(st.builds(m.Note, QUOTES, FREE), max_size=2).map(tuple)),
        tuple(draw(st.dictionaries(FREE, FREE, max_size=2)).items()),
    )  # fmt: skip


@given(gives(), st.booleans())
def test_a_give_line_reads_back(give: m.Give, day_zero: bool) -> None:
    text = g.print_give(give, day_zero=day_zero)
    read = g.parse_give(text)
    assert read == give
    assert g.print_give(read, day_zero=day_zero) == text


@given(st.builds(m.Do, WORDS, day_sets(-30), numbers, st.booleans()), st.builds(m.Refer, WORDS, WORDS), day_sets(-30))
def test_the_other_lines_read_back(do: m.Do, refer: m.Refer, days: DaySet) -> None:
    assert g.parse_do(g.print_do(do)) == do
    assert g.parse_refer(g.print_refer(refer)) == refer
    assert g.parse_rest(g.print_rest(m.Rest(days))) == m.Rest(days)


@given(cycles, points, st.tuples(st.integers(0, 90), st.integers(0, 90)))
def test_the_frame_lines_read_back(several: m.Cycles, point: m.TimePoint, window: tuple[int, int]) -> None:
    assert g.parse_cycles(g.print_cycles(several)) == several
    assert g.parse_time_point(g.print_time_point(point)) == point
    assert g.parse_window(g.print_window(*window)) == window


@settings(max_examples=300)
@given(conditions)
def test_a_condition_reads_back(condition: c.Condition) -> None:
    text = print_condition(condition)
    assert parse_condition(text) == condition
    assert print_condition(parse_condition(text)) == text


@settings(deadline=None)
@given(protocols())
def test_a_protocol_reads_back(protocol: m.Protocol) -> None:
    text = dump(protocol)
    read = loads(text).protocol
    assert read == protocol
    assert [[(line.sources, line.because, line.cite) for line in part.lines] for part in read.parts] == [
        [(line.sources, line.because, line.cite) for line in part.lines] for part in protocol.parts
    ]
    assert dump(read) == text


@settings(deadline=None)
@given(protocols(), protocols())
def test_a_difference_is_told_exactly_when_there_is_one(old: m.Protocol, new: m.Protocol) -> None:
    assert diff(old, old) == ()
    assert bool(diff(old, new)) == (old != new)


def answers(text: str, base: Path | None = None) -> None:
    """A protocol or findings, each with its file; any other exception fails the test."""
    try:
        loads(text, where="x.yaml", base=base)
    except Refusal as refused:
        assert refused.findings
        assert all(finding.places and finding.places[0].where == "x.yaml" for finding in refused.findings)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.text("abDgive:- []{}&*!|>\"'#\n?,%@`0", max_size=80))
def test_any_text_gives_a_protocol_or_findings(text: str) -> None:
    answers(text)
    answers("protocol: x\ntreatment:\n  a:\n    - give: " + text)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SHIPPED), st.integers(0, 10**6), st.integers(0, 12), st.text(max_size=6))
def test_a_damaged_protocol_gives_a_protocol_or_findings(text: str, at: int, cut: int, put: str) -> None:
    place = at % len(text)
    answers(text[:place] + put + text[place + cut :], PROTOCOLS if at % 7 == 0 else None)


@settings(max_examples=300)
@given(st.text(max_size=60) | st.lists(st.sampled_from(SCRAPS)).map(" ".join))
def test_any_line_is_read_or_refused(text: str) -> None:
    for parse in (
        g.parse_give,
        g.parse_days,
        g.parse_do,
        g.parse_refer,
        g.parse_cycles,
        g.parse_time_point,
        parse_condition,
        parse_outcome,
    ):
        try:
            parse(text)
        except Refusal as refused:
            assert refused.findings[0].code in ("LINE-UNREAD", "DAY-DASH", "UNIT-UNKNOWN")
