"""Reads the data files, once and only when asked for."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, cast

from .model import Agent, Companion, Limit, LimitKind, Nuclide, Regimen

if TYPE_CHECKING:
    from .model import Checked, Hardness, Kind


def read_bytes(name: str) -> bytes:
    """Content of one file under `data/`."""
    from importlib.resources import files

    return (files(__package__) / "data" / name).read_bytes()


def read_rows(name: str) -> list[dict[str, str]]:
    """Rows of one CSV file under `data/` (UTF-8, one header line)."""
    import csv

    return list(csv.DictReader(read_bytes(name).decode("utf-8").splitlines()))


def _parts(text: str, separator: str = ";") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(separator) if part.strip())


@cache
def all_agents() -> tuple[Agent, ...]:
    """Every agent of the formulary, in the order of the file."""
    beside: dict[str, list[str]] = {}
    for row in read_rows("companions.csv"):
        listed = beside.setdefault(row["inn"], [])
        if row["companion"] not in listed:
            listed.append(row["companion"])
    return tuple(
        Agent(
            inn=row["inn"],
            formulation=row["formulation"],
            kind=cast("Kind", row["kind"]),
            agent_class=row["class"],
            routes=_parts(row["routes"]),
            nuclide=row["nuclide"] or None,
            companion=tuple(beside.get(row["inn"], ())),
            weekly=bool(row["weekly"]),
            source=row["source"],
            checked=cast("Checked", row["checked"]),
        )
        for row in read_rows("agents.csv")
    )


@cache
def all_limits() -> tuple[Limit, ...]:
    """Every limit of the formulary."""
    return tuple(
        Limit(
            inn=row["inn"],
            formulation=row["formulation"],
            route=row["route"] or None,
            kind=cast("LimitKind", row["kind"]),
            value=Decimal(row["value"]),
            unit=row["unit"],
            hardness=cast("Hardness", row["hardness"]),
            source=row["source"],
            checked=cast("Checked", row["checked"]),
            hazards=_parts(row["hazard"], " "),
            note=row["note"],
        )
        for row in read_rows("limits.csv")
    )


@cache
def all_companions() -> tuple[Companion, ...]:
    """Every companion rule (H9)."""
    return tuple(
        Companion(
            inn=row["inn"],
            companion=row["companion"],
            when_kind=cast("LimitKind", row["when_kind"]),
            from_value=Decimal(row["from_value"]),
            from_unit=row["from_unit"],
            source=row["source"],
            checked=cast("Checked", row["checked"]),
            hazards=_parts(row["hazard"], " "),
            note=row["note"],
        )
        for row in read_rows("companions.csv")
    )


@cache
def all_nuclides() -> tuple[Nuclide, ...]:
    """Every radionuclide, half-lives as in ICRP Publication 107."""
    return tuple(
        Nuclide(
            name=row["nuclide"],
            element=row["element"],
            french=row["french"],
            half_life=Decimal(row["half_life"]),
            unit=row["unit"],
            half_life_h=float(row["half_life_h"]),
            main_emission=row["main_emission"],
            source=row["source"],
            checked=cast("Checked", row["checked"]),
        )
        for row in read_rows("nuclides.csv")
    )


@cache
def all_regimens() -> tuple[Regimen, ...]:
    """Every regimen acronym."""
    return tuple(
        Regimen(
            acronym=row["acronym"],
            components=_parts(row["components"]),
            optional=_parts(row["optional"]),
            also_written=_parts(row["also_written"]),
            source=row["source"],
            checked=cast("Checked", row["checked"]),
        )
        for row in read_rows("regimens.csv")
    )


@cache
def known_words() -> frozenset[str]:
    """Lower-case, accent-free names of agents of the open vocabulary, to recognise a word by.

    They say only "this is the name of some agent". Source: DrugBank open vocabulary (CC0), made by
    `tools/make_names.py`; ordinary words, units and names under five letters are left out.
    """
    import gzip

    return frozenset(gzip.decompress(read_bytes("names.txt.gz")).decode("ascii").splitlines())
