"""The administrations of one sentence -> lines of its part, and flat statements."""

from __future__ import annotations

from itertools import pairwise

from posolog.core.finding import Finding
from posolog.protocol.condition import Condition
from posolog.protocol.model import Count, Give
from posolog.reader.agents import agent_class
from posolog.reader.drafting.arms import optional_class
from posolog.reader.drafting.build import build_give
from posolog.reader.drafting.cycles import cycles_of
from posolog.reader.drafting.days import thereafter
from posolog.reader.drafting.flat import flat_statement
from posolog.reader.drafting.owners import part_of
from posolog.reader.drafting.parts import DraftLine
from posolog.reader.drafting.quotes import alternatives, as_do, located, quote_of, repairs
from posolog.reader.drafting.sheet import Here, Sheet
from posolog.reader.drafting.stays import rest_after
from posolog.reader.drafting.strict import one_line
from posolog.reader.drafts import Draft
from posolog.reader.scope.conditions import joined
from posolog.reader.settle.for_some import AS_REPLACED
from posolog.reader.tokens.blocks import Block


def draft_administrations(sheet: Sheet, here: Here) -> bool:
    """Lines and statements of the drafts that were kept; True when the sentence holds administrations."""
    drafts = tuple(draft for draft in here.told.drafts if draft.kept)
    if not drafts:
        return bool(here.told.drafts) and not here.told.background
    before: Give | None = None
    lines: list[DraftLine] = []
    begins = [_begin(here.text, left.end, right.start) for left, right in pairwise(drafts)]
    for draft, since, until in zip(drafts, [drafts[0].start, *begins], [*begins, here.end], strict=True):
        line, before = _draft_one(sheet, here, draft, drafts, (since, until), before)
        lines.append(line)
    part = part_of(sheet, here.block)
    part.cycles = cycles_of(here.found) or part.cycles
    _leave_to_choice(sheet, here.block, lines)
    part.lines += lines
    if rest := rest_after(here.found):
        part.lines.append(DraftLine(rest, [here.place], because="the stated rest follows the stated infusion"))
    return True


def _draft_one(
    sheet: Sheet, here: Here, draft: Draft, drafts: tuple[Draft, ...], reach: tuple[int, int], before: Give | None
) -> tuple[DraftLine, Give]:
    """The line of one of the sentence's drafts, and its Give as read; its words lie within `reach`."""
    lone = len(drafts) == 1
    give, findings, unsettled = build_give(here.text, draft)
    give = _stepped(give, draft, before, here)
    sheet.findings += _noted(here.block, draft, findings)
    condition = _scope(here, draft, reach, lone=lone)
    if condition is None and AS_REPLACED in draft.inferred:
        unsettled = (*unsettled, "told for some patients: for whom was not read")
    said, open_questions = one_line(give)
    line = DraftLine(
        as_do(give) or said,
        [quote_of(here.block, here.start, here.end, draft, lone=lone)],
        condition,
        unsettled=unsettled + open_questions + alternatives(here.text, draft, drafts),
        because="; ".join(draft.inferred),
    )
    mine = [c for c in here.conditions if c.opens or reach[0] <= c.start < min(draft.end + 40, reach[1])]
    sheet.statements.append(flat_statement(here.block, draft, give, mine, condition, findings, unsettled))
    return line, give


def _noted(block: Block, draft: Draft, findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings on the draft's words and repairs, placed in the text."""
    return [located(finding, block, draft) for finding in findings] + repairs(block, draft)


def _stepped(give: Give, draft: Draft, before: Give | None, here: Here) -> Give:
    """A further step of the same agent begins when the step before ends."""
    if before is None or before.agent != give.agent or not draft.has("thereafter") or give.days is not None:
        return give
    lasts = next((t.value for t in here.found.tokens if t.kind == "continuous" and isinstance(t.value, int)), None)
    return thereafter(give, before, Count(lasts) if isinstance(lasts, int) else None)


def _begin(text: str, left: int, right: int) -> int:
    """Where the words of the draft at `right` begin: at a bracket opened behind the one before, "(over 65: 8 mg)"."""
    opened = text.rfind("(", left, right)
    return opened if opened >= 0 and ")" not in text[opened:right] else right


def _scope(here: Here, draft: Draft, reach: tuple[int, int], *, lone: bool) -> Condition | None:
    """Conditions that open the sentence or stand inside the statement's own words restrict it."""
    last = min(draft.end + 60, reach[1])
    return joined([c for c in here.conditions if c.opens or lone or reach[0] <= c.start < last])


def _leave_to_choice(sheet: Sheet, block: Block, lines: list[DraftLine]) -> None:
    """ "FLAG +- anthracycline": the lines of that agent or class are left to choice."""
    root = sheet.blocks[block.parents[-1]] if block.parents and not block.marker else block
    wanted = optional_class(root.text)
    for line in lines if wanted else ():
        if isinstance(line.what, Give) and wanted in (line.what.agent.lower(), agent_class(line.what.agent)):
            line.optional = True
