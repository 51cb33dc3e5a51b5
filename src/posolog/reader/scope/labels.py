# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""Labels that restrict what follows: "Arm A", "Stratum 2", "Cohort 1", "VAD:", "Maintenance:"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from posolog.formulary import all_regimens
from posolog.reader.agents import spot
from posolog.reader.scope.who import consisting, receivers
from posolog.reader.tokens.cues import words_in

# Capitalised words before "group", "arm", "phase" that name none.
_NO_NAMES = "|".join(
    """
    In The This That These Those Each Every Both All For Of An One Two Three Four Our Single Any Either No At To
    With From On By Per Patient Patients FIGO Disease Study Chronic Acute Blast Accelerated Luteal Follicular
    Clinical Late Early Advanced During After Before Treatment-free Pilot Same Other Another
    """.split()
)
# "Arm A", "dose level 2", "phase II portion", "the standard-dose group": a noun of division with its name.
_NAMED = re.compile(
    rf"""\b(?=[A-Za-ik-pr-t])(?:
            \b(?:(?:Treatment|Study|[Ee]xperimental|[Cc]ontrol|[Dd]ose)\s)?(?:
                 [Aa]rm|ARM|[Gg]roup|GROUP|[Cc]ohort|COHORT|[Ss]tratum|STRATUM|[Pp]art|PART|[Ss]tep|STEP|[Ss]chema
                 |[Rr]egimen|REGIMEN|[Ss]chedule|[Pp]hase|PHASE|[Ll]evel|LEVEL|[Bb]lock|[Ss]tage|[Oo]ption|OPTION
                 |[Ss]equence|[Ss]trategy|[Cc]hoice)s?\s
             (?:
                 [A-H]\d?\b(?!-\w)|I{{1,3}}\b|IV\b|V\b
                 |-?\d{{1,2}}[a-zA-Z]?\b(?!
                      \s?(?:years?|days?|weeks?|months?|patients|mg|study|studies|trial|clinical|-?fold)))
            |\b(?:
                 (?:
                     first|second|third|fourth|initial|subsequent|next|prophylactic|therapeutic|experimental|control
                     |standard|high-dose|low-dose|standard-dose|intervention|treatment|placebo|study
                     |(?:re-?)?induction|consolidation|maintenance|intensification|salvage|run-in|lead-in
                     |(?!(?:{_NO_NAMES})\b)[A-Z][A-Za-z0-9+/-]{{1,14}})\s
                 (?:use\s)?(?:cohort|group|arm|stage|phase|course))\b)""",
    re.X,
)
_NAMES = frozenset(
    """
    arm arms group groups cohort cohorts stratum stratums part parts step steps schema schemas regimen regimens
    schedule schedules phase phases level levels block blocks stage stages option options
    sequence sequences strategy choice choices course
    """.split()
)
_PREFIX = re.compile(
    r"""(?:\A[-•*\s]{0,3}|(?<=[-•*;.:]\s)|(?<=;))\s?(?:\(?\d{1,2}[.)]\s)?(?P<label>[A-Z][^:;.]{0,90}?)\s?:\s?
        (?=\S|\Z)""",
    re.X,
)
_NO_LABEL = re.compile(
    r"""^(?:days?|weeks?|dose|doses|dosage|treatment|drug|biological|radiation|procedure|device|genetic|other|n)\b
        |\bfollowing|\bfollows|\d\s?mg|\bD\s?\d""",
    re.I | re.X,
)
# Words of headings that restrict: for whom, in which arm, in which stretch of the treatment.
_RESTRICTS = re.compile(
    r"""\b(?:
             arms?|groups?|cohorts?|strat(?:um|a)|options?|sequences?|schedules?|schema|regimens?|levels?|blocks?
             |parts?|steps?|stages?|phases?|periods?|courses?|cycles?|modules?|alternatives?|patients|subjects
             |participants|children|adults|infants|women|men|males|females|recipients|donors|responders|induction
             |re-?induction|consolidation|maintenance|intensification|salvage|conditioning|pre-?phase|run-?in
             |lead-?in|adjuvant|neo-?adjuvant|mobili[sz]\w+|bridging|continuation|extension|escalation|expansion
             |control|experimental|standard|placebo|pre-?medication|rescue
             |(?:high|low|intermediate|standard)[\s-]risk|elderly|older|younger|if|for|when|years?|age[d]?|weight
             |weighing|positive|negative|therapy)\b
        |[<>≥≤]|\A[A-Z][A-Z0-9+-]{0,9}\Z""",
    re.I | re.X,
)
# ... and of headings that restrict nothing, whatever other words they hold.
_OPENS_NOTHING = re.compile(
    r"""\b(?:
            numbers?|populations?|eligib\w+|criteria|methods?|methodology|titles?|statistic\w+|objectives?|aims?
            |endpoints?|outcomes?|assessments?|measures?|evaluations?|sample|designs?|overview|summary|abstract
            |introduction|background|rationale|procedures?|durations?|types?|synopsis|acronym|hypothes\w+
            |indications?|definitions?|plans?|descriptions?|consists?|compar\w+|characteristics|toxicit\w+
            |modifications?|consent|safety|efficacy|feasibility|registration|randomi[sz]\w+|update|settings?
            |results?|conclusions?|outline|primary|secondary|exploratory|tertiary|purpose|conditions?|preparative
            |immunosuppress\w+|transplantation|prophylaxis|gvhd|objective|risks|benefits|protocol|include[sd]?
            |study\s(?:phase|group|drugs?|treatments?|medications?)
            |phase|stage|interventions?|frequency|route|note|inclusion|exclusion|materials?|follow-?up|baseline
            |re-?check|visits?|examinations?|tests?|laboratory|imaging|samples|monitoring|behaviou?ral
            |dietary\ssupplement|combination\sproduct|diagnostic\stest|research|total)
        (?!\s?(?:[A-H\d]\b|I{1,3}\b))(?:\b|$)""",
    re.I | re.X,
)
# Headings of another subject, under which no arm's or phase's label goes on.
_ENDS_LABEL = re.compile(
    r"""\b(?:
            transplantation|immunosuppress\w+|(?:gvhd|cns|infection)\sprophylaxis|statistic\w+|endpoints?
            |objectives?|outcomes?|eligib\w+|inclusion|exclusion|follow-?up|study\sdesign|background|rationale
            |sample\ssize|supportive\s(?:care|therapy)|safety|evaluations?|assessments?)\b""",
    re.I | re.X,
)
_CLAUSE = re.compile(r"\b(?:will|are|is|be|to|there|has|have|was|were)\b", re.I)
# "... of a 28-day cycle Rd Arm:" in a list that has lost its line breaks: the heading of what follows.
_LONGEST_AT_END = 50
_AT_END = re.compile(
    r"""\s (?P<label> (?:[A-Z][\w/+-]{0,14}\s){1,2} (?:Arm|Group|Cohort|Regimen|Option|Stratum)
          | (?:Arm|Group|Cohort|Regimen|Option|Stratum)\s\w{1,6} ) \s?:\Z""",
    re.X,
)
# "All patients receive ...", "In both arms ...": no arm's label rules it any more.
_FOR_ALL = re.compile(
    r"""\W{0,3}(?:
            (?:All|Both)\s(?:\w+\s)?(?:patients|participants|subjects|arms|groups|cohorts|children|women|men)\b(?!
                 \s(?:in|of|on|assigned|randomi[sz]ed)\s(?:the\s)?(?!both|all|either|each))
            |During\s(?:the\s)?(?:treatment|study|trial)\b
            |After\scompletion\sof\s(?:study|all|the\sstudy)\b
            |(?:In|For)\s(?:both|all|either)\s(?:\w+\s)?(?:arms|groups|cohorts|patients|subjects|participants)\b
            |(?:Patients|Participants|Subjects)\s(?:in|on|of)\s(?:both|all|either)\b)""",
    re.X,
)
_INTO = re.compile(
    r"(?:In|During|For|On)(?:\sthe)?(?:\s(?:treatment|study))?"
)  # "In arm A, ...": it rules the sentences that follow
_AS_IN = re.compile(
    r"\b(?:as\sin|as\sfor|from|data\sof|after|same\sas|identical\sto|than\sin|compared\s(?:with|to))\s(?:the\s)?\Z",
    re.I,
)
_PHASE = re.compile(r"(?:study\s)?(?:phase|stage)s?\s", re.I)
_ROMAN_STAGE = re.compile(r"stages?\s(?:I{1,3}|IV)\Z", re.I)
_PORTION = re.compile(r"\s(?:component|portion|part)\b", re.I)  # "the phase I component"
_A_STUDY = re.compile(
    r"""(?:
            [\s,/-]+(?:[\w()/-]+[\s,]+){0,7}?(?:study|studies|trials?)\b
            |\s?(?:/|-|,\s(?:open|random|double|single|multi|non-|prospective|two|dose)))""",
    re.I | re.X,
)
_AN = re.compile(r"\b(?:an?|this|the\spresent|recommended|previous|earlier|prior|of)\s(?:[\w-]+[\s,]+){0,3}\Z", re.I)
_EVERYONE = re.compile(
    r"(?:study\s|eligible\s|all\s)?(?:patients|subjects|participants|screening|treatments?|therapy)(?:\sreceived)?",
    re.I,
)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9+-]{1,9}")
_ARM = re.compile(r"(?:treatment\s)?(?:arm|group|cohort|stratum)\s", re.I)
_WHO = re.compile(
    r"""\b(?:
             arms?|groups?|cohorts?|strat\w+|options?|regimens?|levels?|patients|subjects|participants|children
             |adults)\b
        |[<>≤≥]""",
    re.I | re.X,
)
_COLON = re.compile(r"\s?(?:\([^()]{0,40}\)\s?)?:\s")
_BRACKET = re.compile(
    r"""\s?\((?P<words>
            [^()]{0,30}(?:
                [<>≤≥]
                |\b(?:
                     weight|aged?|years|group|arm|cohort|stratum|patients|children|adults|males?|females?|women|men)
                 \b)[^()]{0,40})\)""",
    re.I | re.X,
)
_AMOUNT = re.compile(r"\d\s?(?:m?c?g|IU|c?Gy|[MG]Bq|mCi)\b(?!\s?/\s?d?l)")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at text[start:end]; it rules what follows, past the sentence when it stands in front with a colon."""

    start: int
    end: int
    words: str
    lasting: bool


def labels(text: str, start: int, end: int) -> tuple[Label, ...]:
    """The labels of one sentence, in order."""
    found: list[Label] = []
    said = text[start:end]
    if ":" in said:
        for match in _PREFIX.finditer(said):
            words = match["label"].strip(" -–•*")
            if len(words) > 50 and words.endswith(")") and "(" in words:  # "Maintenance therapy (for patients in CR at the end of ...)"
                words = words[: words.index("(")].strip()
            if _ENDS_LABEL.search(words) and not _NAMED.search(words):
                found.append(Label(start + match.start("label"), start + match.end(), "", True))
                continue
            if not _restricts(words) or _CLAUSE.search(words) or len(words) > 50 or words.count("(") != words.count(")"):
                continue
            at = start + match.start("label")
            named = spot(text, at, at + len(match["label"]))
            if named and not re.search(r"\b(?:arm|group|cohort|phase|regimen|therapy|cycle)\b", words, re.I):
                continue
            found.append(Label(at, start + match.end(), words, True))
    if (all_of := _FOR_ALL.match(said)) is not None:
        found.append(Label(start, start + all_of.end(), "", True))
    for first, last, goes_on in consisting(said):
        found.append(Label(start + first, start + last, said[first:last], goes_on))
    for first, last in receivers(said):
        if _NAMED.search(said, first, last) is None:
            found.append(Label(start + first, start + last, said[first:last], False))
    for match in () if _NAMES.isdisjoint(words_in(said)) else _NAMED.finditer(said):
        at = start + match.start()
        if match.group().endswith("course") and said[: match.start()].endswith(("of the ", "of a ", "of ")):
            continue  # "on day 1 of the first course of therapy" tells a time
        if _of_the_study(said, match) or _AS_IN.search(said, max(0, match.start() - 24), match.start()):
            continue
        if not any(label.start <= at < label.end for label in found):
            opened = _ARM.match(match.group()) is not None and _COLON.match(said, match.end()) is not None
            lead = said[: match.start()].rstrip(" -–•*(")
            lasting = opened or not lead or lead.endswith(":") or _INTO.fullmatch(lead) is not None
            portion = _PORTION.match(said, match.end()) if _PHASE.match(match.group()) else None
            until = portion.end() if portion else match.end()
            found.append(Label(at, start + until, said[match.start() : until], lasting))
    closing = _AT_END.search(said, max(0, len(said) - _LONGEST_AT_END)) if said.endswith(":") else None
    if closing is not None and not any(label.end >= end - 1 for label in found):
        found.append(Label(start + closing.start("label"), end, closing["label"], True))
    return tuple(sorted(found, key=lambda label: label.start))


def _of_the_study(said: str, match: re.Match[str]) -> bool:
    """ "A phase II trial", "stage III disease", "recommended phase II dose" divide nothing."""
    if not _PHASE.match(match.group()):
        return False
    if _ROMAN_STAGE.match(match.group()):
        return True
    return _A_STUDY.match(said, match.end()) is not None or _AN.search(said[max(0, match.start() - 40) : match.start()]) is not None


@cache
def _regimens() -> frozenset[str]:
    """Acronyms of regimens: "VAD: ..." heads what VAD is."""
    return frozenset(name for one in all_regimens() for name in (one.acronym, *one.also_written))


def _restricts(words: str) -> bool:
    """Whether a heading's words say for whom, in which arm or in which stretch of the treatment."""
    if _NO_LABEL.search(words) or _OPENS_NOTHING.search(words) or _EVERYONE.fullmatch(words):
        return False
    if words.isupper() and len(words) > 1 and _ACRONYM.fullmatch(words):
        return words in _regimens() or _RESTRICTS.search(words.lower()) is not None
    return _RESTRICTS.search(words) is not None


def is_arm(words: str) -> bool:
    """Whether the label names who is treated so; a phase may hold cycles that are treated otherwise."""
    return _WHO.search(words) is not None


def bracketed(text: str, position: int) -> str:
    """The condition in a bracket right behind an amount: "1.0 mg/kg (weight > 25 kg)"."""
    match = _BRACKET.match(text, position)
    return match["words"].strip() if match and not _AMOUNT.search(match["words"]) else ""
