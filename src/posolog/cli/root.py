"""The command `posolog` itself, before it knows any command."""

from __future__ import annotations

import click

from posolog import __version__

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", message="posolog %(version)s", help="Show the version and leave.")
def cli() -> None:
    """Trial protocols you can run: read a trial's words, check them, plan a patient's calendar.

    For research, teaching, protocol writing and second check; not a medical device.

    Exit status: 0 done; 1 findings to settle; 2 bad input.
    """
