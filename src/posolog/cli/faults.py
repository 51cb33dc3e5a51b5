"""What a command leaves with: its exit status, or a refusal of what was typed."""

from __future__ import annotations

from collections.abc import Iterable

from posolog.core.finding import Finding, Place, Refusal, Severity

DONE = 0
FOUND = 1  # findings of severity stop or ask
BAD_INPUT = 2
INTERRUPTED = 130


def if_open(findings: Iterable[Finding]) -> int:
    """1 where a person should settle something: a stop or a question."""
    return FOUND if any(finding.severity is not Severity.NOTE for finding in findings) else DONE


def if_stopped(findings: Iterable[Finding]) -> int:
    """1 where a stop finding keeps a dose back."""
    return FOUND if any(finding.severity is Severity.STOP for finding in findings) else DONE


def stop(code: str, message: str, next_step: str, *, words: str = "", label: str = "option") -> Refusal:
    """A refusal with one finding about what was typed."""
    places = (Place(label, words),) if words else ()
    return Refusal(Finding(code, Severity.STOP, message, next_step, places))


def not_installed(error: ModuleNotFoundError, extra: str, *, what: str = "this needs") -> Refusal:
    """What is said where a library of an extra is not installed."""
    step = f"Install it: pip install posolog[{extra}]"
    return stop("EXTRA-MISSING", f"{what} {error.name}, which is not installed", step)
