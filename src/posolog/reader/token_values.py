"""What a matched stretch says: numbers, frequencies, counts, cycles, routes."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from posolog.protocol.model import Count, Frequency
from posolog.reader.patterns import WORDS


def decimal(words: str) -> tuple[Decimal, str]:
    """A number as written, and a note when a comma had to be read as a decimal mark."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", words):
        return Decimal(words.replace(",", "")), ""
    if "," in words:
        return Decimal(words.replace(",", ".")), f"the comma in {words!r} is read as a decimal mark"
    return Decimal(words), ""


def whole(words: str) -> int:
    digits = re.match(r"[0-9]+", words)
    return int(digits.group()) if digits else WORDS.get(words.lower(), 0)


def value_of(kind: str, match: re.Match[str]) -> object:
    reader = _READERS.get(kind)
    return reader(match) if reader else None


def _infusion(match: re.Match[str]) -> Decimal:
    words = match["inf2"] or match["inf"] or match["inf3"]
    hours, _ = decimal(words)
    return hours if (match["infu"] or match["infu3"]).lower().startswith("h") else hours / 60


def _every(match: re.Match[str]) -> tuple[Frequency, Count | None]:
    number = 2 if (match["evn"] or "").lower() == "other" else whole(match["evn"]) if match["evn"] else 1
    unit = match["evu"].lower()
    name = (
        "hour"
        if unit.startswith("h")
        else "week"
        if unit.startswith("w")
        else "month"
        if unit.startswith("m")
        else "day"
    )
    return Frequency(1, Decimal(number), name), Count(int(match["evx"])) if match["evx"] else None


def _times(match: re.Match[str]) -> Frequency:
    if match["tdaily"]:
        return Frequency(1, Decimal(1), "day" if match["tdaily"].lower() == "daily" else "week")
    if match["tabbr"]:
        letters = match["tabbr"].lower().replace(".", "")
        return Frequency({"bid": 2, "bd": 2, "tid": 3, "qid": 4}.get(letters, 1), Decimal(1), "day")
    return Frequency(
        whole(match["tn"].split()[0]), Decimal(1), "week" if match["tu"].lower().startswith("week") else "day"
    )


def _for(match: re.Match[str]) -> Count | None:
    words = match["fn"] or match["fn2"] or match["fn3"]
    unit = (match["fu"] or match["fu3"] or "d").lower()
    if unit.startswith("m"):
        return None
    number = whole(words) * (7 if unit.startswith("w") else 1)
    return Count(number, at_most=bool((match["fat"] and "up" in match["fat"].lower()) or match["fat3"]))


def _cycles(match: re.Match[str]) -> tuple[int | None, int | None, bool]:
    length = match["cl"] or match["cl2"]
    return (whole(match["cn"]) if match["cn"] else None, int(length) if length else None, bool(match["cat"]))


def _route(match: re.Match[str]) -> str:
    return next(
        route
        for group, route in (("riv", "IV"), ("rpo", "PO"), ("rsc", "SC"), ("rim", "IM"), ("rit", "IT"), ("rip", "IP"))
        if match[group]
    )


def _rest(match: re.Match[str]) -> int | None:
    words, unit = match["rn"] or match["rn2"], match["ru"] or match["ru2"]
    return whole(words) * (7 if unit.lower().startswith("w") else 1) if words else None


_READERS: dict[str, Callable[[re.Match[str]], object]] = {
    "infusion": _infusion,
    "every": _every,
    "times": _times,
    "for": _for,
    "cycles": _cycles,
    "route": _route,
    "rest": _rest,
    "access": lambda m: m["acc"],
    "divided": lambda m: whole(m["divn"]),
    "continuous": lambda m: int(m["contd"]) if m["contd"] else None,
    "doses": lambda m: (Count(whole(m["dn"]), at_most=bool(m["dat"])), m["dw"].lower(), bool(m["dof"])),
}
