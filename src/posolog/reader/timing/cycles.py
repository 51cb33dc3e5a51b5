"""How long a cycle is, however it is said."""

from __future__ import annotations

import re

from posolog.reader.timing.form import Form, form
from posolog.reader.tokens.numbers import N
from posolog.reader.tokens.values import in_days, whole

_LENGTH = (
    r"(?:consecutive\s)?(?P<n>\d{1,3}|two|three|four|five|six|eight)"
    r"[\s-]?(?:consecutive\s)?(?P<u>days?|weeks?|wks?|d|w|months?)\b"
)
_SAME_LENGTH = r"(?:\s?\(\s?\d{1,3}[\s-]?(?:days?|weeks?)\s?\))?"
_CYCLE = r"(?:treatment\s|therapy\s|dosing\s|chemotherapy\s|study\s)?(?:cycle|course)"
_OF_CYCLE = (
    r"treatment|therapy|dosing|chemotherapy|study|drug|repeating|repeated|continuous|consecutive|induction"
    r"|consolidation|maintenance|administration|standard|therapeutic|successive"
)


def _length(match: re.Match[str]) -> tuple[None, int, bool]:
    return None, in_days(match["n"], match["u"]), False


def _counted(match: re.Match[str]) -> tuple[int, int, bool]:
    return whole(match["count"]), in_days(match["n"], match["u"]), "up to" in match.group()


FORMS: tuple[Form, ...] = (
    # "28 days as a cycle", "every 14 days as one cycle", "42 days is a cycle", "28 days counted as 1 course"
    form(
        "cycles",
        rf"""\b(?:(?:every|each|with|in)\s)?{_LENGTH}{_SAME_LENGTH}(?:
                ,?\s(?:
                     is|are|as|makes?|equals?|constitutes?
                     |(?:is|are|was|were)\s(?:considered|counted\sas|defined\sas)
                     |(?:considered|counted|defined|taken)\s(?:as|to\sbe))
                |\s?=)\s
            (?:an?|one|1|each)\s{_CYCLE}\b""",
        "cycle|course", _length,
    ),
    # "a cycle will be defined as 3 weeks", "cycle length: 28 days", "the duration of each cycle is 21 days"
    form(
        "cycles",
        rf"""\b{_CYCLE}s?\s(?:of\s(?:study\s)?(?:treatment|therapy)\s)?(?:length|duration|period|interval)?\s?
            (?:\([^()]{{0,20}}\)\s)?(?:
                (?:is|was|are|were|will\sbe|being)?\s?(?:defined|considered|counted|regarded)\s(?:as|to\sbe|by)
                |(?:is|was|are|will\sbe)\s(?:set|fixed)\sat
                |will\s(?:last|consist\sof|be)
                |lasted|comprise[sd]?|comprising|equals?|corresponds?\sto
                |(?:will\s)?ha(?:s|ve|d)(?:\sa\s(?:length|duration)\sof)?
                |[:=]|of|is|are|was)\s
            (?:of\s)?(?:a\s|an\s|the\s|every\s|each\s|approximately\s|about\s){{0,2}}(?:period\sof\s)?{_LENGTH}(?!
                \s(?:over|out|on|off)\b|\sof\s(?!study|treatment|therapy|continuous|dosing|drug|daily))""",
        "cycle|course", _length,
    ),
    # "cycle: 28 days", "each cycle, 28 days", "one cycle (28 days)"
    form(
        "cycles",
        rf"\b(?:each|every|one|a|1|per|(?<=\())\s?{_CYCLE}\s?(?::|=|,|\(\s?=?)\s?{_LENGTH}",
        "cycle|course", _length,
    ),
    # "the length of a cycle is 28 days", "duration of one course: 3 weeks"
    form(
        "cycles",
        rf"\b(?:length|duration)\sof\s(?:a|an|each|every|one|the|1)\s{_CYCLE}\s?(?:is|was|will\sbe|=|:)\s?{_LENGTH}",
        "cycle|course", _length,
    ),
    # "28-day (4-week) cycle", "28-d cycles", "21 day chemotherapy cycles", "three-weekly cycles"
    form(
        "cycles",
        rf"""\b(?P<n>\d{{1,3}}|two|three|four|five|six|eight)[\s-]?(?P<u>d|days?|weeks?|wks?|weekly)
            [\s-]?(?:\(\s?[^()]{{1,16}}\)\s)?(?:long\s)?(?:(?:{_OF_CYCLE}|and)[\s-]){{0,4}}cycles?\b(?!\sof\s\d)""",
        "cycle", _length,
    ),
    # "three course of decitabine": the plural lost
    form(
        "cycles",
        r"\b(?:for\s)?(?P<count>two|three|four|five|six|eight|[2-9])\s(?:cycle|course)\sof\s(?!\d)",
        "cycle_of|course_of", lambda m: (whole(m["count"]), None, False),
    ),
    # "days 1 and 8 of a 21-days schedule", ", 21days/cycle"
    form(
        "cycles",
        r"""\b(?:of|in|on)\s(?:an?|each|every|the)\s(?P<n>\d{2}|two|three|four|five|six)
            [\s-]?(?P<u>days?|weeks?|weekly)\s(?:treatment\s|dosing\s)?schedule\b""",
        "schedule", _length,
    ),
    form(
        "cycles",
        r"(?<!for\s)(?<!x\s)(?<!\d)(?P<n>\d{2})\s?(?P<u>days?)\s?/\s?(?:cycle|course)\b",
        "/cycle|/_cycle|/course", _length,
    ),
    # "of 3 consecutive monthly cytarabine-based cycles"
    form(
        "cycles",
        rf"""\b(?:for\s|of\s|receive\s)(?:up\sto\s|a\stotal\sof\s)?(?P<count>{N})\s
            (?:(?:{_OF_CYCLE}|monthly|weekly|additional)\s){{0,2}}[a-z][\w/-]{{2,30}}[\s-]based\s
            (?:(?:{_OF_CYCLE})\s)?(?:cycles|courses)\b""",
        "based", lambda m: (whole(m["count"]), None, "up to" in m.group()),
    ),
    # "The number of cycles will be 6", "number of cycles: 6"
    form(
        "cycles",
        rf"""\bnumber\sof\s(?:treatment\s)?(?:cycles|courses)\s?(?:is|are|was|will\sbe|:|=)\s?
            (?P<count>{N})\b(?!\s?(?:weeks|days|or|to|-))""",
        "number_of", lambda m: (whole(m["count"]), None, False),
    ),
    # "between 4 and 8 cycles"
    form(
        "cycles",
        rf"\bbetween\s{N}\sand\s(?P<count>{N})\s(?:treatment\s)?(?:cycles|courses)\b",
        "between", lambda m: (whole(m["count"]), None, True),
    ),
    # "repeated every 3 weeks x 6", "cycles every 28 days, to a maximum of 6"
    form(
        "cycles",
        rf"""\b(?:repeat(?:ed|s)?|cycles?(?:\s\w+){{0,3}})\s(?:every\s|q\s?){_LENGTH}(?:
                \s?[x×]\s?|,?\s(?:up\sto|to\sa\smaximum\sof|for\sa\stotal\sof)\s)
            (?P<count>\d{{1,2}})\b(?!\s?(?:weeks|days|months|doses|years|mg))""",
        "every|_q", _counted,
    ),
    # "the combination is administered every 28 days", "cycles are given at intervals of 21 days",
    # "repeated at 21-day intervals"
    form(
        "cycles",
        rf"""\b(?:cycles?|courses?|regimen|combination)\s(?:will\sbe|is|are|was|were)\s
            (?:given|administered|delivered|repeated|performed)\s(?:every|at\s(?:an?\s)?intervals?\sof)\s{_LENGTH}""",
        "given|administered|delivered|repeated|performed", _length,
    ),
    form(
        "cycles",
        r"\brepeated\sat\s(?:an?\s)?(?P<n>\d{1,2}|two|three|four|six)[\s-](?P<u>days?|weeks?|weekly)\sintervals?\b",
        "interval", _length,
    ),
    # "each 28-day period is considered a cycle"
    form(
        "cycles",
        rf"""\b(?:each|every|a)\s{_LENGTH}\s(?:treatment\s|dosing\s)?(?:period|interval|block)\s(?:is|will\sbe)\s
            (?:(?:considered|defined\sas|called|counted\sas)\s)?(?:a|an|one)\s{_CYCLE}\b""",
        "cycle|course", _length,
    ),
    # "cycle length 21 days"
    form("cycles", rf"\b{_CYCLE}\s(?:length|duration)\s{_LENGTH}", "length|duration", _length),
    # "up to a maximum of 8 cycles"
    form(
        "cycles",
        rf"""\b(?:for\s)?up\sto\sa\s(?:maximum|total)\s(?:number\s)?of\s(?P<count>{N})\s
            (?:treatment\s)?(?:cycles|courses)\b""",
        "up_to_a", lambda m: (whole(m["count"]), None, True),
    ),
    # "up to six consecutive 21-day cycles", "four planned 3-week treatment cycles"
    form(
        "cycles",
        rf"""\b(?:for\s|a\stotal\sof\s|up\sto\s|a\smaximum\sof\s){{0,2}}(?P<count>{N}),?\s
            (?:(?:{_OF_CYCLE}|planned|initial|additional)\s){{0,2}}(?P<n>\d{{1,3}}|two|three|four|five|six)
            [\s-](?P<u>days?|weeks?|weekly)\s(?:(?:{_OF_CYCLE})\s){{0,2}}(?:cycles|courses)\b""",
        "cycles|courses", _counted,
    ),
    # "six cycles with an interval of 21 days"
    form(
        "cycles",
        rf"""\b(?:for\s|a\stotal\sof\s|up\sto\s){{0,2}}(?P<count>{N})\s(?:cycles|courses),?\s(?:with|at)\s
            (?:an?\s|the\s)?intervals?\sof\s{_LENGTH}""",
        "interval", _counted,
    ),
    # "cycles (each 28 days)", "in cycles of every 21 days"
    form(
        "cycles",
        rf"\bcycles\s\((?:each|every|one\scycle\s=|of|1\scycle\s=)\s{_LENGTH}\s?(?:each|long)?\s?\)",
        "cycles", _length,
    ),
)  # fmt: skip
