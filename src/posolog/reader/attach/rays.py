"""What tells an absorbed dose from an amount of drug: rays have no milligrams, and drugs no grays."""

from __future__ import annotations

import re
from functools import lru_cache

from posolog.formulary import find
from posolog.protocol.model import Amount
from posolog.reader.agents import Spotted
from posolog.reader.tokens.token import Token

_RAYS = re.compile(
    r"""radiation|radiother|radiosurg|irradiat|brachyth
        |(?:proton|photon|electron|ion)\s(?:beam\s)?(?:radio)?therapy
        |electron\sbeam
        |\b(?:xrt|rt|pci|wbrt|sbrt|srs|imrt|vmat|tbi)\b""",
    re.I | re.X,
)
_RADIATES = re.compile(
    r"radi|irrad|brachy|\d{2,3}m?-?[A-Z]|(?:proton|photon|electron|ion)\s(?:beam|therapy)"
    r"|xrt|\brt\b|pci|[sw]brt|srs|imrt|vmat|tbi",
    re.I,
)
_BEAMS = re.compile(
    r"radiat|irradi|radioth|fraction|boost|\bbeam|pelvi|\bfield|whole[- ]brain|cranio|\bGTV|\bPTV|tumou?r bed", re.I
)
_RADIOACTIVE = re.compile(
    r"""\d{2,3}|radi|iod|yttri|luteti|tiuxetan|tositumomab|techneti|galli|samari|stronti|thall|rubidi|indium|holmi
        |rheni|flu|flo|fdg|psma|dota|tracer|apomab|metomid|mibg|microspher""",
    re.I | re.X,
)
_GRAFT = re.compile(r"transplant|\bgraft\b", re.I)  # procedures have no milligrams
_CELLS = re.compile(r"cell|lymphocyte|leukocyte|graft|marrow|cord|leucel|vaccine|infusion|virus", re.I)
# "prior radiotherapy to 50 Gy", "maximum to the spinal cord 45 Gy": told of earlier rays, or a limit of an organ.
_EARLIER_OR_LIMIT = re.compile(
    r"""(?: pre-?irradiat | prior | previous | receiv(?:ed|ing)\s(?:>|more) | \bhave\s(?:\w+\s)?received\s?\Z
          | exceed | tolerance | constraint | maximum | mean\s | Dmax | V\d\d | D\d\d
          | spinal\scord | \blungs?\s )
        [^.;]{0,40}$""",
    re.I | re.X,
)
_BRACKETED_TOTAL = re.compile(r"\(\s?(?:with\s|for\s)?(?:an?\s)?(?:total|cumulative)[^()]{0,20}\Z")

_FRACTIONS_OF = re.compile(r"fractions?\s(?:of|at|with)\s(?:\w+\s)?$")  # "30 fractions of 2 Gy"
_IN_OR_AT = re.compile(
    r"fractions?\s(?:of|at)\s$|\b(?:in|at|of)\s(?:(?:\d{1,2}|five|six|eight|ten|fifteen|twenty)\s)?(?:daily\s)?$"
)  # "60 Gy in 2 Gy fractions"
_DAILY_FRACTIONS = re.compile(
    r"\s?(?:\(RBE\)\s?)?(?:(?:daily|per|each|/)\s?(?:fraction|fx|day)?|fractions?)",
)
_EACH_FRACTION = re.compile(r"\s?(?:\(RBE\)\s?)?(?:per|/|a|each)\s?(?:daily\s)?(?:fraction|fx)")  # "2 Gy per fraction"
_EACH_DAY = re.compile(r"\s?(?:\(RBE\)\s?)?(?:daily|per\sday|/\s?d|a\sday|once\sdaily|QD)")  # "1.8 Gy daily"
_FRACTION = re.compile(r"fraction|fx")


def is_absorbed(token: Token) -> bool:
    """The amount is an absorbed dose (Gy, cGy, rad)."""
    return isinstance(token.value, Amount) and token.value.unit.kind == "absorbed dose"


def radiates(agent: Spotted) -> bool:
    """The agent is a radiation or a radiopharmaceutical."""
    return _RADIATES.search(agent.name) is not None or _labelled(agent.name)


@lru_cache(maxsize=1024)
def _labelled(name: str) -> bool:
    """A name that stands for a radiopharmaceutical, alone or beside its carrier ("Bexxar")."""
    return any(agent.nuclide for agent in find(name).agents)


def may_have(agent: Spotted, token: Token) -> bool:
    """Whether this agent can have an amount of this kind; cells are counted, or given by volume."""
    if is_absorbed(token):
        return radiates(agent)
    if _GRAFT.search(agent.name):
        return isinstance(token.value, Amount) and token.value.unit.kind == "cells"
    if agent.name.endswith((" cells", " lymphocytes")) and isinstance(token.value, Amount):
        return token.value.unit.kind in ("cells", "volume", "units")
    return _RAYS.search(agent.name) is None


def may_inherit(agent: Spotted, token: Token) -> bool:
    """Whether an agent named elsewhere can have this amount: MBq only a radiopharmaceutical, cells no listed drug."""
    kind = token.value.unit.kind if isinstance(token.value, Amount) else ""
    if kind == "activity":
        return _RADIOACTIVE.search(agent.name) is not None
    if kind == "cells" and agent.known and _CELLS.search(agent.name) is None:
        return False
    return may_have(agent, token)


def of_earlier_rays(text: str, start: int, token: Token) -> bool:
    """ "prior irradiation of more than 45 Gy": eligibility or a limit, no dose of this trial."""
    return _EARLIER_OR_LIMIT.search(text[max(start, token.start - 50) : token.start]) is not None


def bracketed_total(text: str, token: Token) -> bool:
    """ "2 Gy daily (total dose 60 Gy)"."""
    return _BRACKETED_TOTAL.search(text[max(0, token.start - 40) : token.start]) is not None


_CALCULATED = re.compile(
    r"\b(?:calculat\w*|designed|estimated|intended|individuali[sz]ed)\sto\sdeliver\s(?:an?\s)?(?:\w+\s){0,3}\Z", re.I
)


def calculated(text: str, start: int, token: Token) -> bool:
    """ "iodine I 131 calculated to deliver 75 cGy": what the activity is chosen for, no dose of its own."""
    return _CALCULATED.search(text[max(start, token.start - 60) : token.start]) is not None


def per_fraction(text: str, token: Token) -> bool:
    """ "60 Gy in 2 Gy fractions", "30 fractions of 2 Gy", "2 Gy per fraction", "1.8 Gy daily"."""
    lead, tail = text[max(0, token.start - 30) : token.start], text[token.end : token.end + 20]
    return bool(
        (_IN_OR_AT.search(lead) and _DAILY_FRACTIONS.match(tail))
        or _FRACTIONS_OF.search(lead)
        or _EACH_FRACTION.match(tail)
        or _FRACTION.search(text[token.start : token.end])
        or (_at_most_3_gy(token) and _EACH_DAY.match(tail))
    )


def beams_near(text: str, start: int, token: Token) -> bool:
    """The words around speak of rays, though none is named."""
    return _BEAMS.search(text, start, token.end + 200) is not None


def _at_most_3_gy(token: Token) -> bool:
    amount = token.value
    return isinstance(amount, Amount) and (amount.high or amount.low or 9) * amount.unit.factor <= 3
