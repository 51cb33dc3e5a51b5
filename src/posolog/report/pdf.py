"""A page as PDF: the page's own print style, laid out by a browser that is on the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from posolog.core.finding import Finding, Refusal, Severity

# In the order of preference; POSOLOG_BROWSER names another one.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
# No network, no first-run pages, nothing kept: the page is self-contained.
FLAGS = (
    *("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--no-pdf-header-footer", "--generate-pdf-document-outline"),
)
TIMEOUT_S = 120
# Blanked, not cut: the file's own table of offsets stays right, and the same page gives the same bytes.
_DATES = re.compile(rb"/(?:CreationDate|ModDate) ?\(D:[^)]*\)")


def to_pdf(html: str) -> bytes:
    """The PDF of a self-contained page.

    *Raises:* Refusal `PDF-BROWSER` when no Chromium-like browser is found, or when it fails.
    """
    browser = _browser()
    with tempfile.TemporaryDirectory(prefix="posolog-pdf-") as folder:
        page, out = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8")
        said = _run([browser, *FLAGS, *_sandbox(), f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}",
                     page.as_uri()])  # fmt: skip
        if not out.is_file() or not (data := out.read_bytes()).startswith(b"%PDF-"):
            last = said.strip().splitlines()[-1:] or ["it wrote nothing"]
            raise _refusal(f"{browser!r} made no PDF: {last[0]}")
        return _DATES.sub(lambda found: b" " * len(found[0]), data)


def _browser() -> str:
    named = os.environ.get("POSOLOG_BROWSER")
    found = next(filter(None, map(shutil.which, (named,) if named else BROWSERS)), None)
    if found is None:
        raise _refusal(f"the browser {named!r} is not there" if named else "no browser was found to lay out the PDF")
    return found


def _sandbox() -> tuple[str, ...]:
    """A browser refuses to start its sandbox as root, as in most containers."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise _refusal(f"{command[0]!r} did not end within {TIMEOUT_S} s") from error
    except OSError as error:
        raise _refusal(f"{command[0]!r} cannot be run: {error.strerror}") from error
    return done.stderr.decode("utf-8", "replace")


def _refusal(message: str) -> Refusal:
    step = "Install Chromium (or name a browser in POSOLOG_BROWSER), or write .html and print it."
    return Refusal(Finding(code="PDF-BROWSER", severity=Severity.STOP, message=message, next_step=step, places=()))
