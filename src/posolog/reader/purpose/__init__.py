"""All that a text says beside administrations: objectives, endpoints, follow-up, allocation, arms, remarks.

    reading.py     the steps, sentence by sentence
    notebook.py    what has been read so far
    sections.py    headings that say what a stretch of text is about
    guard.py       what keeps a sentence for the dose reader
    goals.py       objectives and endpoints under their heading, by the three files below
    endpoints.py   objectives and endpoints, each with its time points
    names.py       names of endpoints, without their wrapping
    timepoints.py  time points in prose
    visits.py      follow-up and assessment visits
    allocation.py  randomised or not, ratio, strata; arms in order of mention
    remarks.py     sentences that hold nothing to run, each with its reason
"""

from posolog.reader.purpose.reading import read_purpose

__all__ = ["read_purpose"]
