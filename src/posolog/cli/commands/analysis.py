"""`analyse`: follow-up times of any table."""

from __future__ import annotations

from typing import Any

import click


@click.command()
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
    from posolog.cli.work.analysis.request import Request
    from posolog.cli.work.analysis.run import analyse as run

    return run(Request(**given))
