"""Where exceptions end: a user's mistake becomes findings and exit status 2, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from posolog.cli.faults import BAD_INPUT, DONE, INTERRUPTED
from posolog.core.finding import Finding, Place, Refusal, Severity


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status is the answer."""
    import click

    from posolog.cli.app import cli

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = cli.main(args=list(args) if args is not None else None, prog_name="posolog", standalone_mode=False)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as mistake:
        mistake.show()
        return BAD_INPUT
    except Refusal as refused:
        return show(refused.findings)
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as error:
        return show((of_os_error(error),))
    except KeyboardInterrupt:
        return INTERRUPTED
    return status if isinstance(status, int) else DONE


def show(findings: Sequence[Finding]) -> int:
    """Print findings where errors go."""
    from posolog.report.text import findings_text

    print(findings_text(findings), file=sys.stderr)
    return BAD_INPUT


def of_os_error(error: OSError) -> Finding:
    """The operating system's refusal as a finding."""
    where = str(error.filename or "")
    reason = (error.strerror or str(error)).lower()
    return Finding(
        "FILE-UNREADABLE",
        Severity.STOP,
        f"{where or 'a file'} cannot be read or written: {reason}",
        "Check the name, the folder and its permissions.",
        (Place("file", where=where),) if where else (),
    )
