"""A law of the reader: another run of Python, which mixes its sets otherwise, reads every text the same."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ_ALL = """
import hashlib, json, pathlib, sys
from posolog.reader import as_json, read, statements
digest = hashlib.sha256()
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
    result = read(path.read_bytes().decode("utf-8"))
    digest.update(repr((result.findings, result.coverage)).encode())
    digest.update(json.dumps(as_json(statements(result))).encode())
digest.update(repr(as_json(statements(read("G-CSF 10 mcg/kg/day and ATG 10 mg/kg, then Ara-C 2 g/m2 on days 1-3.")))).encode())
print(digest.hexdigest())
"""


def reading(seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(ROOT / "tests/by_hand/registry/texts")],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_every_run_reads_the_same() -> None:
    assert len({reading(seed) for seed in ("0", "1", "2")}) == 1
