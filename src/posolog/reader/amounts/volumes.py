"""Volumes and rates of infusion, and blood that is drawn."""

from __future__ import annotations

import re

from posolog.protocol.model import Amount, Per
from posolog.reader.amounts.around import Around
from posolog.reader.amounts.classes import (
    VOLUME,
)
from posolog.reader.tokens.cues import in_small

_VOLUME_RATE = re.compile(
    r"""\s?(?:
            of\s(?:normal\s|sterile\s|isotonic\s|physiologic\w*\s)?(?:
                 saline|water|dextrose|D5W|0\.9|NaCl|5\s?%|blood|fluid|diluent|contrast|urine|serum|plasma|CSF
                 |bone\smarrow)
            |(?:NS|saline|water)\b
            |(?:\w+\s){0,2}(?:pre-?|post-?)?hydration\b
            |/\s?(?:hours?|hr?|min(?:utes?)?)\b
            |blood\b)""",
    re.I | re.X,
)
_RATE_BEFORE = in_small(
    r"""(?:
            rate\sof
            |volumes?\s(?:of\s)?(?:\w+\s){0,3}(?:is|are|was|of|will\sbe|:|=)
            |in\sa\svolume
            |blood\ssamples?\s(?:of|\()?
            |flow\srate|hydration)\s?
        (?:\w+\s){0,2}$""",
    re.X,
)
# "at a rate of = 1 mg/minute"
_PER_TIME = re.compile(r"(?:/|per)\s?(?:min|h)", re.I)
_AT_RATE = in_small(r"\brate\s(?:of|is|will\sbe|not\sexceeding|up\sto)\s?(?:approximately\s|about\s)?[=<>≤≥]{0,2}\s?$")
_SAMPLED = re.compile(
    r"""\b(?:
            drawn|withdrawn|sampled|aspirated|phlebotom\w*|venous\sblood
            |blood\s(?:samples?|draws?|volume)
            |(?:samples?|specimens?|urine|aspirates?|marrow)\b[^.;]{0,40}\b(?:collect\w*|obtain\w*|taken))\b""",
    re.I | re.X,
)
_IN_VOLUME = in_small(r"\bin\s(?:an?\s|approximately\s|about\s)?$")
# "100 mL/hour" is a rate; a plain volume may be a dose
_MINUTELY = re.compile(r"m[lL]\s?(?:/|per)\s?(?:h|min|kg\s?[/*·.]?\s?min)")
_LIQUID = re.compile(r"m[lL]|ML\b|cc\b|\b[lL]\Z|lit(?:er|re)|mill?il")


def of_volume(around: Around) -> str | None:
    """Volumes it is diluted in, rates of infusion, blood that is drawn."""
    text, token, lead, liquid = around.text, around.token, around.lead, _LIQUID.search(around.said)
    by_weight = isinstance(token.value, Amount) and token.value.per is Per.KG  # "10 mL/kg of saline" is a dose of it
    if (_VOLUME_RATE.match(text, token.end) and not by_weight) or (liquid and _RATE_BEFORE.search(lead)):
        return VOLUME
    if _MINUTELY.search(around.said) or (liquid and _IN_VOLUME.search(lead)):
        return VOLUME
    if liquid and _SAMPLED.search(text, max(around.start, token.start - 90), token.end + 50):
        return VOLUME
    return VOLUME if _PER_TIME.search(text[token.start : token.end + 4]) and _AT_RATE.search(lead[-30:]) else None
