"""A draft's tokens -> a Give, with findings for what its words leave open."""

from __future__ import annotations

from dataclasses import dataclass, field

from posolog.core.finding import Finding
from posolog.protocol.model import Count, Give
from posolog.reader.drafting.caps import take_cap, two_readings
from posolog.reader.drafting.counts import frequency_of_count
from posolog.reader.drafting.days import days_of_cycle, only_one, take_days, take_taper
from posolog.reader.drafting.words import levels_counted, take_words, twice, with_basis
from posolog.reader.drafts import Draft
from posolog.reader.tokens.amount import cap_twice
from posolog.reader.tokens.daywords import DayWords
from posolog.reader.tokens.token import NOT_UNDERSTOOD, Token


@dataclass(slots=True)
class _Taken:
    """What the tokens have said so far: fields of the Give, findings, open questions."""

    fields: dict[str, object]
    findings: list[Finding]
    unsettled: list[str]
    tapering: list[tuple[str, DayWords]] = field(default_factory=list)  # days of a taper, and the kind before them


def build_give(text: str, draft: Draft) -> tuple[Give, tuple[Finding, ...], tuple[str, ...]]:
    """The Give, the findings on its words, and the questions that keep it from being dosed."""
    draft.tokens.sort(key=lambda token: token.start)
    taken = _Taken({}, [], [note for note in draft.notes if note.endswith(NOT_UNDERSTOOD)])
    tapered = min((token.start for token in draft.tokens if token.kind == "taper"), default=None)
    previous = ""
    for token in draft.tokens:
        if tapered is not None and token.kind == "days" and tapered < token.start and isinstance(token.value, DayWords):
            taken.tapering.append((previous, token.value))
        elif not _of_another(token, previous, draft, tapered):
            _take(taken, text, draft, token, previous)
        previous = token.kind
    taken.unsettled += take_taper(taken.fields, taken.tapering)
    _agree(taken.fields, text, draft)
    give = Give(agent=draft.agent.name, amount=draft.amount, **taken.fields)  # type: ignore[arg-type]
    return with_basis(give, draft), tuple(taken.findings), tuple(taken.unsettled)


def _of_another(token: Token, previous: str, draft: Draft, tapered: int | None) -> bool:
    """Times of a taper or a rest: "with a taper over 9 days", "a rest period (days 12 to 21)"."""
    if token.kind == "for" and tapered is not None and draft.at[1] < tapered < token.start:
        return True
    return token.kind in ("for", "days") and previous == "rest"


def _take(taken: _Taken, text: str, draft: Draft, token: Token, previous: str) -> None:
    if token.kind == "days":
        take_days(taken.fields, token.value, previous, draft)
    elif token.kind == "cap" and (found := cap_twice(text, token.end)):
        finding, question = two_readings(draft, token, found)
        taken.findings.append(finding)
        taken.unsettled.append(question)
    elif token.kind == "cap amount" and not taken.unsettled:
        take_cap(taken.fields, token)
    else:
        take_words(taken.fields, token)


def _agree(fields: dict[str, object], text: str, draft: Draft) -> None:
    """Fields that say one thing between them: counts that are levels or a frequency, one dose, days of a cycle."""
    if levels_counted(draft, fields):
        del fields["doses"]
    counted = draft.get("doses")
    if counted is not None and (often := frequency_of_count(text, counted, draft.amount)):
        fields["frequency"] = often
        fields.pop("doses", None)
    if fields.get("doses") == Count(1):
        only_one(fields)
    days_of_cycle(text, draft, fields)
    if "frequency" not in fields and (times := twice(text, draft)):
        fields["frequency"] = times
