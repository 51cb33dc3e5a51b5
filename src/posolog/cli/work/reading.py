"""`read`, `check` and `diff`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.cli.faults import DONE, FOUND, if_open
from posolog.cli.output import echo, summary, tell, to_file, write
from posolog.core.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from posolog.protocol.model import Protocol
    from posolog.reader.statements import Administration


def read(path: str, output: str | None, coverage: bool) -> int:
    """Print the draft or write it to `output`; findings go where errors go."""
    from posolog.records import is_record

    if is_record(path):
        return _read_record(path, output, coverage)
    from posolog import api

    result = api.read(path)
    if coverage:
        from posolog.reader.coverage import show

        echo(show(Path(path).read_text(encoding="utf-8-sig"), result.coverage, result.amounts))
    return _drafted(result.protocol, result.findings, len(result.statements), path, output, quiet=coverage)


def _read_record(path: str, output: str | None, coverage: bool) -> int:
    """As `read`, for a registry record: every field is shown by itself."""
    from posolog import api

    result = api.read_record(path)
    if coverage:
        from posolog.reader.coverage import show

        for field in result.fields:
            shown = show(field.passage.text, field.result.coverage, field.result.amounts)
            echo(f"== {field.passage.field}\n{shown}\n ")
    return _drafted(result.protocol, result.findings, result.size, path, output, quiet=coverage)


def _drafted(
    protocol: Protocol, findings: tuple[Finding, ...], size: int, path: str, output: str | None, *, quiet: bool
) -> int:
    from posolog.protocol.files import dump

    draft = dump(_beside(protocol, path, output))
    if to_file(output):
        write(output, draft)
        echo(f"{output}: draft of {size} administrations, {summary(findings)}")
    elif not quiet:
        echo(draft)
    tell(findings, file=path)
    return DONE


def statements(path: str, output: str | None) -> int:
    """Print the administrations as JSON, or write them to `output`; how many are uncertain goes where errors go."""
    import json

    from posolog.reader import as_json

    said = list(_administrations(path))
    found = [one for _, administrations in said for one in administrations]
    flat = [{**field, **row} for field, administrations in said for row in as_json(administrations)]
    rows = ",\n ".join(json.dumps(row, ensure_ascii=False) for row in flat)
    words = f"[{rows}]"
    if to_file(output):
        write(output, words + "\n")
    else:
        echo(words)
    echo(f"{path}: {len(found)} administrations, {sum(one.uncertain for one in found)} of them uncertain", err=True)
    return DONE


def _administrations(path: str) -> Iterator[tuple[dict[str, str], tuple[Administration, ...]]]:
    """The administrations of a text; of a record field by field, each with the field's name."""
    from posolog import api
    from posolog.reader import statements
    from posolog.records import is_record

    if not is_record(path):
        yield {}, statements(api.read(path))
        return
    for field in api.read_record(path).fields:
        yield {"field": field.passage.field}, statements(field.result)


def _beside(protocol: Protocol, path: str, output: str | None) -> Protocol:
    """The draft with its source named relative to where the draft is written."""
    import os

    folder = Path(output).parent if to_file(output) else Path()
    return replace(protocol, documents=(Path(os.path.relpath(path, folder)).as_posix(),))


def check(path: str, as_json: bool) -> int:
    """Print the findings of a protocol file or a text."""
    from posolog import api

    found = api.check(path)
    if as_json:
        from posolog.report.data import findings_json

        echo(findings_json(found))
    else:
        from posolog.report.text import findings_text

        echo("\n\n".join(part for part in (findings_text(found, file=path), f"{path}: {summary(found)}") if part))
    return if_open(found)


def diff(old: str, new: str) -> int:
    """Print the changes between two protocol files."""
    from posolog.protocol.amend import diff as changes_of
    from posolog.protocol.files import load

    changes = changes_of(load(old).protocol, load(new).protocol)
    for change in changes:
        echo(f"{change.kind} {change.where}")
        if change.old:
            echo(f"  old: {change.old}")
        if change.new:
            echo(f"  new: {change.new}")
    echo(f"{len(changes)} change{'' if len(changes) == 1 else 's'}")
    return FOUND if changes else DONE
