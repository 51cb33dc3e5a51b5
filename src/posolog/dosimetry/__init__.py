"""Counts and images to time-activity, absorbed dose, BED and their uncertainty. Knows no trial; imports only core."""
