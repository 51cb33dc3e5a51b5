"""Objectives and endpoints of a sentence, named by its own words or by the heading it stands under."""

from __future__ import annotations

import re

from posolog.protocol.model import Endpoint, Source, Visits
from posolog.reader.model import State
from posolog.reader.purpose.endpoints import endpoints_of, panel_of, roles_in
from posolog.reader.purpose.guard import gives, has_amount, has_schedule
from posolog.reader.purpose.notebook import Notebook
from posolog.reader.purpose.remarks import Text, harmless
from posolog.reader.purpose.sections import Section

_ITEM = re.compile(
    r"(?:(?:[IVX]{1,4}|\d{1,2}|[A-Ha-h])[.)]\s*|\(\w{1,3}\)\s*|[-*•]\s*)|(?:to|further)\s+[a-z]+|(?:Evaluat|"
    r"Assess|Determin|Compar|"
    r"Estimat|Describ|Correlat|Analy[sz]|Examin|Investigat|Characteri[sz]|Measur|Explor|Defin|Establish|"
    r"Identify|Demonstrat|"
    r"Obtain|Observ|Monitor|Study|Test|Document|Validat|Develop)(?:e|y|s)?\s",
    re.I,
)
_FINITE = re.compile(r"\b(?:will|is|are|was|were|be|has|have|must|should|may|can)\b")
_RANKS = frozenset(
    (
        "primary",
        "main",
        "principal",
        "major",
        "secondary",
        "tertiary",
        "exploratory",
        "correlative",
        "other",
        "coprimary",
    )
)
_PLAN = re.compile(r"\b(?:will|must|should|shall|patients\s+(?:are|receive))\b", re.I)
_RECONSTITUTION = re.compile(r"\bimmune\s+reconstitution\b", re.I)
_EXPLORATORY = "exploratory objective: no endpoint of the protocol"
_UNRANKED = "the text lists it as an objective without calling it primary or secondary"


def goals_of(
    reading: Notebook, sentence: Text, body: int, section: Section, source: Source, *, listed: bool, child: bool
) -> tuple[State | None, str]:
    """Objectives and endpoints, named by the sentence itself or by the heading it stands under."""
    text = sentence.text
    ranked = not _RANKS.isdisjoint(sentence.words) and (not body or section.kind != "purpose")
    stretches = roles_in(text[body:], body) if ranked else ()
    found: list[Endpoint] = []
    if stretches:
        for stretch in stretches:
            if stretch.role:
                found += endpoints_of(text[stretch.start : stretch.end], stretch.role, source)
        exploratory = not any(stretch.role for stretch in stretches)
    elif section.kind == "purpose" and _is_item(text[body:], listed=listed, child=child):
        exploratory = not section.role
        because = "" if section.ranked else _UNRANKED
        found += endpoints_of(text[body:], section.role, source, because=because) if section.role else ()
        if found and not section.ranked:
            reading.unranked.append(source)
    else:
        return None, ""
    if not found and not exploratory:
        return None, ""
    reading.endpoints += found
    reading.visits += _panel(text, found, source)
    if not harmless(sentence):
        return None, ""
    return (State.READ, found[0].role) if found else (State.INFORMATIVE, _EXPLORATORY)


def _is_item(text: str, *, listed: bool, child: bool) -> bool:
    """Whether words under a heading of objectives name one: an item of the list, or a phrase without a verb."""
    if _ITEM.match(text.lstrip()) is not None:
        return not (has_amount(text) and gives(text))
    if not listed or len(text) > 400 or has_amount(text) or (gives(text) and has_schedule(text)):
        return False
    return (_PLAN if child else _FINITE).search(text) is None


def _panel(text: str, found: list[Endpoint], source: Source) -> list[Visits]:
    """An endpoint with time points and a bracketed list of what is measured asks for visits, too."""
    items = panel_of(text)
    timed = [endpoint for endpoint in found if endpoint.at]
    if not items or len(timed) != 1:
        return []
    name = "immune reconstitution" if _RECONSTITUTION.search(text) else timed[0].name
    return [Visits(name, timed[0].after, timed[0].at, items, sources=(source,))]
