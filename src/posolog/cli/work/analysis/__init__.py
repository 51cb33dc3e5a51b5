"""`analyse`: a table of follow-up times from CSV to curves, tests and regression."""
