"""PDF by a browser: a stand-in browser shows what is asked of it; a real one, where installed, makes a real page."""

import shutil
import stat
from pathlib import Path

import pytest

from posolog.core.finding import Refusal
from posolog.report.pdf import BROWSERS, to_pdf

PAGE = "<!doctype html><title>t</title><p>vincristine 2 mg</p>"


def stand_in(folder: Path, body: str) -> str:
    program = folder / "browser"
    program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


COPY = """
for word in "$@"; do case "$word" in
  --print-to-pdf=*) out="${word#--print-to-pdf=}";;
  file://*) page="${word#file://}";;
esac; done
{ printf '%%PDF-1.7\\n'; cat "$page"; } > "$out"
"""


def test_the_page_is_given_to_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSOLOG_BROWSER", stand_in(tmp_path, COPY))
    assert to_pdf(PAGE) == b"%PDF-1.7\n" + PAGE.encode()


@pytest.mark.parametrize("body", ["echo broken >&2; exit 3", "exit 0", COPY.replace("%%PDF", "no pdf")])
def test_a_browser_that_fails_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    monkeypatch.setenv("POSOLOG_BROWSER", stand_in(tmp_path, body))
    with pytest.raises(Refusal, match="made no PDF"):
        to_pdf(PAGE)


def test_no_browser_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSOLOG_BROWSER", "no-such-browser")
    with pytest.raises(Refusal) as refused:
        to_pdf(PAGE)
    assert refused.value.findings[0].code == "PDF-BROWSER"


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no browser: `make e2e` installs one")
def test_a_real_browser_makes_a_pdf() -> None:
    first = to_pdf(PAGE)
    assert first.startswith(b"%PDF-") and to_pdf(PAGE) == first
