"""Read a dosimetry file: a YAML head, and the CSV tables that it names. What is wrong is a finding, never a guess."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from posolog.core.finding import Finding, Refusal
from posolog.dosimetry.amounts import Amount
from posolog.dosimetry.constants import NUCLIDES, Nuclide
from posolog.dosimetry.say import ask
from posolog.dosimetry.study import injections, regions, rows, settings
from posolog.dosimetry.study.model import Recovery, Row, Study, SValue
from posolog.dosimetry.study.yamls import Entry, Faults, load

KEYS = (
    "dosimetry", "patient", "sex", "zone", "measured", "therapy", "decay reference", "haematocrit", "marrow blasts",
    "marrow method", "marrow absorbed fraction", "half-lives", "injections", "calibration", "well counter", "planar",
    "regions", "recovery", "measurements", "planar counts", "tissues", "limits", "between injections",
    "after second injection", "S values", "criterion",
)  # fmt: skip
HALF_LIFE_TOLERANCE = 0.002


@dataclass(slots=True)
class _Files:
    """The bytes of everything read, in order, for the hash of the inputs."""

    folder: Path
    seen: list[bytes]

    def path(self, name: str) -> Path:
        return self.folder / name


def read_study(path: str | Path) -> tuple[Study, tuple[Finding, ...]]:
    """The study of a file, and findings that leave it usable. *Raises:* Refusal with every stop finding."""
    head, data = load(Path(path))
    faults = Faults(str(path))
    files = _Files(Path(path).parent, [data])
    entries = faults.keys(head, KEYS, "a dosimetry file")
    study, notes = _study(entries, faults, files)
    if faults.found or study is None:
        raise Refusal(*dict.fromkeys(faults.found))
    digest = sha256(b"\0".join(files.seen)).hexdigest()[:16]
    return replace(study, inputs_hash=digest), tuple(notes)


def _study(e: dict[str, Entry], faults: Faults, files: _Files) -> tuple[Study | None, list[Finding]]:
    needed: tuple[str, ...] = ("patient", "measured", "therapy", "injections", "regions")
    for key in needed:
        if key not in e:
            faults.add("RAD-KEY", f"{key!r} is missing", f"add a line '{key}: ...'")
    if not {"measurements", "planar counts"} & set(e):
        faults.add(
            "RAD-KEY", "no measurements are named", "add 'measurements: points.csv' or 'planar counts: planar.csv'"
        )
    notes: list[Finding] = []
    zone = _zone(e.get("zone"), faults)
    halves = _half_lives(e.get("half-lives"), faults, notes)
    nuclides = [_nuclide(e.get(key), key, halves, faults) for key in ("measured", "therapy")]
    if faults.found and (None in nuclides or any(key not in e for key in needed)):
        return None, notes
    measured, therapy = nuclides
    assert measured is not None and therapy is not None
    if therapy.beta_mev is None:
        faults.add(
            "RAD-NUCLIDE",
            f"the dose of {therapy.name} cannot be computed here: no beta spectrum of it is shipped",
            "use therapy: 90Y",
            e["therapy"].line,
        )
    known = {nuclide.name: nuclide for nuclide in (measured, therapy)}
    made = Study(
        title=e["dosimetry"].text if "dosimetry" in e else "",
        patient=e["patient"].text,
        sex=settings.choice(
            e.get("sex"), {"male": "male", "m": "male", "female": "female", "f": "female"}, "sex", faults
        ),
        measured=measured,
        therapy=therapy,
        injections=injections.read(e["injections"], known, zone, faults),
        regions=regions.read(e["regions"], faults),
        rows=_rows(e, zone, files, faults),
    )
    return _completed(made, e, files, faults), notes


def _completed(study: Study, e: dict[str, Entry], files: _Files, faults: Faults) -> Study:
    fraction = e.get("marrow absorbed fraction")
    shared = settings.share(e.get("between injections"), "between injections", faults)
    blasts = e.get("limits", Entry({}, 0)).pairs.get("marrow blasts")
    blast_limit = settings.share(blasts, "limit of marrow blasts", faults)
    return replace(
        study,
        haematocrit=settings.haematocrit(e.get("haematocrit"), "haematocrit", faults),
        marrow_blasts=settings.share(e.get("marrow blasts"), "marrow blasts", faults),
        marrow_method=settings.choice(
            e.get("marrow method"), {"blood": "blood", "image": "image"}, "marrow method", faults
        ),
        marrow_fraction=settings.fraction(fraction, faults),
        cameras=regions.cameras(e.get("calibration"), faults),
        well_counter=faults.amount(e.get("well counter"), "counter", "well counter"),
        planar=settings.planar(e.get("planar"), faults),
        recovery=_recovery(e.get("recovery"), files, faults),
        tissues=settings.tissues(e.get("tissues"), faults),
        limits=settings.limits(e.get("limits"), faults),
        blast_limit=blast_limit.value if blast_limit else None,
        between_injections=shared.value if shared else None,
        after_second=settings.choice(
            e.get("after second injection"),
            {"superposition": "superposition", "cut": "cut"},
            "after second injection",
            faults,
        )
        or "superposition",
        s_values=_s_values(e.get("S values"), files, faults),
        criterion=settings.choice(e.get("criterion"), {"aic": "aic", "aicc": "aicc"}, "criterion", faults) or "aic",
    )


def _zone(entry: Entry | None, faults: Faults) -> ZoneInfo | None:
    if entry is None:
        return None
    try:
        return ZoneInfo(entry.text)
    except (KeyError, ValueError, OSError):
        faults.add(
            "RAD-ZONE",
            f"{entry.text!r} is no time zone",
            "write a name such as Europe/Paris",
            entry.line,
            words=entry.text,
        )
        return None


def _half_lives(entry: Entry | None, faults: Faults, notes: list[Finding]) -> dict[str, Amount]:
    """Half-lives that replace the shipped ones; another nuclide's half-life is refused."""
    made: dict[str, Amount] = {}
    for name, value in (entry.pairs if entry else {}).items():
        amount = faults.amount(value, "time", f"half-life of {name}")
        if amount is None:
            continue
        known = NUCLIDES.get(name)
        if known is None:
            faults.add(
                "RAD-NUCLIDE", f"{name!r} is not a nuclide of this room", f"use {', '.join(NUCLIDES)}", value.line
            )
        elif abs(amount.value / known.half_life_h - 1) > HALF_LIFE_TOLERANCE:
            message = f"a half-life of {amount.words} is not that of {name} ({known.half_life_h} h, {known.source})"
            faults.add("RAD-NUCLIDE", message, "correct the half-life or the nuclide", value.line, words=amount.words)
        else:
            made[name] = amount
            notes.append(ask(
                "RAD-HALF-LIFE", f"{name}: half-life {amount.words} replaces {known.half_life_h} h ({known.source})",
                "confirm it, or take the line out",
            ))  # fmt: skip
    return made


def _nuclide(entry: Entry | None, key: str, halves: dict[str, Amount], faults: Faults) -> Nuclide | None:
    if entry is None:
        return None
    found = NUCLIDES.get(entry.text)
    if found is None:
        faults.add(
            "RAD-NUCLIDE",
            f"{key}: {entry.text!r} is not a nuclide of this room",
            f"use {', '.join(NUCLIDES)}",
            entry.line,
            words=entry.text,
        )
        return None
    own = halves.get(found.name)
    return replace(found, half_life_h=own.value, source="the dosimetry file") if own else found


def _rows(e: dict[str, Entry], zone: ZoneInfo | None, files: _Files, faults: Faults) -> tuple[Row, ...]:
    made: list[Row] = []
    reference = e["decay reference"].text if "decay reference" in e else ""
    needed: tuple[str, ...]
    if "measurements" in e:
        needed = ("region", "time", "quantity", "value", "unit")
        sheet, data = rows.read_sheet(files.path(e["measurements"].text), rows.TIDY, needed, faults)
        files.seen.append(data)
        made += rows.tidy_rows(sheet, zone, reference, faults) if sheet else []
    if "planar counts" in e:
        needed = ("region", "time", "anterior_cps", "posterior_cps")
        sheet, data = rows.read_sheet(files.path(e["planar counts"].text), rows.PLANAR, needed, faults)
        files.seen.append(data)
        made += rows.planar_rows(sheet, zone, faults) if sheet else []
    return tuple(made)


def _recovery(entry: Entry | None, files: _Files, faults: Faults) -> Recovery | None:
    if entry is None:
        return None
    sheet, data = rows.read_sheet(
        files.path(entry.text), ("volume_ml", "coefficient", "u"), ("volume_ml", "coefficient", "u"), faults
    )
    files.seen.append(data)
    return rows.recovery_table(sheet, faults) if sheet else None


def _s_values(entry: Entry | None, files: _Files, faults: Faults) -> tuple[SValue, ...]:
    if entry is None:
        return ()
    columns = ("target", "source", "nuclide", "value", "unit")
    sheet, data = rows.read_sheet(files.path(entry.text), columns, columns, faults)
    files.seen.append(data)
    return rows.s_table(sheet, faults) if sheet else ()
