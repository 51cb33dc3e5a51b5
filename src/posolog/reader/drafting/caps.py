"""Caps: the most of one dose, of a day or of the course, and a cap that has two readings."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.core.finding import Finding, Place, Severity
from posolog.core.quantity import plain
from posolog.core.units import find_unit
from posolog.protocol.model import Amount, Per
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token
from posolog.reader.tokens.units import denominators
from posolog.reader.tokens.values import decimal


def take_cap(fields: dict[str, object], token: Token) -> None:
    amount = token.value
    assert isinstance(amount, Amount)
    value = amount.high if amount.high is not None else amount.low
    if value is None:
        return
    caps = fields.get("caps", ())
    assert isinstance(caps, tuple)
    fields["caps"] = (*caps, replace(amount, low=value, high=value, levels=()))


def two_readings(draft: Draft, token: Token, match: re.Match[str]) -> tuple[Finding, str]:
    """The finding and the question of a cap written "x2 1g / day": `token` opens it, `match` is its amount."""
    value, _ = decimal(match["v"])
    unit = find_unit(match["u"])
    per, basis, _ = denominators(match["per"])
    assert unit is not None and per in Per
    times, words = int(match["n"]), match.string[token.start : match.end()]
    period = f" per {basis.value}" if basis.value else ""
    total, each = f"{plain(value * times)} {unit.symbol}{period}", f"{plain(value)} {unit.symbol}"
    question = f"{words.strip()!r} is {times} times {each} ({total}), or {each}{period} in all"
    finding = Finding(
        "CAP-TWO-READINGS",
        Severity.STOP,
        f"The maximum of {draft.agent.name} has two readings, a factor of {times} apart: {question}.",
        "Settle it in the line (at most ... per day) with a because; until then no dose is printed.",
        (Place("two readings", words),),
        hazard="H5",
    )
    return finding, question
