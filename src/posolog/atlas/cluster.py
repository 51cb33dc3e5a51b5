"""The same chunks on a Dask cluster. Workers send parts back, this process writes them: no shared disk is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from posolog.atlas.chunks import Chunk, Part, read_chunk
from posolog.core.finding import Finding, Place, Refusal, Severity

AHEAD = 3  # chunks in flight for each thread of the cluster
PATIENCE = "30s"


def on_cluster(address: str) -> Any:
    """A `run` for `build`: chunks go to the scheduler at `address`. *Raises:* Refusal: CLUSTER-UNREACHABLE."""

    def run(chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, Part]]:
        import distributed

        make: Any = distributed.Client
        try:
            client = make(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise _unreachable(address, str(error)) from None
        with client:
            yield from _through(client, chunks)

    return run


def _through(client: Any, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, Part]]:
    """Parts as they are done; a worker that dies gives its chunks to the others."""
    import distributed

    threads = max(1, sum(client.nthreads().values()))
    flying: dict[Any, Chunk] = {}
    done: Any = distributed.as_completed([], loop=client.loop)  # type: ignore[no-untyped-call]

    def send() -> None:
        chunk = next(chunks, None)
        if chunk is not None:
            future = client.submit(read_chunk, chunk, key=f"posolog-{chunk.name}", pure=False)
            flying[future] = chunk
            done.add(future)

    for _ in range(AHEAD * threads):
        send()
    while flying:
        future = next(done)
        chunk = flying.pop(future)
        yield chunk, _part(client, future, chunk)
        future.release()
        send()


def _part(client: Any, future: Any, chunk: Chunk) -> Part:
    """The chunk's part. One that killed several workers is read again text by text, and the fatal texts are listed."""
    from distributed import KilledWorker

    try:
        part = future.result()
        assert isinstance(part, Part)
        return part
    except KilledWorker:
        skip = {}
        for nth, item in enumerate(chunk.items):
            try:
                client.submit(read_chunk, Chunk(nth, chunk.key, (item,)), pure=False).result()
            except KilledWorker:
                skip[nth] = "the reading process ended on every worker that tried"
        return read_chunk(chunk, skip)


def _unreachable(address: str, reason: str) -> Refusal:
    message = f"no Dask scheduler answers at {address!r}: {reason}"
    step = "Start one (dask scheduler, dask worker ADDRESS) and name its address: tcp://host:8786."
    return Refusal(Finding("CLUSTER-UNREACHABLE", Severity.STOP, message, step, (Place("cluster", address),)))
