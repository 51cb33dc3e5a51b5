"""The same text written another way, and texts that lost a sign on their way: what a reader must see through, or say.

SAME keeps the meaning: every reading must stay as it is. LOST does not: a reading may stay, or must be marked; a dose
or a day that changes without a word is the worst fault a reader can have.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from random import Random
from typing import Any

from posolog.reader import as_json, read, statements

Change = Callable[[str, Random], str]


def rewrapped(text: str, rng: Random) -> str:
    """Every paragraph and item broken at another width, hanging below its first word."""
    return _paragraphs(text, width=rng.choice((40, 60, 72, 100, 5000)), indent=0)


def indented(text: str, rng: Random) -> str:
    return _paragraphs(text, width=88, indent=rng.choice((2, 6, 12)))


def _paragraphs(text: str, *, width: int, indent: int) -> str:
    """The text with the same paragraphs and items, each broken at `width` and moved right by `indent`."""
    done = []
    for part in re.split(r"(\n\s*\n|\n(?=[ \t]*(?:[-*•]|\d{1,2}[.)-])\s))", text.strip("\n")):
        if not part.strip():
            done.append(part)
            continue
        first = " " * (indent + len(part) - len(part.lstrip(" \t")))
        marker = re.match(r"(?:\d{1,2}[.)-]?\s+|[-*•]\s+)?", part.lstrip())
        done.append(
            textwrap.fill(
                " ".join(part.split()), width=width + len(first), initial_indent=first, break_on_hyphens=False,
                subsequent_indent=first + " " * (marker.end() if marker else 0), break_long_words=False,
            )
        )  # fmt: skip
    return "".join(done)


def bulleted(text: str, rng: Random) -> str:
    """One paragraph as one list item."""
    mark = rng.choice(("- ", "* ", "• ", "  - "))
    return text if "\n" in text.strip() else mark + text.strip()


def crlf(text: str, rng: Random) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def wide(text: str, rng: Random) -> str:
    """Two or three spaces where there was one."""
    return re.sub(r"(?<=\S) (?=\S)", lambda _: " " * rng.choice((1, 2, 3)), text)


def hard_spaces(text: str, rng: Random) -> str:
    """Non-breaking, thin and figure spaces between words."""
    return re.sub(r"(?<=\S) (?=\S)", lambda _: rng.choice((" ", "\u00a0", "\u202f", "\u2009", "\u2007")), text)


def tabs(text: str, rng: Random) -> str:
    return re.sub(r"(?<=\S) (?=\S)", lambda _: rng.choice((" ", "\t")), text)


def trailing(text: str, rng: Random) -> str:
    return "\ufeff" + text.replace("\n", "   \n") + "\n\n \n"


def other_minus(text: str, rng: Random) -> str:
    """Typographic signs before negative days."""
    sign = rng.choice(("−", "–"))
    return re.sub(r"(?<=[\s,(dDJ])-(?=\d)", sign, text)


def other_dash(text: str, rng: Random) -> str:
    """Typographic dashes inside ranges of numbers, not in codes and dates."""
    return re.sub(r"(?<![\w-])(\d{1,3})-(?=\d{1,3}(?![\w-]))", r"\1–", text)


def superscripts(text: str, rng: Random) -> str:
    """m2 with a real superscript."""
    return re.sub(r"(?<=/)(\s?)m\^?2(?!\d)", r"\1m²", text)


def exponents(text: str, rng: Random) -> str:
    """10^6 with real superscripts."""
    return re.sub(r"(?<=10)\^(\d{1,2})", lambda m: m[1].translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")), text)


def plain_superscripts(text: str, rng: Random) -> str:
    return text.replace("m²", rng.choice(("m2", "m^2")))


def other_micro(text: str, rng: Random) -> str:
    return text.replace("µ", "\u03bc") if "µ" in text else text.replace("\u03bc", "µ")


def soft_hyphens(text: str, rng: Random) -> str:
    """Invisible characters between words, as pages leave them."""
    return re.sub(r"(?<=\w) (?=\w)", lambda _: rng.choice((" ", " \u200b", "\u200b ")), text)


SAME: dict[str, Change] = {
    change.__name__: change
    for change in (
        rewrapped, indented, bulleted, crlf, wide, hard_spaces, tabs, trailing, other_minus, other_dash, superscripts,
        exponents, plain_superscripts, other_micro, soft_hyphens,
    )
}  # fmt: skip


def square_lost(text: str, rng: Random) -> str:
    """mg/m2 -> mg/m, everywhere."""
    return re.sub(r"(?<=/)(\s?)m(?:\^?2|²)(?!\d)", r"\1m", text)


def power_lost(text: str, rng: Random) -> str:
    """10^6 -> 106, everywhere."""
    return re.sub(r"(?<=10)\^(?=\d)", "", text)


def micro_lost(text: str, rng: Random) -> str:
    """µg -> g, everywhere."""
    return re.sub(r"(?<=[\d\s])(?:µ|\u03bc|mc|u)g\b", "g", text)


def sign_lost(text: str, rng: Random) -> str:
    """-6 -> 6, everywhere."""
    return re.sub(r"(?<=[\s,(dDJ])[-−–](?=\d)", "", text)


def unit_lost(text: str, rng: Random) -> str:
    """30 mg/m2 -> 30, in one place."""
    places = list(re.finditer(r"(?<=\d)\s?(?:mg|g|µg|mcg|MBq|mCi|Gy)(?:\s?/\s?(?:m2|m²|kg))?\b", text))
    place = rng.choice(places) if places else None
    return text[: place.start()] + text[place.end() :] if place else text


LOST: dict[str, Change] = {
    change.__name__: change for change in (square_lost, power_lost, micro_lost, sign_lost, unit_lost)
}
_WORDS = ("quote", "span", "when", "unclear", "why", "grade")


def reading(text: str) -> list[dict[str, Any]]:
    """The statements without the words they were read from."""
    return [{k: v for k, v in one.items() if k not in _WORDS} for one in as_json(statements(read(text)))]


def treatment(one: dict[str, Any]) -> tuple[str, str, str]:
    """What a patient would get: the agent, the amount, the days."""
    dose = {k: v for k, v in one.get("dose", {}).items()} | {"levels": one.get("levels")}
    return one["agent"], repr(sorted(dose.items(), key=str)), repr([one.get(k) for k in ("days", "from_day", "to_day")])


def silently_changed(text: str, changed: str) -> list[dict[str, Any]]:
    """Statements of `changed` with an amount that are not marked and say another dose or other days than `text`."""
    before = {treatment(one) for one in reading(text)}
    sure = [one for one in reading(changed) if one.get("dose") and not one.get("uncertain")]
    return [one for one in sure if treatment(one) not in before]
