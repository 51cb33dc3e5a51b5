"""The shape of the code: rooms import downwards only, functions and files stay short."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "posolog"
FILES = sorted(SRC.rglob("*.py"))
LONGEST_FUNCTION = 60
LONGEST_FILE = 600

Function = ast.FunctionDef | ast.AsyncFunctionDef


def rooms_in_contract() -> set[str]:
    """Every room that the import contract names, brackets taken off."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = [one for one in config["tool"]["importlinter"]["contracts"] if one["id"] == "rooms"]
    names = " ".join(contract["layers"]).replace("|", " ").replace(":", " ").split()
    return {name.strip("()") for name in names}


def functions(file: Path) -> Iterator[Function]:
    """The functions and methods of `file`, nested ones included."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), filename=str(file))):
        if isinstance(node, Function):
            yield node


def imported_modules(file: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that `file` imports, relative imports made absolute."""
    package = ("posolog", *file.relative_to(SRC).parent.parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), filename=str(file))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            yield node.lineno, ".".join((*base, *(node.module or "").split("."))).rstrip(".")


def test_rooms_import_only_from_rooms_below() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as f; f()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_room_stands_in_the_contract() -> None:
    packages = {path.parent.name for path in SRC.glob("*/__init__.py")}
    modules = {path.stem for path in SRC.glob("*.py") if not path.stem.startswith("_")}
    assert packages | modules <= rooms_in_contract()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SRC)))
def test_files_and_functions_stay_short(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{file}: {lines} lines"
    long = [
        f"{file}:{node.lineno}: {node.name} has {length} lines"
        for node in functions(file)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_core_imports_the_standard_library_only() -> None:
    foreign = [
        f"{file}:{line}: imports {name}"
        for file in sorted((SRC / "core").rglob("*.py"))
        for line, name in imported_modules(file)
        if name.split(".")[0] not in sys.stdlib_module_names
        and name != "posolog.core"
        and not name.startswith("posolog.core.")
    ]
    assert not foreign, "\n".join(foreign)


def test_the_package_itself_imports_nothing() -> None:
    """`import posolog` must stay instant: the command line pays for it at every start."""
    assert list(imported_modules(SRC / "__init__.py")) == []
