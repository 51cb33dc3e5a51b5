"""`endpoints`: a trial by the definitions of its protocol."""

from __future__ import annotations

import click


@click.command()
@click.argument("trial")
@click.option("-o", "--output", metavar="OUT", help="Write .html, .pdf, .json, .txt, or .csv (the rows); else print.")
@click.option("--cut", metavar="DATE", help="Analyse as known at the end of this day; else at the trial's own cut.")
@click.option("--blinded", is_flag=True, help="Show no arm: everything is pooled.")
def endpoints(trial: str, output: str | None, cut: str | None, blinded: bool) -> int:
    """Analyse TRIAL, a folder with trial.yaml, patients and events, by the definitions of its protocol.

    TRIAL may be a protocol file or a text: its definitions are printed, and what is not defined. Leaves with 1 where
    the record, or the text, leaves a question.
    """
    from posolog.cli.work import endpoints as work

    return work.run(trial, output, cut, blinded)
