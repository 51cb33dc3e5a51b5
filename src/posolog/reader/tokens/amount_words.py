"""The words of amounts as patterns: units, denominators, amounts, caps written twice. All are bounded."""

from __future__ import annotations

import re

from posolog.reader.tokens.numbers import NUMBER

MICRO = (
    r"(?:1/2\s?c?g|mu\s?g|micro[\s-]?g(?:ra?m?s?)?|(?:Âµ|Â|Î¼|[?¿æì\uFFFD])g|[µμ]\sg)"
)  # what became of µg on its way through a registry
UNIT = (
    rf"(?:"
    rf"mgs?|MG|Mg|milli-?grams?|mcg|µg|μg|ug|micrograms?|{MICRO}|ng|nanograms?|gms?|g|gr|grams?"
    rf"|[Mm]io\.?\s?(?:IU|U|IE|I\.E\.|units)?|million\s(?:international\s)?(?:units|IU|U)|M\.?I\.?U|MU|I\.?U\.?"
    rf"|international\sunits|U|UNITS|[Uu]nits?|UI|IE|u(?=\s?/\s?(?:m|kg|d))|mL|ml|cc|MBq|GBq|kBq|mCi"
    rf"|milli-?[Cc]urr?ies?|[Mm]ega-?[Bb]ecquerels?|[Gg]iga-?[Bb]ecquerels?|µCi|uCi|Ci|c?Gy[Ee]?|[Cc]?G[Yy]"
    rf"|c?[Gg]rays?|centi-?[Gg]rays?|rads?|mmol|mEq|tablets?|capsules?|drops?|puffs?)"
)
SLASH = r"\s?(?:/|\\|per\s(?:1\s)?|\.(?=d\b))\s?"
PER = (
    r"(?:"
    r"m2|m²|m\.?\s?sq\b\.?|m\^2|m\^?\(2\)|m\ 2(?!\d)|sqm|sq\.?\s?m(?:eter)?"
    r"|(?:square|body\ surface)\s(?:met(?:er|re)|area)"
    r"|met(?:er|re)[\s-]?squared?"
    r"|mq|M2|M²"
    r"|2(?="
    r"\s?(?:[,;)](?!\d)|\.(?!\d)|$|/\s?d)"
    r"|\s(?:on|over|for|IV|iv|PO|orally|twice|daily|once|bid|every|days?|respectively)\b)"
    r"|[kK]ilograms?\s?[\[(]kg[\])]"
    r"|[kK][gG]s?(?:\sof(?=\s(?:the\s)?(?:\w+\s)?(?:body|BW|bw|weight)\b))?(?:"
    r"\s(?:the\s)?(?:actual\s|ideal\s|recipient\s|patient\s)?(?:body\s?weight|[AIT]{0,2}BW|bw)\b)?"
    r"|[kK]ilogram"
    r"|m(?=\s?(?:/|[,;.):]|\s|$))"
    r"|daily"
    r"|days?(?!\s?-?\d{1,2}(?!\d|\s?(?:days?|times|[x×]|weeks?|mg|mcg|months?|doses|cycles?|%|h)))"
    r"|d(?![a-z\d])"
    r"|\d{1,2}\s?h(?:ours?|rs?)?"
    r"|doses?|injections?|infusions?|h(?:ours?|rs?)?|min(?:utes?)?|weeks?|wk|courses?|cycles?|fractions?|fx)"
)
# "300 units/kgfor 14 days": what is glued to the denominator
ENDS = r"(?!(?!(?:for|once|twice|every)(?![a-z]))[A-Za-z])"
MORE = r"(?:at\ least|minimum\ of|>=?|≥|⩾|up\ to|less\ than\ or\ equal\ to|≤|<=?|about|approximately)"
# "1001/2g/kg" is 100 µg/kg: that stroke joins no two amounts.
JOIN = r"\s?(?:-|–|up\ to|to|~|and|or|,|/(?!2\s?c?g(?![A-Za-z]))|(?<!1)/)\s?"
# Two strokes with nothing between ("mg//d"): the m² is lost.
LOST = r"\s?/(?=\s?/\s?(?:[dD]|[qQ]\d))"
AMOUNT = re.compile(
    rf"""(?=[\d.<>≥≤⩾aulm])(?:
            (?<![\w.,^])(?P<twice>(?:[1-9]\s?(?:-|or)\s?)?[2-9])\s?[x×]\s?
            |(?<![\w.^])(?<!\d,)
            |(?<=[A-Za-z]{{2}})(?=
                 \d{{1,5}}(?:\.\d{{1,3}})?(?:\s?(?:mg|mcg|µg|ug|c?Gy|MBq|mCi)|g|IU|[Uu]|ml)(?![A-Za-z])))
        (?P<more>{MORE}\s?)?(?P<first>{NUMBER})\s?(?:(?P<own>{UNIT})(?=\s?(?:to|-|–)\s?\d))?
        (?P<rest>(?:(?:\s?,\s?(?:and|or)\s|{JOIN}){NUMBER}){{0,7}})\*?\s?-?(?P<unit>{UNIT})(?:\(RBE\))?(?![A-Za-z])
        (?:
            \s?[\[(](?:m?c?g|ug|µg|IU|U|MBq|mCi|mL)[\])](?=\s?(?:/|per\s))
            |\s(?:free\s)?(?:base|salt|protein|iron)(?=\s?/\s?(?:kg|m2|day)))?
        (?P<lost>{LOST})?(?P<per>(?:{SLASH}{PER}{ENDS}){{0,3}})(?P<day>/\s?(?=(?:days?|[Dd])\s?\d))?""",
    re.X,
)
# What every amount ends with: quick to find, as it begins with a digit.
COUNTED = re.compile(rf"\d\*?\s{{0,2}}-?(?:{UNIT})(?![A-Za-z])")
DAY_LEAD = re.compile(
    r"""(?:
             \b[Dd]ays?|\b[DJ]
             |\b(?:
                  [Cc]ycles?|[Ww]eeks?|[Aa]rms?|[Cc]ohorts?|[Ll]evels?|[Pp]hases?|[Gg]roups?|[Pp]arts?|[Ss]teps?
                  |[Vv]isits?|[Ss]tages?|[Gg]rades?|[Tt]ypes?))\s?
         [-+−–]?\s?\Z
        |[\s,(][-+−–]\Z|\bd\s?[-+−–]\Z""",
    re.X,
)
CAP_TWICE = re.compile(rf"[x×]\s?(?P<n>\d)\s(?P<v>{NUMBER})\s?(?P<u>{UNIT})(?P<per>(?:{SLASH}{PER}){{0,2}})")
UNKNOWN_PER = re.compile(
    r"""\s?/\s?(?!(?:qd|bid|tid|qid|biw|tiw|qod|qw|bd|od|b\.i\.d|daily|weekly)\b)
        (?:/\s?\w{0,4}|[A-Za-z(][\w²^]*|(?=[),;.]|\s\w|$))""",
    re.X,
)
