"""Sentences that hold nothing to run, each with its reason. In doubt a sentence is left to the dose reader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from posolog.reader.purpose.guard import gives, has_amount, has_schedule, plans
from posolog.reader.tokens.cues import Cues, in_small, words_in

AIM = "general aim of the study: no endpoint is named in it"
BACKGROUND = "background or rationale: not part of this trial's treatment"
ELIGIBILITY = "eligibility text: who may enter, not what is given"
_OURS = Cues(
    ("starting", r"\s+dose\b"),
    ("daily", r"\s+\w+\s+dosing\b"),
    ("this", r"\s+(?:study|trial|protocol)\b"),
    ("the", r"\s+(?:present|current)\s+(?:study|trial|protocol)\b"),
    ("our", r"\s+current\s+(?:study|trial|protocol)\b"),
)


class Text:
    """A sentence, its words in lower case, and what the guard says of it (asked at most once each)."""

    __slots__ = ("_amount", "_gives", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_in(text)
        self._amount: bool | None = None
        self._gives: bool | None = None

    @property
    def amount(self) -> bool:
        """It holds an amount in a dosing unit."""
        if self._amount is None:
            self._amount = has_amount(self.text)
        return self._amount

    @property
    def gives(self) -> bool:
        """It holds a verb of giving."""
        if self._gives is None:
            self._gives = gives(self.text)
        return self._gives


def harmless(sentence: Text) -> bool:
    """No amount, and not both a schedule and a verb of giving."""
    return not sentence.amount and not (sentence.gives and has_schedule(sentence.text))


def still(sentence: Text) -> bool:
    """No amount, and no verb of giving."""
    return not sentence.gives and not sentence.amount


def unplanned(sentence: Text) -> bool:
    """Nothing that this trial is going to give."""
    if not sentence.gives:
        return not (sentence.amount and "fractions" in sentence.words)
    schedule = has_schedule(sentence.text)
    if not plans(sentence.text):
        return not (sentence.amount and schedule)
    return not (sentence.amount or schedule)


def quoted(sentence: Text) -> bool:
    """Told of an earlier study: nothing planned, whatever numbers it holds."""
    return not plans(sentence.text) and not _OURS.within(sentence.text)


def told(sentence: Text) -> bool:
    """Both `still` and `quoted`."""
    return still(sentence) and quoted(sentence)


def no_arms(sentence: Text) -> bool:
    """`still`, and nobody is randomised."""
    return still(sentence) and "random" not in sentence.text.lower()


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    gates: frozenset[str]
    pattern: re.Pattern[str]
    allows: Callable[[Text], bool]


_ALLOWS = {"harmless": harmless, "still": still, "unplanned": unplanned, "quoted": quoted, "no_arms": no_arms}


def _load() -> tuple[_Rule, ...]:
    table = tomllib.loads(files("posolog.reader").joinpath("data/remarks.toml").read_text("utf-8"))
    return tuple(
        _Rule(row["reason"], frozenset(row["words"].split()), in_small(row["pattern"], re.X), _ALLOWS[row["allows"]])
        for row in table["rule"]
    )


_RULES = _load()
_RUN_ON = re.compile(r"\w\s[A-Z][A-Za-z]{3,20}(?:\s[A-Za-z-]{2,20}){0,4}:\s")
_GATES = frozenset().union(*(rule.gates for rule in _RULES))
_NARRATES = re.compile(r"\b(?:will|were|was)\b")
_IN_SECTION: dict[str, tuple[str, Callable[[Text], bool]]] = {
    "eligibility": (ELIGIBILITY, unplanned),
    "background": (BACKGROUND, told),
    "statistics": ("statistical methods: nothing is given", still),
    "design": ("design remark: nothing is given", still),
    "ethics": ("consent or ethics remark", still),
}


def remark(sentence: Text, section: str, *, flowing: bool = False) -> str:
    """The reason why `sentence` holds nothing to run, or "" where that is not plain.

    `flowing` says that the sentence stands under its heading only because no other heading came since: words of
    conduct ("will be", "were") then take it out of the section.
    """
    cues = sentence.words & _GATES
    if ":" in sentence.text and _RUN_ON.search(sentence.text) is not None:
        return ELIGIBILITY if section == "eligibility" and still(sentence) else ""
    if cues:
        low = sentence.text.lower()
        for rule in _RULES:
            if not rule.gates.isdisjoint(cues) and rule.pattern.search(low) and rule.allows(sentence):
                return rule.reason
    if section in _IN_SECTION:
        reason, allows = _IN_SECTION[section]
        return reason if allows(sentence) and not (flowing and _NARRATES.search(sentence.text)) else ""
    return ""
