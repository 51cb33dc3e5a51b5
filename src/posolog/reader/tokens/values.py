"""What a matched stretch says: numbers, frequencies, counts, cycles, routes."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from posolog.protocol.model import Count, Frequency
from posolog.reader.tokens.numbers import WORDS

# Months and years of treatment as days, for `for_days` alone: 30 days a month, 365 a year.
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def decimal(words: str) -> tuple[Decimal, str]:
    """A number as written, and a note when a comma had to be read as a decimal mark."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", words):
        return Decimal(words.replace(",", "")), ""
    if "," in words:
        return Decimal(words.replace(",", ".")), f"the comma in {words!r} is read as a decimal mark"
    return Decimal(words), ""


def whole(words: str) -> int:
    digits = re.match(r"[0-9]+", words)
    return int(digits.group()) if digits else WORDS.get(words.lower().split()[0], 0)


def in_days(words: str, unit: str) -> int:
    return whole(words) * DAYS[unit[0].lower()]


def value_of(kind: str, match: re.Match[str]) -> object:
    reader = _READERS.get(kind)
    return reader(match) if reader else None


def _infusion(match: re.Match[str]) -> Decimal:
    words = match["inf2"] or match["inf"] or match["inf3"] or match["inf5"]
    hours = (
        Decimal("0.5")
        if words.lower().startswith("half")
        else decimal(words)[0]
        if words[0].isdigit()
        else Decimal(whole(words))
    )
    return hours if (match["infu"] or match["infu3"] or match["infu5"]).lower().startswith("h") else hours / 60


def _every(match: re.Match[str]) -> tuple[Frequency | None, Count | None]:
    said = match.group().lower()
    if "alternat" in said:
        return Frequency(1, Decimal(2), "day"), None
    if "fortnight" in said:
        return Frequency(1, Decimal(2), "week"), None
    if match["evm"]:  # "every 3-4 weeks" is no one interval
        return None, None
    if match["evqw"]:
        return Frequency(1, Decimal(match["evqw"]), "week"), None
    words = match["evn"] or match["evi"] or match["evh"]
    number = 2 if (words or "").lower() in ("other", "second", "alternate") else whole(words) if words else 1
    unit = (match["evu"] or match["eviu"] or match["evhu"] or "day").lower()
    name = {"h": "hour", "w": "week", "m": "month"}.get(unit[0], "day")
    return Frequency(1, Decimal(number), name), Count(int(match["evx"])) if match["evx"] else None


def _times(match: re.Match[str]) -> Frequency | None:
    if match["tmorn"] or re.search(r"bedtime|at\snight", match.group().lower()):
        return Frequency(1, Decimal(1), "day")
    if match["tdaily"] or match["tbasis"]:
        weekly = "week" in (match["tdaily"] or match["tbasis"]).lower()
        return Frequency(1, Decimal(1), "week" if weekly else "day")
    if match["tabbr"]:
        letters = match["tabbr"].lower().replace(".", "")
        if letters in ("biw", "tiw"):
            return Frequency(2 if letters == "biw" else 3, Decimal(1), "week")
        return Frequency({"bid": 2, "bd": 2, "tid": 3, "tds": 3, "qid": 4}.get(letters, 1), Decimal(1), "day")
    count, unit = whole(match["tn"].split()[0]), match["tu"].lower()
    return Frequency(count, Decimal(1), "week" if unit.startswith("w") else "day") if count else None


def _for(match: re.Match[str]) -> Count | int | None:
    words = match["fm"] or match["fn"] or match["fn2"] or match["fn3"] or match["fn4"] or match["fn5"]
    unit = (match["fu"] or match["fu3"] or match["fu4"] or match["fu5"] or "d").lower()
    if unit[0] in "my":  # months and years stay what they are in a line; the flat statement counts their days
        return 365 * (whole(words) // 12) if unit[0] == "m" and whole(words) % 12 == 0 else in_days(words, unit)
    return Count(in_days(words, unit), at_most=bool((match["fat"] and "up" in match["fat"].lower()) or match["fat3"]))


def _cycles(match: re.Match[str]) -> tuple[int | None, int | None, bool]:
    length = None
    for words in ("cl", "cl2", "cl3", "cl4", "cl7", "clr"):
        if match[words]:
            length = in_days(match[words], match[f"{words}u"])
    length = int(match["cl5"] or match["cl6"]) if match["cl5"] or match["cl6"] else length
    return (whole(match["cn"]) if match["cn"] else None, length, bool(match["cat"]))


def _route(match: re.Match[str]) -> str:
    return next(route for group, route in _ROUTES.items() if match[group])


_ROUTES = {
    "riv": "IV", "rpo": "PO", "rsc": "SC", "rim": "IM", "rit": "IT", "rip": "IP", "rivit": "intravitreal",
    "rinh": "inhaled", "rtop": "topical", "roth": "other",
}  # fmt: skip


def _rest(match: re.Match[str]) -> int | None:
    words, unit = match["rn"] or match["rn2"], match["ru"] or match["ru2"]
    number = 1 if words in (None, "a", "an") else whole(words)
    return number * (7 if unit.lower().startswith("w") else 1) if words else None


def _doses(match: re.Match[str]) -> tuple[Count, str, bool]:
    if match["dsingle"] or match["donce"]:
        return Count(1), "dose", False
    words = match["dn"] or match["dx"]
    return Count(whole(words), at_most=bool(match["dat"])), (match["dw"] or "doses").lower(), bool(match["dof"])


def _per_cycle(match: re.Match[str]) -> tuple[int, int]:
    """(days on, days of the cycle)."""
    if match["dpc"]:
        return int(match["dpc"]), int(match["dpc"])
    return whole(match["dpn"]), in_days(match["dpm"], match["dpu"])


def _on_off(match: re.Match[str]) -> tuple[int, int]:
    """(days on, days of the cycle) of "3 weeks on, 1 week off" and "21 of 28 days"."""
    if match["won3"]:
        return int(match["won3"]), int(match["wofb"])
    if match["won2"]:
        return int(match["won2"]), int(match["wofa"])
    on = in_days(match["won"], match["wou"])
    return on, on + in_days(match["woff"], match["wofu"])


def _weeks(match: re.Match[str]) -> tuple[int, ...]:
    words = match["wk"]
    ends = re.fullmatch(r"(\d+)\s?(?:-|to|through)\s?(\d+)", words)
    if ends:
        return tuple(range(int(ends[1]), int(ends[2]) + 1))
    return tuple(int(number) for number in re.findall(r"\d+", words)) if not re.search(r"-|to|thr", words) else ()


def _divided(match: re.Match[str]) -> int:
    words = match["divn"] or match["divn2"] or match["divn3"]
    return whole(words) if words else 0


_READERS: dict[str, Callable[[re.Match[str]], object]] = {
    "infusion": _infusion,
    "every": _every,
    "times": _times,
    "for": _for,
    "dailyx": lambda m: Count(int(m["dxn"])),
    "cycles": _cycles,
    "route": _route,
    "rest": _rest,
    "weeks": _weeks,
    "incycle": lambda m: int(found[1]) if (found := re.search(r"\b([7-9]|\d\d)-day", m.group())) else None,
    "dayspercycle": _per_cycle,
    "weeksonoff": _on_off,
    "access": lambda m: m["acc"],
    "divided": _divided,
    "continuous": lambda m: int(m["contd"]) if m["contd"] else None,
    "doses": _doses,
}
