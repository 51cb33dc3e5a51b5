"""The work cut into chunks that are named after what is in them: the same input gives the same part files, anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from posolog.atlas.rows import Rows, failed, read_item, reader_version
from posolog.core.finding import Finding, Refusal
from posolog.records import Item, items

ITEMS, BYTES = 200, 1 << 20  # a chunk ends at whichever comes first


@dataclass(frozen=True, slots=True)
class Chunk:
    """`index` counts from 0 in input order; `key` is a digest of the items and of the reader."""

    index: int
    key: str
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        return f"part-{self.index:06d}-{self.key}"


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk read: each table as Parquet bytes, and how many rows each holds."""

    tables: dict[str, bytes]
    texts: int
    statements: int
    failed: int


def chunks(found: Iterable[Item]) -> Iterator[Chunk]:
    """Items in chunks, in order; only one chunk is in memory at a time."""
    held: list[Item] = []
    size, index = 0, 0
    for item in found:
        held.append(item)
        size += len(item.data)
        if len(held) >= ITEMS or size >= BYTES:
            yield _chunk(index, held)
            held, size, index = [], 0, index + 1
    if held:
        yield _chunk(index, held)


def _chunk(index: int, held: list[Item]) -> Chunk:
    digest = hashlib.sha256(reader_version().encode())
    for item in held:
        digest.update(f"\0{item.where}\0{item.kind}\0{len(item.data)}\0".encode())
        digest.update(item.data)
    return Chunk(index, digest.hexdigest()[:12], tuple(held))


def of_sources(sources: Iterable[str], refused: list[Finding]) -> Iterator[Item]:
    """The items of every source; a file that cannot be read to its end is told in `refused`, and the next follows."""
    for source in sources:
        try:
            yield from items(source)
        except Refusal as refusal:
            refused += refusal.findings


def read_chunk(chunk: Chunk, skip: dict[int, str] | None = None, at: Callable[[int], None] | None = None) -> Part:
    """Read a chunk; `skip` lists items not to be read, with the reason; `at` is told which item comes next."""
    from posolog.atlas.tables import SCHEMAS, to_parquet

    rows = Rows()
    for nth, item in enumerate(chunk.items):
        if at is not None:
            at(nth)
        if skip and nth in skip:
            failed(item, skip[nth], rows)
        else:
            read_item(item, rows)
    tables = {name: to_parquet(getattr(rows, name), schema) for name, schema in SCHEMAS.items()}
    lost = sum(row["code"] in ("TEXT-FAILED", "RECORD-UNREADABLE") for row in rows.findings)
    return Part(tables, len(rows.texts), len(rows.statements), lost)
