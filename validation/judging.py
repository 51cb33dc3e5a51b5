"""What became of a text whose meaning is known: read right, marked uncertain, missed, incomplete, or silently wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posolog.reader import as_json, read, statements
from validation.scoring import BESIDE, TIMING, Statement, judge, pairs, quantity, same_amount


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind` is right, marked, missed, incomplete or silent; `what` names the field or the phenomenon."""

    kind: str
    what: str = ""


def outcome(text: str, meant: Sequence[Statement]) -> Outcome:
    """The worst that befell a statement of the text."""
    found = as_json(statements(read(text)))
    together = pairs(list(meant), found)
    extra = [one for j, one in enumerate(found) if j not in {j for _, j in together}]
    seen = [_pair(meant[i], found[j]) for i, j in together]
    seen += [Outcome("marked" if one.get("uncertain") else "silent", "invented") for one in extra]
    if len(together) < len(meant):
        seen.append(Outcome("missed", "statement"))
    return max(seen, key=lambda one: ORDER.index(one.kind), default=Outcome("right"))


ORDER = ("right", "marked", "incomplete", "missed", "silent")


def _pair(meant: Statement, found: Statement) -> Outcome:
    wrong, missing = _wrong(meant, found)
    if not wrong and not missing:
        return Outcome("right")
    if found.get("uncertain"):
        return Outcome("marked", wrong or missing)
    return Outcome("silent", wrong) if wrong else Outcome("incomplete", missing)


def _wrong(meant: Statement, found: Statement) -> tuple[str, str]:
    """The first field that is wrong or invented, and the first that is missing."""
    if quantity(found) is None:
        return "", "amount"
    if not same_amount(meant, found):
        return "amount", ""
    verdicts = judge(meant, _in_its_cycle(meant, found), (*TIMING, *BESIDE))
    if meant.get("per_day") == 1 and verdicts.get("basis") == "wrong":  # 20 mg once daily is 20 mg a day
        del verdicts["basis"]
    if (
        verdicts.get("cap") == "wrong" and found["cap"]["value"] == meant["cap"]["value"]
    ):  # whose cap is not always said
        del verdicts["cap"]
    wrong = next((field for field, verdict in verdicts.items() if verdict in ("wrong", "extra")), "")
    return wrong, next((field for field, verdict in verdicts.items() if verdict == "missing"), "")


def _in_its_cycle(meant: Statement, found: Statement) -> Statement:
    """Days "every 21 days" stand in a cycle of 21 days, and the other way round."""
    if "cycle_d" in meant and "cycle_d" not in found and found.get("every_d") == meant["cycle_d"]:
        return {**found, "cycle_d": found["every_d"], "every_d": None}
    return found
