"""`counts`: one patient's blood counts."""

from __future__ import annotations

from typing import Any

import click


@click.command()
@click.argument("events")
@click.option("--protocol", required=True, metavar="FILE", help="The protocol file or text.")
@click.option("--patient", metavar="P.yaml", help="The patient, where the expression of the target stands there.")
@click.option("--target", default="CD22", metavar="NAME", show_default=True, help="The antigen that is asked for.")
@click.option("--half-life", type=float, metavar="HOURS", help="Effective half-life of the activity in the body.")
@click.option("--seed", type=click.IntRange(0), default=1, metavar="N", show_default=True, help="Seed of intervals.")
@click.option("--zone", default="Europe/Paris", metavar="NAME", show_default=True, help="The local time zone.")
@click.option("-o", "--output", metavar="OUT", help="Write .html, .pdf, .json, .svg or .txt; else print.")
def counts(events: str, **given: Any) -> int:
    """Grade the blood counts of EVENTS (.csv) and fit their course after radioimmunotherapy (research)."""
    from posolog.cli.work import blood

    return blood.counts(blood.Request(events, **given))
