# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""Tokens of one sentence -> administrations, second step: which schedule belongs to which of them.

A schedule belongs to the statement before it, unless the words join it to the next one ("day 1: A", ", on day 2 A 10 mg").
What closes a list ("A 1 mg and B 2 mg on days 1-5 every 21 days") is shared with the members that say nothing of their own.
"then" and "followed by" open a further step of the same agent; so does a second day set of another cycle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from posolog.core.days import DayRange, DaySet
from posolog.protocol.model import Amount, Basis, Per
from posolog.reader.agents import Spotted
from posolog.reader.daywords import DayWords
from posolog.reader.drafts import Draft
from posolog.reader.levels import merge_levels
from posolog.reader.lexer import Token

PLACED = ("days", "every", "times", "for", "doses", "weeks", "dayspercycle", "weeksonoff", "dailyx")
WHEN = ("days", "weeks", "every", "times", "dayspercycle", "weeksonoff")
CYCLIC = ("cycles", "rest", "weeksonoff", "dayspercycle")
_LEADS = ("days", "every", "times", "for", "route", "infusion", "weeks", "incycle", "cycles", "doses", "continuous", "open", "bolus", "dayspercycle")
_SPLIT = re.compile(r"[,;.]|\b(?:and|or|then|plus|followed|with|combin\w*|concurrent\w*|versus|vs|but|while|whereas)\b|\+|\s[-–•*]\s", re.I)
_STEP = re.compile(r"\b(?:then|followed\sby|thereafter|subsequently|after\sthat|afterwards|next)\b", re.I)
_RIGHT_AT_ONCE = re.compile(r"\s?(?:[(]|at(?:\sa)?(?:\sdose(?:s)?)?(?:\sof)?|of|:|-|–|=|,?\s?receive)?\s?\Z", re.I)
_MEASURED = re.compile(
    r"\b(?:measured|assess(?:ed|ments?)|monitor(?:ed|ing)|collected|evaluat(?:ed|ions?)|sampl(?:ed|es|ing)|levels?|determined|concentrations?|pharmacokinetics?|PK|scans?|imaging|biops(?:y|ies)|visits?|samples|response)\b", re.I
)
_GIVES = re.compile(
    r"\b(?:receiv(?:e|es|ed|ing)|administ(?:ered|ration)|given|infus(?:ed|ion|ions)|inject(?:ed|ion|ions)|treated|start(?:s|ed|ing)?|begin(?:s|ning)?|initiated|continu(?:e|es|ed|ing)|take|taken|undergo|consist(?:s|ing)?|dos(?:e|es|ed|ing)|orally|IV|PO|SC|intravenously|subcutaneously|plus|prophylaxis|includes?|including|add(?:ed|ition)|repeat\w*|maintenance|therapy|treatment|deliver\w*|use[ds]?|apply|applied|perform\w*)\b"
)
_NOT_GIVEN = re.compile(
    r"(?:\bafter|\bbefore|prior\sto|\bfollowing|respon(?:se|d|ded)\sto|resistan(?:t|ce)\sto|refractory\sto|failed|exposure\sto|(?:levels?|concentrations?|pharmacokinetics|effects?|efficacy|safety|activity|toxicity|role|use|benefits?|tolerability|MTD|half-life|metabolism|clearance|AUC|disposition|addition|combination|dose|doses|course|courses|cycles?|discontinuation|administration|initiation|cessation|completion|end|start|day|infusion|injection)\sof|history\sof|previous(?:ly)?|\bsince|\bbetween|versus|\bthan|\bon|\bwithout|instead\sof|compared\s(?:to|with)|intoleran(?:t|ce)\sto|allergic\sto|not\sreceive|naive\sto|received|\bwhile|\bduring|\bfrom|if|last|prior|candidates\sfor|\bany|anti|\bno|\bto\seither)\s?(?:the\s|last\s|first\s|second\s|study\s|their\s|\w+\s)?$",
    re.I,
)
_GIVING_OF = re.compile(r"(?:dose|doses|course|courses|cycles?|infusions?|injections?|administration)\sof\s?(?:the\s|\w+\s)?$", re.I)


@dataclass(slots=True)
class _Core:
    """A statement with its place: an amount with its agent, or an agent alone that may turn out to be given."""

    draft: Draft
    start: int
    end: int
    last: int  # end of what has been attached so far
    tentative: bool


def timed(
    text: str, start: int, end: int, drafts: list[Draft], rest: list[Token], agents: list[Spotted], others: list[Token],
    set_aside: list[Token],
) -> list[Draft]:  # fmt: skip
    """The drafts with their schedules; agents that have a schedule but no amount are drafts too."""
    cores = _cores(drafts, agents, rest)
    leading: list[Token] = []
    for token in sorted([*rest, *others], key=lambda t: t.start):
        _allot(text, start, token, cores, leading)
    _numbered_days(text, cores)
    for core in cores:
        _total(text, core)
        _opens(text, start, core)
    cores = _steps(text, cores)
    _clause_wide(text, cores, leading)
    cores = _totals(text, _levels(text, cores))
    _share(text, cores)
    for left, right in pairwise(cores):
        if right.draft.agent.start == left.draft.agent.start:
            _same_infusion(left.draft, right.draft)
    found = [
        core.draft
        for core in cores
        if not core.tentative or (_given(text, start, end, core, cores) and not _had_amount(core, cores, set_aside))
    ]
    for draft in found:
        _look(text, draft)
    return sorted(found, key=lambda draft: draft.start)


def _cores(drafts: list[Draft], agents: list[Spotted], rest: list[Token]) -> list[_Core]:
    cores = []
    for draft in drafts:
        spanned = draft.how in ("left", "right", "far")
        start = min(draft.at[0], draft.agent.start) if spanned else draft.at[0]
        if any(other is not draft and other.agent.start == draft.agent.start and other.at[0] < draft.at[0] for other in drafts):
            start = draft.at[0]
        end = max(draft.at[1], draft.agent.end if draft.how == "right" else 0)
        cores.append(_Core(draft, start, end, end, False))
    taken = {draft.agent.start for draft in drafts}
    spans = [(core.start, core.end) for core in cores]
    for agent in agents:
        if agent.start not in taken and (not agent.weak or agent.name == "placebo" or agent.words in ("MP",)):
            if any(a <= agent.start < b for a, b in spans):
                continue
            draft = Draft(agent, None, agent.start, agent.end, at=(agent.start, agent.end))
            cores.append(_Core(draft, agent.start, agent.end, agent.end, True))
    return sorted(cores, key=lambda core: core.start)


def _allot(text: str, start: int, token: Token, cores: list[_Core], leading: list[Token]) -> None:
    """Hands the token to the core it belongs to, or to the leading ones of the sentence."""
    inside = next((c for c in cores if c.start <= token.start < c.end), None)
    if inside is not None:
        _put(inside, token)
        return
    before = next((c for c in reversed(cores) if c.end <= token.start), None)
    after = next((c for c in cores if c.start >= token.end), None)
    if token.kind.endswith(" amount"):
        real = next((c for c in reversed(cores) if c.end <= token.start and c.draft.amount is not None), None)
        own = before is not None and before.draft.amount is None and _OWN_TOTAL.fullmatch(text[before.end : token.start])
        target = before if own else real or (before if before and token.kind == "total amount" else None)
        if target is not None and _fits(target.draft, token):
            _put(target, token)
        return
    if before is None:
        if after is not None:
            leading.append(token)
        return
    before = _before_loading(text, before, cores, token)
    if _cyclic(token) and re.search(r"[;.]\s?(?:\w+\s){0,4}$", text[before.last : token.start]) and (after is None or _SPLIT.search(text[token.end : after.start])):
        for core in cores:  # "VDD: ...; VAD: ...; every 28 days for 4 cycles"
            if core.end <= token.start and not core.draft.has("cycles") and not any(_cyclic(t) and t.kind == token.kind for t in core.draft.tokens):
                core.draft.tokens.append(token)
        before.last = max(before.last, token.end)
        return
    if token.kind == "days" and before.draft.has("days") and not _continues_days(text, before, token):
        if after is None:
            before.draft.doubts.append("two day sets for one amount")
        else:
            _put(after, token, first=True)
        return
    if after is not None and token.kind in _LEADS and _leads(text, token, before, after):
        if _colon(text, token.end, after.start) or _comma(text, token.end, after.start):
            leading.append(token)
        else:
            _put(after, token, first=True)
        return
    _put(before, token)


_LOADING = re.compile(r"\s?\(\s?(?:an?\s|with\s|after\s|initial\s|first\s)*loading[^()]*")


def _before_loading(text: str, before: _Core, cores: list[_Core], token: Token) -> _Core:
    """ "2 mg/kg (loading dose 4 mg/kg) weekly": what follows the bracket belongs to the amount before it."""
    place = cores.index(before)
    last = cores[place - 1] if place else None
    if last is None or last.draft.agent != before.draft.agent or ")" not in text[before.end : token.start]:
        return before
    opened = text.rfind("(", last.end, before.end)
    return last if opened >= 0 and _LOADING.match(text, opened) else before


_OWN_TOTAL = re.compile(r"\s?(?:\([^()]{0,20}\)|\))?,?\s?(?:at|with|to|in)?\s?(?:an?\s)?total\s(?:dose\s)?(?:of\s)?", re.I)


_NUMBERED = re.compile(r"\)\s?,?\s?(?:and\s)?(?P<day>\d{1,3})\s?\(\Z")


def _numbered_days(text: str, cores: list[_Core]) -> None:
    """ "day 0 (500 mg), 1 (250 mg) and 2 (125 mg)": a bare number before a bracket goes on with the days."""
    for left, right in pairwise(cores):
        days = left.draft.get("days")
        match = _NUMBERED.search(text[left.end : right.start])
        if days is None or match is None or right.draft.has("days") or right.draft.agent != left.draft.agent:
            continue
        start = left.end + match.start("day")
        number = DaySet((int(match["day"]),))
        words = DayWords(start, left.end + match.end("day"), number, frozenset(), False)
        _put(right, Token("days", words.start, words.end, words), first=True)


_OPENS = re.compile(r"\b(?:initiat|start|begin|commenc)\w*\s(?:with\s|on\s|taking\s|treatment\swith\s|oral\s)?$", re.I)


def _opens(text: str, start: int, core: _Core) -> None:
    """ "will initiate X 0.5 mg/day on day 1": a daily dose that begins on this day."""
    draft = core.draft
    days = draft.get("days")
    if days is None or draft.has("open", "for", "until") or not isinstance(days.value, DayWords):
        return
    daily = (draft.amount is not None and draft.amount.basis is Basis.DAY) or draft.has("times")
    if daily and len(days.value.days.days()) == 1 and _OPENS.search(text[max(start, draft.start - 40) : draft.start]):
        draft.tokens.append(Token("open", days.start - 1, days.start))


def _continues_days(text: str, before: _Core, token: Token) -> bool:
    """A second day set goes on with the first ("days 1-4 and days 9-12"), or opens a step, a rest or a taper."""
    last = before.draft.tokens[-1]
    if last.kind in ("rest", "until", "between", "open", "taper", "incycle", "cycles", "thereafter"):
        return True
    gap = text[before.last : token.start]
    return _STEP.search(gap) is not None or re.fullmatch(r"\s?(?:,|;|and|&|or|,\s?and|\+)?\s?(?:also\s)?(?:on\s|at\s)?(?:the\s)?", gap) is not None


def _total(text: str, core: _Core) -> None:
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


def _fits(draft: Draft, token: Token) -> bool:
    amount = draft.amount
    return amount is None or not isinstance(token.value, Amount) or token.value.unit.kind == amount.unit.kind


def _put(core: _Core, token: Token, *, first: bool = False) -> None:
    core.draft.tokens.append(token)
    core.draft.start = min(core.draft.start, token.start)
    core.draft.end = max(core.draft.end, token.end)
    if not first:
        core.last = max(core.last, token.end)


def _colon(text: str, start: int, end: int) -> bool:
    return ":" in text[start : min(end, start + 60)]


def _comma(text: str, start: int, end: int) -> bool:
    return text[start : start + 2].strip()[:1] == ","


_ARM_LABEL = re.compile(r"\b(?:arm|group|cohort|stratum)\s\w{1,4}\s?(?:\([^()]{0,40}\)\s?)?:", re.I)
_DOSES_OF = re.compile(r"\sof\s(?:the\s)?(?:intravenous\s|oral\s|autologous\s)?")
_ONLY_COMMA = re.compile(r"\)?\s?(?:infusion|injection|bolus)?(?:\([^()]{0,30}\)\s?)?,\s?(?:on\s|at\s)?")


def _leads(text: str, token: Token, before: _Core, after: _Core) -> bool:
    left, right = text[before.last : token.start], text[token.end : after.start]
    if re.match(r"\s?:", right) and token.kind in ("days", "weeks", "incycle"):
        return True
    if token.kind == "doses" and _DOSES_OF.fullmatch(right):
        return True
    if _ARM_LABEL.search(right):
        return False  # "..., day 1 Arm B: ..."
    if _ONLY_COMMA.fullmatch(left) and before.draft.amount is not None and not before.draft.has(token.kind):
        return False  # "A: 60 mg/m2/day, day 1 to 3 B: ..." in a list that has lost its line breaks
    split_left, split_right = _SPLIT.search(left) is not None, _SPLIT.search(right) is not None
    if split_left and not split_right:
        return True
    same = before.draft.has(token.kind)
    return same and _RIGHT_AT_ONCE.match(right) is not None and after.draft.amount is not None


def _steps(text: str, cores: list[_Core]) -> list[_Core]:
    """Cuts a core where "then" opens a further step of the same agent, or a second day set names another cycle."""
    found: list[_Core] = []
    for core in cores:
        core.draft.tokens.sort(key=lambda t: t.start)
        cut = _cut(text, core.draft)
        while cut:
            tail, head = core.draft.tokens[cut:], core.draft.tokens[:cut]
            core.draft.tokens = head
            found.append(core)
            kept = [t for t in head if t.kind in ("route", "infusion", "continuous", "bolus", "access", "cap", "cap amount")]
            step = replace(core.draft, tokens=[*[t for t in kept if not any(x.kind == t.kind for x in tail)], *tail], inferred=[*core.draft.inferred], doubts=list(core.draft.doubts), notes=list(core.draft.notes))
            core.draft.end = max([t.end for t in head] + [core.draft.at[1]])
            step.end = max(t.end for t in tail)
            core = _Core(step, tail[0].start, step.end, step.end, core.tentative)
            cut = _cut(text, step, after=len(kept))
        found.append(core)
    return found


def _cut(text: str, draft: Draft, after: int = 0) -> int:
    """The index of the first token of a further step, or 0."""
    tokens = draft.tokens
    for index in range(1, len(tokens)):
        here, last = tokens[index], tokens[index - 1]
        if here.kind not in WHEN or here.start < last.end or last.start < draft.start:
            continue
        earlier = [t for t in tokens[:index] if t.kind in WHEN and t.end <= here.start and t.start >= draft.at[0] - 200]
        if not earlier:
            continue
        gap = text[last.end : here.start]
        if last.kind in ("rest", "until", "between", "open", "taper") and not _STEP.search(gap):
            continue
        if _STEP.search(gap) and "rest" not in gap and not _nominal(text, here):
            return index
        if here.kind == "days" and any(t.kind == "days" for t in earlier) and last.kind == "incycle" and re.fullmatch(r"\s?\)?,?\s?(?:;|,|and|and\son|and\sthen|then|&)?\s?(?:on\s|at\s)?", gap):
            return index
    return 0


def _nominal(text: str, token: Token) -> bool:
    """ "followed by a 10-day rest": the number is no step."""
    return bool(re.match(r"\s?(?:of\s)?(?:rest|break|off)", text[token.end :][:12]))


_OF_REGIMEN = re.compile(r"\s?of\s(?:the\s|standard\s|induction\s)?[A-Z][\w-]+")
_OTHER_ARM = re.compile(r"\b(?:or|then|followed|versus|vs|arm|group|cohort|stratum|randomi\w*)\b", re.I)


def _clause_wide(text: str, cores: list[_Core], leading: list[Token]) -> None:
    """A schedule that opens a clause ("Day 1: A, B", "Every 28 days, patients receive A and B") is for all its members."""
    for token in leading:
        ahead = [core for core in cores if core.start >= token.end]
        limit = min((t.start for t in leading if t.start > token.end and t.kind == token.kind), default=10**9)
        if ahead and _OF_REGIMEN.match(text, token.end) and ahead[0].start - token.end > 30:
            continue
        if not ahead or (_OTHER_ARM.search(text[token.end : ahead[0].start]) and token.kind in ("cycles", "every")):
            continue
        wide = token.kind in ("days", "cycles", "incycle", "every", "weeks") or _colon(text, token.end, ahead[0].start)
        last = None
        for core in ahead if wide else ahead[:1]:
            if core.start >= limit or (last is not None and _OTHER_ARM.search(text[last.last : core.start])):
                break
            last = core
            if core.tentative and not core.draft.tokens and _far(text, token.end, core.start):
                continue
            if token.kind == "days":
                if any(t.kind in ("days", "weeks") for t in core.draft.tokens):
                    if core.tentative:
                        continue
                    break
                if core is not ahead[0] and core.draft.has("times", "for", "every", "dayspercycle"):
                    continue
            if not core.draft.has(token.kind):
                _put_shared(core, token)


def _far(text: str, start: int, end: int) -> bool:
    """Other words than of giving between a leading day and an agent without an amount: the day is not the agent's."""
    gap = text[start:end]
    return ":" not in gap and len(gap.split()) > 1 and _GIVEN_VERB.search(gap) is None


_GIVEN_VERB = re.compile(r"\b(?:receiv\w*|given|administered|infused|injected|get|take|start\w*|begin\w*|undergo\w*|add\w*)\b", re.I)


def _put_shared(core: _Core, token: Token) -> None:
    core.draft.tokens.insert(0, token)


_LIST = re.compile(
    r"(?:\s?(?:\([^()]{0,60}\)|\[[^\]]{0,40}\])?\s?(?:,|;|/|\+|&|\band\b|\bplus\b|\bwith\b|\bor\b|\bfollowed\sby\b|\bin\scombination\b|\bcombined\b|\bconcurrent(?:ly)?\b|\bas\swell\sas\b|\btogether\b|\bboth\b|\bgiven\b|\boral\b|\bintravenous\b|\bthen\b|\)|\(|\bat\b|\ba\b|\bdose\b|\bof\b|\borally\b|\bdaily\b|\band/or\b|\bIV\b)?\s?){0,8}\Z",
    re.I,
)


_PLAIN_LIST = re.compile(r"\s?(?:\([^()]{0,40}\)\s?)?(?:,|\+|&|/|,?\s?\b(?:and|plus)\b)(?:\s(?:oral|intravenous|IV))?\s?\Z", re.I)


_STRETCHES = ("for", "days", "doses", "weeks", "every", "cycles", "open", "until", "incycle", "dayspercycle", "weeksonoff", "dailyx")
_INFUSED = "whether it has the days of the continuous infusion after it"


_IN_ADDITION = re.compile(r"\b(?:in\saddition\sto|on\stop\sof|besides|added\sto)\s[^.;]*\Z", re.I)


def _share(text: str, cores: list[_Core]) -> None:
    """What closes a list is shared with its members that say nothing of their own."""
    for left, right in reversed(list(pairwise(cores))):
        gap = text[max(left.last, left.end) : right.start]
        own, theirs = left.draft, right.draft
        if len(gap) > 90 or not gap.strip() or not _LIST.match(gap) or re.search(r"\bfollowed\b|\bthen\b", gap):
            continue
        if (left.tentative or right.tentative) and not _PLAIN_LIST.match(gap):
            continue
        if own.agent.name == theirs.agent.name and own.amount is None:
            continue
        if own.amount is None and _IN_ADDITION.search(text[max(0, left.start - 60) : left.start]):
            continue
        if not own.has(*PLACED) and theirs.has(*PLACED):
            both = re.search(r"\b(?:both|each|all)\b", text[right.end : right.last]) is not None or gap.strip() == "/"
            daily = own.amount is not None and own.amount.basis is Basis.DAY
            shared = [t for t in theirs.tokens if not (daily and _skips(t)) and (_shareable(t) or both) and t.start >= right.start and not _bracketed(text, right, t)]
            own.tokens += shared
            if shared:
                own.inferred.append("schedule: shared with the agent after it")
            infused = theirs.has("continuous") and not own.has("continuous")
            if shared and (infused or _INFUSED in theirs.doubts):
                own.doubts.append(_INFUSED)
        elif own.has("times") and own.has("times") == theirs.has("times") and not own.has(*_STRETCHES):
            lasts = [t for t in theirs.tokens if t.kind == "for" and t.start >= right.end and not _bracketed(text, right, t)]
            own.tokens += lasts
            own.inferred += ["how long: shared with the agent after it"] if lasts else []
        elif own.has("days", "for") and not own.has("cycles", "every", "rest", *CYCLIC):
            own.tokens += [t for t in theirs.tokens if _cyclic(t) and t.start >= right.end]


def _skips(token: Token) -> bool:
    """ "every other day": never the rhythm of an amount per day."""
    frequency = token.value[0] if token.kind == "every" and isinstance(token.value, tuple) else None
    return frequency is not None and frequency.unit == "day" and 1 < frequency.every < 7


def _shareable(token: Token) -> bool:
    """Days, stretches and cycles of a list are its members'; "twice daily" and "6 doses" are the last one's alone."""
    if token.kind == "times":
        return getattr(token.value, "count", 2) == 1
    return token.kind in (*PLACED, "open", "incycle", "until", "cycles", "rest", "taper") and token.kind != "doses"


def _bracketed(text: str, core: _Core, token: Token) -> bool:
    """In a bracket that opens within the statement: "B (400 mg twice daily)" keeps its frequency."""
    lead = text[core.start : token.start]
    return lead.count("(") > lead.count(")")


def _cyclic(token: Token) -> bool:
    if token.kind == "cycles":
        return True
    if token.kind == "every" and isinstance(token.value, tuple) and token.value[0] is not None:
        frequency = token.value[0]
        days = frequency.every * {"week": 7, "month": 30}.get(frequency.unit, 1)
        return bool(frequency.unit != "hour" and days >= 14)
    return False


def _levels(text: str, cores: list[_Core]) -> list[_Core]:
    """ "100 mg QD and 140 mg QD": two amounts of one agent at the same frequency are levels."""
    kept: list[_Core] = []
    for core in cores:
        last = kept[-1] if kept else None
        own = core.draft
        if (
            last is not None and own.how == "step" and own.amount is not None and last.draft.amount is not None
            and own.agent == last.draft.agent and {t.kind for t in last.draft.tokens} <= {"times", "route", "every"}
            and {t.value for t in last.draft.tokens if t.kind == "every"} <= {t.value for t in own.tokens if t.kind == "every"}
            and own.amount.unit == last.draft.amount.unit and own.amount.per is last.draft.amount.per
            and {t.value for t in last.draft.tokens if t.kind == "times"} <= {t.value for t in own.tokens if t.kind == "times"}
            and re.fullmatch(r"\s?,?\s?(?:and|or|,)\s?", text[last.last : core.start])
        ):  # fmt: skip
            merge_levels(last.draft, own)
            last.draft.tokens += [t for t in own.tokens if not last.draft.has(t.kind)]
            last.end, last.last = core.end, core.last
        else:
            kept.append(core)
    return kept


def _totals(text: str, cores: list[_Core]) -> list[_Core]:
    """ "30 mg/kg (10 mg/kg on days -4, -3 and -2)": the first amount is the sum of what the bracket gives day by day."""
    kept: list[_Core] = []
    for core, after in zip_longest(cores, cores[1:]):
        whole, part = core.draft.amount, after.draft.amount if after else None
        if after is not None and whole is not None and part is not None and whole.exact and part.exact:
            days = after.draft.get("days")
            count = len(_days_of(days)) if days else 0
            opened = re.fullmatch(r"\s?\((?:i\.e\.,?\s|=\s?)?", text[core.last : after.start]) is not None
            same = whole.unit == part.unit and whole.per is part.per and after.draft.agent == core.draft.agent
            if opened and same and count > 1 and part.exact * count == whole.exact:
                start, end = core.draft.at
                after.draft.tokens.append(Token("total amount", start, end, whole))
                after.draft.inferred.append("the amount before the bracket is the sum of its days")
                continue
        kept.append(core)
    return kept


def _same_infusion(left: Draft, right: Draft) -> None:
    if left.has("route") and not right.has("route"):
        right.tokens += [t for t in left.tokens if t.kind == "route"]
    if left.has("continuous") and not right.has("continuous"):
        right.tokens += [t for t in left.tokens if t.kind in ("continuous", "route") and not right.has(t.kind)]
        right.inferred.append("continuous infusion: as in the step before")


_STOPPED = re.compile(
    r"\b(?:will|may|can|should|must|is|are|was|were)\s(?:be\s|then\s|gradually\s|not\s){0,3}(?:lowered|reduced|decreased|stopped|"
    r"discontinued|withheld|held|interrupted|tapered|delayed|omitted|restarted|resumed)\b",
    re.I,
)


def _had_amount(core: _Core, cores: list[_Core], set_aside: list[Token]) -> bool:
    """An agent whose amount is no dose has no schedule of this trial either."""
    after = min((c.start for c in cores if c.start > core.start), default=10**9)
    return any(core.start - 30 <= token.start < min(after, core.end + 80) for token in set_aside)


_GRAFTS = re.compile(r"graft|transplant|stem cell infusion", re.I)


def _days_of(token: Token) -> set[int]:
    return set(token.value.days.days()) if isinstance(token.value, DayWords) else set()


def _given(text: str, start: int, end: int, core: _Core, cores: list[_Core]) -> bool:
    """An agent without an amount is given when it has a schedule, and the words speak of giving and not of measuring."""
    draft = core.draft
    if not draft.has(*PLACED) or draft.has("taper"):
        return False
    own = [t for t in draft.tokens if t.kind in PLACED]
    if _GRAFTS.search(draft.agent.name) and not any(_days_of(t) & {0, 1} for t in own):
        return False
    lead = text[max(start, draft.agent.start - 40) : draft.agent.start]
    if _NOT_GIVEN.search(lead) and not (_GIVING_OF.search(lead) and not re.search(r"(?:last|first|final|after|before|prior\sto|following)\s\w*\s?(?:dose|infusion|injection|cycle|course|administration)", lead, re.I)):
        return False
    first, last = min(own, key=lambda t: abs(t.start - draft.agent.end)), max(t.end for t in own)
    near = text[draft.agent.end : first.start] + " " + text[last : last + 24]
    if _MEASURED.search(near) or re.search(r"\bnot\b|\bwithout\b", near):
        return False
    if _STOPPED.search(text, draft.agent.end, min(end, draft.agent.end + 70)):
        return False
    direct = 0 <= first.start - draft.agent.end <= 4
    listed = any(c.draft.amount is not None for c in cores)
    return direct or listed or _GIVES.search(text, start, end) is not None


_LOST_DASH = re.compile(r"\s\d{1,2}(?=\s?(?:[,;.)]|$|of|every|in\b|and|each))")


_TIMES_HOW_MANY = re.compile(r"\s?[x×]\s?\d{1,2}(?!\d|\s?(?:days?|d\b|weeks?|wks?|doses|cycles|courses|months?|10))")


def _look(text: str, draft: Draft) -> None:
    """Doubts that the tokens themselves raise."""
    if any(t.kind == "days" and _LOST_DASH.match(text, t.end) for t in draft.tokens):
        draft.doubts.append("a dash between day numbers may be lost")
    if draft.how == "step" and len(text[draft.agent.end : draft.at[0]]) > 160 and not draft.has("days"):
        draft.doubts.append("the agent stands far from its amount")
    sets = [t for t in draft.tokens if t.kind == "days"]
    if len(sets) > 1 and not draft.has("rest", "until", "between", "taper", "open"):
        values = [t.value.days for t in sets if isinstance(t.value, DayWords)]
        if any(isinstance(item, DayRange) for days in values for item in days.items) or len(values) > 2:
            draft.doubts.append("two day sets for one amount")
    if draft.amount is not None and _TIMES_HOW_MANY.match(text, draft.at[1]):
        draft.doubts.append("how often, or how many at a time")
    if any(isinstance(t.value, DayWords) and t.value.falling for t in sets):
        draft.doubts.append("positive days that run downwards: a minus sign may be lost")
    if draft.amount is not None and implausible(draft.amount):
        draft.doubts.append("implausible amount: a micro sign may be lost")
    if len({t.value for t in draft.tokens if t.kind == "times"}) > 1:
        draft.doubts.append("two frequencies for one amount")


def implausible(amount: Amount) -> bool:
    """Grams where micrograms are usual: 1 g/kg, 20 g/m², 30 g, or 1 Ci and more."""
    value = amount.high or amount.low or max(amount.levels, default=None)
    if value is None or amount.unit.kind not in ("mass", "activity"):
        return False
    if amount.unit.kind == "activity":
        return amount.unit.symbol == "Ci"
    grams = value * amount.unit.factor / 1000
    return amount.unit.symbol == "g" and grams >= {Per.KG: 1, Per.M2: 20, Per.FLAT: 30}[amount.per]
