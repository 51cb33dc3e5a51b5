"""One sentence -> typed tokens with spans. Bounded patterns only: cost is linear in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from posolog.core.days import DayRange, DaySet
from posolog.core.units import Unit, find_unit
from posolog.protocol.model import Amount, Basis, Count, Per
from posolog.reader.patterns import (
    AMOUNT,
    AUC,
    CAP_TWICE,
    CELLS,
    COUNTED,
    DAY_LEAD,
    KINDS,
    MICRO,
    NUMBER,
    UNKNOWN_PER,
    WHOLE_WORDS,
)
from posolog.reader.timing import FORMS
from posolog.reader.tokens.bare import bare_duration, weekdays
from posolog.reader.tokens.cues import holds, words_in
from posolog.reader.tokens.daywords import START, DayWords, read_days
from posolog.reader.tokens.values import decimal, value_of, whole

NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` and its value in the sentence's block text `[start, end)`; `note` says what was repaired or left open."""

    kind: str
    start: int
    end: int
    value: object = None
    note: str = ""
    words: str = ""  # of cells: what they are, as written


def amounts(text: str, start: int, end: int) -> list[Token]:
    """Dosing amounts (mass, activity, absorbed dose, cells, AUC) in text[start:end]."""
    found: list[Token] = []
    if text.find("10", start, end) >= 0:
        found += [token for match in CELLS.finditer(text, start, end) if (token := _cells(match))]
    if holds(text[start:end].lower(), ("auc", "curve")):
        found += [token for match in AUC.finditer(text, start, end) if (token := _auc(match))]
    taken = [(token.start, token.end) for token in found]
    for match in AMOUNT.finditer(text, start, end) if COUNTED.search(text, start, end) else ():
        if not any(a < match.end() and match.start() < b for a, b in taken):
            own = _without_days(text, _without_code(text, match))
            token = _with_margin(text, _amount(own) if own else None)
            if token:
                found.append(token)
    if holds(text[start:end].lower(), ("gram", "million units")):
        found += [_worded(match) for match in _WORDED.finditer(text, start, end)]
    return sorted(found, key=lambda token: token.start)


_MARGIN = re.compile(rf"(?<![\w.+-])(?P<n>{NUMBER})\s?(?:\+\s?/\s?-|\+|±)\s?\Z")


def _with_margin(text: str, token: Token | None) -> Token | None:
    """ "8 ± 0.8 mCi", and "8+0.8 mCi" where half of the sign is lost: the first number is the amount."""
    before = _MARGIN.search(text, max(0, token.start - 16), token.start) if token else None
    if token is None or before is None or not isinstance(token.value, Amount) or token.value.exact is None:
        return token
    value = decimal(before["n"])[0]
    if token.value.exact * 2 > value:
        return token
    said = text[before.start() : token.end]
    whole_sign = "±" in said or "/" in said[: len(said) // 2 + 2]
    note = token.note or ("" if whole_sign else f"{said!r}: the second number is read as a margin")
    return replace(token, start=before.start(), value=replace(token.value, low=value, high=value), note=note)


_WORDED = re.compile(
    r"""\b(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s
        (?:\(\d+\)\s)?(?P<unit>milligrams?|grams?|micrograms?|million\sunits)\b(?!\s?/|\sper)""",
    re.I | re.X,
)


def _worded(match: re.Match[str]) -> Token:
    """ "Four milligrams of X"."""
    value, unit = Decimal(whole(match["n"])), unit_of(match["unit"].lower())[0]
    assert unit is not None
    return Token("amount", match.start(), match.end(), Amount(value, value, unit))


def _without_code(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """ "XY-523 up to 800 mg", "XY-523 tablets": the number of a code is no amount and no level."""
    if not _CODE_LEAD.search(text, max(0, match.start() - 5), match.start()):
        return match
    if match["rest"]:
        return AMOUNT.search(text, match.end("first"), match.end())
    return None if match["unit"].lower().startswith(("tab", "cap")) else match


_CODE_LEAD = re.compile(r"[A-Z]{2}-?\Z")


_TWO_NAMED = re.compile(r"\s?and\s\d{1,2}\sto(?=\s\d{2,4}\Z)")  # "cohorts 4 and 5 to 1800 mg"


def _without_days(text: str, match: re.Match[str] | None) -> re.Match[str] | None:
    """ "on day +1 and 10 mg", "on days -3 and -2, 200 cGy": days, not levels of the amount."""
    joints = list(re.finditer(r"and|or|,", match["rest"])) if match else []
    if match is None or not joints or not DAY_LEAD.search(text[max(0, match.start() - 16) : match.start()]):
        return match
    named = _TWO_NAMED.match(match["rest"])
    after = AMOUNT.search(text, match.start("rest") + (named or joints[-1]).end(), match.end() + 6)
    return after if after and after.start() < match.end() else match


def _bounds(more: str | None, first: Decimal, last: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    word = (more or "").strip().lower()
    if last is not None:
        return first, last
    if word in ("at least", "minimum of", ">", ">=", "≥", "⩾"):
        return first, None
    if word in ("up to", "less than or equal to", "maximum of", "≤", "<", "<="):
        return None, first
    return first, first


@lru_cache(maxsize=512)
def unit_of(words: str) -> tuple[Unit | None, str]:
    """The unit, and a note when the words had to be repaired."""
    if words.lower().startswith(("million", "mio")):
        return find_unit("MU"), ""
    plain = words.replace(".", "").lower()
    if plain in ("iu", "ui", "ie", "international units"):
        return find_unit("IU"), ""
    if re.fullmatch(MICRO, words):
        note = "" if words.lower().startswith(("micro", "µ ", "μ ")) else f"{words!r} is read as µg: the µ is lost"
        return find_unit("mcg"), note
    if plain.endswith(("curie", "curies", "currie", "curries")):
        return find_unit("mCi"), ""
    if "becquerel" in plain:
        return find_unit("GBq" if plain.startswith("g") else "MBq"), ""
    if plain.endswith(("gye", "gray", "grays")):
        return find_unit("cGy" if plain.startswith("c") else "Gy"), ""
    return find_unit(words) or find_unit(plain), ""


# "escalating doses of X (from 5 mg/day)": no dose is below; "from 5 to 20 mg" says up to which
_FROM = re.compile(r"\b(?:escalat|increas|ascend|rising)\w*\sdoses?\b[^.;]{0,40}\bfrom\s\Z", re.I)
_ONWARDS = re.compile(r"\s?(?:[/\w-]{1,8}\s){0,2}(?:to|up\sto|until|-|–)\s?\d", re.I)
_UP_TO_TARGET = re.compile(r"\bup\sto\s(?:an?\s|the\s)?(?:target|final|full|goal)\s(?:\w+\s)?dose\sof\s\Z", re.I)


def _amount(match: re.Match[str]) -> Token | None:
    unit, note = unit_of(match["unit"])
    if unit is None or (match["unit"] == "U" and not match["per"] and match["first"] == "1"):
        return None
    numbers = []
    for words in [match["first"], *re.findall(NUMBER, match["rest"])]:
        value, said = _thousands(words) if unit.kind == "units" and _POINTED.fullmatch(words) else decimal(words)
        numbers.append(value)
        note = note or said
    if not any(numbers):
        return None
    if match["own"] and (own := unit_of(match["own"])[0]) is not None and own.kind == unit.kind:
        numbers[0] = numbers[0] * own.factor / unit.factor
    per, basis, lost = denominators(match["per"])
    if match["lost"]:
        per, lost = Per.M2, f"{match.group().strip()!r} is read as per m²: the m² is lost"
    if match["day"] and re.match(r"days?\s\d{1,2}\s?(?:-|–|to)\s?\d", match.string[match.end() : match.end() + 14]):
        basis, lost = Basis.DAY, lost or f"'{match.group()}day ...': per day, or on these days"
    beyond = None if match["day"] or match["lost"] else UNKNOWN_PER.match(match.string, match.end())
    note = f"{(match.group() + beyond.group()).strip()!r}: per what is {NOT_UNDERSTOOD}" if beyond else note or lost
    levels: tuple[Decimal, ...] = ()
    low, high = _bounds(match["more"], numbers[0], None)
    if low == high and _FROM.search(match.string[max(0, match.start() - 60) : match.start()]):
        high = high if _ONWARDS.match(match.string, match.end()) else None
    if low == high and _UP_TO_TARGET.search(match.string[max(0, match.start() - 40) : match.start()]):
        low = None
    if match["twice"]:
        note = note or f"{match.group()!r}: how often, or how many at a time"
    if len(numbers) == 2 and re.match(r"\s?(?:-|–|to|up to|~)", match["rest"]):
        low, high = numbers[0], numbers[1]
    elif len(numbers) > 1:
        low, high, levels = None, None, tuple(dict.fromkeys(number for number in numbers if number))
        if len(levels) == 1:
            low, high, levels = levels[0], levels[0], ()
        elif "/" in match["rest"] and levels[0] > levels[-1]:
            note = note or f"{match.group()!r}: levels, or the amounts of two agents"
    if low is not None and high is not None and low > high:
        note = note or f"the range {match.group()!r} runs downwards"
        low, high = high, low
    if not low:
        low = None
    return Token("amount", match.start(), match.end(), Amount(low, high, unit, per, basis, levels), note)


_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")  # "40.000 IU": no one counts units to three decimals


def _thousands(words: str) -> tuple[Decimal, str]:
    return Decimal(words.replace(".", "")), f"the point in {words!r} is read as parting thousands"


_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _cells(match: re.Match[str]) -> Token | None:
    noun = match["noun"] or match["after"] or ""
    named = match["after"] and match.string[match.start("after") - 3 : match.start("after")] == "of "
    if named and noun.lower() in ("cell", "cells"):
        noun = match["after"]  # "1 x 10^6 cells/kg of virus-specific T cells"
    if not (match["per"] or match["iu"] or noun):
        return None
    first, note = decimal(match["first"])
    if not first:
        return None
    power = 6 if match["power"] == "m" else int(match["power"].translate(_SUPERSCRIPT))
    lead = match.string[match.end("first") : match.start("power")].replace("*10", "x10")
    if match["power"].isascii() and not re.search(r"(?:[\^*Ee(]|exp)\s?\Z|\(\s?\Z", lead):
        said = "10^6: its exponent is lost" if match["power"] == "m" else "lost superscript"
        note = note or f"{match.group()!r}: the exponent is read as {said}"
        if power > 11:
            return None
    value = first * Decimal(10) ** power
    low, high = _bounds(match["more"], value, None)
    if match["low"]:
        low = decimal(match["low"])[0] * Decimal(10) ** power
        if low > value:
            note = note or f"the range {match.group().strip()!r} runs downwards"
            low, high = value, low
    start, earlier, ranged = _before_cells(match)
    if earlier and ranged:
        low, high = min(earlier[-1], value), max(earlier[-1], value)
    levels = (*earlier, value) if earlier and not ranged else ()
    if levels:
        low = high = None
    per, basis, lost = denominators(match["per"])
    unit = find_unit("IU" if match["iu"] else "cells")
    assert unit is not None
    words = "" if match["iu"] else re.sub(r"^(?:total|viable|nucleated|of|the)\s", "", noun)
    return Token("amount", start, match.end(), Amount(low, high, unit, per, basis, levels), note or lost, words)


_POWERED = re.compile(
    rf"""(?<![\w.])(?P<first>{NUMBER})\s?[xX×*]\s?10\s?(?:\^|\*\*|[Ee])?\s?\(?(?P<power>\d{{1,2}})\)?\s?
        (?P<joint>-|–|~|to|,\s?and|,\s?or|,|and|or|/)\s?\Z""",
    re.X,
)


def _before_cells(match: re.Match[str]) -> tuple[int, tuple[Decimal, ...], bool]:
    """ "1 x 10^6, 3 x 10^6 and 1 x 10^7 cells/kg", "1 x 10^5 to 4 x 10^6 cells": start, the numbers before, a range."""
    start, ranged = match.start(), False
    earlier: list[Decimal] = []
    while before := _POWERED.search(match.string, max(0, start - 26), start):
        power = int(before["power"])
        if power > 11 or ranged:
            break
        ranged = before["joint"] in ("-", "–", "~", "to")
        earlier.insert(0, decimal(before["first"])[0] * Decimal(10) ** power)
        start = before.start()
    return start, tuple(earlier), ranged and len(earlier) == 1


_EXPOSURE = re.compile(r"\s?(?:m?g|ng|[µu]g|[µu]?M|[µu]mol)\s?(?:[*x·.-]|/\s?[lL])\s?(?:h|min|[lL])")


def _auc(match: re.Match[str]) -> Token | None:
    unit = find_unit("AUC")
    assert unit is not None
    numbers = [decimal(words)[0] for words in [match["first"], *re.findall(NUMBER, match["rest"])]]
    # "AUC 0-24" is a stretch of hours, "an AUC of 20 mg*hr/L" an aim; no carboplatin AUC is above 30.
    if not all(numbers) or numbers[0] > 30 or _EXPOSURE.match(match.string, match.end()):
        return None
    first = last = numbers[0]
    levels: tuple[Decimal, ...] = ()
    if len(numbers) == 2 and re.match(r"\s?(?:-|–|to)", match["rest"]):
        first, last = sorted(numbers)
    elif len(numbers) > 1:
        levels = tuple(numbers)
    amount = Amount(None, None, unit, levels=levels) if levels else Amount(first, last, unit)
    return Token("amount", match.start(), match.end(), amount)


def denominators(words: str) -> tuple[Per, Basis, str]:
    """What stands after the unit: body size, what the amount refers to, and a note when the 2 of m² was lost."""
    per, basis, note = Per.FLAT, Basis.UNSTATED, ""
    for part in re.split(r"[/\\]|\bper\s|\.(?=d)", words):
        word = part.strip().lower()
        if not word:
            continue
        if word.removeprefix("1 ").startswith(("kg", "kilogram")):
            per = Per.KG
        elif word == "m" or word.startswith(("m2", "m²", "m^", "m(", "m ", "m.", "sq", "mq", "met", "body")):
            per = Per.M2
            note = "'/m' is read as per m²: the 2 is lost" if word == "m" else note
        elif word == "2":
            per, note = Per.M2, "'/2' is read as per m²: the m is lost"
        elif word[0].isdigit():
            basis = Basis.DAY if word.startswith("24") else Basis.DOSE
        else:
            basis = _BASES[next(key for key in _BASES if word.startswith(key))]
    return per, basis, note


_BASES = {
    "dose": Basis.DOSE,
    "day": Basis.DAY,
    "d": Basis.DAY,
    "inj": Basis.DOSE,
    "inf": Basis.DOSE,
    "h": Basis.HOUR,
    "min": Basis.UNSTATED,
    "w": Basis.WEEK,
    "c": Basis.COURSE,
    "f": Basis.DOSE,
}


_LEAD_NUMBER = re.compile(r"\d\s\Z")
_IN_CYCLE = re.compile(r"\b(?:cycle|course|part|phase|period)\s\d{1,2},?\s\Z", re.I)
_NO_DAY = re.compile(
    r"(?:dilut\w*|mixed|dissolv\w*|dextrose|vitamin|solution|stage)\s(?:\w+\s){0,2}\Z|\bwith\s\Z", re.I
)


def _no_day(text: str, start: int, ends: frozenset[int]) -> bool:
    """ "for 5 days 2 ..." and "diluted with D5" are no day numbers; "AUC 4 days 1 and 8" are."""
    label = text[start : start + 4].lower()
    if label.startswith("day") and _IN_CYCLE.search(text[max(0, start - 16) : start]):
        return False
    counted = label.startswith("day") and _COUNT_BEFORE.search(text[max(0, start - 8) : start])
    if counted and _TWO_DAYS.match(text, start):
        return False  # "x 4 days 2-3"
    if label.startswith("day") and _LEAD_NUMBER.search(text[max(0, start - 3) : start]) and start - 1 not in ends:
        return True
    return (
        text[start] in "Dd"
        and not label.startswith("day")
        and _NO_DAY.search(text[max(0, start - 40) : start]) is not None
    )


_COUNT_BEFORE = re.compile(r"(?:[x×]|\bfor)\s?\d{1,2}\s\Z", re.I)
_TWO_DAYS = re.compile(r"days?\s\d{1,2}\s?(?:-|–|to\b|,|and\b)\s?\d", re.I)
_TWO_LABELS = re.compile(r"(?:days?|d)\s(?=[DJdj]\s?[-+−–]?\s?\d)", re.I)


def _second_label(text: str, match: re.Match[str]) -> int:
    """ "per day d1-5", "once a day D-5": the first word belongs to the frequency, the days begin after it."""
    two = _TWO_LABELS.match(match.group())
    if two and re.search(r"(?:\bper|\ba|/|\.|\beach|\bevery)\s?\Z", text[max(0, match.start() - 8) : match.start()]):
        return match.start() + two.end()
    return match.start()


def schedule(text: str, start: int, end: int, ends: frozenset[int] = frozenset()) -> list[Token]:
    """Everything else that a statement may hold: days, frequencies, counts, infusion, route, cap, taper, rest.

    `ends` are where amounts end: a day number may follow one at once.
    """
    found: list[Token] = []
    position = start
    while match := START.search(text, position, end):
        at = _second_label(text, match)
        listed = None if _no_day(text, at, ends) else read_days(text, at)
        if listed is None:
            position = match.start() + 1
            continue
        if listed.end > end:
            break
        found.append(Token("days", at, listed.end, listed))
        position = listed.end
    days = list(found)
    reached = start
    for match, kind, value in _matches(text, start, end):
        first, last = match.start() + start, match.end() + start
        if first < reached:
            continue
        across = [d for d in days if d.start < last and first < d.end]
        if across and not (kind == "rest" and all(first < d.start and d.end < last for d in across)):
            continue
        if kind == "relative" and _LISTED.search(text[max(start, first - 8) : first]):
            continue  # "3 and 4/5 days after the graft" is more than its last number
        if kind in ("times", "every") and _CHANGED.search(text[max(start, first - 70) : first]):
            found.append(Token("change", first, last))  # "increased weekly by 100 mg", "escalated every two weeks"
            continue
        if kind == "for" and _FOLLOWED.search(text[max(start, first - 24) : first]):
            continue  # "follow up for 12 months"
        if kind == "every" and _OF_EACH.search(text[max(start, first - 4) : last]):
            continue  # "on days 1, 3 and 5 of each week"
        rare = kind == "weeks" or (kind == "every" and "month" in match.group())
        if rare and _CHECKED.search(text[max(start, first - 90) : first]):
            continue  # "scans every 3 months"
        token = _token(kind, match, first, _said_to(match, start) or last, value)
        if kind == "cycles" and isinstance(token.value, tuple) and 0 < (token.value[1] or 0) < 7:
            continue  # "3-day cycle" names a schedule
        if (kind in ("times", "for") and token.value is None) or token.value == (None, None):
            continue  # "every 3-4 weeks" is no one interval
        if _counts_none(token.value):
            continue  # "0 doses"
        reached = last
        found = [other for other in found if other not in across]
        found.append(token)
        if kind in ("doses", "bolus", "infusion"):
            found += _route_within(token)
    found += [token for token in _weekdays(text, start, end) if not _beside_frequency(token, found)]
    found += _durations(text, end, found)
    return sorted(found, key=lambda token: token.start)


def _weekdays(text: str, start: int, end: int) -> list[Token]:
    return [
        Token("times", first, last, times, words=text[first:last]) for first, last, times in weekdays(text, start, end)
    ]


def _beside_frequency(token: Token, found: list[Token]) -> bool:
    """ "three times a week (Monday, Wednesday and Friday)", "daily, Monday through Friday": said already."""
    near = (token.start - 60, token.end + 30)
    return any(
        (other.start < token.end and token.start < other.end)
        or (other.kind in ("times", "every") and near[0] < other.start < near[1])
        for other in found
    )


def _durations(text: str, end: int, found: list[Token]) -> list[Token]:
    """The durations without "for" at once behind a frequency or a route."""
    more = []
    for token in found:
        said = bare_duration(text, token.end, end) if token.kind in ("times", "every", "route") else None
        if said and not any(other.start < said[1] and said[0] < other.end for other in found):
            more.append(Token("for", *said, words=text[said[0] : said[1]]))
    return more


def _said_to(match: re.Match[str], start: int) -> int:
    """ "two infusions of X per week": where the token ends, so that X stands outside it."""
    return match.end("said") + start if "said" in match.re.groupindex else 0


_ROUTE = next(pattern for kind, pattern, _ in KINDS if kind == "route")


def _route_within(token: Token) -> list[Token]:
    """ "a single oral dose", "IV push": the route is a token of its own."""
    match = _ROUTE.search(token.words)
    return (
        [Token("route", token.start + match.start(), token.start + match.end(), value_of("route", match))]
        if match
        else []
    )


def _counts_none(value: object) -> bool:
    """A count of nought, which is no schedule."""
    counts = value if isinstance(value, tuple) else (value,)
    return any(isinstance(one, Count) and one.number < 1 for one in counts)


_CHANGED = re.compile(
    r"""\b(?:increas|escalat|adjust|titrat|rais|doubl)\w*\s(?:
             (?:in\s)?(?:increments?|steps)\s|the\sdose\s|gradually\s)?\Z
        |\b(?:increas|escalat|titrat|rais)\w*\s(?:the\sdose\s)?(?:by|in)\s\d[^.;,]{0,60}\Z""",
    re.I | re.X,
)
_LISTED = re.compile(r"\d\s?(?:/|,|and|or|-|–|to)\s?\Z")


_FOLLOWED = re.compile(
    r"""(?:
            follow(?:ed)?(?:\s|-)?(?:up)?|observ\w+|monitor\w+|surviv\w+|assess\w*|evaluat\w+|\b(?:study|trial)
            |participat\w+)\s
        \Z""",
    re.I | re.X,
)


_OF_EACH = re.compile(r"of\s(?:each|every)\sweek\Z", re.I)
_CHECKED = re.compile(
    r"""(?:
            follow|visit|assess|evaluat|imag|scan|PET\b|MRI\b|CT\b|assay|laborator|monitor|measur|exam|biops
            |question|check|review|test|sampl|diar|seen\b|contact|interview|data\b|number\sof\s(?:patients|subjects)
            |proportion|percent|rates?\b)[^.;]*\Z""",
    re.I | re.X,
)


def _matches(text: str, start: int, end: int) -> list[tuple[re.Match[str], str, Reading | None]]:
    """The matches of every kind in the sentence in small letters (places count from its start), leftmost first.

    Of two that start together the kind listed first has the words.
    """
    low = text[start:end].lower()
    if len(low) != end - start:  # a few letters of other scripts grow when made small
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text[start:end])
    words = words_in(text[start:end])
    found: list[tuple[int, int, re.Match[str], str, Reading | None]] = []
    called = frozenset().union(*map(_called_by, words))
    hinted = frozenset().union(*map(_hinted_by, words)) - called
    for rank in (*called, *(rank for rank in hinted if holds(low, _TRIED[rank][2]))):
        kind, pattern, _, value = _TRIED[rank]
        found += [(match.start(), rank, match, kind, value) for match in pattern.finditer(low)]
    return [(match, kind, value) for _, _, match, kind, value in sorted(found, key=lambda one: one[:2])]


Reading = Callable[[re.Match[str]], object]
# The forms and kinds in the order in which they take the words: (kind, pattern, guards, value of a match).
_TRIED: tuple[tuple[str, re.Pattern[str], tuple[str, ...], Reading | None], ...] = (
    *((form.kind, form.pattern, form.guards, form.value) for form in FORMS),
    *((kind, pattern, triggers, None) for kind, pattern, triggers in KINDS),
)


@lru_cache(maxsize=50_000)
def _called_by(word: str) -> frozenset[int]:
    """The places in `_TRIED` of what is to be tried in a sentence that holds the word: it has a guard or is one."""
    whole = (rank for rank, (kind, *_) in enumerate(KINDS, len(FORMS)) if word in WHOLE_WORDS.get(kind, ()))
    return frozenset(whole).union(*(ranks for guard, ranks in _LETTERS.items() if guard in word))


@lru_cache(maxsize=50_000)
def _hinted_by(word: str) -> frozenset[int]:
    """The places of what may be worth a try: the word has the letters of a guard that is more than letters."""
    return frozenset().union(*(ranks for stem, ranks in _STEMS.items() if stem in word))


def _by_stem(*, letters: bool) -> dict[str, frozenset[int]]:
    """A guard's longest run of letters -> the places in `_TRIED`; of guards of letters alone, or of all others."""
    found: dict[str, set[int]] = {}
    for rank, (_, _, guards, _) in enumerate(_TRIED):
        for guard in guards:
            stem = max(re.findall("[a-z]*", guard), key=len)
            if (stem == guard) is letters:
                found.setdefault(stem, set()).add(rank)
    return {stem: frozenset(ranks) for stem, ranks in found.items()}


_LETTERS = _by_stem(letters=True)
_STEMS = _by_stem(letters=False)


def _token(kind: str, match: re.Match[str], start: int, end: int, value: Reading | None) -> Token:
    if kind == "worddays" and value is not None:
        return Token("days", start, end, DayWords(start, end, value(match), frozenset(), False))  # type: ignore[arg-type]
    if value is not None:
        return Token(kind, start, end, value(match), words=match.group())
    if kind == "relative":
        return Token("days", start, end, DayWords(start, end, _relative(match), frozenset("D"), False))
    if kind == "firstday":
        return Token("days", start, end, DayWords(start, end, DaySet((1,)), frozenset(), False))
    return Token(kind, start, end, value_of(kind, match), words=match.group())


def _relative(match: re.Match[str]) -> DaySet:
    """ "5 thru 3 days prior to transplantation": days -5 to -3."""
    sign = 1 if match["rels"].lower() in ("after", "following", "post") else -1
    listed = sorted(sign * whole(words) for words in (match["rel1"], match["rel2"]) if words)
    return DaySet((DayRange(listed[0], listed[-1]) if listed[-1] > listed[0] else listed[0],))


def cap_twice(text: str, start: int) -> re.Match[str] | None:
    """A cap written "x2 1g / day", which has two readings a factor apart (2 x 1 g a day, or 1 g a day)."""
    return CAP_TWICE.match(text, start)


__all__ = ["DayWords", "Token", "amounts", "cap_twice", "decimal", "schedule", "whole"]
