"""Amounts that stand side by side: levels of a list, a range, a total beside its parts, one amount in two units."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.protocol.model import Amount, Basis
from posolog.reader.amounts import classes
from posolog.reader.amounts.joined import breakdown, daily_sum
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token

_OR_ELSE = re.compile(r"\s?\((?:or|but)\s", re.I)
_SAME_AGAIN = re.compile(
    r"""(?:\sdose)?\s?[(\[/=]\s?(?:
            or\s|=\s?|i\.e\.,?\s|equal\sto\s|equals\s|(?:equivalent|corresponding)\sto\s|corresponds\sto\s)?
        (?:approximately\s|about\s|[~≈]\s?)?""",
    re.X,
)
_UP_TO = re.compile(r"\s?(?:-|–|to|up to)\s?")
_DASH = re.compile(r"\s?[-–]\s?")
# "240 ug/kg/day (120 ug/kg q12h); 320 ...": a part in a bracket, which holds no schedule of its own.
_PARTS = re.compile(r"\s?\((?![^()]*\b(?:over|for|daily|days|weeks|once|twice|then)\b)[^()]{0,60}\)")
_FROM = re.compile(r"\bfrom\s\Z", re.I)
_THEN_TO = re.compile(
    r"(?:\s(?:PO|IV|SC|orally|once|twice|daily|weekly|b\.?i\.?d\.?|q\.?d\.?|a\sday|per\sday)){1,4},?\s(?:up\s)?to\s",
    re.I,
)
_LISTED = re.compile(r"\s?(?:,|;)?\s?(?:and|or|,|/)?\s?(?:or\s)?")
# "200 mg (Cohort 1) and 250 mg (Cohort 2)", "Cohort 1: 200 mg, Cohort 2: 250 mg": the names between the levels.
_COHORT = r"(?:dose[\s-])?(?:cohorts?|levels?|dose)\s?#?(?:-?\d{1,2}|[A-H]|I{1,3}|IV)"
_NAMED_LEVEL = re.compile(
    rf"\s?[(\[](?:in\s|for\s)?{_COHORT}[)\]]|\b(?:in\s|for\s)?{_COHORT}\s?(?:[:=,-]|at\b|\()?\s?(?=\Z)", re.I
)
# "first dose 20 mg/m2, 27 mg/m2 thereafter", "loading dose of 6 mg/kg": one patient's next dose is no other level.
_FIRST = re.compile(
    r"\b(?:first|loading|initial|priming|test)\s(?:dose|infusion|injection)\s?(?:of|at|:|is)?\s?\Z", re.I
)
_FOR_WHOM = re.compile(r"[^()]{0,40}\b(?:for|if|in|on|days?|when|age|patients|after|or|cycle)\b")

# "20 mg in the morning and 10 mg in the evening", "20 mg (40 patients), 30 mg (40 patients)"
_TOLD_APART = re.compile(
    r"""\b(?:morning|evening|bedtime)\b | \(\s?(?:n\s?=\s?)?\d+\s(?:patients|subjects|participants)\s?\)
      | \b(?:for|in)\s(?:patients|subjects|participants|those|children|adults|recipients)\s
        (?!treated|enrolled|receiv)""",
    re.I | re.X,
)


def told_apart(between: str) -> bool:
    """The words between two amounts make them doses of two times of the day, of two arms or of other patients."""
    return _TOLD_APART.search(between) is not None


def one_amount(text: str, drafts: list[Draft]) -> tuple[list[Draft], list[tuple[Token, str]]]:
    """Amounts of one agent that are one statement: lists are levels, "a to b" a range, "300 mg (5 mL)" one amount."""
    kept: list[Draft] = []
    drafts, same = _of_a_day(text, drafts)
    for draft in drafts:
        last = kept[-1] if kept else None
        if last is None or last.agent != draft.agent or last.amount is None or draft.amount is None:
            kept.append(draft)
        elif why := _same_said(text, last, last.amount, draft, draft.amount):
            same.append((Token("amount", *draft.at, draft.amount), why))
        else:
            parted = bool(same) and same[-1][1] == classes.PART and last.at[1] < same[-1][0].start < draft.at[0]
            if not _merged(text, last, last.amount, draft, draft.amount, parted=parted):
                kept.append(draft)
    return kept, same


def _same_said(text: str, last: Draft, before: Amount, draft: Draft, amount: Amount) -> str:
    """The class of an amount that says the one before it otherwise: summed up, in parts, in another unit; else ""."""
    gap = text[last.at[1] : draft.at[0]]
    conditional = bracketed_condition(text, draft.at[1])
    if daily_sum(text, before, last.at[1], amount, *draft.at):
        return classes.TOTAL
    if breakdown(gap, before, amount) and not conditional:
        return classes.PART
    if _OR_ELSE.fullmatch(gap) and conditional:
        return ""  # "1500 mg (or 20 mg/kg if below 30 kg)"
    opened = gap.rfind("(") > gap.rfind(")") and before.unit.kind != amount.unit.kind
    return classes.OTHER_UNIT if opened or (_SAME_AGAIN.fullmatch(gap) and not _alike(last, draft)) else ""


def _merged(text: str, last: Draft, before: Amount, draft: Draft, amount: Amount, *, parted: bool) -> bool:
    """Whether the amount has become the end of a range, or a level, of the one before it."""
    gap = text[last.at[1] : draft.at[0]]
    if before.unit.kind != amount.unit.kind or before.per is not amount.per:
        return False
    if _OR_ELSE.fullmatch(gap) and bracketed_condition(text, draft.at[1]):
        return False
    ranged = _ranged(text, last, gap) and before.exact and amount.exact
    if ranged or (_upwards(last, draft) and not gap.strip()):  # "75 mg up to 300 mg"
        _range(last, draft)
        return True
    listed = _listed(_PARTS.sub("", gap) if parted else gap) and not (last.has("days") or _step(text, last))
    if listed or (_DASH.fullmatch(gap) and before.low and amount.exact):  # "200 mg - 500 mg - 1000 mg"
        merge_levels(last, draft)
        return True
    return False


def _of_a_day(text: str, drafts: list[Draft]) -> tuple[list[Draft], list[tuple[Token, str]]]:
    """ "50 mg/day, 30 mg in the morning and 20 mg in the evening": the two are the parts of the first."""
    for whole, one, two in zip(drafts, drafts[1:], drafts[2:], strict=False):
        a, b, c = whole.amount, one.amount, two.amount
        if whole.agent.name != two.agent.name or not (a and b and c and a.exact and b.exact and c.exact):
            continue
        if a.unit == b.unit == c.unit and a.exact == b.exact + c.exact and told_apart(text[one.at[1] : two.at[0]]):
            parts = (one, two)
            left = [draft for draft in drafts if draft not in parts]
            return left, [(Token("amount", *part.at, part.amount), classes.PART) for part in parts]
    return drafts, []


def _ranged(text: str, last: Draft, gap: str) -> bool:
    """ "10 to 20 mg", and "from 20 mg PO daily to 400 mg PO daily"."""
    if _UP_TO.fullmatch(gap):
        return True
    return _THEN_TO.fullmatch(gap) is not None and _FROM.search(text, max(0, last.at[0] - 6), last.at[0]) is not None


def _upwards(last: Draft, draft: Draft) -> bool:
    """One amount, then one that is told as a most."""
    assert last.amount is not None and draft.amount is not None
    most = draft.amount.low is None and draft.amount.high is not None
    return last.amount.exact is not None and most and not last.tokens


def _listed(gap: str) -> bool:
    """Between two levels stand commas, "and", and the names of cohorts."""
    return _LISTED.fullmatch(_NAMED_LEVEL.sub("", gap)) is not None


def _step(text: str, last: Draft) -> bool:
    """The amount before is a first dose: the next one follows it in the same patient."""
    return _FIRST.search(text, max(0, last.at[0] - 30), last.at[0]) is not None


def bracketed_condition(text: str, position: int) -> bool:
    """Words after an amount in a bracket that make it another dose: for whom, or when."""
    return _FOR_WHOM.match(text, position, position + 60) is not None


def _alike(last: Draft, draft: Draft) -> bool:
    assert last.amount is not None and draft.amount is not None
    return last.amount.unit == draft.amount.unit and last.amount.per is draft.amount.per


def _range(last: Draft, draft: Draft) -> None:
    assert last.amount is not None and draft.amount is not None
    factor = last.amount.unit.factor / draft.amount.unit.factor
    low, high = last.amount.low, draft.amount.high
    if low is None or high is None:
        return
    low = low * factor
    last.amount = replace(draft.amount, low=min(low, high), high=max(low, high))
    _extend(last, draft)


def merge_levels(last: Draft, draft: Draft) -> None:
    assert last.amount is not None and draft.amount is not None
    factor = draft.amount.unit.factor / last.amount.unit.factor
    both = ((last.amount, 1), (draft.amount, factor))
    values = [value * by for amount, by in both for value in (amount.levels or (amount.low, amount.high)) if value]
    levels = tuple(dict.fromkeys(values))
    if len(levels) > 1:
        basis = last.amount.basis if last.amount.basis is not Basis.UNSTATED else draft.amount.basis
        last.amount = replace(last.amount, low=None, high=None, levels=levels, basis=basis)
    _extend(last, draft)


def _extend(last: Draft, draft: Draft) -> None:
    last.end, last.at = max(last.end, draft.end), (last.at[0], draft.at[1])
    last.notes += [note for note in draft.notes if note not in last.notes]
