"""The one formatter of numbers, units, days and dates for everything that a person reads (hazard H10).

*Source:* printing rules 1 to 5 of the Institute for Safe Medication Practices: no trailing zero, always a leading
zero, a space before the unit, grouped thousands, "mcg" and never a micro sign, "per" and never a slash, no dash
between days. Data files keep ASCII day labels and plain decimals (`posolog.core.quantity.plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from posolog.core.days import Anchor, label_in
from posolog.core.quantity import Quantity, plain

NBSP = "\u00a0"
MINUS = "\u2212"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_PER = r"m²|m2|kg|day|dose|course|cycle|week|hour|min|minute|mL|L|h|d"
_SLASH = re.compile(rf"(?<=[A-Za-z²\d])\s*/\s*({_PER})\b(?!\w)|(?<=[A-Za-z\d])\s*/\s*(m²)")
_SPOKEN_UNIT = {"h": "hour", "d": "day", "min": "minute", "m2": "m²"}
_DAY_LABEL = re.compile(r"\bD-(?=\d)")
_ISO_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?!-?\d)")
_QUOTED = re.compile(r"(\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|“[^”]*”)")
_UNIT = r"(?:mg|g|mcg|ng|kg|cm|mL|L|MBq|GBq|kBq|mCi|Gy|m²|IU|%)(?!\w)"
_NUMBER_UNIT = re.compile(rf"(?<=\d) (?={_UNIT})")
_LONG_NUMBER = re.compile(rf"(?<![\w.,^-])\d{{4,}}(?= {_UNIT})")
_BARE_NUMBER = re.compile(r"(?<![\w.,-])\d+\.\d+(?!\w|\.\d)")


def number(value: Decimal) -> str:
    """A number for people: at most 2 decimals, or 3 significant digits below 1; thousands grouped.

    >>> number(Decimal("3090.7056")), number(Decimal("5.0")), number(Decimal("0.0682")), number(Decimal(".5"))
    ('3,090.71', '5', '0.0682', '0.5')
    """
    size = abs(value)
    places = 2 if size >= 1 or size == 0 else max(2, 2 - size.adjusted())
    shown = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, part = plain(abs(shown)).partition(".")
    sign = MINUS if shown < 0 else ""
    return f"{sign}{int(whole):,}" + (f".{part}" if part else "")


def amount(value: Quantity) -> str:
    """A quantity for people: 772.68 mg, with a no-break space before the unit."""
    symbol = value.unit.symbol
    if symbol in ("tablet", "drop", "puff", "day", "week") and value.value != 1:
        symbol += "s"
    return f"AUC{NBSP}{number(value.value)}" if symbol == "AUC" else f"{number(value.value)}{NBSP}{symbol}"


def exact(value: Quantity) -> str:
    """The unrounded value, for titles: every digit that was computed, thousands grouped."""
    whole, _, part = plain(value.value).partition(".")
    return f"{int(whole):,}" + (f".{part}" if part else "") + f"{NBSP}{value.unit.symbol}"


def signed_percent(value: Decimal) -> str:
    """A deviation: +0.49 %, −1.2 %, 0 %."""
    text = number(value)
    return f"{'+' if value > 0 and text != '0' else ''}{text}{NBSP}%"


def day(day_number: int, anchor: Anchor) -> str:
    """A day label in display: D−13, D0, D+6 (typographic minus); D1 under an anchor without day 0."""
    return label_in(day_number, anchor).replace("-", MINUS)


def days(numbers: Iterable[int], anchor: Anchor) -> str:
    """Days in words, ranges with "to" and their length, never a dash (hazard H3).

    Two consecutive days are two days; three or more are a range.
    """
    runs = _runs(sorted(set(numbers)), anchor)
    total = sum(len(run) for run in runs)
    shown: list[str] = []
    for run in runs:
        if len(run) > 2:
            shown.append(f"{day(run[0], anchor)} to {day(run[-1], anchor)}")
        else:
            shown += [day(one, anchor) for one in run]
    return f"{listed(shown)} ({counted(total, 'day')})" if total > 1 else listed(shown)


def _runs(numbers: Sequence[int], anchor: Anchor) -> list[list[int]]:
    runs: list[list[int]] = []
    for one in numbers:
        if runs and anchor.offset(one) == anchor.offset(runs[-1][-1]) + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def counted(count: int, thing: str) -> str:
    """1 dose, 2 doses, 1,200 days."""
    return f"{count:,}{NBSP}{thing}" + ("" if count == 1 else "s")


def listed(words: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def long_date(value: date) -> str:
    """Thursday 14 January 2027."""
    return f"{WEEKDAYS[value.weekday()]} {value.day}{NBSP}{MONTHS[value.month - 1]} {value.year}"


def short_date(value: date) -> str:
    """Thu 14 Jan 2027: for tables and the drawn calendar."""
    return f"{WEEKDAYS[value.weekday()][:3]} {value.day}{NBSP}{MONTHS[value.month - 1][:3]} {value.year}"


def clock(value: datetime) -> str:
    """Hours and minutes on the local clock: 08:30."""
    return f"{value:%H:%M}"


def span(first: str, last: str) -> str:
    """From one day or date to another, in words."""
    return first if first == last else f"{first} to {last}"


def spoken(text: str) -> str:
    """Words made elsewhere (notes, formulas, messages) under the printing rules; quoted words stay as they stand.

    >>> spoken('400 mg/m²/day on D-12 for "5 mg / kg / day (J-5 to D-1)"')
    '400\\xa0mg per m² per day on D−12 for "5 mg / kg / day (J-5 to D-1)"'
    """
    pieces = _QUOTED.split(text)
    return "".join(piece if index % 2 else _say(piece) for index, piece in enumerate(pieces))


def _say(text: str) -> str:
    said = _SLASH.sub(lambda match: f" per {_unit_word(match)}", text)
    said = said.replace("µg", "mcg").replace("μg", "mcg")
    said = _DAY_LABEL.sub(f"D{MINUS}", said)
    said = _ISO_DATE.sub(_iso_date, said)
    said = _BARE_NUMBER.sub(lambda match: _trim(match.group()), said)
    said = _LONG_NUMBER.sub(lambda match: _trim(match.group()), said)
    said = re.sub(r"(?<=[ (])-(?=\d[\d.]*[ \u00a0]%)", MINUS, said)
    said = re.sub(r"(?<=\d) - (?=\d)", f" {MINUS} ", said)
    return _NUMBER_UNIT.sub(NBSP, said)


def _unit_word(match: re.Match[str]) -> str:
    word = match.group(1) or match.group(2)
    return _SPOKEN_UNIT.get(word, word)


def _iso_date(match: re.Match[str]) -> str:
    """14 January 2027 for 2027-01-14; digits that are no date stay."""
    try:
        found = date(*(int(group) for group in match.groups()))
    except ValueError:
        return match.group()
    return f"{found.day}{NBSP}{MONTHS[found.month - 1]} {found.year}"


def _trim(text: str) -> str:
    """Trailing zeros off, thousands grouped, every other digit kept."""
    whole, _, part = plain(Decimal(text)).partition(".")
    return f"{int(whole):,}" + (f".{part}" if part else "")
