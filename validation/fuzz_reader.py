"""Looks for texts that the reader cannot stand or reads wrongly without a word. Run by `make fuzz FUZZ_MINUTES=10`.

First the texts made to be slow; then four hunts in turn until the time is up: sentences of known meaning, annotated
texts written another way, texts that lost a sign, and damaged bytes. A seed given again makes the same texts. Status 1
when reading failed, did not stay linear in the length, or changed with the layout.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from posolog.reader import read  # noqa: E402
from validation.dosing_grammar import sentence  # noqa: E402
from validation.judging import outcome  # noqa: E402
from validation.slow_texts import SLOW  # noqa: E402
from validation.variants import LOST, SAME, reading, silently_changed  # noqa: E402

SHOWN = 3  # cases printed of each kind
LONGEST_S = 5.0  # CPU seconds for any text of 100,000 characters or fewer


@dataclass(slots=True)
class Hunt:
    """What was tried and what was found; `stops` are the kinds that make the run fail."""

    tried: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    cases: dict[str, list[str]] = field(default_factory=dict)
    stops: set[str] = field(default_factory=set)

    def add(self, kind: str, case: str, *, stops: bool = False) -> None:
        self.found[kind] += 1
        self.cases.setdefault(kind, []).append(case)
        if stops:
            self.stops.add(kind)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    hunt, rng = Hunt(), Random(asked.seed)
    folders = ((ROOT / "examples").glob("*.txt"), (ROOT / "tests/by_hand/registry/texts").glob("*.txt"))
    texts = [path.read_bytes().decode("utf-8") for folder in folders for path in sorted(folder)]
    until = time.monotonic() + 60 * asked.minutes
    grows(hunt, until)
    while time.monotonic() < until:
        for look in (known_meaning, same_text, lost_signs, damaged):
            guarded(hunt, look, Random(rng.getrandbits(64)), texts)
    print(report(hunt))
    return 1 if hunt.stops else 0


Look = Callable[[Hunt, Random, list[str]], None]


def guarded(hunt: Hunt, look: Look, rng: Random, texts: list[str]) -> None:
    """One look; whatever the reader raises is a case, for that is what this run is for."""
    try:
        look(hunt, rng, texts)
    except Exception as error:  # any exception at all is a find
        hunt.add(f"failed: {type(error).__name__}", f"{look.__name__}: {error}", stops=True)


def known_meaning(hunt: Hunt, rng: Random, texts: list[str]) -> None:
    for _ in range(40):
        meant = sentence(rng)
        became = outcome(meant.words, meant.fields["statements"])
        hunt.tried["sentences of known meaning"] += 1
        hunt.tried[f"  read {became.kind}"] += 1
        if became.kind in ("silent", "missed", "incomplete"):
            hunt.add(f"{became.kind}: {became.what}", meant.words)


def same_text(hunt: Hunt, rng: Random, texts: list[str]) -> None:
    text = rng.choice(texts)
    before = reading(text)
    for name, change in SAME.items():
        changed = change(text, rng)
        hunt.tried["texts written another way"] += 1
        if changed != text and reading(changed) != before:
            hunt.add(f"layout: {name}", changed[:160], stops=True)


def lost_signs(hunt: Hunt, rng: Random, texts: list[str]) -> None:
    text = rng.choice(texts)
    for name, change in LOST.items():
        changed = change(text, rng)
        hunt.tried["texts that lost a sign"] += changed != text
        for one in silently_changed(text, changed)[:1] if changed != text else ():
            hunt.add(f"lost: {name}", f"{one['agent']} {one.get('dose')} days {one.get('days')}")


def damaged(hunt: Hunt, rng: Random, texts: list[str]) -> None:
    """Bytes flipped, cut, doubled and mixed between two texts; the marks must still cover every visible character."""
    data = bytearray(rng.choice(texts).encode())
    for _ in range(rng.randint(1, 20)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(4):
            case 0:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del data[at : at + rng.randrange(40)]
            case 2:
                data[at:at] = data[at : at + rng.randrange(200)]
            case _:
                data[at:at] = rng.choice(texts).encode()[: rng.randrange(300)]
    text = data.decode("utf-8", "replace")
    started = time.process_time()
    marks = read(text).coverage
    hunt.tried["damaged texts"] += 1
    if time.process_time() - started > LONGEST_S:
        hunt.add("slow: damaged text", text[:160], stops=True)
    seen = [char.isspace() for char in text]
    for mark in marks:
        seen[mark.start : mark.end] = [True] * (mark.end - mark.start)
    if not all(seen):
        hunt.add("not covered", text[max(0, seen.index(False) - 40) :][:120], stops=True)


def grows(hunt: Hunt, until: float) -> None:
    """Cost at 1, 2 and 4 times the length, of each text made to be slow (25,000 characters and up)."""
    for name, make in SLOW.items():
        if time.monotonic() > until:
            return
        costs = []
        for length in (25_000, 50_000, 100_000):
            text, started = make(length), time.process_time()
            try:
                read(text)
            except Exception as error:  # any exception at all is a find
                hunt.add(f"failed: {type(error).__name__}", f"{name} x {length}", stops=True)
                break
            costs.append(time.process_time() - started)
        hunt.tried["texts made to be slow"] += 1
        if len(costs) == 3 and (costs[2] > LONGEST_S or (costs[2] > 0.3 and costs[2] > 6.5 * costs[0])):
            hunt.add("not linear", f"{name}: " + ", ".join(f"{cost:.2f} s" for cost in costs), stops=True)


def report(hunt: Hunt) -> str:
    lines = [f"{count:8,}  {name}" for name, count in hunt.tried.items()]
    lines.append("found:" if hunt.found else "found nothing")
    for kind, count in hunt.found.most_common():
        lines.append(f"{count:8,}  {kind}{'  (stops)' if kind in hunt.stops else ''}")
        lines += [f"            {case!a}" for case in hunt.cases[kind][:SHOWN]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
