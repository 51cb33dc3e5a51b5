"""Texts made to be slow or to break a reader: each a name and a function of the length in characters."""

from __future__ import annotations

from collections.abc import Callable


def repeated(piece: str) -> Callable[[int], str]:
    return lambda length: piece * (length // len(piece))


def _deeper(length: int) -> str:
    """A list that goes one blank deeper with every item."""
    return "".join(" " * depth + "- x\n" for depth in range(int((2 * length) ** 0.5)))


SLOW: dict[str, Callable[[int], str]] = {
    "digits": repeated("1"),
    "digits and blanks": repeated("1 "),
    "digits and commas": repeated("1,"),
    "digits and dots": repeated("1."),
    "digits and dashes": repeated("1-"),
    "brackets": lambda length: "(" * (length // 2) + ")" * (length // 2),
    "square brackets": repeated("["),
    "NUL": repeated("\0"),
    "new lines": repeated("\n"),
    "blanks": repeated(" "),
    "right to left": repeated("\u202e\u200f"),
    "combining accents": lambda length: "a" + "\u0301" * length,
    "lone surrogates": repeated("\ud800"),
    "emoji": repeated("\U0001f600 10 mg "),
    "units": repeated("mg/m2 "),
    "amounts": repeated("10 mg/m2 "),
    "cells": repeated("1 x 10^6 cells/kg "),
    "powers": repeated("x 10^"),
    "agents": repeated("cyclophosphamide, "),
    "codes": repeated("ABC-123 "),
    "one sentence of doses": repeated("fludarabine 30 mg/m2 on days 1-5 "),
    "sentences of doses": repeated("Fludarabine 30 mg/m2 on days 1-5. "),
    "dense sentences": repeated(
        "Fludarabine 30 mg/m2 IV on days -6 to -2 (total dose 150 mg/m2), then 10-20 mg PO BID x 7 days; AUC 5. "
    ),
    "days": repeated("day 1, "),
    "day ranges": repeated("days 1-5, "),
    "D-": repeated("D-"),
    "durations": repeated("for 5 days "),
    "frequencies": repeated("q12h "),
    "conditions": repeated("in case of "),
    "who": repeated("patients with "),
    "if": repeated("if "),
    "and": repeated("and "),
    "endpoints": repeated("Primary endpoint: overall survival at 1 year, "),
    "headings": repeated("Aa: "),
    "numbered items": repeated("1. a\n"),
    "items in items": repeated("\n- 1. "),
    "deeper and deeper": _deeper,
    "prose": repeated("lorem ipsum "),
    "one word": repeated("a"),
    "full stops": repeated("a. "),
}
