"""Reading in bulk: the same rows for any number of processes, after a stop, after a kill, and with bad texts among them."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
import pyarrow.parquet as pq

from posolog.atlas import chunks as cutting
from posolog.atlas.build import build
from posolog.atlas.chunks import Chunk, read_chunk
from posolog.atlas.export import beside, export
from posolog.atlas.workers import run as in_processes
from posolog.cli.boundary import run

ROOT = Path(__file__).parents[2]
REGISTRY = ROOT / "examples" / "registry.jsonl"


def here(found):
    return ((chunk, read_chunk(chunk)) for chunk in found)


def corpus(folder: Path, count: int = 12) -> Path:
    """Texts like a registry's, every one different, with a line that is no JSON and one without text."""
    path = folder / "texts.jsonl"
    lines = [json.dumps({"nct_id": f"T{n}", "text": f"Busulfan {n} mg/kg IV on days -{n + 2} to -2."}) for n in range(1, count)]
    path.write_text("\n".join([*lines, "{broken", '{"nct_id": "EMPTY", "text": ""}']) + "\n", encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "ITEMS", 3)


def test_any_number_of_processes_gives_the_same_bytes(tmp_path: Path) -> None:
    source = str(corpus(tmp_path))
    one = build([source], tmp_path / "one", run=lambda found: in_processes(found, 1))
    build([source], tmp_path / "two", run=lambda found: in_processes(found, 2))
    build([source], tmp_path / "none", run=here)
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "none")
    assert (one.texts, one.statements, one.failed, len(one.parts)) == (11, 11, 1, 5)


def test_a_stopped_build_goes_on(tmp_path: Path) -> None:
    """Stopped after two parts: what was read stays, nothing is read twice, and the end is the same."""
    source = str(corpus(tmp_path))
    read: list[str] = []

    def stopping(found):
        for nth, chunk in enumerate(found):
            if nth == 2:
                raise KeyboardInterrupt
            yield chunk, read_chunk(chunk)

    def counting(found):
        for chunk in found:
            read.append(chunk.name)
            yield chunk, read_chunk(chunk)

    with pytest.raises(KeyboardInterrupt):
        build([source], tmp_path / "a", run=stopping)
    (tmp_path / "a" / "statements" / ".half.part").write_bytes(b"left by a kill")
    assert not (tmp_path / "a" / "atlas.json").exists()
    assert run(["atlas", "query", str(tmp_path / "a"), "busulfan"]) == 2
    resumed = build([source], tmp_path / "a", run=counting, resume=True)
    build([source], tmp_path / "b", run=here)
    assert (resumed.kept, len(read)) == (2, 3)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_changed_texts_are_read_again_and_others_kept(tmp_path: Path) -> None:
    source = corpus(tmp_path)
    build([str(source)], tmp_path / "a", run=here)
    source.write_text(source.read_text("utf-8").replace("Busulfan 1 mg/kg", "Melphalan 1 mg/kg"), encoding="utf-8")
    again = build([str(source)], tmp_path / "a", run=here, resume=True)
    assert again.kept == 4 and len(list((tmp_path / "a" / "statements").iterdir())) == 5


def test_a_folder_in_use_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "thesis.txt").write_text("mine")
    assert run(["atlas", "build", str(REGISTRY), "-o", str(tmp_path / "a")]) == 2
    assert "ATLAS-EXISTS" in capsys.readouterr().err
    assert (tmp_path / "a" / "thesis.txt").read_text() == "mine"


FATAL = """
import os, posolog.atlas.chunks as chunks
plain = chunks.read_item
def read_item(item, into):
    if b"T5" in item.data:
        os.kill(os.getpid(), 9)
    plain(item, into)
chunks.read_item = read_item
"""


def test_a_text_that_kills_its_process_is_listed_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workers are fresh processes: `sitecustomize` makes one text fatal in them, as a fault in a library would."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(FATAL)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'site'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    built = build([str(corpus(tmp_path))], tmp_path / "a", run=lambda found: in_processes(found, 2))
    assert (built.texts, built.failed) == (10, 2)
    found = [row for part in built.parts for row in pq.read_table(tmp_path / "a" / "findings" / f"{part}.parquet").to_pylist()]
    (lost,) = [row for row in found if row["code"] == "TEXT-FAILED"]
    assert lost["source"].endswith("texts.jsonl:5") and "SIGKILL" in lost["message"]


def test_a_fault_in_one_text_is_listed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError("deep")

    monkeypatch.setattr("posolog.atlas.rows.read_record", broken)
    built = build([str(REGISTRY)], tmp_path / "a", run=here)
    assert (built.texts, built.failed) == (0, 3)


def test_ctrl_c_leaves_no_process_and_no_half_file(tmp_path: Path) -> None:
    source = corpus(tmp_path, 900)
    out = tmp_path / "out.parquet"
    words = [sys.executable, "-m", "posolog", "read", str(source), "-o", str(out), "--jobs", "1"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True)
    parts = tmp_path / "out.parquet.parts" / "statements"
    deadline = time.monotonic() + 60
    while not (parts.is_dir() and list(parts.glob("part-*"))) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130 and "--resume" in said and "Traceback" not in said
    assert not out.exists() and list(parts.glob("part-*"))
    assert gone(process.pid)
    done = subprocess.run([*words, "--resume"], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "1 text could not be read" in done.stderr
    assert pq.read_metadata(out).num_rows == 899
    assert not (tmp_path / "out.parquet.parts").exists()


def gone(group: int) -> bool:
    """Whether every process of the group has ended, after a few seconds at most."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One table as the command writes it, and the same parts in the other two forms."""
    top = tmp_path_factory.mktemp("tables")
    assert run(["read", str(REGISTRY), "-o", str(top / "s.parquet"), "--jobs", "1"]) == 0
    built = build([str(REGISTRY)], top / "parts", run=here)
    for suffix in (".jsonl", ".csv"):
        export(top / "parts", "statements", built.parts, top / f"s{suffix}")
        export(top / "parts", "findings", built.parts, beside(top / f"s{suffix}"))
    return top


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl", ".csv"])
def test_a_table_of_every_kind(suffix: str, tables: Path) -> None:
    out = tables / f"s{suffix}"
    rows = {
        ".parquet": lambda: pq.read_table(out).to_pylist(),
        ".jsonl": lambda: [json.loads(line) for line in out.read_text("utf-8").splitlines()],
        ".csv": lambda: list(csv.DictReader(out.open(encoding="utf-8", newline=""))),
    }[suffix]()
    assert len(rows) == pq.read_metadata(tables / "s.parquet").num_rows > 30
    first = next(row for row in rows if row["agent"] == "thiotepa")
    assert (first["trial"], str(first["quote"])[:8]) == ("set-haplo", "Thiotepa")
    assert first["days"] == ("-13" if suffix == ".csv" else [-13])
    assert (tables / f"s.findings{suffix}").is_file()
    assert not (tables / "s.parquet.parts").exists()


def test_many_texts_need_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(ROOT / "examples"), "-o", str(tmp_path / "x.yaml")]) == 2
    assert "FILE-UNREADABLE" in capsys.readouterr().err
    assert run(["read", str(tmp_path / "none"), "-o", str(tmp_path / "x.csv")]) == 2
    assert run(["read", str(REGISTRY), "-o", str(tmp_path / "none" / "x.csv")]) == 2
    assert run(["atlas", "build", str(tmp_path), "-o", str(tmp_path / "a")]) == 2
    assert not (tmp_path / "a").exists()
    assert run(["atlas", "query", str(ROOT / "examples"), "busulfan"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_damaged_source_among_others(tmp_path: Path) -> None:
    """A gzip file that is cut off: its whole records are read, it is told, and the next source follows."""
    import gzip

    whole = corpus(tmp_path).read_bytes()
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(whole * 12)[:-60])
    built = build([str(tmp_path / "cut.jsonl.gz"), str(REGISTRY)], tmp_path / "a", run=here)
    assert [finding.code for finding in built.findings] == ["RECORD-UNREADABLE"]
    assert built.texts > 11


def test_chunk_names_follow_their_contents(tmp_path: Path) -> None:
    from posolog.records import Item

    one = Chunk(0, "k", (Item("a", "json", b"1"),))
    assert one.name == "part-000000-k"
    (first,), (other,) = (list(cutting.chunks(iter([Item("a", "json", data)]))) for data in (b"1", b"2"))
    assert first.key != other.key


@pytest.mark.parametrize("name", ["record.json", "record.xml"])
def test_a_record_at_the_command_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(ROOT / "examples" / name)
    assert run(["read", source, "--coverage"]) == 0
    out = capsys.readouterr().out
    assert "== arm: Globulin" in out and "read (names the arm)" in out
    assert run(["read", source, "--statements"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["field"] for row in rows} >= {"brief summary", "arm: Globulin", "intervention: Busulfan"}
    assert run(["check", source]) == 1
    assert "RECORD-DISAGREES" in capsys.readouterr().out
    assert run(["read", source, "-o", str(tmp_path / "draft.yaml")]) == 0
    assert run(["check", str(tmp_path / "draft.yaml")]) == 1
    assert "QUOTE-NOT-FOUND" not in capsys.readouterr().out
