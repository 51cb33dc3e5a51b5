"""ClinicalTrials.gov JSON (API version 2): "protocolSection" and its modules.

The long texts are CommonMark: a backslash before a sign ("\\>= 18 years", "10\\^6") is markup, not part of the words.
"""

from __future__ import annotations

import html
import re

from posolog.records.model import Arm, Design, Intervention, Outcome, Record
from posolog.records.values import Values

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_MODELS = {"SINGLE_GROUP": "Single Group Assignment", "NA": "N/A", "NON_RANDOMIZED": "Non-Randomized"}
_OUTCOMES = {"primary": "primaryOutcomes", "secondary": "secondaryOutcomes", "other": "otherOutcomes"}


def from_current(study: Values, *, name: str) -> Record:
    """The record; `name` names it where it has no NCT number of its own."""
    section = study.at("protocolSection")
    ident, described = section.at("identificationModule"), section.at("descriptionModule")
    treated, entry = section.at("armsInterventionsModule"), section.at("eligibilityModule")
    return Record(
        ident.words("nctId") or name,
        ident.words("briefTitle"),
        ident.words("officialTitle"),
        plain(described.words("briefSummary")),
        plain(described.words("detailedDescription")),
        tuple(_arm(arm) for arm in treated.each("armGroups")),
        tuple(_intervention(one) for one in treated.each("interventions")),
        tuple(
            Outcome(rank, plain(one.words("measure")), plain(one.words("timeFrame")), plain(one.words("description")))
            for rank, key in _OUTCOMES.items()
            for one in section.at("outcomesModule").each(key)
        ),
        _design(section.at("designModule", "designInfo")),
        plain(entry.words("eligibilityCriteria")),
        entry.words("minimumAge"),
        entry.words("maximumAge"),
        spoken(entry.words("sex")),
    )


def plain(text: str) -> str:
    """The words without markup: "\\>=" is ">=", "&lt;" is "<"; a backslash before a letter ("mg\\kg") stays."""
    text = _ESCAPED.sub(r"\1", text)
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)


def spoken(word: str) -> str:
    """An enumeration's value in the words of the classic record: "ACTIVE_COMPARATOR" is "Active Comparator"."""
    return _MODELS.get(word) or " ".join(part.capitalize() for part in word.split("_"))


def _arm(arm: Values) -> Arm:
    return Arm(plain(arm.words("label")), spoken(arm.words("type")), plain(arm.words("description")))


def _intervention(one: Values) -> Intervention:
    return Intervention(
        plain(one.words("name")),
        spoken(one.words("type")),
        plain(one.words("description")),
        tuple(plain(label) for label in one.texts("armGroupLabels")),
        tuple(plain(name) for name in one.texts("otherNames")),
    )


def _design(info: Values) -> Design:
    model, masking = info.words("interventionModel"), info.at("maskingInfo")
    level = spoken(masking.words("masking"))
    who = ", ".join(spoken(role) for role in masking.texts("whoMasked"))
    return Design(
        spoken(info.words("allocation")),
        spoken(model) + (" Assignment" if model and model not in _MODELS else ""),
        "None (Open Label)" if level == "None" else f"{level} ({who})" if who else level,
        spoken(info.words("primaryPurpose")),
    )
