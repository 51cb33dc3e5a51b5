"""One registry item -> rows: its texts, the administrations stated in them, and the findings. Flat values and lists."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from posolog import __version__
from posolog.atlas.conflicts import conflicts
from posolog.core.finding import Finding, Place, Severity
from posolog.formulary import find
from posolog.protocol.model import Amount
from posolog.reader.model import Statement
from posolog.reader.record import read_record
from posolog.reader.statements import Administration, statements
from posolog.records import Item, parse

Row = dict[str, Any]
READ_BY = ("reader", "formulary", "records", "core")  # the rooms that a row depends on


@dataclass(slots=True)
class Rows:
    """The rows of some items, in their order."""

    texts: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)


def read_item(item: Item, into: Rows) -> None:
    """Read one item. Whatever goes wrong is a TEXT-FAILED finding of that item; the others are read."""
    fresh = Rows()
    try:
        _read(item, fresh)
    except Exception as error:  # one text out of a registry must not stop the others: it is listed with its reason
        fresh = Rows()
        failed(item, f"{type(error).__name__}: {error}"[:300], fresh)
    into.texts += fresh.texts
    into.statements += fresh.statements
    into.findings += fresh.findings


def failed(item: Item, reason: str, into: Rows) -> None:
    """List an item that could not be read to its end."""
    finding = Finding(
        "TEXT-FAILED",
        Severity.STOP,
        f"{item.where} was not read: {reason}.",
        "Read it by itself; if it fails again, report it with the text.",
        (Place("text", where=item.where),),
    )
    into.findings.append(_finding_row({"source": item.where, "trial": "", "text_id": "", "field": ""}, finding))


def _read(item: Item, into: Rows) -> None:
    record, findings = parse(item)
    base = {"source": item.where, "trial": record.ident if record else "", "text_id": "", "field": ""}
    if record is None:
        into.findings += [_finding_row(base, finding) for finding in findings]
        return
    result = read_record(record, findings=findings)
    for one in result.fields:
        ident = one.passage.ident or f"{record.ident}, {one.passage.field}"
        at = base | {"text_id": ident, "field": one.passage.field}
        found = list(zip(one.result.statements, statements(one.result), strict=True))
        into.texts.append(at | {"characters": len(one.passage.text), "statements": len(found)})
        into.statements += [_statement_row(at, nth, *both) for nth, both in enumerate(found)]
        more = conflicts(one.passage.text, one.result)
        into.findings += [_finding_row(at, finding) for finding in (*one.result.findings, *more)]
    into.findings += [_finding_row(base, finding) for finding in result.own]


def _finding_row(at: Row, finding: Finding) -> Row:
    place = finding.places[0] if finding.places else Place("")
    span = place.span
    message = "These words were not understood." if finding.code == "NOT-UNDERSTOOD" else finding.message
    return at | {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": message,
        "quote": " ".join(place.words.split()),
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def _statement_row(at: Row, nth: int, statement: Statement, said: Administration) -> Row:
    dose, cap = said.dose, said.cap
    return at | {
        "nth": nth,
        "quote": " ".join(said.quote.split()),
        "start": said.span.start,
        "end": said.span.end,
        "agent": said.agent,
        "names": list(names_of(statement.give.agent, said.agent)),
        "nuclide": _nuclide(statement, said),
        "value": _number(dose.value if dose else None),
        "low": _number(dose.low if dose else None),
        "high": _number(dose.high if dose else None),
        "levels": _numbers(said.levels),
        "unit": dose.unit if dose else None,
        "per": dose.per if dose else None,
        "fractions": dose.fractions if dose else None,
        **_in_base(statement.give.amount if isinstance(statement.give.amount, Amount) else None),
        "basis": said.basis or None,
        "days": list(said.days) or None,
        "weeks": list(said.weeks) or None,
        **{key: getattr(said, key) for key in ("from_day", "to_day", "per_day", "per_week", "n_doses")},
        **{key: getattr(said, key) for key in ("for_days", "cycle_d", "n_cycles")},
        **{key: _number(getattr(said, key)) for key in ("every_h", "every_d", "infusion_h")},
        **{key: getattr(said, key) or None for key in ("anchor", "route", "unclear")},
        "continuous": said.continuous,
        "condition": said.when or None,
        "cap_value": _number(cap.value if cap else None),
        "cap_unit": cap.unit if cap else None,
        "cap_basis": (cap.basis or None) if cap else None,
        "grade": said.grade,
        "uncertain": said.uncertain,
        "why": list(said.why) or None,
        "reader": reader_version(),
    }


def names_of(*written: str) -> tuple[str, ...]:
    """What the formulary knows the agent as; the words themselves where it does not know them."""
    for words in written:
        if agents := find(words).agents:
            return tuple(agent.name for agent in agents)
    return tuple(dict.fromkeys(words.lower() for words in written if words))[:1]


_LABEL = re.compile(r"(?<![\w.])(?:\d{2,3}m?-?[A-Z][a-z]?|[A-Z][a-z]?-\d{2,3}m?)(?![A-Za-z0-9])")


def _nuclide(statement: Statement, said: Administration) -> str | None:
    """The radionuclide that the agent carries; of an activity ("3700 MBq of 131I") the one that its words name."""
    written = [statement.give.agent, said.agent]
    if isinstance(statement.give.amount, Amount) and statement.give.amount.unit.kind == "activity":
        written += _LABEL.findall(said.quote)
    return next((label for words in written if (label := find(words).nuclide)), None)


def _in_base(amount: Amount | None) -> Row:
    """The stated numbers in the first unit of their kind (mg, MBq, Gy ...), so that g meets mg and mCi meets MBq."""
    if amount is None:
        return {"kind": None, "bound": None, "base": None}
    low, high, factor = amount.low, amount.high, amount.unit.factor
    if amount.levels:
        bound, numbers = "levels", list(amount.levels)
    elif amount.exact is not None:
        bound, numbers = "exact", [amount.exact]
    else:
        bound = "at least" if high is None else "up to" if low is None else "range"
        numbers = [number for number in (low, high) if number is not None]
    return {"kind": amount.unit.kind, "bound": bound, "base": [float(number * factor) for number in numbers]}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _numbers(values: Iterable[Decimal]) -> list[float] | None:
    return [float(value) for value in values] or None


@cache
def reader_version() -> str:
    """The version, and a digest of the rooms that read: rows of another reader are never mixed with these."""
    digest = hashlib.sha256()
    for room in READ_BY:
        top = files("posolog") / room
        for file in sorted(_python(top), key=lambda one: one[0]):
            digest.update(file[0].encode() + file[1])
    return f"{__version__}+{digest.hexdigest()[:8]}"


def _python(folder: Any, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _python(entry, f"{prefix}{entry.name}/")
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            yield f"{prefix}{entry.name}", entry.read_bytes()
