"""Who gets it, or in which phase, told as a sentence: "Patients who achieve a response receive ..."."""

from __future__ import annotations

import re

from posolog.reader.tokens.cues import holds

# A clause of their own restricts these persons; "patients with AML" are all of them.
_RESTRICTED = r"""
    (?:with|in)\s (?:an?\s|the\s)? (?:\w+\s){0,2}
        (?: CR | PR | response | remission | progress\w+ | relapse | persistent | residual | stable )\b
  | who\s | achieving\s | not\s | older\s | younger\s | aged\s | over\s | under\s | weighing\s | [<>≥≤]
  | (?:randomi[sz]ed|assigned|allocated)\s(?:to|in)\s | receiving\s | on\s(?:the\s)?(?:placebo|active|control)
"""
_GET = r"""
    will\s (?:then\s|also\s)? (?: receive | undergo | start | continue | get | take | be\s(?:given|treated) )
  | receive[ds]? | underg[oe]\w* | (?:are|were)\s(?:then\s)?(?:given|treated)
  | (?:should|may|can|shall)\s(?:receive|be\sgiven)
"""
_RECEIVERS = re.compile(
    rf"""(?: \A | (?<=[.;:,]\s) ) \W{{0,3}} (?:The\s|Those\s|Only\s)?
        (?P<words> (?:[Pp]atients|[Ss]ubjects|[Pp]articipants|[Cc]hildren|[Aa]dults|[Rr]ecipients|[Tt]hose)
            \s (?:{_RESTRICTED}) [^.;:]{{0,90}}? )
        \s (?:{_GET})\b""",
    re.X,
)
# "Patients who meet all criteria", "participants who sign the consent": everybody.
_EVERYBODY = re.compile(
    r"\b(?:eligib\w+|criteria|consent\w*|enrol\w+|screen\w+|this\s(?:study|trial|protocol)|registered|agree\w*|have)\Z"
    r"|\b(?:eligib\w+|criteria|consent\w*|enrol\w+|screen\w+|registered|agree\w*)\b",
    re.I,
)
_PERSONS = ("atients", "ubjects", "articipants", "hildren", "dults", "ecipients", "hose")
_VERBS = ("receiv", "given", "treated", "underg", "will")


def receivers(said: str) -> list[tuple[int, int]]:
    """Where in the sentence the words stand that say who gets what follows."""
    if not holds(said, _VERBS) or not holds(said, _PERSONS):
        return []
    return [match.span("words") for match in _RECEIVERS.finditer(said) if not _EVERYBODY.search(match["words"])]


_PHASES = r"""
    [Rr]e-?induction | [Ii]nduction | [Cc]onsolidation | [Mm]aintenance | [Ii]ntensification | [Ss]alvage
  | [Nn]eo-?adjuvant | [Aa]djuvant | [Bb]ridging | [Cc]onditioning | [Mm]obili[sz]ation | [Ll]ymphodepleting
  | [Pp]re-?phase
"""
# "Maintenance therapy will consist of", "BiRD therapy will be comprised of the following:", "R-CHOP comprises"
_CONSISTS = re.compile(
    rf"""(?: \A | (?<=[.;:]\s) | (?<=\s[-*]\s) ) \W{{0,3}} (?:The\s)?
        (?P<label> (?: (?P<phase>{_PHASES}) | [A-Z][A-Za-z0-9-]{{1,10}}[A-Z0-9] )
            (?: \s (?:therapy|treatment|regimen|phase|chemotherapy|course) )? )
        \s (?:will\s)?
        (?: consists? | comprises? | includes? | be\s(?:comprised|composed) | (?:is|are)\s(?:comprised|composed) )\b""",
    re.X,
)


def consisting(said: str) -> list[tuple[int, int, bool]]:
    """Where a phase or a regimen stands of which the sentence says what it consists of, and whether that goes on."""
    if "consist" not in said and "compris" not in said and "includ" not in said and "compos" not in said:
        return []
    goes_on = said.rstrip().endswith((":", "following"))
    return [(*match.span("label"), bool(match["phase"]) or goes_on) for match in _CONSISTS.finditer(said)]
