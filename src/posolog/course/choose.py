"""A person's choices: which alternative, which optional line, which dose. An unmade choice waits, it never defaults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from posolog.core.because import Because, Entered
from posolog.core.finding import Finding, Place
from posolog.core.guard import Answer, Guard
from posolog.core.quantity import Quantity, plain
from posolog.core.units import find_unit
from posolog.course.numbers import number
from posolog.course.words import amount_words, ask, listed, stop
from posolog.protocol.model import Amount, Give, Line, Part, Protocol

_AMOUNT = re.compile(r"(?:level\s+)?(\d+(?:\.\d+)?)\s*([^/\d][^/]*)?(?:/(.*))?", re.IGNORECASE)
TRIAL_KEYS = ("bsa", "weight", "dose level")
LINE_KEYS = ("doses per day", "hour")


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices by key, case aside. Keys: a part choice, a line ident, "bsa", "weight", "dose level" and so on."""

    pairs: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def of(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> Choices:
        pairs = given.items() if isinstance(given, Mapping) else given
        return Choices(tuple(sorted((key.strip(), value.strip()) for key, value in pairs)))

    def get(self, key: str) -> str:
        wanted = key.casefold()
        return next((value for name, value in self.pairs if name.casefold() == wanted), "")


def known_keys(protocol: Protocol) -> set[str]:
    """Every key that a choice may have under this protocol, in lower case."""
    keys = set(TRIAL_KEYS)
    for part in protocol.parts:
        keys |= {part.choice, f"{part.name} cycles"} if part.choice else {f"{part.name} cycles"}
        for line in part.lines:
            keys |= {line.ident, *(f"{line.ident} {word}" for word in LINE_KEYS)}
    return {key.casefold() for key in keys}


def unknown(protocol: Protocol, choices: Choices) -> tuple[Finding, ...]:
    """A stop finding for every choice that the protocol does not offer."""
    known = known_keys(protocol)
    offered = sorted({part.choice for part in protocol.parts if part.choice}) + list(TRIAL_KEYS)
    return tuple(
        stop(
            "CHOICE-UNKNOWN",
            f"the protocol offers no choice {key!r}",
            f"use {listed(offered)}, or the ident of a line",
            Place("choice", f"{key}={value}"),
        )
        for key, value in choices.pairs
        if key.casefold() not in known
    )


def alternatives(
    parts: tuple[Part, ...], choices: Choices
) -> tuple[tuple[tuple[Part, Guard | None], ...], tuple[Finding, ...]]:
    """The parts that stand, each with the guard of its choice; parts not chosen are left out.

    Where nothing is chosen yet all alternatives stay, waiting, and CHOICE-OPEN lists them.
    """
    found: list[tuple[Part, Guard | None]] = []
    findings: dict[str, Finding] = {}
    for part in parts:
        if not part.choice:
            found.append((part, None))
            continue
        names = list(dict.fromkeys(option_of(other) for other in parts if other.choice == part.choice))
        value = choices.get(part.choice)
        if value.casefold() in (option_of(part).casefold(), part.name.casefold()):
            found.append((part, Guard(Answer.YES, (f"{part.choice}: {value} chosen",))))
        elif not value:
            missing = f"choice of {part.choice}: {listed(names)}"
            found.append((part, Guard(Answer.UNKNOWN, (), (missing,))))
            findings[part.choice] = _open(part.choice, names)
        elif value.casefold() not in known_options(parts, part.choice):
            findings[part.choice] = _wrong(part.choice, value, names)
    return tuple(found), tuple(findings.values())


def option_of(part: Part) -> str:
    """The alternative that a part belongs to: parts of one option stand or fall together."""
    return part.option or part.name


def known_options(parts: tuple[Part, ...], choice: str) -> set[str]:
    own = [part for part in parts if part.choice == choice]
    return {words.casefold() for part in own for words in (part.name, option_of(part))}


def _open(choice: str, names: list[str]) -> Finding:
    message = f"{choice} is not chosen: {listed(names)}"
    return ask("CHOICE-OPEN", message, f'choose "{choice}={names[0]}"', Place("choice", choice))


def _wrong(choice: str, value: str, names: list[str]) -> Finding:
    message = f"{value!r} is no alternative of {choice}"
    return stop("CHOICE-UNKNOWN", message, f"choose {listed(names)}", Place("choice", f"{choice}={value}"))


def optional(line: Line, choices: Choices) -> tuple[Guard | None, tuple[Finding, ...]]:
    """The guard of an optional line: yes or no as chosen, not known yet until then."""
    if not line.optional:
        return None, ()
    value = choices.get(line.ident).casefold()
    if value in ("no", "without"):
        return Guard(Answer.NO, (f"{line.ident}: chosen without",)), ()
    if value:
        return Guard(Answer.YES, (f"{line.ident}: chosen",)), ()
    name = line.what.agent if isinstance(line.what, Give) else line.ident
    message = f"the text leaves {name} open, and nothing is chosen: yes or no"
    step = f'choose "{line.ident}=yes" or "{line.ident}=no"'
    found = ask("CHOICE-OPEN", message, step, Place("line", "", line.ident))
    return Guard(Answer.UNKNOWN, (), (f"whether {name} is given ({line.ident})",)), (found,)


def chosen_amount(
    line: Line, give: Give, choices: Choices
) -> tuple[Give, Because | None, tuple[Finding, ...]]:
    """The line with the amount that a person chose, when the protocol leaves it open and one is chosen."""
    amount = give.amount
    if amount is None or amount.exact is not None:
        return give, None, ()
    words = choices.get(line.ident)
    if words.casefold() in ("", "yes"):
        words = choices.get("dose level") if amount.levels else ""
    if not words:
        return give, None, ()
    place = Place("choice", f"{line.ident}={words}", line.ident)
    try:
        value = _value(words, amount)
    except ValueError as error:
        step = f"choose a value of {amount_words(amount)}"
        return give, None, (stop("CHOICE-VALUE", f"{give.agent}: {error}", step, place, hazard="H10"),)
    exact = replace(amount, low=value, high=value, levels=())
    because = Entered("choice", why=f"{give.agent} {amount_words(exact)}")
    return replace(give, amount=exact), because, ()


def _value(words: str, amount: Amount) -> Decimal:
    found = _AMOUNT.fullmatch(words.strip())
    if found is None:
        number(words)
        raise ValueError(f"{words!r} is not an amount")
    value = Decimal(found[1])
    if words.casefold().startswith("level") and amount.levels:
        if value != int(value) or not 1 <= value <= len(amount.levels):
            raise ValueError(f"there is no {words}: there are {len(amount.levels)} levels")
        return amount.levels[int(value) - 1]
    unit = find_unit(found[2].strip()) if found[2] else amount.unit
    if unit is None or unit.kind != amount.unit.kind:
        raise ValueError(f"{words!r} is not in {amount.unit.symbol}")
    value = Quantity(value, unit).to(amount.unit).value
    _per(words, found[3] or "", amount)
    return _inside(words, value, amount)


def _per(words: str, said: str, amount: Amount) -> None:
    """What follows the slash must be the line's own "per": 25 mg/kg is no value of a line in mg/m²."""
    own = {amount.per.value, amount.basis.value} - {""}
    written = {part.strip().replace("m2", "m²") for part in said.split("/")} - {""}
    if written - own:
        raise ValueError(f"{words!r} is not {amount_words(amount)}")


def _inside(words: str, value: Decimal, amount: Amount) -> Decimal:
    if amount.levels and value not in amount.levels:
        raise ValueError(f"{words!r} is none of the levels {listed(map(plain, amount.levels))}")
    below = amount.low is not None and value < amount.low
    above = amount.high is not None and value > amount.high
    if not amount.levels and (below or above or value <= 0):
        raise ValueError(f"{words!r} is not {amount_words(amount)}")
    return value


def doses_per_day(line: Line, choices: Choices) -> tuple[int | None, tuple[Finding, ...]]:
    """How many doses make a day, where a person settled it: "LINE doses per day=4"."""
    words = choices.get(f"{line.ident} doses per day")
    if not words:
        return None, ()
    if words.isdecimal() and 1 <= int(words) <= 24:
        return int(words), ()
    message = f"{words!r} is no number of doses a day"
    step = "write a whole number of 1 to 24"
    return None, (stop("CHOICE-VALUE", message, step, Place("choice", words, line.ident), hazard="H8"),)
