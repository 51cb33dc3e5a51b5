"""What a reference is, as plain frozen data, and what was mended to get it."""

from __future__ import annotations

from dataclasses import dataclass, field

# The fields that are read from words, in the order in which a reference prints.
FIELDS = ("authors", "title", "container", "volume", "issue", "pages", "year", "doi", "pmid", "url")


@dataclass(frozen=True, slots=True)
class Name:
    """One author. A group or a firm has only `family`; `suffix` is Jr, III and the like."""

    family: str
    given: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of one field: `before` stands in the source, `after` in the reference, `code` names the rule.

    Undoing the repairs of a field, last first, gives words of the source back.
    """

    field: str
    before: str
    after: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One work. A field that the words do not hold is empty; pages and year stay as they are written.

    `et_al` says that the list of authors was cut short. `doubts` names the fields that stand as they were found
    although something is wrong with them. `whence` names, field by field, what did not come from the words.
    """

    key: str
    authors: tuple[Name, ...] = ()
    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    et_al: bool = False
    kind: str = "article-journal"  # a type of CSL
    doubts: tuple[str, ...] = ()
    whence: tuple[tuple[str, str], ...] = ()
    words: str = field(default="", compare=False)
    line: int | None = field(default=None, compare=False)
    repairs: tuple[Repair, ...] = field(default=(), compare=False)

    def said(self, name: str) -> str:
        """One of `FIELDS` as text, authors joined by commas."""
        return ", ".join(str(author) for author in self.authors) if name == "authors" else str(getattr(self, name))

    def short(self) -> str:
        """One line without a style: authors, title, journal year;volume(issue):pages.

        >>> Reference("poe2001", (Name("Poe", "A."),), "A study", "Blood", "1", "", "2-9", "2001").short()
        'Poe A. A study. Blood 2001;1:2-9'
        """
        names = ", ".join(
            f"{name.family} {name.given.replace('.', '').replace(' ', '')}".strip() for name in self.authors
        )
        people = f"{names}, et al. " if self.et_al else f"{names}. " if names else ""
        where = self.volume + (f"({self.issue})" if self.issue else "")
        where += f":{self.pages}" if self.pages else ""
        end = f"{self.year};{where}" if self.year and where else self.year or where
        title = self.title if self.title.endswith(("?", "!", ".")) else f"{self.title}." if self.title else ""
        return people + " ".join(part for part in (title, self.container, end) if part)
