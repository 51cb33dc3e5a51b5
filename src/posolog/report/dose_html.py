"""A dosimetry result as one self-contained page."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from posolog import __version__
from posolog.core.finding import Finding
from posolog.dosimetry.constants import LN2
from posolog.dosimetry.images.absorbed import ImageDose
from posolog.dosimetry.study.fits import Fitted
from posolog.dosimetry.study.result import Dose, Result
from posolog.report import format as say
from posolog.report.dose_figures import curve_svg, later_injections
from posolog.report.dose_words import gy, gy_u, methods, percent, short, title
from posolog.report.words import PURPOSE

# Inputs that every region has of its own.
OWN_INPUTS = ("curve", "recovery coefficient", "absorbed fraction", "size", "volume", "marrow share", "mass")


@dataclass(frozen=True, slots=True)
class DoseRow:
    region: str
    method: str
    chosen: bool
    by_injection: tuple[str, ...]
    total: str
    interval: str
    simulated: str
    per_activity: str
    bed: str
    eqd2: str
    steps: tuple[str, ...]
    budget: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CurveBlock:
    region: str
    svg: Markup
    models: tuple[tuple[str, str, str, str], ...]
    integral: str
    trapezoid: str
    points: tuple[tuple[str, str, str], ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Dose-volume curves and their table, from the images."""

    svg: Markup
    names: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DosePage:
    """Everything that the template shows, already in words."""

    title: str
    facts: tuple[tuple[str, str], ...]
    injections: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    therapy: str
    names: tuple[str, ...]
    doses: tuple[DoseRow, ...]
    limits: tuple[tuple[str, str, str, str, str], ...]
    own: tuple[tuple[str, str], ...]
    budget_of: tuple[str, ...]
    budget: tuple[tuple[str, tuple[str, ...]], ...]
    curves: tuple[CurveBlock, ...]
    methods: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    stops: int
    inputs_hash: str
    version: str
    simulation: str
    histogram: Histogram | None = None
    purpose: str = PURPOSE


def dose_html(result: Result, image: ImageDose | None = None) -> str:
    """The page as HTML text; `image` adds the dose-volume histograms of a dose map."""
    folder = files("posolog.report")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["spoken"] = say.spoken
    template = environment.from_string((folder / "dose.html.j2").read_text(encoding="utf-8"))
    style = Markup("".join((folder / name).read_text(encoding="utf-8") for name in ("plan.css", "dose.css")))
    return template.render(page=page_of(result, image), style=style)


def page_of(result: Result, image: ImageDose | None = None) -> DosePage:
    """The page of a result."""
    study = result.study
    order = {"stop": 0, "ask": 1, "note": 2}
    therapy = study.of(study.therapy.name)
    return DosePage(
        title=title(result),
        facts=tuple(_facts(result)),
        injections=tuple(_injection(one) for one in study.injections),
        therapy=study.therapy.name,
        names=tuple(f"{one.ident}{' (planned)' if one.planned else ''}" for one in therapy),
        doses=tuple(_dose(dose) for dose in result.doses),
        limits=tuple(
            (one.region, gy(one.limit_gy), gy_u(one.dose_gy, one.u_gy), percent(one.probability), one.method)
            for one in result.limits
        ),
        own=tuple(
            (own.region, own.why if own.dose_mgy is None else f"{short(own.dose_mgy)} mGy, {own.why}")
            for own in result.own
        ),
        budget_of=tuple(dose.region for dose in result.doses if dose.chosen),
        budget=_budget([dose for dose in result.doses if dose.chosen]),
        curves=tuple(_curve(result, fit) for fit in result.fitted),
        methods=methods(study),
        findings=tuple(sorted(result.findings, key=lambda finding: order[finding.severity])),
        stops=sum(finding.severity == "stop" for finding in result.findings),
        inputs_hash=study.inputs_hash,
        version=__version__,
        simulation=f"{result.draws:,} simulated patients, seed {result.seed}",
        histogram=_histogram(image) if image else None,
    )  # fmt: skip


def _histogram(image: ImageDose) -> Histogram:
    """The curves without the page's own statement of purpose, and the table with its 95 % intervals."""
    from posolog.report.image_dose import cell, dose_volume_svg, dosed, figures

    regions = dosed(image)
    names = tuple(figures(regions[0])) if regions else ()
    rows = tuple(
        (region.name, f"{short(region.volume.volume_ml)} mL", tuple(cell(region, name) for name in names))
        for region in regions
    )
    return Histogram(Markup(dose_volume_svg(image, note="")), names, rows, image.rules)


def _facts(result: Result) -> list[tuple[str, str]]:
    study = result.study
    made = [
        ("patient", study.patient),
        ("nuclide measured", study.measured.name),
        ("nuclide of the therapy", study.therapy.name),
    ]
    made += [("sex", study.sex)] if study.sex else []
    made += [("haematocrit", study.haematocrit.words)] if study.haematocrit else []
    made += [("blasts in the marrow", study.marrow_blasts.words)] if study.marrow_blasts else []
    made += [("marrow value that counts", study.marrow_method or "not stated: both are shown")]
    made += (
        [("calibration", ", ".join(f"{name} {short(100 * u)} %" for name, u in study.cameras))] if study.cameras else []
    )
    if result.remainder_h is not None:
        made.append(("remainder of the body", f"{short(result.remainder_h)} h per MBq injected"))
    return [(label, say.spoken(value)) for label, value in made]


def _injection(one: object) -> tuple[str, str, str, tuple[str, ...]]:
    from posolog.dosimetry.study.model import Injection

    assert isinstance(one, Injection)
    when = f"{say.short_date(one.start.date())}, {say.clock(one.start)} ({one.start:%z})"
    name = f"{one.ident}{' (planned)' if one.planned else ''}"
    return name, when, f"{short(one.net.value, 4)}{say.NBSP}MBq", tuple(say.spoken(step) for step in one.steps)


def _dose(dose: Dose) -> DoseRow:
    low, high = dose.interval_gy
    bio = dose.biological
    return DoseRow(
        dose.region,
        dose.method,
        dose.chosen,
        tuple(gy(one) for one in dose.by_injection_gy),
        gy_u(dose.dose_gy, dose.u_gy),
        f"{short(low)} to {gy(high)}",
        gy(dose.u_drawn_gy),
        f"{short(dose.gy_per_gbq)}{say.NBSP}mGy",
        gy_u(bio.bed_gy, bio.u_bed_gy) if bio else "no alpha/beta given",
        gy(bio.eqd2_gy) if bio else "",
        tuple(say.spoken(step) for step in dose.steps),
        tuple(
            (s.name, f"{short(100 * s.rel_u, 2)} %", short(s.sensitivity, 2), f"{s.percent:.0f} %")
            for s in dose.budget
            if s.percent >= 0.5
        ),
    )


def _budget(doses: list[Dose]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Inputs down, regions across: each input's share of the variance, an input's own region left out of its name."""
    table: dict[str, dict[int, float]] = {}
    for at, dose in enumerate(doses):
        for share in dose.budget:
            own = next((start for start in OWN_INPUTS if share.name.startswith(f"{start} of ")), None)
            name = own or share.name
            table.setdefault(name, {})[at] = table.get(name, {}).get(at, 0.0) + share.percent
    kept = {name: row for name, row in table.items() if max(row.values()) >= 1}
    order = sorted(kept, key=lambda name: -sum(kept[name].values()))
    return tuple(
        (name, tuple(f"{kept[name][at]:.0f} %" if kept[name].get(at, 0.0) >= 0.5 else "" for at in range(len(doses))))
        for name in order
    )


def _part(relative: float) -> str:
    """A relative uncertainty as a percentage, tiny ones in words."""
    return f"± {short(100 * relative, 2)} %" if relative >= 0.0005 else "less than ± 0.1 %"


def _curve(result: Result, fit: Fitted) -> CurveBlock:
    study, averaged = result.study, fit.averaged
    zero = study.of(study.measured.name)[0].start
    others = tuple((one.ident, one.start) for one in study.injections)
    scale, unit = (1.0, "MBq") if fit.curve.unit == "MBq" else (1000.0, "kBq per mL")
    return CurveBlock(
        fit.curve.region.name,
        Markup(curve_svg(fit, later=later_injections(zero, others))),
        tuple(_model(fit, at) for at in range(len(averaged.models)) if averaged.weights[0, at] > 0.005),
        f"{short(fit.per_mbq, 4)} {'h' if unit == 'MBq' else 'h per mL'} per MBq injected "
        f"({_part(fit.rel_fit)} from the points, {_part(fit.rel_spread)} between models)",
        f"{short(fit.trapezoid_per_mbq, 4)}" if fit.trapezoid_per_mbq is not None else "",
        tuple((short(p.time_h), short(p.value * scale), short(p.u * scale, 2)) for p in fit.curve.points),
        unit,
    )  # fmt: skip


def _model(fit: Fitted, at: int) -> tuple[str, str, str, str]:
    averaged = fit.averaged
    _, rates = averaged.terms(at)
    lives = ", ".join(short(LN2 / rate) for rate in sorted(rates[0]))
    value = float(fit.integral.by_model[0, at]) / fit.injected_mbq
    return averaged.models[at].name, f"{100 * averaged.weights[0, at]:.0f} %", f"{lives} h", short(value, 4)
