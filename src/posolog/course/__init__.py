"""One patient: dosing, what is due, the plan, and why."""
