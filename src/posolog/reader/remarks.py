"""Sentences that hold nothing to run, each with its reason. In doubt a sentence is left to the dose reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from posolog.reader.purpose_guard import PLANNED, gives, has_amount, has_schedule

AIM = "general aim of the study: no endpoint is named in it"
BACKGROUND = "background or rationale: not part of this trial's treatment"
ELIGIBILITY = "eligibility text: who may enter, not what is given"
STATISTICS = "statistical methods: nothing is given"
SAMPLE = "sample size or accrual"
DESIGN = "design remark: nothing is given"
ETHICS = "consent or ethics remark"
USUAL = "remark on marketing authorisation or usual care: nothing is given"
PREFERENCE = "preference without an act"
REGULATORY = "regulatory or sponsorship remark"
DOCUMENT = "reference to an outside document: it states no dose or day here"


class Text:
    """A sentence and, asked for at most once each, what the guard says of it."""

    __slots__ = ("_risk", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = frozenset(re.findall(r"[a-z]+", text.lower()))
        self._risk: tuple[bool, bool, bool] | None = None

    @property
    def risk(self) -> tuple[bool, bool, bool]:
        """(an amount, a schedule, a verb of giving)."""
        if self._risk is None:
            self._risk = (has_amount(self.text), has_schedule(self.text), gives(self.text))
        return self._risk


def harmless(sentence: Text) -> bool:
    """No amount, and not both a schedule and a verb of giving."""
    amount, schedule, giving = sentence.risk
    return not amount and not (schedule and giving)


def still(sentence: Text) -> bool:
    """No amount, and no verb of giving."""
    amount, _, giving = sentence.risk
    return not amount and not giving


def unplanned(sentence: Text) -> bool:
    """Nothing that this trial is going to give."""
    amount, schedule, giving = sentence.risk
    return not (giving and (amount or schedule)) or PLANNED.search(sentence.text) is None


def quoted(sentence: Text) -> bool:
    """Told of an earlier study: nothing planned, whatever numbers it holds."""
    return PLANNED.search(sentence.text) is None


def _told(sentence: Text) -> bool:
    return still(sentence) and quoted(sentence)


def _no_arms(sentence: Text) -> bool:
    return still(sentence) and "random" not in sentence.text.lower()


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    gates: frozenset[str]
    pattern: re.Pattern[str]
    allows: Callable[[Text], bool]


def _rule(reason: str, gates: str, pattern: str, allows: Callable[[Text], bool]) -> _Rule:
    return _Rule(reason, frozenset(gates.split()), re.compile(pattern, re.I), allows)


_RULES = (
    _rule(ETHICS, "consent ethics ethical helsinki irb review",
          r"informed\s+consent|written\s+consent|ethics\s+(?:committee|board)|ethical\s+(?:approval|committee)|"
          r"helsinki|\birb\b|"
          r"institutional\s+review\s+board", _no_arms),
    _rule(USUAL, "marketing usual routine",
          r"marketing\s+authori[sz]ation|\b(?:usual|routine)\s+(?:medical\s+|clinical\s+)?care\s+of\b|"
          r"all\s+used\s+in\s+(?:the\s+)?usual",
          still),
    _rule(PREFERENCE, "preferred preferable", r"\b(?:is|are)\s+(?:strongly\s+)?prefer(?:red|able)\b", still),
    _rule(REGULATORY, "fda ema approved sponsor sponsored funded funding licensed",
          r"\b(?:approved\s+(?:by|for|in)|fda[\s-]approved|approval\s+(?:by|from|of)|licensed\s+(?:for|in)|"
          r"sponsored\s+by|funded\s+by|"
          r"funding\s+(?:from|by))\b", still),
    _rule(BACKGROUND, "al studies study trial trials literature reports report investigators patients",
          r"\bet\s+al\b|\b(?:previous|prior|earlier|recent|several|published|retrospective|preclinical|"
          r"pre-clinical|animal|other|many|"
          r"numerous)\s+(?:\w+\s+){0,3}(?:studies|trials|reports|series|investigators)\b|\b(?:studies|trials|"
          r"data|reports?|literature|"
          r"analys[ei]s)\s+(?:have|has)\s+(?:also\s+)?(?:been\s+)?(?:show|demonstrat|report|suggest|indicat|"
          r"publish|found|prove)",
          quoted),
    _rule(AIM, "purpose aim aims goal goals objective objectives designed investigate evaluate determine evaluates compare assess "
          "study trial",
          r"\b(?:purpose|aims?|goals?|objectives?|intent)\s+(?:of\s+[^.;:]{3,60}?\s+)?(?:is|are|was|were|will\s+be)\b|"
          r"\b(?:we|investigators|authors)\s+(?:aim|plan|propose|intend|want|wish)\s+to\s+(?:evaluate|assess|"
          r"determine|compare|study|"
          r"investigate|examine|test)|\b(?:study|trial|project|research|protocol)\s+(?:(?:is|was|has\s+been)\s+"
          r"(?:designed|being\s+done|conducted|undertaken|intended)\s+to|aims?\s+to|(?:will|seeks\s+to|"
          r"is\s+going\s+to|is)\s*"
          r"(?:evaluat|assess|determin|compar|study|investigat|examin|test|explor)(?:e|ing)?\b|(?:evaluates|"
          r"assesses|compares|"
          r"determines|investigates|examines|studies|tests))", harmless),
    _rule(SAMPLE, "patients subjects participants sample accrual enrolled recruited volunteers individuals size",
          r"sample\s+size|\bprojected\s+accrual|\b(?:a\s+)?(?:total|maximum|"
          r"minimum)\s+of\s+(?:\w+\s+){0,3}?[\d,]+\s+(?:\w+\s+){0,4}"
          r"(?:patients|subjects|participants|volunteers|individuals)\b|"
          r"\b[\d,]+\s+(?:[\w-]+\s+){0,4}(?:patients|subjects|"
          r"participants|volunteers|individuals)\s+(?:[\w-]+\s+){0,6}?(?:enrolled|recruited|accrued|"
          r"included)\b", still),
    _rule(STATISTICS, "statistical statistically power confidence regression kaplan log analysis anova interim rank chi sided",
          r"statistical(?:ly)?\s+\w+|\bpower\s+(?:of|to)\b|\bconfidence\s+intervals?|\bregression\b|kaplan|"
          r"log-?\s?rank|intent(?:ion)?"
          r"[\s-]+to[\s-]+treat|\banova\b|\bchi[\s-]square|\binterim\s+analys|\b(?:one|two)-sided\b", still),
    _rule(DESIGN, "study trial label blind blinded multicenter multicentre prospective phase randomized randomised arm",
          r"\b(?:this|the\s+(?:present|current|proposed))\s+(?:is|was|will\s+be|study|trial|"
          r"protocol)\b.{0,200}?\b(?:phase|open|"
          r"randomi[sz]ed|blind(?:ed)?|prospective|multi-?\s?cent(?:er|re)|pilot|single|observational|controlled)\b|"
          r"^\W*(?:[\w/-]+,?\s+){0,6}?(?:multi-?\s?cent(?:er|re|ric)|prospective|open[\s-]label|"
          r"double-?\s?blind(?:ed)?|"
          r"single[\s-]arm|phase\s+(?:[I1-4]{1,3}V?))\b[^.;]{0,160}$", still),
    _rule(ELIGIBILITY, "eligible eligibility exclusion excluded inclusion aged enrolment ineligible",
          r"\b(?:in)?eligib(?:le|ility)\b|\b(?:exclusion|inclusion)\s+criteri|\bexcluded\b|\baged?\s+(?:\d|"
          r"between|over|under|>)",
          still),
    _rule(DOCUMENT, "protocol guidelines prescribing",
          r"\b(?:described|detailed|specified|defined|"
          r"outlined)\s+in\s+(?:detail\s+in\s+)?(?:the\s+)?(?:study\s+)?(?:protocol|guidelines)",
          still),
    _rule(BACKGROUND, "is are has have was were been remains may can suggests suggest however although known common cause associated "
          "hypothesis hypothesize believed drugs",
          r"\b(?:is|are|remains?)\s+(?:\w+\s+){0,2}?(?:a|an|one|the)?\s*(?:\w+\s+){0,2}?(?:common|rare|frequent|"
          r"leading|cause|disease|"
          r"disorder|associated|known|unknown|unclear|characteri[sz]ed|considered|believed|thought|"
          r"complications?|malignanc|malignant|"
          r"challenge|standard\s+of\s+care|effective|cancer|limited)|\b(?:has|"
          r"have)\s+(?:\w+\s+)?(?:been\s+)?(?:show[ns]?|"
          r"demonstrated|reported|suggested|associated|recognized|proven|found|emerged|improved|increased|"
          r"become|led|used)\b|\bhypothes|"
          r"\bwork\s+in\s+different\s+ways|\bmay\s+(?:\w+\s+)?(?:stop|kill|help|be\s+(?:effective|useful|"
          r"associated|due)|improve|reduce|"
          r"increase|cause|lead|prevent)|\bsuggests?\b|\bit\s+is\s+(?:not\s+)?(?:known|yet|likely|possible|well|"
          r"estimated)|"
          r"\b(?:incidence|prevalence|mortality|prognosis)\s+(?:of|is|rate)", still),
)
_RUN_ON = re.compile(r"\w\s[A-Z][A-Za-z]{3,20}(?:\s[A-Za-z-]{2,20}){0,4}:\s")
_GATES = frozenset().union(*(rule.gates for rule in _RULES))
_NARRATES = re.compile(r"\b(?:will|were|was)\b")
_IN_SECTION: dict[str, tuple[str, Callable[[Text], bool]]] = {
    "eligibility": (ELIGIBILITY, unplanned),
    "background": (BACKGROUND, _told),
    "statistics": (STATISTICS, still),
    "design": (DESIGN, still),
    "ethics": (ETHICS, still),
}


def remark(sentence: Text, section: str, *, flowing: bool = False) -> str:
    """The reason why `sentence` holds nothing to run, or "" where that is not plain.

    `flowing` says that the sentence stands under its heading only because no other heading came since: words of
    conduct ("will be", "were") then take it out of the section.
    """
    cues = sentence.words & _GATES
    if _RUN_ON.search(sentence.text) is not None:
        return ELIGIBILITY if section == "eligibility" and still(sentence) else ""
    if cues:
        for rule in _RULES:
            if not rule.gates.isdisjoint(cues) and rule.pattern.search(sentence.text) and rule.allows(sentence):
                return rule.reason
    if section in _IN_SECTION:
        reason, allows = _IN_SECTION[section]
        return reason if allows(sentence) and not (flowing and _NARRATES.search(sentence.text)) else ""
    return ""
