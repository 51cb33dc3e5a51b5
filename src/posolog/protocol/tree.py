"""YAML as a plain tree in which every key and value knows its line; all scalars are text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from posolog.core.finding import Finding, Place, Refusal, Severity

DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Text:
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    of: tuple[Tree, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """Pairs in file order, repeated keys included."""

    pairs: tuple[tuple[Text, Tree], ...]
    line: int


Tree = Text | Items | Table


def read_tree(text: str) -> Tree:
    """The tree of a YAML text. *Raises:* Refusal with YAML-BROKEN and the line."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        node = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _broken(error.problem or error.context or "not YAML", mark.line + 1 if mark else None) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise _broken(" ".join(str(error).split()) or "nested too deeply", None) from error
    if node is None:
        raise _broken("the file is empty", 1)
    return _tree(node, 0)


def _broken(why: str, line: int | None) -> Refusal:
    step = "Mend the YAML there: indentation, quotation marks and colons are the usual causes."
    place = Place("here", line=line)
    return Refusal(Finding("YAML-BROKEN", Severity.STOP, f"this is not YAML: {why}", step, (place,)))


def broken_line(refused: Refusal) -> int | None:
    """The line of a YAML-BROKEN refusal, where it is known."""
    return refused.findings[0].places[0].line


def _tree(node: Any, depth: int) -> Tree:
    line = node.start_mark.line + 1
    if depth > DEEPEST:
        raise _broken("nested too deeply, or a value that holds itself", line)
    if node.id == "scalar":
        return Text("" if str(node.tag).endswith(":null") else str(node.value), line)
    if node.id == "sequence":
        return Items(tuple(_tree(item, depth + 1) for item in node.value), line)
    pairs = []
    for key, value in node.value:
        name = _tree(key, depth + 1)
        if not isinstance(name, Text):
            raise _broken("a key is one word or phrase", name.line)
        pairs.append((name, _tree(value, depth + 1)))
    return Table(tuple(pairs), line)
