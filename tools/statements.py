"""Statements of many texts at once: `python tools/statements.py TEXTS_DIR OUT_DIR`; every NAME.txt gives NAME.json."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from posolog.reader import as_json, read, statements


def main(texts: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    count = uncertain = 0
    for path in sorted(texts.glob("*.txt")):
        found = statements(read(path.read_text(encoding="utf-8"), name=path.stem))
        (out / f"{path.stem}.json").write_text(json.dumps(as_json(found), ensure_ascii=False, indent=1), "utf-8")
        count, uncertain = count + len(found), uncertain + sum(one.uncertain for one in found)
    print(f"{count} statements, {uncertain} marked uncertain ({100 * uncertain / max(count, 1):.1f} %)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
