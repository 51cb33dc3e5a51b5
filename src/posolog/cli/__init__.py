"""The command line: one file a family of commands; `app` lists them all."""

from __future__ import annotations

from posolog.cli.boundary import main

__all__ = ["main"]
