"""What amounts are to each other and to the trial.

    aside.py      amounts that are no dose, each with its class, by the files below
    classes.py    the classes
    around.py     an amount and the words around it
    collected.py  cells that are to be collected
    strengths.py  what a tablet, a vial or a gram holds
    volumes.py    volumes and rates of infusion, blood that is drawn
    changes.py    steps up and down
    planned.py    changes of a dose that are doses themselves: lower for older patients, or from a stated time on
    measured.py   target levels, laboratory values, observed doses
    entry.py      who may enter, what was given before, thresholds

    joined.py     amounts joined by a stroke or a bracket: "A/B (400 mg/25 mg)", "10 mg bid (20 mg/day)"
    levels.py     levels of a list, a range, a total beside its parts, one amount in two units
"""
