# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""Tokens of one sentence -> administrations, first step: which agent an amount belongs to.

The order of preference is fixed: an agent that stands right before the amount, else "of X" or X right behind it, else an
agent further left in the same clause, else the agent of the amount before (a step of the same treatment), else the agent
that the sentences before were about. The last two are inferred; an amount without an agent stays unplaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

from posolog.protocol.model import Amount, Frequency
from posolog.reader import aside
from posolog.reader.agents import Spotted, is_weak_name, key, spot
from posolog.reader.beside import unread
from posolog.reader.clauses import timed
from posolog.reader.defined import with_defined
from posolog.reader.drafts import EMPTY, Draft, Sentence
from posolog.reader.joined import STROKE, unjoined
from posolog.reader.levels import one_amount
from posolog.reader.lexer import Token, amounts, schedule

BEFORE = "agent: named in the sentence or heading before"
STEP = "agent: as in the words before"
_HARD = re.compile(r";|\s[-–•*]\s(?=[A-Z])|\.\s(?=[A-Z(])|\bversus\b|\bvs\b")
_BRACKETS = re.compile(r"\([^()]{0,90}\)|\[[^\[\]]{0,60}\]|[®™*]")
_WORD = re.compile(r"[A-Za-z0-9%+]+(?:[-'][A-Za-z0-9]+)*|[,;:+&/]")
_LEFT = frozenset(
    """
    at a an the dose doses dosage dosages dosing of will be is are was were given administered infused injected
    started starting initial initially as with target fixed flat to dosed total iv oral orally by using treatment
    therapy consisting rate each single standard full low high low-dose high-dose standard-dose intravenous
    intravenously infusion infusions injection injections hcl tablets capsules tablet group arm regimens regimen
    combination based should use cohort cohorts maintenance induction loading body weight initiated beginning
    begin start subcutaneous subcutaneously in on for patients receive dosed-at level levels : ( = - , escalating
    monotherapy alone concurrent weekly daily reduced-dose lead-in once twice administration must may can
    starting-dose hydrochloride sulfate phosphate sodium capsule suspension solution film-coated or equivalent
    only prescribed delivered applied
    """.split()
)
_RIGHT = frozenset(
    """
    of the a an in oral iv intravenous intravenously dose doses daily single each human recombinant subcutaneous
    body weight bw per / total high-dose low-dose standard fixed therapeutic injection infusion infusions
    injections once twice weekly orally ) group arm either day maintenance adjuvant concurrent concomitant
    additional liposomal intrathecal actual ideal intramuscular topical hyperfractionated fractionated
    external-beam conventional cranial whole-brain pelvic prophylactic equivalent is at tablets capsules tablet
    radiolabeled unlabeled cold generic fractionated
    """.split()
)
_JOINT = re.compile(r"\s?(?:,|/|;)?\s?(?:and|or|to|then|versus|vs\.?|,|/|and/or|or/and)?\s?\Z", re.I)
_EITHER = re.compile(r"\s(?:[^.;]{0,40}\s)?(?:and|or|plus|combination\swith|combined\swith|together\swith|followed\sby)\s", re.I)
_OF = re.compile(r"\bof\b")


NOBODY: Mapping[str, Spotted] = MappingProxyType({})
_WORTH = re.compile(
    r"[0-9]|\b[Rr]est\b|\b[Tt]aper|\b(?:daily|weekly|once|twice|every|each|fortnightly|monthly|single dose)\b|(?:days|weeks|cycles|courses|doses|infusions|injections)\b"
)
_TIMED = re.compile(
    r"\b(?:[Dd]ays?|DAYS?|[Jj]ours?|[Rr]est|REST|[Tt]aper\w*|[Dd]oses?|[Ii]njections|[Ii]nfusions|[Cc]ycles?|[Cc]ourses?|[Dd]aily|[Ww]eek(?:s|ly)?|[Ee]very|[Tt]wice|BID|QD|TID|b\.?i\.?d)\b|[DJd]\s?[-+−–]?\s?[0-9]|\bq\s?\d"
)


_FRAME = re.compile(r"cycle|course|repeat|\brest|taper|regimen|graft", re.I)  # what a sentence without agents may say


def read_sentence(
    text: str,
    start: int,
    end: int,
    *,
    before: Callable[[], Spotted | None] = lambda: None,
    defined: Mapping[str, Spotted] = NOBODY,
) -> Sentence:
    """The administrations of text[start:end]; `before` finds the agent that the sentences before were about.

    `defined` are the abbreviations that the whole text gives its agents.
    """
    if not _WORTH.search(text, start, end):
        return EMPTY
    doses = amounts(text, start, end)
    if not doses and not _TIMED.search(text, start, end):
        return EMPTY
    named = with_defined(text, start, end, spot(text, start, end), defined)
    if not doses and not named and not _FRAME.search(text, start, end):
        return EMPTY
    taken = [(token.start, token.end) for token in doses]
    ends = frozenset(token.end for token in doses)
    rest = [t for t in schedule(text, start, end, ends) if not any(a < t.end and t.start < b for a, b in taken)]
    if not doses and not rest:
        return EMPTY
    rest = sorted([*rest, *_hourly(text, doses)], key=lambda t: t.start)
    agents = [a for a in named if not any(x < a.end and a.start < y for x, y in taken)]
    agents = [_or_placebo(text, agent) for agent in _outside(_merged(text, agents), rest)]
    doses, aside_ = _set_aside(text, start, doses, rest)
    pairing = _Pairing(text, start, end, agents, before, rest)
    drafts, unplaced = pairing.pair([t for t in doses if t.kind == "amount"])
    drafts, same = one_amount(text, drafts)
    set_aside = [token for token, _ in aside_]
    parts = [token.start for token, why in same if why == aside.PART]
    rest = [t for t in rest if t.kind != "doses" or not any(0 <= at - t.end <= 3 for at in parts)]
    drafts = timed(text, start, end, drafts, rest, agents, [t for t in doses if t.kind != "amount"], set_aside)
    for draft in drafts if unplaced else ():
        draft.doubts.append("another amount of the sentence could not be placed")
    unread(text, start, end, drafts, [*doses, *rest, *set_aside])
    used = {id(t) for d in drafts for t in d.tokens}
    left = [t for t in doses if t.kind != "amount" and id(t) not in used]
    caps = tuple((a, t) for t in left if t.kind == "cap amount" and (a := _last(agents, t.start)))
    return Sentence(
        tuple(drafts),
        (*aside_, *same, *((t, aside.TOTAL) for t in left if t.kind == "total amount")),
        tuple(unplaced),
        tuple(sorted([*doses, *rest], key=lambda t: t.start)),
        tuple(agents),
        caps,
    )


_EVERY_HOURS = re.compile(r"/\s?(\d{1,2})\s?h(?:ours?|rs?)?\Z")


def _hourly(text: str, doses: list[Token]) -> list[Token]:
    """ "1 g/m2/12 h" says how often, too."""
    found = [(t, m) for t in doses if (m := _EVERY_HOURS.search(text[t.start : t.end])) and m[1] != "24"]
    return [Token("every", t.end - 1, t.end, (Frequency(1, Decimal(m[1]), "hour"), None)) for t, m in found]


_PLACEBO = re.compile(r"placebo\s(?:match(?:ing|ed)|for|of)\s(?:to\s)?(?:the\s)?\Z", re.I)


def _or_placebo(text: str, agent: Spotted) -> Spotted:
    """ "placebo matching X" is a placebo, never X."""
    if _PLACEBO.search(text[max(0, agent.start - 26) : agent.start]):
        return replace(agent, name="placebo", words="placebo")
    return agent


def _last(agents: list[Spotted], position: int) -> Spotted | None:
    return next((a for a in reversed(agents) if a.end <= position), None)


def _outside(agents: list[Spotted], rest: list[Token]) -> list[Spotted]:
    """Agents that are no part of a schedule ("7 days prior to stem cell infusion")."""
    spans = [(t.start, t.end) for t in rest if t.kind in ("days", "doses", "infusion")]
    return [a for a in agents if not any(x <= a.start and a.end <= y for x, y in spans)]


def _set_aside(
    text: str, start: int, doses: list[Token], rest: list[Token]
) -> tuple[list[Token], list[tuple[Token, str]]]:
    """Amounts that are no dose, with their class; caps and totals stay with the doses as tokens of their own kind."""
    kept: list[Token] = []
    out: list[tuple[Token, str]] = []
    marks = {token.end: token.kind for token in rest if token.kind in ("cap", "total")}
    radiation = sum(_is_radiation(token) for token in doses) > 1
    for token in doses:
        kind = next((marks[i] for i in range(token.start, max(start, token.start - 4), -1) if i in marks), "")
        if _is_radiation(token):
            if _EARLIER_RAYS.search(text[max(start, token.start - 50) : token.start]):
                out.append((token, aside.ELIGIBILITY))
            elif radiation and kind == "total" and _bracketed_total(text, token):
                out.append((token, aside.TOTAL))
            elif radiation and _per_fraction(text, token):
                out.append((token, aside.FRACTION))
            else:
                kept.append(token)
        elif kind or _CAP_AFTER.match(text, token.end):
            kept.append(Token(f"{kind or 'cap'} amount", token.start, token.end, token.value, token.note))
        elif why := aside.kind_of(text, start, token) or _as_before(text, token, out):
            out.append((token, why))
        else:
            kept.append(token)
    return kept, out


def _as_before(text: str, token: Token, out: list[tuple[Token, str]]) -> str:
    """ "from 120 mg (cycle 7) to 160 mg": the second amount is what the first one is."""
    if not out or token.start - out[-1][0].end > 40:
        return ""
    gap = _BRACKETS.sub("", text[out[-1][0].end : token.start])
    return out[-1][1] if re.fullmatch(r"\s{0,2}(?:to|and|or|-|–|,)\s{1,2}", gap) else ""


_CAP_AFTER = re.compile(r"\s?(?:/\s?d(?:ay)?\s)?(?:daily\s)?(?:max\b|maximum\b)(?!\s(?:of|tolerated|dose\s(?:until|of|is)))", re.I)


_EARLIER_RAYS = re.compile(r"(?:pre-?irradiat|prior|previous|exceed|tolerance|receiv(?:ed|ing)\s(?:>|more)|constraint|V\d\d|maximum|mean\s|Dmax|spinal\scord|\blungs?\s|D\d\d)[^.;]{0,40}$", re.I)


_RAYS = re.compile(r"radiation|radiother|irradiat|brachyth|\b(?:xrt|rt|pci|wbrt|sbrt|imrt|tbi)\b", re.I)


def _may_have(agent: Spotted, token: Token) -> bool:
    """Rays have no milligrams, and a drug that is no radiopharmaceutical no grays."""
    if _is_radiation(token):
        return _RADIATES.search(agent.name) is not None
    if agent.name.endswith((" cells", " lymphocytes")) and isinstance(token.value, Amount):
        return token.value.unit.kind in ("cells", "volume", "units")
    return _RAYS.search(agent.name) is None


def _is_radiation(token: Token) -> bool:
    return isinstance(token.value, Amount) and token.value.unit.kind == "absorbed dose"


def _bracketed_total(text: str, token: Token) -> bool:
    return re.search(r"\(\s?(?:with\s|for\s)?(?:an?\s)?(?:total|cumulative)[^()]{0,20}\Z", text[max(0, token.start - 40) : token.start]) is not None


def _small(token: Token) -> bool:
    amount = token.value
    return isinstance(amount, Amount) and (amount.high or amount.low or 9) * amount.unit.factor <= 3


def _per_fraction(text: str, token: Token) -> bool:
    lead, tail = text[max(0, token.start - 30) : token.start], text[token.end : token.end + 20]
    return bool(
        (re.search(r"fractions?\s(?:of|at)\s$|\b(?:in|at|of)\s(?:daily\s)?$", lead)
        and re.match(r"\s?(?:\(RBE\)\s?)?(?:(?:daily|per|each|/)\s?(?:fraction|fx|day)?|fractions?)", tail))
        or re.search(r"fractions?\s(?:of|at|with)\s(?:\w+\s)?$", lead)
        or re.match(r"\s?(?:\(RBE\)\s?)?(?:per|/|a|each)\s?(?:daily\s)?(?:fraction|fx)", tail)
        or re.search(r"(?:fraction|fx)", text[token.start : token.end])
        or (_small(token) and re.match(r"\s?(?:\(RBE\)\s?)?(?:daily|per\sday|/\s?d|a\sday|once\sdaily|QD)", tail))
    )


def _merged(text: str, agents: list[Spotted]) -> list[Spotted]:
    """An agent and its synonym in brackets or after a stroke are one: "Cyclosporine A (CSA; ...", "serum (Thymoglobuline)"."""
    found: list[Spotted] = []
    for agent in agents:
        last = found[-1] if found else None
        gap = text[last.end : agent.start] if last else ""
        if (
            last
            and not last.weak
            and re.fullmatch(r"\s?(?:[®™]|\((?:R|TM)\))?\s?[(\[/=]\s?|\s?\((?:also called|also known as|i\.e\.,?|formerly|brand name)\s", gap)
            and (last.name == agent.name or not last.known or "(" in gap)
            and ("/" not in gap or last.name == agent.name)
        ):
            name = last.name if last.known and (last.name == agent.name or agent.weak) else agent.name if agent.known else last.name
            found[-1] = Spotted(last.start, agent.end, name, last.words, last.known or agent.known)
        else:
            found.append(agent)
    return found


def _inside(text: str, start: int, position: int) -> bool:
    """Inside a bracket: "(CSA; 3 mg/kg" goes on after the stop."""
    lead = text[max(start, position - 120) : position]
    return lead.rfind("(") > lead.rfind(")")


class _Pairing:
    """Gives each amount its agent."""

    def __init__(
        self, text: str, start: int, end: int, agents: list[Spotted], before: Callable[[], Spotted | None], rest: list[Token]
    ) -> None:
        self.text, self.start, self.agents, self.rest = text, start, agents, rest
        self._before, self._asked = before, False
        self._subject: Spotted | None = None
        self._hard: list[int] | None = None
        self._doubtful = -1  # where an agent stands that was given its amount in doubt
        self.end = end

    @property
    def before(self) -> Spotted | None:
        if not self._asked:
            self._subject, self._asked = self._before(), True
        return self._subject

    def pair(self, doses: list[Token]) -> tuple[list[Draft], list[Token]]:
        doses = unjoined(self.text, doses, self.agents)
        named = self._respectively(doses) or self._by_stroke(doses)
        found: list[Draft | None] = []
        for index, token in enumerate(doses):
            found.append(named.get(index) or self._one(token, doses, index, [d for d in found if d]))
        for index in range(len(doses) - 2, -1, -1):  # "10 mg or 20 mg of X": the first amount has the second's agent
            here, after = found[index], found[index + 1]
            if after is not None and after.how in ("right", "chain") and (here is None or here.how in ("far", "step", "before")):
                gap = _BRACKETS.sub("", self.text[doses[index].end : doses[index + 1].start])
                if _JOINT.match(gap):
                    found[index] = self._draft(doses[index], after.agent, "chain")
        drafts = [d for d in found if d is not None]
        return drafts, [t for t, d in zip(doses, found, strict=True) if d is None]

    def _one(self, token: Token, doses: list[Token], index: int, done: list[Draft]) -> Draft | None:
        left, right = self._left(token, done), self._right(token, doses, index)
        near = left is not None and self._near(left, token)
        if token.words and not near and key(token.words) not in ("cells", "cell", "tcells", "lymphocytes"):
            return self._draft(token, Spotted(token.start, token.end, token.words.lower(), token.words, False), "right")
        taken = left is not None and right is not None and any(d.agent is left and d.how == "right" for d in done)
        if left is not None and near and not taken and not (right is not None and right.name == left.name):
            return self._draft(token, left, "left")
        if right is not None:
            return self._draft(token, right, "right")
        if isinstance(token.value, Amount) and token.value.unit.kind == "absorbed dose":
            return self._radiation(token, left, done)
        last = done[-1] if done else None
        unlisted = self._unlisted(token)
        if unlisted is not None:
            return self._draft(token, unlisted, "left" if unlisted.end <= token.start else "right")
        if left is not None and not left.weak and not (last is not None and left.end < last.at[0]):
            return self._draft(token, left, "far")
        if last is not None and self._continues(last, token):
            return self._draft(token, last.agent, "step")
        if left is not None and not left.weak:
            return self._draft(token, left, "far")
        if last is not None:
            return self._draft(token, last.agent, "step")
        if self.before is not None and _may_have(self.before, token):
            return self._draft(token, self.before, "before")
        named = [a for a in self.agents if a.end <= token.start and not a.weak and _may_have(a, token)]
        if named and len({a.name for a in self.agents}) == 1:  # "X; 10 mg weekly": the only agent of the sentence
            return self._draft(token, named[-1], "far")
        return None

    def _unlisted(self, token: Token) -> Spotted | None:
        """A capitalised name no list holds, at once before the amount or behind its "of": always doubtful."""
        if _is_radiation(token) or (isinstance(token.value, Amount) and token.value.unit.kind in ("volume", "cells")):
            return None
        lead = self.text[max(self.start, token.start - 70) : token.start]
        for match in (_NAME_BEFORE.search(lead), _NAME_AFTER.match(self.text, token.end, self.end)):
            if match is None or match["name"].lower() in _NO_NAMES:
                continue
            at = match.start("name") + (token.start - len(lead) if match.string is lead else 0)
            words = match["name"]
            return Spotted(at, at + len(words), words.lower(), words, False, True)
        return None

    def _draft(self, token: Token, agent: Spotted, how: str) -> Draft:
        amount = token.value
        assert isinstance(amount, Amount)
        inferred = {"step": [STEP], "before": [BEFORE]}.get(how, [])
        own = how in ("left", "right", "far")
        start, end = (min(agent.start, token.start), max(token.end, agent.end)) if own else (token.start, token.end)
        draft = Draft(agent, amount, start, end, [], [token.note] if token.note else [], list(inferred), how=how)
        draft.at = (token.start, token.end)
        if how == "step" and self._doubtful == agent.start:
            draft.doubts.append("the agent of the amount before is itself in doubt")
        if how == "before" and not agent.sole:
            draft.doubts.append("the agent is named in an earlier sentence")
        elif how == "far" and len(self._words(self.text[agent.end : token.start])) > 8:
            draft.doubts.append("the agent stands far from its amount")
        elif agent.weak and not _is_radiation(token) and not self._plainly(agent, token, how):
            draft.doubts.append(f"whether {agent.words!r} is an agent")
        if draft.doubts:
            self._doubtful = agent.start
        return draft

    def _plainly(self, agent: Spotted, token: Token, how: str) -> bool:
        """A weak name that is one here: a code, a trade mark, a placebo or listed name at once beside a scheduled amount."""
        if _SPACED_CODE.fullmatch(agent.words) or _TRADE_MARK.match(self.text, agent.end):
            return True
        near = how in ("left", "right") and max(agent.start - token.end, token.start - agent.end) <= 4
        timed = any(0 <= t.start - token.end < 30 and t.kind in ("times", "every", "days") for t in self.rest)
        listed = is_weak_name(agent.words) and agent.name.lower() not in _GENERIC
        return near and timed and (agent.name == "placebo" or listed)

    def _left(self, token: Token, done: list[Draft]) -> Spotted | None:
        """The nearest agent before the amount in its own clause."""
        floor = max((b for b in self._breaks() if b < token.start), default=self.start)
        near = [a for a in self.agents if floor <= a.start and a.end <= token.start and _may_have(a, token)]
        while near and near[-1].weak and not self._near(near[-1], token):
            near.pop()
        return near[-1] if near else None

    def _breaks(self) -> list[int]:
        if self._hard is None:
            found = _HARD.finditer(self.text, self.start, self.end)
            names = {a.end for a in self.agents}  # "Leucovorin - Given at 400 mg/m2": the dash is its colon
            self._hard = [m.start() for m in found if m.start() not in names and not _inside(self.text, self.start, m.start())]
        return self._hard

    def _near(self, agent: Spotted, token: Token) -> bool:
        """Nothing but filling words, schedules and brackets between the agent and the amount."""
        if token.start - agent.end > 220:
            return False
        words = self._words(self._bare(agent.end, token.start))
        commas = words.count(",")
        return all(word in _LEFT for word in words) and commas < (1 if agent.weak else 2) and words[:1] not in (["to"], ["on"])

    def _bare(self, start: int, end: int) -> str:
        """text[start:end] without brackets and schedule tokens."""
        parts, at = [], start
        for token in self.rest:
            if token.start >= end:
                break
            if token.start >= at and token.kind not in ("until", "thereafter"):
                parts.append(self.text[at : token.start])
                at = max(at, token.end)
        parts.append(self.text[min(at, end) : end])
        return _BRACKETS.sub(" ", " ".join(parts))

    def _words(self, gap: str) -> list[str]:
        return [word.lower() for word in _WORD.findall(gap)]

    def _right(self, token: Token, doses: list[Token], index: int) -> Spotted | None:
        """ "10 mg of X", "10 mg oral X": the agent right behind the amount."""
        follows = next((a for a in self.agents if a.start >= token.end and _may_have(a, token)), None)
        limit = doses[index + 1].start if index + 1 < len(doses) else 10**9
        if follows is None or follows.start > limit or follows.start - token.end > 120:
            return None
        gap = self._bare(token.end, follows.start)
        if self._own_amount(follows, doses, index) or "[" in gap:
            return None
        words = self._words(gap)
        if not all(word in _RIGHT for word in words):
            return None
        if "," in gap or (follows.weak and "of" not in words and words):
            return None
        return follows

    def _own_amount(self, agent: Spotted, doses: list[Token], index: int) -> bool:
        """The next amount stands right behind this agent: "A 10 mg B 20 mg"."""
        after = doses[index + 1] if index + 1 < len(doses) else None
        gap = self._bare(doses[index].end, agent.start)
        if after is None or after.start < agent.end or _OF.search(gap):
            return False
        behind = next((a for a in self.agents if a.start >= after.end), None)
        if behind is not None and _EITHER.fullmatch(f" {self._bare(agent.end, after.start).strip()} "):  # "5 mg bid A or 0.5 mg qd B"
            return self._bare(after.end, behind.start).strip() != ""
        return self._near(agent, after)

    def _continues(self, last: Draft, token: Token) -> bool:
        gap = self.text[last.at[1] : token.start]
        return not any(last.at[1] <= a.start < token.start and not a.weak for a in self.agents) and len(gap) < 260

    def _radiation(self, token: Token, left: Spotted | None, done: list[Draft]) -> Draft | None:
        """An absorbed dose belongs to a radiation or a radiopharmaceutical, however far; else to radiation unnamed."""
        names = [a for a in self.agents if _RADIATES.search(a.name)]
        if names:
            nearest = min(names, key=lambda a: abs(a.start - token.start))
            return self._draft(token, nearest, "far" if nearest.end <= token.start else "chain")
        if self.before is not None and _RADIATES.search(self.before.name):
            return self._draft(token, self.before, "before")
        if not _BEAMS.search(self.text, self.start, token.end + 200):
            return None
        return self._draft(token, Spotted(token.start, token.start, "radiotherapy", "radiotherapy", True), "chain")

    def _by_stroke(self, doses: list[Token]) -> dict[int, Draft]:
        """ "A/B (400 mg/25 mg)": as many agents as amounts, joined by strokes, in order."""
        found: dict[int, Draft] = {}
        for index, (first, second) in enumerate(pairwise(doses)):
            pair = [a for a in self.agents if a.end <= first.start][-2:]
            if index in found or len(pair) < 2 or not STROKE.fullmatch(self.text[first.end : second.start]):
                continue
            if STROKE.fullmatch(self.text[pair[0].end : pair[1].start]) and self._near(pair[1], first):
                found[index], found[index + 1] = (self._draft(t, a, "chain") for t, a in zip((first, second), pair, strict=True))
                found[index].start = pair[0].start
        return found

    def _respectively(self, doses: list[Token]) -> dict[int, Draft]:
        """ "A and B ... at 30 mg/m2 and 3.2 mg/kg respectively": as many agents as amounts, in order."""
        if len(doses) < 2 or "respectively" not in self.text[self.start : self.end]:
            return {}
        before = [a for a in self.agents if a.end <= doses[0].start and not a.weak]
        if len(before) != len(doses) or any(a.start > doses[0].start and a.start < doses[-1].start for a in self.agents):
            return {}
        found = {}
        for index, (agent, token) in enumerate(zip(before, doses, strict=True)):
            found[index] = self._draft(token, agent, "chain")
            found[index].inferred.append("agent: paired in order by 'respectively'")
        return found


_BEAMS = re.compile(r"radiat|irradi|radioth|fraction|boost|\bbeam|pelvi|\bfield|whole[- ]brain|cranio|\bGTV|\bPTV|tumou?r bed", re.I)
_NAME_BEFORE = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][a-z]{3,}(?:-[A-Za-z0-9]+)?|[A-Z]{3,5})(?:\s?(?:\(R\)|\(TM\)|®|™|\bcent\b))?\s?(?:\(|:|,|\bat\b)?\s?(?:a\s|\w+\s)?(?:doses?\sof\s|dose\slevels?(?:\sof|:)?\s)?\Z"
)
_NAME_AFTER = re.compile(r"\s(?:of\s(?:the\s)?|daily\s|oral\s)?(?P<name>[A-Z][a-z]{3,}|[A-Z]{3,5})(?![\w-])(?!\s(?:Form|Scale))")
_NO_NAMES = frozenset(
    """
    dose doses dosage patients subjects participants group arm cohort level week weeks cycle cycles part phase
    drug drugs oral daily total single low high maximum minimum starting start titrate then after each with
    without from until tablet tablets capsule capsules injection infusion placebo treatment therapy given receive
    received take taken administered administration between over every once twice until intravenous subcutaneous
    either both control standard regimen regimens induction consolidation maintenance conditioning loading target
    initial final first second third stage step visit study trial day days night morning evening adults children
    infants males females body weight surface area approximately about less more than above below equal exceed
    reduce increase decrease serum plasma blood urine level levels protein fat energy sodium potassium
    carbohydrate fiber alcohol water milk table note dlt mtd bid tid qid daily iv sc im and the for not are was
    has will may can all any one two three four five six day auc cmax bsa kg inr bmi gfr crp psa hba1c eggs fish
    lactose calcium protein sugar creatinine bilirubin hemoglobin albumin platelets volume concentration strength
    solution saline suspension cream gel patch spray drops vial vials bottle pack pump pre post max min usp fda
    ema april june july march august january february september october november december radiation radiotherapy
    chemotherapy grade iii vii viii supplement supplements fixed following escalation increase titration
    thereafter subsequently initially when where once using because however therefore during within whereas while
    there their these this that those both intravenously subcutaneously injections infusions doses
    """.split()
)
_TRADE_MARK = re.compile(r"\s?(?:\((?:R|TM)\)|®|™)")
_GENERIC = frozenset(["chemotherapy", "study medication", "study drug", "medication", "alcohol", "glucose", "saline", "normal saline"])
_SPACED_CODE = re.compile(r"[A-Z]{2,4}\s\d{3,7}(?:\.[A-Z][a-z])?")
_RADIATES = re.compile(r"radi|irrad|brachy|\d{2,3}m?-?[A-Z]|xrt|\brt\b|pci|[sw]brt|imrt|tbi", re.I)
