"""Reference cases of multi-state estimators: probabilities of being in a state, their errors, expected stays.

Expected values: R 4.2.2 with mstate 0.3.3; the call stands with each case. The cases of ebmt3 and ebmt4 (V3, V4) could
not be run when they were written, for want of the data: how they prepare their rows is unverified.
"""

from __future__ import annotations

from collections.abc import Iterator

from shapes import Case, Row, each
from sources import Table, data

from posolog.stats import Spells, expected_stay, occupation, spells, transition_probabilities

Spell = tuple[int, float, float, str, str | None]
EBMT4 = ("Tx", "Rec", "AE", "Rec+AE", "Rel", "Death")


def ebmt3(folder: str) -> Iterator[Row]:
    """V3: mstate::ebmt3, platelet recovery and relapse or death."""
    d = data(folder, "mstate", "ebmt3")
    rows: list[Spell] = []
    for k, (t, s, t2, s2) in enumerate(zip(d["prtime"], d["prstat"], d["rfstime"], d["rfsstat"], strict=True)):
        end = "RelDeath" if s2 == 1 else None
        rows += [(k, 0, t, "Tx", "PR"), (k, t, t2, "PR", end)] if s == 1 else [(k, 0, t2, "Tx", end)]
    given = _years(rows, ("Tx", "PR", "RelDeath"))
    made = transition_probabilities(given, at=[1, 5], variance="aalen")
    call = "probtrans(msfit(...), predt = 0)"
    yield from each("V3 ebmt3 1 y", made.probability[0, 0], (0.302383254864, 0.415067640381, 0.282549104755), call)
    yield from each("V3 ebmt3 1 y error, Aalen", made.se[0, 0], (0.0098224664045, 0.0105512676501, 0.0097396297292), call)
    yield from each("V3 ebmt3 5 y", made.probability[1, 0], (0.237235772349, 0.338732001697, 0.424032225953), call)
    yield from each("V3 ebmt3 5 y error, Aalen", made.se[1, 0], (0.0100772976242, 0.0108666970265, 0.0121362675078), call)
    greenwood = transition_probabilities(given, at=[1])
    yield from each("V3 ebmt3 1 y error, Greenwood", greenwood.se[0, 0, :1], (0.0098759088112,), call)


def ebmt4(folder: str) -> Iterator[Row]:
    """V4: mstate::ebmt4, six states."""
    d = data(folder, "mstate", "ebmt4")
    given = _years([row for k in range(d["rec"].size) for row in _path(d, k)], EBMT4)
    made = transition_probabilities(given, at=[1, 5])
    call = 'probtrans(msfit(..., vartype = "greenwood"), predt = 0)'
    value = (0.164592378928, 0.197293592674, 0.118277702869, 0.217239447472, 0.113825457599, 0.188771420459)
    yield from each("V4 ebmt4 1 y", made.probability[0, 0], value, call)
    value = (0.00779118911548, 0.00837811712756, 0.00678034301168, 0.00866538162593, 0.00672624058398, 0.0082319246857)
    yield from each("V4 ebmt4 1 y error", made.se[0, 0], value, call)
    value = (0.145586557448, 0.179019041407, 0.0994707811101, 0.185473018881, 0.163992595743, 0.226458005411)
    yield from each("V4 ebmt4 5 y", made.probability[1, 0], value, call)
    later = transition_probabilities(given, at=[1], since=100 / 365.25)
    value = (0.64987011846, 0.104684902576, 0.074868015173, 0.170576963791)
    yield from each("V4 ebmt4 from AE at day 100", later.probability[0, 2, 2:], value, call)
    value = (0.0235331708174, 0.0139974642606, 0.0122513006289, 0.0181029552662)
    yield from each("V4 ebmt4 from AE at day 100, error", later.se[0, 2, 2:], value, call)
    value = (0.843720239467, 0.941596073992, 0.569585028433, 0.99157506949, 0.66078707916, 0.992736509458)
    yield from each("V4 ebmt4 expected stay to 5 y", expected_stay(made, 5)[0], value, "ELOS(tau = 5)")


def _path(d: Table, k: int) -> Iterator[Spell]:
    """One patient's way through the states; of an end on the day of another event the terminal state is taken."""
    moments = [(d[name][k], place, d[f"{name}.s"][k] == 1) for place, name in enumerate(("rec", "ae", "rel", "srv"))]
    state, since = "Tx", 0.0
    for time, place, happened in sorted(moments, key=lambda part: (part[0], part[1])):
        if not happened:
            continue
        first = {0: "Rec", 1: "AE"}.get(place) if state == "Tx" else "Rec+AE"
        target = {2: "Rel", 3: "Death"}.get(place) or first
        yield k, since, time, state, target
        state, since = str(target), time
        if place >= 2:
            return
    if since < d["srv"][k]:
        yield k, since, d["srv"][k], state, None


def _years(rows: list[Spell], states: tuple[str, ...]) -> Spells:
    kept = [(k, a / 365.25, b / 365.25, state, target) for k, a, b, state, target in rows if b > a]
    return spells(*zip(*kept, strict=True), states=states)


def current(_: str) -> Iterator[Row]:
    """V10: current GRFS, hand-made."""
    text = """1 0-100g 100-200r 200-700c|2 0-60f|3 0-120g 120-400f|4 0-500c|5 0-90g 90-300r 300-450g 450-600r 600-800c
    |6 0-250f|7 0-150g 150-900c|8 0-350c|9 0-100g 100-180r 180-420f|10 0-650c"""
    names = {"g": "GVHD", "f": "failed", "r": "free again", "c": None}
    rows = []
    for line in text.split("|"):
        ident, *spans = line.split()
        state = "free"
        for span in spans:
            start, stop = span[:-1].split("-")
            rows.append((ident, float(start), float(stop), state, names[span[-1]]))
            state = names[span[-1]] or state
    given = spells(*zip(*rows, strict=True), states=("free", "free again", "GVHD", "failed"))
    made = occupation(given, at=[60, 100, 150, 200, 300, 365, 450, 600])
    call = "survfit(Surv(t1, t2, ev) ~ 1, id = id)"
    yield from each("V10 current GRFS", made.of("free", "free again")[0], (0.9, 0.6, 0.4, 0.6, 0.6, 0.6, 0.4, 0.5), call)
    yield from each("V10 GRFS", made.probability[:, 0], (0.9, 0.6, 0.4, 0.4, 0.3, 0.3, 0.3, 0.3), call)
    value = (0.0948683298, 0.1549193338, 0.1549193338, 0.1549193338, 0.1449137675)
    yield from each("V10 GRFS error", made.se[:5, 0], value, call)


CASES: tuple[Case, ...] = (ebmt3, ebmt4, current)
