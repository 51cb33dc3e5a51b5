"""Amounts as registries write them: value, unit, what it is multiplied by and what it refers to, nothing invented."""

from decimal import Decimal

import pytest

from posolog.protocol.model import Amount
from posolog.reader import read
from posolog.reader.tokens.amounts import amounts

ROWS = [
    # words, low, high, unit, per, basis
    ("75 mg/m2", "75", "75", "mg", "m²", ""),
    ("75 mg/m²", "75", "75", "mg", "m²", ""),
    ("75 mg/m^2", "75", "75", "mg", "m²", ""),
    ("150 mg/m(2)/dose", "150", "150", "mg", "m²", "dose"),
    ("1,250mg/sq.m", "1250", "1250", "mg", "m²", ""),
    ("1.3 mg/m administered", "1.3", "1.3", "mg", "m²", ""),
    ("3.2 mg\\kg", "3.2", "3.2", "mg", "kg", ""),
    ("5 mg / kg / day", "5", "5", "mg", "kg", "day"),
    ("100 mg /m2/day", "100", "100", "mg", "m²", "day"),
    ("50mg / kg / day", "50", "50", "mg", "kg", "day"),
    ("9µg/d", "9", "9", "mcg", "", "day"),
    ("2.5 ug/kg", "2.5", "2.5", "mcg", "kg", ""),
    ("1.4mg/m2.d", "1.4", "1.4", "mg", "m²", "day"),
    ("2500 units/m^2", "2500", "2500", "IU", "m²", ""),
    ("6 x 10^5 IU/kg", "600000", "600000", "IU", "kg", ""),
    ("370 MBq/m2", "370", "370", "MBq", "m²", ""),
    ("0.4 mCi/kg", "0.4", "0.4", "mCi", "kg", ""),
    ("200 cGy", "200", "200", "cGy", "", ""),
    ("24 Gy", "24", "24", "Gy", "", ""),
    ("2*10^6 cells/kg", "2000000", "2000000", "cells", "kg", ""),
    ("2 x 10^6 CD34+ cells/kg", "2000000", "2000000", "cells", "kg", ""),
    ("5 x 106 cells/m2", "5000000", "5000000", "cells", "m²", ""),
    ("1,3mg/m2", "1.3", "1.3", "mg", "m²", ""),
    ("2,000 mg/m2", "2000", "2000", "mg", "m²", ""),
    ("10-20 mg", "10", "20", "mg", "", ""),
    ("200-400 mg p.o.", "200", "400", "mg", "", ""),
    ("10 mg to 20 mg", "10", "20", "mg", "", ""),
    (">=20mg/m2/day", "20", None, "mg", "m²", "day"),
    ("≥ 20 mg", "20", None, "mg", "", ""),
    ("up to 3 mg/kg", None, "3", "mg", "kg", ""),
    ("AUC 5-6", "5", "6", "AUC", "", ""),
    ("AUC of 5", "5", "5", "AUC", "", ""),
    (".5 mg/kg", "0.5", "0.5", "mg", "kg", ""),
]


def number(words: str | None) -> Decimal | None:
    return None if words is None else Decimal(words)


@pytest.mark.parametrize(("words", "low", "high", "unit", "per", "basis"), ROWS, ids=[row[0] for row in ROWS])
def test_amount_words(words: str, low: str | None, high: str | None, unit: str, per: str, basis: str) -> None:
    (token,) = amounts(words, 0, len(words))
    amount = token.value
    assert isinstance(amount, Amount)
    assert (amount.low, amount.high) == (number(low), number(high))
    assert (amount.unit.symbol, amount.per.value, amount.basis.value) == (unit, per, basis)


@pytest.mark.parametrize("words", ["1.3 mg/m administered", "1,3mg/m2", "5 x 106 cells/m2", "20 to 10 mg"])
def test_a_repair_is_noted(words: str) -> None:
    (token,) = amounts(words, 0, len(words))
    assert token.note


@pytest.mark.parametrize(
    "words",
    ["90Y-epratuzumab", "177Lu-DOTATATE", "131I", "AUC0-24", "AUC 0-24", "0 mg", "on 5 occasions", "grade 3", "CD34"],
)
def test_no_amount(words: str) -> None:
    assert amounts(words, 0, len(words)) == []


def test_levels() -> None:
    words = "0.7, 1.0 and 1.3 mg/m2"
    (token,) = amounts(words, 0, len(words))
    assert isinstance(token.value, Amount)
    assert token.value.levels == (Decimal("0.7"), Decimal("1.0"), Decimal("1.3"))


# What other programs made of these words, each a dangerous fault: see the reader's page in docs.


def test_per_day_is_not_invented() -> None:
    (statement,) = read("Fludarabine 30 mg/m2 days 1-5.").statements
    assert statement.give.amount is not None and statement.give.days is not None
    assert statement.give.amount.basis.value == ""
    assert statement.give.amount.exact == 30
    assert statement.give.days.days() == (1, 2, 3, 4, 5)


def test_the_two_of_square_metres_is_no_dose_and_no_duration() -> None:
    (statement,) = read("Cytarabine 100 mg/m2 on day 1.").statements
    assert statement.give.doses is None and statement.give.for_days is None


def test_the_mass_number_is_no_amount() -> None:
    (statement,) = read("90Y-epratuzumab tetraxetan 370 MBq/m2 on day 1 and day 8.").statements
    assert statement.give.agent == "90Y-epratuzumab tetraxetan"
    assert statement.give.amount is not None and statement.give.amount.exact == 370


def test_minutes_are_minutes() -> None:
    (statement,) = read("Rituximab 375 mg/m2 as a 30-minute infusion on day 1.").statements
    assert statement.give.infusion_h == Decimal("0.5")


def test_thymoglobuline_is_not_thyroglobulin() -> None:
    (statement,) = read("Thymoglobuline 2.5 mg/kg/day on days -3 and -2.").statements
    assert statement.give.agent == "antithymocyte globulin (rabbit)"


@pytest.mark.parametrize(
    ("words", "agent"),
    [
        ("MMF 15 mg/kg on day 1.", "mycophenolate mofetil"),
        ("CSA 3 mg/kg/day from day 6.", "ciclosporin"),
    ],
)
def test_abbreviations_mean_what_the_field_means(words: str, agent: str) -> None:
    (statement,) = read(words).statements
    assert statement.give.agent == agent
