"""Capitalised names that no list holds, at once beside an amount: "Zotatifin 10 mg", "10 mg of Zotatifin"."""

from __future__ import annotations

import re

from posolog.protocol.model import Amount
from posolog.reader.agents import Spotted
from posolog.reader.attach.rays import is_absorbed
from posolog.reader.lexer import Token

_NAME_BEFORE = re.compile(
    r"""(?<![\w-]) (?P<name> [A-Z][a-z]{3,}(?:-[A-Za-z0-9]+)? | [A-Z]{3,5} )
        (?: \s? (?: \(R\) | \(TM\) | ® | ™ | \bcent\b ) )?
        \s? (?: \( | : | , | \bat\b )?
        \s? (?: a\s | \w+\s )?
        (?: doses?\sof\s | dose\slevels?(?:\sof|:)?\s )? \Z""",
    re.X,
)
_NAME_AFTER = re.compile(
    r"\s(?:of\s(?:the\s)?|daily\s|oral\s)?(?P<name>[A-Z][a-z]{3,}|[A-Z]{3,5})(?![\w-])(?!\s(?:Form|Scale))"
)
# Capitalised words that open sentences, head columns or measure, and name no agent.
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


def unlisted(text: str, start: int, end: int, token: Token) -> Spotted | None:
    """The name at once before the amount or behind its "of", always doubtful; rays, volumes and cells have none."""
    if is_absorbed(token) or (isinstance(token.value, Amount) and token.value.unit.kind in ("volume", "cells")):
        return None
    lead = text[max(start, token.start - 70) : token.start]
    before, after = _NAME_BEFORE.search(lead), _NAME_AFTER.match(text, token.end, end)
    for match, shift in ((before, token.start - len(lead)), (after, 0)):
        if match is None or match["name"].lower() in _NO_NAMES:
            continue
        at, words = match.start("name") + shift, match["name"]
        return Spotted(at, at + len(words), words.lower(), words, False, True)
    return None
