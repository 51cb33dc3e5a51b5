"""Companies' codes ("XY-1234"), cell products, and what looks like one and is none."""

from __future__ import annotations

import re
from functools import lru_cache

CODE = re.compile(
    r"(?:[A-Z]{2,6}-?\d{3,8}[A-Z]?|[A-Z]{1,6}-[A-Z]?\d{2,6}[A-Z]?|[A-Z]{2,3}[a-z]?-\d{3,6}|[A-Z]\d{4,6})\Z"
)
# "EBV-CTL", "CD19-CART"
CELL_PRODUCT = re.compile(r"[A-Z][A-Za-z0-9]{1,9}-(?:CTLs?|TILs?|CARTs?|CAR-?Ts?|NKs?|MSCs?|DCs?)\Z")
RECOMBINANT = re.compile(r"r(?:h|hu)?(?!RNA|DNA|TMS)[A-Z]{2,5}(?:-\d{1,3}[a-z]?)?\Z")  # "rIL-21", "rhTPO"
LOOSE_CODE = re.compile(
    r"""(?:
            [A-Z]{1,5}\d{0,3}-[A-Z]{0,2}\d{1,6}[A-Z]?|[A-Z]{1,4}\d{1,6}[A-Z]?|\d{1,2}-[A-Z]{2,4}
            |[A-Z]\d{1,3}[A-Z]{2,4}\d{1,3})\Z""",
    re.X,
)
NOT_CODES = re.compile(
    r"""(?:
            (?:
                 NCT|ICD|WHO|CTC|HLA|CD|COVID|HIV|HTLV|EORTC|ECOG|FACT|QLQ|SF|PHQ|EQ|KPS|GFR|AUC|CYP|HER|PD|CTLA|MHC
                 |VEGFR|FLT|PSA|CA|MRI|FDG|PET|RT|TNM|AJCC|NCI|RTOG|SWOG|CALGB|GOG|FEV|PS|HPV|EBV|CMV|HSV|HBV|HCV
                 |IFN|TNF|TH|BM|ER|PR|BRCA|KRAS|EGFR|BCR|ABL|IPI|HR|DSM|SNP|APOE|DRB|DQ|GRADE|STAGE|PHASE|ARM|DAY
                 |CYCLE|COHORT|STEP|ASTM|ISO|USP|UK|US|EU|BMI|HBA|FIGO|EQD|DL|VO|INT|MDS|AML|ALL|CML|CLL|NHL|R-CHOP
                 |CHOP|RCHOP|SCT|HSCT|SS|DRG|ISS|EDSS|DAS|ACR|PASI|HAM-D|MADRS|BDI|MMSE|UPDRS)
             -?\d{0,5}[A-Za-z]?
            |NCT\d{5,9}|[A-Z]-?\d{1,2}[A-Za-z]?|\d-[A-Z]{2,4}
            |(?:C\d{1,2}D|T\d[ab]?N|T\d-)\d{0,2})\Z""",
    re.I | re.X,
)
DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[A-Z]{2,4}")


def is_code(written: str) -> bool:
    """A company's code ("XY-1234")."""
    if CELL_PRODUCT.match(written):
        return True
    return DIGIT.search(written) is not None and CODE.match(written) is not None and not NOT_CODES.match(written)


@lru_cache(maxsize=50_000)
def opens_code(written: str) -> bool:
    """Letters that may open a company's code ("BAY 43")."""
    return _LETTERS.fullmatch(written) is not None and not NOT_CODES.match(written)
