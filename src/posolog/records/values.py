"""Typed access to a JSON record: what has the wrong type is left out and told."""

from __future__ import annotations

from collections.abc import Iterator

from posolog.core.finding import Finding, Place, Severity


class Values:
    """An object of the record; `path` says where it stands in it. Findings are shared by all objects of one record."""

    def __init__(self, of: dict[str, object], where: str, path: str = "", findings: list[Finding] | None = None):
        self.of, self.where, self.path = of, where, path
        self.findings: list[Finding] = [] if findings is None else findings

    def at(self, *keys: str) -> Values:
        """The object under the keys; an empty one where there is none."""
        now = self
        for key in keys:
            value = now.of.get(key)
            if not isinstance(value, dict):
                now._wrong(key, value, "an object")
                value = {}
            now = Values(value, now.where, now._path(key), self.findings)
        return now

    def words(self, key: str) -> str:
        value = self.of.get(key)
        if isinstance(value, str):
            return value
        self._wrong(key, value, "a text")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(value for value in self._list(key) if isinstance(value, str))

    def each(self, key: str) -> Iterator[Values]:
        """The objects of a list."""
        for number, value in enumerate(self._list(key), 1):
            if isinstance(value, dict):
                yield Values(value, self.where, f"{self._path(key)}[{number}]", self.findings)
            else:
                self._wrong(f"{key}[{number}]", value, "an object")

    def _list(self, key: str) -> list[object]:
        value = self.of.get(key)
        if isinstance(value, list):
            return value
        self._wrong(key, value, "a list")
        return []

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        if value is None:
            return
        message = f"{self._path(key)} is not {wanted}, so it is left out"
        step = "Fetch the record again, or correct the file."
        place = Place("record", self._path(key), self.where)
        self.findings.append(Finding("RECORD-VALUE", Severity.ASK, message, step, (place,)))
