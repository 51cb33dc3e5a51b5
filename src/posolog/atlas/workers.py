"""Worker processes with one chunk each. A worker that dies is replaced; the text that kills it twice is listed."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from posolog.atlas.chunks import Chunk, Part, read_chunk
from posolog.core.finding import Finding, Refusal, Severity

SLOWEST = 120.0  # seconds that one text may take; the slowest text of 9,243 takes less than one


@dataclass(slots=True)
class _Task:
    chunk: Chunk
    skip: dict[int, str] = field(default_factory=dict)
    fell: dict[int, int] = field(default_factory=dict)  # item -> how often a worker died on it


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: _Task
    item: int = -1  # none yet
    since: float = 0.0


def run(chunks: Iterator[Chunk], jobs: int) -> Iterator[tuple[Chunk, Part]]:
    """Chunks and what was read in them, as they are done. At most one chunk a worker is in memory."""
    context = get_context("spawn")
    workers: list[_Worker] = []
    waiting: list[_Task] = []

    def start(task: _Task) -> None:
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there,), daemon=True)
        process.start()
        there.close()
        workers.append(_Worker(process, here, task))
        _give(workers[-1], task)

    try:
        while True:
            while len(workers) < jobs and (task := waiting.pop() if waiting else _next(chunks)) is not None:
                start(task)
            if not workers:
                return
            for worker in _ready(workers):
                done = _hear(worker)
                if isinstance(done, Part):
                    yield worker.task.chunk, done
                    task = waiting.pop() if waiting else _next(chunks)
                    if task is None:
                        _end(worker)
                        workers.remove(worker)
                    else:
                        _give(worker, task)
                elif done is not None:
                    workers.remove(worker)
                    waiting.append(_fallen(worker, done))
    finally:
        for worker in workers:
            _end(worker)


def _next(chunks: Iterator[Chunk]) -> _Task | None:
    chunk = next(chunks, None)
    return None if chunk is None else _Task(chunk)


def _give(worker: _Worker, task: _Task) -> None:
    worker.task, worker.item, worker.since = task, -1, time.monotonic()
    with suppress(OSError):  # it died meanwhile, which `_hear` tells
        worker.pipe.send((task.chunk, task.skip))


def _ready(workers: list[_Worker]) -> list[_Worker]:
    """Workers with something to say, dead ones and those that take too long for one text."""
    heard = wait([one for worker in workers for one in (worker.pipe, worker.process.sentinel)], timeout=1.0)
    late = time.monotonic() - SLOWEST
    return [w for w in workers if w.pipe in heard or w.process.sentinel in heard or w.since < late]


def _hear(worker: _Worker) -> Part | str | None:
    """A part, the reason why the worker fell, or None where it goes on."""
    try:
        while worker.pipe.poll():
            said = worker.pipe.recv()
            if isinstance(said, Part):
                return said
            worker.item, worker.since = said, time.monotonic()
    except (EOFError, OSError):
        worker.process.join(5)
        code = worker.process.exitcode
        return f"the reading process ended ({_signal(code)})"
    if worker.since < time.monotonic() - SLOWEST:
        worker.process.kill()
        return f"it took longer than {SLOWEST:.0f} seconds"
    return None


def _signal(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"status {code}"


def _fallen(worker: _Worker, reason: str) -> _Task:
    """The chunk again; an item that a worker fell on twice is left out of it, with the reason."""
    _end(worker)
    task, item = worker.task, worker.item
    task.fell[item] = task.fell.get(item, 0) + 1
    if item < 0 and task.fell[item] > 2:
        message = f"the reading processes end before they read anything: {reason}"
        step = "Read one text by itself to see why; memory or process limits are common reasons."
        raise Refusal(Finding("WORKER-FAILED", Severity.STOP, message, step))
    if item >= 0 and task.fell[item] > 1:
        task.skip[item] = reason
    return task


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _serve(pipe: Connection) -> None:
    """A worker: chunks in, parts out, until the pipe closes. Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            chunk, skip = pipe.recv()
            pipe.send(read_chunk(chunk, skip, at=pipe.send))
        except (EOFError, OSError):
            return
