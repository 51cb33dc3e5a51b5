"""The words of one administration with their meaning: amounts, days, frequencies, routes, infusion times."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

Fields = dict[str, Any]

AGENTS = (
    "fludarabine", "cytarabine", "cyclophosphamide", "melphalan", "busulfan", "thiotepa", "etoposide", "clofarabine",
    "rituximab", "bortezomib", "azacitidine", "decitabine", "venetoclax", "lenalidomide", "dexamethasone",
    "methotrexate", "vincristine", "idarubicin", "daunorubicin",
    "cisplatin", "carboplatin", "ifosfamide", "bendamustine", "treosulfan",
    "alemtuzumab", "tacrolimus", "mycophenolate mofetil", "gemtuzumab ozogamicin", "arsenic trioxide", "blinatumomab",
)  # fmt: skip
SQUARE = ("/m2", "/m^2", "/m²", " / m2", " per m2", "/m(2)", "/sqm", " per square meter", "/ m2", "/M2")
KILO = ("/kg", " / kg", " per kg", "/Kg", " per kilogram", "/ kg")
DAILY = ("/day", "/d", " per day", " / day")
MASSES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("mg", ("mg", " mg", "mg", " mg", " milligrams"), ("m2", "kg", "flat", "m2")),
    ("g", ("g", " g"), ("m2", "flat")),
    ("ug", (" mcg", " µg", " ug", " micrograms", "μg"), ("kg", "m2", "flat")),
    ("IU", (" IU", " units", " U"), ("m2", "kg", "flat")),
    ("MBq", (" MBq", "MBq"), ("kg", "m2", "flat")),
    ("mCi", (" mCi", "mCi"), ("kg", "m2", "flat")),
    ("GBq", (" GBq",), ("flat",)),
)
PLAIN_NUMBERS = (
    "1",
    "2",
    "3",
    "5",
    "6",
    "8",
    "10",
    "12",
    "15",
    "20",
    "25",
    "30",
    "40",
    "50",
    "75",
    "100",
    "150",
    "200",
    "375",
    "500",
)
FINE_NUMBERS = ("0.5", "0.25", "1.3", "1.5", "2.5", "3.2", "0.04", "12.5", "37.5")
LARGE_NUMBERS = ("1000", "1,000", "1,250", "2,000", "12,000", "6000")
MINUS = ("-", "-", "-", "−", "–")


@dataclass(slots=True)
class Meant:
    """Words and what they mean."""

    words: str
    fields: Fields = field(default_factory=dict)


# ---- the amount --------------------------------------------------------------------------------------------


def amount_words(rng: Random) -> Meant:
    made = rng.choices((mass_words, _range, _bound, _auc, _cells), (10, 2, 1, 0.6, 1))[0](rng)
    made.fields.setdefault("basis", "dose")
    return made


def _number(rng: Random) -> tuple[str, float]:
    words = rng.choice(rng.choices((PLAIN_NUMBERS, FINE_NUMBERS, LARGE_NUMBERS), (6, 2, 2))[0])
    return words, float(words.replace(",", ""))


def _unit(rng: Random) -> tuple[str, Fields, str]:
    """Words after the number, the dose's fields, and the basis."""
    unit, spellings, pers = rng.choices(MASSES, (12, 3, 4, 2, 1.5, 1.5, 0.5))[0]
    per = rng.choice(pers)
    words = rng.choice(spellings)
    words += rng.choice(SQUARE) if per == "m2" else rng.choice(KILO) if per == "kg" else ""
    basis = "day" if rng.random() < 0.3 else "dose"
    words += rng.choice(DAILY) if basis == "day" else "/dose" if rng.random() < 0.1 else ""
    return words, {"unit": unit, "per": per}, basis


def mass_words(rng: Random) -> Meant:
    words, value = _number(rng)
    unit, dose, basis = _unit(rng)
    return Meant(words + unit, {"dose": {"value": value, **dose}, "basis": basis})


def _range(rng: Random) -> Meant:
    low = rng.choice((1, 2, 5, 10, 20, 40))
    high = low * rng.choice((2, 3, 5))
    unit, dose, basis = _unit(rng)
    joint = rng.choice(("-", " - ", " to ", "–"))
    return Meant(f"{low}{joint}{high}{unit}", {"dose": {"low": low, "high": high, **dose}, "basis": basis})


def _bound(rng: Random) -> Meant:
    words, value = _number(rng)
    unit, dose, basis = _unit(rng)
    lead, side = rng.choice((("up to ", "high"), ("at least ", "low"), ("≥ ", "low"), (">= ", "low"), ("≤", "high")))
    return Meant(lead + words + unit, {"dose": {side: value, **dose}, "basis": basis})


def _auc(rng: Random) -> Meant:
    value = rng.choice((2, 4, 5, 6, 1.5))
    return Meant(
        rng.choice(("AUC {}", "AUC={}", "AUC of {}")).format(value),
        {"dose": {"value": value, "unit": "AUC", "per": "flat"}},
    )


def _cells(rng: Random) -> Meant:
    first, power = rng.choice((1, 2, 5, 1.5)), rng.choice((5, 6, 7, 8))
    per = rng.choice(("kg", "m2", "flat"))
    ten = rng.choice(("x 10^{}", "x10^{}", "× 10^{}", "x 10({})", "x 10E{}")).format(power)
    words = f"{first} {ten} {rng.choice(('cells', 'CD34+ cells', 'T cells'))}"
    words += {"kg": "/kg", "m2": "/m2", "flat": ""}[per]
    return Meant(words, {"dose": {"value": first * 10**power, "unit": "cells", "per": per}})


def cap_words(rng: Random, amount: Meant) -> Meant:
    dose = amount.fields["dose"]
    if rng.random() > 0.08 or dose["unit"] != "mg" or dose["per"] == "flat":
        return Meant("")
    cap = rng.choice((2, 50, 120))
    words = rng.choice((" (maximum {} mg)", " (max {} mg)", " (maximum dose {} mg)")).format(cap)
    return Meant(words, {"cap": {"value": cap, "unit": "mg"}})


# ---- the schedule ------------------------------------------------------------------------------------------


def schedule_words(rng: Random) -> Meant:
    kind = rng.choices((day_words, _frequency, _both), (6, 4, 2))[0]
    return kind(rng)


def day_words(rng: Random) -> Meant:
    made = rng.choice((_run, _list, _single, _negative_run, _negative_list, _two_runs))(rng)
    if made.fields["days"][0] > 0 and rng.random() < 0.35:
        made = _in_cycle(rng, made)
    return made


def _in_cycle(rng: Random, days: Meant) -> Meant:
    length = rng.choice((21, 28, 35, 42))
    words = rng.choice((" of a {n}-day cycle", " of each {n}-day cycle", " of every {n} day cycle", " every {n} days",
                        " of a {w}-week cycle", " in {n}-day cycles"))  # fmt: skip
    return Meant(days.words + words.format(n=length, w=length // 7), days.fields | {"cycle_d": length})


def _run(rng: Random) -> Meant:
    first, last = rng.choice(((1, 5), (1, 7), (1, 14), (1, 21), (2, 6), (8, 14), (1, 3)))
    form = rng.choice(("on days {}-{}", "on days {} to {}", "days {} through {}", "d{}-{}", "D{}-D{}", "on Days {}–{}",
                       "from day {} to day {}", "on day {} to {}", "D{} to D{}", "Day {}-{}"))  # fmt: skip
    return Meant(form.format(first, last), {"days": list(range(first, last + 1))})


def _list(rng: Random) -> Meant:
    days = list(rng.choice(((1, 8, 15), (1, 4, 8, 11), (1, 8), (1, 3, 5), (1, 15), (1, 8, 15, 22))))
    form = rng.choice(("on days {}", "days {}", "on Days {}", "on day {}", "D{}"))
    joint = rng.choice((" and ", ", and ", ", ", " & "))
    lead = ", D" if form == "D{}" and rng.random() < 0.5 else ", "
    if lead == ", D":
        joint = joint + "D"
    return Meant(form.format(lead.join(map(str, days[:-1])) + joint + str(days[-1])), {"days": days})


def _single(rng: Random) -> Meant:
    day = rng.choice((1, 1, 2, 8, 0))
    form = rng.choice(("on day {}", "day {}", "on Day {}", "D{}", "on D{}"))
    return Meant(form.format(day), {"days": [day]})


def _negative_run(rng: Random) -> Meant:
    first, last = rng.choice(((-6, -2), (-7, -4), (-5, -3), (-4, -1), (-3, 0), (-12, -9)))
    minus = rng.choice(MINUS)
    a, b = (f"{minus}{-day}" if day < 0 else str(day) for day in (first, last))
    form = rng.choice(("on days {} to {}", "days {} through {}", "on Days {} to {}", "from day {} to day {}",
                       "D{} to D{}", "on day {} to day {}"))  # fmt: skip
    return Meant(form.format(a, b), {"days": list(range(first, last + 1))})


def _negative_list(rng: Random) -> Meant:
    days = list(rng.choice(((-5, -4), (-6, -5, -4, -3), (-3, -2, -1), (-13,), (-8, -7))))
    minus = rng.choice(MINUS)
    words = [f"{minus}{-day}" for day in days]
    said = words[0] if len(words) == 1 else ", ".join(words[:-1]) + rng.choice((" and ", ", and ", ", ")) + words[-1]
    return Meant(
        rng.choice(("on days {}", "days {}", "on Days {}", "D{}" if len(days) == 1 else "on days {}")).format(said),
        {"days": days},
    )


def _two_runs(rng: Random) -> Meant:
    runs = rng.choice((((1, 4), (9, 12)), ((1, 5), (8, 12)), ((1, 2), (8, 9), (15, 16))))
    words = [f"{a}-{b}" for a, b in runs]
    said = ", ".join(words[:-1]) + rng.choice((" and ", ", and ", ", ")) + words[-1]
    return Meant(f"on days {said}", {"days": [day for a, b in runs for day in range(a, b + 1)]})


def _frequency(rng: Random) -> Meant:
    words, fields = rng.choice(_FREQUENCIES)
    if rng.random() < 0.35 and "every_d" not in fields:
        days = rng.choice((3, 5, 7, 10, 14))
        form = rng.choice((" for {} days", " x {} days", " for {} consecutive days"))
        return Meant(words + form.format(days), fields | {"for_days": days})
    return Meant(words, fields)


_FREQUENCIES: tuple[tuple[str, Fields], ...] = (
    ("every 12 hours", {"every_h": 12}), ("q12h", {"every_h": 12}), ("every 8 hours", {"every_h": 8}),
    ("every 6 hours", {"every_h": 6}), ("q 6 h", {"every_h": 6}), ("q24h", {"every_h": 24}),
    ("twice daily", {"per_day": 2}), ("BID", {"per_day": 2}), ("twice a day", {"per_day": 2}), ("bid", {"per_day": 2}),
    ("three times a day", {"per_day": 3}), ("TID", {"per_day": 3}), ("once daily", {"per_day": 1}),
    ("QD", {"per_day": 1}),
    ("daily", {"per_day": 1}), ("once a day", {"per_day": 1}), ("every day", {"per_day": 1}),
    ("weekly", {"every_d": 7}), ("once weekly", {"every_d": 7}), ("once a week", {"every_d": 7}),
    ("every week", {"every_d": 7}), ("every 3 weeks", {"every_d": 21}), ("every 21 days", {"every_d": 21}),
    ("q3w", {"every_d": 21}), ("every 2 weeks", {"every_d": 14}), ("every other week", {"every_d": 14}),
    ("every other day", {"every_d": 2}), ("twice weekly", {"per_week": 2}), ("three times a week", {"per_week": 3}),
    ("3 times per week", {"per_week": 3}), ("twice a week", {"per_week": 2}), ("every 4 weeks", {"every_d": 28}),
)  # fmt: skip


def _both(rng: Random) -> Meant:
    """ "every 12 hours on days 1-4", "q12h x 6 starting" and the like."""
    often = [(words, fields) for words, fields in _FREQUENCIES if not {"every_d", "per_week"} & set(fields)]
    words, fields = rng.choice(often)
    days = day_words(rng)
    if "every_h" in fields and fields["every_h"] < 24 and rng.random() < 0.3:
        count = len(days.fields["days"]) * 24 // fields["every_h"]
        return Meant(f"{words} for {count} doses {days.words}", fields | days.fields | {"n_doses": count})
    return Meant(f"{words} {days.words}", fields | days.fields)


_ROUTES = (
    (" IV", "IV"), (" intravenously", "IV"), (" i.v.", "IV"), (" orally", "PO"), (" PO", "PO"), (" by mouth", "PO"),
    (" subcutaneously", "SC"), (" SC", "SC"), (" intramuscularly", "IM"), (" p.o.", "PO"),
    (" intravenously (IV)", "IV"),
)  # fmt: skip


def route_words(rng: Random) -> Meant:
    if rng.random() < 0.4:
        return Meant("")
    words, route = rng.choice(_ROUTES)
    return Meant(words, {"route": route})


_INFUSIONS = (
    (" over 30 minutes", {"infusion_h": 0.5}), (" over 2 hours", {"infusion_h": 2}),
    (" over 1 hour", {"infusion_h": 1}),
    (" over 24 hours", {"infusion_h": 24}), (" over 3 h", {"infusion_h": 3}),
    (" by continuous infusion", {"continuous": True}),
    (" as a continuous infusion", {"continuous": True}), (" as a 2-hour infusion", {"infusion_h": 2}),
    (" over 30-60 minutes", {"infusion_h": 1}), (" over 15 min", {"infusion_h": 0.25}),
)  # fmt: skip


def infusion_words(rng: Random) -> Meant:
    if rng.random() < 0.75:
        return Meant("")
    words, fields = rng.choice(_INFUSIONS)
    return Meant(words, dict(fields))
