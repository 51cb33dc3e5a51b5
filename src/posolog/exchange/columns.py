"""A table of a CSV file, column by column; every fault is a finding with file, line, column and words."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from posolog.core.finding import Finding, Place, Refusal, Severity

MISSING = {"", "na", "n/a", "nan", ".", "null", "none"}
PLACES = 8  # faults of a column that are quoted; the rest is counted


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a file as text. `lines` counts from 1 in the file; `rows` are as wide as `header`."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of one column. *Raises:* Refusal for a column that is not there."""
        at = self.index(name)
        return tuple(row[at] for row in self.rows)

    def index(self, name: str) -> int:
        """Where a column stands, by its exact name, else without regard to case if that is clear."""
        if name in self.header:
            return self.header.index(name)
        alike = [at for at, title in enumerate(self.header) if title.casefold() == name.casefold()]
        if len(alike) == 1:
            return alike[0]
        near = get_close_matches(name, self.header, n=3, cutoff=0.5)
        step = f"Did you mean {', '.join(near)}?" if near else f"Columns: {', '.join(self.header)}."
        raise refusal("TABLE-COLUMN", f"{self.name} has no column {name!r}", step, Place("line", "", self.name, 1))

    def take(self, rows: Sequence[int]) -> Table:
        """The table of some rows."""
        return Table(self.name, self.header, tuple(self.rows[k] for k in rows), tuple(self.lines[k] for k in rows))

    def missing(self, names: Sequence[str]) -> list[int]:
        """Numbers of the rows in which one of these columns is empty (or NA, NaN, a dot)."""
        at = [self.index(name) for name in names]
        return [k for k, row in enumerate(self.rows) if any(is_missing(row[j]) for j in at)]

    def numbers(self, name: str) -> tuple[float, ...]:
        """A column as finite numbers. *Raises:* Refusal that quotes the cells that are none."""
        return tuple(self._read(name, _number, "Write a number with a decimal point."))

    def optional(self, name: str) -> tuple[float, ...]:
        """As `numbers`, with NaN for a missing cell."""
        return tuple(self._read(name, _number_or_nothing, "Write a number with a decimal point, or nothing."))

    def is_numeric(self, name: str) -> bool:
        """Whether every cell that is not missing is a number."""
        cells = [cell for cell in self.column(name) if not is_missing(cell)]
        return bool(cells) and all(_number(cell) is not None for cell in cells)

    def _read(self, name: str, read: Callable[[str], float | None], step: str) -> list[float]:
        values = [read(cell) for cell in self.column(name)]
        bad = [k for k, value in enumerate(values) if value is None]
        if bad:
            raise self.refuse(name, bad, "not a number", step)
        return [value for value in values if value is not None]

    def refuse(self, name: str, rows: Sequence[int], fault: str, step: str, *, code: str = "TABLE-VALUE") -> Refusal:
        """A refusal that names column and lines and quotes the cells."""
        at = self.index(name)
        places = tuple(Place(name, self.rows[k][at] or "(empty)", self.name, self.lines[k]) for k in rows[:PLACES])
        count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
        return refusal(code, f"{self.name}, column {name}: {fault} ({count})", step, *places)


def load(path: str) -> Table:
    """Read a CSV file: commas, semicolons or tabs; the first line names the columns. *Raises:* Refusal."""
    return parse(_text(path), path)


def parse(text: str, name: str) -> Table:
    """As `load`, from the text itself."""
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    try:
        for cells in reader:
            row = tuple(cell.strip() for cell in cells)
            if any(row):
                rows.append(row)
                lines.append(reader.line_num)
    except csv.Error as error:
        raise _broken(name, reader.line_num, f"is not CSV: {error}") from None
    if len(rows) < 2:
        what = "has no rows under its header" if rows else "is empty"
        raise refusal("TABLE-CSV", f"{name} {what}", "Write one row for each patient under a line of column names.")
    _check_header(rows[0], name, lines[0])
    for row, line in zip(rows, lines, strict=True):
        if len(row) != len(rows[0]):
            raise _broken(name, line, f"has {len(row)} cells under {len(rows[0])} columns", mark.join(row))
    return Table(name, rows[0], tuple(rows[1:]), tuple(lines[1:]))


def _check_header(header: tuple[str, ...], name: str, line: int) -> None:
    if "" in header:
        raise _broken(name, line, "has a column without a name", ",".join(header))
    if twice := sorted({cell for cell in header if header.count(cell) > 1}):
        raise _broken(name, line, f"names the column {', '.join(twice)} twice", ",".join(header))


def _broken(name: str, line: int, fault: str, words: str = "") -> Refusal:
    return refusal("TABLE-CSV", f"{name}, line {line} {fault}", "Correct the line.", Place("line", words, name, line))


def is_missing(cell: str) -> bool:
    """Empty, NA, NaN, a dot."""
    return cell.casefold() in MISSING


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in cell else None


def _number_or_nothing(cell: str) -> float | None:
    return math.nan if is_missing(cell) else _number(cell)


def _text(path: str) -> str:
    where = Place("file", where=path)
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 text (byte {error.start + 1})"
        raise refusal("FILE-NOT-UTF8", message, "Save it as UTF-8.", where) from None
    except OSError as error:
        message = f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}"
        raise refusal("FILE-UNREADABLE", message, "Check the path and its permissions.", where) from None


def refusal(code: str, message: str, step: str, *places: Place) -> Refusal:
    """One stop finding."""
    return Refusal(Finding(code, Severity.STOP, message, step, places))
