"""The command line: `posolog read`, `check`, `plan`, `explain`, `diff`, `formulary`, `finding`."""

from __future__ import annotations

from posolog.cli.boundary import main

__all__ = ["main"]
