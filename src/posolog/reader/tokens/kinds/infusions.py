"""How an infusion runs: over hours, continuously, as a bolus."""

from __future__ import annotations

from posolog.reader.tokens.kinds.kind import Kind, kind

KINDS: tuple[Kind, ...] = (
    # "over 2 hours", "a 24-hour infusion", "IV (30 min)"
    kind(
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
        guards="hour|min|hr|_h|h)",
        begins=r"\b(?=[\dofidlts])",
    ),
    # "by continuous infusion", "CIVI"
    kind(
        "continuous",
        r"""\b(?:by\s|as\s(?:an?\s)?)?(?:(?P<contd>\d{1,3})[\s-]days?\s)?(?:
                 continuous(?:ly)?(?:\s(?:i\.?v\.?|intravenous|infusion|perfusion))+
                 |continuous(?:ly)?\s(?=administ)
                 |continuously\sinfused)
            |\bCIV?I?\b(?=\s?(?:on\s|over\s|d|[,;.)]|for\s|x\s?\d|\())
            |\bcivi\b""",
        guards="contin|civ|_ci",
    ),
    # "bolus", "IV push"
    kind(
        "bolus",
        r"\bbolus\b|\b(?:i\.?v\.?|slow|intravenous)\spush\b",
        guards="bolus|push",
    ),
)
