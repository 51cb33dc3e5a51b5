"""Reads the frame of a protocol file: anchors, settings, allocation, visits, endpoints, notes."""

from __future__ import annotations

from posolog.core.days import Anchor
from posolog.protocol.collect import Collector
from posolog.protocol.conditions_text import parse_condition
from posolog.protocol.frame_text import parse_time_point, parse_window
from posolog.protocol.model import Allocation, Criterion, Endpoint, Note, TimePoint, Visits
from posolog.protocol.read_definition import AT_TIME_POINTS, read_definition
from posolog.protocol.read_treatment import Sources
from posolog.protocol.tree import Items, Table, Text, Tree

BSA_FORMULAS = ("Du Bois", "Mosteller", "Haycock", "Gehan-George", "Boyd")
WEIGHTS = ("actual weight", "ideal weight", "adjusted weight 25 %", "adjusted weight 50 %")
VISIT_KEYS = ("after", "at", "window", "assess", "arm", "if", "from", "because")
CRITERIA = ("inclusion", "exclusion", "criterion")
ROLES = (
    *("primary objective", "secondary objective", "other objective"),
    *("primary endpoint", "secondary endpoint", "other endpoint"),
)


def read_anchors(collect: Collector, tree: Tree | None) -> tuple[Anchor, ...]:
    """The anchors; two of one name, or two for one event, contradict each other."""
    found: list[Anchor] = []
    if tree is not None and not isinstance(tree, Table):
        collect.table(tree, "anchors")
    for key, value in tree.pairs if isinstance(tree, Table) else ():
        anchor = Anchor(key.words, collect.text(value, f"anchor {key.words!r}"))
        if not anchor.name.endswith(("D0", "D1")):
            step = "End it in D0 where the days count from a day 0, in D1 where they start at day 1."
            collect.add("ANCHOR-NAME", f"anchor {anchor.name!r} is no D0 and no D1", step, key.line, words=anchor.name)
        for other in found:
            if anchor.name == other.name or (anchor.event and anchor.event.casefold() == other.event.casefold()):
                _contradiction(collect, other, anchor, key.line)
        if anchor.event and anchor.name not in [other.name for other in found]:
            found.append(anchor)
    return tuple(found)


def _contradiction(collect: Collector, one: Anchor, two: Anchor, line: int) -> None:
    collect.add(
        "ANCHOR-CONTRADICTORY",
        f"anchors {one.name!r} ({one.event}) and {two.name!r} ({two.event}) cannot both hold",
        "Give each anchor its own name and its own event.",
        line,
        words=two.name,
    )


def read_settings(collect: Collector, tree: Tree | None) -> tuple[str, str]:
    """Body surface formula and weight, "" where not settled."""
    values = collect.table(tree, "settings", ("bsa", "weight")) if tree is not None else {}
    bsa = collect.one_of(values.get("bsa"), "body surface formula", BSA_FORMULAS)
    return bsa, collect.one_of(values.get("weight"), "weight", WEIGHTS)


def read_allocation(collect: Collector, tree: Tree | None, sources: Sources) -> Allocation | None:
    if tree is None:
        return None
    values = collect.table(tree, "allocation", ("randomised", "ratio", "strata", "from"))
    collect.required(values, "randomised", "allocation", tree.line)
    return Allocation(
        collect.flag(values.get("randomised"), "randomised"),
        collect.text(values.get("ratio"), "ratio"),
        collect.words(values.get("strata"), "strata"),
        sources(values.get("from")),
    )


def read_visits(collect: Collector, tree: Tree | None, sources: Sources) -> tuple[Visits, ...]:
    """The visits in file order."""
    if tree is None:
        return ()
    return tuple(_read_visit(collect, name, value, sources) for name, value in collect.table(tree, "visits").items())


def _read_visit(collect: Collector, name: str, tree: Tree, sources: Sources) -> Visits:
    values = collect.table(tree, f"visits {name!r}", VISIT_KEYS)
    window = collect.parsed(values.get("window"), "window", parse_window)
    return Visits(
        name,
        collect.text(values.get("after"), "after"),
        read_points(collect, values.get("at")),
        collect.words(values.get("assess"), "assess"),
        window[0] if window else None,
        window[1] if window else None,
        arm=collect.text(values.get("arm"), "arm"),
        condition=collect.parsed(values.get("if"), "if", parse_condition),
        sources=sources(values.get("from")),
        because=collect.text(values.get("because"), "because"),
        file_line=tree.line,
    )


def read_points(collect: Collector, tree: Tree | None) -> tuple[TimePoint, ...]:
    """One time point or a list of them."""
    trees = tree.of if isinstance(tree, Items) else (() if tree is None else (tree,))
    read = (collect.parsed(item, "at", parse_time_point) for item in trees)
    return tuple(point for point in read if point is not None)


def read_endpoints(collect: Collector, tree: Tree | None, sources: Sources) -> tuple[Endpoint, ...]:
    """The endpoints in file order; each has exactly one role key."""
    found = []
    for item in collect.items(tree, "endpoints"):
        values = collect.table(item, "an endpoint", (*ROLES, "at", "after", "define", "from", "because"))
        roles = [role for role in ROLES if role in values]
        if len(roles) != 1:
            step = "Write exactly one of: " + ", ".join(ROLES) + "."
            collect.add("KEY-CLASH" if roles else "KEY-MISSING", "an endpoint has one role", step, item.line)
            continue
        at, define = read_points(collect, values.get("at")), read_definition(collect, values.get("define"))
        if define is not None and define.method in AT_TIME_POINTS and not at:
            message = f"the method {define.method.value!r} needs the time points of the endpoint"
            collect.add("DEFINITION-LACKS", message, "Add 'at: [...]' to the endpoint.", item.line)
        found.append(
            Endpoint(
                roles[0],
                collect.text(values[roles[0]], roles[0]),
                at,
                collect.text(values.get("after"), "after"),
                define,
                sources(values.get("from")),
                collect.text(values.get("because"), "because"),
                item.line,
            )
        )
    return tuple(found)


def read_eligibility(collect: Collector, tree: Tree | None, sources: Sources) -> tuple[Criterion, ...]:
    """The criteria in file order; their words are quotes of the source."""
    found = []
    for item in collect.items(tree, "eligibility"):
        values = collect.table(item, "a criterion", CRITERIA)
        if len(values) != 1:
            step = "Write exactly one of: " + ", ".join(CRITERIA) + "."
            collect.add("KEY-CLASH" if values else "KEY-MISSING", "a criterion has one kind", step, item.line)
            continue
        ((kind, value),) = values.items()
        words = collect.text(value, kind)
        sources(value if isinstance(value, Text) else None)
        if words:
            found.append(Criterion(kind, " ".join(words.split())))
    return tuple(found)


def read_notes(collect: Collector, tree: Tree | None, sources: Sources) -> tuple[Note, ...]:
    found = []
    for item in collect.items(tree, "notes"):
        values = collect.table(item, "a note", ("from", "why"))
        words = collect.required(values, "from", "a note", item.line)
        why = collect.required(values, "why", "a note", item.line)
        sources(values.get("from") if isinstance(values.get("from"), Text) else None)
        if words:
            found.append(Note(" ".join(words.split()), why))
    return tuple(found)


def read_settled(collect: Collector, tree: Tree | None) -> tuple[tuple[str, str], ...]:
    """Questions answered by a person, with the reason."""
    if tree is None:
        return ()
    values = collect.table(tree, "settled")
    return tuple((question, collect.text(why, question)) for question, why in values.items())
