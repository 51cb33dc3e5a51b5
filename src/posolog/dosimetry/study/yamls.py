"""A YAML document as values that know their line; every fault is collected as a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from posolog.core.finding import Finding, Place, Refusal
from posolog.dosimetry.amounts import Amount, UnitError, read_amount
from posolog.dosimetry.say import stop


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and the line where it stands; `value` is text, a mapping or a list of entries."""

    value: object
    line: int

    @property
    def text(self) -> str:
        return self.value.strip() if isinstance(self.value, str) else ""

    @property
    def pairs(self) -> dict[str, Entry]:
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Entry]:
        return self.value if isinstance(self.value, list) else []


@dataclass(slots=True)
class Faults:
    """Collects findings about one file."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def add(
        self, code: str, message: str, next_step: str, line: int | None = None, *, words: str = "", hazard: str = ""
    ) -> None:
        where = f"{self.file}, line {line}: " if line else f"{self.file}: "
        place = Place("line" if line else "file", words, self.file, line)
        self.found.append(stop(code, where + message, next_step, place, hazard=hazard))

    def keys(self, entry: Entry, known: Iterable[str], what: str) -> dict[str, Entry]:
        """The pairs of a mapping; keys not known are named."""
        if not isinstance(entry.value, dict):
            self.add("RAD-VALUE", f"{what} is 'key: value' lines", "see docs: dosimetry", entry.line)
            return {}
        allowed = tuple(known)
        for key, value in entry.pairs.items():
            if key not in allowed:
                message = f"{key!r} is not a key of {what}"
                self.add("RAD-KEY", message, f"use one of {', '.join(allowed)}", value.line, words=key)
        return {key: value for key, value in entry.pairs.items() if key in allowed}

    def amount(self, entry: Entry | None, kind: str, what: str, *, positive: bool = True) -> Amount | None:
        """An amount, or None with a finding."""
        if entry is None:
            return None
        try:
            return read_amount(entry.text, kind, positive=positive)
        except ValueError as error:
            code = "RAD-UNIT" if isinstance(error, UnitError) else "RAD-MASS" if kind == "mass" else "RAD-VALUE"
            self.add(
                code, f"{what}: {error}", "write the number with its unit", entry.line, words=entry.text, hazard="H10"
            )
            return None

    def moment(self, text: str, zone: ZoneInfo | None, what: str, line: int) -> datetime | None:
        """An aware moment, or None with a finding: no zone, a clock change, or no time of day is never guessed."""
        try:
            at = datetime.fromisoformat(text.strip().replace(" ", "T", 1))
        except ValueError:
            step = "write 2027-01-14T10:00, the year first"
            self.add("RAD-CLOCK", f"{what}: {text!r} is no date and time", step, line, words=text, hazard="H13")
            return None
        if "T" not in text.strip().replace(" ", "T", 1):
            self.add(
                "RAD-CLOCK",
                f"{what}: {text!r} has no time of day",
                "add the hour: 2027-01-14T10:00",
                line,
                words=text,
                hazard="H13",
            )
            return None
        if at.tzinfo is not None:
            return at
        return self._local(at, zone, what, line)

    def _local(self, at: datetime, zone: ZoneInfo | None, what: str, line: int) -> datetime | None:
        words = at.isoformat(timespec="minutes")
        if zone is None:
            step = "add 'zone: Europe/Paris' to the head, or an offset to each time (+01:00)"
            self.add("RAD-ZONE", f"{what}: {words} has no time zone", step, line, words=words, hazard="H13")
            return None
        early, late = at.replace(tzinfo=zone, fold=0), at.replace(tzinfo=zone, fold=1)
        if early.utcoffset() != late.utcoffset():
            gap = (early.utcoffset() or timedelta()) < (late.utcoffset() or timedelta())
            said = "does not exist" if gap else "happened twice"
            message = f"{what}: {words} {said} in {zone.key}: the clock was changed"
            self.add("RAD-ZONE", message, "write the offset: +01:00 or +02:00", line, words=words, hazard="H13")
            return None
        return early


def load(path: Path) -> tuple[Entry, bytes]:
    """The document's top mapping and the file's bytes. *Raises:* Refusal."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    faults = Faults(str(path))
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
        node = YAML(typ="safe", pure=True).compose(text)
        if node is None:
            faults.add("RAD-FILE", "the file is empty", "see examples/dosimetry")
            raise Refusal(*faults.found)
        return _entry(node, faults), data
    except OSError as error:
        faults.add("RAD-FILE", f"cannot be read: {(error.strerror or 'unknown reason').lower()}", "check the path")
    except UnicodeDecodeError:
        faults.add("RAD-FILE", "is not UTF-8 text", "save it as UTF-8")
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        faults.add("RAD-FILE", f"is not YAML: {error.problem or 'it cannot be parsed'}", "correct that line", line)
    except (YAMLError, RecursionError) as error:
        faults.add("RAD-FILE", f"is not YAML: {str(error).splitlines()[0]}", "correct the file")
    raise Refusal(*faults.found)


def _entry(node: object, faults: Faults, depth: int = 0) -> Entry:
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    line = node.start_mark.line + 1  # type: ignore[attr-defined]
    if depth > 20:
        raise RecursionError("nested too deeply")
    if isinstance(node, MappingNode):
        made: dict[str, Entry] = {}
        for key, value in node.value:
            name = str(key.value).strip()
            if name in made:
                faults.add("RAD-KEY", f"{name!r} stands twice", "say it once", key.start_mark.line + 1, words=name)
                raise Refusal(*faults.found)
            made[name] = _entry(value, faults, depth + 1)
        return Entry(made, line)
    if isinstance(node, SequenceNode):
        return Entry([_entry(item, faults, depth + 1) for item in node.value], line)
    return Entry("" if str(node.tag).endswith(":null") else str(node.value), line)  # type: ignore[attr-defined]
