"""Single facts out of a DICOM data set, each either read as stated or said to be missing."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from posolog.core.finding import Finding, Place, Severity
from posolog.dosimetry.constants import NUCLIDES

# Element names as RadionuclideCodeSequence spells them: "^111^Indium", "Yttrium-90", "Y-90".
ELEMENTS = {"indium": "In", "yttrium": "Y", "lutetium": "Lu", "technetium": "Tc", "iodine": "I", "zirconium": "Zr"}
HALF_LIFE_TOLERANCE = 0.005


def stop(code: str, message: str, next_step: str, *, where: str, words: str = "") -> Finding:
    return Finding(code, Severity.STOP, message, next_step, (Place("file", words, where),))


def moment(data: Any, *names: str) -> datetime | None:
    """The first of some date-time attributes that stands in the data set; `XDate` and `XTime` are joined.

    A time without its date is no moment.
    """
    for name in names:
        joined = str(data.get(f"{name}Date") or "") + str(data.get(f"{name}Time") or "")
        texts = [str(data.get(f"{name}DateTime") or "")]
        if data.get(f"{name}Date") and data.get(f"{name}Time"):
            texts.append(joined)
        for text in texts:
            if found := re.match(r"(\d{14})(?:\.(\d{1,6}))?", text):
                seconds = datetime.strptime(found[1], "%Y%m%d%H%M%S")
                return seconds.replace(microsecond=int((found[2] or "0").ljust(6, "0")))
    return None


def tracer(data: Any) -> Any:
    """The one item of RadiopharmaceuticalInformationSequence, or None."""
    items = data.get("RadiopharmaceuticalInformationSequence") or []
    return items[0] if len(items) == 1 else None


def nuclide(item: Any) -> str:
    """`111In` from the radionuclide's code or name; empty when not stated."""
    codes = item.get("RadionuclideCodeSequence") or []
    said = " ".join(str(code.get("CodeMeaning", "")) for code in codes) or str(item.get("Radiopharmaceutical") or "")
    mass = re.search(r"\d{2,3}", said)
    words = re.findall(r"[A-Za-z]+", said)
    symbols = [ELEMENTS.get(word.lower(), word if word in ELEMENTS.values() else "") for word in words]
    symbol = next(filter(None, symbols), "")
    return f"{mass[0]}{symbol}" if mass and symbol else ""


def wrong_half_life(item: Any, name: str, *, where: str) -> Finding | None:
    """A finding when the file's half-life is not that of its nuclide."""
    stated = item.get("RadionuclideHalfLife")
    known = NUCLIDES.get(name)
    if stated is None or known is None:
        return None
    hours = float(stated) / 3600
    if abs(hours / known.half_life_h - 1) <= HALF_LIFE_TOLERANCE:
        return None
    return stop(
        "IMAGE-HALF-LIFE",
        f"the file gives {name} a half-life of {hours:g} h, {known.source} gives {known.half_life_h:g} h",
        "Find out which nuclide was injected, and correct the file's header.",
        where=where,
        words=str(stated),
    )


def dose_mbq(data: Any, item: Any, *, where: str) -> tuple[float | None, Finding | None]:
    """The administered activity. NM files state it in MBq, PT files in Bq; many writers mix them up.

    *Source:* DICOM PS3.3, Radionuclide Total Dose (0018,1074), in the NM and the PET isotope modules.
    """
    stated = item.get("RadionuclideTotalDose")
    if stated is None:
        return None, None
    amount = float(stated)
    mbq = amount / 1e6 if data.get("Modality") == "PT" else amount
    if 1 <= mbq <= 20_000:
        return mbq, None
    return None, stop(
        "IMAGE-ACTIVITY",
        f"an administered activity of {mbq:g} MBq is not believable",
        "The header may state Bq where its kind of file asks for MBq: state the activity in the input file.",
        where=where,
        words=str(stated),
    )
