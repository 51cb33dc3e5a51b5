"""`plan` and `explain`: one patient."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import click

PATIENT = (
    click.option("--patient", required=True, metavar="P.yaml", help="The patient: weight, height, age and so on."),
    click.option("--anchor", multiple=True, metavar="D0=DATE", help="The date of an anchor; once for each."),
    click.option("--arm", default="", metavar="NAME", help="The arm, in a trial that has arms."),
    click.option("--choose", multiple=True, metavar="KEY=VALUE", help="A choice that the protocol leaves open."),
    click.option("--events", metavar="E.csv", help="What has happened so far: weights, grafts, doses given."),
    click.option("--now", metavar="DATE", help="Plan as of this day; later knowledge is left out."),
    click.option("--zone", default="Europe/Paris", metavar="NAME", show_default=True, help="The local time zone."),
)


def planning_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which `plan` and `explain` know the patient and the dates."""
    return reduce(lambda made, option: option(made), reversed(PATIENT), command)


@click.command()
@click.argument("file")
@planning_options
@click.option("-o", "--output", metavar="OUT", help="Write .html, .json, .csv, .ics, .svg or .txt; else print.")
def plan(file: str, output: str | None, **given: Any) -> int:
    """Plan one patient's treatment from FILE, a protocol file (.yaml) or a text.

    Leaves with 1 where a stop finding keeps a dose back.
    """
    from posolog.cli.work import planning

    return planning.write_plan(planning.Request(file, **given), output)


@click.command()
@click.argument("file")
@click.argument("words")
@planning_options
def explain(file: str, words: str, **given: Any) -> int:
    """Say why a value of the plan is what it is: WORDS such as "busulfan D-5"."""
    from posolog.cli.work import planning

    return planning.explain(planning.Request(file, **given), words)
