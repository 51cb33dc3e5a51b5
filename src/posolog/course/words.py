"""Small words shared by the room: numbers in formulas, quotes as reasons, places in findings."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from posolog.core.because import Read, Span
from posolog.core.finding import Finding, Place, Severity
from posolog.core.quantity import Quantity, plain
from posolog.protocol.model import Amount, Basis, Source


def short(value: Decimal, places: int = 4) -> str:
    """A number for a formula: at most `places` decimals, no trailing zero, no exponent (hazard H10).

    >>> short(Decimal("96.58456"))
    '96.5846'
    >>> short(Decimal("5.0"))
    '5'
    """
    return plain(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def say(amount: Quantity, places: int = 4) -> str:
    """A quantity for a formula, with its unit."""
    return f"{short(amount.value, places)} {amount.unit.symbol}"


def per_words(amount: Amount) -> str:
    """The words after the number: "mg per m² per day" (no slash is printed, HAZARDS section 7)."""
    words = [amount.unit.symbol]
    if amount.per:
        words.append(f"per {amount.per.value}")
    if amount.basis is not Basis.UNSTATED:
        words.append(f"per {amount.basis.value}")
    return " ".join(words)


def amount_words(amount: Amount) -> str:
    """An amount in words: "5 mg per kg per day", "at least 20 mg per m² per day", "10 to 20 mg".

    >>> from posolog.core.units import find_unit
    >>> amount_words(Amount(Decimal(20), None, find_unit("mg")))
    'at least 20 mg'
    """
    unit = per_words(amount)
    if amount.levels:
        return f"{listed(plain(level) for level in amount.levels)} {unit}"
    if amount.low is not None and amount.low == amount.high:
        return f"{plain(amount.low)} {unit}"
    if amount.low is not None and amount.high is not None:
        return f"{plain(amount.low)} to {plain(amount.high)} {unit}"
    if amount.low is not None:
        return f"at least {plain(amount.low)} {unit}"
    return f"up to {plain(amount.high)} {unit}" if amount.high is not None else f"an amount in {unit}"


def listed(items: Iterable[str], last: str = "or") -> str:
    """ "a", "a or b", "a, b or c"."""
    words = list(items)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def reads(sources: tuple[Source, ...]) -> tuple[Read, ...]:
    """The quotes of a line as reasons, each with its place in the source where it has been located."""
    return tuple(
        Read(quote.words, Span(quote.document, quote.start, quote.end) if quote.start >= 0 else None)
        for quote in sources
    )


def quoted(sources: tuple[Source, ...]) -> str:
    """The quotes of a line as one text."""
    return " … ".join(quote.words for quote in sources)


def place(line: str, sources: tuple[Source, ...] = (), file_line: int | None = None) -> Place:
    """The place of a line in the protocol file, with the words it was read from."""
    spans = [read.span for read in reads(sources) if read.span]
    return Place("line", quoted(sources), line, file_line, spans[0] if spans else None)


def stop(code: str, message: str, next_step: str, *places: Place, hazard: str = "") -> Finding:
    return Finding(code, Severity.STOP, message, next_step, places, hazard)


def ask(code: str, message: str, next_step: str, *places: Place, hazard: str = "") -> Finding:
    return Finding(code, Severity.ASK, message, next_step, places, hazard)


def note(code: str, message: str, next_step: str, *places: Place, hazard: str = "") -> Finding:
    return Finding(code, Severity.NOTE, message, next_step, places, hazard)
