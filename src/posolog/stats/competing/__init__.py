"""Causes that compete: cumulative incidence, Gray's test, Fine and Gray's regression; `_numerics` hold the sums."""
