"""Numbers, amounts and days in the words that findings print (no dash, no slash, mcg, grouped thousands)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from posolog.checks.view import runs
from posolog.core.days import Anchor, label_in
from posolog.core.quantity import plain
from posolog.protocol.model import Amount, Basis, Frequency, Per


def number(value: Decimal | int) -> str:
    """Grouped by thousands, no trailing zero, always a leading zero.

    >>> number(Decimal("2000.50"))
    '2,000.5'
    """
    whole, _, rest = plain(Decimal(value)).partition(".")
    grouped = f"{int(whole):,}" if whole not in ("-0", "") else whole
    return f"{grouped}.{rest}" if rest else grouped


def unit(amount: Amount) -> str:
    """ "mg per m² per day": what stands after the number."""
    per = f" per {amount.per.value}" if amount.per is not Per.FLAT else ""
    basis = f" per {amount.basis.value}" if amount.basis is not Basis.UNSTATED else ""
    return f"{amount.unit.symbol}{per}{basis}"


def of_value(value: Decimal, amount: Amount, basis: Basis) -> str:
    per = f" per {amount.per.value}" if amount.per is not Per.FLAT else ""
    tail = f" per {basis.value}" if basis is not Basis.UNSTATED else ""
    return f"{number(value)} {amount.unit.symbol}{per}{tail}"


def amount(amount: Amount) -> str:
    """The whole amount: "at least 20 mg per m² per day"."""
    if amount.levels:
        value = ", ".join(number(level) for level in amount.levels)
    elif amount.exact is not None:
        value = number(amount.exact)
    elif amount.low is not None and amount.high is not None:
        value = f"{number(amount.low)} to {number(amount.high)}"
    elif amount.low is not None:
        value = f"at least {number(amount.low)}"
    else:
        value = f"up to {number(amount.high or Decimal(0))}"
    return f"{value} {unit(amount)}"


def frequency(stated: Frequency) -> str:
    if stated.every == 1:
        words = {1: "once", 2: "twice"}.get(stated.count, f"{stated.count} times")
        return f"{words} a {stated.unit}" if stated.unit != "hour" else f"{words} an hour"
    return f"every {number(stated.every)} {stated.unit}s"


def days(found: Iterable[int], anchor: Anchor) -> str:
    """ "D1 to D3 and D11": consecutive days as a range in words."""
    pieces = []
    for run in runs(found):
        first, last = label_in(run[0], anchor), label_in(run[-1], anchor)
        pieces += [first] if len(run) == 1 else [first, last] if len(run) == 2 else [f"{first} to {last}"]
    return names(pieces)


def names(words: Sequence[str]) -> str:
    """ "a, b and c", each once, in order."""
    each = list(dict.fromkeys(words))
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}" if each else ""


def counted(n: int, what: str) -> str:
    """ "1 day", "3 days"."""
    return f"{number(n)} {what}" if n == 1 else f"{number(n)} {what}s"


def short(value: Decimal) -> Decimal:
    """At most two decimals, without trailing zeros, for sizes and totals in a sentence."""
    return Decimal(plain(value.quantize(Decimal("0.01")))) if value != value.to_integral_value() else value
