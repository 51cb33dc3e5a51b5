"""Prints how many damaged references are read a second of CPU time. Run by `make bench`.

The list is `examples/rit-phase1-references.txt` over and over; the cost of twice the list shows how it grows.
"""

from __future__ import annotations

import time
from pathlib import Path

LIST = Path(__file__).resolve().parent.parent / "examples" / "rit-phase1-references.txt"
LIMIT = 2000


def cost(text: str) -> float:
    from posolog.evidence import read

    started = time.process_time()
    read(text)
    return time.process_time() - started


def main() -> int:
    text = LIST.read_text("utf-8").strip() + "\n\n"
    cost(text)
    once, twice = cost(text * 50), cost(text * 100)
    rate, growth = 33 * 100 / twice, twice / once
    met = rate >= LIMIT and growth <= 2.6
    print(f"references read a second   {rate:>8,.0f}   limit >= {LIMIT:,}")
    print(f"cost of twice the list     x {growth:>6.2f}   limit <= x 2.6")
    print("met" if met else "NOT MET")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
