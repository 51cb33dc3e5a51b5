"""Prints how fast the reader reads: texts a second on one core, two processes against one, growth, the slowest text.

Run by `make bench`. Texts: a .jsonl or .jsonl.gz of registry texts named by POSOLOG_TEXTS (one JSON object a line with
"text"); without it the shipped texts. Rates are CPU seconds of this machine as it is loaded; ratios are of one run.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
CHUNK = 40
Row = tuple[str, str, str, bool]


def main() -> int:
    texts, name = corpus()
    rows = [*one_core(texts, name), two_processes(texts), growth()]
    width = max(len(row[0]) for row in rows)
    print(f"{'figure':{width}}  {'measured':>14}  {'limit':>14}  ")
    for figure, value, limit, met in rows:
        print(f"{figure:{width}}  {value:>14}  {limit:>14}  {'met' if met else 'NOT MET'}")
    return 0 if all(met for *_, met in rows) else 1


def corpus() -> tuple[list[str], str]:
    """The texts and what to call them."""
    given = os.environ.get("POSOLOG_TEXTS", "")
    if given:
        raw = Path(given).read_bytes()
        lines = (gzip.decompress(raw) if given.endswith(".gz") else raw).decode("utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines if line.strip()], Path(given).name
    folders = (ROOT / "examples", ROOT / "tests/by_hand/registry/texts")
    shipped = [path.read_bytes().decode("utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]
    return shipped * 4, "the shipped texts, 4 times"


def one_core(texts: list[str], name: str) -> list[Row]:
    """Texts and characters a second of CPU, statements included; and the slowest text."""
    from posolog.reader import read, statements

    statements(read(texts[0]))
    slowest, started, found = (0.0, 0), time.process_time(), 0
    for text in texts:
        before = time.process_time()
        found += len(statements(read(text)))
        slowest = max(slowest, (time.process_time() - before, len(text)))
    spent = time.process_time() - started
    rate = len(texts) / spent
    # The limit is set for registry descriptions; the shipped texts are shorter.
    limit, met = (">= 400", rate >= 400) if os.environ.get("POSOLOG_TEXTS") else ("not judged", True)
    return [
        (f"texts a second ({len(texts):,} of {name})", f"{rate:,.0f}", limit, met),
        ("thousand characters a second", f"{sum(map(len, texts)) / spent / 1000:,.0f}", "not judged", True),
        ("statements read", f"{found:,}", "not judged", True),
        ("slowest text", f"{slowest[0]:.2f} s", "<= 1 s", slowest[0] <= 1),
        ("  its characters", f"{slowest[1]:,}", "not judged", True),
    ]  # fmt: skip


def two_processes(texts: list[str]) -> Row:
    """Wall time of one worker process against two, the workers started and warm."""
    chunks = [texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK)]
    costs = {}
    for workers in (1, 2):
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(read_all, [texts[:CHUNK]] * workers * 2))
            started = time.perf_counter()
            list(pool.map(read_all, chunks))
            costs[workers] = time.perf_counter() - started
    gain = costs[1] / costs[2]
    return f"two processes against one ({os.cpu_count()} cores)", f"x {gain:.2f}", ">= x 1.8", gain >= 1.8


def read_all(texts: list[str]) -> int:
    from posolog.reader import read, statements

    return sum(len(statements(read(text))) for text in texts)


def growth() -> Row:
    """Cost of a text of twice the length, its draft and findings included."""
    from posolog.reader import read

    founding = (ROOT / "examples" / "set-haplo.txt").read_text("utf-8")
    ratio = cost(lambda: read(founding * 16).findings) / cost(lambda: read(founding * 8).findings)
    return "cost of twice the text", f"x {ratio:.2f}", "<= x 2.3", ratio <= 2.3


def cost(run: Callable[[], object]) -> float:
    """CPU seconds, the median of five runs."""
    spent = []
    for _ in range(5):
        started = time.process_time()
        run()
        spent.append(time.process_time() - started)
    return median(spent)


if __name__ == "__main__":
    sys.exit(main())
