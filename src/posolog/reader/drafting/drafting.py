"""Blocks -> parts and lines of a draft protocol: where each statement hangs, in which arm, under which choice."""

from __future__ import annotations

import re
from itertools import pairwise

from posolog.core.days import DaySet
from posolog.core.finding import Finding, Severity
from posolog.protocol.condition import Condition
from posolog.protocol.model import Basis, Count, Give, Window
from posolog.reader.agents import Spotted, agent_class, key, spot
from posolog.reader.drafting import forms
from posolog.reader.drafting.build import build_give, cycles_of_draft, lasting, monthly, thereafter
from posolog.reader.drafting.parts import DraftLine, DraftPart, title
from posolog.reader.drafting.quotes import alternatives, as_do, finding_at, located, quote_of, repairs, when_of
from posolog.reader.drafting.strict import one_line
from posolog.reader.drafts import Draft, Sentence
from posolog.reader.model import Claim, State, Statement
from posolog.reader.scope.conditions import ConditionWords, joined, read_conditions
from posolog.reader.scope.labels import is_arm
from posolog.reader.settle import Told, settle
from posolog.reader.telling import sentences_told
from posolog.reader.tokens.blocks import Block, sentences
from posolog.reader.tokens.daywords import DayWords

_INTO = re.compile(r"\A(?:of|in|on|for|at)\s(?:the\s)?", re.I)  # "for the first cycle" restricts to "first cycle"
PLAIN = "is read as a decimal mark"  # a repair that is told, and leaves no doubt: "0,4 mCi/kg"


class Drafting:
    """Reads sentence after sentence; what it has dealt with becomes a claim, what it could not place a finding."""

    def __init__(self, blocks: tuple[Block, ...], claimed: tuple[Claim, ...]) -> None:
        self.blocks = blocks
        self.spoken_for = {(c.block, c.start): c.reason for c in claimed}
        self.parts: dict[str, DraftPart] = {}
        self.statements: list[Statement] = []
        self.findings: list[Finding] = []
        self.claims: list[Claim] = []
        self.arm = ""
        self.titles: set[int] = set()
        self.told: list[Told] = []

    def run(self) -> None:
        """Reads every sentence, settles them over the whole text, then drafts line by line."""
        self.told = sentences_told(self.blocks, self.spoken_for)
        settle(self.told)
        for one in self.told:
            block = self.blocks[one.block]
            if not block.parents and not one.start:
                self.arm = ""
            if one.claimed:
                if any(draft.kept for draft in one.drafts):
                    self.administrations(block, one, read_conditions(block.text, one.start, one.end))
                self.amounts_aside(block, one)
            else:
                self.sentence(block, one)
        self.claim_titles()

    def sentence(self, block: Block, one: Told) -> None:
        text, start, end, found = block.text, one.start, one.end, one.found
        self.arm = forms.arm_of(text[start:end]) or self.arm
        if block.heading and forms.CHOICE.search(text, start, end):
            self.claim(block, start, end, State.READ, "opens a choice between regimens")
            return
        kinds = {token.kind for token in found.tokens}
        rests = "days" in kinds and "rest" in one.words.lower()
        special = not one.background and (rests or forms.may_hold_one(text, start, end))
        wanted = special or "taper" in kinds or any(draft.kept for draft in one.drafts)
        conditions = read_conditions(text, start, end) if wanted else []
        done = self.special(block, start, end, found, conditions) if special else False
        done = (self.tapers(block, start, end, found, conditions) if not one.background else False) or done
        done = self.administrations(block, one, conditions) or done
        self.unplaced(block, one)
        if done:
            self.claim(block, start, end, State.READ, f"read into {self.part(block).name!r}")
            self.numbers(block, start, end, found, conditions)

    def special(self, block: Block, start: int, end: int, found: Sentence, conditions: list[ConditionWords]) -> bool:
        """Rest, stays, references, co-injections and repeats; True when the sentence held one."""
        text, words, done = block.text, [(block.index, start, end)], False
        for stay in forms.stays(text, start, end):
            self.part(block).lines.append(DraftLine(stay, words))
            done = True
        for rest in forms.rest_days(text, found):
            self.part(block).lines.append(DraftLine(rest, words))
            done = True
        agents = found.agents or tuple(spot(text, start, end))
        if added := forms.co_injected(text, start, end, agents):
            line = self.co_injection(block, added, conditions, words)
            self.part(block).lines.append(line)
            if isinstance(line.what, Give):
                when, doubts = when_of(block, conditions), ("no amount is stated",)
                self.statements.append(
                    Statement(block.index, start, end, line.what, words_of(added[0]), when=when, doubts=doubts)
                )
            return True
        if label := forms.by_label(text, start, end, agents):
            self.part(block).lines.append(DraftLine(label, words, joined(conditions)))
            return True
        if refer := forms.referred(text, start, end):
            self.part(block).lines.append(DraftLine(refer, words))
            done = True
        if repeat := forms.again(text, start, end):
            arm = repeat.arm or self.arm
            self.parts[repeat.what] = DraftPart(
                repeat.what, arm, condition=joined(conditions), repeats=True, words=words
            )
            self.claim(block, start, end, State.READ, f"read into {repeat.what!r}")
        return done

    def co_injection(
        self,
        block: Block,
        added: tuple[Spotted, Spotted, int],
        conditions: list[ConditionWords],
        words: list[tuple[int, int, int]],
    ) -> DraftLine:
        agent, beside, nth = added
        days = next(
            (
                line.what.days
                for part in self.parts.values()
                for line in part.lines
                if isinstance(line.what, Give) and line.what.agent == beside.name and line.what.days
            ),
            None,
        )
        listed = days.days() if days else ()
        on = DaySet((listed[nth - 1],)) if len(listed) >= nth else None
        return DraftLine(
            Give(agent.name, days=on),
            words,
            joined(conditions),
            because=f"given with administration {nth} of {beside.name}" if on else "",
        )

    def administrations(self, block: Block, one: Told, conditions: list[ConditionWords]) -> bool:
        before: Give | None = None
        lines: list[DraftLine] = []
        drafts = [draft for draft in one.drafts if draft.kept]
        if not drafts:
            return bool(one.drafts) and not one.background
        starts = [*(draft.start for draft in drafts[1:]), one.end]
        for draft, until in zip(drafts, starts, strict=True):
            give, findings, unsettled = build_give(block.text, draft)
            give = self.stepped(give, draft, before, one.found)
            self.findings += [located(finding, block, draft) for finding in findings] + repairs(block, draft)
            condition = self.scope(block, draft, conditions, lone=len(drafts) == 1, until=until)
            words = quote_of(block, one.start, one.end, draft, lone=len(drafts) == 1)
            said, open_questions = one_line(give)
            open_questions += alternatives(block.text, draft, tuple(drafts))
            because, asked = "; ".join(draft.inferred), unsettled + open_questions
            lines.append(DraftLine(as_do(give) or said, [words], condition, unsettled=asked, because=because))
            mine = [c for c in conditions if c.opens or draft.start <= c.start < min(draft.end + 40, until)]
            self.statements.append(self.statement(block, draft, give, mine, condition, findings, unsettled))
            before = give
        part = self.part(block)
        part.cycles = forms.cycles_of(one.found) or part.cycles
        self.optional(block, lines)
        part.lines += lines
        if rest := forms.rest_after(one.found):
            place = (block.index, one.start, one.end)
            part.lines.append(DraftLine(rest, [place], because="the stated rest follows the stated infusion"))
        return True

    def statement(
        self, block: Block, draft: Draft, give: Give, conditions: list[ConditionWords], condition: Condition | None,
        findings: tuple[Finding, ...], unsettled: tuple[str, ...],
    ) -> Statement:  # fmt: skip
        """The flat statement of one draft, with what a person should look at."""
        rays = draft.amount is not None and draft.amount.unit.kind == "absorbed dose"
        fractions = draft.get("doses") if rays else None
        counted = fractions.value[0].number if fractions and isinstance(fractions.value, tuple) else None
        plain = [note for note in draft.notes if note.endswith(PLAIN)]
        only = draft.get("incycle")
        stretch = block.text[only.start : only.end].strip() if only else ""
        told = draft.when if is_arm(draft.when) else stretch or draft.when
        when = _INTO.sub("", told or when_of(block, conditions))
        return Statement(
            block.index, draft.start, draft.end, give, words_of(draft.agent), when=when, condition=condition,
            inferred=(*draft.inferred, *plain), findings=findings,
            cycles=cycles_of_draft(draft), fractions=counted, lasting=lasting(draft), monthly=monthly(draft),
            basis=draft.amount.basis if draft.amount else Basis.UNSTATED,
            doubts=tuple(dict.fromkeys([*draft.doubts, *(n for n in draft.notes if n not in plain), *unsettled])),
        )  # fmt: skip

    def stepped(self, give: Give, draft: Draft, before: Give | None, found: Sentence) -> Give:
        if before is None or before.agent != give.agent or not draft.has("thereafter") or give.days is not None:
            return give
        lasts = next((t.value for t in found.tokens if t.kind == "continuous" and isinstance(t.value, int)), None)
        return thereafter(give, before, Count(lasts) if isinstance(lasts, int) else None)

    def scope(
        self, block: Block, draft: Draft, conditions: list[ConditionWords], *, lone: bool, until: int
    ) -> Condition | None:
        """Conditions that open the sentence or stand inside the statement's own words restrict it."""
        mine = [c for c in conditions if c.opens or lone or draft.start <= c.start < min(draft.end + 60, until)]
        return joined(mine)

    def optional(self, block: Block, lines: list[DraftLine]) -> None:
        """ "FLAG +- anthracycline": the lines of that agent or class are left to choice."""
        root = self.blocks[block.parents[-1]] if block.parents and not block.marker else block
        wanted = forms.optional_class(root.text)
        for line in lines:
            if (
                wanted
                and isinstance(line.what, Give)
                and wanted in (line.what.agent.lower(), agent_class(line.what.agent))
            ):
                line.optional = True

    def tapers(self, block: Block, start: int, end: int, found: Sentence, conditions: list[ConditionWords]) -> bool:
        """ "tapering MMF between days D+35 and D+56" is a line of its own, under the conditions of its sentence."""
        tokens, done = found.tokens, False
        marks = [token.start for token in tokens if token.kind == "taper"]
        for here, there in zip(marks, [*marks, end][1:], strict=True):
            agent = next((a for a in found.agents if here <= a.start < there), None)
            days = next((t for t in tokens if t.kind == "days" and here <= t.start < there), None)
            if agent is None or days is None or not isinstance(days.value, DayWords):
                continue
            listed = days.value.days.days()
            if listed[0] >= listed[-1]:
                continue
            give = Give(agent.name, taper=Window(listed[0], listed[-1]))
            self.part(block).lines.append(DraftLine(give, [(block.index, here, days.end)], joined(conditions)))
            done = True
        return done

    def part(self, block: Block) -> DraftPart:
        """The part a block's lines belong to, made when first needed."""
        owner, choice = self.owner(block)
        name = (
            title(owner)
            if owner
            else {"experimental": "experimental treatment", "control": "control treatment"}.get(self.arm, self.arm)
            or "treatment"
        )
        if owner:
            self.titles.update(i for i in (owner.index, *owner.parents) if i != block.index or choice)
        arm = next((a for i in reversed(block.parents) if (a := forms.arm_of(self.blocks[i].text))), "") or self.arm
        if name not in self.parts:
            chain = [self.blocks[i] for i in owner.parents] + [owner] if owner else []
            words = [
                (b.index, 0, len(b.text))
                for b in chain
                if b.index != block.index and not forms.CHOICE.search(b.text) and len(b.text) < 160
            ]
            self.parts[name] = DraftPart(name, arm, choice, words=words)
        return self.parts[name]

    def owner(self, block: Block) -> tuple[Block | None, str]:
        """The numbered item or heading a block hangs under, and the choice it is an option of."""
        chain = [self.blocks[i] for i in block.parents] + ([block] if block.number is not None else [])
        for above, below in pairwise(chain):
            if above.heading and forms.CHOICE.search(above.text):
                return below, "regimen"
        named = [b for b in chain if b.number is not None or b.heading]
        return (named[-1], "") if named else (None, "")

    def unplaced(self, block: Block, one: Told) -> None:
        start, end, found = one.start, one.end, one.found
        for token in () if one.background else found.unplaced:
            self.findings.append(
                finding_at(
                    "AMOUNT-UNREAD",
                    Severity.ASK,
                    block,
                    token.start,
                    token.end,
                    f"The amount {block.text[token.start : token.end].strip()!r} could not be given to an agent.",
                    "Write the line by hand, or mark the sentence as informative.",
                )
            )
        self.amounts_aside(block, one)
        if one.aside and not any(draft.kept for draft in one.drafts) and (one.background or not found.unplaced):
            self.claim(block, start, end, State.INFORMATIVE, f"not a dose: {one.aside[0][1]}")

    def amounts_aside(self, block: Block, one: Told) -> None:
        for token, kind in one.aside:
            self.claims.append(Claim(block.index, token.start, token.end, State.INFORMATIVE, f"not a dose: {kind}"))

    def numbers(self, block: Block, start: int, end: int, found: Sentence, conditions: list[ConditionWords]) -> None:
        """Every number of a sentence that was read must have been used; the others are named, never passed over."""
        spans = [(t.start, t.end) for t in found.tokens] + [
            (a.start, a.end) for a in (found.agents or spot(block.text, start, end))
        ]
        spans += [(c.start, c.end) for c in conditions]
        if forms.stays(block.text, start, end) or forms.again(block.text, start, end):
            return
        for match in re.finditer(r"(?<![\w.])\d+(?:[.,]\d+)*", block.text[start:end]):
            at = start + match.start()
            if not any(a <= at < b + 8 and at < b + 1 for a, b in spans):
                self.findings.append(
                    finding_at(
                        "NUMBER-UNREAD",
                        Severity.ASK,
                        block,
                        at,
                        start + match.end(),
                        f"The number {match.group()!r} was not used in reading its sentence.",
                        "Compare the drafted lines with the words; correct the line if the number belongs to it.",
                    )
                )

    def claim(self, block: Block, start: int, end: int, state: State, reason: str) -> None:
        self.claims.append(Claim(block.index, start, end, state, reason))

    def claim_titles(self) -> None:
        have = {(c.block, c.start) for c in self.claims} | set(self.spoken_for)
        for index in sorted(self.titles):
            block = self.blocks[index]
            for start, end in sentences(block.text):
                if (index, start) not in have:
                    self.claim(block, start, end, State.READ, f"names the part {title(block)!r}")


def words_of(agent: Spotted) -> str:
    """The agent as the text names it; a name broken at a line's end is mended ("dexa-methasone")."""
    broken = "-" in agent.words and key(agent.words) == agent.name
    words = agent.name if broken else agent.words
    return words + ")" * (words.count("(") - words.count(")"))  # "globulin (rabbit" has its bracket back
