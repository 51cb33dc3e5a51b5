"""What is drawn from a calibrated vial for an act."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from posolog.core.days import label_in
from posolog.core.finding import Finding
from posolog.course.acts.frame import Frame, place_of
from posolog.course.decay import from_vials
from posolog.course.model import Planned, Vial
from posolog.course.moments import local_date
from posolog.protocol.model import Give


def drawn_text(frame: Frame, give: Give, act: Planned) -> tuple[str, tuple[Finding, ...]]:
    """What is drawn from the vial on the day, in words; "" where the dose is no activity or no vial is known."""
    if act.dose is None or act.dose.per_dose.unit.kind != "activity" or act.day is None or act.when is None:
        return "", ()
    per_dose = act.dose.per_dose
    prescribed = per_dose.value * per_dose.unit.factor
    day = label_in(act.day, frame.anchor)
    near = tuple(vial for vial in frame.case.patient.vials if _near(vial, act.when, frame.case.zone))
    return from_vials(near, give.agent, day, act.start, prescribed, place_of(frame.line))


def _near(vial: Vial, when: date, zone: ZoneInfo) -> bool:
    """Calibrated within two weeks of the injection: a vial of an earlier course is none of this one."""
    return abs((local_date(vial.calibrated, zone) - when).days) <= 14
