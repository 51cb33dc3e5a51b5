"""A patient's blood in words: tables of grades, gate, ligand, fitted course. The page and the text share them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from posolog.core.quantity import plain
from posolog.course.blood.analytes import CELLS
from posolog.course.blood.assess import Analyte, Blood
from posolog.course.blood.grades import Grade
from posolog.course.blood.ligand import RULE
from posolog.course.blood.predict import Prediction, Range
from posolog.course.explain import reasons
from posolog.report import format as say
from posolog.report.words import PURPOSE

RESEARCH = "Research: what the model says of one patient is no basis for treating her."


@dataclass(frozen=True, slots=True)
class CountRow:
    """One count: date, day from the first injection, value, grade in words."""

    day: str
    date: str
    value: str
    grade: str


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One figure that is read off the fitted course, with its interval."""

    what: str
    value: str


def unit_words(unit: str) -> str:
    """A unit as it prints: no slash for "per"."""
    return unit.replace("10^9", "× 10⁹").replace("/", " per ")


def count_rows(blood: Blood, analyte: Analyte) -> tuple[CountRow, ...]:
    return tuple(_row(blood, one) for one in analyte.grades)


def _row(blood: Blood, one: Grade) -> CountRow:
    value = f"{'less than ' if one.count.below else ''}{say.number(one.count.value)} {unit_words(one.count.unit)}"
    return CountRow(day_of(blood, one.count.at), say.long_date(blood.day(one.count.at)), value, one.words)


def day_of(blood: Blood, at: datetime) -> str:
    """ "day 14": whole days from the first injection, which is day 1; "" where there is none."""
    if blood.first is None:
        return ""
    days = (blood.day(at) - blood.day(blood.first)).days
    return f"D{days + 1}" if days >= 0 else f"D−{-days}"


def summary_line(blood: Blood, analyte: Analyte) -> str:
    """The lowest count and the worst grade of an analyte."""
    low = analyte.lowest
    assert low is not None  # an analyte without counts is not listed
    row = _row(blood, next(one for one in analyte.grades if one.count is low))
    worst = f"worst {analyte.worst.words}" if analyte.worst else "no grade known"
    return f"lowest {row.value} on {' '.join(part for part in (row.day, row.date) if part)}; {worst}"


def course_lines(prediction: Prediction) -> tuple[CourseLine, ...]:
    """Nadir, depth, recoveries and parameters of a fitted course. Days count from the first injection as day 1."""
    percent = f"{round(100 * prediction.level)} %"
    unit = unit_words(CELLS)
    lines = [
        CourseLine("nadir", f"{_days(prediction.nadir_day)} ({percent} interval)"),
        CourseLine("depth", f"{_values(prediction.nadir)} {unit}"),
    ]
    for one in prediction.recoveries:
        what = f"back to {plain(Decimal(str(one.bound)))} {unit}"
        if one.day.estimate == 0.0:
            lines.append(CourseLine(what, "never below it in the fit"))
            continue
        more = (
            f"; {round(100 * one.never)} % of the draws not by day {round(prediction.horizon_day)}" if one.never else ""
        )
        lines.append(CourseLine(what, _days(one.day) + more))
    return (*lines, *_parameters(prediction))


_NAMES = {"circ0": "baseline", "slope": "effect per GBq", "mtt_h": "mean transit time, h", "gamma": "feedback exponent"}


def _parameters(prediction: Prediction) -> list[CourseLine]:
    fit = prediction.fit
    errors = dict(zip(fit.free, fit.errors, strict=True))
    said = []
    for name, value in fit.values:
        shown = say.number(Decimal(f"{value:.3g}"))
        if name in errors:
            said.append(f"{_NAMES[name]} {shown} (fitted, ± {round(100 * errors[name])} %)")
        else:
            whence = "mean of the counts before" if name == "circ0" else "friberg2002, neutrophils after docetaxel"
            said.append(f"{_NAMES[name]} {shown} (not fitted: {whence})")
    scatter = f"{len(fit.data.values)} counts, scatter {round(100 * fit.sigma)} %"
    dropped = f"; not told by the counts and fixed: {', '.join(_NAMES[n] for n in fit.dropped)}" if fit.dropped else ""
    return [CourseLine("parameters", "; ".join(said)), CourseLine("fit", scatter + dropped)]


def _days(found: Range) -> str:
    if found.estimate is None:
        return "not within the horizon"
    return f"D{round(found.estimate) + 1}, {_day(found.low)} to {_day(found.high)}"


def _day(day: float | None) -> str:
    """One end of an interval of days; 0 stands for a count that never fell below the bound."""
    return "after the horizon" if day is None else f"D{round(day) + 1}" if day else "never below it"


def _values(found: Range) -> str:
    values = [value or 0.0 for value in (found.estimate, found.low, found.high)]
    shown = [say.number(Decimal(f"{value:.2g}")) if value >= 0.01 else "less than 0.01" for value in values]
    return f"{shown[0]}, {shown[1]} to {shown[2]}"


def ligand_lines(blood: Blood) -> tuple[str, ...]:
    """What the FLT3 ligand says, with the rule."""
    course = blood.ligand
    if not course.samples:
        return ()
    lines = [f"{len(course.samples)} samples; {RULE}"]
    for what, guard in (("rise", course.rose), ("fall, an early sign of recovery", course.recovering)):
        known = "; ".join([*map(unit_words, guard.reasons), *(f"missing: {fact}" for fact in guard.missing)])
        lines.append(f"{what}: {guard.answer.value}" + (f" ({known})" if known else ""))
    if course.peak is not None:
        lines.append(
            f"peak: {say.number(course.peak.pg_per_ml)} pg per mL on {day_of(blood, course.peak.at)}".rstrip(" on")
        )
    return tuple([*lines, *(line.strip() for line in reasons(course.because)[1:])])


def gate_line(blood: Blood) -> str:
    """The gate on the target, with what settled it or is missing."""
    guard = blood.gate
    known = "; ".join([*guard.reasons, *(f"missing: {fact}" for fact in guard.missing)])
    return f"{blood.marker} expression: {guard.answer.value}" + (f" ({known})" if known else "")


def injection_lines(blood: Blood) -> tuple[str, ...]:
    lines = []
    for one in blood.injections:
        gbq = (
            f"{say.number(Decimal(str(round(one.activity_gbq * 1000, 3))))} MBq"
            if one.activity_gbq
            else "activity not recorded"
        )
        lines.append(f"{one.agent}, {gbq}, {day_of(blood, one.at)} {say.long_date(blood.day(one.at))}")
    if blood.half_life_h:
        lines.append(f"half-life {blood.half_life_h:g} h ({blood.half_life_from})")
    return tuple(lines)


def counts_text(blood: Blood) -> str:
    """Everything for a terminal."""
    blocks = [
        f"{blood.protocol}: blood counts",
        "\n".join(("Injections", *_indent(injection_lines(blood)))),
        gate_line(blood),
    ]
    if not blood.injections:
        blocks[1] = "Injections\n  none recorded"
    for analyte in blood.analytes:
        lines = [f"{analyte.name}: {summary_line(blood, analyte)}"]
        rows = [(row.day, row.date, row.value, row.grade) for row in count_rows(blood, analyte)]
        widths = [max(len(row[at]) for row in rows) for at in range(4)]
        lines += [
            "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        if analyte.prediction:
            lines += [f"  fitted {line.what}: {line.value}" for line in course_lines(analyte.prediction)]
        elif analyte.no_fit:
            lines.append(f"  no fitted course: {analyte.no_fit}")
        blocks.append("\n".join(lines))
    if blood.ligand.samples:
        blocks.append("\n".join(("FLT3 ligand", *_indent(ligand_lines(blood)))))
    blocks += [f"Grades by CTCAE 5.0 (ctcae5). {RESEARCH} Seed of the draws: {blood.seed}.", PURPOSE]
    return "\n\n".join(blocks) + "\n"


def _indent(lines: tuple[str, ...]) -> list[str]:
    return [f"  {line}" for line in lines]


def counts_json(blood: Blood) -> str:
    """Everything as data; the fitted course by day with its band."""
    from posolog.report.data import as_data

    def course(one: Prediction | None) -> Any:
        if one is None:
            return None
        return {
            "parameters": dict(one.fit.values), "free": list(one.fit.free), "log_errors": list(one.fit.errors),
            "sigma": one.fit.sigma, "df": one.fit.df, "nadir_day": as_data(one.nadir_day), "nadir": as_data(one.nadir),
            "recoveries": as_data(one.recoveries), "level": one.level, "draws": one.draws,
            "days": list(one.days), "estimate": list(one.estimate), "low": list(one.low), "high": list(one.high),
        }  # fmt: skip

    document = {
        "format": "posolog counts 1", "protocol": blood.protocol, "purpose": PURPOSE, "research": RESEARCH,
        "first_injection": blood.first.isoformat() if blood.first else None, "seed": blood.seed,
        "half_life_h": blood.half_life_h, "half_life_from": blood.half_life_from,
        "gate": {"marker": blood.marker, **as_data(blood.gate)},
        "ligand": as_data(blood.ligand),
        "analytes": [
            {"name": a.name, "grades": as_data(a.grades), "course": course(a.prediction), "no_fit": a.no_fit}
            for a in blood.analytes
        ],
        "findings": as_data(blood.findings),
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n"
