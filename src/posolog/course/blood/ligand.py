"""Plasma FLT3 ligand as an early sign: it rises while the marrow is empty and falls when it fills again.

Research label. The rule below is posolog's own, stated with its numbers; that the ligand rises, peaks before the
neutrophil nadir and falls with recovery is bertho2001 (irradiated non-human primates), and that its level speaks of the
marrow's recovery in patients is blumenthal2000.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from posolog.core.because import Because, Cited, Computed
from posolog.core.finding import Finding, Place
from posolog.core.guard import Answer, Guard
from posolog.core.quantity import plain
from posolog.core.timeline import Event, Timeline
from posolog.course.words import ask, short

RISE = Decimal(2)  # times the baseline
FALL = Decimal("0.5")  # of the way from the peak back to the baseline
_NAME = re.compile(r"(?:plasma |serum )?(?:flt-?3|fms-like tyrosine kinase 3)[ -]?(?:ligand|l)|flt3l|fl", re.I)
_UNITS = {"pg/ml": "1", "ng/l": "1", "ng/ml": "1000", "µg/l": "1000", "ug/l": "1000"}
RULE = (
    f"rise: a sample at {plain(RISE)} times the baseline or more; peak: the highest sample; fall: the last "
    f"sample has come {plain(FALL * 100)} % of the way from the peak back to the baseline"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: `pg_per_ml` of plasma or serum."""

    at: datetime
    pg_per_ml: Decimal


@dataclass(frozen=True, slots=True)
class Course:
    """What the samples say. Days count from the first injection, or from the first sample where there is none."""

    samples: tuple[Sample, ...]
    baseline: Sample | None
    peak: Sample | None
    rose: Guard
    recovering: Guard
    because: Because


def samples(timeline: Timeline) -> tuple[tuple[Sample, ...], tuple[Finding, ...]]:
    """Samples in order of time, and a finding for each that cannot be read."""
    found, findings = [], []
    for event in timeline.events:
        if not _NAME.fullmatch(event.kind.strip()):
            continue
        value, unit = event.number(), event.unit.strip().casefold().replace("μ", "µ").replace(" ", "")
        if value is None or value < 0 or unit not in _UNITS:
            findings.append(_refused(event))
        else:
            found.append(Sample(event.at, value * Decimal(_UNITS[unit])))
    return tuple(found), tuple(findings)


def _refused(event: Event) -> Finding:
    place = Place("sample", f"{event.value} {event.unit}".strip(), event.ident)
    step = "Write a number and pg/mL, ng/L or ng/mL."
    return ask("COUNT-UNREAD", f"{event.at:%Y-%m-%d}: FLT3 ligand cannot be read", step, place)


def course(found: tuple[Sample, ...], injected: datetime | None) -> Course:
    """Rise, peak and fall by `RULE`. The baseline is the last sample up to the first injection.

    Too few samples, or no baseline, answer *not known yet*; a peak that is the last sample does too, since the ligand
    may still rise.
    """
    before = [one for one in found if injected is not None and one.at <= injected]
    after = tuple(one for one in found if injected is None or one.at > injected)
    baseline = before[-1] if before else None
    why = Computed("FLT3 ligand", RULE, (Cited("bertho2001", "abstract"), Cited("blumenthal2000", "abstract")))
    if baseline is None or not after:
        what = "a sample before the first injection" if baseline is None else "samples after the first injection"
        unknown = Guard(Answer.UNKNOWN, missing=(what,))
        return Course(found, baseline, max(after, key=_level, default=None), unknown, unknown, why)
    peak = max(after, key=_level)
    times = peak.pg_per_ml / baseline.pg_per_ml if baseline.pg_per_ml else None
    said = f"highest {short(peak.pg_per_ml, 1)} pg/mL, baseline {short(baseline.pg_per_ml, 1)} pg/mL"
    if times is None or times < RISE:
        late = Guard(Answer.UNKNOWN, (said,), ("a rise",))
        return Course(found, baseline, peak, Guard(Answer.NO, (said,)), late, why)
    rose = Guard(Answer.YES, (f"{said}: {short(times, 1)} times",))
    return Course(found, baseline, peak, rose, _falling(after, baseline, peak), why)


def _level(sample: Sample) -> Decimal:
    return sample.pg_per_ml


def _falling(after: tuple[Sample, ...], baseline: Sample, peak: Sample) -> Guard:
    bound = peak.pg_per_ml - FALL * (peak.pg_per_ml - baseline.pg_per_ml)
    later = [one for one in after if one.at > peak.at]
    if not later:
        return Guard(Answer.UNKNOWN, missing=("a sample after the highest one",))
    said = f"last {short(later[-1].pg_per_ml, 1)} pg/mL, half-way down is {short(bound, 1)} pg/mL"
    return Guard(Answer.YES if later[-1].pg_per_ml <= bound else Answer.NO, (said,))
