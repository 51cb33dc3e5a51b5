"""Clean invented references, and a seeded damager that does to them what archives do.

Each damaged reference carries what can be known from the damaged words: a page range that was added up stays as it
stands, a title whose beginning is lost stays cut.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

_SURNAMES = (
    "Abadie Bodin-Carré Castelli Dellacasa Griffiths Hofmann Ito Jäger Kowalczyk Lefèvre Moreau Nakamura O'Brien "
    "Pérez-Alonso Quintero Rossi Szabó Tanaka Ulrich Vasquez Weber Xu Young Zhang Saint-Clair Martín-Gil Müller "
    "Sheffield Butterfield Scoffield Delafield Raffini Buffet Pfister Caufield Duflot Gaffney Lefranc"
)
SURNAMES = _SURNAMES.split()
INITIALS = ("A.", "B. C.", "D.", "E. F.", "J.-P.", "M. L.", "N.", "P. R. S.", "T.", "V. W.")
SUBJECTS = (
    "Efficacy and safety of {agent} in relapsed or refractory acute lymphoblastic leukaemia",
    "First results of {agent} after failure of chemotherapy: a multicentre phase II trial",
    "Influence of marrow infiltration on the dosimetry of {agent}",
    "Treatment of aggressive lymphoma with {agent}, rituximab, and prednisone in elderly patients",
    "A different effect of {agent} in B-cell and T-cell disease?",
    "Specific binding of {agent} to leukaemic blasts identified by flow cytometry",
    "Is the field ready for {agent} in first remission",
    "Myelosuppression after {agent}: an insufficiently studied benefit and risk",
    "Diffuse large B-cell lymphoma, {agent} and the classification of response",
    "Fractionated {agent}: definition of the maximum tolerated dose, 5.3 years of follow-up",
)
AGENTS = (
    "90Y-epratuzumab tetraxetan", "131I-tositumomab", "177Lu-lilotomab", "inotuzumab ozogamicin", "anti-CD22 antibodies",
    "90Y-ibritumomab tiuxetan", "111In-labelled antibodies", "moxetumomab pasudotox", "225Ac-lintuzumab",
)  # fmt: skip
JOURNALS = (
    "Blood", "Leukemia", "J Clin Oncol", "Haematologica", "Br J Haematol", "Eur J Nucl Med Mol Imaging", "Lancet Oncol",
    "Int J Radiat Biol", "Clin Cancer Res", "Proceedings of the Invented Society, Part B", "N Engl J Med",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A reference by its fields, the words that an archive makes of it, and the damage done."""

    authors: tuple[tuple[str, str], ...]
    title: str
    container: str
    volume: str
    issue: str
    pages: str
    year: str
    url: str = ""
    et_al: bool = False
    words: str = ""
    damage: tuple[str, ...] = ()


def clean(rng: random.Random) -> Case:
    people = tuple((rng.choice(INITIALS), name) for name in rng.sample(SURNAMES, rng.randint(1, 6)))
    first = rng.randint(1, 4999)
    span = rng.randint(3, 14)
    last = str(first + span)
    kept = last if rng.random() < 0.5 or len(str(first)) != len(last) else short(str(first), last)
    pages = str(first) if rng.random() < 0.1 else f"{first}-{kept}"
    return Case(
        people,
        rng.choice(SUBJECTS).format(agent=rng.choice(AGENTS)) + f", part {rng.randint(1, 10**6)}",
        rng.choice(JOURNALS),
        str(rng.randint(1, 400)),
        str(rng.randint(1, 24)) if rng.random() < 0.4 else "",
        pages,
        str(rng.randint(1985, 2024)),
        et_al=rng.random() < 0.1,
    )


def short(first: str, last: str) -> str:
    same = next(i for i in range(len(first)) if first[i] != last[i])
    return last[same:]


def split_ligature(rng: random.Random, words: str) -> str:
    """A space after one printed sign of `words`."""
    places = [m.end() for m in re.finditer(r"(?:ffi|ffl|ff|fi|fl)(?=[a-z])", words, re.I)]
    if not places:
        return words
    at = rng.choice(places)
    return f"{words[:at]} {words[at:]}"


def as_archive(case: Case, rng: random.Random, kinds: set[str]) -> Case:
    """The words that an archive makes of a case, with each kind of damage of `kinds` that it can suffer."""
    done: list[str] = []
    if "cut" in kinds:
        case = replace(case, title=case.title[case.title.find(" ", 10) + 1 :])
    shown_title, shown_issue = case.title, case.issue

    def mark(kind: str, before: str, after: str) -> str:
        if before != after:
            done.append(kind)
        return after

    if "ligature" in kinds:
        shown_title = mark("ligature", shown_title, split_ligature(rng, shown_title))
    if "superscript" in kinds:
        shown_title = mark("superscript", shown_title, re.sub(r"\b(90|131|177|111|225)(?=[A-Z])", r"\1 ", shown_title))
    if "decimal" in kinds:
        shown_title = mark("decimal", shown_title, re.sub(r"(?<=\d)\.(?=\d)", "·", shown_title))
    if "issue" in kinds and not case.issue and case.title.count("90Y-") == 1 and "superscript" not in done:
        shown_title, shown_issue = shown_title.replace("90Y-", "Y-"), "90"
        done.append("issue")
    pages, shown_pages = case.pages, case.pages
    first, dash, last = pages.partition("-")
    if "pages" in kinds and dash and len(last) < len(first) and int(last) < 50:
        shown_pages = f"{first}-{int(first) + int(last)}"
        done.append("pages")
    names = [shown_name(given, family, rng, kinds, done) for given, family in case.authors]
    text = joined(names, et_al=case.et_al)
    if "apart" in kinds and len(names) > 1 and not case.et_al:
        given, family = case.authors[-1]
        shown = names[-1].removeprefix(f"{given} ")
        text = f"{', '.join(names[:-1])}, L. {shown}, and {given} "
        case = replace(case, authors=(*case.authors[:-1], (f"L. {given}", family)))
        done.append("apart")
    tail = f", {case.container}, vol.{case.volume}"
    tail += f", issue.{shown_issue}" if shown_issue else ""
    tail += f", pp.{shown_pages}" if "-" in shown_pages else f", p.{shown_pages}"
    words = f"{text}, {shown_title}{tail}, {case.year}."
    if "cut" in kinds:
        words = f"{text}, , p.22\n\n, {shown_title}{tail}, {case.year}."
        done.append("cut")
    elif "broken" in kinds:
        middle = shown_title.find(" ", len(shown_title) // 2)
        before, after = shown_title[:middle], shown_title[middle + 1 :]
        words = f"{text}, {before}\n\n. {after}{tail}, {case.year}."
        done.append("broken")
    url = ""
    if "url" in kinds:
        url = f"https://hal.archives-ouvertes.fr/hal-{rng.randint(10**7, 10**8)}"
        words += f"\nURL : {url}"
        done.append("url")
    return replace(case, pages=shown_pages, url=url, words=words, damage=tuple(done))


def shown_name(given: str, family: str, rng: random.Random, kinds: set[str], done: list[str]) -> str:
    shown = family
    if "hyphen" in kinds:
        shown = re.sub(r"-([A-Z])", lambda m: m[0].lower(), shown)
    if "name ligature" in kinds and re.search(r"(?:ff|fi|fl)[a-z]", shown):
        shown = re.sub(r"(ffi|ffl|ff|fi|fl)(?=[a-z])", r"\1-", shown, count=1)
    if shown != family:
        done.append("name")
    return f"{given} {shown}"


def joined(names: list[str], *, et_al: bool) -> str:
    if et_al:
        return f"{', '.join(names)} et al."
    if len(names) <= 2:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


KINDS = (
    "ligature",
    "superscript",
    "decimal",
    "issue",
    "pages",
    "hyphen",
    "name ligature",
    "apart",
    "broken",
    "cut",
    "url",
)


def damaged(seed: int, count: int) -> list[Case]:
    """`count` references, each with one to four kinds of damage."""
    rng = random.Random(seed)
    return [as_archive(clean(rng), rng, set(rng.sample(KINDS, rng.randint(1, 4)))) for _ in range(count)]
