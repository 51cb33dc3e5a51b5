"""The lines of rest, of things done and of references: read, and printed so that they read back the same."""

from __future__ import annotations

from posolog.protocol.clauses import (
    read_in_cycles,
    read_words,
)
from posolog.protocol.days_text import parse_days, print_days, read_days
from posolog.protocol.giveline.words import checked, print_numbered, print_words
from posolog.protocol.lexer import Cursor, quoted
from posolog.protocol.model import Do, Refer, Rest


def parse_rest(text: str) -> Rest:
    """ "D-8 to D-6": days on which nothing is given. *Raises:* Refusal."""
    return Rest(parse_days(text))


def print_rest(rest: Rest, *, day_zero: bool = True) -> str:
    """The days of rest in words."""
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
    name = print_words(do.name) if "on" not in do.name.split() else quoted(do.name)
    least = "at least " if do.at_least else ""
    words = [
        f"{name} on {least}{print_days(do.days, day_zero=day_zero)}",
        print_numbered("cycle", do.cycles),
    ]
    text = " ".join(word for word in words if word)
    return checked(text, do, parse_do(text))


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
    topic = print_words(refer.topic) if "to" not in refer.topic.split() else quoted(refer.topic)
    text = f"{topic} to {print_words(refer.to)}"
    return checked(text, refer, parse_refer(text))
