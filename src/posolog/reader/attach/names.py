"""Which of the names spotted in a sentence are agents here: synonyms merged, placebos told, parts of schedules left."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.reader.agents import Spotted
from posolog.reader.tokens.token import Token

_PLACEBO = re.compile(r"placebo\s(?:match(?:ing|ed)|for|of)\s(?:to\s)?(?:the\s)?\Z", re.I)
_ABBREVIATION = re.compile(r"[A-Z]{2,5}")
# Between a name and its synonym: "Cyclosporine A (CSA", "thymoglobulin (R) / ATG", "X (also known as Y".
_SYNONYM = re.compile(
    r"""\s? (?: [®™] | \((?:R|TM)\) )? \s? [(\[/=] \s?
      | \s? \( (?: also\ called | also\ known\ as | i\.e\.,? | formerly | brand\ name ) \s""",
    re.X,
)


def agents_of(text: str, named: list[Spotted], rest: list[Token]) -> list[Spotted]:
    """The agents among the names of a sentence, given its schedule tokens."""
    merged = [agent for agent in _merged(text, named) if not _timed_by(text, agent)]
    return [_or_placebo(text, agent) for agent in _outside(merged, rest)]


# "on the day of X administration", "before each X infusion", "on weeks without X dosing", "(pre-X)": X tells a time.
_TIMED_BY = re.compile(
    r"""\b(?: without | days?\sof | prior\sto | before | after | following | during | with\seach | hours\sof ) \s
        (?: the\s | each\s | every\s | first\s | last\s | initial\s | daily\s | weekly\s ){0,3} \Z""",
    re.I | re.X,
)
_ITS_GIVING = re.compile(
    r"""\s(?:administration|infusions?|dosing|injections?|doses?)s?\s?
        (?=[,;.()]|\Z|and\s\d|at\sa\sdose|(?:on\s)?days?\b)""",
    re.I | re.X,
)
# "the day of and after X"
DAY_OF = re.compile(r"\bthe\sday\s(?:of|after|before)\s(?:and\s(?:after|before)\s)?(?:each\s)?\Z", re.I)
_BESIDE = re.compile(r"\b(?:pre|post|peri|non|anti)-\Z", re.I)


def _timed_by(text: str, agent: Spotted) -> bool:
    if agent.words[:4].lower() in ("pre-", "post") and "-" in agent.words[:5]:
        return True
    if agent.words[:1].islower() and _BESIDE.search(text[max(0, agent.start - 5) : agent.start]):
        return agent.known and text[agent.start - 5 : agent.start - 1].lower() != "anti"
    lead = text[max(0, agent.start - 32) : agent.start]
    if DAY_OF.search(lead):
        return True
    return _ITS_GIVING.match(text, agent.end) is not None and _TIMED_BY.search(lead) is not None


def _or_placebo(text: str, agent: Spotted) -> Spotted:
    """ "placebo matching X" is a placebo, never X."""
    if _PLACEBO.search(text[max(0, agent.start - 26) : agent.start]):
        return replace(agent, name="placebo", words="placebo")
    return agent


def _outside(agents: list[Spotted], rest: list[Token]) -> list[Spotted]:
    """Agents that are no part of a schedule ("7 days prior to stem cell infusion")."""
    spans = [(t.start, t.end) for t in rest if t.kind in ("days", "doses", "infusion")]
    return [a for a in agents if not any(x <= a.start and a.end <= y for x, y in spans)]


def _merged(text: str, agents: list[Spotted]) -> list[Spotted]:
    """An agent and its synonym in brackets or after a stroke are one: "Cyclosporine A (CSA", "serum (ATG)"."""
    found: list[Spotted] = []
    for agent in agents:
        gap = text[found[-1].end : agent.start] if found else ""
        if found and (_are_one(found[-1], agent, gap=gap) or _second_synonym(text, found[-1], agent, gap)):
            opened = bool(gap) and text[agent.end : agent.end + 2].lstrip()[:1].isdigit()
            found[-1] = _one_name(found[-1], agent, of_regimen=opened)
        elif not (found and gap == " " and _OF_ITS_KIND.fullmatch(agent.words)):
            found.append(agent)
    return found


# "cytarabine chemotherapy 2 g/m2": the second word says what the first one is
_OF_ITS_KIND = re.compile(r"chemotherapy|immunotherapy|antibody|antibodies|vaccine", re.I)


def _second_synonym(text: str, last: Spotted, agent: Spotted, gap: str) -> bool:
    """ "globulin (ATG; Thymoglobulin)": the bracket that holds one synonym holds another."""
    inside = "(" in text[last.start : last.end] and ")" not in text[last.start : last.end]
    return inside and gap.strip() in (";", ",", "/", "or") and text[agent.end : agent.end + 1] == ")"


def _are_one(last: Spotted, agent: Spotted, *, gap: str) -> bool:
    if not _SYNONYM.fullmatch(gap):
        return False
    if last.weak:
        return agent.known and "(" in gap and _ABBREVIATION.fullmatch(last.words) is not None
    same = last.name == agent.name
    return same or ("/" not in gap and (not last.known or "(" in gap))


def _one_name(last: Spotted, agent: Spotted, *, of_regimen: bool) -> Spotted:
    """The name that a list holds; the first one's where both are listed, unless only the second is sure.

    "CP (cyclophosphamide 200 mg": the abbreviation before the bracket is the regimen's, and the drug's own name counts.
    """
    if of_regimen and _ABBREVIATION.fullmatch(last.words) and agent.known and not agent.words.isupper():
        return agent
    own = last.known and (last.name == agent.name or agent.weak)
    name = last.name if own or not agent.known else agent.name
    return Spotted(last.start, agent.end, name, last.words, last.known or agent.known)
