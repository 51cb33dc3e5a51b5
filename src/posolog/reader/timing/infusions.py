
"""How long an infusion runs: mixed units, seconds, times in brackets, continuously."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.reader.timing.form import Form, form
from posolog.reader.tokens.values import decimal, whole


def _hours(match: re.Match[str]) -> Decimal:
    said, words, unit = match.group(), match["n"], match["u"]
    if unit.startswith("s"):
        return Decimal(0)
    if "and a half" in words or "1/2" in words:
        number = Decimal("1.5")
    elif "half" in said:
        number = Decimal("0.5")
    else:
        last = re.split(r"\s?(?:-|–|to)\s?", words)[-1]
        number = decimal(last)[0] if last[0].isdigit() else Decimal(whole(last) or 1)
    return number if unit.startswith("h") else number / 60


FORMS: tuple[Form, ...] = (
    # "over 30 minutes to one hour", "over one and a half hours", "over an hour", "over 3 to 5 seconds"
    form(
        "infusion",
        r"""\b(?:over|during|lasting|for)\s(?:about\s|approximately\s)?(?:\d{1,3}|half)\s?
            (?:an?\s)?(?:min(?:ute)?s?|h(?:ou)?rs?|seconds?|sec)\s?(?:to|-|–|or)\s?(?P<n>
                an?|one|two|three|\d{1,2}(?:\.\d)?|1\s?1/2|one\sand\sa\shalf)\s?
            (?P<u>min(?:ute)?s?|h(?:ou)?rs?|h)\b(?!\s(?:after|before|prior))""",
        "min|sec|half", _hours,
    ),
    form(
        "infusion",
        r"""\b(?:over|during|lasting|for)\s(?:about\s|approximately\s)?(?P<n>
                an|one\sand\sa\shalf|1\s?1/2|half(?:\san)?|\d{1,2}\s?(?:-|–|to)\s?\d{1,2}(?=\s?-?s)
                |\d{1,2}(?=\s?-?s))\s?
            -?(?P<u>h(?:ou)?rs?|seconds?|sec)
            \b(?!\s(?:after|before|prior))(?:(?<=our)|(?<=ours)|(?<=econds)|(?<=econd)|(?<=sec))""",
        "an_h|half|1/2|sec", _hours,
    ),
    # "ivd 24 hrs", "iv drip 2 h", "infused in 60 minutes", "IV 30 min", "IV (2h)"
    form(
        "infusion",
        r"""(?<![a-z])(?:
                iv(?:d|drip|gtt)?(?:\s(?:drip|infusion))?|i\.v\.(?:\s(?:drip|infusion))?|infused|infusion|drip),?\s
            (?:in\s|within\s|,\s)?\(?(?P<n>\d{1,3}(?:\.\d)?)\s?-?(?P<u>h(?:ou)?rs?|h|min(?:ute)?s?)
            \b\)?(?!\s(?:after|before|prior|apart|post|later)|-)""",
        "iv_|iv,|ivd|ivgtt|drip|infusion_|infusion,|infused_|infused,|i.v.", _hours,
    ),
    # "IV continuously", "continuously over 24 hours"
    form(
        "continuous",
        r"""(?:(?<=iv\s)|(?<=i\.v\.\s)|(?<=intravenously\s)|(?<=infused\s))continuously\b
            |\bcontinuously\s(?=(?:iv|i\.v|intravenous|infus|over\s\d+\s?h|for\s\d+\s?h))""",
        "continuously", lambda m: None,
    ),
)  # fmt: skip
