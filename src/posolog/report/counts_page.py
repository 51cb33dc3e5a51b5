"""A patient's blood as one self-contained page: figures, grades, what is read off the fitted course, findings."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

from posolog import __version__
from posolog.course.blood.assess import Analyte, Blood
from posolog.course.blood.grades import bounds
from posolog.report.counts import (
    RESEARCH,
    count_rows,
    course_lines,
    gate_line,
    injection_lines,
    ligand_lines,
    summary_line,
    unit_words,
)
from posolog.report.counts_figure import Chart, Point, drawn, stacked
from posolog.report.words import PURPOSE


def counts_html(blood: Blood) -> str:
    """The page. It opens without a server and prints."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    here = files("posolog.report")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((here / "counts.html.j2").read_text(encoding="utf-8"))
    analytes = [
        {
            "name": one.name, "summary": summary_line(blood, one), "rows": count_rows(blood, one), "no_fit": one.no_fit,
            "course": course_lines(one.prediction) if one.prediction else (), "svg": Markup(drawn(chart(blood, one))),
        }
        for one in blood.analytes
    ]  # fmt: skip
    return template.render(
        title=f"{blood.protocol}: blood counts", style=Markup((here / "plan.css").read_text(encoding="utf-8")),
        purpose=PURPOSE, research=RESEARCH, injections=injection_lines(blood), gate=gate_line(blood),
        ligand=ligand_lines(blood), analytes=analytes, findings=blood.findings, seed=blood.seed, version=__version__,
    )  # fmt: skip


def figures(blood: Blood) -> str:
    """All figures of a patient as one SVG."""
    return stacked([chart(blood, one) for one in blood.analytes])


def chart(blood: Blood, analyte: Analyte) -> Chart:
    """What the figure of an analyte shows; days count from the first injection, or from the first count."""
    unit = analyte.grades[-1].count.unit
    counts = [grade.count for grade in analyte.grades if grade.count.unit == unit]
    start = blood.first or counts[0].at
    shown = Chart(
        analyte.name,
        unit_words(unit),
        tuple(Point((one.at - start).total_seconds() / 86400, float(one.value), one.below) for one in counts),
        tuple((number, float(bound)) for number, bound in bounds(analyte.name, unit)),
        tuple((one.at - start).total_seconds() / 86400 for one in blood.injections),
        linear=analyte.name == "haemoglobin",
    )
    made = analyte.prediction
    if made is None:
        return shown
    return replace(shown, days=made.days, estimate=made.estimate, low=made.low, high=made.high)
