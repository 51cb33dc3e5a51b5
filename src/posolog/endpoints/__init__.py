"""Endpoints: definitions as data, timelines to analysis rows, rows to estimates.

Cannot tell a recorded trial from a simulated one: both are a table of patients and their events.
"""
