"""The commands. Everything heavy is imported inside the command that needs it, so that `--help` is instant."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from posolog import __version__
from posolog.cli.atlas import atlas
from posolog.cli.boundary import FOUND

if TYPE_CHECKING:
    from posolog.course.model import Plan

Command = Callable[..., Any]
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", message="posolog %(version)s", help="Show the version and leave.")
def cli() -> None:
    """Trial protocols you can run: read a trial's words, check them, plan a patient's calendar.

    For research, teaching, protocol writing and second check; not a medical device.

    Exit status: 0 done; 1 findings to settle; 2 bad input.
    """


@cli.command()
@click.argument("text")
@click.option("-o", "--output", metavar="FILE.yaml", help="Write the draft protocol to this file.")
@click.option("--coverage", is_flag=True, help="Show what became of every stretch of the text.")
@click.option("--statements", is_flag=True, help="Print the administrations as JSON instead of a draft.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes that read many texts; all cores.")
@click.option("--resume", is_flag=True, help="Go on with a table whose reading was stopped.")
def read(text: str, output: str | None, coverage: bool, statements: bool, jobs: int | None, resume: bool) -> int:
    """Read the prose of TEXT into a draft protocol; what it leaves open is listed.

    TEXT may be a registry record (.json, .xml). A folder or a list of records is read into a table:
    -o statements.parquet, .jsonl or .csv.
    """
    from pathlib import Path

    from posolog.cli import bulk, reading

    if bulk.is_table(output) or Path(text).is_dir():
        return bulk.read_table(text, output, jobs, resume)
    if statements:
        return reading.statements(text, output)
    return reading.read(text, output, coverage)


@cli.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(file: str, as_json: bool) -> int:
    """List what a person should settle in FILE, a protocol file (.yaml) or a text.

    Leaves with 1 where a stop or a question is found, with 0 where there are notes only.
    """
    from posolog.cli import reading

    return reading.check(file, as_json)


def planning_options(command: Command) -> Command:
    """The options by which `plan` and `explain` know the patient and the dates."""
    options = [
        click.option("--patient", required=True, metavar="P.yaml", help="The patient: weight, height, age and so on."),
        click.option("--anchor", multiple=True, metavar="D0=DATE", help="The date of an anchor; once for each."),
        click.option("--arm", default="", metavar="NAME", help="The arm, in a trial that has arms."),
        click.option("--choose", multiple=True, metavar="KEY=VALUE", help="A choice that the protocol leaves open."),
        click.option("--events", metavar="E.csv", help="What has happened so far: weights, grafts, doses given."),
        click.option("--now", metavar="DATE", help="Plan as of this day; later knowledge is left out."),
        click.option("--zone", default="Europe/Paris", metavar="NAME", show_default=True, help="The local time zone."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@cli.command()
@click.argument("file")
@planning_options
@click.option("-o", "--output", metavar="OUT", help="Write .html, .json, .csv, .ics, .svg or .txt; else print.")
def plan(file: str, output: str | None, **given: Any) -> int:
    """Plan one patient's treatment from FILE, a protocol file (.yaml) or a text.

    Leaves with 1 where a stop finding keeps a dose back.
    """
    from posolog.cli import planning

    return planning.write_plan(planning.Request(file, **given), output)


@cli.command()
@click.argument("file")
@click.argument("words")
@planning_options
def explain(file: str, words: str, **given: Any) -> int:
    """Say why a value of the plan is what it is: WORDS such as "busulfan D-5"."""
    from posolog.cli import planning

    return planning.explain(planning.Request(file, **given), words)


@cli.command()
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> int:
    """List what changes from protocol file OLD to protocol file NEW.

    Leaves with 1 where something changes.
    """
    from posolog.cli import reading

    return reading.diff(old, new)


@cli.command()
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
    from posolog.cli import counts as commands

    return commands.counts(commands.Request(events, **given))


@cli.group()
def references() -> None:
    """Reference lists: read a garbled one, see what the shipped library holds."""


@references.command("read")
@click.argument("file")
@click.option("-o", "--output", metavar="OUT", help="Write .json (CSL), .bib, .ris or .txt; else print.")
@click.option("--style", metavar="NAME", help="Print as vancouver, author-date or a .csl file says.")
@click.option("--enrich", multiple=True, metavar="EXPORT", help="Fill gaps from a Crossref .json or PubMed .nbib.")
def references_read(file: str, output: str | None, style: str | None, enrich: tuple[str, ...]) -> int:
    """Read FILE, a reference list as text, .json, .bib or .ris; what was mended or is in doubt is listed.

    Leaves with 1 where something is left to settle.
    """
    from posolog.cli import references as commands

    return commands.read(commands.Reading(file, output, style, enrich))


@cli.command()
@click.argument("trial")
@click.option("-o", "--output", metavar="OUT", help="Write .html, .pdf, .json, .txt, or .csv (the rows); else print.")
@click.option("--cut", metavar="DATE", help="Analyse as known at the end of this day; else at the trial's own cut.")
@click.option("--blinded", is_flag=True, help="Show no arm: everything is pooled.")
def endpoints(trial: str, output: str | None, cut: str | None, blinded: bool) -> int:
    """Analyse TRIAL, a folder with trial.yaml, patients and events, by the definitions of its protocol.

    TRIAL may be a protocol file or a text: its definitions are printed, and what is not defined. Leaves with 1 where
    the record, or the text, leaves a question.
    """
    from posolog.cli import endpoints as command

    return command.run(trial, output, cut, blinded)


@references.command("list")
@click.argument("word", default="")
def references_list(word: str) -> int:
    """List the works that posolog ships, or those whose entry holds WORD."""
    from posolog.cli import references as commands

    return commands.list_all(word)


@references.command("show")
@click.argument("key")
def references_show(key: str) -> int:
    """Show the work that KEY stands for, and the values that it is cited for."""
    from posolog.cli import references as commands

    return commands.show(key)


@cli.command()
@click.argument("folder")
@click.option("-o", "--output", metavar="OUT", help="Write .csv (activities), or a dose map as .dcm, .json or .svg.")
@click.option("--decay", type=click.Choice(["START", "ADMIN", "NONE"]), help="For files that do not state it.")
@click.option("--therapy-mbq", type=float, metavar="MBQ", help="Make the dose map of this activity of 90Y.")
@click.option("--u-percent", type=float, default=10, show_default=True, help="Uncertainty of an activity in an image.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of the replicates.")
def images(
    folder: str, output: str | None, decay: str | None, therapy_mbq: float | None, u_percent: float, seed: int
) -> int:
    """Measure outlined regions in the DICOM tomograms of FOLDER, or make a 90Y dose map from them.

    Research use. Leaves with 1 where an image could not be used.
    """
    from posolog.cli import imaging

    return imaging.images(imaging.Asked(folder, output, decay, therapy_mbq, u_percent, seed))


@cli.command()
@click.option("-o", "--output", "folder", required=True, metavar="FOLDER", help="Write below this folder.")
@click.option("--times", default="1,24,48,96,144", show_default=True, help="Hours after the injection.")
@click.option("--activity-mbq", type=float, default=185, show_default=True, help="111In injected.")
@click.option("--voxel-mm", type=float, default=4.42, show_default=True, help="Edge of the voxels.")
@click.option("--fwhm-mm", type=float, default=0, show_default=True, help="Blur of the tomograms.")
@click.option("--counts-per-mbq", type=float, help="Add counting noise at this sensitivity.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of the noise.")
def phantom(
    folder: str, times: str, activity_mbq: float, voxel_mm: float, fwhm_mm: float, counts_per_mbq: float | None,
    seed: int,
) -> int:  # fmt: skip
    """Write a phantom's tomograms, CT and outlines, and the exact answers to check an analysis by."""
    from posolog.cli import imaging

    return imaging.phantom(folder, times, activity_mbq, voxel_mm, fwhm_mm, counts_per_mbq, seed)


@cli.command()
@click.argument("file", metavar="DATA.csv")
@click.option("--time", required=True, metavar="COLUMN", help="Follow-up: time from the origin to event or censoring.")
@click.option("--event", required=True, metavar="COLUMN", help="0 censored, 1 event; 1, 2, 3 ... where causes compete.")
@click.option("--start", metavar="COLUMN", help="Delayed entry: at risk after this time.")
@click.option("--group", metavar="COLUMN", help="Groups to compare: curves, log-rank test, hazard ratios.")
@click.option("--reference", metavar="NAME", help="The group that others are compared with; the first without it.")
@click.option("--strata", metavar="COLUMN", help="Strata of the log-rank test and of the regression.")
@click.option("--covariates", default="", metavar="A,B", help="Further columns for the Cox regression.")
@click.option("--categories", default="", metavar="A,B", help="Covariates that are categories, though numbers.")
@click.option("--exposed", metavar="COLUMN", help="Time of an exposure that may begin later (empty: never).")
@click.option("--landmark", type=float, metavar="TIME", help="Only those followed to this time; exposure before it.")
@click.option("--cluster", metavar="COLUMN", help="Rows that belong together: robust variance by cluster.")
@click.option("--cause", type=int, metavar="CODE", help="The event of the test and the regression.")
@click.option("--at", default="", metavar="T,T", help="Times at which curves are read.")
@click.option("--tau", type=float, metavar="TIME", help="End of the restricted mean survival time.")
@click.option("--interval", type=click.Choice(["log-log", "log", "plain"]), default="log-log", show_default=True,
              help="Transform of the curve's interval.")
@click.option("--level", type=float, default=0.95, show_default=True, help="Level of the intervals.")
@click.option("--ties", type=click.Choice(["efron", "breslow"]), default="efron", show_default=True,
              help="Ties in the Cox regression.")
@click.option("--rho", type=float, default=0.0, show_default=True, help="Fleming-Harrington weight S(t-)^rho.")
@click.option("--robust", is_flag=True, help="Robust (sandwich) variance in the Cox regression.")
@click.option("--unit", default="", metavar="WORD", help="Unit of time, for labels: days, months.")
@click.option("--leave-out-missing", is_flag=True, help="Leave out rows with a missing value; they are counted.")
@click.option("-o", "--output", metavar="OUT", help="Write .html, .pdf, .json, .svg or .txt; else print.")
def analyse(**given: Any) -> int:
    """Analyse follow-up times in DATA.csv: curves, log-rank test, Cox regression, competing causes.

    Every number is printed with its conventions. Leaves with 1 where a number asked for is not known.
    """
    from posolog.cli import analysing

    return analysing.analyse(analysing.Request(**given))


@cli.command()
@click.argument("name")
def formulary(name: str) -> int:
    """Show what is known of the agent NAME: what it may mean, routes, limits, sources."""
    from posolog.cli import lookup

    return lookup.formulary(name)


@cli.command()
@click.argument("code")
def finding(code: str) -> int:
    """Show the page of the finding CODE: what it means, why it is asked, how to settle it."""
    from posolog.cli import lookup

    return lookup.finding(code)


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="INPUT.yaml...")
@click.option("-o", "--output", metavar="OUT", help="Write .html, .pdf, .json, .csv (facts for gates) or .txt.")
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(100, 100_000), help="Simulated patients.")
@click.option("--seed", default=20270, show_default=True, type=click.IntRange(0), help="Seed of the simulation.")
@click.option("--images", metavar="FOLDER", help="DICOM tomograms: dose-volume histograms in the page.")
def dose(files: tuple[str, ...], output: str | None, draws: int, seed: int, images: str | None) -> int:
    """Compute absorbed doses from a patient's dosimetry file; of several patients, the population too.

    Leaves with 1 where a stop finding keeps a dose back.
    """
    from posolog.cli import dosing

    return dosing.dose(files, output, draws, seed, images)


def status(plan: Plan) -> int:
    """1 where a stop finding keeps a dose back."""
    return FOUND if any(finding.severity == "stop" for finding in plan.findings) else 0


cli.add_command(atlas)
