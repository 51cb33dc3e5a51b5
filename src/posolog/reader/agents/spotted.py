"""An agent as it stands in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spotted:
    """An agent in the text: `name` as the formulary calls it (or the lower-cased words), `words` as written.

    `known` says that the formulary holds it, `weak` that the word is an agent only beside an amount, `sole` that no
    other agent has been named before a later sentence that names none.
    """

    start: int
    end: int
    name: str
    words: str
    known: bool
    weak: bool = False
    sole: bool = False


_STUDY_AGENT = re.compile(r"(?:study|trial|investigational|the)\s[a-z]+\Z")


def is_study_agent(agent: Spotted) -> bool:
    """ "study drug", "investigational product": stands for the agent that the trial is about."""
    return agent.weak and _STUDY_AGENT.match(agent.name.lower()) is not None
