"""The list of all checks and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from posolog.checks import (
    agents,
    amounts,
    beside,
    caps,
    cites,
    conditions,
    counts,
    cycles,
    days,
    design,
    ends,
    gaps,
    limits,
    names,
    regimens,
    settle,
    words,
)
from posolog.core.finding import Finding, Severity
from posolog.protocol.model import Protocol

Check = Callable[[Protocol], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    days.day_order,
    days.day_zero,
    days.too_many_days,
    days.day_twice,
    gaps.rest_gap,
    gaps.set_or_range,
    gaps.calendar_gap,
    days.labels_mixed,
    counts.count_days,
    counts.count_doses,
    counts.count_span,
    counts.interval_unstated,
    counts.cycle_number,
    amounts.dose_basis,
    amounts.doses_per_day,
    amounts.amount_open,
    amounts.count_open,
    amounts.amount_missing,
    amounts.schedule_missing,
    amounts.outside,
    amounts.unquoted,
    amounts.unsettled,
    amounts.weight_unstated,
    amounts.bsa_unstated,
    caps.cap_ambiguous,
    caps.cap_twice,
    caps.cap_kind,
    caps.cap_binding,
    names.agent_unknown,
    names.agent_unlisted,
    names.agent_ambiguous,
    names.product,
    agents.route_unstated,
    agents.route_refused,
    agents.same_day_it_vinca,
    agents.vinca_daily,
    agents.weekly_daily,
    agents.agent_twice,
    limits.limit_passed,
    limits.narrow_per_day,
    beside.two_bases,
    beside.companion_missing,
    cycles.step_in_later_cycles,
    cycles.cycle_length,
    cycles.cycle_overrun,
    cycles.choice_rule,
    cycles.optional_lines,
    cycles.anchor_event,
    ends.open_end,
    ends.rest_dosed,
    regimens.regimen_component,
    conditions.condition_words,
    conditions.boundaries,
    design.allocation,
    design.endpoint_time,
    design.endpoint_visits,
    design.visit_window,
    words.translation,
    cites.cite_unknown,
)

ORDER = {Severity.STOP: 0, Severity.ASK: 1, Severity.NOTE: 2}


def check(protocol: Protocol) -> tuple[Finding, ...]:
    """All findings that nothing in the protocol settles: stops first, then questions, then notes.

    Pure: the same protocol gives the same findings in the same order. What settles a finding is said
    in docs/findings/index.md.
    """
    found = tuple(finding for one in CHECKS for finding in one(protocol))
    left = settle.open_findings(protocol, dict.fromkeys(found))
    return tuple(sorted(left, key=lambda finding: ORDER[finding.severity]))
