"""An analysis for the terminal, and as JSON with every digit."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from posolog import __version__
from posolog.report.analysis import Section, Subject, sections
from posolog.report.text import table
from posolog.report.words import PURPOSE
from posolog.stats.analysis import Analysis


def analysis_text(found: Analysis, subject: Subject) -> str:
    """Heading, tables, conventions."""
    blocks = [heading(found, subject), *(_block(section) for section in sections(found, subject)), PURPOSE]
    return "\n\n".join(blocks) + "\n"


def heading(found: Analysis, subject: Subject) -> str:
    """What was analysed, in a few lines."""
    rows = f"{found.sample.n} rows" + (f", {subject.left_out} left out (missing values)" if subject.left_out else "")
    lines = [f"{subject.file}: {subject.time_words} and {subject.event}, {rows}"]
    lines += [f"{label}: {words}" for label, words in subject.choices]
    return "\n".join(lines)


def _block(section: Section) -> str:
    rows = _without_repeats(section)
    lines = [section.title, *table([section.header, *rows], ruled=True), *(f"  {note}" for note in section.notes)]
    return "\n".join(lines)


def _without_repeats(section: Section) -> list[tuple[str, ...]]:
    """A group's name only in its first row."""
    rows, last = [], ""
    for row in section.rows:
        repeated = row[0] == last and len(row) > 1
        last = row[0]
        rows.append(("", *row[1:]) if repeated else row)
    return rows


def analysis_json(found: Analysis, subject: Subject) -> str:
    """Every number unrounded, NaN as null, with conventions and reasons beside it."""
    document = {
        "posolog": __version__,
        "purpose": PURPOSE,
        "file": subject.file,
        "sha256": subject.sha256,
        "columns": {"time": subject.time, "event": subject.event, "group": subject.group},
        "unit": subject.unit,
        "choices": dict(subject.choices),
        "rows": found.sample.n,
        "rows left out": subject.left_out,
        "groups": [_plain(group) for group in found.groups],
        "test": _plain(found.test),
        "gray": [_plain(test) for test in found.gray],
        "restricted means": [_plain(contrast) for contrast in found.contrasts],
        "regression": _regression(found),
        "proportional hazards": _plain(found.proportional),
        "reasons": list(found.reasons),
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _regression(found: Analysis) -> Any:
    if found.model is None:
        return None
    model = found.model
    named = (("likelihood ratio", model.lr), ("Wald", model.wald), ("score", model.score))
    tests = {name: dict(zip(("chi2", "df", "p"), _plain(test), strict=True)) for name, test in named}
    return {**_plain(model.fit), "tests": tests}


def _plain(value: Any) -> Any:
    """Dataclasses and arrays as JSON values; NaN and infinity, which JSON has not, as null and words."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.ndarray | tuple | list):
        return [_plain(item) for item in (value.tolist() if isinstance(value, np.ndarray) else value)]
    if isinstance(value, float | np.floating):
        number = float(value)
        if math.isnan(number):
            return None
        return number if math.isfinite(number) else ("infinity" if number > 0 else "-infinity")
    return value.item() if isinstance(value, np.generic) else value
