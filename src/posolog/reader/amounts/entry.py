"""Who may enter, what was given before, thresholds, and what is dissolved."""

from __future__ import annotations

import re

from posolog.reader.amounts.around import Around
from posolog.reader.amounts.classes import (
    ELIGIBILITY,
    LABORATORY,
    STRENGTH,
    TOXICITY,
)
from posolog.reader.tokens.cues import in_small

_STRENGTH_BEFORE = in_small(
    r"""(?:
            concentrations?\s(?:of|at)|diluted\s(?:to|in)|reconstituted\s(?:to|in|with)|dissolved\sin|supplied\sas
            |available\s(?:as|in)|formulated\sas|mixed\s(?:with|in)|provided\sas|vials?\s(?:of|containing)
            |containing|in)\s?
        $""",
    re.X,
)
_ELIGIBILITY = in_small(
    r"""\b(?:
            (?<!after\s)(?<!at\s)(?<!with\s)(?<!upon\s)(?<!following\s)(?<!since\s)(?<!of\s)inclusion
            |exclusion
            |eligib(?:le|ility)\s(?:criteria|if)
            |not\seligible|ineligible|excluded
            |must\s(?:not\s)?have\s(?:had|received|been)
            |who\s(?:have\s|had\s)?(?:previously\s|already\s)?received
            |received\s(?:more|less)\sthan
            |(?:prior|previous)\s(?:treatment|therapy|use|exposure)\s(?:with|to|of)
            |prior\s(?:therapy|treatment|exposure|use|cumulative)
            |previously\s(?:received|treated)
            |currently\s(?:taking|receiving)
            |stable\sdoses?\sof
            |requir(?:e|es|ing)\s(?:more\sthan\s|>|greater\sthan\s)?
            |candidates?\sfor|intoleran(?:t|ce)\sto
            |(?:resistan(?:t|ce)|refractory|(?:un|non-?)responsive)\sto
            |(?:not|no)\srespon(?:d|ding|ded|se)\sto
            |failed|despite
            |(?:their|the|his|her)\s(?:last|most\srecent|preceding)\s(?:line\sof\s)?(?:treatment|therapy|regimen)
            |who\s(?:were|have\sbeen|had\sbeen)\s(?:previously\s|already\s|currently\s)?(?:treated|maintained)\s
             (?:with|on)
            |(?:who|and)\sare\s(?:currently|already)\s(?:on|treated\swith)
            |while\s(?:being\s)?treated\swith
            |eligible\sfor\s(?!treatment)(?:\w+\s){0,4}
            |(?:have\sbeen|already|were)\son\s(?:an?\s)?(?:stable\s|therapeutic\s)?(?:dose|treatment)?)[^.;]{0,60}$""",
    re.X,
)
_ALLOWED = in_small(
    r"""(?:doses?\s)?(?:
             above|below|exceeding|greater\sthan|more\sthan|less\sthan|higher\sthan|lower\sthan|over|beyond
             |equivalent\sto|equal\sto|no\smore\sthan)\s
         (?:a\s)?(?:or\sequal\sto\s)?$
        |\bequivalent\s(?:to|of)\s(?:[a-z]+\s){0,2}$
        |(?:>|<|≥|≤)\s?=?\s?$""",
    re.X,
)
# "GVHD unresponsive to treatment with X 3 mg/kg": what was given before
_NO_HELP = in_small(
    r"""\b(?:unresponsive|refractory|resistant|intolerant)\sto\s(?:
            (?!receiv|will\b|are\b|were\b|is\b|was\b|should\b|treated|given)[\w./()-]+\s){1,11}$""",
    re.X,
)
_DISSOLVED = re.compile(r"(?:concentration|dilut|reconstitut|dissolv|supplied|available|provided|vials?\s)")


def of_entry(around: Around) -> str | None:
    """Who may enter and what was given before, thresholds of toxicity, and what is dissolved or supplied."""
    lead = around.lead
    if _ELIGIBILITY.search(lead) or _NO_HELP.search(lead):
        return ELIGIBILITY
    if _ALLOWED.search(lead[-30:]) and not lead.rstrip().endswith(("≥", ">=", "=")):
        return TOXICITY if "dose" in lead[-40:] else LABORATORY
    return STRENGTH if _STRENGTH_BEFORE.search(lead[-30:]) and _DISSOLVED.search(lead[-40:]) else None
