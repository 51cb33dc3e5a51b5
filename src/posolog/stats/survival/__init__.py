"""One kind of event: curves, cumulative hazard, tests, restricted mean, landmark, a parametric model."""
