"""Who the agents are: names, products, routes, vinca alkaloids, weekly drugs (H3, H4, H11, H12)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from posolog.checks import say
from posolog.checks.counts import interval_days
from posolog.checks.view import Given, at_all, at_line, days_of, givens, runs, together
from posolog.core.finding import Finding, Severity
from posolog.formulary import Agent, find
from posolog.protocol.model import Protocol

VINCA = "vinca"
NO_ROUTE = ("cells", "radiation")


def agent_of(given: Given) -> Agent | None:
    """The one agent of the formulary that the name means, or None."""
    found = find(given.agent).agents
    return found[0] if len(found) == 1 else None


def inn(given: Given) -> str:
    """The INN where the formulary knows the name (whatever the product), else the name itself."""
    found = {agent.inn for agent in find(given.agent).agents}
    return found.pop() if len(found) == 1 else given.agent.casefold()


def is_vinca(given: Given) -> bool:
    return any(agent.agent_class == VINCA for agent in find(given.agent).agents)


def route_unstated(protocol: Protocol) -> Iterator[Finding]:
    found = [given for given in givens(protocol) if _lacks_route(given)]
    if found:
        verb = "is" if len({g.agent for g in found}) == 1 else "are"
        yield Finding(
            "ROUTE-UNSTATED", Severity.ASK if any(is_vinca(g) for g in found) else Severity.NOTE,
            f"How {say.names([given.agent for given in found])} {verb} given is not said.",
            "Add the route (IV, PO, SC, IT); limits differ by route.", at_all(found), "H4",
        )


def _lacks_route(given: Given) -> bool:
    """No route, and no other paper or line (a taper's) that says it."""
    give = given.give
    elsewhere = bool(give.reference) or (give.taper is not None and give.amount is None)
    return not give.route and not elsewhere and _needs_route(given)


def _needs_route(given: Given) -> bool:
    """Vinca alkaloids always; others where the formulary knows no route or several."""
    agents = find(given.agent).agents
    routes = {route for agent in agents for route in agent.routes}
    return is_vinca(given) or (all(a.kind not in NO_ROUTE for a in agents) and len(routes) != 1)


def route_refused(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        agents, route = find(given.agent).agents, given.give.route
        allowed = list(dict.fromkeys(r for agent in agents for r in agent.routes))
        if not agents or not route or route in allowed:
            continue
        deadly = is_vinca(given) or route == "IT"
        fatal = ": for intravenous use only, fatal if given by other routes" if is_vinca(given) else ""
        yield Finding(
            "ROUTE-REFUSED", Severity.STOP if deadly else Severity.ASK,
            f"{given.agent} by the route {route} is not one of its permitted routes ({say.names(allowed)}){fatal}.",
            "Correct the route.", (at_line(given.line, "route"),), "H4",
        )


def same_day_it_vinca(protocol: Protocol) -> Iterator[Finding]:
    intrathecal = [given for given in givens(protocol) if given.give.route == "IT" and not is_vinca(given)]
    for vinca in filter(is_vinca, givens(protocol)):
        for other in intrathecal:
            shared = sorted(set(days_of(vinca)) & set(days_of(other)))
            if shared and vinca.part.anchor == other.part.anchor and together(vinca.part, other.part):
                yield Finding(
                    "SAME-DAY-IT-VINCA", Severity.ASK,
                    f"{vinca.agent} and intrathecal {other.agent} stand on the same day "
                    f"({say.days(shared, vinca.anchor)}): a syringe beside intrathecal drugs has killed.",
                    "Move one of them to another day, or settle how they are kept apart (minibag, place, time).",
                    (at_line(vinca.line, vinca.agent), at_line(other.line, other.agent)), "H4",
                )


def vinca_daily(protocol: Protocol) -> Iterator[Finding]:
    for given in filter(is_vinca, givens(protocol)):
        longest = max(runs(days_of(given)), key=len, default=())
        if len(longest) > 2 and not given.give.continuous and _daily(given):
            yield Finding(
                "VINCA-DAILY", Severity.STOP,
                f"{given.agent} on {say.days(longest, given.anchor)} is {len(longest)} doses on days running; "
                f"{say.days([longest[0], longest[-1]], given.anchor).replace(', ', ' and ')} (2 doses) may be meant.",
                "Write the days as a set if two doses are meant; a continuous infusion says so.",
                (at_line(given.line, "days"),), "H3",
            )


def _daily(given: Given) -> bool:
    frequency, doses = given.give.frequency, given.give.doses
    rarer = frequency is not None and interval_days(frequency) > 1
    return not rarer and not (doses is not None and doses.number <= 2)


def weekly_daily(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        agent, frequency = agent_of(given), given.give.frequency
        if agent is None or not agent.weekly or given.give.route not in ("PO", "SC", ""):
            continue
        short = frequency is not None and interval_days(frequency) <= 1
        running = max((len(run) for run in runs(days_of(given))), default=0) > 1
        daily = short and not days_of(given) and not given.give.doses
        infused = given.give.continuous or given.give.infusion_h is not None
        if (daily or (running and (short or frequency is None))) and not infused:
            when = f"on {say.days(days_of(given), given.anchor)}" if running else "every day"
            yield Finding(
                "WEEKLY-DAILY", Severity.STOP,
                f"{given.agent} is a once-a-week drug in this use, but the line gives it {when}.",
                "Correct the days or the frequency; high-dose infusion states its route IV.",
                (at_line(given.line, "frequency"),), "H11",
            )


def agent_twice(protocol: Protocol) -> Iterator[Finding]:
    """The same agent from two lines on the same day, with nothing that keeps them apart."""
    seen: set[tuple[str, str]] = set()
    for one, other in combinations(givens(protocol), 2):
        shared = sorted(set(days_of(one)) & set(days_of(other)))
        key = (one.part.anchor, inn(one))
        if shared and key not in seen and inn(one) == inn(other) and _same_patient(one, other):
            seen.add(key)
            yield Finding(
                "AGENT-TWICE", Severity.ASK,
                f"Two lines give {one.agent} on {say.days(shared, one.anchor)}: the doses add up.",
                "Take out the repeated line, or state route and frequency so that both are clear.",
                (at_line(one.line, "first line"), at_line(other.line, "second line")), "H2",
            )


def _same_patient(one: Given, other: Given) -> bool:
    """Nothing keeps the two lines apart: condition, cycle, route, arm or choice."""
    same_gate = one.line.condition == other.line.condition and one.part.condition == other.part.condition
    cycles = set(one.give.cycles), set(other.give.cycles)
    apart = all(cycles) and not cycles[0] & cycles[1]
    dosed = one.give.amount is not None and other.give.amount is not None
    same = one.part.anchor == other.part.anchor and one.give.route == other.give.route
    return dosed and same and same_gate and not apart and together(one.part, other.part)
