"""For whom and when: what restricts the statements that follow, or the one it stands beside.

    labels.py      the labels of a sentence, by the files below
    label.py       a label
    headings.py    headings with a colon: "VAD:", "Maintenance:"
    named.py       divisions by their names: "Arm A", "Cohort 1"
    who.py         who gets it, told as a sentence: "Patients who achieve a response receive ..."
    conditions.py  conditions within a sentence: who, when, under what
    condition_forms.py  their forms, each with what it means
"""
