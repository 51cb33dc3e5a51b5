"""Names that a text itself gives its agents: "lenalidomide (LEN)", "OM = omacetaxine"; "the study drug XY-12"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from posolog.reader.agents.own_names import own_names
from posolog.reader.agents.spot import spot
from posolog.reader.agents.spotted import Spotted
from posolog.reader.agents.words import key

_WORD = r"[A-Z][A-Za-z0-9]{1,7}(?:-[A-Za-z0-9]{1,4})?"
# "lenalidomide (LEN)", "methotrexate [MTX; HD]", "X (hereafter LEN)", "X, hereafter LEN", "X (abbreviated as LEN)".
_BRACKETED = re.compile(
    rf"""[(\[,]
       (?: (?<= [(\[] )
         (?: (?: also\s | here(?:in)?after\s | henceforth\s | abbreviated\s | abbreviation:?\s | referred\sto\s
               | called\s | known\s | as\s | the\s ){{1,4}} )?
         ["'“”]? (?P<short>{_WORD}) ["'“”]? \s? [)\];,]
       | (?<= , ) \s (?: here(?:in)?after | henceforth | abbreviated ) \s (?: referred\sto\s | called\s | as\s ){{0,3}}
         ["'“”]? (?P<later>{_WORD}) ["'“”]? \s? [,.;)] )""",
    re.X,
)
# "OM = omacetaxine", "LEN (lenalidomide)": the short name first, one agent behind it.
_EQUALS = re.compile(r"[=(]\s?(?=[a-z])")
_BEFORE_EQUALS = re.compile(r"(?<![\w-])(?P<short>[A-Z](?:[a-z]{1,4}|[A-Za-z]?[A-Z0-9][A-Za-z0-9-]{0,8}))\s?\Z")
_SHORT_LENGTH = 12  # characters of the longest short name and the blank behind it
_TWO_DIGITS = re.compile(r"\d.*\d")
_ALONE = re.compile(r"\s?(?:[);.]|,\s(?![a-z]+\s(?:and|plus))|$)")
_LISTED = re.compile(r"(?:\b(?:and|plus|with|or)\s|[,/+&-]\s?)(?:the\s|oral\s|iv\s|low-dose\s)?\Z", re.I)
_NAME_END = re.compile(r"[A-Za-z0-9]\Z")
_SHORT = re.compile(rf"(?<![\w-]){_WORD}(?![\w-])")
# Abbreviations that mean a route, a rhythm, a group or a measure far more often than an agent.
_COMMON = frozenset(
    """
    IV PO SC IM IT IP SQ QD BID TID QID BD OD PRN AUC MTD DLT CR PR SD PD OS PFS ORR AE SAE PK BSA BMI RT TBI US USA EU
    UK FDA EMA HSCT SCT ASCT BMT GVHD AML ALL CML CLL NHL MDS MM HL HD LD DLBCL MCL
    """.split()
)


def defined_in(texts: Sequence[str]) -> dict[str, Spotted]:
    """Abbreviation -> the agent that the text says it stands for; none that two agents share.

    Names that no list holds, but that the text says are agents, stand for themselves.
    """
    found: dict[str, Spotted] = {}
    shared: set[str] = set()
    for text in texts:
        for short, agent in _definitions(text):
            if short in found and found[short].name != agent.name:
                shared.add(short)
            found.setdefault(short, agent)
    named = {short: agent for short, agent in found.items() if short not in shared}
    for name, sure in own_names(texts).items():
        if not spot(name, 0, len(name)):
            named.setdefault(name, Spotted(0, len(name), name, name, False, not sure))
    return named


def _definitions(text: str) -> Iterator[tuple[str, Spotted]]:
    for match in _BRACKETED.finditer(text):
        short, end = match["short"] or match["later"], match.start()
        end -= text[end - 1 : end] == " "
        if short not in _COMMON and _NAME_END.search(text[max(0, end - 1) : end]):
            agents = spot(text, max(0, end - 40), end)
            if agents and agents[-1].end == end and not agents[-1].weak:
                listed = _LISTED.search(text[max(0, agents[-1].start - 14) : agents[-1].start]) is not None
                if _stands_for(short, agents[-1], listed=listed):
                    yield short, agents[-1]
    for match in _EQUALS.finditer(text):
        before = _BEFORE_EQUALS.search(text, max(0, match.start() - _SHORT_LENGTH), match.start())
        short = before["short"] if before else ""
        if not short or (short[0].lower() != text[match.end()] and not _TWO_DIGITS.search(short)):
            continue  # no short name, or what its letters cannot stand for
        agents = spot(text, match.end(), min(len(text), match.end() + 50))
        first = agents[0] if agents and agents[0].start == match.end() and not agents[0].weak else None
        alone = first is not None and _ALONE.match(text, first.end)
        if first and alone and short not in _COMMON and _stands_for(short, first, listed=True):
            yield short, first


def _stands_for(short: str, agent: Spotted, *, listed: bool) -> bool:
    """Its capitals say so (MTX), or its letters stand in the name in this order ("Dex"): no maker ("Roche").

    Behind the last agent of a list the letters must say so: "bendamustine and rituximab (BR)" names both.
    """
    capitals, digits = sum(char.isupper() for char in short), sum(char.isdigit() for char in short)
    if digits > 1 or (not listed and capitals + digits > 1):
        return True
    rest = iter(key(agent.words))
    return key(short)[:1] == key(agent.words)[:1] and all(char in rest for char in key(short))


def with_defined(
    text: str, start: int, end: int, agents: list[Spotted], defined: Mapping[str, Spotted]
) -> list[Spotted]:
    """The agents of text[start:end] with those named by their abbreviation, which may be a weak name of a list."""
    if not defined:
        return agents
    more = [
        replace(defined[match.group()], start=match.start(), end=match.end(), words=match.group())
        for match in _finder(tuple(defined)).finditer(text, start, end)
        if match.group() in defined
        and not any(a.start < match.end() and match.start() < a.end and not _weaker(a, match) for a in agents)
    ]
    if not more:
        return agents
    kept = [a for a in agents if not any(a.start == b.start and a.end == b.end for b in more)]
    return sorted([*kept, *more], key=lambda agent: agent.start)


def _weaker(agent: Spotted, match: re.Match[str]) -> bool:
    """The listed name is this very word and counts only beside an amount, or has two meanings."""
    return agent.weak and (agent.start, agent.end) == match.span()


@lru_cache(maxsize=64)
def _finder(names: tuple[str, ...]) -> re.Pattern[str]:
    """Finds these names as whole words; abbreviations alone are found by their shape."""
    if all(_SHORT.fullmatch(name) for name in names):
        return _SHORT
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
