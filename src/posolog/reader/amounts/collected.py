"""Cells that are to be collected, not given."""

from __future__ import annotations

import re

from posolog.protocol.model import Amount
from posolog.reader.amounts.around import Around
from posolog.reader.amounts.classes import (
    COLLECTED,
)

_COLLECTED_AFTER = re.compile(r"[^.;,]{0,40}\b(?:are|is|were|was|be)\s(?:collected|harvested|obtained)", re.I)
_COLLECTED = re.compile(
    r"""(?:
             defined\sas|reach\w*|number\sof|collect\w*|mobili[sz]\w*|harvest\w*|threshold|yield|aphere\w*|obtain\w*
             |content|procure\w*|at\sleast\sof|target\sof)\b[^.;]{0,60}$
        |\b(?:until|if)\s(?:a\s)?(?:minimum\sof\s|at\sleast\s)?$""",
    re.I | re.X,
)


def of_cells(around: Around) -> str | None:
    """Cells to be collected: "until at least 2 x 10^6 CD34+ cells/kg are collected"."""
    token = around.token
    if not isinstance(token.value, Amount) or token.value.unit.kind != "cells":
        return None
    lead = around.text[max(around.start, token.start - 80) : token.start]
    return COLLECTED if _COLLECTED.search(lead) or _COLLECTED_AFTER.match(around.text, token.end) else None
