"""How a person silences a finding: by a reason that names its code or speaks of its matter.

A `stop` is settled by correcting the line only; a passed limit with a reason stays visible as a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from posolog.checks.view import lines_of
from posolog.core.finding import Finding, Severity
from posolog.protocol.model import Protocol

# What a reason must speak of when it does not name the code.
MATTER = {
    "REST-GAP": r"\brest|cover|two days|2 days",
    "CALENDAR-GAP": r"\brest|cover|nothing is given|no treatment",
    "SET-OR-RANGE": r"two days|2 days|set\b|range",
    "DAY-LABELS-MIXED": r"\bJ\b|French|jour",
    "DOSES-PER-DAY": r"once a day|single dose|administrations?|doses? a day|divided",
    "INTERVAL-UNSTATED": r"interval|between|weeks?|centre",
    "OPEN-END": r"\bend|stop|until|taper|open",
    "TAPER-ONLY-END": r"taper|rate",
    "AMOUNT-OPEN": r"amount|dose|lower bound|at least|up to",
    "AMOUNT-MISSING": r"amount|dose|activity|cell count",
    "CYCLE-LENGTH": r"cycle|length|number of",
    "STEP-IN-CYCLE-2": r"cycle",
    "ALLOCATION-UNSTATED": r"ratio|strat|allocation|randomi",
    "REGIMEN-COMPONENT": r"component|left out|G-CSF|filgrastim|without",
    "ANCHOR-EVENT": r"\bday|start|when|date",
    "TRANSLATION": r"transl|French|German|means|stands for|read as",
    "CAP-CONFLICT": r"\bcap|maximum|lower",
    "CAP-BINDING": r"\bcap|maximum",
    "LIMIT-PASSED": r"limit|ceiling|exceed|above|high-dose|high dose",
    "LIMIT-BY-SIZE": r"limit|cap|flat",
    "AGE-BOUNDARY": r"exactly|boundary|branch|falls",
    "COMPANION-MISSING": r"mesna|companion|support|hydration|premedication",
    "TWO-BASES": r"bas[ei]s|m²|kg",
    "ROUTE-UNSTATED": r"route|intraven|oral|\bIV\b|\bPO\b",
    "PRODUCT": r"product|rabbit|horse|brand|liposom",
    "SAME-DAY-IT-VINCA": r"same day|minibag|apart|intrathecal",
    "DAY-SYSTEMS": r"day|month|visit",
    "ENDPOINT-VISIT": r"visit|assess",
}
NAMED = re.compile(r"^\s*([A-Z0-9-]{3,})(?: at (?P<where>.+?))?\s*(?::.*)?$", re.DOTALL)


def open_findings(protocol: Protocol, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that no reason settles; a passed limit that one explains becomes a note."""
    because = {line.ident: line.because for _, line in lines_of(protocol) if line.because}
    because |= {part.name: part.because for part in protocol.parts if part.because}
    because |= {visits.name: visits.because for visits in protocol.visits if visits.because}
    because |= {endpoint.name: endpoint.because for endpoint in protocol.endpoints if endpoint.because}
    for finding in found:
        reasoned = _by_settled(protocol, finding) or _by_because(because, finding)
        if finding.code == "LIMIT-PASSED" and reasoned and finding.hazard != "H3":
            yield replace(finding, severity=Severity.NOTE, message=f"{finding.message} A reason is given.")
        elif finding.severity is Severity.STOP or not reasoned:
            yield finding


def _by_settled(protocol: Protocol, finding: Finding) -> bool:
    """`settled` names the code ("CODE", "CODE at LINE", "CODE: question"), or the matter and every place."""
    return any(
        _names_code(question, finding) or _speaks(f"{question} {because}", finding)
        for question, because in protocol.settled
    )


def _names_code(question: str, finding: Finding) -> bool:
    named = NAMED.match(question)
    if named is None or named.group(1) != finding.code:
        return False
    where = named.group("where")
    return where is None or any(where.casefold().startswith(p.where.casefold()) for p in finding.places if p.where)


def _speaks(words: str, finding: Finding) -> bool:
    matter = MATTER.get(finding.code)
    if matter is None or not re.search(matter, words, re.IGNORECASE):
        return False
    known = words.casefold()
    return bool(finding.places) and all(_subject(place.where) in known for place in finding.places)


def _subject(where: str) -> str:
    """The part's name of a line's ident "part name/number"."""
    return where.rpartition("/")[0].casefold() or where.casefold()


def _by_because(because: dict[str, str], finding: Finding) -> bool:
    """Every line or part of the finding carries a reason that names the code or speaks of its matter."""
    matter = MATTER.get(finding.code)
    pattern = re.escape(finding.code) + (f"|{matter}" if matter else "")
    return bool(finding.places) and all(
        re.search(pattern, because.get(place.where, ""), re.IGNORECASE) for place in finding.places
    )
