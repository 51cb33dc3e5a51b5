"""`formulary` and `finding`: what is known of an agent or a code."""

from __future__ import annotations

import click


@click.command()
@click.argument("name")
def formulary(name: str) -> int:
    """Show what is known of the agent NAME: what it may mean, routes, limits, sources."""
    from posolog.cli.work import lookup

    return lookup.formulary(name)


@click.command()
@click.argument("code")
def finding(code: str) -> int:
    """Show the page of the finding CODE: what it means, why it is asked, how to settle it."""
    from posolog.cli.work import lookup

    return lookup.finding(code)
