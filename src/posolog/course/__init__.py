"""One patient: dosing, what is due, the plan, and why.

    patient, events           what is entered and recorded
    case                      one patient at one moment: anchors, sizes, choices, guards
    schedule -> acts          a line's administrations, dated; `dosing` gives each its dose, `guards` its gate
    given                     the record held against the acts
    limits                    the acts held against the formulary
    due -> plan -> explain    all of it in order, the plan, and why a value is what it is
"""
