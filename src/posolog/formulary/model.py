"""What the formulary knows, as plain frozen data. Every row names the source it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from posolog.core.routes import ROUTES as LINE_ROUTES

How = Literal["inn", "synonym", "radiolabelled", "vocabulary", "stem", "code", "unknown"]
Kind = Literal["drug", "antibody", "radiopharmaceutical", "cells", "radiation"]
LimitKind = Literal["per_dose", "per_day", "per_week", "per_course", "lifetime"]
Hardness = Literal["hard", "soft"]
Checked = Literal["read", "name", "route", "unverified"]

ROUTES: tuple[str, ...] = (*LINE_ROUTES, "other")


@dataclass(frozen=True, slots=True)
class Agent:
    """One product as INN + formulation: the liposomal form is another agent (H12).

    `routes` are the permitted routes; `companion` the agents that high doses call for (when: see
    `companions`); `weekly` says that by mouth this is a once-a-week drug (H11). `checked` tells
    what was read in `source`: "name" only the name, "route" the routes, "read" the whole row,
    "unverified" nothing.
    """

    inn: str
    formulation: str
    kind: Kind
    agent_class: str
    routes: tuple[str, ...]
    nuclide: str | None
    companion: tuple[str, ...]
    weekly: bool
    source: str
    checked: Checked = "unverified"

    @property
    def name(self) -> str:
        """INN, with the formulation in brackets where there is one."""
        return f"{self.inn} ({self.formulation})" if self.formulation else self.inn


@dataclass(frozen=True, slots=True)
class Match:
    """What a name may mean: no agent (unknown), one (found) or several (ambiguous: ask).

    `matched` is the listed name that answered. `how` tells by which road; "vocabulary", "stem" and
    "code" recognise a word as the name of some agent that the formulary does not hold.
    `nuclide` is set where the words carried one, also when the carrier is unknown.
    """

    agents: tuple[Agent, ...]
    matched: str
    how: How
    nuclide: str | None = None

    @property
    def ambiguous(self) -> bool:
        """True when the name has two meanings or more and a person must choose."""
        return len(self.agents) > 1

    @property
    def recognised(self) -> bool:
        """True when the words are the name of an agent, held here or not."""
        return self.how != "unknown"


@dataclass(frozen=True, slots=True)
class Limit:
    """A ceiling. A hard one refuses, a soft one is a finding (H20: few hard stops).

    `route` None means by any route. Compare only in the unit given: mg/kg and mg/m2 limits of one
    agent stand beside each other and each judges its own basis.
    """

    inn: str
    formulation: str
    route: str | None
    kind: LimitKind
    value: Decimal
    unit: str
    hardness: Hardness
    source: str
    checked: Checked
    hazards: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Companion:
    """A second agent that must stand beside the first from a given dose on (H9)."""

    inn: str
    companion: str
    when_kind: LimitKind
    from_value: Decimal
    from_unit: str
    source: str
    checked: Checked
    hazards: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Nuclide:
    """A radionuclide: `half_life` in `unit` as printed in the source, and in hours."""

    name: str
    element: str
    french: str
    half_life: Decimal
    unit: str
    half_life_h: float
    main_emission: str
    source: str
    checked: Checked


@dataclass(frozen=True, slots=True)
class Regimen:
    """What an acronym leads one to expect. It gives no dose and expands to nothing by itself."""

    acronym: str
    components: tuple[str, ...]
    optional: tuple[str, ...]
    also_written: tuple[str, ...]
    source: str
    checked: Checked
