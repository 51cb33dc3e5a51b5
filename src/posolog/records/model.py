"""What a trial's record in a registry holds, as far as its treatment, its entry and its outcomes go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A named stretch of text: `field` is "brief summary", "arm: FLAG" ..., `ident` its own identifier ("" = none)."""

    field: str
    text: str
    ident: str = ""


@dataclass(frozen=True, slots=True)
class Arm:
    """`kind` in the registry's words: "Experimental", "Active Comparator"; "" where not said."""

    label: str
    kind: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Intervention:
    """`kind` "Drug", "Biological", "Radiation", "Procedure" ...; `arms` are the labels of the arms that get it."""

    name: str
    kind: str = ""
    description: str = ""
    arms: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`rank` is "primary", "secondary" or "other"."""

    rank: str
    measure: str
    time_frame: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Design:
    """In the words of the classic record: "Randomized", "Parallel Assignment", "Double (Participant, Investigator)"."""

    allocation: str = ""
    model: str = ""
    masking: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One trial. `passages` are texts that belong to no field of the registry's form (plain text, JSON lines)."""

    ident: str
    title: str = ""
    official_title: str = ""
    brief_summary: str = ""
    detailed_description: str = ""
    arms: tuple[Arm, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    design: Design = Design()
    criteria: str = ""
    minimum_age: str = ""
    maximum_age: str = ""
    sex: str = ""
    passages: tuple[Passage, ...] = ()
