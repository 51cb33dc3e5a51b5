
"""For how long: over the course of, throughout, 14 days of a drug, months and years."""

from __future__ import annotations

import re

from posolog.protocol.model import Count
from posolog.reader.timing.form import Form, form, stretch
from posolog.reader.tokens.numbers import N
from posolog.reader.tokens.values import in_days, whole

_NO_COURSE = re.compile(
    r"""(?:
            [\d.,/–-]
            |\b(?:days?|first|last|least|after|within|every|each|past|previous|than|over|until|before|in|cycle|week))
        \s?\Z""",
    re.X,
)


def _of_drug(match: re.Match[str]) -> Count | int | None:
    """ "14 days of X", but not "after 14 days of X" or "the last 14 days of X"."""
    return None if _NO_COURSE.search(match.string[max(0, match.start() - 10) : match.start()]) else stretch(match)


def _on_off(match: re.Match[str]) -> tuple[int, int]:
    on = in_days(match["n"], match["u"])
    return on, on + in_days(match["m"], match["v"])


FORMS: tuple[Form, ...] = (
    form(
        "for",
        r"""(?:(?<=daily\s)|(?<=day\s)|(?<=daily,\s))times\s(?P<n>\d{1,2}|two|three|four|five|six|seven)
            (?:\s(?P<u>days?|d)\b)?(?!\s?(?:a\b|per\b|weeks?|months?))""",
        "times", lambda m: Count(whole(m["n"])),
    ),
    # "for 28 days prior to surgery": with "for" it is a stretch
    form(
        "for",
        rf"""(?<!follow-up\s)(?<!followed\s)(?<!follow\sup\s)(?<!monitored\s)(?<!observed\s)\bfor\s
            (?:a\stotal\sof\s|up\sto\s|about\s)?(?P<n>{N})\s(?:consecutive\s)?(?P<u>days|weeks|months)\s
            (?=(?:prior\sto|before|after|following|post)\b)""",
        "s_prior|s_before|s_after|s_follow|s_post", stretch,
    ),
    # "300 mg/m2/d, 6 weeks)"
    form(
        "for",
        r"""(?=\d)(?:(?<=/d,\s)|(?<=/day,\s)|(?<=/d\s)|(?<=/day\s))(?P<n>\d{1,2})\s
            (?P<u>days|weeks|months)(?=\s?[.;,)])""",
        "/d", stretch,
    ),
    # "20 mg/m2/d x 3 every 21 days"
    form(
        "for",
        r"""(?=[x×*])(?:
                (?<=/d\s)|(?<=/day\s)|(?<=per\sday\s)|(?<=qd\s)|(?<=q\.d\.\s)|(?<=daily\s)|(?<=daily,\s)|(?<=/d,\s)
                |(?<=/day,\s))[x×*]\s?
            (?P<n>[2-9]|1\d|2[018])(?!
                \d|\.\d|\s?-?(?:days?|d\b|weeks?|wks?|months?|cycles?|courses?|doses|fractions|mg|g\b|10\b))""",
        "/d_x|/day_x|per_day_x|qd_x|q.d._x|daily_x|daily,_x|/d,_x|/day,_x|/d_×|/day_×|daily_×|/d_*|/day_*|daily_*",
        lambda m: Count(whole(m["n"])),
    ),
    form(
        "for",
        r"""\btimes\s(?P<n>\d{1,2}|two|three|four|five|six|seven)\s
            (?P<u>days?|weeks?)\b(?!\s(?:after|before|prior|post))""",
        "times", lambda m: Count(in_days(m["n"], m["u"])),
    ),
    # "45 Gy in 5 weeks", "25 fractions in 33 days"
    form(
        "for",
        r"""(?:(?<=gy\s)|(?<=gy\)\s)|(?<=fractions\s)|(?<=fractions\)\s))(?:in|within)\s
            (?P<n>\d{1,2}|two|three|four|five|six|seven)\s(?P<u>days|weeks)\b""",
        "gy_in|gy)_in|fractions_in|fractions)_in|gy_within|fractions_within|fractions)_within", stretch,
    ),
    # "4-days-on, 3-days-off", "4weeks on/2 weeks off"
    form(
        "weeksonoff",
        r"""\b(?:for\s)?(?P<n>\d{1,2}|one|two|three|four|five|six)
            [\s-]?(?P<u>days?|weeks?)[\s-]on(?:\s(?:treatment|therapy|drug))?\b[\s,/;-]*(?:and\s|followed\sby\s)?
            (?:then\s)?(?P<m>\d{1,2}|one|two|three|four|five|six)[\s-]?(?P<v>days?|weeks?)[\s-]off\b""",
        "off", _on_off,
    ),
    # "a 14-day treatment-free period", "one-week washout"
    form(
        "rest",
        r"""\b(?P<n>\d{1,2}|one|two|three|four|five|six)[\s-](?P<u>days?|weeks?)\s?[\s-](?:
                (?:treatment|drug|therapy|dosing|chemotherapy|dose)[\s-]free|wash-?out|off-treatment|no\streatment)
            (?:\s(?:period|interval|phase|break))?\b""",
        "free|wash|off-treatment|no_treatment", lambda m: in_days(m["n"], m["u"]),
    ),
    # "throughout 12 weeks", "over the course of 6 weeks", "for a duration of 3 months", "for a maximum of 12 months"
    form(
        "for",
        rf"""\b(?:
                throughout
                |(?:over|during|for)\s(?:
                     the\scourse\sof
                     |an?\s(?:total\s|maximum\s|minimum\s)?(?:duration|period|time|maximum|minimum|total)
                      (?:\s(?:duration|period|time))?\sof
                     |the\s(?:next|following|subsequent|initial|entire)
                     |up\sto\s(?:approximately|about|a\smaximum\sof|a\stotal\sof)
                     |approximately|maximum|a\sfurther|another|further|an?\sadditional))\s
            (?P<n>{N})[\s-](?:consecutive\s|more\s|further\s)?(?P<u>days?|weeks?|months?|years?)\b(?!
                \s?(?:(?:treatment|therapy|dosing|study)\s)?(?:cycles?|courses?|before|prior|after|following|post))""",
        "throughout|course_of|duration|period|time|maximum|minimum|total|up_to|approximately|another|further"
        "|additional|the_next|the_following|the_subsequent|the_initial|the_entire",
        stretch,
    ),
    form(
        "for",
        r"""\b(?:for|over|during|within)\s(?:an?\s)?(?P<n>\d{1,2}|one|two|three|four|six|eight|twelve)
            [\s-](?P<u>day|week|month|year)\s(?:period|interval|duration|treatment\speriod|span|stretch)\b""",
        "period|interval|duration|span|stretch", stretch,
    ),
    # "14 days of prednisone", "2 weeks (14 days) of daily oral lovastatin"
    form(
        "for",
        rf"""\b(?P<n>{N})\s(?P<u>days|weeks|months)\s(?:\(\s?\d{{1,3}}\s(?:days|weeks)\s?\)\s)?of\s(?=
                (?:daily|oral|intravenous|iv|subcutaneous|once|twice|continuous|(?:treatment|therapy)\swith)\s
                |[a-z]+(?:mab|nib|mib|ine|one|cin|bin|ide|mus|tin|tam|ate|lin|xel|platin|feron|vir|azole)\b)""",
        "days_of|weeks_of|months_of|s)_of", _of_drug,
    ),
)  # fmt: skip
