"""Time points worked out by hand from the words."""

import pytest

from posolog.reader.purpose.timepoints import read_points

READ = [
    ("at 90 days and then 6, 12 and 24 months after transplantation",
     "90 day, 6 month, 12 month, 24 month", "transplantation"),
    ("disease 90 days 6, 12 and 24 months after transplantation Leukemia-free", "90 day, 6 month, 12 month, 24 month",
     "transplantation"),
    ("blood 30, 90 and 180 days after transplantation (CD4)", "30 day, 90 day, 180 day", "transplantation"),
    ("survival at 1 year and 2 years after transplantation", "1 year, 2 year", "transplantation"),
    ("at 90 days, 1 year and 2 years after transplantation", "90 day, 1 year, 2 year", "transplantation"),
    ("at baseline and 1, 3, 6, 12 and 24 months after transplant (GVHD)",
     "0 baseline, 1 month, 3 month, 6 month, 12 month, 24 month", "transplant"),
    ("Follow-up will be also 12 months from the RIT for these patients", "12 month", "RIT"),
    ("overall survival at 2 years in these patients", "2 year", ""),
    ("day 100 mortality", "100 day", ""),
    ("weeks 4, 8 and 12", "4 week, 8 week, 12 week", ""),
    ("at days 30, 100 and 1 year", "30 day, 100 day, 1 year", ""),
    ("D+30 and D+100", "30 day, 100 day", ""),
    ("2-year overall survival", "2 year", ""),
    ("one-year survival", "1 year", ""),
    ("3 and 6 months post-transplant", "3 month, 6 month", "transplant"),
    ("6 months after the end of treatment", "6 month", "end of treatment"),
    ("baseline, week 4, and month 6", "0 baseline, 4 week, 6 month", ""),
]


@pytest.mark.parametrize(("words", "points", "after"), READ, ids=lambda value: value[:40])
def test_read(words: str, points: str, after: str) -> None:
    (found,) = read_points(words)
    assert ", ".join(f"{point.number} {point.unit}" for point in found.at) == points
    assert found.after == after


@pytest.mark.parametrize("words", [
    "treated for 6 months", "patients at least 18 years of age", "every 3 months for 2 years", "at 3-month intervals",
    "days 1-5", "8-12 weeks after surgery", "from day 1 to day 28", "a 12-week study", "on 2 days", "vitamin D3",
    "over 24 months", "within the last 6 months", "at 2 mg for 4 weeks", "relapse at 12.5 months",
])
def test_no_time_points(words: str) -> None:
    assert read_points(words) == ()
