"""The command line: `commands` is what can be typed, `work` what it does; `app` hangs every command on the root."""

from __future__ import annotations

from posolog.cli.boundary import main

__all__ = ["main"]
