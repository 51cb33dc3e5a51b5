"""Reads the treatment of a protocol file: parts and their lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from posolog.protocol.collect import Collector
from posolog.protocol.conditions_text import parse_condition
from posolog.protocol.frame_text import parse_cycles
from posolog.protocol.giveline import parse_do, parse_give, parse_refer, parse_rest
from posolog.protocol.model import Do, Give, Line, Part, Refer, Rest, Source
from posolog.protocol.tree import Items, Table, Tree

LINE_KINDS: dict[str, Callable[[str], Give | Rest | Do | Refer]] = {
    "give": parse_give,
    "rest": parse_rest,
    "do": parse_do,
    "refer": parse_refer,
}
LINE_KEYS = (*LINE_KINDS, "if", "optional", "unsettled", "from", "because", "cite")
PART_KEYS = ("arm", "anchor", "choice", "option", "cycles", "if", "same as", "from", "because", "lines")

Sources = Callable[[Tree | None], tuple[Source, ...]]


def read_parts(collect: Collector, tree: Tree | None, sources: Sources) -> tuple[Part, ...]:
    """The parts in file order; `sources` locates quotes."""
    if tree is None:
        return ()
    parts = collect.table(tree, "treatment")
    return tuple(_read_part(collect, name, part, sources) for name, part in parts.items())


def _read_part(collect: Collector, name: str, tree: Tree, sources: Sources) -> Part:
    if isinstance(tree, Items):
        return Part(name, "", _read_lines(collect, name, tree, sources), file_line=tree.line)
    values = collect.table(tree, f"part {name!r}", PART_KEYS)
    if "lines" in values and "same as" in values:
        step = "Keep 'lines' or 'same as'; a part that differs needs its own lines."
        collect.add("KEY-CLASH", f"part {name!r} has both 'lines' and 'same as'", step, tree.line)
    if isinstance(tree, Table) and "lines" not in values and "same as" not in values:
        collect.add("KEY-MISSING", f"part {name!r} lacks 'lines'", "Add 'lines:' or 'same as: PART'.", tree.line)
    return Part(
        name,
        collect.text(values.get("anchor"), "anchor"),
        _read_lines(collect, name, values.get("lines"), sources),
        arm=collect.text(values.get("arm"), "arm"),
        choice=collect.text(values.get("choice"), "choice"),
        option=collect.text(values.get("option"), "option"),
        cycles=collect.parsed(values.get("cycles"), "cycles", parse_cycles),
        condition=collect.parsed(values.get("if"), "if", parse_condition),
        same_as=collect.text(values.get("same as"), "same as"),
        sources=sources(values.get("from")),
        because=collect.text(values.get("because"), "because"),
        file_line=tree.line,
    )


def _read_lines(collect: Collector, part: str, tree: Tree | None, sources: Sources) -> tuple[Line, ...]:
    trees = collect.items(tree, f"lines of part {part!r}")
    read = (_read_line(collect, f"{part}/{number}", item, sources) for number, item in enumerate(trees, 1))
    return tuple(line for line in read if line is not None)


def _read_line(collect: Collector, ident: str, tree: Tree, sources: Sources) -> Line | None:
    values = collect.table(tree, f"line {ident!r}", LINE_KEYS)
    kinds = [kind for kind in LINE_KINDS if kind in values]
    if len(kinds) != 1 and isinstance(tree, Table):
        step = "Write exactly one of give, rest, do and refer in a line."
        code = "KEY-CLASH" if kinds else "KEY-MISSING"
        collect.add(code, f"line {ident!r} has {len(kinds)} of give, rest, do, refer", step, tree.line)
    rest: dict[str, Any] = {
        "condition": collect.parsed(values.get("if"), "if", parse_condition),
        "optional": collect.flag(values.get("optional"), "optional"),
        "unsettled": collect.words(values.get("unsettled"), "unsettled"),
        "sources": sources(values.get("from")),
        "because": collect.text(values.get("because"), "because"),
        "cite": collect.words(values.get("cite"), "cite"),
    }
    what = collect.parsed(values[kinds[0]], kinds[0], LINE_KINDS[kinds[0]]) if kinds else None
    return Line(ident, what, file_line=tree.line, **rest) if what is not None else None
