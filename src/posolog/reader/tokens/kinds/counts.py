"""How many and for how long: doses, days, weeks, cycles."""

from __future__ import annotations

from posolog.reader.tokens.kinds.kind import Kind, kind
from posolog.reader.tokens.numbers import FEW, N

_CYCLE = r"(?:treatment\s|therapy\s|dosing\s|continuous\s)?(?:cycles?|courses?)"
KINDS: tuple[Kind, ...] = (
    # "for 4 doses", "x 6", "a single dose", "once"
    kind(
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
        guards="doses|infusions|injections|administrations|fractions|applications|×|single|once",
        words="x",
        begins=r"(?=\b[fx×\saum\dotsen]|x|×)",
    ),
    # "daily x 5"
    kind(
        "dailyx",
        r"(?<=daily\s)x\s?(?P<dxn>\d{1,2})(?!\s?(?:weeks?|wk|months?|cycles?|courses?|doses|\d))(?:\s?days?\b|d\b)?",
        guards="daily_x",
    ),
    # "for up to 6 weeks", "x 14 days", "a 5-day course"
    kind(
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
        guards="day|week|wk|month|year",
        words="d",
        begins=r"(?=\b[\dfduox×tsen]|\*)",
    ),
    # "6 cycles", "28-day cycles", "repeated every 3 weeks", "each cycle lasts 21 days"
    kind(
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
        guards="cycle|course|repeat|recycl|each",
        begins=r"\b(?=[\dfxatumosenrcd])",
    ),
)
