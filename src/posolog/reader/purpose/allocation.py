"""Allocation as stated (randomised or not, ratio, strata) and the arms in order of first mention."""

from __future__ import annotations

import re

from posolog.protocol.model import Allocation, Source
from posolog.reader.tokens.cues import Cues, words_in

_RANDOM = re.compile(
    r"\b(?:patients|subjects|participants|volunteers|children|women|men|eyes|individuals|infants|who|they|we|"
    r"and|then)\s+"
    r"(?:[\w-]+\s+){0,6}?random(?:ly|i[sz]ed|i[sz]e)\b"
    r"|\brandomi[sz]ation\s+(?:will|is|was|to|between|ratio|list)\b|\brandomi[sz]ed\s+to\b"
    r"|(?:\bthis|\bthe\s+present|^\W*A)\b[^.;:]{0,80}?\brandomi[sz]ed\b[^.;:]{0,120}?\b(?:study|trial)\b"
    r"|^(?:[\w-]+,?\s+){0,6}randomi[sz]ed\b[^.;:]{0,80}\b(?:study|trial)\b|^\W*(?:allocation|"
    r"design)\s*:\s*random",
    re.I,
)
_NOT = Cues(
    ("", r"non(?<!\wnon)-?\s?randomi[sz]ed"),
    ("", r"et al"),
    ("", r"^\W*although"),
    ("not", r"\s+(?:be\s+)?randomi"),
    ("no without", r"\s+randomi"),
    ("no few several previous prior earlier recent published other many large two three",
     r"\b[^.;]{0,60}\brandomi[sz]ed\b"),
    ("our", r"\s+first"),
    ("latter show showed shown shows demonstrated reported", r"\b"),
    ("meta", r"-analys"),
    ("in", r"\s+a\s+(?:\w+\s+){0,4}randomi[sz]ed"),
)  # fmt: skip
_STEMS = ("andom", "RANDOM", "tratif", "STRATIF")
_RATIO = re.compile(
    r"(?<![\d:])(?P<colon>[1-9]\d?(?:\s?:\s?[1-9]\d?){1,4})(?![\d:])|"
    r"\bratio\s+(?:of\s+)?(?P<of>[1-9]\s?-?\s?to\s?-?\s?[1-9])\b|"
    r"\b(?P<to>[1-9]\s?-?\s?to\s?-?\s?[1-9])\s+(?:ratio|randomi)"
)
_STRATA = re.compile(
    r"\bstratif(?:ied|ication)\b(?:\s+(?:factors?|variables?|will\s+be|(?:is|are|was|were|within)\b|"
    r"performed|at|randomi[sz]ation)){0,4}\s*"
    r"(?:(?:by|according\s+to|based\s+on|on\s+the\s+basis\s+of|for)\s+(?:the\s+)?(?:following\s*(?:factors)?\s*:?\s*)?|"
    r"(?:include|are|:)\s*)(?P<list>[^.;]{3,400})",
    re.I,
)
_STRATIFIES = re.compile(r"random|patients|participants|subjects|allocat|assign|OUTLINE", re.I)
_STOP_LIST = re.compile(
    r"\b(?:and\s+(?:then\s+)?(?:will\s+be\s+|are\s+)?(?:randomi[sz]ed|assigned|allocated|"
    r"receive)|to\s+receive|"
    r"to\s+(?:one|1)\s+of|in\s+a\s+\d|using\s|with\s+a\s+|before\s+random|"
    r"prior\s+to\s+random|will\s+be|(?:is|are|was|were|within)\b|"
    r"(?:at|between)\s+(?:the\s+time|random))\b|\)\s*$",
    re.I,
)
_NO_STRATA = frozenset(("patients", "subjects", "participants", "treatment"))
_GROUP_WORDS = frozenset(("arm", "group"))
_WORD_ARM = re.compile(
    r"\b(?P<word>experimental|control|standard|intervention(?:al)?|investigational|placebo|"
    r"comparator|observation)"
    r"\s+(?:treatment\s+)?(?:group|arm)\b",
    re.I,
)
_ARMS = re.compile(
    r"\b(?:(?P<one>[Aa]rm|ARM)\s+(?P<letter>[A-Z]|[IVX]{1,4}|\d{1,2})\b(?!\s+(?:and|or)\s+[a-z])|"
    r"(?:[Aa]rms|ARMS)\s+(?P<letters>(?:[A-Z]|[IVX]{1,4}|\d{1,2})(?:\s*(?:,|and|or|&|vs\.?)\s*"
    r"(?:and\s+)?(?:[A-Z]|[IVX]{1,4}|\d{1,2})\b)+))"
)


def allocation_of(text: str, source: Source) -> Allocation | None:
    """What one sentence states of the allocation, or None.

    >>> allocation_of("Patients are randomized 2:1 to drug or placebo.", Source("")).ratio
    '2:1'
    """
    if not any(stem in text for stem in _STEMS):
        return None
    lowered = text.lower()
    random = "random" in lowered and _RANDOM.search(text) is not None and not _NOT.within(text)
    strata = _strata(text) if "stratif" in lowered else ()
    if not random and not strata:
        return None
    ratio = _RATIO.search(text) if random else None
    found = (ratio["colon"] or ratio["of"] or ratio["to"]) if ratio else ""
    words = re.sub(r"\s?(?::|-?\s?to\s?-?)\s?", ":", found)
    return Allocation(random, words, strata, (source,))


def _strata(text: str) -> tuple[str, ...]:
    match = _STRATA.search(text)
    if match is None or _STRATIFIES.search(text) is None:
        return ()
    if "analys" in text[max(0, match.start() - 40) : match.end("list")].lower():
        return ()
    words = match["list"]
    stop = _STOP_LIST.search(words)
    words = words[: stop.start()] if stop else words
    parts = re.split(r",\s*(?:and\s+)?(?![^(]*\))|\s+and\s+(?![^(]*\))", words)
    cleaned = (re.sub(r"^(?:and|the|\d\)|\([a-z\d]\))\s+", "", part.strip(" ,:-")) for part in parts)
    return tuple(part for part in cleaned if 1 < len(part) <= 120 and part.lower() not in _NO_STRATA)


def joined(parts: list[Allocation]) -> Allocation | None:
    """One allocation of all that the sentences state; the first ratio counts."""
    if not parts:
        return None
    strata = tuple(dict.fromkeys(item for part in parts for item in part.strata))
    ratio = next((part.ratio for part in parts if part.ratio), "")
    sources = tuple(source for part in parts for source in part.sources)
    return Allocation(any(part.randomised for part in parts), ratio, strata, sources)


def arms_of(text: str) -> tuple[str, ...]:
    """Arms that `text` names, in order: "experimental", "Arm A".

    >>> arms_of("Arms A and B, and a control group")
    ('Arm A', 'Arm B', 'control')
    """
    words = words_in(text)
    found: list[tuple[int, str]] = []
    if not _GROUP_WORDS.isdisjoint(words):
        found += [(match.start(), match["word"].lower()) for match in _WORD_ARM.finditer(text)]
    for match in _ARMS.finditer(text) if "arm" in words or "arms" in words else ():
        letters = (
            [match["letter"]]
            if match["letter"]
            else re.findall(
                r"[A-Z]\b|[IVX]{1,4}\b|"
                r"\d{1,2}",
                match["letters"],
            )
        )
        found += [(match.start(), f"Arm {letter}") for letter in letters]
    return tuple(dict.fromkeys(name for _, name in sorted(found, key=lambda pair: pair[0])))
