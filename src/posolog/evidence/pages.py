"""Page ranges that cannot be, or look added up. They are asked about, never corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LARGEST = 199_999  # pages: above it two numbers have run together
LONGEST = 30  # pages: longer ranges are asked about; a review or a guideline may well have more
_RANGE = re.compile(r"(?P<lead>[A-Za-z]*)(?P<first>\d+)\s*[-–—]+\s*(?P<lead2>[A-Za-z]*)(?P<last>\d+)[A-Za-z]?")
_FEW = 4


@dataclass(frozen=True, slots=True)
class Range:
    """A range of pages: numbers as written, `last` with the digits it leaves out, `short` where it left some out."""

    first: int
    written: int
    last: int
    short: bool

    @property
    def span(self) -> int:
        return self.last - self.first + 1

    @property
    def summed(self) -> tuple[int, int] | None:
        """(first, short end) whose sum gives the last page: 1216-1246 may be 1216-30. None where it cannot be.

        The short end must itself be a range upwards: 1216-30 is, 37-10 is not.
        """
        added = self.last - self.first
        size = 10 ** len(str(added))
        if self.short or not 2 < added < 50 or self.first % size >= added or self.first < size:
            return None
        return self.first, added


def parse(pages: str) -> Range | None:
    """The range that `pages` writes, None for a single page, an article number or several ranges.

    >>> parse("944-50")
    Range(first=944, written=50, last=950, short=True)
    """
    match = _RANGE.fullmatch(pages.strip())
    if match is None or (match["lead2"] and match["lead2"] != match["lead"]):
        return None
    first, last = match["first"], match["last"]
    short = len(last) < len(first)
    whole = first[: len(first) - len(last)] + last if short else last
    return Range(int(first), int(last), int(whole), short)


def faults(pages: str, *, added_up: bool = False) -> list[str]:
    """What is wrong with a range, in words; `added_up`: the list it stands in writes short ends as sums."""
    found = parse(pages)
    if found is None:
        return [f"{pages} is no page number"] if pages.isdecimal() and int(pages) > LARGEST else []
    said = []
    if found.last < found.first:
        said.append(f"the range runs backwards ({found.first} to {found.last})")
    elif found.span > LONGEST:
        said.append(f"{found.span} pages are long for an article")
    if found.summed and (said or added_up):
        first, end = found.summed
        said.append(f"{first} + {end} = {found.last}: {first}-{end} may have been added up")
    return said


def adds_up(ranges: Sequence[str]) -> bool:
    """Whether a list's ranges look as if short ends below 50 had been added to the first page.

    Some extractors do so and keep short ends of 50 and more. Such a list has at least four of the latter, none
    of the former, and four full ranges or more that a sum would give.
    """
    read = [found for found in map(parse, ranges) if found is not None]
    ends = [found.written for found in read if found.short]
    sums = [found for found in read if found.summed]
    return len(ends) >= _FEW and min(ends) >= 50 and len(sums) >= _FEW
