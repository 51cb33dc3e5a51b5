"""Writes small dosimetry files for tests: a head as YAML lines, measurements as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

START = datetime(2027, 1, 14, 10, 0)
HEAD: dict[str, str] = {
    "dosimetry": "T",
    "patient": "T-01",
    "zone": "Europe/Paris",
    "measured": "111In",
    "therapy": "90Y",
    "decay reference": "acquisition",
    "injections": """
  - {ident: a, nuclide: 111In, start: 2027-01-14T10:00, activity: 200 MBq ± 2 %, calibrated: 2027-01-14T10:00}
  - {ident: b, nuclide: 90Y, start: 2027-01-14T10:00, activity: 600 MBq ± 3 %, calibrated: 2027-01-14T10:00}
  - {ident: c, nuclide: 90Y, start: 2027-01-21T10:00, activity: 600 MBq ± 3 %, calibrated: 2027-01-21T10:00, planned: yes}""",
    "regions": "\n  liver: {mass: 1650 g ± 5 %}",
    "measurements": "points.csv",
}
Row = tuple[str, float, str, float, str]


def when(hours: float) -> str:
    return (START + timedelta(hours=hours)).isoformat(timespec="seconds")


def write(folder: Path, rows: Iterable[Row], head: Mapping[str, str | None] | None = None, *, u: str = "5") -> Path:
    """The file's path; `head` replaces lines of the standard head, None takes one out."""
    lines = {**HEAD, **(head or {})}
    text = "\n".join(f"{key}: {value}" for key, value in lines.items() if value is not None)
    (folder / "patient.yaml").write_text(text + "\n", encoding="utf-8")
    table = ["region,time,quantity,value,unit,u_percent,source"]
    table += [f"{region},{when(hours)},{quantity},{value!r},{unit},{u},IMG" for region, hours, quantity, value, unit in rows]
    (folder / "points.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    return folder / "patient.yaml"
