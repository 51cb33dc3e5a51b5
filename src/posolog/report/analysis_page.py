"""An analysis as one self-contained page: figures, tables, conventions."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from posolog import __version__
from posolog.report.analysis import Subject, figures, sections
from posolog.report.analysis_text import heading
from posolog.report.curves import step_svg
from posolog.report.words import PURPOSE
from posolog.stats.analysis import Analysis


def analysis_html(found: Analysis, subject: Subject) -> str:
    """The page as HTML text; it needs no network and prints in black and white."""
    folder = files("posolog.report")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((folder / "analysis.html.j2").read_text(encoding="utf-8"))
    drawn = [Markup(step_svg(figure, ident=f"curves-{k}")) for k, figure in enumerate(figures(found, subject), 1)]
    return template.render(
        subject=subject, heading=heading(found, subject).split("\n")[0].partition(": ")[2], purpose=PURPOSE,
        sections=sections(found, subject), drawings=drawn, version=__version__,
        style=Markup((folder / "plan.css").read_text(encoding="utf-8")),
    )  # fmt: skip
