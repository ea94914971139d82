"""The derived bound, held to the study's measurements."""

from reading import fibonacci
from reading.figures.accuracy import PROVEN
from reading.folders import ResultFolder


def test_no_measured_error_is_above_the_bound() -> None:
    accuracy = ResultFolder("results/fibonacci").table("accuracy")
    rows = accuracy[(accuracy.algorithm == PROVEN) & accuracy.ulp_error.notna() & (accuracy.n > 0)]
    assert len(rows) > 700
    for row in rows.itertuples():
        assert row.ulp_error <= fibonacci.bound_ulp(row.n, row.precision_bits) * (1 + 1e-9), (row.n, row.precision_bits)


def test_a_wrong_value_has_an_error_of_half_or_more() -> None:
    accuracy = ResultFolder("results/fibonacci").table("accuracy")
    rows = accuracy[accuracy.ulp_error.notna() & (accuracy.n > 0) & ~accuracy.is_exact.fillna(True)]
    assert len(rows) > 100
    for row in rows.itertuples():
        assert row.ulp_error >= fibonacci.half_ulp(row.n, row.precision_bits)


def test_as_many_digits_are_right_as_the_bound_promises() -> None:
    accuracy = ResultFolder("results/fibonacci").table("accuracy")
    rows = accuracy[(accuracy.algorithm == PROVEN) & (accuracy.n > 0)]
    assert len(rows) > 700
    for row in rows.itertuples():
        assert row.correct_digits >= fibonacci.promised_digits(row.n, row.precision_bits), (row.n, row.precision_bits)
    promised = [fibonacci.promised_digits(n, 53) for n in (50, 60, 100, 150)]
    assert promised[:2] == [fibonacci.digits(50), fibonacci.digits(60)]
    assert all(0 < found < fibonacci.digits(n) for found, n in zip(promised[2:], (100, 150), strict=True))


def test_digits() -> None:
    assert fibonacci.digits(100) == len("354224848179261915075")
