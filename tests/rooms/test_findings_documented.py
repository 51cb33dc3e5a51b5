"""Every finding code in the source has a page in docs/findings, and every page a code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "findings"
HYPHENATED = re.compile(r"[A-Z][A-Z0-9]+(-[A-Z0-9]+)+")
CODE = re.compile(r"[A-Z][A-Z0-9]+(-[A-Z0-9]+)*")
NOT_CODES = {"UTF-8", "ISO-8601", "SHA-256", "US-ASCII", "G-CSF", "RFC-5545"}
MAKERS = {"Finding", "stop", "ask", "note", "make", "_stop", "refusal", "fault", "add", "fail"}
FREE_TEXT = {"formulary"}  # a room of names and lists: only calls count there


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def codes_in(file: Path) -> Iterator[str]:
    """Codes given to a finding's maker, and every other string of the shape WORD-WORD."""
    free = file.relative_to(ROOT / "src" / "posolog").parts[0] in FREE_TEXT
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), filename=str(file))):
        if isinstance(node, ast.Call) and name_of(node.func) in MAKERS:
            given = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "code")]
            words = [a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            yield from (word for word in words if CODE.fullmatch(word) and len(word) > 4)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not free:
            yield from (word for word in [node.value] if HYPHENATED.fullmatch(word))


CODES = sorted({c for f in (ROOT / "src" / "posolog").rglob("*.py") for c in codes_in(f)} - NOT_CODES)
LISTED = sorted(page.stem for page in PAGES.glob("*.md") if page.stem != "index")


def test_codes_were_found() -> None:
    assert {"REST-GAP", "PRODUCT", "TRANSLATION", "DOSE-BASIS", "YAML-BROKEN"} <= set(CODES)
    assert len(CODES) > 100


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_page(code: str) -> None:
    page = PAGES / f"{code}.md"
    assert page.is_file(), f"write docs/findings/{code}.md: what it means, an example, what to do"
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {code}\n")
    assert "what to do" in text.lower(), f"{page.name} does not say what to do"


def test_no_page_without_a_code() -> None:
    assert sorted(set(LISTED) - set(CODES)) == []


def test_the_index_lists_every_page() -> None:
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    missing = [code for code in LISTED if f"[{code}]({code}.md)" not in index]
    assert not missing, f"add a row to docs/findings/index.md for {', '.join(missing)}"
