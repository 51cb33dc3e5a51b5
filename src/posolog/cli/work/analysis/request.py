"""What was asked of `analyse`, and whether it can be answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posolog.cli.faults import stop
from posolog.core.finding import Refusal

if TYPE_CHECKING:
    from posolog.stats.cox.likelihood import Ties
    from posolog.stats.numbers import Interval


@dataclass(frozen=True, slots=True)
class Request:
    """What was typed."""

    file: str
    time: str
    event: str
    start: str | None = None
    group: str | None = None
    reference: str | None = None
    strata: str | None = None
    covariates: str = ""
    categories: str = ""
    exposed: str | None = None
    landmark: float | None = None
    cluster: str | None = None
    cause: int | None = None
    at: str = ""
    tau: float | None = None
    interval: Interval = "log-log"
    level: float = 0.95
    ties: Ties = "efron"
    rho: float = 0.0
    robust: bool = False
    unit: str = ""
    leave_out_missing: bool = False
    output: str | None = None


def check(request: Request) -> None:
    """Options that can be judged before the table is read. *Raises:* Refusal."""
    if not 0 < request.level < 1:
        raise _option("--level", request.level, "between 0 and 1, for example 0.95")
    if request.tau is not None and not 0 < request.tau < float("inf"):
        raise _option("--tau", request.tau, "above 0")
    if request.landmark is not None and not 0 <= request.landmark < float("inf"):
        raise _option("--landmark", request.landmark, "0 or later")
    if not 0 <= request.rho < float("inf"):
        raise _option("--rho", request.rho, "0 or above")
    if request.reference and not request.group:
        raise _option("--reference", request.reference, "a group of --group, which is not given")


def _option(name: str, value: object, wanted: str) -> Refusal:
    message = f"{name} {value} cannot be used: it must be {wanted}"
    return stop("OPTION-VALUE", message, f"Correct {name}.", words=str(value))
