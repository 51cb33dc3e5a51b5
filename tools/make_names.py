"""Makes `src/posolog/formulary/data/names.txt.gz` from the DrugBank open vocabulary (CC0 1.0).

    python tools/make_names.py drugbank_vocabulary.csv src/posolog/formulary/data

Kept: names and synonyms of one to three words, lower case, accents removed, five letters or more, forty
characters at most. Left out: the strings of `not_names.txt`, names with brackets, quotes or
commas (chemical nomenclature), and names whose every word is in `not_names.txt`. The output is sorted and carries
no time stamp, so that the same input gives the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
import unicodedata
from pathlib import Path

GOOD = re.compile(r"[a-z0-9][a-z0-9+./ -]*[a-z0-9]")
LETTERS = re.compile(r"[a-z]")
CHEMICAL = re.compile(r"^\d|\b[a-z]?\d+[a-z]?-[a-z]|-\d|\d-|\bd-|\bl-|[.+/]")


def folded(name: str) -> str:
    """Lower case, accents removed, single spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def wanted(name: str, banned: frozenset[str]) -> bool:
    """True for a name that may recognise an agent in prose."""
    words = name.split()
    return (
        len(name) <= 40
        and len(words) <= 3
        and len(LETTERS.findall(name)) >= 5
        and GOOD.fullmatch(name) is not None
        and (len(words) == 1 or CHEMICAL.search(name) is None)
        and not all(word in banned or word.isdigit() or len(word) < 3 for word in words)
    )


def names(vocabulary: Path, not_names: Path) -> list[str]:
    """Sorted names of the vocabulary that pass `wanted`."""
    lines = not_names.read_text(encoding="utf-8").splitlines()
    banned = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    found = set()
    with vocabulary.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row["Common name"], *row["Synonyms"].split(" | ")):
                if wanted(folded(name), banned):
                    found.add(folded(name))
    return sorted(found)


def main(vocabulary: str, data: str) -> None:
    """Write the list and say how long it is."""
    kept = names(Path(vocabulary), Path(data) / "not_names.txt")
    packed = gzip.compress("\n".join(kept).encode("ascii"), compresslevel=9, mtime=0)
    (Path(data) / "names.txt.gz").write_bytes(packed)
    print(f"{len(kept)} names, {len(packed)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
