"""A phantom: organs of known shape, mass and kinetics, in a body of uniform attenuation.

Every number that an analysis should find is known in closed form. The shipped phantom's figures are invented, of the
size seen in adults; they describe nobody and no drug.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from posolog.dosimetry.constants import NUCLIDES
from posolog.dosimetry.phantom.geometry import Ellipsoid


@dataclass(frozen=True, slots=True)
class Term:
    """One exponential of a decay-corrected share of the injected activity: share * exp(-rate_per_h * t)."""

    share: float
    rate_per_h: float


@dataclass(frozen=True, slots=True)
class Organ:
    """`solids` hold its activity uniformly; they may not overlap another organ's. `density_g_ml` makes its mass."""

    name: str
    solids: tuple[Ellipsoid, ...]
    kinetics: tuple[Term, ...]
    density_g_ml: float = 1.0

    @property
    def volume_ml(self) -> float:
        return sum(solid.volume_ml for solid in self.solids)

    @property
    def mass_g(self) -> float:
        return self.volume_ml * self.density_g_ml

    def share(self, time_h: float) -> float:
        """Decay-corrected share of the injected activity at a time after injection."""
        return sum(term.share * exp(-term.rate_per_h * time_h) for term in self.kinetics)

    def residence_h(self, nuclide: str) -> float:
        """Time-integrated activity per injected activity, MBq h per MBq: sum of a / (b + lambda)."""
        decay = NUCLIDES[nuclide].rate_per_h
        return sum(term.share / (term.rate_per_h + decay) for term in self.kinetics)


@dataclass(frozen=True, slots=True)
class Phantom:
    """`attenuation_per_cm` is that of the imaged photons in the body, which is uniform; organs lie inside it."""

    body: Ellipsoid
    organs: tuple[Organ, ...]
    attenuation_per_cm: float

    def __post_init__(self) -> None:
        if self.attenuation_per_cm < 0:
            raise ValueError("an attenuation below 0 per cm is none")
        names = [organ.name for organ in self.organs]
        if len(set(names)) != len(names):
            raise ValueError("two organs have one name")
        for organ in self.organs:
            if not all(_within(solid, self.body) for solid in organ.solids):
                raise ValueError(f"{organ.name} reaches out of the body")

    def organ(self, name: str) -> Organ:
        """*Raises:* KeyError for an unknown name."""
        found = {organ.name: organ for organ in self.organs}
        return found[name]


def _within(inner: Ellipsoid, outer: Ellipsoid) -> bool:
    """By the corners of the inner one's six poles: enough to catch a misplaced organ."""
    for axis in range(3):
        for side in (-1, 1):
            pole = list(inner.centre_mm)
            pole[axis] += side * inner.semi_mm[axis]
            depth = sum(
                ((at - centre) / semi) ** 2
                for at, centre, semi in zip(pole, outer.centre_mm, outer.semi_mm, strict=True)
            )
            if depth > 1:
                return False
    return True


def trunk() -> Phantom:
    """The phantom of the tutorial: liver, spleen, two kidneys, a lumbar vertebra and a lesion in a trunk of 66 kg."""
    slow = 0.002
    return Phantom(
        body=Ellipsoid((0, 0, 0), (185, 115, 330)),
        organs=(
            Organ("liver", (Ellipsoid((-70, -5, 60), (85, 66, 76)),), (Term(0.24, slow), Term(-0.10, 0.09)), 1.05),
            Organ("spleen", (Ellipsoid((95, 30, 70), (28, 24, 50)),), (Term(0.035, 0.004),), 1.05),
            Organ(
                "kidneys",
                (Ellipsoid((-60, 50, -50), (26, 24, 56)), Ellipsoid((60, 50, -55), (26, 24, 56))),
                (Term(0.02, 0.008),),
                1.05,
            ),
            Organ("L3", (Ellipsoid((0, 55, -60), (22, 17, 15)),), (Term(0.004, 0.003), Term(0.003, 0.06)), 1.1),
            Organ("lesion", (Ellipsoid((40, -40, -120), (15, 15, 15)),), (Term(0.006, slow), Term(-0.004, 0.05)), 1.0),
        ),
        attenuation_per_cm=0.136,
    )
