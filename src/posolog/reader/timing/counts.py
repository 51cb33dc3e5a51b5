
"""How many administrations: once, twice, four weekly infusions."""

from __future__ import annotations

import re

from posolog.protocol.model import Count
from posolog.reader.timing.form import ADJECTIVE, Form, form
from posolog.reader.tokens.numbers import N
from posolog.reader.tokens.values import whole

_ONE_OF = (
    r"\b(?=[abiosw])(?<!least\s)(?<!after\s)(?<!than\s)(?<!than\sa\s)(?<!only\s)(?<!after\sa\s)(?<!following\sa\s)"
    r"(?<!before\sa\s)(?<!received\s)(?<!from\sa\s)(?<!every\s)(?<!each\s)(?<!of\sa\s)"
)
_NOT_OFTEN = (
    r"(?!"
    r"[\s-](?:"
    r"every|each|daily|weekly|monthly|per|a\s(?:day|week|month)|once|twice|q\d|b\.?i\.?d|study|trial"
    r"|pharmacokinetic|escalation|regimen|vial|cohorts?|levels?|groups?|phase|part|toxicity|mtd"
    r"|infusion\srate|limit|reduction|delay|modification|adjust))"
)


def _doses(match: re.Match[str]) -> tuple[Count, str, bool]:
    return Count(whole(match["n"])), "doses", False


def _one(match: re.Match[str]) -> tuple[Count, str, bool]:
    return Count(1), "dose", False


FORMS: tuple[Form, ...] = (
    # "four once-weekly infusions", "6 weekly instillations", "3 monthly injections"
    form(
        "doses",
        rf"""\b(?:for\s|x\s)?(?P<n>{N})\s(?:consecutive\s|additional\s)?(?:once[\s-])?(?P<every>weekly|daily|monthly)
            \s(?:{ADJECTIVE}){{0,2}}(?:
                doses|infusions|injections|administrations|applications|vaccinations|immuni[sz]ations|instillations
                |treatments|sessions)\b""",
        "weekly|daily|monthly", _doses,
    ),
    form(
        "doses",
        rf"""\b(?:for\s)?(?:a\stotal\sof\s)?(?P<n>{N})\s(?:{ADJECTIVE}|single\s|subsequent\s){{0,2}}(?:
                vaccinations|immuni[sz]ations|instillations
                |(?:single|subsequent)\s(?:oral\s)?(?:doses|infusions|injections))\b""",
        "vaccin|immuni|instill|single|subsequent", _doses,
    ),
    # "three loading doses of 600 mg", "for 12 treatments", "for one dose only", "on two occasions"
    form(
        "doses",
        rf"""\b(?:for\s)?(?:a\stotal\sof\s)?(?P<n>{N})\s(?:
                (?:
                    initial|loading|priming|booster|maintenance|induction|fixed|equal|identical|further|oral
                    |intravenous|iv|subcutaneous)\s){{1,3}}
            (?:doses|infusions|injections|administrations)\b(?!\s(?:per|an?|daily|each|every\sday|levels?)\b)""",
        "initial|loading|priming|booster|maintenance|induction|fixed|equal|identical|further", _doses,
    ),
    form(
        "doses",
        rf"\bfor\s(?:a\stotal\sof\s|up\sto\s)?(?P<n>{N})\s(?:treatments|sessions)\b(?!\sper)",
        "treatments|sessions", _doses,
    ),
    form(
        "doses",
        r"""\b(?:
                for\s(?:one|1)\s(?:single\s)?dose\b(?:\sonly)?|(?:as\s)?an?\ssingle\stime\b
                |(?<=\s)one\stime(?:\sonly)?(?=\s?[.;,)]))""",
        "for_one_|for_1_|single_time|_one_time", _one,
    ),
    form("doses", r"\bon\s(?P<n>two|three|four|five|six|\d)\s(?:separate\s)?occasions\b", "occasions", _doses),
    # "4 times at weekly intervals"
    form(
        "doses",
        rf"\b(?P<n>{N})\stimes(?=,?\sat\s(?:\w+[\s-])?(?:weekly|monthly|daily|two-week|three-week)\sinterval)",
        "interval", _doses,
    ),
    # "weekly times 4"
    form(
        "doses",
        r"""(?:(?<=weekly\s)|(?<=weeks\s)|(?<=weekly,\s)|(?<=weeks,\s))times\s
            (?P<n>\d{1,2}|two|three|four|five|six|eight|twelve)\b(?!\s?(?:days?|weeks?|a\b|per\b|months?|cycles?))""",
        "times", _doses,
    ),
    # "weekly, four times"
    form(
        "doses",
        r"""(?=[tfs\d])(?:(?<=weekly,\s)|(?<=weekly\s)|(?<=weeks,\s)|(?<=weeks\s)|(?<=days,\s)|(?<=intervals,\s))
            (?P<n>
                twice|thrice|(?:two|three|four|five|six|\d{1,2})\stimes)
            (?=\s?(?:[.;,)]|$))""",
        "twice|thrice|times", _doses,
    ),
    # "twice with an interval of 14 days", "twice, two weeks apart"
    form(
        "doses",
        r"""\b(?P<n>twice|two\stimes|three\stimes)(?=
                ,?\s(?:
                    (?:at|with)\s(?:an?\s|the\s)?\w{0,8}\s?interval
                    |(?:an?\s)?(?:one|two|three|four|six|\d{1,2})[\s-](?:hours|days|weeks?|months)\s
                     (?:apart|interval)
                    |separated\sby))""",
        "interval|apart|separated", _doses,
    ),
    # "two intravenous perfusions of", "five belimumab injections"
    form(
        "doses",
        rf"\b(?P<n>{N})\s(?:{ADJECTIVE}){{0,2}}(?:perfusions|pulses|shots|boluses)\b(?!\sper\b)",
        "perfusions|pulses|shots|boluses", _doses,
    ),
    form(
        "doses",
        r"""(?P<said>\b(?P<n>two|three|four|five|six|seven|eight|ten|twelve))\s(?:
                [a-z]+(?:mab|cept|feron|stim|grastim|tide|ran|platin|taxel|rubicin|bine))\s
            (?:\([^()]{1,24}(?:\(r\))?\)\s)?(?:injections|infusions|doses|administrations)\b""",
        "injections|infusions|doses|administrations", _doses,
    ),
    # "up to a maximum of 4 doses"
    form(
        "doses",
        rf"""\b(?:for\s)?up\sto\sa\s(?:maximum|total)\s(?:number\s)?of\s(?P<n>{N})\s
            (?:{ADJECTIVE}){{0,2}}(?:doses|infusions|injections|administrations|vaccinations)\b(?!\sper)""",
        "up_to_a", lambda m: (Count(whole(m["n"]), at_most=True), "doses", False),
    ),
    # "given 4 times", "four (4) times every 3 weeks"
    form(
        "doses",
        rf"""\b(?P<n>{N})\stimes(?=
                \s(?:every\s(?!day\b)|q\s?\d|at\s\w+[\s-](?:week|day|month)ly?\sinterval)
                |\sfor\s\d
                |,?\s?\((?:every|one|once|weekly|q|at|on|day|week))""",
        "times", _doses,
    ),
    form(
        "doses",
        rf"""(?:(?<=given\s)|(?<=administered\s)|(?<=injected\s)|(?<=infused\s)|(?<=repeated\s))
            (?:for\s)?(?P<n>{N})\stimes\b(?!\s(?:an?|per|each|daily|every|weekly|higher|more|lower|the)\b)""",
        "times", _doses,
    ),
    # "x 1 beginning on day 12"
    form(
        "doses",
        r"(?<![\w.])[x×]\s?1\b(?!\s?(?:0|\.\d|[x×]|days?\b|d\b|weeks?\b|months?\b|cycles?\b|courses?\b|years?\b))",
        "x1|x_1|×_1|×1", _one,
    ),
    # "single infusion", "a single pulse of", "one injection of", "a one-time dose"
    form(
        "doses",
        rf"""{_ONE_OF}\b(?:(?:as|in|by|with)\s)?(?:an?\s|one\s)?single\s(?:{ADJECTIVE}){{0,3}}(?:
                dose|infusion|injection|administration|application|bolus|pulse|shot|vaccination|instillation)
            \b{_NOT_OFTEN}""",
        "single", _one,
    ),
    form(
        "doses",
        rf"""{_ONE_OF}\b(?:an?\s|one\s)single\s(?=
                [\d.,]{{1,6}}\s?(?:mg|g|mcg|ug|gy|cgy|mci|mbq|gbq|iu|ml|u)
                \b[^,;]{{0,20}}?(?:dose|infusion|injection|bolus|tablet|fraction))""",
        "single", _one,
    ),
    form(
        "doses",
        rf"""{_ONE_OF}\b(?:only\s)?one\s(?:{ADJECTIVE}){{0,2}}(?:injection|infusion|dose|vaccination|administration)
            \s(?=of\s[^.;:]{{0,50}}?\d|on\sday)""",
        "one_dose|one_in|one_adm|one_vacc|one_oral|one_sub|one_iv|one_i.v|one_bolus|one_low|one_high", _one,
    ),
    form(
        "doses",
        r"""\b(?:an?\s)?one[\s-]time\s(?:only\s)?(?:dose|infusion|injection|administration)\b
            |\badministered\sonce\sonly\b""",
        "one-time|one time|once_only", _one,
    ),
)  # fmt: skip
