"""Headings that say what a stretch of a registry text is about: "Secondary endpoints:", "OBJECTIVES:", "RATIONALE:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

ROLE_WORDS = re.compile(
    r"""\b(?=[cpmksteo])(?P<rank>
            (?:co-?)?primary|main|principal|major|(?:key\s+)?secondary|tertiary|exploratory|correlative|other)\s+
        (?:(?:study|trial|research|clinical|efficacy|safety|scientific|specific|translational|laboratory)\s+){0,2}
        (?P<kind>
            objectives?|aims?|goals?|purposes?|end[\s-]?points?
            |outcomes?(?:\s+(?:measures?|variables?|parameters?))?)
        \b(?!\s+(?:analys[ei]s|variable|assessment|population)\b)""",
    re.I | re.X,
)
_HEADING = re.compile(r"(?:(?:[IVX]{1,4}|\d{1,2}|[A-Z])[.)]\s*|[-*•]\s*)?(?P<name>[A-Za-z][^:.;]{2,70}?)\s?:(?=\s|$)")
_CUT = re.compile(
    r"(?=\s)(?:(?<=[A-Z]{2}[.])(?<![IVX]{2}[.])\s+(?=[A-Z][a-z]+\s|[IVX]{1,4}\.\s+[A-Z]|[A-Z]{4,})|"
    r"\s+(?=(?:PRIMARY|SECONDARY|TERTIARY|EXPLORATORY|CORRELATIVE|OUTLINE|INCLUSION|EXCLUSION)\b[A-Z /()-]{0,40}:)|"
    r"\s+(?=(?:Primary|Secondary|Tertiary|Exploratory)\s(?:[a-z]+\s)?(?:[Oo]bjectives?|[Ee]nd[ -]?points?|[Oo]utcomes?|"
    r"[Aa]ims?)(?:\s[a-z]+)?\s?:))"
)
_OPENS = re.compile(
    r"\b(?:is|are|include)(?:\s+(?:to|as\s+follows|the\s+following))?\s*:\s*"
    r"(?:1\s?[.)]|I\.|\(1\))?\s*$"
)
_BARE = re.compile(
    r"(?:[-*•]\s*)?(?P<name>(?:key\s+)?(?:inclusion|exclusion|"
    r"eligibility)\s+criteria)\b(?!\s+(?:will|are|is|for)\b)",
    re.I,
)
_DASHED = re.compile(r"(?:[-*•]\s*)?(?P<name>Primary|Secondary|Tertiary|Exploratory)\s*(?:-\s|(?=I\.\s))")


@dataclass(frozen=True, slots=True)
class Section:
    """`kind` is "purpose", "eligibility", "background", "statistics", "design", "ethics", "follow-up" or "".

    `role` is the endpoint role a purpose section gives its items ("" = an exploratory one, which the protocol model
    has no place for); `ranked` is False where the text says "objectives" without calling any of them primary.
    """

    kind: str = ""
    role: str = ""
    ranked: bool = True


NOWHERE = Section()
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "eligibility",
        r"(?:\w+\s+){0,3}(?:inclusion|exclusion|eligibility|entry|selection)(?:\s+criteria|"
        r"\s+criterion)?(?:\s+\w+){0,4}"
        r"|patient characteristics|prior concurrent therapy|disease characteristics",
    ),
    (
        "background",
        r"(?:\w+\s+){0,3}(?:background|rationale|introduction|significance|hypothes[ie]s|"
        r"literature review)(?:\s+\w+){0,4}",
    ),
    (
        "statistics",
        r"(?:\w+\s+){0,3}(?:statistic(?:s|al)|sample size|power|projected accrual|"
        r"accrual)(?:\s+\w+){0,3}|data analysis",
    ),
    (
        "design",
        r"(?:study |trial |experimental )?design|methodology|methodology, experimental design|study type|"
        r"type of study",
    ),
    ("ethics", r"(?:\w+\s+){0,2}(?:ethics|ethical|informed consent|consent)(?:\s+\w+){0,3}"),
    ("follow-up", r"(?:\w+\s+)?follow[\s-]?up(?:\s+\w+){0,2}|feedback"),
)
_BY_NAME = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _KINDS)
_UNRANKED = re.compile(
    r"(?:(?:study|trial|specific|overall|general|research)\s+)?(objectives?|aims?|goals?|"
    r"end[\s-]?points?"
    r"|outcomes?|outcome measures?)(?:\s+of\s+(?:the|this)\s+(?:study|trial))?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at the start of a sentence; the sentence goes on at `end`."""

    name: str
    end: int
    section: Section


def role_of(match: re.Match[str]) -> str:
    """The endpoint role that ROLE_WORDS matched, "" for exploratory and other ranks.

    >>> role_of(ROLE_WORDS.search("The main objective is"))
    'primary objective'
    """
    rank = match["rank"].lower()
    if rank.startswith(("tertiary", "exploratory", "correlative", "other")):
        return ""
    ordinal = "secondary" if "secondary" in rank else "primary"
    return f"{ordinal} {_kind(match['kind'])}"


def _kind(words: str) -> str:
    return "objective" if words.lower().startswith(("objective", "aim", "goal", "purpose")) else "endpoint"


def heading(text: str, *, inside: Section = NOWHERE) -> Heading | None:
    """The heading that `text` starts with, or None. An unknown heading closes the section before it."""
    dashed = _DASHED.match(text) if inside.kind == "purpose" else None
    if dashed is not None:
        kind = _kind(inside.role) if inside.role else "objective"
        rank = dashed["name"].lower()
        role = f"{rank} {kind}" if rank in ("primary", "secondary") else ""
        return Heading(dashed["name"], dashed.end(), Section("purpose", role))
    match = _HEADING.match(text) if ":" in text[:84] else None
    if match is None:
        match = _BARE.match(text)
    if match is None:
        return None
    return Heading(match["name"], match.end(), _section(match["name"], inside))


def pieces(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """A sentence cut before headings that stand in its middle and after capitals that end one ("of GVHD. Patients").

    >>> pieces("I. To estimate GVHD. OUTLINE: Patients", 0, 38)
    ((0, 20), (21, 38))
    """
    if text.find(": ", start, end) < 0 and text.find(". ", start, end) < 0:
        return ((start, end),)
    cuts = [start]
    for gap in _CUT.finditer(text, start, end):
        cuts += [gap.start(), gap.end()]
    cuts.append(end)
    return tuple((cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2) if cuts[i + 1] > cuts[i])


def opening(text: str) -> Section:
    """The section that a sentence opens in words: "The primary objectives are to:"."""
    match = _OPENS.search(text[-40:]) if ":" in text[-12:] else None
    role = ROLE_WORDS.search(text) if match is not None else None
    return Section("purpose", role_of(role)) if role is not None else NOWHERE


def _section(name: str, inside: Section) -> Section:
    role = ROLE_WORDS.search(name)
    if role is not None:
        return Section("purpose", role_of(role))
    unranked = _UNRANKED.fullmatch(name.strip())
    if unranked is not None:
        return Section("purpose", f"primary {_kind(unranked[1])}", ranked=False)
    if inside.kind == "purpose" and name.strip().lower() in ("primary", "secondary"):
        return Section("purpose", f"{name.strip().lower()} {_kind(inside.role.partition(' ')[2])}")
    plain = " ".join(name.replace("/", " ").split())
    for kind, pattern in _BY_NAME:
        if pattern.fullmatch(plain):
            return Section(kind)
    return NOWHERE
