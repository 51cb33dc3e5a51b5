"""Prints how an atlas grows with the registry: time, memory, size and query time at 1, 2 and 4 times the texts.

Texts: a .jsonl.gz of registry texts named by POSOLOG_TEXTS; without it the founding texts, 200 times. Twice the texts
are the same ones under new identifiers. Run by `make bench-atlas`; the last rows are what a whole registry of
560,000 trials would take at the rates seen here.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
TRIALS = 560_000
QUERIES = (
    "cyclophosphamide 50 mg/kg on D+3 and D+5",
    "any 90Y >= 300 MBq/m2",
    "busulfan 3.2 mg/kg days -6 to -3 route IV",
    "fludarabine; busulfan; cyclophosphamide >= 40 mg/kg",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One build: sizes are peak resident ones, `cpu_s` is of all processes, `main_cpu_s` of the one that writes."""

    times: int
    jobs: int
    texts: int
    trials: int
    statements: int
    wall_s: float
    cpu_s: float
    main_cpu_s: float
    parent_mb: float
    worker_mb: float
    bytes: int
    query_s: float


def main() -> int:
    given = os.environ.get("POSOLOG_TEXTS", "")
    print(f"texts: {Path(given).name if given else 'the founding texts, 200 times'}")
    two = int(os.environ.get("POSOLOG_JOBS", "2"))
    seen = [_in_a_process(times, jobs) for times, jobs in ((1, 1), (1, two), (2, two), (4, two))]
    heads: tuple[str, ...] = (
        "times",
        "jobs",
        "texts",
        "statements",
        "wall s",
        "CPU s",
        "main CPU s",
        "main MB",
        "worker MB",
        "disk MB",
        "query ms",
    )
    print(" ".join(f"{head:>10}" for head in heads))
    for one in seen:
        counts = (one.times, one.jobs, one.texts, one.statements)
        sizes = (
            one.wall_s,
            one.cpu_s,
            one.main_cpu_s,
            one.parent_mb,
            one.worker_mb,
            one.bytes / 1e6,
            1000 * one.query_s,
        )
        print(" ".join([*(f"{value:>10,}" for value in counts), *(f"{value:>10.1f}" for value in sizes)]))
    return _judge(seen)


def _judge(seen: list[Seen]) -> int:
    """The limits, and the whole registry at these rates."""
    alone, together, _, most = seen
    speed_up = alone.wall_s / together.wall_s
    growth = (most.parent_mb + most.worker_mb) / (together.parent_mb + together.worker_mb)
    linear = most.cpu_s / together.cpu_s / (most.texts / together.texts)
    serial = together.main_cpu_s / together.cpu_s
    possible = 1 / (serial + (1 - serial) / together.jobs)
    rows = [
        (f"{together.jobs} processes, possible by CPU seconds", f"x {possible:.2f}", ">= x 1.8", possible >= 1.8),
        (f"{together.jobs} processes against one, wall", f"x {speed_up:.2f}", ">= x 1.8", speed_up >= 1.8),
        ("memory at 4 times the texts", f"x {growth:.2f}", "<= x 1.15", growth <= 1.15),
        ("CPU a text at 4 times the texts", f"x {linear:.2f}", "<= x 1.15", linear <= 1.15),
        ("slowest kind of query at 4 times", f"{1000 * most.query_s:.0f} ms", "<= 1000 ms", most.query_s <= 1),
    ]
    print()
    for name, value, limit, met in rows:
        print(f"{name:38} {value:>10} {limit:>10}  {'met' if met else 'NOT MET'}")
    scale = TRIALS / most.trials
    hours, size, many = scale * most.cpu_s / 3600, scale * most.bytes / 1e9, scale * most.statements / 1e6
    print(f"\n{TRIALS:,} trials with texts like these: {hours:.1f} CPU hours, {size:.1f} GB, {many:.1f}m statements")
    return 0 if all(met for *_, met in rows) else 1


def _in_a_process(times: int, jobs: int) -> Seen:
    """Each build in a fresh process, so that peaks do not add up."""
    import subprocess

    words = [sys.executable, __file__, str(times), str(jobs)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return Seen(**json.loads(done.stdout))


def measure(times: int, jobs: int) -> Seen:
    from posolog.atlas.build import build
    from posolog.atlas.query import ask
    from posolog.atlas.workers import run

    with tempfile.TemporaryDirectory() as top:
        source, trials = _corpus(Path(top), times)
        started, before = time.perf_counter(), time.process_time()
        built = build([str(source)], Path(top) / "atlas", run=lambda found: run(found, jobs))
        wall = time.perf_counter() - started
        own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        size = sum(file.stat().st_size for file in built.folder.rglob("*.parquet"))
        slowest = max(_seconds(lambda words=words: ask(built.folder, words, limit=50)) for words in QUERIES)
    return Seen(
        times, jobs, built.texts, trials, built.statements, wall,
        own.ru_utime + own.ru_stime - before + children.ru_utime + children.ru_stime,
        own.ru_utime + own.ru_stime - before,
        own.ru_maxrss / 1024, children.ru_maxrss / 1024, size, slowest,
    )  # fmt: skip


def _seconds(act: object) -> float:
    """Median CPU seconds of three runs, all threads together."""
    runs = []
    for _ in range(3):
        before = time.process_time()
        act()  # type: ignore[operator]
        runs.append(time.process_time() - before)
    return median(runs)


def _corpus(folder: Path, times: int) -> tuple[Path, int]:
    """The texts, `times` times under new identifiers, and the number of trials."""
    path, trials = folder / "texts.jsonl.gz", set()
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
        for nth in range(times):
            for row in _texts():
                row = {**row, "id": f"{row['id']}-{nth}", "nct_id": f"{row['nct_id']}-{nth}"}
                trials.add(row["nct_id"])
                out.write(json.dumps(row) + "\n")
    return path, len(trials)


def _texts() -> Iterator[dict[str, str]]:
    given = os.environ.get("POSOLOG_TEXTS", "")
    if given:
        with gzip.open(given, "rt", encoding="utf-8") as lines:
            yield from ({key: row[key] for key in ("id", "nct_id", "field", "text")} for row in map(json.loads, lines))
        return
    for name in ("rit-b-all", "set-haplo"):
        text = (ROOT / "examples" / f"{name}.txt").read_text("utf-8")
        for nth in range(200):
            yield {"id": f"{name}-{nth}", "nct_id": f"{name}-{nth}", "field": "text", "text": text}


if __name__ == "__main__":
    if len(sys.argv) == 3:
        from dataclasses import asdict

        print(json.dumps(asdict(measure(int(sys.argv[1]), int(sys.argv[2])))))
        sys.exit(0)
    sys.exit(main())
