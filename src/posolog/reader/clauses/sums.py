"""Totals and levels: an amount that is the sum of others, and amounts that are levels of one statement."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from posolog.protocol.model import Amount, Basis
from posolog.reader.amounts.levels import merge_levels, told_apart
from posolog.reader.clauses.core import Core
from posolog.reader.clauses.kinds import days_of
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token

_AND = re.compile(r"\s?,?\s?(?:and|or|,)\s?")
_OPENED = re.compile(r"\s?\((?:i\.e\.,?\s|=\s?)?")


def stated_total(text: str, core: Core) -> None:
    """ "A at a total dose of 90 mg/m2": the total is the amount where nothing else is; a cumulative dose never is."""
    token = core.draft.get("total amount")
    if token is None or core.draft.amount is not None or not isinstance(token.value, Amount):
        return
    lead = text[max(0, token.start - 24) : token.start].lower()
    if "cumulative" in lead:
        return
    basis = Basis.DAY if "daily" in lead else Basis.WEEK if "weekly" in lead else Basis.COURSE
    stated = token.value.basis
    core.draft.amount = replace(token.value, basis=basis if stated is Basis.UNSTATED else stated)
    core.draft.at, core.tentative = (token.start, token.end), False
    core.draft.notes += [token.note] if token.note else []


def levels(text: str, cores: list[Core]) -> list[Core]:
    """ "100 mg QD and 140 mg QD": two amounts of one agent at the same frequency are levels."""
    kept: list[Core] = []
    for core in cores:
        last = kept[-1] if kept else None
        if last is not None and _joined(text, last, core) and _level_of(last.draft, core.draft):
            merge_levels(last.draft, core.draft)
            last.draft.tokens += [t for t in core.draft.tokens if not last.draft.has(t.kind)]
            last.end, last.last = core.end, core.last
        else:
            kept.append(core)
    return kept


def _joined(text: str, last: Core, core: Core) -> bool:
    """ "and" stands between, and nothing that tells the two amounts apart."""
    if _AND.fullmatch(text[last.last : core.start]) is None:
        return False
    return last.draft.amount == core.draft.amount or not told_apart(text[last.draft.at[1] : core.draft.at[0]])


def _level_of(last: Draft, own: Draft) -> bool:
    """A step of the same agent in the same unit, and nothing said of the last one that is not said of this."""
    if own.amount is None or last.amount is None or own.agent.name != last.agent.name:
        return False
    if not (own.how == "step" and own.agent == last.agent) and not (own.how == last.how == "right" and not own.when):
        return False
    if own.amount.unit != last.amount.unit or own.amount.per is not last.amount.per:
        return False
    if not {token.kind for token in last.tokens} <= {"times", "route", "every"}:
        return False
    return all(_said(last, kind) <= _said(own, kind) for kind in ("every", "times"))


def _said(draft: Draft, kind: str) -> set[object]:
    return {token.value for token in draft.tokens if token.kind == kind}


def sums(text: str, cores: list[Core]) -> list[Core]:
    """ "30 mg/kg (10 mg/kg on days -4, -3 and -2)": the first amount is the sum of the bracket's days."""
    kept: list[Core] = []
    for core, after in zip_longest(cores, cores[1:]):
        if after is not None and _is_sum(core.draft, after.draft) and _OPENED.fullmatch(text[core.last : after.start]):
            start, end = core.draft.at
            after.draft.tokens.append(Token("total amount", start, end, core.draft.amount))
            after.draft.inferred.append("the amount before the bracket is the sum of its days")
        else:
            kept.append(core)
    return kept


def _is_sum(first: Draft, part: Draft) -> bool:
    """The first amount is the second times its days, of one agent."""
    a, b = first.amount, part.amount
    if a is None or b is None or not a.exact or not b.exact or part.agent != first.agent:
        return False
    count = len(days_of(part.get("days")))
    return a.unit == b.unit and a.per is b.per and count > 1 and b.exact * count == a.exact
