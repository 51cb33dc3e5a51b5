"""How two lists of administration statements of one text compare: which belong together, and field by field.

Statements are plain dictionaries as `posolog read --statements` writes them and tests/by_hand/registry annotates them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isclose
from typing import Any

Statement = dict[str, Any]

TIMING = (
    "days", "from_day", "to_day", "weeks", "every_h", "per_day", "per_week", "every_d", "n_doses", "for_days",
    "cycle_d", "n_cycles", "infusion_h", "continuous",
)  # fmt: skip
BESIDE = ("route", "basis", "cap", "levels")
FACTORS = {
    "ng": ("mg", 1e-6), "ug": ("mg", 1e-3), "mg": ("mg", 1.0), "g": ("mg", 1e3),
    "kBq": ("MBq", 1e-3), "MBq": ("MBq", 1.0), "GBq": ("MBq", 1e3), "uCi": ("MBq", 0.037), "mCi": ("MBq", 37.0),
    "cGy": ("Gy", 0.01), "Gy": ("Gy", 1.0), "IU": ("IU", 1.0), "MU": ("IU", 1e6),
}  # fmt: skip
LONG_RUN = 28  # days; a longer closed run and "from day a to day b" are the same statement

# Words that do not tell one agent from another, and spellings of one agent.
_PLAIN_WORDS = (
    "the of and injection injections infusion oral iv intravenous hydrochloride sodium phosphate sulfate sulphate "
    "acetate mesylate citrate maleate tablets tablet capsules capsule dose therapy"
)
_PLAIN = frozenset(_PLAIN_WORDS.split())
_SPELLINGS = {
    "radiotherapy": "radiation", "irradiation": "radiation", "xrt": "radiation", "rt": "radiation",
    "cyclosporin": "cyclosporine", "ciclosporin": "cyclosporine", "ciclosporine": "cyclosporine",
    "cyclosporinea": "cyclosporine", "methylprednisolon": "methylprednisolone",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in the base unit of its kind; `levels` sorted, empty unless several levels are listed."""

    kind: str
    per: str
    low: float | None
    high: float | None
    levels: tuple[float, ...] = ()

    def same(self, other: Quantity) -> bool:
        return (
            (self.kind, self.per) == (other.kind, other.per)
            and _near(self.low, other.low)
            and _near(self.high, other.high)
            and len(self.levels) == len(other.levels)
            and all(map(_near, self.levels, other.levels))
        )


def quantity(statement: Statement) -> Quantity | None:
    """The statement's amount, None when it states none."""
    dose = statement.get("dose") or {}
    unit = dose.get("unit")
    kind, factor = FACTORS.get(unit, (unit, 1.0))
    per = dose.get("per") or "flat"
    if levels := statement.get("levels"):
        return Quantity(kind, per, None, None, tuple(sorted(level * factor for level in levels)))
    if unit is None or not dose.keys() & {"value", "low", "high"}:
        return None
    low, high = (dose["value"],) * 2 if "value" in dose else (dose.get("low"), dose.get("high"))
    return Quantity(kind, per, None if low is None else low * factor, None if high is None else high * factor)


def same_amount(one: Statement, other: Statement) -> bool:
    left, right = quantity(one), quantity(other)
    return left is right if left is None or right is None else left.same(right)


def _near(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else isclose(one, other, rel_tol=1e-6)


def words(name: str | None) -> frozenset[str]:
    """The telling words of an agent's name or a quote."""
    found = re.findall(r"[a-z0-9]+", (name or "").lower())
    return frozenset(_SPELLINGS.get(word, word) for word in found if word not in _PLAIN)


def same_agent(one: str | None, other: str | None) -> bool:
    """Names agree when one's words hold the other's, or half of all their words are common."""
    left, right = words(one), words(other)
    if not left or not right:
        return False
    return left <= right or right <= left or 2 * len(left & right) >= len(left | right)


def judge(gold: Statement, read: Statement, fields: tuple[str, ...]) -> dict[str, str]:
    """right, missing, wrong or extra for each field that either states; "dontcare" fields of the gold are left out."""
    verdicts = {}
    left, right = _plain(gold), _plain(read)
    for field in fields:
        a, b = _comparable(field, left.get(field)), _comparable(field, right.get(field))
        if field in gold.get("dontcare", ()) or (a is None and b is None):
            continue
        verdicts[field] = "right" if a == b else "missing" if b is None else "extra" if a is None else "wrong"
    return verdicts


def _plain(statement: Statement) -> Statement:
    """One spelling for the same: every 1 day = once a day; a long run = from..to; 5 days need no "for 5 days"."""
    plain = dict(statement)
    if plain.get("every_d") == 1 and not plain.get("per_day"):
        plain["per_day"] = 1
        del plain["every_d"]
    days = plain.get("days") or []
    if len(days) > LONG_RUN and sorted(days) == list(range(min(days), max(days) + 1)):
        plain["from_day"], plain["to_day"] = min(days), plain.get("to_day", max(days))
        del plain["days"]
    elif days and plain.get("for_days") == len(days):
        del plain["for_days"]
    return plain


def _comparable(field: str, value: Any) -> Any:
    if value is None:
        return None
    if field == "cap":
        kind, factor = FACTORS.get(value.get("unit"), (value.get("unit"), 1.0))
        return kind, value["value"] * factor, value.get("basis")
    if isinstance(value, list):
        return tuple(sorted(map(float, value)))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(float(value), 4)
    return value


def pairs(gold: list[Statement], read: list[Statement]) -> list[tuple[int, int]]:
    """Which read one belongs to which gold one: same agent; amount, timing, condition and words decide, best first."""
    ranked = sorted(
        (-_closeness(g, p), abs(i - j), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(read)
        if same_agent(g.get("agent"), p.get("agent"))
    )
    left: set[int] = set()
    right: set[int] = set()
    found = []
    for _, _, i, j in ranked:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            found.append((i, j))
    return found


def _closeness(gold: Statement, read: Statement) -> float:
    verdicts = list(judge(gold, read, TIMING).values())
    same_when = (gold.get("when") or "").lower() == (read.get("when") or "").lower()
    near = bool(words(gold.get("quote")) & words(read.get("quote")))
    return 4 * same_amount(gold, read) + verdicts.count("right") - verdicts.count("wrong") + (same_when + near) / 2
