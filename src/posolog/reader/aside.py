# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""Amounts that are no dose of this trial, each with its class: strengths, target levels, thresholds, earlier studies."""

from __future__ import annotations

import re

from posolog.protocol.model import Amount, Basis, Per
from posolog.reader.amounts.planned import planned_change
from posolog.reader.lexer import Token
from posolog.reader.tokens.cues import Cues, holds, in_small

STRENGTH = "a strength or concentration"
LABORATORY = "a laboratory value"
REDUCTION = "a dose reduction rule"
TARGET = "a target level"
BACKGROUND = "background"
ELIGIBILITY = "eligibility or earlier treatment"
TOXICITY = "a toxicity rule"
TOTAL = "a total: cross-check"
OTHER_UNIT = "the same amount in another unit"
PART = "a part of the amount before it"
FRACTION = "the dose of one fraction"
COLLECTED = "cells to be collected, not given"
OBSERVED = "a dose that was observed, not planned"
ACCEPTED = "an accepted range around the dose"
VOLUME = "a volume or rate of infusion"

_STRENGTH = re.compile(
    r"""(?:\s?(?:,|,?\sand\b|,?\sor\b|/)\s?\d+(?:\.\d+)?[\s-]?m?c?g\b){0,4}\s?(?:
            (?:[a-z]{4,12}\s?)?(?:/|per\s)\s?\d*\s?(?:d[lL]|[lL]\b|m[lL]\b|mm|µ[lL]|u[lL]\b|mmol|24\s?h)
            |(?:strength\s|scored\s|oral\s|film-coated\s|hard\s|gelatin\s|extended-release\s)?
             (?:tablets?|capsules?|vials?|ampoules?|pills?|caps)\b(?!
                 \s(?:once|twice|daily|PO|orally|by\smouth|BID|TID|QD|q\d|per\sday|a\sday|every|three|\d\stimes)))""",
    re.X,
)
_STRENGTH_BEFORE = in_small(
    r"""(?:
            concentrations?\s(?:of|at)|diluted\s(?:to|in)|reconstituted\s(?:to|in|with)|dissolved\sin|supplied\sas
            |available\s(?:as|in)|formulated\sas|mixed\s(?:with|in)|provided\sas|vials?\s(?:of|containing)
            |containing|in)\s?
        $""",
    re.X,
)
# "given as once daily 10 mg tablet", "will take one 10 mg tablet": what is taken
_TAKEN_AS = in_small(
    r"""\b(?:once|twice)\s(?:daily|weekly|a\sday)\s(?:oral\s)?$
        |\b(?:receives?|takes?|taking|given)\s(?:as\s)?(?:a\s|one\s)(?:single\s|daily\s|oral\s)?$""",
    re.X,
)
# "supplied as tablets of 5 and 10 mg", "presented for oral use in capsules of 25 mg"
_SUPPLIED = in_small(
    r"""\b(?:supplied|formulated|available|presented|packaged|packed|marketed)\s(?:\w+\s){0,6}?(?:as|in|of)\s
         (?:[\w-]+\s){0,3}?(?:tablets?|capsules?|vials?|ampoules?|blisters?|syringes?|sachets?)\b[^.;]{0,60}$
        |\bstrengths?\b\s?(?:\((?:\w+\s){0,5}|of\s|is\s|are\s|:\s?)
         (?:\d+(?:\.\d+)?\s?m?c?g\s?[=,/]?\s?(?:and\s|or\s)?){0,4}$
        |\b(?:units|packs?|packages?|bottles?|blisters?|boxes|strips?)\sof\s$""",
    re.X,
)
_PER_GRAM = re.compile(
    r"(?:\s(?:Fe|iron))?\s?/\s?(?:\d{1,3}\s?)?g\b|\s?[*·x]\s?(?:min|h|hr|hours?)\b",
    re.I,
)  # "15 mg Fe/g dry weight", "3.8 mL/kg*min"
# "20 mg given as 2 tablets of 8 mg plus 1 tablet of 4 mg": how the amount before is made up.
_OF_TABLETS = re.compile(
    r"""\bas\s(?:\w+\s){0,2}(?:\d+|one|two|three|four|five|six)\s(?:tab\w*|capsules?|pills?|vials?)\sof\s
        (?:.{0,40}\sof\s)?$""",
    re.X,
)
_AS_TABLETS = re.compile(r"\d\s?m?c?g\b.{0,40}\b(?:as|=|plus)\s$|\b(?:administered|given|supplied|provided)\sas\s$")
_TABLETS = re.compile(r"tab|cap|pill", re.I)
# One of these stands in every match of `_REDUCED`, which is tried only then.
_CHANGED = (
    "reduc", "decre", "down", "lower", "escal", "adjust", "modif", "incre", "rais", "taper", "step", "round",
)  # fmt: skip
_REDUCED = in_small(
    r"""(?:
             (?:
                  reduc(?:ed|tions?|e|ing)|decreas(?:ed?|ing)|down|lower(?:ed|ing)|de-?escalat(?:ed|e|ion)|adjusted
                  |modified|dose-reduced)\s
              (?:\w+\s){0,4}(?:to|by|from)
             |(?:increas(?:ed|ing|e)|escalat(?:ed|e)|rais(?:ed?|ing)|taper(?:ed|ing)?)\s(?:\w+\s){0,3}by
             |(?:increments?|steps?|decrements?|increases?|reductions?)\sof)\s
         (?:\w+\s)?$
        |\brounded\s(?:up\s|down\s)?(?:to|for)\b[^.;()]{0,60}$
        |\b(?:dose|dosage)\s(?:reductions?|decreases?|de-?escalations?|modifications?|adjustments?)\s?
         (?:\(|:|steps?\s|levels?\s)[^();]{0,24}$""",
    re.X,
)
_ALLOWED_TO = in_small(
    r"""\b(?:may|can|could|might)\s(?:then\s|also\s|later\s|gradually\s)?(?:be\s)?(?:\w+ly\s)?(?:
            escalat\w+|increas\w+|rais\w+|adjust\w+|titrat\w+|doubled)\s
        (?:\w+\s){0,4}(?:to|by)\s(?:\w+\s){0,2}$""",
    re.X,
)
# "escalated by 50 mg every 2 weeks up to 200 mg/day", "with titration up to 1.75 mg/kg": where it may end
_TITRATED = in_small(r"\b(?:(?:escalat|increas|titrat|rais)\w*\s(?:\w+\s)?(?:by|in)\b[^.;]{0,60}|titrat\w+\s)$")
_INCREMENT_AFTER = re.compile(
    r"""\s?(?:or\s(?:higher|greater|more)\s)?(?:
             (?:dose\s)?(?:increments?|reductions?|decrements?|increases)|steps?|intervals)\b
        |\s(?:higher|lower|less|more)\sthan\b""",
    re.I | re.X,
)
_TARGET = in_small(
    r"""(?:
            trough|target|targeted|serum
            |plasma(?!\s(?:exchange|apheresis|transfusion|cells?))
            |(?<!cord\s)(?<!peripheral\s)blood(?!\s(?:transfusion|stem|products?|exchange))
            |concentrations?|levels?|Cmax|Cmin)\s
        (?:(?!will|receiv|consist|given|administered)\w+\s){0,4}(?:of|at|between|to|above|below|>|<|≥|≤|is|was)?\s?
        [(>]?\s?$""",
    re.X,
)
_DOSE_LEVEL = in_small(r"dose[\s-]levels?|level\s\d|starting\slevel|target\sdoses?|cohort")
_LABORATORY = in_small(
    r"""\b(?:
            creatinine|bilirubin|h(?:a)?emoglobin|\bHb\b|albumin|calcium|glucose|ferritin|cholesterol|LDL|HDL
            |triglycerides?|ANC|neutrophils?|platelets?|leukocytes?|WBC|white\sblood|AST|ALT|clearance|GFR
            |proteinuria|paraprotein|M-protein|\bPSA\b|CRP|C-reactive|lactate|INR|viral\sload|HBV\sDNA|HCV\sRNA
            |Bence\sJones|microg?lobulin|BNP|cTn[TI]|troponin|testosterone\slevels?|body\smass|D-dimer|fibrinogen
            |urine)
        \b(?![^.;]{0,12}supplement)[^.;]{0,40}$""",
    re.X,
)
_ELIGIBILITY = in_small(
    r"""\b(?:
            (?<!after\s)(?<!at\s)(?<!with\s)(?<!upon\s)(?<!following\s)(?<!since\s)(?<!of\s)inclusion
            |exclusion
            |eligib(?:le|ility)\s(?:criteria|if)
            |not\seligible|ineligible|excluded
            |must\s(?:not\s)?have\s(?:had|received|been)
            |who\s(?:have\s|had\s)?(?:previously\s|already\s)?received
            |received\s(?:more|less)\sthan
            |(?:prior|previous)\s(?:treatment|therapy|use|exposure)\s(?:with|to|of)
            |prior\s(?:therapy|treatment|exposure|use|cumulative)
            |previously\s(?:received|treated)
            |currently\s(?:taking|receiving)
            |stable\sdoses?\sof
            |requir(?:e|es|ing)\s(?:more\sthan\s|>|greater\sthan\s)?
            |candidates?\sfor|intoleran(?:t|ce)\sto
            |(?:resistan(?:t|ce)|refractory|(?:un|non-?)responsive)\sto
            |(?:not|no)\srespon(?:d|ding|ded|se)\sto
            |failed|despite
            |(?:their|the|his|her)\s(?:last|most\srecent|preceding)\s(?:line\sof\s)?(?:treatment|therapy|regimen)
            |who\s(?:were|have\sbeen|had\sbeen)\s(?:previously\s|already\s|currently\s)?(?:treated|maintained)\s
             (?:with|on)
            |(?:who|and)\sare\s(?:currently|already)\s(?:on|treated\swith)
            |while\s(?:being\s)?treated\swith
            |eligible\sfor\s(?!treatment)(?:\w+\s){0,4}
            |(?:have\sbeen|already|were)\son\s(?:an?\s)?(?:stable\s|therapeutic\s)?(?:dose|treatment)?)[^.;]{0,60}$""",
    re.X,
)
_VOLUME_RATE = re.compile(
    r"""\s?(?:
            of\s(?:normal\s|sterile\s|isotonic\s|physiologic\w*\s)?(?:
                 saline|water|dextrose|D5W|0\.9|NaCl|5\s?%|blood|fluid|diluent|contrast|urine|serum|plasma|CSF
                 |bone\smarrow)
            |(?:NS|saline|water)\b
            |(?:\w+\s){0,2}(?:pre-?|post-?)?hydration\b
            |/\s?(?:hours?|hr?|min(?:utes?)?)\b
            |blood\b)""",
    re.I | re.X,
)
_RATE_BEFORE = in_small(
    r"""(?:
            rate\sof
            |volumes?\s(?:of\s)?(?:\w+\s){0,3}(?:is|are|was|of|will\sbe|:|=)
            |in\sa\svolume
            |blood\ssamples?\s(?:of|\()?
            |flow\srate|hydration)\s?
        (?:\w+\s){0,2}$""",
    re.X,
)
# "at a rate of = 1 mg/minute"
_PER_TIME = re.compile(r"(?:/|per)\s?(?:min|h)", re.I)
_AT_RATE = in_small(r"\brate\s(?:of|is|will\sbe|not\sexceeding|up\sto)\s?(?:approximately\s|about\s)?[=<>≤≥]{0,2}\s?$")
_SAMPLED = re.compile(
    r"""\b(?:
            drawn|withdrawn|sampled|aspirated|phlebotom\w*|venous\sblood
            |blood\s(?:samples?|draws?|volume)
            |(?:samples?|specimens?|urine|aspirates?|marrow)\b[^.;]{0,40}\b(?:collect\w*|obtain\w*|taken))\b""",
    re.I | re.X,
)
_IN_VOLUME = in_small(r"\bin\s(?:an?\s|approximately\s|about\s)?$")
_ALLOWED = in_small(
    r"""(?:doses?\s)?(?:
             above|below|exceeding|greater\sthan|more\sthan|less\sthan|higher\sthan|lower\sthan|over|beyond
             |equivalent\sto|equal\sto|no\smore\sthan)\s
         (?:a\s)?(?:or\sequal\sto\s)?$
        |\bequivalent\s(?:to|of)\s(?:[a-z]+\s){0,2}$
        |(?:>|<|≥|≤)\s?=?\s?$""",
    re.X,
)
_OBSERVED = in_small(
    r"""\bexpos(?:ure|ed)\sto\s(?:\w+\s){0,5}(?:doses?|amounts?)\s(?:of\s|\()?$
        |\b(?:median|mean|average)\s(?:\w+\s){0,5}(?:doses?|amount|activity)\b[^.;]{0,60}$""",
    re.X,
)
_ACCEPTED = in_small(
    r"""\((?:\w+\s){0,3}(?:acceptable|allowed|permitted|accepted)\s(?:\w+\s){0,2}(?:range|dose|deviation)s?\s
        (?:of\s|from\s)?$""",
    re.X,
)
# "lose 3 g of iron a year", "an iron excretion of 1 mg/day": what the body holds or loses
_IN_THE_BODY = in_small(
    r"""\b(?:excretion|losses|loss|loses?|stores|turnover)\s(?:
            (?:of|is|was|are|between|to|less|than|reach|about|approximately|only|up|more|daily|accounts|for)\s){0,5}
        $""",
    re.X,
)
# "GVHD unresponsive to treatment with X 3 mg/kg": what was given before
_NO_HELP = in_small(
    r"""\b(?:unresponsive|refractory|resistant|intolerant)\sto\s(?:
            (?!receiv|will\b|are\b|were\b|is\b|was\b|should\b|treated|given)[\w./()-]+\s){1,11}$""",
    re.X,
)
_COLLECTED_AFTER = re.compile(r"[^.;,]{0,40}\b(?:are|is|were|was|be)\s(?:collected|harvested|obtained)", re.I)
_DLT = re.compile(
    r"""\bif\b[^.;]{0,120}\b(?:
            toxicit(?:y|ies)|DLTs?|dose[\s-]limiting|intolera|neutropenia|thrombocytopenia|creatinine)""",
    re.I | re.X,
)


_COLLECTED = re.compile(
    r"""(?:
             defined\sas|reach\w*|number\sof|collect\w*|mobili[sz]\w*|harvest\w*|threshold|yield|aphere\w*|obtain\w*
             |content|procure\w*|at\sleast\sof|target\sof)\b[^.;]{0,60}$
        |\b(?:until|if)\s(?:a\s)?(?:minimum\sof\s|at\sleast\s)?$""",
    re.I | re.X,
)


def kind_of(text: str, start: int, token: Token) -> str:
    """The class of an amount that is no dose by the words beside it, or ""."""
    counted = isinstance(token.value, Amount) and token.value.unit.kind == "cells"
    if counted and (_COLLECTED.search(text[max(start, token.start - 80) : token.start]) or _COLLECTED_AFTER.match(text, token.end)):
        return COLLECTED
    lead = text[max(start, token.start - 90) : token.start].lower()
    said = text[token.start : token.end]
    ruled = lead + "to " if said.startswith("up to") else lead
    if _PER_GRAM.match(text, token.end):
        return LABORATORY
    if _STRENGTH.match(text, token.end) and _TAKEN_AS.search(lead):
        return ""
    if _STRENGTH.match(text, token.end) or _OF_TABLETS.search(lead[-80:]) or _SUPPLIED.search(lead):
        return STRENGTH
    if _AS_TABLETS.search(lead[-60:].lower()) and _TABLETS.search(said):
        return OTHER_UNIT
    by_weight = isinstance(token.value, Amount) and token.value.per is Per.KG  # "10 mL/kg of saline" is a dose of it
    if (_VOLUME_RATE.match(text, token.end) and not by_weight) or (_LIQUID.search(said) and _RATE_BEFORE.search(lead)):
        return VOLUME
    if _volume(said) or (_LIQUID.search(said) and (_IN_VOLUME.search(lead) or _SAMPLED.search(text, max(start, token.start - 90), token.end + 50))):
        return VOLUME
    if _PER_TIME.search(text[token.start : token.end + 4]) and _AT_RATE.search(lead[-30:]):
        return VOLUME
    reduced = holds(lead, _CHANGED) and _REDUCED.search(lead) is not None
    if reduced and planned_change(text, start, token.start, token.end):
        return ""
    titrated = said.startswith("up to") and _TITRATED.search(lead) and not _DOSE_LEVEL.search(lead)
    if titrated or reduced or _ALLOWED_TO.search(ruled) or _INCREMENT_AFTER.match(text, token.end):
        return REDUCTION
    lead = lead[max(_last_end(_WILL_RECEIVE, lead), lead.rfind("}") + 1) :]  # "{clearance > 60 mL/min} 25 mg"
    measured = lead[_last_end(_TAKING, lead) :]
    if _TARGET.search(measured[-70:]) and not _DOSE_LEVEL.search(lead[-50:]):
        return TARGET
    if not _of_treatment(token, lead) and _LABORATORY.search(measured) and not (len(measured) < len(lead) and _GIVEABLE.match(measured.lstrip())):
        return LABORATORY
    if _OBSERVED.search(lead) or _IN_THE_BODY.search(lead):
        return OBSERVED
    if _ACCEPTED.search(lead):
        return ACCEPTED
    if _ELIGIBILITY.search(lead) or _NO_HELP.search(lead):
        return ELIGIBILITY
    if _ALLOWED.search(lead[-30:]) and not lead.rstrip().endswith(("≥", ">=", "=")):
        return TOXICITY if "dose" in lead[-40:] else LABORATORY
    if _STRENGTH_BEFORE.search(lead[-30:]) and re.search(r"(?:"
                                                         r"concentration|dilut|reconstitut|dissolv|supplied"
                                                         r"|available|provided|vials?\s)", lead[-40:]):
        return STRENGTH
    return ""


_LIQUID = re.compile(r"m[lL]|ML\b|cc\b|\b[lL]\Z|lit(?:er|re)|mill?il")
_WILL_RECEIVE = in_small(
    r"""\b(?:will|shall)\s(?:\w+\s)?(?:
            receive|take|start|be\s(?:given|treated|administered|started|randomi[sz]ed|assigned|allocated))\b""",
    re.X,
)
_TAKING = in_small(
    r"""\b(?:taking|receiving|treated\swith|daily|weekly|once|twice|b\.?i\.?d)\b
        |\b(?:receive|take|given|administer)\w*\s(?=(?:calcium|glucose|albumin|fibrinogen|testosterone)\b)""",
    re.X,
)
_GIVEABLE = in_small(r"(?:calcium|glucose|albumin|fibrinogen|testosterone)\s(?:\w+\s)?\Z")


def _of_treatment(token: Token, lead: str) -> bool:
    """An amount that no laboratory measures: an activity or an absorbed dose, or one per kg or m²."""
    amount = token.value
    if not isinstance(amount, Amount) or amount.unit.kind == "volume":
        return False
    if amount.basis is Basis.DAY and amount.unit.kind == "mass" and lead.rstrip(" (").lower().endswith(("calcium", "iron")):
        return True  # "calcium (1500 mg/day)"
    return amount.unit.kind in ("activity", "absorbed dose") or amount.per is not Per.FLAT


def _last_end(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match ends, 0 without one: what stood before it was said of something else."""
    return max((match.end() for match in pattern.finditer(words)), default=0)


def _volume(said: str) -> bool:
    """ "100 mL/hour" is a rate; a plain volume may be a dose."""
    return bool(re.search(r"m[lL]\s?(?:/|per)\s?(?:h|min|kg\s?[/*·.]?\s?min)", said))


_ANIMALS = (
    ("mice mouse rat rats dog dogs monkey monkeys xenograft xenografts", r"\b"),
    ("rabbit rabbits", r"(?!\s(?:\d|anti|atg\b|alg\b|thymo|globulin|serum|polyclonal|immunoglobulin)|\))\b"),
    ("in", r"\sv(?:itro|ivo)\b"),
    ("healthy", r"\svolunteers\b"),
)
_OTHER_TRIAL = ("in", r"(?<!\bas\sin)\s(?!the\b|this\b|our\b)[a-z]{3,}[\s-]?\d{0,4}\s(?:trial|study)\b")
_CITED = re.compile(r"\b(?:was|were|has|have|had|is|are|showed|led)\b[^\[]{0,300}\[\d+(?:\s?[,-]\s?\d+)*\]")
_STRONG = Cues(
    ("et", r"\.?\sal\b"),
    *_ANIMALS,
    ("speculate", r"\b"),
    ("hypothesise hypothesize", r"\sthat\b"),
    (
        "studies trials investigators authors data reports",
        r"\s(?:have|has|show(?:ed)?|suggest(?:ed|s)?|demonstrated?|indicated?|reported|found)\b",
    ),
    (
        "has have",
        r"\s(?:previously\s|already\s|recently\s|also\s)?been\s(?:"
        r"shown|reported|demonstrated|approved|used|studied|evaluated|investigated|widely|tested|observed"
        r"|described|found)\b",
    ),
    (
        "study trial publication report analysis experience",
        r"\s(?:has|had|show(?:ed|s)?|suggest(?:ed|s)?|demonstrate[ds]?|found|reported|concluded|indicated)\b",
    ),
    (
        "previous prior earlier recent other several published retrospective animal preclinical",
        r"\s(?:\w+\s){0,3}(?:studies|trials?|reports?|series|study)\b",
    ),
    _OTHER_TRIAL,
)  # fmt: skip
_EARLIER = Cues(
    ("et", r"\.?\sal\b"),
    (
        "has have had",
        r"\s(?:been\s|also\s|recently\s|previously\s|only\s|already\s)?(?:been\s)?(?:"
        r"shown|reported|determined|defined|tolerated|demonstrated|suggested|used|approved|studied|evaluated"
        r"|investigated|published|established|tested|explored|found|observed|described|associated|proven|proved"
        r"|become|emerged|led|resulted|indicated|improved|examined|compared|yielded|produced|administered|given"
        r"|treated|completed|documented|confirmed|consisted|(?:\w+\s){0,2}(?:anti-?\w+\s)?activity)\b",
    ),
    ("we", r"\shypothesis\b"),
    (
        "group groups center centers centres authors",
        r"\s(?:\w+ly\s)?(?:compared|evaluated|reported|randomi[sz]ed|studied|tested)\b",
    ),
    (
        "was were",
        r"\s(?:"
        r"reported|shown|found|observed|noted|seen|demonstrated|determined|identified|associated"
        r"|well[\s-]tolerated|considered|approved|published|superior|similar|better|higher|lower|achieved"
        r"|usually|significantly|more|active|effective|tolerable|equivalent|established|obtained|chosen"
        r"|selected)\b",
    ),
    (
        "was were is are became",
        r"\s(?:the\s)?(?:current\s)?(?:standard|conventional)\s(?:\w+\s)?(?:regimen|treatment|therapy|care|dose)\b",
    ),
    ("society societies committee", r"\b[^.]{0,120}\brecommend(?:s|ed)\sthat\b"),
    (
        "showed demonstrated reported suggested concluded revealed yielded caused produced",
        r"(?<!were\ssuggested)(?<!was\ssuggested)\b",
    ),
    ("resulted", r"\sin\b"),
    ("failed", r"\sto\b"),
    ("achieved", r"(?<!\bnot\sachieved)\b"),
    (
        "previous prior earlier recent other several published retrospective pivotal historical animal"
        " preclinical clinical early small large initial another similar",
        r"\s(?:\w+\s){0,3}(?:"
        r"study|studies|trials?|reports?|experience|work|data|experiments?|series|investigations?)\b",
    ),
    (
        "in",
        r"\s(?:an?|the|one|two|three|another|both|that|these)\s(?:\w+[\s-]){0,6}?(?:"
        r"phase\s?(?:i{1,3}|[123])\w?(?:\s?/\s?(?:i{1,3}|[123])\w?)?"
        r"|randomi[sz]ed|pilot|multicent(?:er|re)|pivotal|dose[\s-]escalation)\s"
        r"(?:\w+\s){0,4}?(?:study|studies|trials?)\b(?="
        r"[^.]{0,60}\b(?:of\s\d+|was|were|showed|conducted|using|wherein|where|patients\swith|had)\b)",
    ),
    _OTHER_TRIAL,
    ("", r"phase(?<!\wphase)\s?(?:i{1,3}|[123])[ab]?(?:\s?/\s?(?:i{1,3}|[123]))?\s(?:studies|trials)\b"),
    ("studies trials", r"\s(?:have|has|in|using|with|of|show|suggest|indicat|utili[sz]e)"),
    ("", r"\((?:19|20)\d\d\)"),
    *_ANIMALS,
    ("animal animals", r"\b"),
    (
        "recommended approved usual conventional labeled labelled licensed",
        r"\s(?!phase\b)(?:\w+\s){0,3}(?:dose|dosage|doses|dosing|regimen|schedule|starting\sdose)\s"
        r"(?:of|is|was|for|in|from|are)\b",
    ),
    (
        "maximum",
        r"\stolerated\s(?:\w+\s){0,3}(?:dose|dosage|doses|dosing|regimen|schedule|starting\sdose)\s"
        r"(?:of|is|was|for|in|from|are)\b",
    ),
    (
        "currently",
        r"\sused\s(?:\w+\s){0,3}(?:dose|dosage|doses|dosing|regimen|schedule|starting\sdose)\s"
        r"(?:of|is|was|for|in|from|are)\b",
    ),
    ("indicating suggesting showing demonstrating", r"\b"),
    (
        "is are",
        r"\s(?:"
        r"commonly|usually|generally|typically|widely|currently|often|frequently|routinely|traditionally"
        r"|considered|approved|known|indicated)\b",
    ),
    ("fda ema literature hypothesis hypotheses hypothesised hypothesized speculate", r"\b"),
    ("commonly widely traditionally historically", r"\sused\b"),
    ("compared", r"\s(?:with|to)\s\d"),
    ("study trial", r"\sof\s\d+\s[^.;]{0,90}?\s(?:found|showed|reported|demonstrated|enrolled)\b"),
    (
        "has have",
        r"\s(?:"
        r"(?:significant|considerable|substantial|promising|modest|proven|good|high|limited)\s"
        r"(?:\w+\s)?(?:activity|efficacy)"
        r"|consisted\sof)\b",
    ),
    ("recommended", r"\s(?:as|that)\b"),
    ("enrolled", r"\s\d{2,5}\s(?:\w+\s){0,2}(?:from|between)\s(?:\w+\s)?(?:19|20)\d\d\b"),
    (
        "recently",
        r"\s[^.;]{0,30}?\b(?:groups?|authors|investigators)\s"
        r"(?:\w+\s)?(?:compared|reported|showed|tested|published)\b",
    ),
    ("in", r"\sthe\ssame\s(?:study|trial)\b"),
    ("nowadays", r"\b"),
    ("median", r"\s(?:survival|os|pfs|follow|time|overall|dose|age)\b"),
    ("response", r"\srates?\s(?:of|was|were)\b"),
    ("p", r"\s?[<=]\s?0?\.\d"),
)  # fmt: skip
_STUDY = r"\s(?:\w+[\s-]){0,4}?(?:study|trial|protocol|schedule|project|research)\b"
_PLANNED = Cues(
    ("will shall", r"\b"),
    ("this our", _STUDY),
    ("the", rf"\s(?:present|current|proposed){_STUDY}"),
    ("to", r"\sbe\s(?:given|administered|treated|randomi[sz]ed|enrolled)"),
    (
        "we",
        r"(?:,?\s(?:therefore|thus|hence|now|also|then),?)?\s(?:"
        r"propose|plan|will|intend|aim|wish|designed|selected|chose|have\s(?:selected|chosen))\b",
    ),
)
_REGIMEN = r"\s(?:\w+[\s-]){0,4}?(?:study|trial|protocol|regimen|schedule|project|research)\b"
_OURS = Cues(
    ("will shall would", r"\b"),
    ("this our present current", _REGIMEN),
    ("the", rf"\sproposed{_REGIMEN}"),
    ("to", r"\sbe\s(?:given|administered|treated|randomi[sz]ed|enrolled)"),
    (
        "we",
        r"(?:,?\s(?:therefore|thus|hence|now|also|then),?)?\s(?:"
        r"(?:"
        r"propose|plan|will|intend|aim|wish|designed|selected|chose|have\s(?:selected|chosen)|investigated"
        r"|hypothesi[sz]e)\b"
        r"|(?:randomi[sz]ed|enrolled|treated|used|compared)\b)",
    ),
    (
        "patients subjects participants children women men volunteers adults",
        r"\s(?:in\s(?:the\s)?(?:[\w-]+\s){1,5})?(?:"
        r"receive|undergo|take|are\s(?:given|treated|randomi[sz]ed|assigned|stratified|enrolled|to))\b",
    ),
    (
        "is are",
        r"\s(?:"
        r"given|administered|infused|injected|initiated|started|delivered|randomi[sz]ed|planned|repeated"
        r"|escalated)\b",
    ),
    ("arm group cohort stratum schema part step regimen schedule", r"\s(?:[a-h]\b|i{1,3}v?\b|\d)"),
    ("cohort cohorts", r"\sof\b"),
    ("randomly", r"\sassigned\b"),
    ("this", r"\s(?:is|was)\san?\s(?:[\w,()/-]+\s){0,14}?(?:study|trial)\b"),
    ("stage part portion phase", r"\sof\s(?:the|this)\s(?:study|trial)\b"),
    (
        "cohort cohorts group groups arm arms",
        r"(?:\s\)|\sof\s\d+\s(?:patients|subjects|participants))?\s(?:\(?[\w-]+\)?\s){0,2}?(?:"
        r"received|took|(?:was|were)\s(?:dosed|treated|given|started))\b",
    ),
    ("selected eligible assigned allocated chosen allowed", r"\sto\s(?:receive|continue)\b"),
    ("were", r"\s(?:randomi[sz]ed|enrolled|assigned|allocated|recruited|divided)\b"),
)  # fmt: skip
_PAST = Cues(
    ("was were had underwent did", r"\b"),
    ("received", r"(?<!have received)(?<!previously received)(?<!who received)(?<!has received)\b"),
)


def earlier(sentence: str) -> bool:
    """Told of another study, of animals, or of usual practice: cue words, and nothing that is this trial's own."""
    if _STRONG.within(sentence) or ("[" in sentence and _CITED.search(sentence.lower())):
        return not planned(sentence)
    return not ours(sentence) and _EARLIER.within(sentence)


def past(sentence: str) -> bool:
    """In the past tense without a word of this trial's own: follows an earlier study when told right after it."""
    return _PAST.within(sentence) and not ours(sentence)


def ours(sentence: str) -> bool:
    return _OURS.within(sentence)


def planned(sentence: str) -> bool:
    return _PLANNED.within(sentence)
