"""Which statement a schedule belongs to: the one before it, unless the words join it to the next one.

"A 10 mg on day 1, B 20 mg": A's. "day 1: A 10 mg" and "A 10 mg, on day 2 B 20 mg": the next one's.
"""

from __future__ import annotations

import re

from posolog.protocol.model import Amount
from posolog.reader.clauses.core import Core
from posolog.reader.clauses.kinds import PLACED, turns_with_cycle
from posolog.reader.clauses.steps import THEN
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token

_MAY_LEAD = (
    *("days", "every", "times", "for", "route", "infusion", "weeks", "incycle", "cycles", "doses"),
    *("continuous", "open", "bolus", "dayspercycle"),
)
# What parts a schedule from the statement beside it.
_SPLIT = re.compile(
    r"""[,;.] | \+ | \s[-–•*]\s
      | \b(?: and | or | then | plus | followed | with | combin\w* | concurrent\w*
            | versus | vs | but | while | whereas )\b""",
    re.I | re.X,
)
# "weekly at a dose of 10 mg", "twice daily (10 mg": the amount follows the schedule at once.
_AMOUNT_NEXT = re.compile(r"\s?(?:[(]|at(?:\sa)?(?:\sdose(?:s)?)?(?:\sof)?|of|:|-|–|=|,?\s?receive)?\s?\Z", re.I)
_NEW_CLAUSE = re.compile(r"[;.]\s?(?:\w+\s){0,4}$")
# "Three monthly cycles of consolidation will be given": what follows, not what stands before.
_NEXT_PHASE = re.compile(
    r"\sof\s(?:\w+\s)?(?:consolidation|maintenance|intensification|induction)(?:\s\w+)?\s(?:will|are|is|were)\b",
    re.I,
)
_OF_DOSING = re.compile(
    r"""[;,(–-]\s?(?:
            dosing|both|all\s(?:drugs|agents|three|four|doses)|each|infusions|treatment|administration|doses)
        \b[^;.,()]{0,40}\Z""",
    re.I | re.X,
)
_ARM_LABEL = re.compile(r"\b(?:arm|group|cohort|stratum)\s\w{1,4}\s?(?:\([^()]{0,40}\)\s?)?:", re.I)
_OF = re.compile(r"\sof\s(?:the\s)?(?:intravenous\s|oral\s|autologous\s)?")
_ONLY_COMMA = re.compile(r"\)?\s?(?:infusion|injection|bolus)?(?:\([^()]{0,30}\)\s?)?,\s?(?:on\s|at\s)?")
_COLON = re.compile(r"\s?:")
_TOTAL_OF_IT = re.compile(
    r"\s?(?:\([^()]{0,20}\)|\))?,?\s?(?:at|with|to|in)?\s?(?:an?\s)?total\s(?:dose\s)?(?:of\s)?", re.I
)
_LOADING = re.compile(r"\s?\(\s?(?:an?\s|with\s|after\s|initial\s|first\s)*loading[^()]*")
_PASSING = re.compile(
    r"\b(?:following|after|before)\s(?:the\s)?(?:administration\sof\s|infusion\sof\s|end\sof\s)?\Z", re.I
)
_MORE_DAYS = re.compile(
    r"""(?: \s(?:following|after|before)\s (?:[\w-]+\s){1,4} (?=and\b) )?
        \s? (?: , | ; | and | & | or | ,\s?and | \+ )? \s? (?:also\s)? (?:on\s|at\s)? (?:the\s)?""",
    re.I | re.X,
)


def allot(text: str, token: Token, cores: list[Core], leading: list[Token]) -> None:
    """Hands the token to the core it belongs to, or to the leading ones of the sentence."""
    inside = next((c for c in cores if c.start <= token.start < c.end), None)
    before = next((c for c in reversed(cores) if c.end <= token.start and not _in_passing(text, c)), None)
    after = next((c for c in cores if c.start >= token.end), None)
    if inside is not None:
        inside.put(token)
    elif token.kind.endswith(" amount"):
        _allot_amount(text, token, before, cores)
    elif before is not None:
        _allot_between(text, token, (_before_loading(text, before, cores, token), after), cores, leading)
    elif after is not None:
        leading.append(token)


def _in_passing(text: str, core: Core) -> bool:
    """ "on day 1 after cisplatin and on day 8": cisplatin says when, and has no schedule here."""
    agent = core.draft.agent
    return core.draft.amount is None and _PASSING.search(text[max(0, agent.start - 40) : agent.start]) is not None


def _allot_amount(text: str, token: Token, before: Core | None, cores: list[Core]) -> None:
    """A cap or a total belongs to the last amount before it; "A to a total dose of 90 mg" to A itself."""
    real = next((c for c in reversed(cores) if c.end <= token.start and c.draft.amount is not None), None)
    alone = before is not None and before.draft.amount is None
    own = before is not None and alone and _TOTAL_OF_IT.fullmatch(text[before.end : token.start])
    target = before if own else real or (before if token.kind == "total amount" else None)
    if target is not None and _same_kind(target.draft, token):
        target.put(token)


def _same_kind(draft: Draft, token: Token) -> bool:
    amount = draft.amount
    return amount is None or not isinstance(token.value, Amount) or token.value.unit.kind == amount.unit.kind


def _allot_between(
    text: str, token: Token, beside: tuple[Core, Core | None], cores: list[Core], leading: list[Token]
) -> None:
    before, after = beside
    if token.kind == "cycles" and _NEXT_PHASE.match(text, token.end):
        leading.append(token)  # a sentence that has lost the stop before it
        return
    if turns_with_cycle(token) and _stands_alone(text, token, before, after):
        _for_all_before(token, before, cores)
    elif after is None and token.kind in PLACED and _of_dosing(text, token, before, cores):
        _for_all_untimed(token, before, cores)
    elif token.kind == "days" and before.draft.has("days") and not _more_days(text, before, token):
        if after is None:
            before.draft.doubts.append("two day sets for one amount")
        else:
            after.put(token, first=True)
    elif after is not None and token.kind in _MAY_LEAD and _leads(text, token, before, after):
        if _opens_list(text, token.end, after.start):
            leading.append(token)
        else:
            after.put(token, first=True)
    else:
        before.put(token)


def _stands_alone(text: str, token: Token, before: Core, after: Core | None) -> bool:
    """Between stops, joined to neither statement."""
    if not _NEW_CLAUSE.search(text[before.last : token.start]):
        return False
    return after is None or _SPLIT.search(text[token.end : after.start]) is not None


def _for_all_before(token: Token, before: Core, cores: list[Core]) -> None:
    """ "VDD: ...; VAD: ...; every 28 days for 4 cycles"."""
    for core in cores:
        said = any(turns_with_cycle(t) and t.kind == token.kind for t in core.draft.tokens)
        if core.end <= token.start and not said and not core.draft.has("cycles"):
            core.draft.tokens.append(token)
    before.last = max(before.last, token.end)


def _of_dosing(text: str, token: Token, before: Core, cores: list[Core]) -> bool:
    """A clause of its own on when steps that follow each other are given."""
    if not _OF_DOSING.search(text[before.last : token.start]):
        return False
    return THEN.search(text[cores[0].end : before.start]) is not None


def _for_all_untimed(token: Token, before: Core, cores: list[Core]) -> None:
    """ "A 25 mg followed by B 10 mg; dosing will occur on days 1 and 8": of all that have no time of their own."""
    for core in cores:
        untimed = core.draft.amount is not None and not core.draft.has(*PLACED)
        if untimed and core is not before and core.end <= token.start:
            core.draft.tokens.append(token)
    before.put(token)


def _before_loading(text: str, before: Core, cores: list[Core], token: Token) -> Core:
    """ "2 mg/kg (loading dose 4 mg/kg) weekly": what follows the bracket belongs to the amount before it."""
    place = cores.index(before)
    last = cores[place - 1] if place else None
    if last is None or last.draft.agent != before.draft.agent or ")" not in text[before.end : token.start]:
        return before
    opened = text.rfind("(", last.end, before.end)
    return last if opened >= 0 and _LOADING.match(text, opened) else before


def _more_days(text: str, before: Core, token: Token) -> bool:
    """A second day set goes on with the first ("days 1-4 and days 9-12"), or opens a step, a rest or a taper."""
    last = before.draft.tokens[-1]
    if last.kind in ("rest", "until", "between", "open", "taper", "incycle", "cycles", "thereafter"):
        return True
    gap = text[before.last : token.start]
    return THEN.search(gap) is not None or _MORE_DAYS.fullmatch(gap) is not None


def _leads(text: str, token: Token, before: Core, after: Core) -> bool:
    """The words join the token to the statement after it."""
    left, right = text[before.last : token.start], text[token.end : after.start]
    if _COLON.match(right) and token.kind in ("days", "weeks", "incycle"):
        return True
    if token.kind == "doses" and _OF.fullmatch(right):
        return True
    if _ARM_LABEL.search(right):
        return False  # "..., day 1 Arm B: ..."
    again = before.draft.has(token.kind)
    if _ONLY_COMMA.fullmatch(left) and before.draft.amount is not None and not again:
        return False  # "A: 60 mg/m2/day, day 1 to 3 B: ..." in a list that has lost its line breaks
    if _SPLIT.search(left) is not None and _SPLIT.search(right) is None:
        return True
    return again and _AMOUNT_NEXT.match(right) is not None and after.draft.amount is not None


def _opens_list(text: str, start: int, end: int) -> bool:
    """ "day 1: A, B" and "day 1, A, B": for all that follow."""
    return ":" in text[start : min(end, start + 60)] or text[start : start + 2].strip()[:1] == ","
