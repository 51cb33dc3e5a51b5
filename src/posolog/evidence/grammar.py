"""Vancouver and author-date references, each as one function: words -> Fields or None. See also `archive.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from posolog.evidence.model import Name
from posolog.evidence.names import SUFFIX, from_surname

YEAR = r"(?:1[5-9]|20)\d\d"


@dataclass(slots=True)
class Fields:
    """What a grammar read. `names` are the words of each author; `stray` are words that went into no field."""

    names: list[str] = field(default_factory=list)
    authors: list[Name] = field(default_factory=list)
    et_al: bool = False
    values: dict[str, str] = field(default_factory=dict)
    stray: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)  # initials that stand where an author should
    damaged: list[str] = field(default_factory=list)  # names that lack their initials, or hold signs of no name
    style: str = ""


def take_suffix(words: str, found: Fields) -> bool:
    """ "Jr" as a piece of its own belongs to the author before it."""
    if not (found.authors and SUFFIX.fullmatch(words)):
        return False
    last = found.authors[-1]
    found.authors[-1] = Name(last.family, last.given, words)
    return True


_VANCOUVER = re.compile(
    rf"""(?P<title>.+?[.?!]["”’)]?)\s+
    (?P<container>[^.;?!]+?(?:\.\s?[^.;?!\d]+?)*?)[.,]?\s+
    (?P<year>{YEAR})(?P<date>(?:\s+[A-Z][a-z]{{2}}[a-z]*\.?(?:[-/][A-Z][a-z]{{2}})?(?:\s+\d{{1,2}})?)?)\s*
    (?:;\s*(?P<volume>[^:;()\s]+(?:\sSuppl\.?(?:\s\d+)?)?)?\s*(?:\((?P<issue>[^)]*)\))?)?\s*
    (?::\s*(?P<pages>[A-Za-z]?\d[\w–—-]*(?:\s?[-–—]\s?[A-Za-z]?\d+\w*)?(?:\s*,\s*\d[\w–-]*)*))?\s*\.?\s*(?P<stray>.*)""",
    re.X | re.S,
)


_YEAR_AT_END = re.compile(  # "Cancer 86:1216-1230, 1999"
    rf"""(?P<title>.+?[.?!]["”’)]?)\s+(?P<container>[^.:;?!\d]+?(?:\.\s?[^.;:?!\d]+?)*?)[.,]?\s+
    (?P<volume>\d+\w*(?:\sSuppl\.?(?:\s\d+)?)?)\s*(?:\((?P<issue>[^)]*)\))?\s*:
    \s*(?P<pages>[A-Za-z]?\d[\w–—-]*(?:\s?[-–—]\s?[A-Za-z]?\d+\w*)?),?\s*(?P<date>)\(?(?P<year>{YEAR})[a-z]?\)?
    \s*\.?\s*(?P<stray>.*)""",
    re.X | re.S,
)


def vancouver(text: str) -> Fields | None:
    """ "Thomas DA, Kantarjian H. Title. Cancer 1999;86(7):1216-30.", and "...: Title. Cancer 86:1216-30, 1999." """
    names, dot, rest = _surnames(text)
    if not dot:
        return None
    tail = _VANCOUVER.fullmatch(rest)
    if tail is None or not (tail["volume"] or tail["pages"]):
        tail = _YEAR_AT_END.fullmatch(rest)
    if tail is None:
        return None
    found = Fields(style="vancouver", stray=[part.strip() for part in (tail["date"], tail["stray"]) if part.strip()])
    found.et_al = _read_surnames(names, found)
    keys = ("title", "container", "volume", "issue", "pages", "year")
    found.values = {key: (tail[key] or "").strip() for key in keys}
    found.values["title"] = found.values["title"].removesuffix(".")
    return found


def _surnames(text: str) -> tuple[str, str, str]:
    """The words up to the full stop or colon that ends the authors, and what follows."""
    for match in re.finditer(r"(?<=[A-Za-zÀ-ž])([.:])\s+", text):
        names = text[: match.start()]
        if re.search(r"\bet\s+al$", names):
            return names, match[1], text[match.end() :]
        if all(from_surname(re.sub(r"^(?:and|&)\s+", "", one.strip())) or SUFFIX.fullmatch(one.strip())
               for one in re.split(r"[,;]", names)):  # fmt: skip
            return names, match[1], text[match.end() :]
        if match.start() > 20 and not re.search(r"[A-Z]{1,4}$", names):
            return "", "", text
    return "", "", text


def _read_surnames(names: str, found: Fields) -> bool:
    """Fills the authors; the answer says whether the list ends in et al."""
    cut = re.sub(r",?\s*\bet\s+al\.?$", "", names)
    for one in re.split(r"[,;]", cut):
        words = re.sub(r"^(?:and|&)\s+", "", one.strip())
        name = from_surname(words)
        if name:
            found.names.append(words)
            found.authors.append(name)
        elif not take_suffix(words, found) and words:
            found.stray.append(words)
    return cut != names


_AFTER_YEAR = re.compile(
    rf"""\(?(?P<year>{YEAR})[a-z]?\)?[.,:]?\s+(?P<title>.+?[.?!]["”’)]?)\s+
    (?P<container>[^.?!]+?),\s*(?P<volume>\d+\w*)\s*(?:\((?P<issue>[^)]*)\))?
    (?:\s*[,:]\s*(?:pp?\.\s*)?(?P<pages>[A-Za-z]?\d[\w–—-]*(?:\s?[-–—]\s?\w+)?))?\s*\.?\s*(?P<stray>.*)""",
    re.X | re.S,
)
_YEAR_LAST = re.compile(
    rf"""(?P<title>.+?[.?!])\s+(?P<container>[^.?!,]+(?:\.\s[^.?!,\d]+)*\.?)\s+
    (?P<volume>\d+\w*)(?:\s*\((?P<issue>[^)]*)\))?,\s*(?P<pages>[A-Za-z]?\d[\w–—-]*)\s*
    \((?P<year>{YEAR})[a-z]?\)\s*\.?\s*(?P<stray>.*)""",
    re.X | re.S,
)
_INVERTED = re.compile(
    r"\s*(?:(?:and|&)\s+)?(?P<family>[^,.&()]+?),\s*(?P<given>(?:[^\W\d_][^\W\d_]?\.[ -]?)+)\s*,?\s*"
)
_ET_AL = re.compile(r"(?:and\s+|&\s*)?et\s+al\.?,?\s*")


def author_date(text: str) -> Fields | None:
    """ "Thomas, D. A., & Smith, T. L. (1999). Title. Cancer, 86(7), 1216–1230." and "... Cancer 86, 1216 (1999)." """
    found = Fields(style="author-date")
    rest = text[_inverted(text, found) :]
    tail = _AFTER_YEAR.fullmatch(rest) or _YEAR_LAST.fullmatch(rest)
    if tail is None or not found.authors:
        return None
    found.stray = [tail["stray"].strip()] if tail["stray"].strip() else []
    keys = ("title", "container", "volume", "issue", "pages", "year")
    found.values = {key: (tail[key] or "").strip() for key in keys}
    found.values["title"] = found.values["title"].removesuffix(".")
    return found


def _inverted(text: str, found: Fields) -> int:
    """Reads "Thomas, D. A., & Smith, T. L." off the start; where the authors end."""
    at = 0
    while (match := _INVERTED.match(text, at)) is not None and len(match["family"].split()) <= 4:
        found.names.append(match[0].strip(" ,&"))
        found.authors.append(Name(match["family"].strip(), match["given"].strip()))
        at = match.end()
    cut = _ET_AL.match(text, at)
    found.et_al = cut is not None
    return cut.end() if cut else at
