"""Dosing sentences with known meaning: a random grammar of the ways in which registries write one administration.

`sentence(rng)` gives the words and the statements they mean. The meaning is built together with the words, never by
reading them, so that the reader can be judged on as many sentences as one likes.
"""

from __future__ import annotations

from random import Random

from validation.dosing_words import (
    AGENTS,
    Meant,
    amount_words,
    cap_words,
    day_words,
    infusion_words,
    mass_words,
    route_words,
    schedule_words,
)


def sentence(rng: Random) -> Meant:
    """A sentence or two; `fields["statements"]` lists the administrations meant, in order (none in a trap)."""
    builders = (_one, _joined, _shared, _stepped, _levels, _day_column, _arms, _radiation, _beside, _open_ended, _trap)
    return rng.choices(builders, (8, 3, 1, 1, 1, 1, 1, 0.7, 2, 1, 2))[0](rng)


def _one(rng: Random) -> Meant:
    one = _administration(rng)
    return Meant(one.words + ".", {"statements": [one.fields]})


def _joined(rng: Random) -> Meant:
    """Two agents, each with its own schedule, or sharing the one at the end."""
    first, second = rng.sample(AGENTS, 2)
    left, right = amount_words(rng), amount_words(rng)
    when = day_words(rng)
    if rng.random() < 0.5:
        words = f"{_cap(first)} {left.words} and {second} {right.words} {when.words}"
        lists = [left.fields | when.fields, right.fields | when.fields]
    else:
        other = day_words(rng)
        glue = rng.choice((" and ", "; ", ", followed by ", ", "))
        words = f"{_cap(first)} {left.words} {other.words}{glue}{second} {right.words} {when.words}"
        lists = [left.fields | other.fields, right.fields | when.fields]
    if any("cycle_d" in fields for fields in lists):  # a cycle that one states may be meant for both
        lists = [fields if "cycle_d" in fields else fields | {"dontcare": ["cycle_d", "every_d"]} for fields in lists]
    return Meant(words + ".", {"statements": [{"agent": a} | f for a, f in zip((first, second), lists, strict=True)]})


def _shared(rng: Random) -> Meant:
    """Three agents that share the days at the end."""
    agents, when = rng.sample(AGENTS, 3), day_words(rng)
    amounts = [amount_words(rng) for _ in agents]
    said = [f"{agent} {amount.words}" for agent, amount in zip(agents, amounts, strict=True)]
    words = _cap(f"{said[0]}, {said[1]}{rng.choice((' and ', ', and '))}{said[2]} {when.words}.")
    meant = [{"agent": a} | m.fields | when.fields for a, m in zip(agents, amounts, strict=True)]
    return Meant(words, {"statements": meant})


def _stepped(rng: Random) -> Meant:
    """Two doses of one agent, one after the other."""
    agent, unit = rng.choice(AGENTS), rng.choice(("mg/m2", "mg", "mg/kg"))
    low, high = rng.choice(((5, 15), (9, 28), (20, 56), (100, 200)))
    middle = rng.choice((3, 7))
    glue = rng.choice((", then ", " and ", ", followed by ", "; "))
    words = f"{_cap(agent)} {low} {unit} on days 1-{middle}{glue}{high} {unit} on days {middle + 1}-14."
    dose = {"unit": "mg", "per": unit[3:] or "flat"}
    return Meant(words, {"statements": [
        {"agent": agent, "dose": {"value": low, **dose}, "basis": "dose", "days": list(range(1, middle + 1))},
        {"agent": agent, "dose": {"value": high, **dose}, "basis": "dose", "days": list(range(middle + 1, 15))},
    ]})  # fmt: skip


def _levels(rng: Random) -> Meant:
    """The dose levels of an escalation."""
    agent, unit = rng.choice(AGENTS), rng.choice(("mg/m2", "mg", "mg/kg"))
    levels = rng.choice(((10, 20, 30), (15, 20, 25), (100, 150, 200), (1, 3, 10)))
    one, two, three = levels
    said = rng.choice(
        (
            f"{one}, {two} or {three} {unit}",
            f"{one}, {two}, and {three} {unit}",
            f"{one} {unit}, {two} {unit} and {three} {unit}",
            f"{one} {unit}, {two} {unit}, or {three} {unit}",
        )
    )
    lead = rng.choice(("at dose levels of ", "at escalating doses of ", "at "))
    when = day_words(rng)
    dose = {"unit": "mg", "per": unit[3:] or "flat"}
    meant = {"agent": agent, "dose": dose, "levels": list(levels), "basis": "dose"} | when.fields
    return Meant(f"{_cap(agent)} {lead}{said} {when.words}.", {"statements": [meant]})


def _day_column(rng: Random) -> Meant:
    """The day stands before the drug: "Day -6 to -2: fludarabine 30 mg/m2"."""
    agent, amount = rng.choice(AGENTS), amount_words(rng)
    first, last = rng.choice(((-6, -2), (-7, -4), (1, 5)))
    label = rng.choice(("Days {} to {}: ", "Day {} to {}: ", "On days {} to {}, ")).format(first, last)
    meant = {"agent": agent} | amount.fields | {"days": list(range(first, last + 1))}
    return Meant(f"{label}{agent} {amount.words}.", {"statements": [meant]})


def _arms(rng: Random) -> Meant:
    """One sentence an arm."""
    left, right = _administration(rng), _administration(rng)
    one, two = rng.choice((("Arm A", "Arm B"), ("Group 1", "Group 2"), ("Arm 1", "Arm 2"), ("Cohort 1", "Cohort 2")))
    words = f"{one}: {left.words}. {two}: {right.words}."
    meant = [left.fields | {"when": one}, right.fields | {"when": two}]
    return Meant(words, {"statements": meant})


def _radiation(rng: Random) -> Meant:
    total, parts = rng.choice(((12, 6), (8, 4), (30, 10), (24, 12), (2, 1)))
    dose = {"value": total, "unit": "Gy", "per": "flat"}
    tbi = {"agent": "total body irradiation", "dose": dose, "dontcare": ["basis", "n_doses"]}
    if parts == 1:
        return Meant("Total body irradiation 2 Gy on day 0.", {"statements": [tbi | {"basis": "dose", "days": [0]}]})
    words = rng.choice(("Total body irradiation {} Gy in {} fractions.", "TBI {} Gy in {} fractions on days -8 to -6."))
    meant = tbi | ({"agent": "tbi", "days": [-8, -7, -6]} if words.startswith("TBI") else {})
    return Meant(words.format(total, parts), {"statements": [meant]})


def _beside(rng: Random) -> Meant:
    """An administration with words beside it that give nothing."""
    one = _administration(rng)
    before = rng.choice(("", "", "Following apheresis, ", "In this phase 2 study of 45 patients, "))
    after = rng.choice((" (total dose 150 mg)", " as tolerated", " until disease progression", " in patients with CR",
                        " with standard hydration", ", in the absence of unacceptable toxicity"))  # fmt: skip
    words = before + (one.words[0].lower() + one.words[1:] if before else one.words) + after
    return Meant(words + ".", {"statements": [one.fields]})


def _open_ended(rng: Random) -> Meant:
    """From a day on, with or without an end."""
    agent, amount = rng.choice(AGENTS), mass_words(rng)
    first, last = rng.choice(((-1, 35), (1, 100), (6, 56)))
    form, fields = rng.choice(
        (
            ("starting on day {a}", {"from_day": first}),
            ("from day {a}", {"from_day": first}),
            ("beginning on day {a}", {"from_day": first}),
            ("from day {a} until day {b}", {"days": list(range(first, last + 1))}),
            ("from day {a} to day +{b}", {"days": list(range(first, last + 1))}),
        )
    )
    words = f"{_cap(agent)} {amount.words} {form.format(a=first, b=last)}."
    return Meant(words, {"statements": [{"agent": agent} | amount.fields | fields]})


def _trap(rng: Random) -> Meant:
    """Doses and days that this trial does not give."""
    agent, amount = rng.choice(AGENTS), mass_words(rng).words
    words = rng.choice(
        (
            f"In a previous phase II study, {agent} {amount} was well tolerated.",
            f"Smith et al. treated 30 patients with {agent} {amount} on days 1-5.",
            f"Patients who received more than {amount} of {agent} are not eligible.",
            f"The maximum tolerated dose of {agent} has been reported to be {amount}.",
            "Serum creatinine must be less than 2 mg/dL and bilirubin below 1.5 mg/dL.",
            "Hemoglobin above 8 g/dL and platelets above 50 x 10^9/L are required.",
            f"{_cap(agent)} is supplied as 50 mg tablets.",
            f"The dose of {agent} is reduced to 50 % if grade 3 toxicity occurs.",
            f"Blood samples for {agent} levels are taken on days 1, 8 and 15.",
            f"Target trough levels of {agent} are 5-10 ng/mL.",
            "Bone marrow is examined on day 28 and every 3 months.",
            f"Prior treatment with {agent} within 14 days before day 1 is not allowed.",
            "Fever above 38.5 C for 3 days is treated with antibiotics.",
            f"Randomisation is 2:1 to {agent} or observation, 120 patients in 3 years.",
        )
    )
    return Meant(words, {"statements": []})


def _cap(name: str) -> str:
    return name[0].upper() + name[1:]


def _administration(rng: Random) -> Meant:
    agent = rng.choice(AGENTS)
    amount, when = amount_words(rng), schedule_words(rng)
    if amount.fields["basis"] == "day" and {"per_day", "every_h"} & set(when.fields):
        when = day_words(rng)  # "10 mg/day twice daily" has two readings
    route, infusion = route_words(rng), infusion_words(rng)
    if infusion.fields:
        route = rng.choice((Meant(" IV", {"route": "IV"}), Meant(" intravenously", {"route": "IV"}), Meant("")))
    cap = cap_words(rng, amount)
    tail = f"{route.words}{infusion.words} {when.words}"
    meant = {"agent": agent} | amount.fields | when.fields | route.fields | infusion.fields | cap.fields
    return Meant(_framed(rng, agent, amount.words + cap.words, tail), meant)


def _framed(rng: Random, agent: str, amount: str, tail: str) -> str:
    """The order of agent, amount and the rest."""
    return rng.choice(
        (
            f"{_cap(agent)} {amount}{tail}",
            f"{_cap(agent)} {amount}{tail}",
            f"Patients receive {agent} {amount}{tail}",
            f"{_cap(agent)} will be administered at a dose of {amount}{tail}",
            f"{_cap(agent)}: {amount}{tail}",
            f"{_cap(agent)} ({amount}{tail})",
            f"Patients will receive {amount} of {agent}{tail}",
            f"{_cap(agent)} is given at {amount}{tail}",
            f"{_cap(agent)}, {amount},{tail}",
        )
    )
