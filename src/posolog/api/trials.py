"""A trial's record analysed by the definitions of its protocol."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posolog.endpoints.derive import Derived
    from posolog.endpoints.results import Report


def endpoint_rows(folder: str | Path, *, cut: date | None = None) -> Derived:
    """The analysis rows of a trial's folder, as known at the end of the day `cut`. *Raises:* Refusal."""
    from posolog.endpoints.derive import derive
    from posolog.endpoints.trial import load_trial

    trial, findings = load_trial(folder, cut=cut)
    return derive(trial, findings)


def endpoint_report(found: Derived, *, blinded: bool = False) -> Report:
    """The estimates of every defined endpoint, by arm or blinded. Needs the extra `statistics`."""
    from posolog.endpoints.analyse import analyse

    return analyse(found, blinded=blinded)
