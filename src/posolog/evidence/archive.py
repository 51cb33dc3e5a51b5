"""References as archives print them: "D. A. Thomas, and T. L. Smith, Title, Cancer, vol.86, pp.1216-30, 1999." """

from __future__ import annotations

import re

from posolog.evidence.grammar import YEAR, Fields, take_suffix
from posolog.evidence.model import Name
from posolog.evidence.names import INITIALS_ONLY, SURNAME, from_initials

_LOCATORS = (("volume", r"vol\.\s*(.*)"), ("issue", r"issue\.\s*(.*)"), ("pages", r"pp?\.\s*(.*)"))
_YEAR = re.compile(rf"({YEAR})[a-z]?\.?")
_LOCATED = re.compile(r"(?:^|,)\s*(?:vol|issue|pp?)\.[^,]*$")
_STRAY = re.compile(r"(?:pp?|vol|issue)\.\s*[\w-]+")
_GOES_ON = re.compile(r"(?:USA|U\.S\.A\.?|Part [A-Z]|Series [A-Z]|Section [A-Z]|[A-Z]|and [A-Z].*)")
_MONTH = r"(?:janv|jan|févr|feb|mars|mar|avr|apr|mai|may|juin|jun|juill|jul|août|aug|sept|sep|oct|nov|déc|dec)\w*"
_DATED = re.compile(rf"(?P<name>.+?)\.\s*(?P<date>(?:\d{{1,2}}(?:er)?\s+)?{_MONTH}(?:\s+\d{{1,2}})?)\.?", re.I)
_DEBRIS = re.compile(r"^[&\]\[?.\s]+")
_NUMBERED_INITIALS = re.compile(r"(?<=\. )\d{1,3}\.\s*")
_SMALL_JOURNALS = ("npj", "eLife", "bioRxiv", "medRxiv", "mBio", "iScience", "mAbs", "hal")


def archive(text: str) -> Fields | None:
    """The fields of an entry, or None where neither authors nor volume, issue, pages and year show that it is one."""
    found = Fields(style="archive")
    head = _locators(text.strip(), found)
    rest = _authors(head, found)
    if not found.authors and len(found.values) < 2:
        return None
    return _title_and_container(rest, found)


def _locators(text: str, found: Fields) -> str:
    """Takes volume, issue, pages and year off the end, in any order; what is left ends in the journal."""
    while True:
        left, comma, piece = text.rpartition(",")
        piece = piece.strip()
        key, value = _locator(piece.removesuffix("."), found)
        if key:
            found.values[key] = value
        elif comma and re.fullmatch(r"\d{1,6}\.?", piece) and _LOCATED.search(left):
            found.stray.insert(0, piece.removesuffix("."))
        else:
            return text
        if not comma:
            return ""
        text = left


def _locator(piece: str, found: Fields) -> tuple[str, str]:
    year = _YEAR.fullmatch(piece)
    if year and "year" not in found.values:
        return "year", year[1]
    for key, pattern in _LOCATORS:
        match = re.fullmatch(pattern, piece)
        if match and key not in found.values:
            return key, match[1].strip()
    return "", ""


def _authors(head: str, found: Fields) -> str:
    """Takes the authors off the head; what is left starts at the title."""
    at, ended = 0, False
    while not ended and at < len(head):
        end = head.find(",", at)
        end = len(head) if end < 0 else end
        piece = head[at:end].strip()
        last = piece.startswith("and ")
        words = piece.removeprefix("and ").strip()
        if piece in ("et al.", "et al") or _take_with_others(words, found):
            found.et_al = ended = True
        elif " and " in words and all(map(_name, words.split(" and "))):
            for one in words.split(" and "):
                _take(one, found)
            ended = True
        elif not (take_suffix(words, found) or _take(words, found)):
            break
        at, ended = end + 1, ended or last
    return head[at:]


def _name(words: str) -> Name | None:
    """A name with initials; with a number among them, or with debris in their place, as damaged archives have it."""
    plain = from_initials(words)
    if plain is not None:
        return plain if re.match(r"[^\W\d_]{1,2}\.", plain.given) else None
    numbered = _NUMBERED_INITIALS.sub("", words)
    if numbered != words and (name := from_initials(numbered)):
        return Name(name.family, words[: words.rindex(name.family)].strip())
    bare = _DEBRIS.sub("", words)
    if bare == words:
        return None
    return from_initials(bare) or (Name(bare) if re.fullmatch(SURNAME, bare) else None)


def _take(words: str, found: Fields) -> bool:
    """Adds one author, or initials without a name."""
    if found.authors and INITIALS_ONLY.fullmatch(words):
        found.nameless.append(words.strip())
        return True
    name = _name(words)
    if name is None:
        return False
    if not from_initials(words) or "?" in words:
        found.damaged.append(words)
    found.names.append(words)
    found.authors.append(name)
    return True


def _take_with_others(words: str, found: Fields) -> bool:
    """ "Z. Ying et al.": the author, and that there were more."""
    name = re.sub(r"\s+et al\.?$", "", words)
    return name != words and _take(name, found)


def _title_and_container(rest: str, found: Fields) -> Fields:
    """Splits "title, journal" at the last comma; a date behind the journal's name went into no field."""
    rest = _title_start(rest.strip(), found)
    located = any(key in found.values for key in ("volume", "issue", "pages"))
    title, comma, container = rest.rpartition(",")
    if comma and _GOES_ON.fullmatch(container.strip()) and "," in title:
        title, _, more = title.rpartition(",")
        container = f"{more},{container}"
    container = _undated(container.strip(), found) if located else container.strip()
    if located and not comma:
        title, container = _at_full_stop(container, found)
    elif not (located and _starts_as_name(container)) and not _looks_like_journal(container):
        title, container = rest, ""
    found.values["title"], found.values["container"] = title.strip(), container
    return found


def _title_start(rest: str, found: Fields) -> str:
    """Drops empty pieces, stray page numbers and a year before the title: its beginning is lost there."""
    while rest:
        piece, comma, after = rest.partition(",")
        piece = piece.strip()
        year = _YEAR.fullmatch(piece)
        if piece and not _STRAY.fullmatch(piece) and not (year and comma):
            break
        if year and "year" not in found.values:
            found.values["year"] = year[1]
        elif piece:
            found.stray.append(piece)
        found.values["title cut"] = "yes"
        rest = after.lstrip() if comma else ""
    return rest


def _undated(container: str, found: Fields) -> str:
    """ "Blood. 1 févr" without its date."""
    match = _DATED.fullmatch(container)
    if match is None:
        return container
    found.stray.append(match["date"])
    return match["name"]


def _at_full_stop(words: str, found: Fields) -> tuple[str, str]:
    """ "Recovery from radiation injury. Science": title and journal without a comma between them."""
    title, stop, container = words.rpartition(". ")
    if stop and _looks_like_journal(container):
        return title, container
    return ("", words) if found.values.get("title cut") and _looks_like_journal(words) else (words, "")


def _starts_as_name(words: str) -> bool:
    """Journals' names start with a capital, save a few."""
    return bool(words) and (not words[0].islower() or words.startswith(_SMALL_JOURNALS))


def _looks_like_journal(words: str) -> bool:
    pieces = words.split()
    return 0 < len(pieces) <= 6 and all(piece[:1].isupper() or piece in {"of", "the", "and", "in"} for piece in pieces)
