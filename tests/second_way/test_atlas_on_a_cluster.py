"""A real Dask cluster of a scheduler and two worker processes, one of them killed on the way: the same bytes as alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

from posolog.atlas import chunks as cutting
from posolog.atlas import cluster
from posolog.atlas.build import build
from posolog.atlas.chunks import read_chunk
from posolog.core.finding import Refusal


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The scheduler's address and the two workers."""
    file = tmp_path / "scheduler.json"
    where = ["--scheduler-file", str(file), "--no-dashboard"]
    words = [["dask_scheduler", "--port", "0", "--host", "127.0.0.1", *where]]
    words += [["dask_worker", "--no-nanny", "--nthreads", "1", "--local-directory", str(tmp_path / f"w{n}"), *where] for n in (1, 2)]
    started = [
        subprocess.Popen([sys.executable, "-m", f"distributed.cli.{one[0]}", *one[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for one in words
    ]
    try:
        deadline = time.monotonic() + 60
        while not (file.exists() and file.read_text().endswith("}")) and time.monotonic() < deadline:
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        wait_for_workers(address, 2)
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def wait_for_workers(address: str, number: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=60)


def corpus(folder: Path) -> str:
    lines = [json.dumps({"nct_id": f"T{n}", "text": f"Busulfan {n} mg/kg IV on days -{n + 2} to -2."}) for n in range(1, 81)]
    (folder / "texts.jsonl").write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    return str(folder / "texts.jsonl")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_worker_killed_on_the_way_changes_nothing(
    dask: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "ITEMS", 2)
    address, workers = dask
    source = corpus(tmp_path)
    done: list[str] = []

    def kill_one(chunk: cutting.Chunk, kept: bool) -> None:
        done.append(chunk.name)
        if len(done) == 5:
            os.kill(workers[0].pid, signal.SIGKILL)

    together = build([source], tmp_path / "cluster", run=cluster.on_cluster(address), seen=kill_one)
    assert workers[0].wait(10) == -signal.SIGKILL and workers[1].poll() is None
    alone = build([source], tmp_path / "alone", run=lambda found: ((c, read_chunk(c)) for c in found))
    assert len(done) == len(together.parts) == 41 and together.statements == 80
    assert contents(tmp_path / "cluster") == contents(tmp_path / "alone")
    assert (together.texts, together.failed) == (alone.texts, alone.failed) == (80, 1)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "http://x:1"])
def test_no_scheduler_at_the_address(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", "1s")
    with pytest.raises(Refusal) as refused:
        build([corpus(tmp_path)], tmp_path / "a", run=cluster.on_cluster(address))
    assert refused.value.findings[0].code == "CLUSTER-UNREACHABLE"


def test_a_text_that_ends_every_worker_is_listed(tmp_path: Path) -> None:
    """The scheduler gives up on a chunk after several workers: its texts are read one by one, the fatal one is listed."""
    from distributed import KilledWorker

    class Future:
        def __init__(self, chunk: cutting.Chunk) -> None:
            self.chunk = chunk

        def result(self) -> cutting.Part:
            if any(b"T2" in item.data for item in self.chunk.items):
                raise KilledWorker("task", None, 3)
            return read_chunk(self.chunk)

    class Client:
        def submit(self, _: object, chunk: cutting.Chunk, **__: object) -> Future:
            return Future(chunk)

    items = tuple(cutting.Item(f"x:{n}", "json", json.dumps({"nct_id": f"T{n}", "text": "Busulfan 1 mg."}).encode()) for n in (1, 2, 3))
    chunk = cutting.Chunk(0, "k", items)
    part = cluster._part(Client(), Future(chunk), chunk)
    assert (part.texts, part.failed) == (2, 1)
