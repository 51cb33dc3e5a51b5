"""Statements of registry texts in a flat form, for scoring: `python tools/statements.py TEXTS_DIR OUT_DIR`.

Every NAME.txt gives NAME.json, a list of statements in text order. A statement on which a finding was raised, or whose
agent or schedule was inferred, carries `"uncertain": true`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from posolog.protocol.model import Amount, Basis, Frequency, Give
from posolog.reader import ReadResult, Statement, read

UNITS = {"mcg": "ug", "µCi": "uCi"}


def flat(result: ReadResult) -> list[dict[str, Any]]:
    """The statements of one text."""
    return [_statement(result, statement) for statement in result.statements]


def _statement(result: ReadResult, statement: Statement) -> dict[str, Any]:
    give = statement.give
    found: dict[str, Any] = {
        "agent": statement.agent_words.lower(),
        **_amount(give),
        **_days(give),
        **_times(give.frequency),
    }
    found |= {"n_doses": give.doses.number if give.doses else None, "for_days": _number(give.for_days)}
    found |= {"infusion_h": _plain(give.infusion_h), "continuous": give.continuous or None, "route": give.route or None}
    found |= {"when": statement.when or None}
    part = next(
        (p for p in result.protocol.parts if any(line.what == give for line in p.lines) and p.cycles is not None), None
    )
    if part is not None and part.cycles is not None:
        found |= {"n_cycles": part.cycles.count, "cycle_d": part.cycles.length_days}
    if give.caps:
        cap = give.caps[0]
        found["cap"] = {"value": _plain(cap.exact), "unit": UNITS.get(cap.unit.symbol, cap.unit.symbol)}
    found["uncertain"] = bool(statement.findings or statement.inferred) or None
    return {key: value for key, value in found.items() if value is not None}


def _amount(give: Give) -> dict[str, Any]:
    amount = give.amount
    if not isinstance(amount, Amount):
        return {}
    unit = UNITS.get(amount.unit.symbol, amount.unit.symbol)
    dose: dict[str, Any] = {"unit": unit, "per": {"m²": "m2", "kg": "kg"}.get(amount.per.value, "flat")}
    if amount.exact is not None:
        dose["value"] = _plain(amount.exact)
    else:
        dose |= {key: _plain(v) for key, v in (("low", amount.low), ("high", amount.high)) if v is not None}
    basis = "dose" if amount.basis is Basis.UNSTATED else amount.basis.value
    levels = {"levels": [_plain(level) for level in amount.levels]} if amount.levels else {}
    return {"dose": dose, "basis": basis, **levels}


def _days(give: Give) -> dict[str, Any]:
    found = {"days": sorted(set(give.days.days())) if give.days else None}
    return {**found, "from_day": give.from_day, "to_day": give.to_day, "weeks": list(give.weeks) or None}


def _times(frequency: Frequency | None) -> dict[str, Any]:
    if frequency is None:
        return {}
    every, count = float(frequency.every), frequency.count
    if frequency.unit == "hour":
        return {"every_h": every}
    if frequency.unit == "day" and every == 1:
        return {"per_day": count}
    if frequency.unit == "week" and every == 1 and count > 1:
        return {"per_week": count}
    return {"every_d": every * (7 if frequency.unit == "week" else 1)}


def _number(count: Any) -> int | None:
    return count.number if count else None


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)


def main(texts: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(texts.glob("*.txt")):
        statements = flat(read(path.read_text(encoding="utf-8"), name=path.stem))
        (out / f"{path.stem}.json").write_text(json.dumps(statements, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
