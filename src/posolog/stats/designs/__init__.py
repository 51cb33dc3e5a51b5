"""Dose finding: the 3+3 rule, toxicity by dose level."""
