"""The classes of amounts that are no dose of this trial."""

from __future__ import annotations

STRENGTH = "a strength or concentration"
LABORATORY = "a laboratory value"
REDUCTION = "a dose reduction rule"
TARGET = "a target level"
BACKGROUND = "background"
ELIGIBILITY = "eligibility or earlier treatment"
TOXICITY = "a toxicity rule"
TOTAL = "a total: cross-check"
OTHER_UNIT = "the same amount in another unit"
PART = "a part of the amount before it"
FRACTION = "the dose of one fraction"
COLLECTED = "cells to be collected, not given"
OBSERVED = "a dose that was observed, not planned"
ACCEPTED = "an accepted range around the dose"
VOLUME = "a volume or rate of infusion"
