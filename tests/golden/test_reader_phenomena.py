"""Every phenomenon of registry prose as a short sentence, with the administrations it must give.

`reader_phenomena/*.txt`: a line at the margin is a text, the indented lines below it are its statements, "#" opens a remark.
To renew one after a wanted change: `python tests/golden/test_reader_phenomena.py` and read the difference.
"""

from pathlib import Path
from typing import Any

import pytest

from posolog.reader import as_json, read, statements

HERE = Path(__file__).parent / "reader_phenomena"
FIELDS = (
    *("basis", "days", "from_day", "to_day", "weeks", "every_h", "per_day", "per_week", "every_d", "n_doses"),
    *("for_days", "cycle_d", "n_cycles", "infusion_h", "continuous", "route", "cap", "when"),
)


def brief(row: dict[str, Any]) -> str:
    """One statement on one line: agent, amount, fields, and why it is uncertain."""
    dose = row.get("dose", {})
    unit = dose.get("unit", "") + {"flat": "", None: ""}.get(dose.get("per"), f"/{dose.get('per')}")
    value = "/".join(map(str, row["levels"])) if "levels" in row else dose.get("value")
    if value is None and dose:
        value = f"{dose.get('low', '')}..{dose.get('high', '')}"
    fractions = f"in {dose['fractions']} fractions" if "fractions" in dose else ""
    said = [f"{name}={_short(row[name])}" for name in FIELDS if name in row]
    doubt = f"| uncertain: {row['unclear']}" if row.get("uncertain") else ""
    return " ".join(str(part) for part in (row["agent"], value, unit, fractions, "|", *said, doubt) if part not in ("", None))


def _short(value: Any) -> Any:
    if isinstance(value, list) and len(value) > 2 and value == list(range(value[0], value[-1] + 1)):
        return f"{value[0]}..{value[-1]}"
    if isinstance(value, dict):
        return "/".join(str(part) for part in value.values())
    return round(value, 4) if isinstance(value, float) else value


def found(text: str) -> list[str]:
    return [brief(row) for row in as_json(statements(read(text)))]


def cases() -> list[tuple[str, list[str]]]:
    listed: list[tuple[str, list[str]]] = []
    for path in sorted(HERE.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("  "):
                listed[-1][1].append(line.strip())
            elif line.strip() and not line.startswith("#"):
                listed.append((line, []))
    return listed


@pytest.mark.parametrize(("text", "expected"), cases(), ids=[text[:60] for text, _ in cases()])
def test_the_sentence_gives_these_administrations(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def renew() -> None:
    for path in sorted(HERE.glob("*.txt")):
        kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("  ")]
        lines = [
            row for line in kept for row in ([line] if line[:1] in ("#", "") else [line, *("  " + s for s in found(line))])
        ]
        path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    renew()
