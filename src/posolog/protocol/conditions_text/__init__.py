"""Conditions in words. Words that fit no form are kept whole as `Stated`, and a person answers them."""

from posolog.protocol.conditions_text.printing import print_condition
from posolog.protocol.conditions_text.reading import parse_condition

__all__ = ["parse_condition", "print_condition"]
