"""What a user installs may be used, changed and passed on freely: no copyleft in the run-time set."""

import re
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.markers import Marker

ROOT = Path(__file__).parents[2]
LOCKED = re.findall(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+))?",
    (ROOT / "requirements.lock").read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU\b.*\bGENERAL PUBLIC|\bAffero\b", re.IGNORECASE)


def installed_here(marker: str) -> bool:
    """Whether this interpreter is one that the lock line's marker asks for."""
    return not marker or Marker(marker.strip()).evaluate()


HERE = [(name, version) for name, version, marker in LOCKED if installed_here(marker)]


def licences(found: Distribution) -> list[str]:
    """What a distribution says of its licence: SPDX expression, short field, classifiers."""
    data = found.metadata
    fields = [*data.get_all("License-Expression", []), *data.get_all("License", [])]
    short = [field.strip().splitlines()[0] for field in fields if field.strip()]
    return short + [c for c in data.get_all("Classifier", []) if c.startswith("License ::")]


def test_the_lock_file_was_read() -> None:
    names = {name for name, _ in HERE}
    assert {"click", "icalendar", "jinja2", "ruamel-yaml", "tzdata"} <= names


@pytest.mark.parametrize(("name", "version"), HERE, ids=[name for name, _ in HERE])
def test_run_time_licence_is_permissive(name: str, version: str) -> None:
    found = distribution(name)
    assert found.version == version, f"{name} {found.version} is installed, {version} is locked"
    said = licences(found)
    assert said, f"{name} states no licence"
    assert not [text for text in said if COPYLEFT.search(text)], f"{name}: {said}"


def direct_dependencies() -> set[str]:
    """What pyproject.toml asks for by name: at run time, as an extra, to build and to develop."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = config["project"]
    extras = project["optional-dependencies"].values()
    groups = [project["dependencies"], *extras, *config["dependency-groups"].values()]
    asked = [entry for group in groups for entry in group if isinstance(entry, str)]
    return {re.split(r"[<>=~! \[]", entry)[0].lower() for entry in asked} - {project["name"]}


def test_every_dependency_is_justified() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) \| ([\w.-][^|]+) \| (\w[^|]+) \|$", page, flags=re.MULTILINE)
    names = {name.lower() for name, _licence, _why in rows} - {"package"}
    assert names == direct_dependencies()
