"""Caps and totals, and words that open, close or taper a stretch."""

from __future__ import annotations

from posolog.reader.tokens.kinds.kind import Kind, kind
from posolog.reader.tokens.numbers import N

KINDS: tuple[Kind, ...] = (
    # "via a central venous catheter"
    kind(
        "access",
        r"\bvia\s(?:a\s)?(?P<acc>(?:central|peripheral)\s(?:venous\s)?(?:catheter|line|access))",
        guards="via",
    ),
    # "maximum dose of", "not to exceed", "capped at"
    kind(
        "cap",
        r"""\b(?:
                max(?:imum|imal)\s(?:daily\s|single\s|total\s|allowed\s|permitted\s)?
                 (?:dose|dosage|amount)\b[^.;,:]{0,40}?\b(?:will|shall|should|must)\sbe\s
                |(?:with\s)?(?:an?\s|the\s)?(?:max|top)(?:imum|imal(?:ly)?|\.)?(?:
                     \s(?:daily|single|total|individual|absolute|calculated|allowed|permitted|weekly)){0,2}
                 (?:\s(?:dose|dosage|amount))?(?:\sof\s[\w-]{2,30}(?=\s(?:of|is)\s\d))?(?:\s(?:of|is|at|to))?
                |not\s(?:to\sexceed|exceeding|exceed|more\sthan)
                |(?:no|never)\s(?:(?:individual|single|daily|total)\s){0,2}
                 (?:dose\s)?(?:exceeding|to\sexceed|more\sthan)
                |capped\s(?:at|to)
                |cap(?:ped)?(?:\sdose)?(?:\s(?:of|at))?
                |dose\scap(?:\s(?:of|at))?
                |up\ to\ a\ maximum\ of|at\ most)
            (?:\sa\s(?:total|maximum)(?:\s(?:daily\s)?dose)?\sof)?\s?[:=,]?\s?(?=[x×\d])""",
        guards="max|exceed|cap|at_most|top_dose",
    ),
    # "(10 mg/d max)"
    kind(
        "capafter",
        r"max(?<=\smax)(?:imum)?(?=\s?\))",
        guards="max",
    ),
    # "total dose of", "cumulative dose"
    kind(
        "total",
        r"""\b(?:total|cumulative|overall)\s(?:daily\s|weekly\s|cumulative\s|radiation\s|administered\s|planned\s)?
             (?:doses?|amount|of)\b(?:\s(?:of|is|was|=|will\sbe))?(?:\sapproximately)?
            |(?<=\()total:?\s(?=\d)""",
        guards="total|cumul|overall",
        begins=r"\b(?=[tco])",
    ),
    # "starting on day 1", "from day -7"
    kind(
        "open",
        r"""\b(?:start(?:ing|s|ed)?|begin(?:ning|s)?|commenc(?:ing|es|ed?)|initiat(?:ing|es|ed?))\s
             (?:on\s|at\s|from\s)?(?:(?:cycle|course)\s\d\s)?(?=
                 (?:the\s)?(?:days?\s|days?[-+−–#]\s?\d|[DJ]\s?[-+−–]?\s?\d))
            |\bfrom\s(?=(?:the\s)?(?:days?\s|days?[-+−–#]\s?\d|[DJ]\s?[-+−–]?\s?\d))""",
        guards="start|begin|commenc|initiat|from",
    ),
    # "until day +28", "through day 14"
    kind(
        "until",
        r"""(?<!observation\ )(?<!followed\ )(?<!monitored\ )(?<!follow-up\ )
            (?<!evaluated\ )\b(?:until|through|to|till)\s(?=
                (?:the\s|at\sleast\s|about\s|approximately\s)?(?:days?\s|days?[-+−–#]\s?\d|[DJ]\s?[-+−–]?\s?\d))""",
        guards="until|through|till_|to_d|to_j|to_the_d|to_the_j|to_at_least_|to_about_|to_approximately_",
        begins=r"\b(?=until\s|t(?:hrough|o|ill)\s)",
    ),
    # "between days 35 and 56"
    kind(
        "between",
        r"\bbetween\s(?=(?:the\s)?(?:days?\s|days?[-+−–#]\s?\d|[DJ]\s?[-+−–]?\s?\d))",
        guards="between",
    ),
    # "thereafter", "afterwards"
    kind(
        "thereafter",
        r"\b(?:there)?after(?:wards?)?(?=\s?(?:[,;.)]|$))|\bthereafter\b",
        guards="after",
    ),
    # "tapered"
    kind(
        "taper",
        r"\btaper(?:ing|ed|s)?\b",
        guards="taper",
    ),
    # "2 weeks rest", "a break of 14 days"
    kind(
        "rest",
        rf"""\b(?P<rn>{N})[\s-](?P<ru>days?|weeks?)\s(?:\([^)]{{0,24}}\)\s)?(?:of\s)?
             (?:rest|break|off|without\streatment)\b(?:\s(?:period|interval))?
            |\b(?:rest|break)\s(?:period\s)?of\s(?P<rn2>{N}|an?)\s(?P<ru2>days?|weeks?)\b(?:
                 \s?\((?:from\s)?days?\s\d{{1,2}}\s?(?:-|–|to|through)\s?(?:days?\s)?\d{{1,2}}\s?\))?
            |\brest\s?(?:days?|period)?\b""",
        guards="rest|break|off|without",
    ),
)
