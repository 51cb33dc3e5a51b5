"""A hand-made plan of the haploidentical transplant trial: what the report rooms are tested on.

Doses are the golden check numbers for 80 kg, 172 cm (BSA 1.931691 m², Du Bois).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from posolog.core.because import Because, Computed, Read, Span
from posolog.core.days import Anchor, add_months
from posolog.core.finding import Finding, Place, Severity
from posolog.core.guard import Answer, Guard
from posolog.core.quantity import Quantity, quantity
from posolog.course.model import Dose, Patient, Plan, Planned, Status, Step

D0 = Anchor("D0", "graft transfusion")
GRAFT = date(2027, 1, 14)
BSA = Decimal("1.931691")
Line = tuple[str, str, str, str, tuple[int, ...], str]

GIVES: tuple[Line, ...] = (
    ("sequential chemotherapy/1", "thiotepa", "5", "kg", (-13,), "Thiotepa 5 mg / kg / day for 1 day (D-13)"),
    ("sequential chemotherapy/2", "cyclophosphamide", "400", "m²", (-12, -11, -10, -9),
     "Cyclophosphamide 400 mg / m² / day for 4 days (J-12 to J-9)"),
    ("sequential chemotherapy/3", "etoposide", "100", "m²", (-12, -11, -10, -9),
     "Etoposide 100 mg / m² / day for 4 days (J-12 to J-9)"),
    ("conditioning/1", "fludarabine", "30", "m²", (-5, -4, -3, -2, -1),
     "Fludarabine 30 mg / m² / day for 5 days (J-5 to D-1)"),
    ("conditioning/3", "antithymocyte globulin", "2.5", "kg", (-3, -2),
     "Anti-lymphocyte serum (Thymoglobuline) 2.5 mg / kg / day for 2 days (J-3 and J-2)"),
    ("GVHD prevention/1", "cyclophosphamide", "50", "kg", (3, 5),
     "Cyclophosphamide 50mg / kg / day on days D + 3 and D + 5"),
)  # fmt: skip


def at(day: int) -> date:
    return GRAFT + timedelta(days=day)


def why(words: str, formula: str) -> Because:
    return Computed("dose", formula, (Read(words, Span("set-haplo.txt", 100, 100 + len(words))),))


def dose(per: str, factor: str, n_days: int, words: str) -> Dose:
    size = BSA if per == "m²" else Decimal(80)
    unrounded = Quantity(Decimal(factor) * size, quantity("1 mg").unit)
    formula = f"{factor} mg/{per}/day × {size} {per} = {unrounded.value} mg"
    return Dose(
        unrounded=unrounded, per_dose=unrounded, per_day=unrounded, per_course=unrounded * n_days,
        doses_per_day=1, n_doses=n_days, n_days=n_days,
        basis="1.9317 m² (Du Bois)" if per == "m²" else "80 kg (actual weight)",
        steps=(Step("dose", unrounded, formula),), because=why(words, formula),
    )  # fmt: skip


def given() -> list[Planned]:
    acts = []
    for ident, name, factor, per, days, quote in GIVES:
        one = dose(per, factor, len(days), quote)
        part = ident.split("/")[0]
        for number, day in enumerate(days, 1):
            acts.append(
                Planned(
                    ident, part, "give", name, D0, day, at(day), Status.PLANNED,
                    dose=one, number=number, quote=quote, because=one.because,
                )
            )  # fmt: skip
    return acts


def others() -> list[Planned]:
    stopped = Guard(
        Answer.UNKNOWN,
        reasons=("no acute GVHD recorded",),
        missing=("immunosuppression stopped for at least 1 month", "no active GVHD"),
    )
    rest_quote = "Rest days J-8 and J-6"
    return [
        *(
            Planned("rest/1", "rest", "rest", "rest", D0, day, at(day), Status.PLANNED, quote=rest_quote)
            for day in (-8, -7, -6)
        ),
        *(
            Planned(
                "conditioning/2",
                "conditioning",
                "give",
                "busulfan",
                D0,
                day,
                at(day),
                Status.REFUSED,
                number=n,
                route="IV",
                note="no dose until the finding DOSE-FREQUENCY is settled",
                quote="Busulfan IV 3.2 mg / kg / day for 2 days (J-5 and J-4)",
            )
            for n, day in enumerate((-5, -4), 1)
        ),
        Planned(
            "graft/1",
            "graft",
            "do",
            "graft transfusion",
            D0,
            0,
            at(0),
            Status.PLANNED,
            quote="Graft transfusion: the day D0",
        ),
        Planned(
            "GVHD prevention/2",
            "GVHD prevention",
            "give",
            "cyclosporine",
            D0,
            6,
            at(6),
            Status.PLANNED,
            earliest=at(6),
            dose=Dose(
                quantity("240 mg"), quantity("240 mg"), quantity("240 mg"), None, 1, None, None, "80 kg (actual weight)"
            ),
            route="IV",
            quote="Cyclosporine A (CSA; 3 mg / kg / day IV from D + 6)",
        ),
        Planned(
            "GVHD prevention/3",
            "GVHD prevention",
            "give",
            "mycophenolate mofetil",
            D0,
            6,
            at(6),
            Status.REFUSED,
            earliest=at(6),
            quote="Mycophenolate mofetil (MMF; 30 mg / kg / day, maximum x2 1g / day from day J + 6)",
        ),
        Planned(
            "taper/1",
            "taper",
            "taper",
            "mycophenolate mofetil",
            D0,
            35,
            at(35),
            Status.WAITING,
            earliest=at(35),
            latest=at(56),
        ),
        Planned(
            "taper/2", "taper", "taper", "cyclosporine", D0, 62, at(62), Status.WAITING, earliest=at(62), latest=at(90)
        ),
        *(
            Planned(
                "pDLI/1",
                "pDLI",
                "give",
                "donor lymphocytes",
                D0,
                120 if n == 1 else None,
                at(120) if n == 1 else None,
                Status.WAITING,
                earliest=at(120),
                number=n,
                gate=stopped,
                quote="pDLI: 3 injections from the D + 120",
            )
            for n in (1, 2, 3)
        ),
        Planned("follow-up/1", "follow-up", "visit", "follow-up: baseline", D0, 0, at(0), Status.PLANNED),
        *(
            Planned(
                f"follow-up/{n}",
                "follow-up",
                "visit",
                f"follow-up: {n} month{'s' if n > 1 else ''}",
                D0,
                None,
                add_months(GRAFT, n),
                Status.PLANNED,
                earliest=add_months(GRAFT, n) - timedelta(7),
                latest=add_months(GRAFT, n) + timedelta(7),
            )
            for n in (1, 3, 6, 12, 24)
        ),
        Planned(
            "care/1",
            "care",
            "refer",
            "care supports: see the protocols of each centre",
            None,
            None,
            None,
            Status.PLANNED,
        ),
    ]


FINDINGS = (
    Finding(
        "DOSE-FREQUENCY",
        Severity.STOP,
        "busulfan 3.2 mg/kg/day does not say how many doses make the day's amount",
        "Write 'once a day' or 'every 6 hours' in the line.",
        (Place("this line", "Busulfan IV 3.2 mg / kg / day", "set-haplo.yaml", 31),),
        "H8",
    ),
    Finding("REST-GAP", Severity.ASK, "D-7 is covered by no line", "Say whether it is a rest day."),
)


def sample() -> Plan:
    acts = given() + others()
    dated = sorted((a for a in acts if a.when), key=lambda a: (a.when or date.max, a.line))
    undated = [a for a in acts if not a.when]
    return Plan(
        "SET-haplo", Patient("P-001", Decimal(80), Decimal(172)), "", ((D0, GRAFT),), tuple(dated + undated),
        FINDINGS, (), (("BSA", "0.007184 × 172^0.725 × 80^0.425 = 1.931691 m² (Du Bois)"), ("weight", "80 kg")),
        "9f2c" * 16, datetime(2027, 1, 4, 9, tzinfo=UTC),
    )  # fmt: skip
