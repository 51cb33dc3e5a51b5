"""What has been read of a text's purpose so far, in text order."""

from __future__ import annotations

from dataclasses import dataclass, field

from posolog.core.finding import Finding, Place, Severity
from posolog.protocol.model import Allocation, Endpoint, Note, Source, Visits
from posolog.reader.model import Claim


@dataclass(slots=True)
class Notebook:
    """What has been read so far, in text order."""

    document: str
    endpoints: list[Endpoint] = field(default_factory=list)
    visits: list[Visits] = field(default_factory=list)
    allocation: list[Allocation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    arms: dict[str, None] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    unranked: list[Source] = field(default_factory=list)


def unranked_findings(reading: Notebook) -> tuple[Finding, ...]:
    """One note on all objectives that the text lists without a rank."""
    if not reading.unranked:
        return ()
    places = tuple(Place("listed without a rank", source.words, reading.document) for source in reading.unranked)
    return (
        Finding(
            "OBJECTIVE-UNRANKED",
            Severity.NOTE,
            "The text lists objectives without saying which are primary; they are drafted as primary.",
            "Set the role of each endpoint in the draft.",
            places,
        ),
    )
