# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""Labels that restrict what follows: "Arm A", "Stratum 2", "Cohort 1", "VAD:", "Maintenance:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from posolog.reader.agents import spot

_NAMED = re.compile(
    r"\b(?:(?:[Tt]reatment|[Ss]tudy|[Ee]xperimental|[Cc]ontrol|[Dd]ose)\s)?(?:[Aa]rm|ARM|[Gg]roup|GROUP|[Cc]ohort|COHORT|[Ss]tratum|STRATUM|[Pp]art|[Ss]tep|[Ss]chema|[Rr]egimen|REGIMEN|[Ss]chedule|[Pp]hase|PHASE|[Ll]evel|[Bb]lock|[Ss]tage)s?\s(?:[A-H]\d?\b|I{1,3}\b|IV\b|V\b|-?\d{1,2}[a-zA-Z]?\b(?!\s?(?:years|days|weeks|months|patients|mg|study|studies|trial|clinical)))"
    r"|\b(?:(?:first|second|third|fourth|initial|subsequent|next|prophylactic|therapeutic|experimental|control|standard|high-dose|low-dose|standard-dose|intervention|treatment|placebo|study|[A-Z][A-Za-z0-9+/-]{1,12})\s(?:use\s)?(?:cohort|group|arm|stage|phase|course))\b"
)
_NAMES = (
    "arm", "group", "cohort", "strat", "part", "step", "schema", "regimen", "schedule", "phase", "level", "block", "stage", "course"
)  # fmt: skip
_PREFIX = re.compile(r"(?:\A[-•*\s]{0,3}|(?<=[-•*;.]\s)|(?<=;))\s?(?P<label>[A-Z][^:;.]{0,60}?)\s?:\s?(?=\S)")
_NO_LABEL = re.compile(r"^(?:days?|weeks?|dose|doses|dosage|treatment|drug|biological|radiation|procedure|device|genetic|other|behaviou?ral|dietary\ssupplement|combination\sproduct|diagnostic\stest|route|frequency|duration|note|methods?|results?|conclusions?|objectives?|aims?|outline|primary|secondary|inclusion|exclusion|background|rationale|purpose|hypothesis|design|study\sdesign|conditions?|n)\b|\bfollowing|\bfollows|\d\s?mg|\bD\s?\d", re.I)


_CLAUSE = re.compile(r"\b(?:will|are|is|be|to|there|has|have|was|were)\b", re.I)


@dataclass(frozen=True, slots=True)
class Label:
    """A label at text[start:end]; it rules what follows, past the sentence when it stands in front with a colon."""

    start: int
    end: int
    words: str
    lasting: bool


def labels(text: str, start: int, end: int) -> tuple[Label, ...]:
    """The labels of one sentence, in order."""
    found: list[Label] = []
    said = text[start:end]
    if ":" in said:
        for match in _PREFIX.finditer(said):
            words = match["label"].strip(" -–•*")
            if _NO_LABEL.search(words) or _CLAUSE.search(words) or len(words) > 50 or words.count("(") != words.count(")"):
                continue
            at = start + match.start("label")
            named = spot(text, at, at + len(match["label"]))
            if named and not re.search(r"\b(?:arm|group|cohort|phase|regimen|therapy|cycle)\b", words, re.I):
                continue
            found.append(Label(at, start + match.end(), words, True))
    low = said.lower()
    for match in _NAMED.finditer(said) if any(word in low for word in _NAMES) else ():
        at = start + match.start()
        if not any(label.start <= at < label.end for label in found):
            opened = _ARM.match(match.group()) is not None and _COLON.match(said, match.end()) is not None
            lasting = opened or not said[: match.start()].strip(" -–•*(")
            found.append(Label(at, start + match.end(), match.group(), lasting))
    return tuple(sorted(found, key=lambda label: label.start))


_ARM = re.compile(r"(?:treatment\s)?(?:arm|group|cohort|stratum)\s", re.I)
_COLON = re.compile(r"\s?(?:\([^()]{0,40}\)\s?)?:\s")
_BRACKET = re.compile(
    r"\s?\((?P<words>[^()]{0,30}(?:[<>≤≥]|\b(?:weight|aged?|years|group|arm|cohort|stratum|patients|children|adults|males?|females?|women|men)\b)[^()]{0,40})\)",
    re.I,
)


_AMOUNT = re.compile(r"\d\s?(?:m?c?g|IU|c?Gy|[MG]Bq|mCi)\b(?!\s?/\s?d?l)")


def bracketed(text: str, position: int) -> str:
    """The condition in a bracket right behind an amount: "1.0 mg/kg (weight > 25 kg)"."""
    match = _BRACKET.match(text, position)
    return match["words"].strip() if match and not _AMOUNT.search(match["words"]) else ""
