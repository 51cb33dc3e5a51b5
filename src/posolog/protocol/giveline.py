"""Give lines, and the lines of rest, acts and references: strict reading, and printing that reads back the same."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.core.quantity import plain
from posolog.core.units import find_unit
from posolog.protocol.amount_text import parse_amount, print_amount, print_cap
from posolog.protocol.clauses import (
    LEADS,
    Fields,
    in_unit_of,
    read_clause,
    read_in_cycles,
    read_words,
    starts_clause,
)
from posolog.protocol.days_text import parse_days, print_day, print_days, read_days
from posolog.protocol.frame_text import (
    parse_cycles,
    parse_time_point,
    parse_window,
    print_cycles,
    print_time_point,
    print_window,
)
from posolog.protocol.lexer import Cursor, quoted, refusal, unquoted
from posolog.protocol.model import Count, Do, Frequency, Give, Refer, Rest
from posolog.protocol.numbers_text import counted, listed

__all__ = [
    "parse_amount",
    "parse_cycles",
    "parse_days",
    "parse_do",
    "parse_give",
    "parse_refer",
    "parse_rest",
    "parse_time_point",
    "parse_window",
    "print_amount",
    "print_cycles",
    "print_days",
    "print_do",
    "print_give",
    "print_refer",
    "print_rest",
    "print_time_point",
    "print_window",
]

_FRENCH_DAY = re.compile(r"J[+-]?[0-9]+")
_DOSE_KINDS = ("mass", "activity", "absorbed dose")


def parse_give(text: str) -> Give:
    """Read a give line. *Raises:* Refusal, with the words, their place and what to do.

    >>> parse_give("fludarabine 30 mg/m2/day on D-5 to D-1").amount.per.value
    'm²'
    """
    cursor = Cursor(text)
    agent = _read_agent(cursor)
    fields: Fields = {}
    while not cursor.end():
        cursor.take(",")
        read_clause(cursor, fields)
    if "round_to" in fields:
        fields["round_to"] = in_unit_of(fields["round_to"], fields.get("amount"), cursor)
    if "infusion_h" in fields and "continuous" in fields:
        cursor.fail("an infusion is continuous or has a stated length, not both")
    return Give(agent, **fields)


def _read_agent(cursor: Cursor) -> str:
    token = cursor.peek()
    if token is not None and token.kind == "quoted" and (words := unquoted(token.text)):
        cursor.at += 1
        return words
    first = cursor.at
    while not cursor.end() and not cursor.sees(",") and not starts_clause(cursor):
        _check_agent_word(cursor)
        cursor.at += 1
    if cursor.at == first:
        cursor.fail("a give line starts with the name of what is given")
    found = cursor.tokens[first : cursor.at]
    return " ".join(cursor.text[found[0].start : found[-1].end].split())


def _check_agent_word(cursor: Cursor) -> None:
    word, kind = cursor.word(), cursor.kind()
    advice = "Put a name with unusual words in quotation marks."
    if kind not in ("word", "mark") or (kind == "mark" and word not in "/()+"):
        cursor.fail("this cannot stand in the name of what is given", known=LEADS, next_step=advice)
    if _FRENCH_DAY.fullmatch(word):
        cursor.fail("this looks like a day", next_step="Write D for the French J: D-8, D+6.")
    if word in LEADS or _is_dose_unit(word):
        cursor.fail(
            "the name of what is given cannot hold this word, and no clause can be read here",
            next_step=advice,
        )


def print_give(give: Give, *, day_zero: bool = True) -> str:
    """The give line in words; `day_zero` as in `print_days`. *Raises:* Refusal for a Give that no line can say."""
    clauses = [
        _print_agent(give.agent),
        *_dose_clauses(give),
        *_time_clauses(give, day_zero),
        *_limit_clauses(give, day_zero),
    ]
    text = " ".join(clause for clause in clauses if clause)
    return _checked(text, give, parse_give(text))


def _checked(text: str, meant: object, read: object) -> str:
    """A line is only printed when it reads back as what was meant."""
    if read != meant:
        raise refusal(
            "LINE-UNREAD",
            f"no line says this and reads back the same: {text!r}",
            "Write it as two lines, or name it in plain words.",
            words=text,
        )
    return text


def _print_agent(agent: str) -> str:
    cursor = Cursor(agent)
    plain_words = not starts_clause(cursor) and all(
        token.kind == "word" or (token.kind == "mark" and token.text in "/()+") for token in cursor.tokens
    )
    held = any(_is_reserved(token.text) for token in cursor.tokens)
    return agent if plain_words and not held and agent == " ".join(agent.split()) else quoted(agent)


def _is_reserved(word: str) -> bool:
    return word in LEADS or _is_dose_unit(word) or _FRENCH_DAY.fullmatch(word) is not None


def _is_dose_unit(word: str) -> bool:
    unit = find_unit(word)
    return unit is not None and unit.kind in _DOSE_KINDS


def _print_words(words: str) -> str:
    """Free words as they are where they read back, else between quotation marks."""
    cursor = Cursor(words)
    while cursor.kind() == "word" and not starts_clause(cursor) and cursor.word() != "says":
        cursor.at += 1
    same = words == " ".join(token.text for token in cursor.tokens)
    return words if cursor.end() and words and same else quoted(words)


def _dose_clauses(give: Give) -> list[str]:
    return [
        print_amount(give.amount) if give.amount is not None else "",
        f"of {give.weight}" if give.weight else "",
        give.route,
        _print_infusion(give.infusion_h) if give.infusion_h is not None else "",
        "by continuous infusion" if give.continuous else "",
        f"via {_print_words(give.access)}" if give.access else "",
        _print_frequency(give.frequency) if give.frequency is not None else "",
        _print_count(give.doses, "dose") if give.doses is not None else "",
        _print_count(give.for_days, "day") if give.for_days is not None else "",
    ]


def _time_clauses(give: Give, day_zero: bool) -> list[str]:
    span = ""
    if give.from_day is not None:
        span = f"from {print_day(give.from_day, day_zero=day_zero)}"
        span += f" to {print_day(give.to_day, day_zero=day_zero)}" if give.to_day is not None else ""
    return [
        f"on {print_days(give.days, day_zero=day_zero)}" if give.days is not None else "",
        span,
        _print_numbered("week", give.weeks),
        f"until {_print_words(give.until)}" if give.until else "",
        _print_numbered("cycle", give.cycles),
    ]


def _limit_clauses(give: Give, day_zero: bool) -> list[str]:
    step = ""
    if give.round_to is not None and give.amount is not None:
        step = f"rounded to {plain(give.round_to)} {give.amount.unit.symbol}"
    taper = ""
    if give.taper is not None:
        first, last = (print_day(day, day_zero=day_zero) for day in (give.taper.first, give.taper.last))
        taper = f"tapered from {first} to {last}"
    return [
        *(f"at most {print_cap(cap)}" for cap in give.caps),
        f"with BSA at most {plain(give.bsa_cap_m2)} m²" if give.bsa_cap_m2 is not None else "",
        step,
        taper,
        f"as {_print_words(give.reference)} says" if give.reference else "",
    ]


def _print_infusion(hours: Decimal) -> str:
    if hours == 0:
        return "as a bolus"
    minutes = (hours * 60).quantize(Decimal(1)) if hours < 1000 else Decimal(0)
    if hours != hours.to_integral_value() and minutes / 60 == hours:
        return "over " + counted(int(minutes), "minute")
    return "over 1 hour" if hours == 1 else f"over {plain(hours)} hours"


def _print_frequency(frequency: Frequency) -> str:
    count, every, unit = frequency.count, frequency.every, frequency.unit
    if every == 1:
        times = {1: "once", 2: "twice"}.get(count, f"{count} times")
        return f"{times} an hour" if unit == "hour" else f"{times} a {unit}"
    return ("" if count == 1 else f"{count} times ") + f"every {plain(every)} {unit}s"


def _print_count(count: Count, noun: str) -> str:
    return "for " + ("up to " if count.at_most else "") + counted(count.number, noun)


def _print_numbered(noun: str, numbers: tuple[int, ...]) -> str:
    if not numbers:
        return ""
    return f"in {noun}{'' if len(numbers) == 1 else 's'} " + listed([str(number) for number in numbers])


def parse_rest(text: str) -> Rest:
    """ "D-8 to D-6": days on which nothing is given. *Raises:* Refusal."""
    return Rest(parse_days(text))


def print_rest(rest: Rest, *, day_zero: bool = True) -> str:
    return print_days(rest.days, day_zero=day_zero)


def parse_do(text: str) -> Do:
    """ "graft transfusion on D0", "hospital stay on at least D1 to D2 in cycle 2". *Raises:* Refusal."""
    cursor = Cursor(text)
    name = read_words(cursor, "the act", stop=lambda now: now.sees("on"))
    cursor.expect("on")
    at_least = cursor.take("at", "least")
    days = read_days(cursor)
    cursor.take(",")
    cycles = read_in_cycles(cursor) if cursor.sees("in") else ()
    cursor.finish(("in", "cycle"))
    return Do(name, days, cycles, at_least)


def print_do(do: Do, *, day_zero: bool = True) -> str:
    """The act in words. *Raises:* Refusal for an act that no line can say."""
    name = _print_words(do.name) if "on" not in do.name.split() else quoted(do.name)
    least = "at least " if do.at_least else ""
    words = [
        f"{name} on {least}{print_days(do.days, day_zero=day_zero)}",
        _print_numbered("cycle", do.cycles),
    ]
    text = " ".join(word for word in words if word)
    return _checked(text, do, parse_do(text))


def parse_refer(text: str) -> Refer:
    """ "care supports to the protocols of each centre". *Raises:* Refusal."""
    cursor = Cursor(text)
    topic = read_words(cursor, "the matter", stop=lambda now: now.sees("to"))
    cursor.expect("to")
    to = read_words(cursor, "the document", stop=lambda now: False)
    cursor.finish()
    return Refer(topic, to)


def print_refer(refer: Refer) -> str:
    """The reference in words. *Raises:* Refusal for one that no line can say."""
    topic = _print_words(refer.topic) if "to" not in refer.topic.split() else quoted(refer.topic)
    text = f"{topic} to {_print_words(refer.to)}"
    return _checked(text, refer, parse_refer(text))
