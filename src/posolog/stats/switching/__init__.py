"""Patients who changed treatment: structural failure time, censoring weights, two stages."""
