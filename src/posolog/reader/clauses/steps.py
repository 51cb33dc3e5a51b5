""" "then" and "followed by" open a further step of the same agent; so does a second day set of another cycle."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.reader.clauses.core import Core
from posolog.reader.clauses.kinds import WHEN, skips_days, turns_with_cycle
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token

THEN = re.compile(r"\b(?:then|followed\sby|thereafter|subsequently|after\sthat|afterwards|next)\b", re.I)
_AND_ON = re.compile(r"\s?\)?,?\s?(?:;|,|and|and\son|and\sthen|then|&)?\s?(?:on\s|at\s)?")
_REST = re.compile(r"\s?(?:of\s)?(?:rest|break|off)")
_ENDS = ("for", "incycle", "thereafter", "weeks", "doses", "until")
_GOES_ON = ("rest", "until", "between", "open", "taper")
_KEPT = ("route", "infusion", "continuous", "bolus", "access", "cap", "cap amount")  # how it is given does not change


def steps(text: str, cores: list[Core]) -> list[Core]:
    """The cores, each cut where a further step of the same agent opens."""
    found: list[Core] = []
    for core in cores:
        core.draft.tokens.sort(key=lambda t: t.start)
        cut = _cut(text, core.draft)
        while cut:
            step = _step(core.draft, cut)
            found.append(core)
            opened = core.draft.tokens[cut].start
            core.draft.tokens = core.draft.tokens[:cut]
            core.draft.end = max([t.end for t in core.draft.tokens] + [core.draft.at[1]])
            core = Core(step, opened, step.end, step.end, core.tentative)
            cut = _cut(text, step)
        found.append(core)
    return found


def _step(draft: Draft, cut: int) -> Draft:
    """The further step: the tokens from the cut on, given as the step before is given."""
    head, tail = draft.tokens[:cut], draft.tokens[cut:]
    kept = [t for t in head if t.kind in _KEPT and not any(x.kind == t.kind for x in tail)]
    return replace(
        draft,
        tokens=[*kept, *tail],
        end=max(t.end for t in tail),
        inferred=[*draft.inferred],
        doubts=[*draft.doubts],
        notes=[*draft.notes],
    )


def _cut(text: str, draft: Draft) -> int:
    """The index of the first token of a further step, or 0."""
    tokens = draft.tokens
    for index in range(1, len(tokens)):
        here, last = tokens[index], tokens[index - 1]
        if here.kind not in WHEN or here.start < last.end or last.start < draft.start:
            continue
        earlier = [t.kind for t in tokens[:index] if _before(t, here, since=draft.at[0] - 200)]
        if earlier and (_opens_step(text, here, last, earlier) or _slower(text, tokens[: index + 2])):
            return index
    return 0


def _slower(text: str, tokens: list[Token]) -> bool:
    """ "weekly for 8 weeks, every 2 weeks for 16 weeks and every 4 weeks thereafter": each rhythm with its own end."""
    if len(tokens) < 4:
        return False
    rhythm, last, here, after = tokens[-4:]
    if not (skips_days(rhythm) or turns_with_cycle(rhythm)) or not turns_with_cycle(here) or here.kind != "every":
        return False
    ends = last.kind in (*_ENDS, "cycles") and after.kind in _ENDS and after.start - here.end < 12
    joint = text[last.end : here.start]
    return ends and _AND_ON.fullmatch(joint) is not None and re.search(r"[,;]|and", joint) is not None


def _before(token: Token, here: Token, *, since: int) -> bool:
    return token.kind in WHEN and token.end <= here.start and token.start >= since


def _opens_step(text: str, here: Token, last: Token, earlier: list[str]) -> bool:
    """ "daily for 5 days, then weekly"; "on day 1 of cycle 1 and days 1-5" (`earlier`: kinds said before)."""
    gap = text[last.end : here.start]
    then = THEN.search(gap)
    if last.kind in _GOES_ON and not then:
        return False
    if then and "rest" not in gap and not _REST.match(text, here.end, here.end + 12):  # "followed by a 10-day rest"
        return True
    second = here.kind == "days" and "days" in earlier and last.kind == "incycle"
    return second and _AND_ON.fullmatch(gap) is not None
