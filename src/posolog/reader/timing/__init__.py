"""Further forms of time, one subject a file; each is tried before the plain kinds of `tokens/kinds`.

| file | says |
|---|---|
| `cycles` | how long a cycle is |
| `rhythm` | how often |
| `counts` | how many administrations |
| `stretches` | for how long |
| `infusions` | how long an infusion runs |
| `named_days` | days written in words |
| `weeks` | weeks named one by one |
"""

from __future__ import annotations

from posolog.reader.timing import counts, cycles, infusions, named_days, rhythm, stretches, weeks
from posolog.reader.timing.form import Form

FORMS: tuple[Form, ...] = (
    *cycles.FORMS,
    *counts.FORMS,
    *rhythm.FORMS,
    *stretches.FORMS,
    *infusions.FORMS,
    *named_days.FORMS,
    *weeks.FORMS,
)

__all__ = ["FORMS", "Form"]
