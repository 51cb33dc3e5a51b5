"""Authors: "D. A. Thomas", "Thomas DA", "Thomas, D. A.", and names that an archive took apart."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.evidence import ligature
from posolog.evidence.model import Name, Repair
from posolog.evidence.text import word_set

UPPER, LOWER = "A-ZÀ-ÖØ-ÞĀ-ſ", "a-zß-öø-ÿā-ž"
INITIALS = rf"(?:[{UPPER}][{LOWER}]?\.[- ]?)+"
PARTICLES = word_set(
    "de del della di da dos du des la le van von den der ten ter el al bin ibn mac mc st san zu zur af "
)
WORD = rf"[{UPPER}{LOWER}'’`´?-]+"
_BEFORE = rf"(?:{'|'.join(sorted(PARTICLES))}|[Dd]['’]|[Vv]an|[Vv]on|[Dd]e[rn]?|[Ll][ae])"
SURNAME = rf"(?:{_BEFORE}\s+)*[{UPPER}O'’]{WORD}(?:\s{WORD})?"
FIRST_LAST = re.compile(rf"(?P<given>{INITIALS})\s*(?P<family>{SURNAME})")
FULL_NAME = re.compile(
    rf"(?P<given>[{UPPER}][{LOWER}'’-]+(?:\s(?:[{UPPER}]\.|[{UPPER}][{LOWER}'’-]+))?)\s(?P<family>{SURNAME})"
)
LAST_FIRST = re.compile(rf"(?P<family>{SURNAME}(?:\s{WORD})?)\s(?P<given>[{UPPER}]{{1,4}}(?:-[{UPPER}])?)")
INITIALS_ONLY = re.compile(rf"{INITIALS}\s*")
SUFFIX = re.compile(r"(?:Jr|Sr|2nd|3rd|II|III|IV)\.?")
_LIGATURE_HYPHEN = re.compile(rf"(ffi|ffl|ff|fi|fl)-(?=[{LOWER}])")
_AFTER_HYPHEN = re.compile(rf"(?<=[{LOWER}])-([{LOWER}])")
_VOWEL = re.compile(r"[aeiouyàâäéèêëíîïóôöúùûü]")
_ENDS_FF = word_set(
    "wolff hoff graff neff pfaff radcliff ratcliff duff huff ruff goff woodruff korff orloff popoff kauff cuff "
    "groff luff kluff raffi shaffi rafi shafi "
)


def from_initials(words: str) -> Name | None:
    """ "D. A. Thomas", or "Deborah Thomas" with given names in full; None where the words are no such name."""
    for pattern in (FIRST_LAST, FULL_NAME):
        found = pattern.fullmatch(words.strip())
        if found:
            return Name(found["family"].strip(), found["given"].strip())
    return None


def from_surname(words: str) -> Name | None:
    """ "Thomas DA", with a suffix after the initials ("Larson RA Jr")."""
    text, suffix = words.strip(), ""
    head, _, tail = text.rpartition(" ")
    if head and SUFFIX.fullmatch(tail):
        text, suffix = head, tail
    found = LAST_FIRST.fullmatch(text)
    return Name(found["family"], found["given"], suffix) if found else None


def mended(name: Name) -> tuple[Name, list[Repair], list[str]]:
    """The name without the archive's damage, what was changed, and what looks wrong but stays.

    Joined: a surname broken at a ligature ("Griffi-ths"). Restored: the capital after a hyphen ("Garcia-barros"),
    which archives lower. Left and told: a particle with a hyphen ("De-propris": De Propris?), where the words do
    not say how the name is written, and Mc with a small letter.
    """
    repairs: list[Repair] = []
    doubts: list[str] = []
    family = name.family
    for match in reversed(list(_LIGATURE_HYPHEN.finditer(family))):
        left = family[: match.end() - 1]
        if left.casefold() in _ENDS_FF and _VOWEL.search(family[match.end() :]):
            doubts.append(f"{family} may be one name broken at a ligature, or two")
            continue
        after = left + family[match.end() :]
        repairs.append(Repair("authors", family, after, "REF-LIGATURE", "a hyphen where the printed sign was split"))
        family = after
    for start, end, joined in reversed(ligature.joins(family)):
        after = family[:start] + joined + family[end:]
        repairs.append(Repair("authors", family, after, "REF-LIGATURE", "a space where the printed sign was split"))
        family = after
    family, capital = _capitals(family, doubts)
    repairs += capital
    if re.fullmatch(rf"Mc[{LOWER}]+", family):
        doubts.append(f"{family} may have lost the capital after Mc")
    return replace(name, family=family), repairs, doubts


def _capitals(family: str, doubts: list[str]) -> tuple[str, list[Repair]]:
    if not _AFTER_HYPHEN.search(family) or doubts:
        return family, []
    first = family.split("-", 1)[0]
    if first.casefold() in PARTICLES:
        doubts.append(f"{family}: whether the particle {first} stood apart, and how the name is written, is not known")
        return family, []
    pieces = [family.split("-")[0]]
    for piece in family.split("-")[1:]:
        pieces.append(piece if piece.casefold() in PARTICLES else piece[:1].upper() + piece[1:])
    after = "-".join(pieces)
    why = "both parts of a double surname take a capital; archives lower the second"
    return after, [] if after == family else [Repair("authors", family, after, "REF-NAME", why)]
