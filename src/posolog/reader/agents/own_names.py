"""Names that a text itself says are agents: "the study drug XY-12", "Zotatifin is an inhibitor", "decoction (TSD)".

No list holds a trial's own code or cell product, but the text introduces it once, by its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NAME = r"(?P<name>[A-Z][A-Za-z0-9]*(?:[-/.+][A-Za-z0-9]+)*)"
_KINDS = (
    "drug|agent|product|vaccine|compound|medication|medicine|antibody|inhibitor|peptide|formulation|preparation"
    "|formula|cells?|cell\\sproduct"
)
# What makes a name an agent wherever it stands: "X is a fully human monoclonal antibody".
_SAID_TO_BE = (
    "antibod(?:y|ies)|inhibitor|agonist|antagonist|vaccine|prodrug|drug|agent|compound|extract|supplement|formulation"
    "|conjugate|immunotoxin|analogu?e|derivative|oligonucleotide|immunoglobulin|medication|medicine|decoction"
    "|preparation|blocker|modulator|chelator|probiotic|antibiotic|radiopharmaceutical|immunotherapy|fusion\\sprotein"
    "|small\\smolecule|cell\\sproduct|cell\\stherapy"
)
_INTRODUCING = ("investigational", "study", "experimental", "test", "new")
# "the investigational drug XY-12", "study drug, Zotatifin", "an experimental vaccine called ABC".
_INTRODUCED = re.compile(
    rf"""\b(?:{'|'.join(_INTRODUCING)})\s(?:new\s|cancer\s|medicinal\s)?(?:{_KINDS})s?
         ,?\s(?:(?:is\s)?called\s|named\s|known\sas\s|is\s)?(?:the\s)?["'(]?{_NAME}""",
    re.X,
)
# "XY-12 (zotatifin) is a potent, oral inhibitor", "XY-12, a humanised antibody": found from the article on.
_ARTICLES = tuple(f"{before} {article} " for before in (" is", ",") for article in ("a", "an", "the"))
_BEFORE_IT = re.compile(rf"(?<![\w-]){_NAME}(?:\s\([^()]{{1,60}}\))?\Z")
_ITS_KIND = re.compile(rf"(?:[\w/-]+,?\s){{0,7}}(?:{_SAID_TO_BE})\b")
# "Tumor-shrinking Decoction (TSD)", "cytotoxic T lymphocytes (CTL)": the word before the bracket is its kind.
_BRACKETED = re.compile(r"\((?P<name>[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)\)")
_KIND_BEFORE = re.compile(
    r"""\b(?:decoction|vaccines?|extract|supplement|formula|powder|capsules?|syrup|immunoglobulin|globulin|injection
        |irradiation|t\slymphocytes|granules?|drink|oil)\s?\Z""",
    re.X | re.I,
)
# A word with a digit or a capital inside is a name anywhere; any other word must stand again inside a sentence.
_CODE_LIKE = re.compile(r"[A-Za-z].*[A-Z0-9]")
_NO_NAME = re.compile(
    r"""(?:
            A|I|It|This|That|These|The|They|He|She|We|In|If|On|As|And|Or|For|To|An|At|By|Is|No|Not|Phase|Part|Arm
            |Group|Cohort|Stage|Step|Day|Week|Cycle|Dose|Dosing|Administration|Treatment|Patients?|Subjects?
            |Participants?|Study|Drug|All|Each|One|Two|Three|IV|PO|SC|IM|IT|IP|IND|PK|PD|MTD|DLTs?|AE|SAE|II|III|US
            |USA|FDA|EMA|EU|NCI|RT|RBCs?|WBCs?|ESCs?|HSCs?|B|T|NK|CRP|PSA|VEGF|EGFR|TNF|CD\d+\w*|HLA\S*|PD-?L?-?1
            |CTLA-?4|HER-?2|IL-?\d+|ELISA|PCR|QD|BID|TID|PFS|OS|CR|PR|SD|AUC)\Z""",
    re.X,
)


def own_names(texts: Sequence[str]) -> dict[str, bool]:
    """Name -> whether it is an agent wherever it stands, or (False) beside an amount alone."""
    found: dict[str, bool] = {}
    for text in texts:
        for name in _described(text):
            found[name] = True
        for match in _BRACKETED.finditer(text):
            if _KIND_BEFORE.search(text[max(0, match.start() - 18) : match.start()]):
                found.setdefault(match["name"], False)
    return {name: sure for name, sure in found.items() if not _NO_NAME.match(name) and _is_written(name, texts)}


def _described(text: str) -> Iterator[str]:
    for word in _INTRODUCING:
        for at in _places(word, text):
            if match := _INTRODUCED.match(text, at):
                yield match["name"]
    for words in _ARTICLES:
        for at in _places(words, text):
            if _ITS_KIND.match(text, at + len(words)):
                name = _BEFORE_IT.search(text[max(0, at - 90) : at])
                if name:
                    yield name["name"]


def _places(words: str, text: str) -> Iterator[int]:
    """Where these very words stand in the text (far quicker than a pattern that looks for them)."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _is_written(name: str, texts: Sequence[str]) -> bool:
    """A name that looks like a code, or a word with a capital that stands inside sentences, too."""
    if len(name) < 3:
        return False
    if _CODE_LIKE.match(name):
        return True
    inside = re.compile(rf"(?<=[a-z,(] ){re.escape(name)}(?![\w-])")
    return sum(len(inside.findall(text)) for text in texts) > 1
