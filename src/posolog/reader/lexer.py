# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""One sentence -> typed tokens with spans. Bounded patterns only: cost is linear in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from posolog.core.units import find_unit
from posolog.protocol.model import Amount, Basis, Count, Frequency, Per
from posolog.reader.daywords import START, DayWords, read_days

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
_UNIT = (
    r"(?:mg|milligrams?|mcg|µg|μg|ug|micrograms?|ng|gm?|gr|grams?|IU|MIU|U|units?|mL|ml|MBq|GBq|kBq|mCi|µCi|uCi|Ci"
    r"|cGy|Gy|rads?|mmol|mEq|tablets?|capsules?|drops?|puffs?)"
)
_SLASH = r"\s?(?:/|\\|per\s|\.(?=d\b))\s?"
_PER = (
    r"(?:m2|m²|m\^2|m\(2\)|m 2(?!\d)|sqm|sq\.?\s?m(?:eter)?|square\s(?:meter|metre)|mq|M2|kg|kilogram|m(?=\s?(?:/|[,;.)]|\s|$))"
    r"|days?|d(?![a-z])|24\s?h(?:ours?|rs?)?|doses?|injections?|infusions?|h(?:ours?|rs?)?|min(?:utes?)?|weeks?|wk|courses?|cycles?)"
)
_MORE = r"(?:at least|minimum of|>=?|≥|⩾|up to|less than or equal to|maximum of|≤|<=?|about|approximately)"
_JOIN = r"\s?(?:-|–|to|~|and|or|,|/)\s?"
AMOUNT = re.compile(
    rf"(?<![\w.,^])(?P<more>{_MORE}\s?)?(?P<first>{_NUMBER})\s?(?:(?P<own>{_UNIT})(?=\s?(?:to|-|–)\s?\d))?"
    rf"(?P<rest>(?:{_JOIN}{_NUMBER}){{0,6}})\s?-?"
    rf"(?P<unit>{_UNIT})(?![A-Za-z])(?P<per>(?:{_SLASH}{_PER}){{0,3}})",
)
CELLS = re.compile(
    rf"(?<![\w.])(?P<more>{_MORE}\s?)?(?P<first>{_NUMBER})\s?[x×*]\s?10\s?(?:\^|\*\*|E|e)?\s?\(?(?P<power>\d{{1,2}})\)?\s?"
    r"(?:(?!IU\b|U\b)[A-Z]{1,3}\d{0,3}\+?\s?|viable\s|nucleated\s|T\s|total\s|mononuclear\s){0,4}(?:cells?|lymphocytes?|MNC|TNC|(?P<iu>IU|U|units)(?![A-Za-z]))?"
    rf"(?P<per>(?:{_SLASH}(?:kg|m2|m²|kilogram))?)(?:\s(?P<noun>cells?|lymphocytes?))?",
)
_DAY_LEAD = re.compile(r"(?:\b[Dd]ays?|\b[DJ])\s?[-+−–]?\s?\Z")
_AUC = re.compile(rf"\bAUC\s?(?:of\s|=\s?)?(?P<first>{_NUMBER})(?:\s?(?:-|to)\s?(?P<last>{_NUMBER}))?(?![\d-])")
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "single": 1,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
}
_N = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"

_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "infusion",
        r"\b(?:over|for|infused over|during)\s(?:a period of\s)?(?:a\s)?(?P<inf>\d{1,3}(?:[.,]\d+)?)(?:\s?(?:-|–|to)\s?(?P<inf2>\d{1,3}))?"
        r"[\s-]?(?P<infu>h(?:ours?|rs?)?|min(?:ute)?s?)\b(?!\s+(?:after|before|prior))"
        r"|\b(?P<inf3>\d{1,3}(?:\.\d+)?)[\s-]?(?P<infu3>h(?:ours?|r)?|min(?:ute)?s?)[\s-](?:i\.?v\.?\s|intravenous\s)?(?:continuous\s)?(?:infusion|perfusion)",
    ),
    (
        "continuous",
        r"\b(?:by\s|as\s(?:an?\s)?)?(?:(?P<contd>\d{1,3})[\s-]days?\s)?continuous(?:ly)?(?:\s(?:i\.?v\.?|intravenous|infusion|perfusion|administration))*|\bCIV?I?\b|\bcivi\b",
    ),
    ("bolus", r"\bbolus\b|\bi\.?v\.?\spush\b"),
    (
        "every",
        rf"\b(?:every|each|q)\s?\.?(?P<evn>other|{_N})?[\s-]?(?P<evu>h(?:ours?|rs?)?|days?|d|weeks?|wks?|w|months?)\b(?!\s(?:treatment\s)?(?:cycles?|courses?)\b)(?:\s?[x×]\s?(?P<evx>\d{{1,3}})(?:\s?doses)?)?",
    ),
    (
        "times",
        rf"\b(?P<tn>once|twice|thrice|{_N}\s(?:times|x))(?:\s(?:a|per|each|every)\s?|[\s-])(?P<tu>day|daily|week|weekly)\b"
        r"|(?<![\w/])(?P<tabbr>b\.?i\.?d\b\.?|t\.?i\.?d\b\.?|q\.?i\.?d\b\.?|q\.?d\b\.?|o\.?d\.|qhs|BD)|(?<![/\w])(?P<tdaily>daily|weekly)\b",
    ),
    (
        "doses",
        rf"\b(?:for|x|×)?\s?(?P<dat>up to\s|a maximum of\s)?(?P<dn>{_N})\s(?:consecutive\s|total\s|additional\s)?(?P<dw>doses|injections|infusions|administrations|fractions)\b(?P<dof>\sof(?=\s\d))?",
    ),
    (
        "for",
        rf"\b(?:for|[x×])\s?(?P<fat>up to\s|at least\s|a (?:total|maximum) of\s)?(?P<fn>{_N})\s?(?:consecutive\s)?(?P<fu>days?|d|weeks?|wks?|months?)\b(?!\s?(?:cycle|course))"
        rf"|\*\s?(?P<fn2>\d{{1,3}})\s?d\b|\b(?P<fat3>up to)\s(?P<fn3>{_N})\s(?P<fu3>days|weeks)\b",
    ),
    (
        "cycles",
        rf"\b(?:for\s|x\s)?(?P<cat>up to\s|a maximum of\s|maximum\s|at most\s)?(?P<cn>{_N})\s(?:cycles|courses)\b|\b(?P<cl>\d{{1,3}})[\s-]days?\s(?:treatment\s)?(?:cycles?|courses?)\b"
        r"|\b(?:cycles?|courses?)\s(?:of|=)\s(?P<cl2>\d{1,3})\sdays\b",
    ),
    ("access", r"\bvia\s(?:a\s)?(?P<acc>(?:central|peripheral)\s(?:venous\s)?(?:catheter|line|access))"),
    (
        "cap",
        r"\b(?:(?:with\s)?(?:a\s)?max(?:imum|imal|\.)?(?:\s(?:daily|single|total))?(?:\sdose)?(?:\sof)?|not (?:to exceed|exceeding)|capped at|up to a maximum of|at most)\s?:?\s?(?=[x×\d])",
    ),
    ("capafter", r"(?<=\s)(?:max(?:imum)?)(?=\s?\))"),
    ("total", r"\b(?:total|cumulative)\s(?:daily\s)?(?:dose|amount|of)\b(?:\sof)?"),
    (
        "open",
        r"\b(?:start(?:ing|s|ed)?|begin(?:ning|s)?|commencing)\s(?:on\s|at\s|from\s)?(?=(?:the\s)?(?:days?\s|[DJ]\s?[-+−–]?\s?\d))|\bfrom\s(?=(?:the\s)?(?:days?\s|[DJ]\s?[-+−–]?\s?\d))",
    ),
    ("until", r"\b(?:until|through|to)\s(?=(?:the\s)?(?:days?\s|[DJ]\s?[-+−–]?\s?\d))"),
    ("between", r"\bbetween\s(?=(?:the\s)?(?:days?\s|[DJ]\s?[-+−–]?\s?\d))"),
    ("thereafter", r"\b(?:there)?after(?:wards?)?(?=\s?(?:[,;.)]|$))|\bthereafter\b"),
    ("taper", r"\btaper(?:ing|ed|s)?\b"),
    (
        "rest",
        rf"\b(?P<rn>{_N})\s(?P<ru>days?|weeks?)\s(?:of\s)?(?:rest|break|off)\b|\b(?:rest|break)\sof\s(?P<rn2>{_N})\s(?P<ru2>days?|weeks?)\b|\brest\s?(?:days?|period)?\b",
    ),
    (
        "route",
        r"(?P<riv>\bIV\b(?!\.)|(?<![A-Za-z])i\.v\.?|\biv\b|\bintravenous(?:ly)?(?:\s?\(\s?i\.?v\.?\s?\))?)|(?P<rpo>\bPO\b|(?<![A-Za-z])p\.o\.?|\borally\b|\bper os\b|\boral\b|\bby mouth\b|\bpo\b)"
        r"|(?P<rsc>\bSC\b|\bs\.c\.?|\bsubcutaneous(?:ly)?|\bSQ\b|\bsubQ\b)|(?P<rim>\bIM\b|\bi\.m\.|\bintramuscular(?:ly)?)|(?P<rit>\bintrathecal(?:ly)?|\bi\.t\.)|(?P<rip>\bintraperitoneal(?:ly)?)",
    ),
    ("divided", rf"\bin(?:to)?\s(?P<divn>{_N})\s(?:divided|equal|split)?\s?doses\b"),
)
_MASTER = re.compile("|".join(f"(?P<k_{name}>{body})" for name, body in _PATTERNS), re.I)
_CAP_TWICE = re.compile(rf"[x×]\s?(?P<n>\d)\s(?P<v>{_NUMBER})\s?(?P<u>{_UNIT})(?P<per>(?:{_SLASH}{_PER}){{0,2}})")


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` and its value in the sentence's block text `[start, end)`; `note` says what was repaired or left open."""

    kind: str
    start: int
    end: int
    value: object = None
    note: str = ""


def amounts(text: str, start: int, end: int) -> list[Token]:
    """Dosing amounts (mass, activity, absorbed dose, cells, AUC) in text[start:end]."""
    found = [token for match in CELLS.finditer(text, start, end) if (token := _cells(match))]
    found += [token for match in _AUC.finditer(text, start, end) if (token := _auc(match))]
    taken = [(token.start, token.end) for token in found]
    for match in AMOUNT.finditer(text, start, end):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            token = _amount(_without_days(text, match))
            if token:
                found.append(token)
    return sorted(found, key=lambda token: token.start)


def _without_days(text: str, match: re.Match[str]) -> re.Match[str]:
    """ "on day +1 and 10 mg": the numbers before the last "and" are days, not levels of the amount."""
    joints = list(re.finditer(r"and|or|,", match["rest"]))
    if not joints or not _DAY_LEAD.search(text, max(0, match.start() - 16), match.start()):
        return match
    return AMOUNT.search(text, match.start("rest") + joints[-1].end(), match.end()) or match


def decimal(words: str) -> tuple[Decimal, str]:
    """A number as written, and a note when a comma had to be read as a decimal mark."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", words):
        return Decimal(words.replace(",", "")), ""
    if "," in words:
        return Decimal(words.replace(",", ".")), f"the comma in {words!r} is read as a decimal mark"
    return Decimal(words), ""


def whole(words: str) -> int:
    digits = re.match(r"[0-9]+", words)
    return int(digits.group()) if digits else _WORDS.get(words.lower(), 0)


def _bounds(more: str | None, first: Decimal, last: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    word = (more or "").strip().lower()
    if last is not None:
        return first, last
    if word in ("at least", "minimum of", ">", ">=", "≥", "⩾"):
        return first, None
    if word in ("up to", "less than or equal to", "maximum of", "≤", "<", "<="):
        return None, first
    return first, first


def _amount(match: re.Match[str]) -> Token | None:
    unit = find_unit(match["unit"])
    if unit is None or (match["unit"] == "U" and not match["per"] and match["first"] == "1"):
        return None
    numbers, note = [], ""
    for words in [match["first"], *re.findall(_NUMBER, match["rest"])]:
        value, said = decimal(words)
        numbers.append(value)
        note = note or said
    if not any(numbers):
        return None
    if match["own"] and (own := find_unit(match["own"])) is not None and own.kind == unit.kind:
        numbers[0] = numbers[0] * own.factor / unit.factor
    per, basis, lost = denominators(match["per"])
    note = note or lost
    levels: tuple[Decimal, ...] = ()
    low, high = _bounds(match["more"], numbers[0], None)
    if len(numbers) == 2 and re.match(r"\s?(?:-|–|to|~)", match["rest"]):
        low, high = numbers[0], numbers[1]
    elif len(numbers) > 1:
        low, high, levels = None, None, tuple(number for number in numbers if number)
        if len(levels) == 1:
            low, high, levels = levels[0], levels[0], ()
    if low is not None and high is not None and low > high:
        note = note or f"the range {match.group()!r} runs downwards"
        low, high = high, low
    if not low:
        low = None
    return Token("amount", match.start(), match.end(), Amount(low, high, unit, per, basis, levels), note)


def _cells(match: re.Match[str]) -> Token | None:
    if not (match["per"] or match["iu"] or re.search(r"cells?|lymphocytes?|MNC|TNC", match.group())):
        return None
    first, note = decimal(match["first"])
    if not first:
        return None
    if not re.search(
        r"[\^*Ee(]\s?\Z|\(\s?\Z", match.string[match.end("first") : match.start("power")].replace("*10", "x10")
    ):
        note = note or f"{match.group()!r}: the exponent is read as lost superscript"
    value = first * Decimal(10) ** int(match["power"])
    low, high = _bounds(match["more"], value, None)
    per, basis, lost = denominators(match["per"])
    unit = find_unit("IU" if match["iu"] else "cells")
    assert unit is not None
    return Token("amount", match.start(), match.end(), Amount(low, high, unit, per, basis), note or lost)


def _auc(match: re.Match[str]) -> Token | None:
    unit = find_unit("AUC")
    assert unit is not None
    first, _ = decimal(match["first"])
    if not first:  # "AUC 0-24" is a stretch of hours, not a dose
        return None
    last = decimal(match["last"])[0] if match["last"] else first
    return Token("amount", match.start(), match.end(), Amount(first, last, unit))


def denominators(words: str) -> tuple[Per, Basis, str]:
    """What stands after the unit: body size, what the amount refers to, and a note when the 2 of m² was lost."""
    per, basis, note = Per.FLAT, Basis.UNSTATED, ""
    for part in re.split(r"[/\\]|\bper\s|\.", words):
        word = part.strip().lower()
        if not word:
            continue
        if word.startswith("kg") or word.startswith("kilogram"):
            per = Per.KG
        elif word == "m" or word[:2] in ("m2", "m²", "m^", "m(", "m ", "sq", "mq"):
            per = Per.M2
            note = "'/m' is read as per m²: the 2 is lost" if word == "m" else note
        else:
            basis = _BASES[next(key for key in _BASES if word.startswith(key))]
    return per, basis, note


_BASES = {
    "dose": Basis.DOSE,
    "day": Basis.DAY,
    "d": Basis.DAY,
    "24": Basis.DAY,
    "inj": Basis.DOSE,
    "inf": Basis.DOSE,
    "h": Basis.HOUR,
    "min": Basis.UNSTATED,
    "w": Basis.WEEK,
    "c": Basis.COURSE,
}


def schedule(text: str, start: int, end: int) -> list[Token]:
    """Everything else that a statement may hold: days, frequencies, counts, infusion, route, cap, taper, rest."""
    found: list[Token] = []
    position = start
    while match := START.search(text, position, end):
        days = read_days(text, match.start())
        if days is None or days.end > end:
            position = match.start() + 1
            continue
        found.append(Token("days", match.start(), days.end, days))
        position = days.end
    taken = [(token.start, token.end) for token in found]
    for match in _MASTER.finditer(text, start, end):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        kind = next(name for name, _ in _PATTERNS if match[f"k_{name}"] is not None)
        found.append(Token(kind, match.start(), match.end(), _value(kind, match)))
    return sorted(found, key=lambda token: token.start)


def _value(kind: str, match: re.Match[str]) -> object:
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


def cap_twice(text: str, start: int) -> re.Match[str] | None:
    """A cap written "x2 1g / day", which has two readings a factor apart (2 x 1 g a day, or 1 g a day)."""
    return _CAP_TWICE.match(text, start)


__all__ = ["DayWords", "Token", "amounts", "cap_twice", "decimal", "schedule", "whole"]
