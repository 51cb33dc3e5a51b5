"""Names of endpoints: the words that name what is measured, without the wrapping of a registry sentence."""

from __future__ import annotations

import re

_VERBS = (
    r"evaluat(?:e|ing)|assess(?:ing)?|determin(?:e|ing)|estimat(?:e|ing)|analy[sz](?:e|ing)|examin(?:e|ing)|"
    r"investigat(?:e|ing)|study(?:ing)?|describ(?:e|ing)|characteri[sz](?:e|ing)|measur(?:e|ing)|explor(?:e|ing)|"
    r"defin(?:e|ing)|quantify(?:ing)?|observ(?:e|ing)|document(?:ing)?|monitor(?:ing)?|establish(?:ing)?"
)
_LEAD = re.compile(
    rf"(?:(?:and|or|also|in\s+addition)\s+)?(?:to\s+)?(?:(?:further|also|preliminarily|prospectively|better|"
    rf"primarily)\s+)?"
    rf"(?:{_VERBS})(?:\s*(?:,|and|or|/|&)\s*(?:{_VERBS}))?\s+(?!whether|if\b|how|that\b|and\b|or\b|which|of\b)"
    rf"(?:the\s+|an\s+|a\s+)?",
    re.I,
)
_STUDY_OF = re.compile(r"study\s+of\s+(?:the\s+)?", re.I)
_ARTICLE = re.compile(r"(?:the|a|an)\s+(?=\w)", re.I)
_TAIL = re.compile(
    r"(?:\s+(?:in|of|for|among)\s+(?:these|this|such|the|all|both)(?:\s+study)?\s+(?:patients|subjects|"
    r"participants|population|"
    r"setting|groups|arms)|\s+by\s+standard\s+criteria|\s+as\s+(?:the\s+)?$|[\s,;:.(-]+(?:and|or|then|at|on|"
    r"within|by)?)\s*$",
    re.I,
)
_MARKER = re.compile(r"(?:\(?(?:[ivx]{1,4}|[IVX]{1,4}|\d{1,2}|[a-hA-H])[.)]\s*|[-*•·–]\s+)+")
_NUMBER_AFTER = re.compile(r"[.;]\s+\d{1,2}$")
_AS = re.compile(
    r"\s+(?:will\s+be|is|are|was|were)\s+(?:analy[sz]ed|evaluated|assessed|measured|considered|used|"
    r"chosen|defined|determined)$",
    re.I,
)
_NO_NAME = re.compile(
    r"(?:we|included|investigators|patients\b|compared|prospectively|performed|assessed|measured|"
    r"evaluated|defined|analy[sz]ed|determined|not|also|based|similar|will|is|are|was|were|"
    r"has|have|be|as|at|by|in|on|for|from|that|which|this|these|and|or|of)\b",
    re.I,
)


def clean_name(words: str) -> str:
    """The name in its own word order.

    >>> clean_name("To evaluate the non-relapse mortality.")
    'non-relapse mortality'
    """
    name = " ".join(words.split())
    name = _MARKER.sub("", name, count=1) if _MARKER.match(name) else name
    name = _LEAD.sub("", name, count=1) if _LEAD.match(name) else name
    name = _STUDY_OF.sub("", name, count=1) if _STUDY_OF.match(name) else name
    name = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name
    for _ in range(3):
        shorter = _TAIL.sub("", name[-90:])
        name = name[:-90] + shorter if len(name) > 90 else shorter
    name = re.sub(r"\s+(?=[,;.)])", "", name)
    name = _AS.sub("", _NUMBER_AFTER.sub("", name)).lstrip(",;:. ")
    if name.count("(") > name.count(")"):
        name += ")"
    return _lowered(name.strip())


def is_name(name: str) -> bool:
    """Whether `name` can name something measured: it has letters and does not start in the middle of a clause."""
    return len(name) >= 2 and any(char.isalpha() for char in name) and _NO_NAME.match(name) is None


def strip_marker(text: str) -> int:
    """Length of the enumerator or bullet that `text` starts with ("II. ", "- ", "(a) ")."""
    match = _MARKER.match(text)
    return match.end() if match else 0


def _lowered(name: str) -> str:
    """First letter in lower case where the first word is an ordinary one ("Relapse", but not "GVHD", "T-cell")."""
    first = name.split(" ", 1)[0]
    ordinary = first[1:].islower() and first.replace("-", "").isalpha()
    return name[0].lower() + name[1:] if ordinary else name
