"""Changes of a dose that are doses themselves: lower for older patients, or lower from a stated time on.

"reduced to 20 mg in case of toxicity" is a rule; "reduced to 20 mg in patients over 75 years" and "then reduced to
20 mg for 4 weeks" are what these patients, or all, receive.
"""

from __future__ import annotations

import re

_CHANGED = re.compile(
    r"""\b(?: reduc(?:ed|ing) | decreas(?:ed|ing) | lower(?:ed|ing) | taper(?:ed|ing) | increas(?:ed|ing) | adjusted )\s
        (?:\w+\s){0,4}? (?:to|at) \s (?:around\s|about\s|approximately\s)?$""",
    re.I | re.X,
)
# Who they are: their age, weight, kidneys or genes, which no treatment changes.
_WHO = re.compile(
    r"""\b(?: (?:age[ds]?|older|over|above|under|younger|elderly|>=?|≥)\b[^.;]{0,25}?\b\d{2}\b(?!\s?%)
            | \d{2}\s(?:years?|yrs?)
            | elderly | renal\s(?:impairment|insufficiency|function) | creatinine\sclearance | GFR
            | weigh(?:ing|t)\b[^.;]{0,20}\d | (?:East\s)?Asian | homozygous | poor\smetaboli[sz]ers )""",
    re.I | re.X,
)
# When: a point of time that the plan fixes.
_THEN = re.compile(
    r"""\b(?: then | thereafter | subsequently | afterwards | after\s\d+\s(?:days|weeks|months|cycles|doses)
            | (?:at|from|on|in)\s(?:the\s)?(?:days?|weeks?|months?|cycles?)\s\d+
            | at\s\d+\s(?:days|weeks|months) )\b[^.;]{0,50}$""",
    re.I | re.X,
)
# "beginning with cycle 5, the dose was reduced to 20 mg", "reduced to 15 mg/d in the second year"
_FROM_THEN = re.compile(
    r"""\b(?:beginning|starting|from|as\sof)\s(?:with\s|in\s|at\s|on\s)?(?:the\s)?
        (?:cycle|week|month|day|year|course)s?\s\d{1,3}\b""",
    re.I | re.X,
)
_AFTER_THEN = re.compile(
    r"[^.;]{0,60}?\b(?:in\sthe\s(?:second|third|next|following|subsequent)\s(?:year|month|week|cycle|course)s?"
    r"|for\sthe\s(?:remaining|rest)|(?:from|since|after)\s(?:the\s)?(?:cycle|week|month|day)\s\d)",
    re.I,
)
_IF_ILL = re.compile(
    r"""\b(?: toxic\w* | DLTs? | dose[\s-]limiting | intoleran\w* | tolerat\w* | neutrop\w* | thrombocytop\w* | adverse
            | side\seffects? | grade | unacceptable | fail\w* | MTD | levels? | cohorts? | may | can | could
            | depending | if )\b""",
    re.I | re.X,
)


def planned_change(text: str, start: int, at: int, end: int) -> bool:
    """Whether the amount text[at:end] after "reduced to" is a dose for some patients, or from some time on."""
    lead, tail = text[max(start, at - 160) : at], text[end : end + 90].partition(". ")[0]
    changed = _CHANGED.search(lead)
    if changed is None or _IF_ILL.search(lead) or _IF_ILL.search(tail):
        return False
    before = lead[: changed.start()]
    return any(
        (_WHO.search(lead), _WHO.search(tail), _THEN.search(before), _FROM_THEN.search(before), _AFTER_THEN.match(tail))
    )
