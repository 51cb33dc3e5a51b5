"""The lines of a protocol file: strict reading, and printing that reads back the same."""

from posolog.protocol.amount_text import parse_amount, print_amount
from posolog.protocol.days_text import parse_days, print_days
from posolog.protocol.frame_text import (
    parse_cycles,
    parse_time_point,
    parse_window,
    print_cycles,
    print_time_point,
    print_window,
)
from posolog.protocol.giveline.others import parse_do, parse_refer, parse_rest, print_do, print_refer, print_rest
from posolog.protocol.giveline.printing import print_give
from posolog.protocol.giveline.reading import parse_give

__all__ = [
    "parse_amount", "parse_cycles", "parse_days", "parse_do", "parse_give", "parse_refer", "parse_rest",
    "parse_time_point", "parse_window", "print_amount", "print_cycles", "print_days", "print_do", "print_give",
    "print_refer", "print_rest", "print_time_point", "print_window",
]  # fmt: skip
