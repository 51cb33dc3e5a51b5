"""Strengths: what a tablet, a vial or a gram holds."""

from __future__ import annotations

import re

from posolog.reader.amounts.around import Around
from posolog.reader.amounts.classes import (
    LABORATORY,
    OTHER_UNIT,
    STRENGTH,
)
from posolog.reader.tokens.cues import in_small

_STRENGTH = re.compile(
    r"""(?:\s?(?:,|,?\sand\b|,?\sor\b|/)\s?\d+(?:\.\d+)?[\s-]?m?c?g\b){0,4}\s?(?:
            (?:[a-z]{4,12}\s?)?(?:/|per\s)\s?\d*\s?(?:d[lL]|[lL]\b|m[lL]\b|mm|µ[lL]|u[lL]\b|mmol|24\s?h)
            |(?:strength\s|scored\s|oral\s|film-coated\s|hard\s|gelatin\s|extended-release\s)?
             (?:tablets?|capsules?|vials?|ampoules?|pills?|caps)\b(?!
                 \s(?:once|twice|daily|PO|orally|by\smouth|BID|TID|QD|q\d|per\sday|a\sday|every|three|\d\stimes)))""",
    re.X,
)
# "given as once daily 10 mg tablet", "will take one 10 mg tablet": what is taken
_TAKEN_AS = in_small(
    r"""\b(?:once|twice)\s(?:daily|weekly|a\sday)\s(?:oral\s)?$
        |\b(?:receives?|takes?|taking|given)\s(?:as\s)?(?:a\s|one\s)(?:single\s|daily\s|oral\s)?$""",
    re.X,
)
# "supplied as tablets of 5 and 10 mg", "presented for oral use in capsules of 25 mg"
_SUPPLIED = in_small(
    r"""\b(?:supplied|formulated|available|presented|packaged|packed|marketed)\s(?:\w+\s){0,6}?(?:as|in|of)\s
         (?:[\w-]+\s){0,3}?(?:tablets?|capsules?|vials?|ampoules?|blisters?|syringes?|sachets?)\b[^.;]{0,60}$
        |\bstrengths?\b\s?(?:\((?:\w+\s){0,5}|of\s|is\s|are\s|:\s?)
         (?:\d+(?:\.\d+)?\s?m?c?g\s?[=,/]?\s?(?:and\s|or\s)?){0,4}$
        |\b(?:units|packs?|packages?|bottles?|blisters?|boxes|strips?)\sof\s$""",
    re.X,
)
_PER_GRAM = re.compile(
    r"(?:\s(?:Fe|iron))?\s?/\s?(?:\d{1,3}\s?)?g\b|\s?[*·x]\s?(?:min|h|hr|hours?)\b",
    re.I,
)  # "15 mg Fe/g dry weight", "3.8 mL/kg*min"
# "20 mg given as 2 tablets of 8 mg plus 1 tablet of 4 mg": how the amount before is made up.
_OF_TABLETS = re.compile(
    r"""\bas\s(?:\w+\s){0,2}(?:\d+|one|two|three|four|five|six)\s(?:tab\w*|capsules?|pills?|vials?)\sof\s
        (?:.{0,40}\sof\s)?$""",
    re.X,
)
_AS_TABLETS = re.compile(r"\d\s?m?c?g\b.{0,40}\b(?:as|=|plus)\s$|\b(?:administered|given|supplied|provided)\sas\s$")
_TABLETS = re.compile(r"tab|cap|pill", re.I)


def of_strength(around: Around) -> str | None:
    """What a tablet or vial holds, and tablets that make up the amount before; what is taken as a tablet is a dose."""
    lead, end = around.lead, around.token.end
    if _PER_GRAM.match(around.text, end):
        return LABORATORY
    stated = _STRENGTH.match(around.text, end)
    if stated and _TAKEN_AS.search(lead):
        return ""
    if stated or _OF_TABLETS.search(lead[-80:]) or _SUPPLIED.search(lead):
        return STRENGTH
    return OTHER_UNIT if _AS_TABLETS.search(lead[-60:]) and _TABLETS.search(around.said) else None
