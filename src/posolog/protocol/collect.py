"""Reads typed values out of the tree and collects a finding for everything that does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.protocol.lexer import did_you_mean
from posolog.protocol.tree import Items, Table, Text, Tree

T = TypeVar("T")


class Collector:
    """The findings of one file; `where` is its name as it stands in every place."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.findings: list[Finding] = []

    def add(
        self,
        code: str,
        message: str,
        next_step: str,
        line: int | None,
        *,
        words: str = "",
        severity: Severity = Severity.STOP,
    ) -> None:
        place = Place("here", words, self.where, line)
        self.findings.append(Finding(code, severity, message, next_step, (place,)))

    def adopt(self, refused: Refusal, line: int | None) -> None:
        """Take over findings from below, with this file and line."""
        for finding in refused.findings:
            places = tuple(replace(place, where=self.where, line=line) for place in finding.places)
            self.findings.append(replace(finding, places=places or (Place("here", "", self.where, line),)))

    def stopped(self) -> bool:
        return any(finding.severity is Severity.STOP for finding in self.findings)

    def table(self, tree: Tree, what: str, keys: Iterable[str] | None = None) -> dict[str, Tree]:
        """The values by key; unknown and repeated keys are findings. `keys` None: any name is a key."""
        if not isinstance(tree, Table):
            self._wrong(tree, f"{what} holds named values", "Write it as 'name: value' lines.")
            return {}
        found: dict[str, Tree] = {}
        for key, value in tree.pairs:
            known = None if keys is None else list(keys)
            if key.words in found:
                self.add(
                    "KEY-TWICE",
                    f"{key.words!r} stands twice in {what}",
                    "Keep one.",
                    key.line,
                    words=key.words,
                )
            elif not key.words.strip():
                self.add("TYPE-WRONG", f"a name in {what} is empty", "Give it a name.", key.line)
            elif known is not None and key.words not in known:
                step = did_you_mean(key.words, known) or "Known here: " + ", ".join(known) + "."
                self.add("KEY-UNKNOWN", f"{key.words!r} is not known in {what}", step, key.line, words=key.words)
            else:
                found[key.words] = value
        return found

    def text(self, tree: Tree | None, what: str) -> str:
        """The words, "" where absent or (with a finding) where they are not words."""
        if tree is None:
            return ""
        if isinstance(tree, Text) and tree.words.strip():
            return tree.words
        self._wrong(tree, f"{what} is a word or phrase", "Write words after the colon, or leave the key out.")
        return ""

    def required(self, values: dict[str, Tree], key: str, what: str, line: int) -> str:
        if key not in values:
            self.add("KEY-MISSING", f"{what} lacks {key!r}", f"Add '{key}: ...'.", line)
        return self.text(values.get(key), key)

    def items(self, tree: Tree | None, what: str) -> tuple[Tree, ...]:
        if tree is None:
            return ()
        if isinstance(tree, Items):
            return tree.of
        self._wrong(tree, f"{what} is a list", "Write a list: [one, two], or one '- ' line each.")
        return ()

    def texts(self, tree: Tree | None, what: str) -> tuple[Text, ...]:
        """One phrase or a list of phrases, with their lines."""
        trees = (tree,) if isinstance(tree, Text) else self.items(tree, what)
        return tuple(Text(words, item.line) for item in trees if (words := self.text(item, what)))

    def words(self, tree: Tree | None, what: str) -> tuple[str, ...]:
        return tuple(text.words for text in self.texts(tree, what))

    def flag(self, tree: Tree | None, what: str) -> bool:
        words = tree.words if isinstance(tree, Text) else ""
        if tree is not None and words not in ("true", "false"):
            self._wrong(tree, f"{what} is true or false", "Write true or false.")
        return words == "true"

    def parsed(self, tree: Tree | None, what: str, parse: Callable[[str], T]) -> T | None:
        """What `parse` makes of the words; its refusal becomes findings of this file."""
        words = self.text(tree, what)
        if tree is None or not words:
            return None
        try:
            return parse(words)
        except Refusal as refused:
            self.adopt(refused, tree.line)
            return None

    def one_of(self, tree: Tree | None, what: str, known: Iterable[str]) -> str:
        """A word of a closed set, or "" with a finding."""
        words, names = self.text(tree, what), list(known)
        if not words or words in names or tree is None:
            return words
        step = did_you_mean(words, names) or "Known: " + ", ".join(names) + "."
        self.add("VALUE-UNKNOWN", f"{words!r} is no {what}", step, tree.line, words=words)
        return ""

    def _wrong(self, tree: Tree, message: str, next_step: str) -> None:
        words = tree.words if isinstance(tree, Text) else ""
        self.add("TYPE-WRONG", message, next_step, tree.line, words=words)
