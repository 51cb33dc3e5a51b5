"""Measurements from CSV: one value a row, or the count rates of one conjugate view a row."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from pathlib import Path
from zoneinfo import ZoneInfo

from posolog.dosimetry.amounts import UnitError, read_amount
from posolog.dosimetry.study.model import ACQUISITION, INJECTION, Recovery, Row, SValue
from posolog.dosimetry.study.yamls import Faults

QUANTITIES = {
    "activity": "activity", "concentration": "concentration", "plasma concentration": "concentration",
    "sample": "rate", "plasma sample": "rate", "fraction": "share",
}  # fmt: skip
LARGEST = 1e12  # no camera, volume or duration gives more
REFERENCES = {
    "acquisition": ACQUISITION, "start": ACQUISITION, "none": ACQUISITION,
    "injection": INJECTION, "admin": INJECTION, "administration": INJECTION,
}  # fmt: skip
TIDY = ("region", "time", "quantity", "value", "unit", "u_percent", "reference", "source")
PLANAR = (
    "region", "time", "duration_s", "anterior_cps", "posterior_cps", "anterior_background_cps",
    "posterior_background_cps", "anterior_low_cps", "anterior_high_cps", "posterior_low_cps", "posterior_high_cps",
    "u_percent", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV's rows as (line, column -> cell)."""

    file: str
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_sheet(
    path: Path, known: tuple[str, ...], needed: tuple[str, ...], faults: Faults
) -> tuple[Sheet | None, bytes]:
    """The rows of a CSV whose columns are among `known`; None with a finding where it cannot be read."""
    here = Faults(str(path), faults.found)
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
        head = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
        delimiter = ";" if ";" in head else ","
        reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except OSError as error:
        here.add("RAD-FILE", f"cannot be read: {(error.strerror or 'unknown reason').lower()}", "check the path")
        return None, b""
    except (UnicodeDecodeError, csv.Error) as error:
        here.add("RAD-FILE", f"is not CSV in UTF-8: {error}", "save it as CSV, UTF-8")
        return None, b""
    lines = [(line, cells) for line, cells in lines if not cells[0].lstrip().startswith("#")]
    columns = [cell.strip().casefold() for cell in lines[0][1]] if lines else []
    wrong = [f"unknown column {name!r}" for name in columns if name not in known]
    wrong += [f"no column {name!r}" for name in needed if name not in columns]
    wrong += ["a column stands twice"] if len(set(columns)) < len(columns) else []
    if wrong:
        here.add("RAD-ROW", "; ".join(wrong), f"use the columns {', '.join(known)}", 1)
        return None, data
    rows = []
    for line, cells in lines[1:]:
        if len(cells) > len(columns):
            here.add("RAD-ROW", f"{len(cells)} cells under {len(columns)} columns", "correct the row", line)
        else:
            rows.append((line, dict(zip(columns, (cell.strip() for cell in cells), strict=False))))
    return Sheet(str(path), tuple(rows)), data


def tidy_rows(sheet: Sheet, zone: ZoneInfo | None, reference: str, faults: Faults) -> list[Row]:
    """Rows of one value each. A row with a fault is left out and named."""
    here, made = Faults(sheet.file, faults.found), []
    for line, cells in sheet.rows:
        quantity = cells.get("quantity", "").casefold()
        if quantity not in QUANTITIES:
            here.add("RAD-ROW", f"{quantity!r} is no quantity", f"use one of {', '.join(QUANTITIES)}", line)
            continue
        at = here.moment(cells.get("time", ""), zone, f"measurement of {cells['region']}", line)
        value = _value(here, cells, quantity, line)
        base = _reference(here, cells.get("reference", ""), reference, line)
        if at is not None and value is not None and base:
            made.append(Row(
                cells["region"], at, quantity, (("value", value),), _percent(here, cells, line), base,
                cells.get("source", ""), line, sheet.file,
            ))  # fmt: skip
    return made


def planar_rows(sheet: Sheet, zone: ZoneInfo | None, faults: Faults) -> list[Row]:
    """Rows of count rates. Count rates are as measured: no decay correction."""
    here, made = Faults(sheet.file, faults.found), []
    for line, cells in sheet.rows:
        at = here.moment(cells.get("time", ""), zone, f"image of {cells['region']}", line)
        numbers = []
        for name in PLANAR[2:-2]:
            if cells.get(name):
                number = _number(here, cells[name], f"{name} of {cells['region']}", line)
                numbers.append((name, number))
        if at is not None and all(number is not None for _, number in numbers):
            values = tuple((name, number) for name, number in numbers if number is not None)
            made.append(Row(
                cells["region"], at, "planar", values, _percent(here, cells, line), ACQUISITION,
                cells.get("source", ""), line, sheet.file,
            ))  # fmt: skip
    return made


def recovery_table(sheet: Sheet, faults: Faults) -> Recovery | None:
    """Volume, coefficient and uncertainty; volumes ascend, coefficients lie in (0, 1.5]."""
    here, rows = Faults(sheet.file, faults.found), []
    for line, cells in sheet.rows:
        numbers = [_number(here, cells.get(name, ""), name, line) for name in ("volume_ml", "coefficient", "u")]
        if all(number is not None for number in numbers):
            rows.append([number for number in numbers if number is not None])
    good = len(rows) >= 2 and all(v > 0 and 0 < c <= 1.5 and u >= 0 for v, c, u in rows)
    if not good or any(b[0] <= a[0] for a, b in pairwise(rows)):
        here.add("RAD-RECOVERY", "is no table of recovery coefficients", "volumes ascending, coefficients in (0, 1.5]")
        return None
    volume, coefficient, u = zip(*rows, strict=True)
    return Recovery(volume, coefficient, u)


def s_table(sheet: Sheet, faults: Faults) -> tuple[SValue, ...]:
    """A user's S values: target, source, nuclide, value, unit."""
    here, made = Faults(sheet.file, faults.found), []
    for line, cells in sheet.rows:
        try:
            value = read_amount(f"{cells.get('value', '')} {cells.get('unit', '')}", "S value", positive=False)
            if value.value < 0 or not all(cells.get(key) for key in ("target", "source", "nuclide")):
                raise ValueError("target, source, nuclide and a value of at least 0 are needed")
        except ValueError as error:
            here.add("RAD-S-VALUES", str(error), "correct the row", line)
            continue
        made.append(SValue(cells["target"], cells["source"], cells["nuclide"], value.value))
    return tuple(made)


def _value(here: Faults, cells: dict[str, str], quantity: str, line: int) -> float | None:
    words = f"{cells.get('value', '')} {cells.get('unit', '')}".strip()
    try:
        value = read_amount(words, QUANTITIES[quantity], positive=False).value
    except ValueError as error:
        code = "RAD-UNIT" if isinstance(error, UnitError) else "RAD-ROW"
        here.add(code, f"{cells['region']}: {error}", "write value and unit", line, words=words, hazard="H10")
        return None
    if QUANTITIES[quantity] == "share" and not cells.get("unit"):
        here.add("RAD-UNIT", f"{cells['region']}: a fraction needs the unit %", "write the unit", line, words=words)
        return None
    return value


def _number(here: Faults, text: str, what: str, line: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value) or abs(value) > LARGEST:
        here.add("RAD-COUNTS", f"{what}: {text!r} is no number", "write a plain number, 12.5", line, words=text)
        return None
    return value


def _percent(here: Faults, cells: dict[str, str], line: int) -> float | None:
    text = cells.get("u_percent", "").removesuffix("%").strip()
    if not text:
        return None
    value = _number(here, text, "u_percent", line)
    if value is not None and not 0 < value < 100:
        here.add("RAD-ROW", f"an uncertainty of {text} %", "write a standard uncertainty above 0 and below 100 %", line)
        return None
    return value


def _reference(here: Faults, own: str, given: str, line: int) -> str:
    words = own or given
    if not words:
        message = "nothing says to which time the value is decay corrected"
        step = "add 'decay reference: acquisition' (START, NONE) or 'injection' (ADMIN) to the head"
        here.add("RAD-REFERENCE", message, step, line, hazard="H13")
        return ""
    if words.casefold() not in REFERENCES:
        here.add("RAD-REFERENCE", f"{words!r} is no decay reference", f"use one of {', '.join(REFERENCES)}", line)
        return ""
    return REFERENCES[words.casefold()]
