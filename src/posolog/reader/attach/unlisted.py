"""Capitalised names that no list holds, beside an amount: "Zotatifin 10 mg", "10 mg of Zotatifin"."""

from __future__ import annotations

import re
from functools import cache

from posolog.core.units import find_unit
from posolog.formulary import all_regimens
from posolog.protocol.model import Amount
from posolog.reader.agents import Spotted
from posolog.reader.attach.between import AGENT_FIRST, Between
from posolog.reader.attach.names import DAY_OF
from posolog.reader.attach.no_names import NO_NAMES
from posolog.reader.tokens.token import Token

_NAME_BEFORE = re.compile(
    r"""(?<![\w-]) (?P<name> [A-Z][a-z]{3,}(?:-[A-Za-z0-9]+)?
                           | (?:[0-9A-Z]{1,3}-|[A-Z][a-z]{1,2}-)?[A-Z]{3,12} ) (?![\w-])
        (?: \s? (?: \(R\) | \(TM\) | ® | ™ | \bcent\b ) )?
        \s? (?: \( | : | , | \bat\b )?
        \s? (?: a\s | (?!arm|group|cohort|patients|study|trial|and\b|or\b|to\b|then\b|plus\b|with\b)\w+\s )?
        (?: doses?\sof\s | dose\slevels?(?:\sof|:)?\s )? \Z""",
    re.X,
)
_NAME_AFTER = re.compile(
    r"\s(?:of\s(?:the\s)?)?(?:daily\s)?(?:oral\s|intravenous\s|subcutaneous\s)?"
    r"(?P<name>[A-Z][a-z]{3,}|[A-Z]{3,5}(?:-[A-Z]{2,5})?|(?<=of\soral\s)[a-z]{6,})(?![\w-])(?!\s(?:Form|Scale))"
)
_IN_CLAUSE = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][A-Za-z]{2,}(?:-[A-Za-z0-9]+)*)(?P<mark>\s?(?:\(R\)|\(TM\)|®|™))?(?![\w-])"
)
# "dex 20 mg and Bz 1.3 mg/m2": an abbreviation of two letters at once before its amount is not the agent before.
_TWO_LETTERS = re.compile(
    r"(?:[,;:+(/&]|\b(?:and|plus|with|of|receives?|then))\s?"
    r"(?!(?:IV|PO|SC|IM|IT|IP|SQ|At|To|By|Of|In|On|Or|As|An|BD|OD|CI|CR|CD|ED|EC|NS|DW)\b)(?P<name>[A-Z][A-Za-z]):?\s\Z"
)
_TWO_CAPITALS = re.compile(r"[A-Z].*[A-Z]")


def unlisted(between: Between, token: Token) -> Spotted | None:
    """The name at once before the amount or behind its "of", always doubtful; rays, volumes and cells have none."""
    if not _may_be_unlisted(token):
        return None
    lead = between.text[max(between.start, token.start - 70) : token.start]
    before = _NAME_BEFORE.search(lead) or _TWO_LETTERS.search(lead)
    after = _NAME_AFTER.match(between.text, token.end, between.end)
    for match, shift in ((before, token.start - len(lead)), (after, 0)):
        if match is None or match["name"].lower() in NO_NAMES:
            continue
        name = _name(match.start("name") + shift, match["name"])
        taken = any(a.start < name.end and name.start < a.end for a in between.agents)
        if not taken and not DAY_OF.search(between.text[max(between.start, name.start - 32) : name.start]):
            return name
    return None


def unlisted_further_left(between: Between, token: Token) -> Spotted | None:
    """ "ABCDE(R) will be given at a dose of 2 mg": the last name with only filling words between it and the amount.

    A word that opens the sentence is a name only with a trade mark or two capitals.
    """
    if not _may_be_unlisted(token):
        return None
    for match in reversed(list(_IN_CLAUSE.finditer(between.text, max(between.start, token.start - 120), token.start))):
        words = match["name"]
        if words.lower() in NO_NAMES or find_unit(words) or words.upper() in _regimens():
            continue
        told = match["mark"] or _TWO_CAPITALS.match(words) or match.start() > between.start
        spotted = _name(match.start(), words)
        closed = ")" in between.text[match.end() + len(match["mark"] or "") : token.start]  # "(... Maker Ltd) 10 mg"
        return spotted if told and not closed and between.near(spotted, token) else None
    return None


# "paracetamol 1 g p.o. or tavestin 2 mg i.v.": an item of a list is no step of the agent before it.
_ITEM = re.compile(r"(?:\b(?:and|or|plus)|,)\s(?P<name>[a-z]{6,})\s\(?\Z")
_NO_ITEM = re.compile(
    r""".*(?:ly|ing|ed|ity|ion|ever|fore|wards?|time|ment)\Z
        |either|thereafter|another|further|standard|initial|increase|reduce|maximum|minimum|before|between|within
        |placebo|higher|lower|single|except|instead|rather|versus|repeat|receive|without|should|usually|around
        |however|where|while|second|fourth|followed|escalate|continue""",
    re.X,
)


def unlisted_item(between: Between, token: Token) -> Spotted | None:
    """The word in small letters, in no list, between "and" or "or" and the amount; always doubtful."""
    if not _may_be_unlisted(token):
        return None
    lead = between.text[max(between.start, token.start - 36) : token.start]
    match = _ITEM.search(lead)
    if match is None or _NO_ITEM.fullmatch(match["name"]) or _NO_SUBJECT.search(match["name"]):
        return None
    if match["name"] in NO_NAMES or match["name"] in AGENT_FIRST:
        return None
    return _name(token.start - len(lead) + match.start("name"), match["name"])


# "trioxide d'arsenic will be administered at 0.15 mg/kg": what is given is another agent than the one before.
_SUBJECT = re.compile(
    r"""(?:\A|[,;:]\s|\b(?:the|of|and|then|oral|intravenous)\s) (?P<name> [A-Za-z][\w'-]{2,} (?:\s[\w'-]{3,})? ) \s
        (?:will\sbe|is|are|was|were) \s (?:\w+ly\s)? (?:administ\w+|given|infused|injected|instilled|prescribed) \s
        (?:(?:orally|intravenously|subcutaneously|daily|iv|po)\s)? (?:at|in|with)? \s?
        (?:(?:an?|the)\s)? (?:(?:initial|starting|fixed|single|daily|total)\s)? (?:doses?\s(?:of\s)?)? \Z""",
    re.I | re.X,
)
_NO_SUBJECT = re.compile(
    r"""\b(?:
            doses?|dosages?|dosing|treatments?|therap\w+|drugs?|medic\w+|infusions?|injections?|it|they|this|these
            |that|which|who|patients?|subjects?|participants?|children|regimens?|chemotherapy|stud\w+|products?
            |levels?|cohorts?|schedules?|groups?|arms?|administrations?|placebo|agents?|cycles?|courses?|vaccines?
            |amounts?|units?|tablets?|capsules?|volume|bolus|rate|combination|prophylaxis|both|each|half|rest
            |remainder|maintenance|induction|consolidation|loading|other|same|all|one|two|three|days?|weeks?|cells?
            |first|second|last|next)\b""",
    re.I | re.X,
)


def unlisted_subject(between: Between, token: Token) -> Spotted | None:
    """The words that the sentence makes its subject, where no list holds them; always doubtful."""
    if not _may_be_unlisted(token):
        return None
    lead = between.text[max(between.start, token.start - 110) : token.start]
    match = _SUBJECT.search(lead)
    if match is None or _NO_SUBJECT.search(match["name"]) or any(w.lower() in NO_NAMES for w in match["name"].split()):
        return None
    return _name(token.start - len(lead) + match.start("name"), match["name"])


def _may_be_unlisted(token: Token) -> bool:
    amount = token.value
    return isinstance(amount, Amount) and amount.unit.kind not in ("absorbed dose", "volume", "cells")


def _name(at: int, words: str) -> Spotted:
    return Spotted(at, at + len(words), words.lower(), words, False, True)


@cache
def _regimens() -> frozenset[str]:
    """Acronyms of regimens, which have no amount of their own."""
    return frozenset(name.upper() for one in all_regimens() for name in (one.acronym, *one.also_written))
