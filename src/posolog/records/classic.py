"""The classic ClinicalTrials.gov XML: <clinical_study>."""

from __future__ import annotations

import html
from xml.etree.ElementTree import Element

from posolog.records.model import Arm, Design, Intervention, Outcome, Record

_RANKS = ("primary", "secondary", "other")


def from_classic(root: Element, *, name: str) -> Record:
    """The record; `name` names it where it has no NCT number of its own."""
    return Record(
        _words(root, "id_info/nct_id") or name,
        _words(root, "brief_title"),
        _words(root, "official_title"),
        _block(root, "brief_summary/textblock"),
        _block(root, "detailed_description/textblock"),
        tuple(
            Arm(_words(arm, "arm_group_label"), _words(arm, "arm_group_type"), _block(arm, "description"))
            for arm in root.findall("arm_group")
        ),
        tuple(_intervention(one) for one in root.findall("intervention")),
        tuple(
            Outcome(rank, _words(one, "measure"), _words(one, "time_frame"), _block(one, "description"))
            for rank in _RANKS
            for one in root.findall(f"{rank}_outcome")
        ),
        _design(root),
        _block(root, "eligibility/criteria/textblock"),
        _entry(root, "minimum_age"),
        _entry(root, "maximum_age"),
        _entry(root, "gender"),
    )


def _words(element: Element, path: str) -> str:
    """One line of words, "" where absent."""
    return " ".join(_block(element, path).split())


def _block(element: Element, path: str) -> str:
    """The text as it stands, wrapping and indents included; texts escaped twice are read once more."""
    found = element.findtext(path) or ""
    return html.unescape(found) if "&" in found else found


def _entry(root: Element, key: str) -> str:
    """Ages and sex; "N/A" says that there is none."""
    words = _words(root, f"eligibility/{key}")
    return "" if words == "N/A" else words


def _intervention(one: Element) -> Intervention:
    return Intervention(
        _words(one, "intervention_name"),
        _words(one, "intervention_type"),
        _block(one, "description"),
        tuple(_each(one, "arm_group_label")),
        tuple(_each(one, "other_name")),
    )


def _each(element: Element, tag: str) -> list[str]:
    return [words for found in element.findall(tag) if (words := " ".join((found.text or "").split()))]


def _design(root: Element) -> Design:
    info = "study_design_info"
    return Design(
        _words(root, f"{info}/allocation"),
        _words(root, f"{info}/intervention_model"),
        _words(root, f"{info}/masking"),
        _words(root, f"{info}/primary_purpose"),
    )
