"""Which cycle, week or day, how a dose lies to a graft, by which route, in how many parts."""

from __future__ import annotations

from posolog.reader.tokens.kinds.kind import Kind, kind
from posolog.reader.tokens.numbers import N

GRAFT = (
    r"(?:the\s)?(?:"
    r"stem[\s-]cell\s(?:infusion|transplant(?:ation)?|reinfusion)"
    r"|(?:bone\smarrow\s|allogeneic\s|autologous\s)?transplant(?:ation)?"
    r"|(?:stem\scell\s)?graft\sinfusion"
    r"|HSCT|ASCT|SCT|BMT|cell\sinfusion)"
)
KINDS: tuple[Kind, ...] = (
    # "5 thru 3 days prior to transplantation"
    kind(
        "relative",
        rf"""\b(?P<rel1>\d{{1,2}}|one|two|three|four|five|six|seven)(?:
                \s?(?:-|–|to|thru|through|and)\s?(?P<rel2>\d{{1,2}}|one|two|three))?\s
            days?\s(?P<rels>prior\sto|before|preceding|after|following|post)\s{GRAFT}""",
        guards="transplant|graft|sct|bmt|cell_infusion|cell_reinfusion",
    ),
    # "in cycle 1 only", "cycles 2-6", "of subsequent cycles"
    kind(
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
        guards="cycle|course",
    ),
    # "at weeks 0, 4 and 8"
    kind(
        "weeks",
        r"""\b(?:at|on|in|during|for)\s(?:the\s)?(?:study\s)?weeks?\s(?P<wk>
                \d{1,2}(?:(?:\s?,\s?(?:and\s)?|\s?and\s|\s?&\s?|\s?-\s?|\sto\s|\sthrough\s)\d{1,2}){0,12})\b
            (?!\s?(?:weeks?|months?|days?|m?c?g\b|[uµμ]g|IU|units|mL|[kMG]Bq|mCi|c?Gy|%|x\s?10))""",
        guards="week",
    ),
    # "on the first day of each cycle", "day one"
    kind(
        "firstday",
        r"\b(?:on|at)?\s?(?:the\s)?first\sday\s(?:of\s)(?=(?:each|every|the|a)\b)|\bday\sone\b",
        guards="first_day|day_one",
    ),
    # "IV", "by mouth", "subcutaneously", "intrathecal"
    kind(
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
        guards="intra|subcut|inhal|nebuli|topical|sublingual|vaginal|rectal|epidural|buccal|transdermal",
        words=(
            "i iv ivd ivpb ivdrip subcut c hypodermic hypodermically ivgtt ivtt ivp into vein p po oral "
            "orally os mouth s sc sq subq sub subcutaneous subcutaneously im it"
        ),
        begins=r"(?=[abeinoprstv])(?<![a-z])",
    ),
    # "in 3 divided doses"
    kind(
        "divided",
        rf"""\bin(?:to)?\s(?P<divn>{N})\s(?:divided|equal(?:ly)?(?:\sdivided)?|split)\sdoses\b
            |\bin\s(?P<divn2>\d|two|three|four)\sdoses(?!\sof)(?=\s(?:daily|per|a)\s?d)
            |\bdivided\s(?:in|into)?\s?(?P<divn3>\d|two|three|four)\s(?:equal\s)?(?:daily\s)?doses\b
            |\bin\sdivided\sdoses\b""",
        guards="divided|equal|split|doses",
    ),
)
