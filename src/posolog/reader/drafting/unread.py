"""What a sentence holds and no line says: amounts without an agent, amounts that are no dose, numbers not used."""

from __future__ import annotations

import re

from posolog.core.finding import Severity
from posolog.reader.agents import spot
from posolog.reader.drafting.arms import again
from posolog.reader.drafting.quotes import finding_at
from posolog.reader.drafting.sheet import Here, Sheet
from posolog.reader.drafting.stays import stays
from posolog.reader.model import Claim, State
from posolog.reader.settle import Told

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")


def name_unplaced(sheet: Sheet, here: Here) -> None:
    """A finding for every amount that no agent has; a sentence that holds only amounts that are no dose is claimed."""
    told, found = here.told, here.found
    for token in () if told.background else found.unplaced:
        words = here.text[token.start : token.end].strip()
        sheet.findings.append(
            finding_at(
                "AMOUNT-UNREAD", Severity.ASK, here.block, token.start, token.end,
                f"The amount {words!r} could not be given to an agent.",
                "Write the line by hand, or mark the sentence as informative.",
            )
        )  # fmt: skip
    claim_aside(sheet, told)
    if told.aside and not any(draft.kept for draft in told.drafts) and (told.background or not found.unplaced):
        sheet.claim(here.block, here.start, here.end, State.INFORMATIVE, f"not a dose: {told.aside[0][1]}")


def claim_aside(sheet: Sheet, told: Told) -> None:
    """Amounts that are no dose, each with its class."""
    sheet.claims += (
        Claim(told.block, token.start, token.end, State.INFORMATIVE, f"not a dose: {kind}")
        for token, kind in told.aside
    )


def name_numbers(sheet: Sheet, here: Here) -> None:
    """Every number of a sentence that was read must have been used; the others are named, never passed over."""
    if stays(here.text, here.start, here.end) or again(here.text, here.start, here.end):
        return
    spans = _read_spans(here)
    for match in _NUMBER.finditer(here.text[here.start : here.end]):
        at = here.start + match.start()
        if not any(first <= at < last + 1 for first, last in spans):
            sheet.findings.append(
                finding_at(
                    "NUMBER-UNREAD", Severity.ASK, here.block, at, here.start + match.end(),
                    f"The number {match.group()!r} was not used in reading its sentence.",
                    "Compare the drafted lines with the words; correct the line if the number belongs to it.",
                )
            )  # fmt: skip


def _read_spans(here: Here) -> list[tuple[int, int]]:
    """Where the tokens, agents and conditions of the sentence stand."""
    agents = here.found.agents or spot(here.text, here.start, here.end)
    return [(one.start, one.end) for group in (here.found.tokens, agents, here.conditions) for one in group]
