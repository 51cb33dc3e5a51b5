"""A record as named texts, so that every quote says which field it stands in."""

from __future__ import annotations

from collections.abc import Iterable

from posolog.records.model import Passage, Record


def documents(record: Record) -> tuple[Passage, ...]:
    """Every field that holds words, in the record's own order.

    An arm is its label, a blank line and its description; an intervention its name and, on the next line, its
    description (so that the name leads the dose); an outcome its measure, time frame and description, a line each.
    """
    found = [
        Passage("title", _lines(record.title, record.official_title)),
        Passage("brief summary", record.brief_summary),
        Passage("detailed description", record.detailed_description),
        *(Passage(f"arm: {arm.label}", _lines(arm.label, arm.description, gap="\n\n")) for arm in record.arms),
        *(Passage(f"intervention: {one.name}", _lines(one.name, one.description)) for one in record.interventions),
        *_outcomes(record),
        Passage("design", design_text(record)),
        Passage("eligibility", entry_text(record)),
        Passage("eligibility criteria", record.criteria),
        *record.passages,
    ]
    return tuple(_each_name_once(passage for passage in found if passage.text.strip()))


def design_text(record: Record) -> str:
    design = record.design
    return _labelled(
        ("Allocation", design.allocation),
        ("Intervention Model", design.model),
        ("Masking", design.masking),
        ("Primary Purpose", design.purpose),
    )


def entry_text(record: Record) -> str:
    return _labelled(("Minimum Age", record.minimum_age), ("Maximum Age", record.maximum_age), ("Sex", record.sex))


def _outcomes(record: Record) -> list[Passage]:
    found, counts = [], {"primary": 0, "secondary": 0, "other": 0}
    for outcome in record.outcomes:
        counts[outcome.rank] += 1
        words = _lines(outcome.measure, outcome.time_frame, outcome.description)
        found.append(Passage(f"{outcome.rank} outcome {counts[outcome.rank]}", words))
    return found


def _labelled(*pairs: tuple[str, str]) -> str:
    return "\n".join(f"{label}: {value}" for label, value in pairs if value)


def _lines(*words: str, gap: str = "\n") -> str:
    return gap.join(word for word in words if word.strip())


def _each_name_once(found: Iterable[Passage]) -> list[Passage]:
    """Two arms of one label are "arm: A" and "arm: A (2)"."""
    seen: dict[str, int] = {}
    kept = []
    for passage in found:
        seen[passage.field] = seen.get(passage.field, 0) + 1
        nth = seen[passage.field]
        name = passage.field if nth == 1 else f"{passage.field} ({nth})"
        kept.append(Passage(name, passage.text, passage.ident))
    return kept
