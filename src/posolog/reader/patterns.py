# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""The words of dosing as patterns: amounts, cells, frequencies, counts, infusions, routes, caps. All are bounded."""

from __future__ import annotations

import re

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
UNIT = (
    r"(?:mg|milligrams?|mcg|µg|μg|ug|micrograms?|ng|gm?|gr|grams?|IU|MIU|U|units?|mL|ml|MBq|GBq|kBq|mCi|µCi|uCi|Ci"
    r"|cGy|Gy|rads?|mmol|mEq|tablets?|capsules?|drops?|puffs?)"
)
SLASH = r"\s?(?:/|\\|per\s|\.(?=d\b))\s?"
PER = (
    r"(?:m2|m²|m\^2|m\(2\)|m 2(?!\d)|sqm|sq\.?\s?m(?:eter)?|square\s(?:meter|metre)|mq|M2|[kK][gG]|[kK]ilogram|m(?=\s?(?:/|[,;.)]|\s|$))"
    r"|days?|d(?![a-z])|24\s?h(?:ours?|rs?)?|doses?|injections?|infusions?|h(?:ours?|rs?)?|min(?:utes?)?|weeks?|wk|courses?|cycles?)"
)
MORE = r"(?:at least|minimum of|>=?|≥|⩾|up to|less than or equal to|maximum of|≤|<=?|about|approximately)"
JOIN = r"\s?(?:-|–|to|~|and|or|,|/)\s?"
AMOUNT = re.compile(
    rf"(?<![\w.,^])(?P<more>{MORE}\s?)?(?P<first>{NUMBER})\s?(?:(?P<own>{UNIT})(?=\s?(?:to|-|–)\s?\d))?"
    rf"(?P<rest>(?:{JOIN}{NUMBER}){{0,6}})\s?-?"
    rf"(?P<unit>{UNIT})(?![A-Za-z])(?P<per>(?:{SLASH}{PER}){{0,3}})",
)
CELLS = re.compile(
    rf"(?<![\w.])(?P<more>{MORE}\s?)?(?P<first>{NUMBER})\s?[x×*]\s?10\s?(?:\^|\*\*|E|e)?\s?\(?(?P<power>\d{{1,2}})\)?\s?"
    r"(?:(?!IU\b|U\b)[A-Z]{1,3}\d{0,3}\+?\s?|viable\s|nucleated\s|T\s|total\s|mononuclear\s){0,4}(?:cells?|lymphocytes?|MNC|TNC|(?P<iu>IU|U|units)(?![A-Za-z]))?"
    rf"(?P<per>(?:{SLASH}(?:kg|m2|m²|kilogram))?)(?:\s(?P<noun>cells?|lymphocytes?))?",
)
DAY_LEAD = re.compile(r"(?:\b[Dd]ays?|\b[DJ])\s?[-+−–]?\s?\Z")
AUC = re.compile(rf"\bAUC\s?(?:of\s|=\s?)?(?P<first>{NUMBER})(?:\s?(?:-|to)\s?(?P<last>{NUMBER}))?(?![\d-])")
WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "single": 1,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
}
N = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"

PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "infusion",
        r"\b(?:over|for|infused over|during)\s(?:a period of\s)?(?:a\s)?(?P<inf>\d{1,3}(?:[.,]\d+)?)(?:\s?(?:-|–|to)\s?(?P<inf2>\d{1,3}))?"
        r"[\s-]?(?P<infu>h(?:ours?|rs?)?|min(?:ute)?s?)\b(?!\s+(?:after|before|prior))"
        r"|\b(?P<inf3>\d{1,3}(?:\.\d+)?)[\s-]?(?P<infu3>h(?:ours?|r)?|min(?:ute)?s?)[\s-](?:i\.?v\.?\s|intravenous\s)?(?:continuous\s)?(?:infusion|perfusion)",
    ),
    (
        "continuous",
        r"\b(?:by\s|as\s(?:an?\s)?)?(?:(?P<contd>\d{1,3})[\s-]days?\s)?continuous(?:ly)?(?:\s(?:i\.?v\.?|intravenous|infusion|perfusion|administration))*|\bCIV?I?\b|\bcivi\b",
    ),
    ("bolus", r"\bbolus\b|\bi\.?v\.?\spush\b"),
    (
        "every",
        rf"\b(?:every|each|q)\s?\.?(?P<evn>other|{N})?[\s-]?(?P<evu>h(?:ours?|rs?)?|days?|d|weeks?|wks?|w|months?)\b(?!\s(?:treatment\s)?(?:cycles?|courses?)\b)(?:\s?[x×]\s?(?P<evx>\d{{1,3}})(?:\s?doses)?)?",
    ),
    (
        "times",
        rf"\b(?P<tn>once|twice|thrice|{N}\s(?:times|x))(?:\s(?:a|per|each|every)\s?|[\s-])(?P<tu>day|daily|week|weekly)\b"
        r"|(?<![\w/])(?P<tabbr>b\.?i\.?d\b\.?|t\.?i\.?d\b\.?|q\.?i\.?d\b\.?|q\.?d\b\.?|o\.?d\.|qhs|BD)|(?<![/\w])(?P<tdaily>daily|weekly)\b",
    ),
    (
        "doses",
        rf"\b(?:for|x|×)?\s?(?P<dat>up to\s|a maximum of\s)?(?P<dn>{N})\s(?:consecutive\s|total\s|additional\s)?(?P<dw>doses|injections|infusions|administrations|fractions)\b(?P<dof>\sof(?=\s\d))?",
    ),
    (
        "for",
        rf"\b(?:for|[x×])\s?(?P<fat>up to\s|at least\s|a (?:total|maximum) of\s)?(?P<fn>{N})\s?(?:consecutive\s)?(?P<fu>days?|d|weeks?|wks?|months?)\b(?!\s?(?:cycle|course))"
        rf"|\*\s?(?P<fn2>\d{{1,3}})\s?d\b|\b(?P<fat3>up to)\s(?P<fn3>{N})\s(?P<fu3>days|weeks)\b",
    ),
    (
        "cycles",
        rf"\b(?:for\s|x\s)?(?P<cat>up to\s|a maximum of\s|maximum\s|at most\s)?(?P<cn>{N})\s(?:cycles|courses)\b|\b(?P<cl>\d{{1,3}})[\s-]days?\s(?:treatment\s)?(?:cycles?|courses?)\b"
        r"|\b(?:cycles?|courses?)\s(?:of|=)\s(?P<cl2>\d{1,3})\sdays\b",
    ),
    ("access", r"\bvia\s(?:a\s)?(?P<acc>(?:central|peripheral)\s(?:venous\s)?(?:catheter|line|access))"),
    (
        "cap",
        r"\b(?:(?:with\s)?(?:a\s)?max(?:imum|imal|\.)?(?:\s(?:daily|single|total))?(?:\sdose)?(?:\sof)?|not (?:to exceed|exceeding)|capped at|up to a maximum of|at most)\s?:?\s?(?=[x×\d])",
    ),
    ("capafter", r"(?<=\s)(?:max(?:imum)?)(?=\s?\))"),
    ("total", r"\b(?:total|cumulative)\s(?:daily\s)?(?:dose|amount|of)\b(?:\sof)?"),
    (
        "open",
        r"\b(?:start(?:ing|s|ed)?|begin(?:ning|s)?|commencing)\s(?:on\s|at\s|from\s)?(?=(?:the\s)?(?:days?\s|[DJ]\s?[-+−–]?\s?\d))|\bfrom\s(?=(?:the\s)?(?:days?\s|[DJ]\s?[-+−–]?\s?\d))",
    ),
    ("until", r"\b(?:until|through|to)\s(?=(?:the\s)?(?:days?\s|[DJ]\s?[-+−–]?\s?\d))"),
    ("between", r"\bbetween\s(?=(?:the\s)?(?:days?\s|[DJ]\s?[-+−–]?\s?\d))"),
    ("thereafter", r"\b(?:there)?after(?:wards?)?(?=\s?(?:[,;.)]|$))|\bthereafter\b"),
    ("taper", r"\btaper(?:ing|ed|s)?\b"),
    (
        "rest",
        rf"\b(?P<rn>{N})\s(?P<ru>days?|weeks?)\s(?:of\s)?(?:rest|break|off)\b|\b(?:rest|break)\sof\s(?P<rn2>{N})\s(?P<ru2>days?|weeks?)\b|\brest\s?(?:days?|period)?\b",
    ),
    (
        "route",
        r"(?P<riv>\bIV\b(?!\.)|(?<![A-Za-z])i\.v\.?|\biv\b|\bintravenous(?:ly)?(?:\s?\(\s?i\.?v\.?\s?\))?)|(?P<rpo>\bPO\b|(?<![A-Za-z])p\.o\.?|\borally\b|\bper os\b|\boral\b|\bby mouth\b|\bpo\b)"
        r"|(?P<rsc>\bSC\b|\bs\.c\.?|\bsubcutaneous(?:ly)?|\bSQ\b|\bsubQ\b)|(?P<rim>\bIM\b|\bi\.m\.|\bintramuscular(?:ly)?)|(?P<rit>\bintrathecal(?:ly)?|\bi\.t\.)|(?P<rip>\bintraperitoneal(?:ly)?)",
    ),
    ("divided", rf"\bin(?:to)?\s(?P<divn>{N})\s(?:divided|equal|split)?\s?doses\b"),
)
MASTER = re.compile("|".join(f"(?P<k_{name}>{body})" for name, body in PATTERNS), re.I)
CAP_TWICE = re.compile(rf"[x×]\s?(?P<n>\d)\s(?P<v>{NUMBER})\s?(?P<u>{UNIT})(?P<per>(?:{SLASH}{PER}){{0,2}})")
UNKNOWN_PER = re.compile(r"\s?/\s?[A-Za-z(][\w²^]*")
