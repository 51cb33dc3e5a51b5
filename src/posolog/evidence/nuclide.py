"""Mass numbers that lost their place: "90 Y-epratuzumab", or a 90 that slipped into the issue."""

from __future__ import annotations

import re

# Nuclides of imaging and therapy by symbol. Only these mass numbers are joined.
MASSES = {
    "Y": "86 90", "I": "123 124 125 131", "In": "111", "Lu": "177", "Tc": "99m 99", "Re": "186 188", "Sm": "153",
    "Sr": "89", "Ac": "225", "Bi": "212 213", "At": "211", "Ga": "67 68", "Zr": "89", "Cu": "64 67", "Ra": "223",
    "Th": "227", "Pb": "212", "Tb": "149 161", "Ho": "166", "Er": "169", "Cr": "51", "F": "18", "C": "11 14",
    "P": "32", "Tl": "201", "Co": "57 60", "Cs": "137", "Xe": "133",
    "Yttrium": "90", "Iodine": "131", "Indium": "111", "Lutetium": "177",
}  # fmt: skip
_LONE_WORDS = {"In", "I", "F", "C", "P", "At", "Re", "Co", "Er", "Th", "Ho"}  # also words or labels of their own
_ALL = "|".join(
    rf"(?:{masses.replace(' ', '|')})\ +{symbol}(?:(?=-[A-Za-z])|(?=\[))"
    if symbol in _LONE_WORDS and symbol != "I"
    else rf"(?:{masses.replace(' ', '|')})\ +{symbol}(?![A-Za-z])"
    for symbol, masses in MASSES.items()
)
_APART = re.compile(rf"(?<![\w.,/-])(?:{_ALL})")
_BARE = re.compile(r"(?<![\w-])(?<!\d )(?P<symbol>Y|In|Lu|Tc|Re|Sm|Sr|Ac|Bi|At|Zr|Ra|I)(?=-[A-Za-z]{4,}|-DOTA|-DTPA)")
LARGEST_ISSUE = 53  # a weekly journal's last issue


def apart(text: str) -> list[tuple[int, int, str]]:
    """Start, end and joined form of "90 Y", "131 I" and the like.

    >>> apart("with 131 I and 90 Y labeled MAbs")
    [(5, 10, '131I'), (15, 19, '90Y')]
    """
    return [(m.start(), m.end(), re.sub(r"\s+", "", m[0])) for m in _APART.finditer(text)]


def bare(title: str) -> list[re.Match[str]]:
    """Symbols of nuclides that stand before a carrier without their mass number: "Y-epratuzumab"."""
    return list(_BARE.finditer(title))


def slipped(title: str, issue: str) -> int | None:
    """Where in the title a mass number belongs that stands as the issue, None where that cannot be told.

    The issue must be higher than a weekly journal has, and the mass number of one bare symbol of the title.
    """
    if not issue.isdecimal() or int(issue) <= LARGEST_ISSUE:
        return None
    fits = [found.start() for found in bare(title) if issue in MASSES[found["symbol"]].split()]
    return fits[0] if len(fits) == 1 else None
