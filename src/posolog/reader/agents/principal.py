"""The agent that a text as a whole is about: who "the study drug" is, and whose dose "dosing begins at 100 mg" is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from posolog.reader.agents.codes import is_code
from posolog.reader.agents.defined import with_defined
from posolog.reader.agents.spot import spot
from posolog.reader.agents.spotted import Spotted

# Procedures, comparators and classes, which are what no trial is about.
_NO_PRINCIPAL = re.compile(r"transplant|graft|stem cell|placebo|chemotherapy|radi|irradiat|blood|plasma|cells\Z", re.I)
# What speaks of the trial's own dosing.
DOSING = re.compile(
    r"""\b(?: dos(?:e|es|ed|ing|ages?) | receiv\w+ | administ\w+ | given | treat\w* | start\w* | begin\w* | cohorts?
            | levels? | infus\w+ | inject\w+ | orally | take[ns]? | taking | escalat\w+ | regimens? )\b""",
    re.I | re.X,
)
ESCALATION = re.compile(
    r"""\b(?:
            dose[\s-]levels?|escalat\w+|MTD|maximum\stolerated|starting\sdose|doses\sare\splanned
            |dosing\s(?:will\s)?beg|cohorts?)\b""",
    re.I | re.X,
)


def principal(texts: Sequence[str], defined: Mapping[str, Spotted]) -> Spotted | None:
    """The agent named most often, a company's code before a listed drug; None where none or two lead."""
    named: Counter[str] = Counter()
    first: dict[str, Spotted] = {}
    for text in texts:
        for agent in with_defined(text, 0, len(text), spot(text, 0, len(text)), defined):
            if not agent.weak and not _NO_PRINCIPAL.search(agent.name):
                named[agent.name] += 1
                first.setdefault(agent.name, agent)
    if not named:
        return None
    ranked = Counter({name: named[name] for name in named if _own(first[name], defined)} or named).most_common(2)
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return None
    return first[ranked[0][0]]


def _own(agent: Spotted, defined: Mapping[str, Spotted]) -> bool:
    """A company's code, or a name in no list that the text introduces."""
    return is_code(agent.words) or (agent.words in defined and not agent.known)


def subject_of(words: str, near: Sequence[Spotted], whole: Callable[[], Spotted | None]) -> Spotted | None:
    """Whose dose a sentence tells that names no agent: of those named in the sentences before, else of the whole text.

    In words of dose escalation the agent that the text is about comes before its companion. `whole` finds it.
    """
    if near and (len({agent.name for agent in near}) == 1 or not ESCALATION.search(words)):
        return replace(near[0], sole=len({agent.name for agent in near}) == 1)
    about = whole() if near or DOSING.search(words) else None
    if about is None or (near and all(agent.name != about.name for agent in near)):
        return replace(near[0], sole=False) if near else None
    return replace(about, sole=False)
