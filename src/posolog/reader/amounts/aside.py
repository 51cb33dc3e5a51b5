"""Amounts that are no dose of this trial by the words beside them, each with its class."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from posolog.reader.amounts.around import Around, last_end
from posolog.reader.amounts.changes import of_change
from posolog.reader.amounts.collected import of_cells
from posolog.reader.amounts.entry import of_entry
from posolog.reader.amounts.measured import of_measurement
from posolog.reader.amounts.strengths import of_strength
from posolog.reader.amounts.volumes import of_volume
from posolog.reader.tokens.cues import in_small
from posolog.reader.tokens.token import Token

_BY_ALL_WORDS = (of_cells, of_strength, of_volume, of_change)
_BY_OWN_WORDS = (of_measurement, of_entry)  # by the words since "will receive" alone
_WILL_RECEIVE = in_small(
    r"""\b(?:will|shall)\s(?:\w+\s)?(?:
            receive|take|start|be\s(?:given|treated|administered|started|randomi[sz]ed|assigned|allocated))\b""",
    re.X,
)


def kind_of(text: str, start: int, token: Token) -> str:
    """The class of an amount that is no dose by the words beside it, or ""; `start` is where its sentence begins."""
    lead = text[max(start, token.start - 90) : token.start].lower()
    around = Around(text, start, token, lead, text[token.start : token.end])
    kind = _first(_BY_ALL_WORDS, around)
    if kind is None:
        own = lead[max(last_end(_WILL_RECEIVE, lead), lead.rfind("}") + 1) :]  # "{clearance > 60 mL/min} 25 mg"
        kind = _first(_BY_OWN_WORDS, replace(around, lead=own))
    return kind or ""


def _first(rules: tuple[Callable[[Around], str | None], ...], around: Around) -> str | None:
    """What the first rule with an opinion says: a class, or "" for an amount that is a dose."""
    for rule in rules:
        if (kind := rule(around)) is not None:
            return kind
    return None
