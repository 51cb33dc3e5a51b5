"""Terms -> SQL with parameters, run by DuckDB over the part files. What a user typed is never put into SQL text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posolog.atlas.build import FORM, MANIFEST
from posolog.atlas.terms import Term, parse
from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.protocol.model import Amount, Basis, Frequency, Per

Condition = tuple[str, list[Any]]
PER = {Per.FLAT: "flat", Per.KG: "kg", Per.M2: "m2"}
COLUMNS = (
    *("trial", "field", "quote", "agent", "value", "low", "high", "levels", "unit", "per", "basis", "days", "route"),
    *("grade", "uncertain", "text_id", "source", "start", "end"),
)
OF_RECORDS = ("RECORD-DISAGREES", "ITEM-COUNT", "CUTOFF-DISAGREES")
_ORDER = "ORDER BY trial, source, text_id, nth"
_HIGHEST, _LOWEST = "list_max(base)", "list_min(base)"


@dataclass(frozen=True, slots=True)
class Answer:
    """The statements that answer, by trial; `trials` counts all trials that answer, also those not listed."""

    query: str
    trials: int
    statements: int
    rows: tuple[dict[str, Any], ...]
    of_trials: int
    of_statements: int


def ask(folder: str | Path, query: str, *, limit: int | None = None) -> Answer:
    """The trials that state every term of the query, with their quotes. *Raises:* Refusal."""
    import duckdb

    terms = parse(query)
    files = tables(folder)
    conditions = [condition(term) for term in terms]
    wanted = " OR ".join(f"({sql})" for sql, _ in conditions)
    values = [value for _, given in conditions for value in given]
    every = " AND ".join("bool_or(coalesce(" + sql + ", false))" for sql, _ in conditions)
    with duckdb.connect() as base:
        base.execute("SET threads TO 2")
        _view(base, "statements", files["statements"])
        _view(base, "texts", files["texts"])
        base.execute(f"CREATE TEMP TABLE found AS SELECT trial FROM statements GROUP BY trial HAVING {every}", values)
        rows = f"FROM statements WHERE trial IN (SELECT trial FROM found) AND coalesce({wanted}, false)"
        (count,) = _one(base.execute(f"SELECT count(*) {rows}", values))
        (trials,) = _one(base.execute("SELECT count(*) FROM found"))
        of = _one(base.execute("SELECT (SELECT count(DISTINCT trial) FROM texts), (SELECT count(*) FROM statements)"))
        shown = ", ".join(f'"{name}"' for name in COLUMNS)
        listed = base.execute(f"SELECT {shown} {rows} {_ORDER}" + (f" LIMIT {int(limit)}" if limit else ""), values)
        found = tuple(dict(zip(COLUMNS, row, strict=True)) for row in listed.fetchall())
    return Answer(query, trials, count, found, of[0], of[1])


def found_conflicts(folder: str | Path) -> tuple[tuple[dict[str, Any], ...], int]:
    """The contradictions that the atlas holds, by code and trial, and the number of its texts. *Raises:* Refusal."""
    import duckdb

    from posolog.atlas.conflicts import CODES

    files = tables(folder)
    names = ("code", "severity", "trial", "field", "message", "quote", "source", "text_id")
    with duckdb.connect() as base:
        _view(base, "findings", files["findings"])
        _view(base, "texts", files["texts"])
        (texts,) = _one(base.execute("SELECT count(*) FROM texts"))
        sql = f"SELECT DISTINCT {', '.join(names)} FROM findings WHERE list_contains(?, code) ORDER BY ALL"
        rows = base.execute(sql, [[*CODES, *OF_RECORDS]]).fetchall()
    return tuple(dict(zip(names, row, strict=True)) for row in rows), texts


def tables(folder: str | Path) -> dict[str, list[str]]:
    """The part files that the atlas's own list names. *Raises:* Refusal: ATLAS-MISSING, ATLAS-BROKEN."""
    top = Path(folder)
    try:
        manifest = json.loads((top / MANIFEST).read_text(encoding="utf-8"))
        names, form = [str(name) for name in manifest["parts"]], manifest["form"]
    except FileNotFoundError:
        message = f"there is no atlas in {str(folder)!r}"
        step = "Build it: posolog atlas build SOURCES -o FOLDER; a stopped build goes on with --resume."
        raise Refusal(_fault("ATLAS-MISSING", message, step, top)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal(_broken(f"its {MANIFEST} cannot be read ({type(error).__name__})", top)) from None
    if form != FORM:
        raise Refusal(_broken(f"it has form {form}, this version reads form {FORM}", top))
    found = {
        table: [top / table / f"{name}.parquet" for name in names] for table in ("texts", "findings", "statements")
    }
    missing = [file for files in found.values() for file in files if not file.is_file()]
    if missing or not names:
        raise Refusal(_broken(f"{missing[0] if missing else 'every part'} is missing", top))
    return {table: [str(file) for file in files] for table, files in found.items()}


def condition(term: Term) -> Condition:
    """One term as a condition on a statement, with its parameters."""
    found: list[Condition] = []
    if term.names:
        found.append(("list_has_any(names, ?)", [list(term.names)]))
    if term.nuclide:
        found.append(("nuclide = ?", [term.nuclide]))
    if term.amount is not None:
        found.append(_amount(term.amount, term.op))
    if term.days:
        test = "list_has_all(days, ?)" if term.including else "days = ?::INTEGER[]"
        found.append((test, [list(term.days)]))
    if term.route:
        found.append(("route = ?", [term.route]))
    if term.frequency is not None:
        found.append(_frequency(term.frequency))
    if term.doses is not None:
        found.append(("n_doses = ?", [term.doses]))
    if term.for_days is not None:
        found.append(("for_days = ?", [term.for_days]))
    return " AND ".join(sql for sql, _ in found), [value for _, values in found for value in values]


def _amount(amount: Amount, op: str) -> Condition:
    """The same kind of unit and the same body size, then the numbers in the kind's first unit."""
    unit: Condition = ("kind = ? AND per = ?", [amount.unit.kind, PER[amount.per]])
    if amount.basis is not Basis.UNSTATED:
        unit = (f"{unit[0]} AND basis = ?", [*unit[1], amount.basis.value])
    numbers = [float(n * amount.unit.factor) for n in (amount.low, amount.high) if n is not None]
    numbers = numbers or [float(level * amount.unit.factor) for level in amount.levels]
    low, high = min(numbers), max(numbers)
    if op in (">=", ">"):
        more: Condition = (f"{_HIGHEST} {op} ?", [low])
    elif op in ("<=", "<"):
        more = (f"{_LOWEST} {op} ?", [high])
    elif amount.levels:
        more = ("bound IN ('exact', 'levels') AND list_has_any(base, ?)", [numbers])
    elif low == high:
        more = ("bound IN ('exact', 'levels') AND list_contains(base, ?)", [low])
    else:
        more = (f"{_HIGHEST} >= ? AND {_LOWEST} <= ?", [low, high])
    return f"{unit[0]} AND {more[0]}", [*unit[1], *more[1]]


def _frequency(frequency: Frequency) -> Condition:
    """As the statements hold it: hours, times a day, times a week, or every so many days."""
    every = float(frequency.every)
    if frequency.unit == "hour":
        return "every_h = ?", [every]
    if frequency.unit == "day" and every == 1:
        return "per_day = ?", [frequency.count]
    if frequency.unit == "week" and every == 1 and frequency.count > 1:
        return "per_week = ?", [frequency.count]
    return "every_d = ?", [every * (7 if frequency.unit == "week" else 1)]


def _view(base: Any, name: str, files: list[str]) -> None:
    """A table over the part files (their names are this program's own, none is a user's)."""
    base.read_parquet(files).create_view(name)


def _one(result: Any) -> tuple[Any, ...]:
    row = result.fetchone()
    assert row is not None
    return tuple(row)


def _broken(reason: str, folder: Path) -> Finding:
    step = "Build it again with --resume: parts that are whole are kept."
    return _fault("ATLAS-BROKEN", f"the atlas in {str(folder)!r} is not whole: {reason}", step, folder)


def _fault(code: str, message: str, step: str, folder: Path) -> Finding:
    return Finding(code, Severity.STOP, message, step, (Place("folder", where=str(folder)),))
