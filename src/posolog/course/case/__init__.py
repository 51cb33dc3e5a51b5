"""One patient's case at one moment, worked out once."""

from posolog.course.case.gates import guard_of, join, unknown_guard
from posolog.course.case.model import Case
from posolog.course.case.products import fits, product
from posolog.course.case.reductions import bad_reductions, reduction_on
from posolog.course.case.resolve import case_of
from posolog.course.case.sizes import body_on

__all__ = [
    "Case", "bad_reductions", "body_on", "case_of", "fits", "guard_of", "join", "product", "reduction_on",
    "unknown_guard",
]  # fmt: skip
