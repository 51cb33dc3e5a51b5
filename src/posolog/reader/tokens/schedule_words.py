# ruff: noqa: E501  (tables of words)
"""The words of schedules as patterns: frequencies, counts, infusions, routes, caps. All are bounded."""

from __future__ import annotations

import re

from posolog.reader.tokens.cues import in_small
from posolog.reader.tokens.numbers import FEW, N

GRAFT = (
    r"(?:the\s)?(?:"
    r"stem[\s-]cell\s(?:infusion|transplant(?:ation)?|reinfusion)"
    r"|(?:bone\smarrow\s|allogeneic\s|autologous\s)?transplant(?:ation)?"
    r"|(?:stem\scell\s)?graft\sinfusion"
    r"|HSCT|ASCT|SCT|BMT|cell\sinfusion)"
)
_CYCLE = r"(?:treatment\s|therapy\s|dosing\s|continuous\s)?(?:cycles?|courses?)"
PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "relative",
        rf"""\b(?P<rel1>\d{{1,2}}|one|two|three|four|five|six|seven)(?:
                \s?(?:-|–|to|thru|through|and)\s?(?P<rel2>\d{{1,2}}|one|two|three))?\s
            days?\s(?P<rels>prior\sto|before|preceding|after|following|post)\s{GRAFT}""",
    ),
    (
        "infusion",
        r"""\b(?:over|for|infused\ over|during|lasting)\s(?:the\s(?:subsequent|next|following)\s)?
             (?:at\ least\s|approximately\s|about\s)?
             (?:a\ period\ of\s)?(?:a\s)?(?P<inf>\d{1,3}(?:[.,]\d+)?|one|two|three|four|six|half\san)
             (?:\s?(?:-|–|to)\s?(?P<inf2>\d{1,3}|two|three))?[\s-]?(?P<infu>h(?:ours?|rs?)?|min(?:ute)?s?)
             \b(?!\s+(?:after|before|prior))
            |(?<!/)(?<!/\s)\b(?P<inf3>\d{1,3}(?:\.\d+)?|one|two|three|four)
             [\s-]?(?P<infu3>h(?:ours?|r)?|min(?:ute)?s?)[\s-](?:long\s)?(?:continuous\s)?
             (?:i\.?v\.?\s|intravenous\s|intra-?arterial\s)?(?:\(\w{2,4}\)\s)?(?:continuous\s)?
             (?:infusions?|perfusion|IV\b)
            |(?:(?<=\biv\s\()|(?<=i\.v\.\s\())(?P<inf5>\d{1,3})\s?(?P<infu5>h(?:ours?|rs?)?|min)(?=\))""",
    ),
    (
        "continuous",
        r"""\b(?:by\s|as\s(?:an?\s)?)?(?:(?P<contd>\d{1,3})[\s-]days?\s)?(?:
                 continuous(?:ly)?(?:\s(?:i\.?v\.?|intravenous|infusion|perfusion))+
                 |continuous(?:ly)?\s(?=administ)
                 |continuously\sinfused)
            |\bCIV?I?\b(?=\s?(?:on\s|over\s|d|[,;.)]|for\s|x\s?\d|\())
            |\bcivi\b""",
    ),
    ("bolus", r"\bbolus\b|\b(?:i\.?v\.?|slow|intravenous)\spush\b"),
    (
        "weeksonoff",
        rf"""\b(?P<won>{FEW})\s(?P<wou>days?|weeks?)\son\b[\s,/-]*(?:and\s|followed\sby\s)?(?P<woff>{FEW})\s
             (?P<wofu>days?|weeks?)\soff\b
            |\b(?P<won3>\d{{1,2}})\s(?:consecutive\s)?days\s(?:over|in|of|out\sof)\s
             (?:an?\s|each\s|every\s)?(?P<wofb>\d{{2}})\b(?!\s?-?\s?(?:h|min))
            |(?<![\w/.])(?<!day\s)(?<!days\s)(?P<won2>\d{{1,2}})\s?(?:/|out\sof|of)\s?
             (?:every\s|each\s|the\s)?(?P<wofa>\d{{2}})[\s-]days?\b""",
    ),
    (
        "dayspercycle",
        rf"""\b(?:for\s|x\s?)?(?P<dpn>{FEW})\s(?:consecutive\s)?days?\s(?:every|each|per|q)\s
             (?P<dpm>{FEW})[\s-](?P<dpu>days?|weeks?)\b
            |(?<![\w/.])(?:for\s|x\s?)?(?P<dpc>\d{{2}})\sdays\s?/\s?cycle\b""",
    ),
    (
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
    ),
    (
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
    ),
    (
        "doses",
        rf"""\b(?<!first\s)(?:for|x|×)?\s?(?:a\stotal\sof\s)?(?P<dat>up\ to\s|a\ maximum\ of\s|maximum\s)?
             (?P<dn>{N})\s(?:
                 consecutive\s|total\s|additional\s|separate\s|single\s
                 |(?:once-)?(?:weekly|daily)\s(?=doses|inf|inj|intra|IV|sub)
                 |intravenous\s|IV\s
                 |intra-?(?:articular|muscular|thecal|vitreal)\s
                 |subcutaneous\s
                 |monthly\s(?=doses|inf|inj)){{0,2}}
             (?P<dw>doses|injections|infusions|administrations|fractions|applications)
             \b(?!\sper\b)(?P<dof>\sof(?=\s\d))?
            |[x×]\s?(?P<dx>\d{{1,2}})(?:
                 \sdoses\b|(?=\s?(?:[,;.)]|$|on\s|IV\b|followed|days?\s\d{{1,2}}\s?(?:-|–|to\b|,|and\b)\s?\d)))
            |\b(?P<dsingle>
                 (?:as\s)?an?\ssingle\s(?:i\.?v\.?\s|intravenous\s|oral\s|subcutaneous\s)?
                 (?:dose|injection|infusion|administration))\b
            |\b(?P<donce>once)(?=\s?(?:[,;.)]|$|on\sday|only))""",
    ),
    (
        "dailyx",
        r"(?<=daily\s)x\s?(?P<dxn>\d{1,2})(?!\s?(?:weeks?|wk|months?|cycles?|courses?|doses|\d))(?:\s?days?\b|d\b)?",
    ),
    (
        "for",
        rf"""\b(?:for(?:\sa\speriod\sof)?|during|until|over(?!\s?\d+\syears)|[x×])\s?(?:the\s)?(?:first\s)?(?P<fat>
                 up\ to\s|consecutive\s|at\ least\s|a\ (?:total|maximum|minimum)\ of\s|about\s|approximately\s
                 |another\s|an\sadditional\s)?(?P<fn>{N})\s?
             (?:(?:-|–|to)\s?(?P<fm>{FEW})\s)?(?:consecutive\s|more\s)?-?(?P<fu>days?|d|weeks?|wks?|months?|years?)
             \b(?!\s\d{{1,2}}\s?(?:-|–|to\b|,|and\b)\s?\d)(?!
                 \s?(?:(?:continuous\s)?cycle|course|after|before|prior|following|post|interval|apart|of\sage|old))
            |\*\s?(?P<fn2>\d{{1,3}})\s?d\b
            |\b(?P<fat3>up\ to)\s(?P<fn3>{N})\s(?P<fu3>days|weeks|months|years)
             \b(?!\s(?:after|before|prior|following|post))
            |\b(?P<fn4>{FEW})\sconsecutive\s(?P<fu4>days|weeks)\b
            |\b(?P<fn5>\d{{1,2}})-(?P<fu5>day|week)\scourse\b""",
    ),
    (
        "cycles",
        rf"""\b(?:for\s|x\s?)?(?:a\stotal\sof\s|totally\s|total\s)?(?P<cat>
                 up\ to\s|a\ maximum\ of\s|maximum(?:\sof)?\s|at\ most\s|a\ maximum\ number\ of\s)?(?P<cn>{N})\s
             (?:(?P<cl4>\d{{1,2}})-(?P<cl4u>day|week)\s)?(?:(?!days?\b|weeks?\b|months?\b|of\b)[A-Za-z]{{2,12}}\s)?
             (?:
                 treatment\s|consecutive\s|additional\s|initial\s|planned\s|total\s)?
             (?:cycles|courses)\b(?!\s?\(?\d{{1,2}}\s?(?:-|to\b|,|and\b|\))|\sof\sprior|\sapart)(?:
                 ,?\s?(?:\(?\s?(?:given\s|repeated\s|administered\s)?every|of|each|q)\s?
                 (?P<cl3>\d{{1,3}}|three|four|five|six|two)[\s-]?(?P<cl3u>days?|weeks?|d\b|w\b)\b)?
            |\b(?P<cl>\d{{1,3}}|two|three|four|five|six)[\s-]?(?P<clu>days?|weeks?)[\s-](?:long\s)?{_CYCLE}\b
            |\b(?:each\s)?{_CYCLE}\s?(?:length\s)?(?:of\streatment\s)?(?:\([^)]{{0,20}}\)\s)?(?:
                 of|=|is|are|lasts?|lasting|will\sbe|consists?\sof|defined\sas|every|repeats?\severy
                 |duration\s(?:of|is)|each\slasting|repeated\severy|was)\s
             (?:approximately\s)?(?P<cl2>\d{{1,3}}|two|three|four|five|six)
             [\s-](?P<cl2u>days?|weeks?)\b(?!\s(?:of|over|out|on)\b)
            |\beach\s(?:cycle\s)?(?:lasting|of|being)\s(?P<cl7>\d{{1,3}}|two|three|four|five|six)
             [\s-](?P<cl7u>days?|weeks?)\b
            |\b(?P<cl5>\d{{1,3}})\sdays\s?(?:=|is|per|/)\s?(?:1\s|one\s|a\s)?{_CYCLE}\b
            |\bduration\sof\s(?:each|one|a)\s{_CYCLE}\s(?:will\sbe|is)\s(?P<cl6>\d{{1,3}})\sdays\b
            |\b(?:repeat(?:s|ed|ing)?|cycled|recycled)\s(?:on\s|at\s)?(?:every|each|q)\s?
             (?P<clr>{FEW})[\s-]?(?P<clru>days?|weeks?|wks?|d|w)\b""",
    ),
    ("access", r"\bvia\s(?:a\s)?(?P<acc>(?:central|peripheral)\s(?:venous\s)?(?:catheter|line|access))"),
    (
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
    ),
    ("capafter", r"max(?<=\smax)(?:imum)?(?=\s?\))"),
    (
        "total",
        r"""\b(?:total|cumulative|overall)\s(?:daily\s|weekly\s|cumulative\s|radiation\s|administered\s|planned\s)?
             (?:doses?|amount|of)\b(?:\s(?:of|is|was|=|will\sbe))?(?:\sapproximately)?
            |(?<=\()total:?\s(?=\d)""",
    ),
    (
        "open",
        r"""\b(?:start(?:ing|s|ed)?|begin(?:ning|s)?|commenc(?:ing|es|ed?)|initiat(?:ing|es|ed?))\s
             (?:on\s|at\s|from\s)?(?:(?:cycle|course)\s\d\s)?(?=
                 (?:the\s)?(?:days?\s|days?[-+−–#]\s?\d|[DJ]\s?[-+−–]?\s?\d))
            |\bfrom\s(?=(?:the\s)?(?:days?\s|days?[-+−–#]\s?\d|[DJ]\s?[-+−–]?\s?\d))""",
    ),
    (
        "until",
        r"""(?<!observation\ )(?<!followed\ )(?<!monitored\ )(?<!follow-up\ )
            (?<!evaluated\ )\b(?:until|through|to|till)\s(?=
                (?:the\s|at\sleast\s|about\s|approximately\s)?(?:days?\s|days?[-+−–#]\s?\d|[DJ]\s?[-+−–]?\s?\d))""",
    ),
    ("between", r"\bbetween\s(?=(?:the\s)?(?:days?\s|days?[-+−–#]\s?\d|[DJ]\s?[-+−–]?\s?\d))"),
    ("thereafter", r"\b(?:there)?after(?:wards?)?(?=\s?(?:[,;.)]|$))|\bthereafter\b"),
    ("taper", r"\btaper(?:ing|ed|s)?\b"),
    (
        "rest",
        rf"""\b(?P<rn>{N})[\s-](?P<ru>days?|weeks?)\s(?:\([^)]{{0,24}}\)\s)?(?:of\s)?
             (?:rest|break|off|without\streatment)\b(?:\s(?:period|interval))?
            |\b(?:rest|break)\s(?:period\s)?of\s(?P<rn2>{N}|an?)\s(?P<ru2>days?|weeks?)\b(?:
                 \s?\((?:from\s)?days?\s\d{{1,2}}\s?(?:-|–|to|through)\s?(?:days?\s)?\d{{1,2}}\s?\))?
            |\brest\s?(?:days?|period)?\b""",
    ),
    (
        "incycle",
        r"""\b(?:of|in|during|for|on|from|at|only\sin)?\s?(?:the\s)?(?:cycles?|courses?)\s
             (?P<icn>\d{1,2})(?:\s?(?:-|–|to|through|and|,|&)\s?(?P<icm>\d{1,2}))?(?:\sonly)?(?P<icon>
                 \s?\+
                 |\s(?:and\s(?:beyond|onwards?|thereafter|subsequent(?:\scycles)?|all\ssubsequent\scycles)|onwards?))?
             (?!\s?(?:days?\b|weeks?\b|%|\d|mg|mcg|g\b|µg|ug|IU|units|m[lL]|[kMG]Bq|mCi|c?Gy))
            |\b(?:of|in|during|for|on)\s(?:the\s)?(?:
                 first|1st|second|2nd|initial|subsequent|following|all\ssubsequent|later|each\ssubsequent
                 |every\ssubsequent|third|last)\s
             (?:\d{1,2}-day\s)?(?:cycles?|courses?)\b""",
    ),
    (
        "weeks",
        r"""\b(?:at|on|in|during|for)\s(?:the\s)?(?:study\s)?weeks?\s(?P<wk>
                \d{1,2}(?:(?:\s?,\s?(?:and\s)?|\s?and\s|\s?&\s?|\s?-\s?|\sto\s|\sthrough\s)\d{1,2}){0,12})\b
            (?!\s?(?:weeks?|months?|days?|m?c?g\b|[uµμ]g|IU|units|mL|[kMG]Bq|mCi|c?Gy|%|x\s?10))""",
    ),
    (
        "firstday",
        r"\b(?:on|at)?\s?(?:the\s)?first\sday\s(?:of\s)(?=(?:each|every|the|a)\b)|\bday\sone\b",
    ),
    (
        "route",
        r"""(?P<riv>
                 \bIV\b(?!\.)|\bivg?(?:tt|d|p|pb)\b|\bivdrip\b|\bby\svein\b
                 |\binto\s(?:a|the)\svein\b
                 |(?<![A-Za-z])i\.v\.?|\biv\b
                 |\b(?:by\s)?(?:an?\s)?intravenous(?:ly)?(?:\sinfusions?)?(?:\s?\(\s?i\.?v\.?\s?\))?)
            |(?P<rpo>
                 \bPO\b|(?<![A-Za-z])p\.o\.?|\borally\b|\bper\ os\b
                 |\boral\b(?!
                      \s(?:
                          mucositis|cavity|toxicity|intake|contracepti|cancer|hygiene|examin|bioavail|herpes|candid))
                 |\bby\ mouth\b|\bpo\b)
            |(?P<rsc>
                 \bSC\b|\bs\.c\.?|\bsubcutaneous(?:ly)?|\bSQ\b|\bsubQ\b|\bs\.q\.?|\bsub-?\s?cutaneous(?:ly)?|\bs/c\b
                 |\bsubcut\b|\bhypodermic(?:ally)?\b)
            |(?P<rim>\bIM\b|\bi\.m\.|\bintramuscular(?:ly)?)
            |(?P<rit>\bintra-?thecal(?:ly)?|\bi\.t\.|\bIT\b(?=\s(?:on|MTX|methotrexate|cytarabine|ara|chemo|d)))
            |(?P<rip>\bintra-?peritoneal(?:ly)?)
            |(?P<rivit>\bintra-?vitreal(?:ly)?)
            |(?P<rinh>\binhaled\b|\binhalation\b|\bnebuli[sz]ed\b)
            |(?P<rtop>\btopical(?:ly)?\b)
            |(?P<roth>
                 \bintra-?(?:
                      tumou?ral|arterial|vesical|nasal|articular|dermal|lesional|pleural|cavitary|hepatic|coronary
                      |ventricular)(?:ly)?\b
                 |\bsublingual(?:ly)?\b|\bvaginal(?:ly)?\b
                 |\brectal(?:ly)?\b(?!\s(?:cancer|carcinoma|adeno))
                 |\bepidural(?:ly)?\b|\bbuccal(?:ly)?\b|\btransdermal(?:ly)?\b)""",
    ),
    (
        "divided",
        rf"""\bin(?:to)?\s(?P<divn>{N})\s(?:divided|equal(?:ly)?(?:\sdivided)?|split)\sdoses\b
            |\bin\s(?P<divn2>\d|two|three|four)\sdoses(?!\sof)(?=\s(?:daily|per|a)\s?d)
            |\bdivided\s(?:in|into)?\s?(?P<divn3>\d|two|three|four)\s(?:equal\s)?(?:daily\s)?doses\b
            |\bin\sdivided\sdoses\b""",
    ),
)
# A pattern is tried only where one of its words stands in the sentence (all in small letters).
TRIGGERS: dict[str, tuple[str, ...]] = {
    "relative": ("transplant", "graft", "sct", "bmt", "cell infusion", "cell reinfusion"),
    "infusion": ("hour", "min", "hr", " h", "h)"),
    "continuous": ("contin", "civ", " ci"),
    "bolus": ("bolus", "push"),
    "weeksonoff": ("day", " off"),
    "dayspercycle": (
        "day every", "days every", "day each", "days each", "day per", "days per", "day q", "days q", "days/", "days /",
    ),
    "every": ("every", "each", "q", "interval", "ly", "altern", "fortnight"),
    "times": ("daily", "week", "day", "night", "morning", "evening", "bedtime"),
    "doses": ("doses", "infusions", "injections", "administrations", "fractions", "applications", "×", "single", "once"),
    "dailyx": ("daily x",),
    "for": ("day", "week", "wk", "month", "year"),
    "cycles": ("cycle", "course", "repeat", "recycl", "each"),
    "access": ("via",),
    "cap": ("max", "exceed", "cap", "at most", "top dose"),
    "capafter": ("max",),
    "total": ("total", "cumul", "overall"),
    "open": ("start", "begin", "commenc", "initiat", "from"),
    "until": ("until", "through", "till ", "to d", "to j", "to the d", "to the j", "to at least ", "to about ", "to approximately "),
    "between": ("between",),
    "thereafter": ("after",),
    "taper": ("taper",),
    "rest": ("rest", "break", "off", "without"),
    "incycle": ("cycle", "course"),
    "weeks": ("week",),
    "firstday": ("first day", "day one"),
    "divided": ("divided", "equal", "split", "doses"),
    "route": ("intra", "subcut", "inhal", "nebuli", "topical", "sublingual", "vaginal", "rectal", "epidural", "buccal", "transdermal"),
}  # fmt: skip
# ... or one of these as a word by itself.
_ROUTE_WORDS = "i iv ivd ivpb ivdrip subcut c hypodermic hypodermically ivgtt ivtt ivp into vein p po oral orally os mouth s sc sq subq sub subcutaneous subcutaneously im it"
WHOLE_WORDS = {
    "route": frozenset(_ROUTE_WORDS.split()),
    "times": frozenset(["b", "bid", "biw", "bd", "t", "tid", "tiw", "td", "tds", "q", "qid", "qd", "qhs", "qam", "o", "od", "wk"]),
    "doses": frozenset("x"),
    "for": frozenset("d"),
}
# Where a match may begin (its first letters), looked at first: most places are passed over at once.
_BEGINS = {
    "infusion": r"\b(?=[\dofidlts])",
    "weeksonoff": r"\b(?=[\dotfsen])",
    "dayspercycle": r"\b(?=[\dfxotsen])",
    "every": r"\b(?=[\doeqatf])",
    "times": r"\b(?=[\duotfsenbqdwpai])",
    "doses": r"(?=\b[fx×\saum\dotsen]|x|×)",
    "for": r"(?=\b[\dfduox×tsen]|\*)",
    "cycles": r"\b(?=[\dfxatumosenrcd])",
    "total": r"\b(?=[tco])",
    "until": r"\b(?=until\s|t(?:hrough|o|ill)\s)",
    "route": r"(?=[abeinoprstv])(?<![a-z])",
}
# Tried on a sentence in small letters, which is quicker than ignoring case.
KINDS = tuple(
    (name, in_small(f"{_BEGINS.get(name, '')}(?:{body})", re.X), TRIGGERS.get(name, ())) for name, body in PATTERNS
)
