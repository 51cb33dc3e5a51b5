"""The table of patients: CSV, one patient a row: patient, arm, and whatever is known of them at the start."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from posolog.core.finding import Finding, Place
from posolog.course.patient import read_text
from posolog.course.words import stop

OWN = ("patient", "arm")


@dataclass(frozen=True, slots=True)
class Subject:
    """One patient of the table; `facts` are its other columns, "" where a cell is empty."""

    ident: str
    arm: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str:
        """The value of a column, "" where it is not there or empty."""
        return next((value for key, value in self.facts if key.casefold() == name.casefold()), "")


def load_patients(path: str | Path, *, arms: tuple[str, ...] = ()) -> tuple[tuple[Subject, ...], tuple[Finding, ...]]:
    """The patients of a CSV file, and a finding with its line for every row that cannot be taken.

    A trial that has arms needs each patient's arm; a row of another arm, without ident or of a known ident is a stop.
    """
    text, findings = read_text(path)
    return ((), findings) if text is None else parse_patients(text, name=str(path), arms=arms)


def parse_patients(
    text: str, *, name: str = "patients", arms: tuple[str, ...] = ()
) -> tuple[tuple[Subject, ...], tuple[Finding, ...]]:
    """As `load_patients`, from the text itself."""
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        return (), (_fault(f"{name} is not CSV: {error}", name, reader.line_num, ""),)
    columns = [cell.casefold() for cell in rows[0][1]] if rows else []
    lacking = [key for key in (OWN if arms else OWN[:1]) if key not in columns]
    if lacking or len(set(columns)) != len(columns) or "" in columns:
        said = f"no column {lacking[0]!r}" if lacking else "a column stands twice or has no name"
        return (), (_fault(f"{name}, line 1: {said}", name, 1, ",".join(columns)),)
    return _subjects(rows[1:], rows[0][1], name, arms)


def _subjects(
    rows: list[tuple[int, list[str]]], columns: list[str], name: str, arms: tuple[str, ...]
) -> tuple[tuple[Subject, ...], tuple[Finding, ...]]:
    found: dict[str, Subject] = {}
    faults: list[Finding] = []
    for line, cells in rows:
        if not any(cells):
            continue
        values = dict(zip(columns, cells, strict=False))
        own = {key.casefold(): value for key, value in values.items()}
        ident, arm = own.get("patient", ""), own.get("arm", "")
        wrong = _wrong(ident, arm, arms, found, len(cells) - len(columns))
        if wrong:
            faults.append(_fault(f"{name}, line {line}: {wrong}", name, line, ",".join(cells)))
            continue
        facts = tuple((key, value) for key, value in values.items() if key.casefold() not in OWN)
        found[ident] = Subject(ident, arm, facts)
    if not found and not faults:
        faults.append(_fault(f"{name} holds no patient", name, 1, ""))
    return tuple(found.values()), tuple(faults)


def _wrong(ident: str, arm: str, arms: tuple[str, ...], found: dict[str, Subject], extra: int) -> str:
    if not ident:
        return "the row names no patient"
    if ident in found:
        return f"patient {ident!r} stands twice"
    if extra > 0:
        return "more cells than columns (a comma in a value?)"
    if arms and arm not in arms:
        return f"arm {arm!r} is none of {', '.join(arms)}"
    return ""


def _fault(message: str, name: str, line: int, words: str) -> Finding:
    step = "correct the row: nothing is analysed without it"
    return stop("TRIAL-PATIENT", message, step, Place("line", words, name, line))
