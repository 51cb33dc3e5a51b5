"""What may stand between an agent and its amount: only filling words, brackets and schedules, and no hard stop."""

from __future__ import annotations

import re
from functools import cached_property

from posolog.reader.agents import Spotted
from posolog.reader.attach.rays import may_have
from posolog.reader.tokens.token import Token

BRACKETS = re.compile(r"\((?:[^()]|\([^()]{0,20}\)){0,140}\)|\[[^\[\]]{0,60}\]|[®™*]")
_HARD = re.compile(r";|\s[-–•*]\s(?=[A-Z])|\.\s(?=[A-Z(])|v(?<=\bv)(?:ersus|s)\b")
_WORD = re.compile(r"[A-Za-z0-9%+]+(?:[-'][A-Za-z0-9]+)*|[,;:+&/]")
# "MMF arm: 1 mg/kg prednisolone": the first name heads the arm.
HEADS = re.compile(r"\)?\s(?:\w+\s)?(?:pathway|arm|group|cohort|regimen|treatment)\s?:", re.I)
# "25 mg/m2 of the chemotherapeutic X", "40 mg of heated X": one or two words say what X is.
_OF_SUCH = re.compile(
    r"""\s?of\s(?:the\s|an?\s)?(?:
            (?!
                doses?|treatments?|therapy|days?|weeks?|cycles?|weight|combination|total|start|levels?|end
                |infusions?|injections?|and|or|with|each|all|both|patients|those|this|these|that)[A-Za-z][\w-]+\s){1,2}""",
    re.I | re.X,
)
_OF = re.compile(r"\bof\b")
_OR_PLACEBO = re.compile(
    r"[\w\s]{0,20}(?:\([^()]{0,30}\)\s)?(?:or|and|vs\.?|versus|/)\s?(?:matching\s|a\s|oral\s|identical\s)?", re.I
)
# "5 mg bid A or 0.5 mg qd B": what joins two amounts that each stand before their agent.
_JOINED = r"and | or | plus | combination\swith | combined\swith | together\swith | followed\sby"
_EITHER = re.compile(rf"\s (?: [^.;]{{0,40}}\s )? (?: {_JOINED} ) \s", re.I | re.X)
# What makes a name tell of a time: "on the day after X", "without X".
_EVENT = re.compile(
    r"""\b(?: before | after | following | prior\sto | preceding | during | (?<!or\s)without | since
            | days?\sof(?:\sand\safter)?
            | (?:time|start|end|completion|day)\sof )\s
        (?: (?:the|each|every|first|last)\s ){0,2} (?: (?:dose|infusion|administration)\sof\s )? \Z""",
    re.I | re.X,
)
# "after A, 20 mg of intravenous B"
_OF_ROUTE = re.compile(r"\s(?:of\s)?(?:(?:oral|intravenous|subcutaneous|iv|i\.v\.|high-dose|low-dose)\s)?", re.I)
# "X will be given at a starting dose of 10 mg": words that leave X beside 10 mg.
AGENT_FIRST = frozenset(
    """
    at a an the dose doses dosage dosages dosing of will be is are was were given administered infused injected
    started starting initial initially as with target fixed flat to dosed total iv oral orally by using treatment
    therapy consisting rate each single standard full low high low-dose high-dose standard-dose intravenous
    intravenously infusion infusions injection injections hcl tablets capsules tablet group arm regimens regimen
    combination based should use cohort cohorts maintenance induction loading body weight initiated beginning
    begin start subcutaneous subcutaneously in on for patients receive dosed-at level levels : ( = - , escalating
    monotherapy alone concurrent weekly daily reduced-dose lead-in once twice administration must may can
    starting-dose hydrochloride sulfate phosphate sodium capsule suspension solution film-coated or equivalent
    only prescribed delivered applied supplementation supplement supplements syrup powder extract dispersible vaccine
    antibody antibodies provided product bolus infused participants subjects adjuvant enteric-coated formulation
    treatments gel cream ointment spray approximately about
    """.split()
)
# "10 mg per day of oral X": words that leave 10 mg beside X.
_AMOUNT_FIRST = frozenset(
    """
    of the a an in oral iv intravenous intravenously dose doses daily single each human recombinant subcutaneous
    body weight bw per / total high-dose low-dose standard fixed therapeutic injection infusion infusions
    injections once twice weekly orally ) group arm either day maintenance adjuvant concurrent concomitant
    additional liposomal intrathecal actual ideal intramuscular topical hyperfractionated fractionated
    external-beam conventional cranial whole-brain pelvic prophylactic equivalent is at tablets capsules tablet
    radiolabeled unlabeled cold generic test tracer imaging dosimetric priming booster loading initial starting
    """.split()
)


def words_of(gap: str) -> list[str]:
    """The words and separators of a gap, in small letters."""
    return [word.lower() for word in _WORD.findall(gap)]


class Between:
    """The words of one sentence between its agents, its amounts and its schedule tokens."""

    def __init__(self, text: str, start: int, end: int, agents: list[Spotted], rest: list[Token]) -> None:
        self.text, self.start, self.end = text, start, end
        self.agents, self.rest = agents, rest

    @cached_property
    def breaks(self) -> list[int]:
        """Where the sentence breaks so hard that no agent reaches over: a semicolon, a list's dash, "versus"."""
        names = {a.end for a in self.agents}  # "Leucovorin - Given at 400 mg/m2": the dash is its colon
        found = (match.start() for match in _HARD.finditer(self.text, self.start, self.end))
        return [at for at in found if at not in names and not self._in_bracket(at)]

    def _in_bracket(self, position: int) -> bool:
        """ "(CSA; 3 mg/kg" goes on after the stop."""
        lead = self.text[max(self.start, position - 120) : position]
        return lead.rfind("(") > lead.rfind(")")

    def bare(self, start: int, end: int) -> str:
        """text[start:end] without brackets and schedule tokens."""
        parts, at = [], start
        for token in self.rest:
            if token.start >= end:
                break
            if token.start >= at and token.kind not in ("until", "thereafter"):
                parts.append(self.text[at : token.start])
                at = max(at, token.end)
        parts.append(self.text[min(at, end) : end])
        return BRACKETS.sub(" ", " ".join(parts))

    def near(self, agent: Spotted, token: Token) -> bool:
        """Nothing but filling words, schedules and brackets between the agent and the amount after it."""
        if token.start - agent.end > 220:
            return False
        words = words_of(self.bare(agent.end, token.start))
        if words[:1] in (["to"], ["on"]) or words.count(",") >= (1 if agent.weak else 2):
            return False
        return all(word in AGENT_FIRST for word in words)

    def left(self, token: Token) -> Spotted | None:
        """The nearest agent before the amount in its own clause."""
        floor = max((b for b in self.breaks if b < token.start), default=self.start)
        found = [a for a in self.agents if floor <= a.start and a.end <= token.start and may_have(a, token)]
        while found:
            apart = found[-1].weak and not self.near(found[-1], token)
            if not apart and not self._is_event(found[-1], token, alone=len(found) == 1):
                break
            found.pop()
        if len(found) > 1 and found[-1].name == "placebo" and self._beside_placebo(found[-2], found[-1], token):
            found.pop()
        return found[-1] if found else None

    def _beside_placebo(self, agent: Spotted, placebo: Spotted, token: Token) -> bool:
        """ "X or placebo (50 mg per day)": the bracket tells the amount of X."""
        joined = _OR_PLACEBO.fullmatch(self.text[agent.end : placebo.start]) is not None
        return joined and self.text[placebo.end : token.start].strip() == "("

    def _is_event(self, agent: Spotted, token: Token, *, alone: bool) -> bool:
        """ "A, on the day after B, at a dose of 20 mg", "without B, 20 mg A": B tells only when A is given."""
        gap = self.text[agent.end : token.start]
        if not gap.strip(" ,()") and "," not in gap:
            return False  # "after B 20 mg": the amount is B's own
        told = agent.words.lower().startswith(("pre-", "post-"))
        if not told and not _EVENT.search(self.text[max(self.start, agent.start - 40) : agent.start]):
            return False
        gaps = (self.text[token.end : a.start] for a in self.agents if a.start > token.end)
        return not alone or any(_OF_ROUTE.fullmatch(gap) is not None for gap in gaps)

    def right(self, token: Token, after: Token | None) -> Spotted | None:
        """ "10 mg of X", "10 mg oral X": the agent right behind the amount; `after` is the next amount."""
        agent = next((a for a in self.agents if a.start >= token.end and may_have(a, token)), None)
        if agent is None or (after is not None and agent.start > after.start) or agent.start - token.end > 120:
            return None
        gap = self.bare(token.end, agent.start)
        if self._days_between(token.end, agent.start) and "of" not in words_of(gap):
            return None
        if "[" in gap or "," in gap:
            return None
        if after is not None and self._has_own(agent, gap, after) and not self._opens_steps(agent, token, after):
            return None
        words = [word for word in words_of(gap) if not word.rstrip("%").isdigit()]  # "of 0.9% saline"
        if agent.weak and words and "of" not in words:
            return None
        described = _OF_SUCH.fullmatch(gap) is not None and agent.start - token.end < 60
        return agent if described or all(word in _AMOUNT_FIRST for word in words) else None

    def _days_between(self, start: int, end: int) -> bool:
        """ "1000 mg from day 0 to day 40 PBSC day 0": behind its days an amount has its line behind it."""
        return any(start <= t.start and t.end <= end and t.kind in ("days", "until") for t in self.rest)

    def _opens_steps(self, agent: Spotted, token: Token, after: Token) -> bool:
        """ "1 mg/kg daily X for 4 days, 40 mg daily": no agent before the first amount, a comma before the next."""
        if any(a.end <= token.start and not (a.weak or HEADS.match(self.text, a.end)) for a in self.agents):
            return False
        return "," in self.bare(agent.end, after.start)

    def _has_own(self, agent: Spotted, gap: str, after: Token) -> bool:
        """The next amount stands right behind this agent: "A 10 mg B 20 mg"; `gap` is what stands before the agent."""
        if after.start < agent.end or _OF.search(gap):
            return False
        behind = next((a for a in self.agents if a.start >= after.end), None)
        if behind is not None and not gap.strip() and not self.text[after.end : behind.start].strip():
            return False  # "10 mg A, then 20 mg B": each amount right before its agent
        joined = _EITHER.fullmatch(f" {self.bare(agent.end, after.start).strip()} ")
        if behind is not None and joined:
            return self.bare(after.end, behind.start).strip() != ""
        return self.near(agent, after)
