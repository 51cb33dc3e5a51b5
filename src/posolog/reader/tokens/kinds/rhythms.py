"""How often: weeks on and off, days of a cycle, every so many days, times a day or a week."""

from __future__ import annotations

from posolog.reader.tokens.kinds.kind import Kind, kind
from posolog.reader.tokens.numbers import FEW, N

KINDS: tuple[Kind, ...] = (
    # "3 weeks on, 1 week off", "21 of 28 days"
    kind(
        "weeksonoff",
        rf"""\b(?P<won>{FEW})\s(?P<wou>days?|weeks?)\son\b[\s,/-]*(?:and\s|followed\sby\s)?(?P<woff>{FEW})\s
             (?P<wofu>days?|weeks?)\soff\b
            |\b(?P<won3>\d{{1,2}})\s(?:consecutive\s)?days\s(?:over|in|of|out\sof)\s
             (?:an?\s|each\s|every\s)?(?P<wofb>\d{{2}})\b(?!\s?-?\s?(?:h|min))
            |(?<![\w/.])(?<!day\s)(?<!days\s)(?P<won2>\d{{1,2}})\s?(?:/|out\sof|of)\s?
             (?:every\s|each\s|the\s)?(?P<wofa>\d{{2}})[\s-]days?\b""",
        guards="day|_off",
        begins=r"\b(?=[\dotfsen])",
    ),
    # "5 days every 3 weeks", "14 days/cycle"
    kind(
        "dayspercycle",
        rf"""\b(?:for\s|x\s?)?(?P<dpn>{FEW})\s(?:consecutive\s)?days?\s(?:every|each|per|q)\s
             (?P<dpm>{FEW})[\s-](?P<dpu>days?|weeks?)\b
            |(?<![\w/.])(?:for\s|x\s?)?(?P<dpc>\d{{2}})\sdays\s?/\s?cycle\b""",
        guards="day_every|days_every|day_each|days_each|day_per|days_per|day_q|days_q|days/|days_/",
        begins=r"\b(?=[\dfxotsen])",
    ),
    # "every other day", "q 12 h", "at 3-week intervals", "alternate days"
    kind(
        "every",
        rf"""\b(?:once\s)?(?:(?:every|each)\s(?=\w)|q\s?\.?\s?(?=\d|week|wk|month|other))
             (?P<evn>other|second|alternate|third|fourth|{N})?(?:\s?(?:-|–|to)\s?(?P<evm>\d{{1,2}}))?
             [\s-]?(?P<evu>h(?:ours?|rs?)?|days?|d|weeks?|wks?|w|months?)
             \b(?!\s(?:treatment\s)?(?:cycles?|courses?)\b)(?:
                 \s?[x×]\s?(?P<evx>\d{{1,3}})(?!\d|\s?-?(?:days?|d\b|weeks?|wks?|months?|cycles?|courses?))
                 (?:\s?doses)?)?
            |\bat\s(?P<evi>{FEW})[\s-]?(?P<eviu>hour|day|week)(?:ly)?\sintervals\b
            |\b(?P<evh>\d{{1,2}}|three|four)[\s-](?P<evhu>hour|week)ly\b
            |\balternate\sdays?\b
            |\bon\salternating\sdays\b
            |\bfortnightly\b|\b(?P<evqw>[2-9])\s?qw\b""",
        guards="every|each|q|interval|ly|altern|fortnight",
        begins=r"\b(?=[\doeqatf])",
    ),
    # "twice daily", "3 times a week", "b.i.d.", "each morning", "at bedtime"
    kind(
        "times",
        rf"""\b(?:up\sto\s)?(?P<tn>once|twice|thrice|(?:{N})\s?(?:times|x|days))
             (?:\s(?:a|per|each|every)\s?|\s?/\s?|[\s-])(?P<tu>day|daily|week|weekly|wk)\b
            |(?<![\w/])(?P<tabbr>
                 b\.?i\.?d\b\.?|t\.?i\.?d\b\.?|t\.?d\.?s\b\.?|q\.?i\.?d\b\.?|q\.?d\b\.?|o\.?d\.|OD\b|qhs|q\.?a\.?m\b
                 |b\.?i\.?w\b|t\.?i\.?w\b
                 |BD\b(?!\s(?:regimen|group|arm|patients|therapy|treatment|protocol)))
            |\bon\san?\s(?:\w+\s)?(?P<tbasis>daily|weekly)\sbasis\b
            |(?<![/\w-])(?P<tdaily>
                 daily|weekly|nightly|per\sday|per\sweek|a\s(?:day|week)(?!\s(?:of|off|later|prior|apart)\b))\b
             (?!
                 \s(?:
                     cycle|course|basis|living|activit|visit|question|assess|monitor|telephone|diar|record|life
                     |report))
            |\b(?:each|every|in\sthe)\s(?P<tmorn>morning|evening|night)\b(?!\s(?:of|before|prior|after|on)\b)
            |\bat\s(?:bedtime|night)\b(?!\ssweat)""",
        guards="daily|week|day|night|morning|evening|bedtime",
        words="b bd bid biw o od q qam qd qhs qid t td tds tid tiw wk",
        begins=r"\b(?=[\duotfsenbqdwpai])",
    ),
)
