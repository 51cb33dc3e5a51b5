"""What amounts are to each other and to the trial.

    joined.py   amounts joined by a stroke or a bracket: "A/B (400 mg/25 mg)", "10 mg bid (20 mg/day)"
    levels.py   levels of a list, a range, a total beside its parts, one amount in two units
    planned.py  changes of a dose that are doses themselves: lower for older patients, or from a stated time on
"""
