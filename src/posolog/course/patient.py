"""Read a patient file: YAML, one fact a line. Every fault is a finding with its line; nothing has a default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from posolog.core.finding import Finding, Place
from posolog.core.units import find_unit
from posolog.course.model import Patient, Vial
from posolog.course.moments import DEFAULT_ZONE, read_moment, zone_of
from posolog.course.numbers import amount, measure, number
from posolog.course.words import ask, stop

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

KEYS = {
    "patient": "ident", "ident": "ident", "weight": "weight_kg", "weight_kg": "weight_kg",
    "height": "height_cm", "height_cm": "height_cm", "sex": "sex", "birth": "birth", "age": "age_years",
    "age_years": "age_years", "site": "site", "rank": "rank_at_site", "rank_at_site": "rank_at_site",
    "facts": "facts", "vials": "vials",
}  # fmt: skip
VIAL_KEYS = ("ident", "agent", "activity", "volume", "calibrated", "day")
SEXES = {"m": "male", "male": "male", "f": "female", "female": "female"}


def load(path: str | Path, *, zone: str = DEFAULT_ZONE) -> tuple[Patient | None, tuple[Finding, ...]]:
    """The patient of a YAML file, and every fault found in it; None when the file cannot be read at all.

    Keys: patient, weight (kg), height (cm), sex, birth (ISO date), age (years), site, rank, facts, vials.
    A value with a fault is left out (None) and named by a finding; the rest is kept.
    """
    text, findings = read_text(path)
    if text is None:
        return None, findings
    return parse(text, name=str(path), zone=zone)


def read_text(path: str | Path) -> tuple[str | None, tuple[Finding, ...]]:
    """A file as UTF-8 text, or the finding that says why not."""
    where = Place("file", where=str(path))
    try:
        return Path(path).read_bytes().decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 text (byte {error.start + 1})"
        return None, (stop("FILE-NOT-UTF8", message, "save it as UTF-8", where),)
    except OSError as error:
        message = f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}"
        return None, (stop("FILE-UNREADABLE", message, "check the path and its permissions", where),)


def parse(
    text: str, *, name: str = "patient", zone: str = DEFAULT_ZONE
) -> tuple[Patient | None, tuple[Finding, ...]]:
    """As `load`, from the text itself; `name` is the file named in findings."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.nodes import MappingNode

    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else None
        message = f"{name} is not valid YAML: {error.problem or 'it cannot be parsed'}"
        place = Place("file", where=name, line=line)
        return None, (stop("PATIENT-YAML", message, "correct that line", place),)
    except YAMLError as error:
        message = f"{name} is not valid YAML: {error}"
        return None, (stop("PATIENT-YAML", message, "correct the file", Place("file", where=name)),)
    if not isinstance(root, MappingNode):
        message = f"{name} holds no patient: 'key: value' lines are expected"
        return None, (stop("PATIENT-YAML", message, "see examples/patient.yaml", Place("file", where=name)),)
    reader = _Reader(name, zone_of(zone))
    return reader.patient(root), tuple(reader.findings)


class _Reader:
    """Walks one document and collects its faults; values stay text until their field reads them."""

    def __init__(self, name: str, zone: ZoneInfo) -> None:
        self.name = name
        self.zone = zone
        self.findings: list[Finding] = []

    def patient(self, root: Node) -> Patient:
        values: dict[str, Any] = {}
        for key, node in self.pairs(root):
            field = KEYS.get(key)
            if field is None:
                self.unknown(key, node, KEYS)
            elif field in values:
                self.fault("PATIENT-KEY", f"{key!r} says again what is already said", node, "say it once")
            else:
                read = self.field(field, key, node)
                if read is not None:
                    values[field] = read
        if "ident" not in values:
            step = "add a line 'patient: CODE'"
            self.findings.append(
                ask("PATIENT-IDENT", f"{self.name} names no patient", step, Place("file", where=self.name))
            )
        return replace(Patient(values.pop("ident", "")), **values)

    def pairs(self, node: Node) -> list[tuple[str, Node]]:
        return [(str(key.value).strip(), value) for key, value in node.value]

    def field(self, field: str, key: str, node: Node) -> object:
        from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

        if field == "facts":
            if isinstance(node, MappingNode):
                return tuple((k, str(v.value)) for k, v in self.pairs(node) if isinstance(v, ScalarNode))
            self.fault("PATIENT-VALUE", "facts are 'name: value' lines", node, "indent them below facts")
        elif field == "vials":
            if isinstance(node, SequenceNode):
                return tuple(vial for item in node.value if (vial := self.vial(item)))
            self.fault("PATIENT-VALUE", "vials are a list", node, "begin each vial with a dash")
        elif not isinstance(node, ScalarNode):
            self.fault("PATIENT-VALUE", f"{key!r} holds more than one value", node, "write one value")
        elif str(node.value).strip() and not str(node.tag).endswith(":null"):
            try:
                return self.scalar(field, str(node.value))
            except ValueError as error:
                self.fault("PATIENT-VALUE", f"{key}: {error}", node, "correct the value")
        return None

    def scalar(self, field: str, text: str) -> object:
        if field == "weight_kg":
            return _positive(measure(text, "kg"))
        if field == "height_cm":
            return _positive(measure(text, "cm"))
        if field in ("age_years", "rank_at_site"):
            return _whole(text)
        if field == "sex":
            return _sex(text)
        if field == "birth":
            return _birth(text)
        return text.strip()

    def vial(self, node: Node) -> Vial | None:
        from ruamel.yaml.nodes import MappingNode

        if not isinstance(node, MappingNode):
            self.fault("VIAL-VALUE", "a vial is 'key: value' lines", node, "see examples/patient.yaml")
            return None
        values = {}
        for key, value in self.pairs(node):
            if key in VIAL_KEYS:
                values[key] = str(value.value)
            else:
                self.unknown(key, value, VIAL_KEYS)
        lacking = [key for key in ("ident", "agent", "activity", "calibrated") if not values.get(key)]
        if lacking:
            self.fault("VIAL-VALUE", f"a vial lacks {', '.join(lacking)}", node, "add what is missing")
            return None
        try:
            return self.whole_vial(values)
        except ValueError as error:
            self.fault("VIAL-VALUE", f"vial {values['ident']}: {error}", node, "correct the value")
            return None

    def whole_vial(self, values: dict[str, str]) -> Vial:
        activity = amount(values["activity"])
        if activity.unit.kind != "activity":
            raise ValueError(f"{values['activity']!r} is not an activity")
        volume = amount(values["volume"]) if values.get("volume") else None
        if volume is not None and volume.unit.kind != "volume":
            raise ValueError(f"{values['volume']!r} is not a volume")
        moment, timed = read_moment(values["calibrated"], self.zone)
        if not timed:
            raise ValueError("the calibration needs its hour: 2027-01-14T09:00+01:00 (hazard H13)")
        in_ml = _in(volume, "mL") if volume is not None else None
        day = values.get("day", "").strip()
        ident, agent = values["ident"].strip(), values["agent"].strip()
        return Vial(ident, agent, _in(activity, "MBq"), in_ml, moment, day)

    def unknown(self, key: str, node: Node, keys: Iterable[str]) -> None:
        known = ", ".join(keys)
        self.fault("PATIENT-KEY", f"{key!r} is not a key of a patient file", node, f"use one of {known}")

    def fault(self, code: str, message: str, node: Node, next_step: str) -> None:
        line = node.start_mark.line + 1
        words = str(node.value) if isinstance(node.value, str) else ""
        place = Place("line", words, self.name, line)
        self.findings.append(stop(code, f"{self.name}, line {line}: {message}", next_step, place, hazard="H17"))


def _in(value: Any, symbol: str) -> Decimal:
    unit = find_unit(symbol)
    assert unit is not None
    converted: Decimal = value.to(unit).value
    return converted


def _positive(value: Decimal) -> Decimal:
    if value <= 0:
        raise ValueError(f"{value} is not above zero")
    return value


def _whole(text: str) -> int:
    value = number(text.removesuffix("years").removesuffix("year"))
    if value != value.to_integral_value() or value < 0:
        raise ValueError(f"{text!r} is not a whole number")
    return int(value)


def _sex(text: str) -> str:
    sex = SEXES.get(text.strip().casefold())
    if sex is None:
        raise ValueError(f"{text!r} is neither male nor female")
    return sex


def _birth(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is not an ISO date (1981-05-02)") from None
