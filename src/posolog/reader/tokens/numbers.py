"""Numbers as written, in figures and in words."""

from __future__ import annotations

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fourteen": 14, "once": 1, "twice": 2, "thrice": 3, "single": 1,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "other": 2, "alternate": 2,
}  # fmt: skip
N = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen)(?:\s\(\d{1,3}\))?"
FEW = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
