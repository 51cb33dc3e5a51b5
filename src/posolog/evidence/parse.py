"""One entry -> one reference, what was mended in it, and what is told about it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from posolog.core.finding import Finding, Place, Severity
from posolog.evidence import ligature, nuclide
from posolog.evidence.archive import archive
from posolog.evidence.characters import mend_characters, mend_line_breaks
from posolog.evidence.entries import Entry
from posolog.evidence.grammar import Fields, author_date, vancouver
from posolog.evidence.identify import identifiers
from posolog.evidence.model import Name, Reference, Repair
from posolog.evidence.names import mended
from posolog.evidence.text import squash

_LOST = re.compile(r"\?{2,}|(?<=\w)\?(?=\w)|\ufffd+")
_DECIMAL = re.compile(r"\d+·\d+")
SEAM = 20  # characters on each side of a seam that are compared and shown
SHOWN = 300  # characters of an entry that a finding shows
_NEEDED = ("authors", "title", "container", "year")


@dataclass(slots=True)
class Draft:
    """A reference in the making; `where` names the file in findings."""

    entry: Entry
    where: str
    reference: Reference
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def tell(
        self, code: str, message: str, next_step: str, *, severity: Severity = Severity.ASK, words: str = ""
    ) -> None:
        place = Place("entry", _cut(words or squash(self.entry.words)), self.where, self.entry.line)
        self.findings.append(Finding(code, severity, message, next_step, (place,)))

    def mend(self, repair: Repair) -> None:
        self.repairs.append(repair)


def parse(entry: Entry, *, where: str, known: Collection[str] = ()) -> tuple[Reference, tuple[Finding, ...]]:
    """The reference of an entry, without a key. An entry that no grammar fits keeps its words as the title, marked.

    `known`: the words of the whole list, in small letters; they settle hyphens at line ends.
    """
    draft = Draft(entry, where, Reference("", words=entry.words, line=entry.line))
    words = mend_line_breaks(mend_characters(entry.words, draft.mend), known, draft.mend)
    words, named, more = identifiers(words)
    found: dict[str, Any] = dict(named)
    words = _across_the_seam(squash(words), draft)
    fields = archive(words) or vancouver(words) or author_date(words)
    if fields is None:
        draft.reference = replace(draft.reference, title=words, kind="document", **found)
        draft.doubts.append("title")
        step = "Write it as 'A. Author, Title, Journal, vol.N, pp.A-B, YEAR', or complete the entry by hand."
        draft.tell("REF-NOT-UNDERSTOOD", "this entry fits no known way of writing a reference", step)
    else:
        _fill(draft, fields, found)
        _complete(draft, fields)
    for address in more:
        draft.tell("REF-STRAY", f'"{address}" is a second identifier of its kind; no field holds it',
                   "Keep it by hand if it matters.", severity=Severity.NOTE, words=address)  # fmt: skip
    _tell_repairs(draft)
    reference = replace(draft.reference, repairs=tuple(draft.repairs), doubts=tuple(dict.fromkeys(draft.doubts)))
    return reference, tuple(draft.findings)


def _cut(words: str) -> str:
    """At most a few lines of words in a finding."""
    return words if len(words) <= SHOWN else words[:SHOWN] + " ..."


def _across_the_seam(words: str, draft: Draft) -> str:
    """Tells that two pieces were joined, and takes away the stray mark that the second one starts with."""
    seam = draft.entry.seam
    if seam is None:
        return words
    first, second = squash(seam[0])[-SEAM:], squash(seam[1])[:SEAM]
    mark = second.startswith(".") or (second.startswith(",") and re.search(r"[^\W\d]$", first) is not None)
    joined = f"{first} {second.lstrip('.,; ')}" if mark else f"{first} {second}"
    if joined != f"{first} {second}" and f"{first} {second}" in words:
        words = words.replace(f"{first} {second}", joined, 1)
        why = "the entry had been broken into two"
        draft.mend(Repair("title", f"{first[-12:]} {second}", joined[len(first[:-12]) :], "REF-REJOINED", why))
    draft.tell("REF-REJOINED", f'one entry had been broken into two; put together: "... {joined} ..."',
               "Compare with the paper.", severity=Severity.NOTE, words=f"{first} | {second}")  # fmt: skip
    return words


def _fill(draft: Draft, fields: Fields, found: dict[str, Any]) -> None:
    authors = tuple(_author(draft, name) for name in fields.authors)
    values: dict[str, Any] = {
        key: fields.values.get(key, "") for key in ("title", "container", "volume", "issue", "pages", "year")
    }
    draft.reference = replace(draft.reference, authors=authors, et_al=fields.et_al, **values, **found)
    _mass_number_from_issue(draft)
    for name in ("title", "container"):
        _mend_words(draft, name)
    for words in fields.damaged:
        draft.doubts.append("authors")
        message = f'"{words}" has lost its initials or letters, or holds signs of no name; it stays as it stands'
        draft.tell("REF-NAME-DOUBT", message, "Correct the name from the paper.", severity=Severity.NOTE, words=words)
    for initials in fields.nameless:
        _apart(draft, initials)


def _author(draft: Draft, name: Name) -> Name:
    better, repairs, doubts = mended(name)
    draft.repairs += repairs
    for doubt in doubts:
        draft.doubts.append("authors")
        draft.tell("REF-NAME-DOUBT", f"{doubt}; it stays as it stands", "Correct the name from the paper.",
                   severity=Severity.NOTE, words=str(name))  # fmt: skip
    return better


def _mass_number_from_issue(draft: Draft) -> None:
    """ "issue.90" beside "Y-epratuzumab" in the title is the 90 of 90Y: it goes back to where it came from."""
    one = draft.reference
    at = nuclide.slipped(one.title, one.issue)
    if at is None:
        return
    words = one.title[at:].split(" ", 1)[0]
    why = f"no journal has an issue {one.issue}; it is the mass number of {words}"
    draft.mend(Repair("title", words, one.issue + words, "REF-SUPERSCRIPT", why))
    draft.mend(Repair("issue", one.issue, "", "REF-SUPERSCRIPT", why))
    draft.reference = replace(one, title=one.title[:at] + one.issue + one.title[at:], issue="")


def _mend_words(draft: Draft, name: str) -> None:
    """Broken words, mass numbers set apart and raised decimal points in a title or a journal's name."""
    text = draft.reference.said(name)
    rules = (
        ("REF-LIGATURE", ligature.joins, "a space where the printed sign (ff, fi, fl) was split"),
        ("REF-SUPERSCRIPT", nuclide.apart, "a raised mass number belongs to its element"),
        ("REF-DECIMAL", _decimals, "a raised point is a decimal point"),
    )
    for code, rule, why in rules:
        for start, end, after in reversed(rule(text)):
            draft.mend(Repair(name, text[start:end], after, code, why))
            text = text[:start] + after + text[end:]
    draft.reference = _with(draft.reference, name, text)


def _with(one: Reference, name: str, text: str) -> Reference:
    return replace(one, title=text) if name == "title" else replace(one, container=text)


def _decimals(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m[0].replace("·", ".")) for m in _DECIMAL.finditer(text)]


def _apart(draft: Draft, initials: str) -> None:
    """Initials without a surname belong to the author before them: one name taken apart."""
    *others, last = draft.reference.authors
    joined = replace(last, given=f"{last.given} {initials}".strip())
    draft.mend(Repair("authors", f"{last}, and {initials}", str(joined), "REF-NAME-APART",
                      "initials without a surname are part of the name before them"))  # fmt: skip
    draft.doubts.append("authors")
    draft.tell(
        "REF-NAME-APART",
        f'"{last}, ... {initials}" is one name taken apart; joined as {joined}. Which initial comes first, and whether '
        f'"{last.given}" was a particle (Le, De), the words do not say',
        "Correct the name from the paper.", words=f"{last}, and {initials}",
    )  # fmt: skip
    draft.reference = replace(draft.reference, authors=(*others, joined))


def _complete(draft: Draft, fields: Fields) -> None:
    """What is lost, and what went into no field."""
    one = draft.reference
    if fields.values.get("title cut"):
        draft.doubts.append("title")
        stray = "".join(f' "{word}" stands in its place and was left out.' for word in fields.stray)
        draft.tell("REF-TITLE-CUT", f"the beginning of the title is lost.{stray}", "Write the title from the paper.",
                   words=one.title)  # fmt: skip
    elif fields.stray:
        for word in (word for word in fields.stray if re.search(r"\w", word)):
            draft.tell("REF-STRAY", f'"{word}" went into no field', "Keep it by hand if it matters.",
                       severity=Severity.NOTE, words=word)  # fmt: skip
    for opening, closing in ("()", "[]"):
        if one.title.count(opening) != one.title.count(closing):
            draft.doubts.append("title")
            draft.tell("REF-TITLE-CUT", f'the title has lost a bracket: "{one.title}"',
                       "Write the title from the paper.", words=one.title)  # fmt: skip
    for gap in _LOST.finditer(one.title):
        draft.doubts.append("title")
        message = f'"{gap[0]}" stands for letters that are lost in "{one.title[max(0, gap.start() - 15) :][:40]}"'
        draft.tell("REF-TITLE-CUT", message, "Write the title from the paper.", words=one.title)
    for symbol in nuclide.bare(one.title):
        draft.doubts.append("title")
        near = one.title[symbol.start() :][:40]
        draft.tell("REF-TITLE-CUT", f'"{symbol[0]}" stands without its mass number in "{near}"',
                   "Write the mass number from the paper.", words=one.title)  # fmt: skip
    lost = [name for name in _NEEDED if not one.said(name)]
    if lost:
        draft.doubts += lost
        draft.tell("REF-INCOMPLETE", f"the words do not hold: {', '.join(lost)}", "Complete the entry from the paper.")


def _tell_repairs(draft: Draft) -> None:
    for repair in draft.repairs:
        if repair.code in ("REF-REJOINED", "REF-NAME-APART"):
            continue  # told where they were made
        after = f'"{repair.after}"' if repair.after else "nothing"
        message = f'{repair.field}: "{squash(repair.before)}" became {after}: {repair.why}'
        draft.tell(repair.code, message, "Compare with the paper.", severity=Severity.NOTE, words=repair.before)
