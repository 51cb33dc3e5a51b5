"""For whom and when: what restricts the statements that follow, or the one it stands beside.

    labels.py      labels and headings: "Arm A", "Cohort 1", "VAD:", "Maintenance:"
    who.py         who gets it, told as a sentence: "Patients who achieve a response receive ..."
    conditions.py  conditions within a sentence: who, when, under what
"""
