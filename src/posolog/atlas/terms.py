"""The words of a query -> terms, read by the reader's own lexer. A word not understood refuses the query."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.core.routes import ROUTES
from posolog.formulary import find, split_nuclide, suggest
from posolog.protocol.model import Amount, Count, Frequency
from posolog.reader.agents import spot
from posolog.reader.tokens.amounts import amounts
from posolog.reader.tokens.daywords import DayWords
from posolog.reader.tokens.schedule import schedule
from posolog.reader.tokens.token import Token

LONGEST = 400
_NUCLIDE = re.compile(r"\bany\s+(?P<n>(?:\d{2,3}m?-?[A-Z][a-z]?|[A-Z][a-z]?-?\d{2,3}m?)\b)")
_COMPARE = re.compile(
    r"(?P<op>>=|<=|>|<|≥|≤|=|\bat least\b|\bat most\b|\bup to\b|\bmore than\b|\bless than\b)\s*\Z", re.I
)
_OPS = {"≥": ">=", "≤": "<=", "at least": ">=", "at most": "<=", "up to": "<=", "more than": ">", "less than": "<"}
_ROUTE = re.compile(rf"\b(?:route\s+)?(?P<route>{'|'.join(ROUTES)})\b")
_INCLUDING = re.compile(r"\bincluding\s*\Z", re.I)
_FILLER = re.compile(
    r"\b(?:any|agent|on|at|route|the|of|given|dose|doses?|and|by|including|amount|days?)\b|[,;.()=]", re.I
)


@dataclass(frozen=True, slots=True)
class Term:
    """What one statement must say. Empty fields are not asked for.

    `op` compares the amount: "" equal (or, of a range, overlapping), ">=", ">", "<=", "<". `days` are the whole set of
    days, or with `including` some of them. `names` are the formulary's meanings of the agent: any one of them.
    """

    words: str
    names: tuple[str, ...] = ()
    nuclide: str = ""
    amount: Amount | None = None
    op: str = ""
    days: tuple[int, ...] = ()
    including: bool = False
    route: str = ""
    frequency: Frequency | None = None
    doses: int | None = None
    for_days: int | None = None


@dataclass(slots=True)
class _Reading:
    """The term in the making, and the stretches of the text that have been used."""

    text: str
    used: list[tuple[int, int]] = field(default_factory=list)
    fields: dict[str, object] = field(default_factory=dict)

    def take(self, start: int, end: int, **fields: object) -> None:
        twice = [name for name in fields if name in self.fields]
        if twice:
            raise unread(
                self.text, self.text[start:end].strip(), "it is said twice; put the second term after a semicolon"
            )
        self.used.append((start, end))
        self.fields |= fields

    def free(self, start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in self.used)


def parse(query: str) -> tuple[Term, ...]:
    """The terms of a query, separated by semicolons; a trial answers when it states all of them.

    *Raises:* Refusal with QUERY-UNREAD, which names the words that were not understood.

    >>> parse("busulfan 3.2 mg/kg days -6 to -3 route IV")[0].days
    (-6, -5, -4, -3)
    """
    if not query.strip() or len(query) > LONGEST:
        what = "nothing is asked" if not query.strip() else f"it is longer than {LONGEST} characters"
        raise unread(query[:80], query[:80].strip(), what)
    return tuple(_term(_spelt(words)) for words in query.split(";") if words.strip()) or _empty(query)


def _spelt(words: str) -> str:
    """The words as the lexer knows them: "AUC >= 5" is ">= AUC 5", MU is MIU."""
    words = " ".join(words.split())
    words = re.sub(r"\bAUC\s?(>=|<=|[<>≥≤])\s?(?=\d)", r"\1 AUC ", words)
    return re.sub(r"(?<=\d)(\s?)MU\b", r"\1MIU", words)


def _empty(query: str) -> tuple[Term, ...]:
    raise unread(query, query.strip(), "nothing is asked")


def _term(text: str) -> Term:
    reading = _Reading(text)
    _take_nuclide(reading)
    found = amounts(text, 0, len(text))
    for token in found:
        _take_amount(reading, token)
    for token in schedule(text, 0, len(text), frozenset(token.end for token in found)):
        if reading.free(token.start, token.end):
            _take_schedule(reading, token)
    if "route" not in reading.fields and (route := _ROUTE.search(text)) and reading.free(*route.span()):
        reading.take(*route.span(), route=route["route"])
    _take_agent(reading)
    _rest(reading)
    if not reading.fields:
        raise unread(text, text, "it names no agent, amount, day or route")
    return Term(text, **reading.fields)  # type: ignore[arg-type]


def _take_nuclide(reading: _Reading) -> None:
    for match in _NUCLIDE.finditer(reading.text):
        label = split_nuclide(match["n"])
        if label is None:
            raise unread(reading.text, match["n"], "this radionuclide is not known")
        reading.take(*match.span(), nuclide=label[0].name)


def _take_amount(reading: _Reading, token: Token) -> None:
    amount = token.value
    assert isinstance(amount, Amount)
    if token.note:
        raise unread(reading.text, reading.text[token.start : token.end].strip(), token.note)
    number = re.search(r"\d|\.\d", reading.text[token.start :])
    assert number is not None
    before = (reading.text[: token.start + number.start()], reading.text[: token.start])
    lead = next((found for text in before if (found := _COMPARE.search(text))), None)
    op = _OPS.get(lead["op"].lower(), lead["op"]) if lead else ""
    start = min(token.start, lead.start()) if lead else token.start
    reading.take(start, token.end, amount=amount, op="" if op == "=" else op)


def _take_schedule(reading: _Reading, token: Token) -> None:
    value = token.value
    if token.kind == "days" and isinstance(value, DayWords):
        some = _INCLUDING.search(reading.text[: token.start]) is not None
        reading.take(token.start, token.end, days=value.days.days(), including=some)
    elif token.kind == "route" and isinstance(value, str):
        reading.take(token.start, token.end, route=value)
    elif token.kind == "times" and isinstance(value, Frequency):
        reading.take(token.start, token.end, frequency=value)
    elif token.kind == "every" and isinstance(value, tuple):
        more = {"doses": value[1].number} if value[1] is not None else {}
        reading.take(token.start, token.end, frequency=value[0], **more)
    elif token.kind == "for" and isinstance(value, Count):
        reading.take(token.start, token.end, for_days=value.number)
    elif token.kind == "doses" and isinstance(value, tuple):
        reading.take(token.start, token.end, doses=value[0].number)


def _take_agent(reading: _Reading) -> None:
    """The agent by the formulary's names; else the words that are left, if they name an agent at all."""
    if "nuclide" in reading.fields:
        return
    spotted = [one for one in spot(reading.text, 0, len(reading.text)) if reading.free(one.start, one.end)]
    if len(spotted) > 1:
        last = spotted[-1].words
        raise unread(reading.text, last, "a term has one agent; put the second one after a semicolon")
    left = [(one.start, one.end) for one in spotted] or _left(reading)[:1]
    for start, end in left:
        words = reading.text[start:end]
        match = find(words)
        label = split_nuclide(words)
        if label is not None and not label[1]:
            reading.take(start, end, nuclide=label[0].name)
        elif match.recognised:
            names = tuple(agent.name for agent in match.agents) or (words.lower(),)
            reading.take(start, end, names=names)


def _left(reading: _Reading) -> list[tuple[int, int]]:
    """The stretches of words that nothing has used, fillers aside."""
    text = list(reading.text)
    for start, end in reading.used:
        text[start:end] = "\0" * (end - start)
    kept = _FILLER.sub(lambda match: "\0" * len(match.group()), "".join(text))
    return [(m.start(), m.end()) for m in re.finditer(r"[^\s\0](?:[^\0]*[^\s\0])?", kept)]


def _rest(reading: _Reading) -> None:
    left = _left(reading)
    if left:
        words = " ... ".join(reading.text[start:end] for start, end in left)
        near = suggest(reading.text[slice(*left[0])])
        raise unread(reading.text, words, "", near=near)


def unread(query: str, words: str, reason: str, *, near: tuple[str, ...] = ()) -> Refusal:
    """QUERY-UNREAD: which words, and why."""
    said = f": {reason}" if reason else ""
    step = f"Did you mean {', '.join(near)}? " if near else ""
    step += 'Write for example: "busulfan 3.2 mg/kg days -6 to -3 IV", "any 90Y >= 300 MBq/m2".'
    message = f"the words {words!r} of the query were not understood{said}"
    return Refusal(Finding("QUERY-UNREAD", Severity.STOP, message, step, (Place("query", query),)))
