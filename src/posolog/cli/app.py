"""Every command of `posolog`, hung on its root."""

from __future__ import annotations

from posolog.cli.commands.analysis import analyse
from posolog.cli.commands.atlas import atlas
from posolog.cli.commands.blood import counts
from posolog.cli.commands.dose import dose
from posolog.cli.commands.endpoints import endpoints
from posolog.cli.commands.images import images, phantom
from posolog.cli.commands.lookup import finding, formulary
from posolog.cli.commands.planning import explain, plan
from posolog.cli.commands.reading import check, diff, read
from posolog.cli.commands.references import references
from posolog.cli.root import cli

__all__ = ["cli"]

COMMANDS = (
    *(read, check, diff),
    *(plan, explain, counts),
    *(dose, images, phantom),
    *(endpoints, analyse),
    *(references, formulary, finding, atlas),
)

for command in COMMANDS:
    cli.add_command(command)
