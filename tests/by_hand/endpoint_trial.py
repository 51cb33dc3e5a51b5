"""An invented trial for the tests of endpoints: a protocol in text, and patients given as a few events each."""

from datetime import date
from functools import lru_cache

from posolog.core.finding import Finding, Severity
from posolog.course.events import parse_many
from posolog.endpoints.derive import Derived, derive
from posolog.endpoints.patients import parse_patients
from posolog.endpoints.trial import Trial
from posolog.protocol.files import loads
from posolog.protocol.model import Protocol

HEAD = "patient,datetime,event,value,unit,subject,known,ident,corrects\n"

PROTOCOL = """
protocol: invented
anchors: {D0: graft transfusion}
endpoints:
"""

def endpoint(name: str, body: str, *, at: str = "[100 days, 1 year]", role: str = "primary endpoint") -> str:
    """An endpoint of the protocol file; `body` is its define, one key a line."""
    lines = "".join(f"      {line.strip()}\n" for line in body.strip().splitlines())
    return f"  - {role}: {name}\n    at: {at}\n    define:\n{lines}      because: invented for a test\n"


def trial(endpoints: str, events: str, *, patients: str = "", cut: date | None = None, head: str = PROTOCOL) -> Trial:
    """A trial; each line of `events` is "patient day event[=value][/subject] [known+N] [corrects=ident]".

    Day 0 is 1 January 2027. Without `patients` the table lists those of the events.
    """
    rows, idents = [], {}
    for line in events.strip().splitlines():
        words = line.split("|")
        who, day, what = (word.strip() for word in words[:3])
        more = dict(pair.strip().split("=") for pair in words[3:])
        name, _, subject = what.partition("/")
        event, _, value = name.partition("=")
        idents[who] = idents.get(who, 0) + 1
        ident = more.get("ident", f"e{idents[who]}")
        at = date.fromordinal(date(2027, 1, 1).toordinal() + int(day))
        known = date.fromordinal(at.toordinal() + int(more["known"])).isoformat() if "known" in more else ""
        rows.append(f"{who},{at},{event.strip()},{value.strip()},,{subject.strip()},{known},{ident},{more.get('corrects', '')}")
    timelines, faults = parse_many(HEAD + "\n".join(rows) + "\n", name="events.csv")
    assert not stops(faults), faults
    protocol = protocol_of(head + endpoints)
    table = patients or "patient\n" + "\n".join(dict.fromkeys(row.split(",")[0] for row in rows))
    subjects, faults = parse_patients(table, arms=protocol.arms)
    assert not stops(faults), faults
    return Trial("invented", protocol, subjects, timelines, cut)


@lru_cache(maxsize=64)
def protocol_of(text: str) -> Protocol:
    return loads(text).protocol


def stops(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.STOP]


def rows_of(endpoints: str, events: str, **more: object) -> Derived:
    return derive(trial(endpoints, events, **more))


def short(derived: Derived, at: int = 0) -> dict[str, tuple[int | None, int | None]]:
    """(days, code) of each patient, of the at-th endpoint."""
    return {row.subject: (row.time_days, row.code) for row in derived.rows[at].rows}
