"""Reading many texts into a folder of parts: processes, a bar, interruption, what could not be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from posolog.cli.faults import DONE, FOUND, stop
from posolog.cli.output import echo, tell

if TYPE_CHECKING:
    from posolog.atlas.build import Built, Run


def needs(extra: str, *packages: str) -> None:
    """Refuse where a package of an extra is not installed."""
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        message = f"this needs {' and '.join(missing)}, which are not installed"
        step = f"Install them: pip install 'posolog[{extra}]'."
        raise stop("EXTRA-MISSING", message, step, words=extra, label="extra")


def local(jobs: int | None) -> Run:
    """Run on this many processes of this machine; on all cores without a number."""
    from posolog.atlas.workers import run

    number = jobs or _cores()
    return lambda chunks: run(chunks, number)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parts_of(sources: Sequence[str], folder: Path, run: Run, resume: bool) -> Built | None:
    """The built folder; None when it was interrupted, which is said with how to go on."""
    from posolog.atlas.build import build as make

    try:
        with _progress(sources) as seen:
            return make(sources, folder, run=run, resume=resume, seen=seen)
    except KeyboardInterrupt:
        echo(f"stopped; what was read stands in {folder}. Go on with the same command and --resume.", err=True)
        return None


@contextmanager
def _progress(sources: Iterable[str]) -> Iterator[Callable[[Any, bool], None]]:
    """A bar on the terminal; where errors go elsewhere, nothing is shown and nothing counted."""
    if not sys.stderr.isatty():
        yield lambda chunk, kept: None
        return
    from posolog.atlas.chunks import of_sources

    total = sum(1 for _ in of_sources(sources, []))
    with click.progressbar(length=total, label="reading", file=sys.stderr, show_pos=True) as bar:
        yield lambda chunk, kept: bar.update(len(chunk.items))


def counted(number: int, noun: str) -> str:
    """1,200 texts."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def told(built: Built) -> int:
    """Say what could not be read; the status is 1 where something could not."""
    tell(built.findings)
    if built.failed:
        lost = counted(built.failed, "text")
        echo(f"{lost} could not be read; the findings name it (TEXT-FAILED, RECORD-UNREADABLE)", err=True)
    return FOUND if built.failed or built.findings else DONE
