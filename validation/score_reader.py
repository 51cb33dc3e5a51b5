"""How well the reader reads: recall, precision, schedules, fields and silent errors. Run by `make score-reader`.

The gold is a folder with texts/NAME.txt and statements/NAME.json: tests/by_hand/registry, or the one that
POSOLOG_GOLD names. Definitions: docs/manual/reader-accuracy.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from posolog.reader import as_json, read, statements  # noqa: E402
from validation.phenomena import of_miss, of_pair, of_spurious  # noqa: E402
from validation.scoring import BESIDE, TIMING, Statement, judge, pairs, quantity, same_amount  # noqa: E402


@dataclass(slots=True)
class Score:
    """Counts over all texts; `fields` per field and verdict; `phenomena` of what went wrong; `shown` the cases."""

    counts: Counter[str] = field(default_factory=Counter)
    fields: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    phenomena: Counter[str] = field(default_factory=Counter)
    shown: list[tuple[str, str, Statement | None, Statement | None]] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=os.environ.get("POSOLOG_GOLD") or ROOT / "tests/by_hand/registry")
    parser.add_argument("--half", choices=["seen", "unseen"], help="texts used, or not, in work on the reader")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N cases that went wrong")
    parser.add_argument("--ablation", action="store_true", help="which words of the patterns carry which texts")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    asked = parser.parse_args()
    folder = Path(asked.gold)
    if not (folder / "texts").is_dir() or not (folder / "statements").is_dir():
        print(f"{folder} has no texts/ and statements/: name a gold folder by POSOLOG_GOLD or --gold", file=sys.stderr)
        return 2
    gold = load(folder)
    if asked.half:
        gold = {name: case for name, case in gold.items() if seen(name) == (asked.half == "seen")}
    if asked.ablation:
        from validation.ablation import report

        print(report({name: text for name, (text, _) in gold.items()}))
        return 0
    score = Score()
    for name, (text, wanted) in gold.items():
        add(score, name, wanted, predicted(text))
    print(json.dumps(figures(score)) if asked.json else table(folder, score))
    for case in score.shown[: asked.show]:
        print(shown(*case))
    return 0


def seen(name: str) -> bool:
    """Whether a text of the shipped set belongs to the half that was opened for work on the reader."""
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[0] in "01234567"


def load(folder: Path) -> dict[str, tuple[str, list[Statement]]]:
    """Name -> (text, gold statements) of every annotated text."""
    return {
        path.stem: (
            (folder / "texts" / f"{path.stem}.txt").read_bytes().decode("utf-8"),
            json.loads(path.read_text("utf-8")),
        )
        for path in sorted((folder / "statements").glob("*.json"))
    }


def predicted(text: str) -> list[Statement]:
    return as_json(statements(read(text)))


def add(score: Score, name: str, gold: list[Statement], found: list[Statement]) -> None:
    """Counts one text. A statement read for an optional gold one is not judged."""
    counts = score.counts
    together = pairs(gold, found)
    unjudged = {j for i, j in together if gold[i].get("optional")}
    together = [(i, j) for i, j in together if not gold[i].get("optional")]
    required = {i for i, one in enumerate(gold) if not one.get("optional")}
    counts["texts"] += 1
    counts["read"] += len(found)
    counts["uncertain"] += sum(bool(one.get("uncertain")) for one in found)
    counts["gold"] += len(required)
    counts["gold amounts"] += sum(quantity(gold[i]) is not None for i in required)
    counts["read amounts"] += sum(quantity(one) is not None for j, one in enumerate(found) if j not in unjudged)
    for i, j in together:
        _pair(score, name, gold[i], found[j])
    for i in sorted(required - {i for i, _ in together}):
        score.phenomena[of_miss(gold[i], found)] += 1
        score.shown.append((name, "missed", gold[i], None))
    for j in sorted(set(range(len(found))) - {j for _, j in together} - unjudged):
        counts["spurious"] += 1
        counts["silent"] += not found[j].get("uncertain")
        counts["sure"] += not found[j].get("uncertain")
        score.phenomena[of_spurious(gold, found[j])] += 1
        score.shown.append((name, "spurious", None, found[j]))


def _pair(score: Score, name: str, gold: Statement, found: Statement) -> None:
    """A gold statement and the one read for it. An amount that one side alone states is a miss, not a misreading."""
    counts, timing = score.counts, judge(gold, found, TIMING)
    beside = judge(gold, found, BESIDE)
    for what, verdict in {**timing, **beside}.items():
        score.fields[what][verdict] += 1
    same, sure = same_amount(gold, found), not found.get("uncertain")
    stated, said = quantity(gold) is not None, quantity(found) is not None
    whole = same and all(verdict == "right" for verdict in (*timing.values(), *beside.values()))
    counts["amounts recalled"] += stated and same
    counts["amounts precise"] += said and same
    counts["schedules"] += (same or not stated) and all(verdict == "right" for verdict in timing.values())
    counts["whole"] += whole
    counts["sure"] += sure
    counts["sure and whole"] += sure and whole
    misread = (not same and stated and said) or any(verdict in ("wrong", "extra") for verdict in timing.values())
    counts["silent"] += misread and sure
    for what in of_pair(gold, found, {**timing, **beside}, same=same):
        score.phenomena[what] += 1
    if misread or not whole:
        score.shown.append((name, "silent" if misread and sure else "partly", gold, found))


def figures(score: Score) -> dict[str, object]:
    """The figures by name; shares are None where nothing was to be found."""
    counts = score.counts

    def share(part: str, of: str) -> float | None:
        return round(counts[part] / counts[of], 4) if counts[of] else None

    return {
        "texts": counts["texts"],
        "gold statements": counts["gold"],
        "statements read": counts["read"],
        "recall of amounts": share("amounts recalled", "gold amounts"),
        "precision of amounts": share("amounts precise", "read amounts"),
        "schedule recall": share("schedules", "gold"),
        "whole statements right": share("whole", "gold"),
        "silent errors per 100 read": round(100 * counts["silent"] / counts["read"], 2) if counts["read"] else None,
        "marked uncertain": share("uncertain", "read"),
        "whole and right, of those not marked": share("sure and whole", "sure"),
        "fields": {what: dict(sorted(verdicts.items())) for what, verdicts in sorted(score.fields.items())},
        "misses by phenomenon": dict(score.phenomena.most_common()),
    }


def table(folder: Path, score: Score) -> str:
    lines = [f"gold: {folder}"]
    for what, value in figures(score).items():
        if not isinstance(value, dict):
            lines.append(f"{what:40} {value}")
        elif what == "fields":
            lines += [f"  {name:12} " + "  ".join(f"{v} {n}" for v, n in said.items()) for name, said in value.items()]
        else:
            lines += [what, *(f"  {n:4}  {name}" for name, n in value.items())]
    return "\n".join(lines)


def shown(name: str, kind: str, gold: Statement | None, found: Statement | None) -> str:
    return "\n".join(
        ["", f"{name} {kind}"]
        + [f"  {who} {json.dumps(one, ensure_ascii=False)}" for who, one in (("gold", gold), ("read", found)) if one]
    )


if __name__ == "__main__":
    sys.exit(main())
