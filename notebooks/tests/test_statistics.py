"""Medians and intervals, held to what fibq wrote of the same runs."""

import math

import pytest

from reading.folders import ResultFolder
from reading.statistics import estimate, middle, most_of_none, share_interval


def test_estimates_are_those_of_the_sweep() -> None:
    sweep = ResultFolder("results/identical")
    cells, estimates = sweep.table("cells"), sweep.table("estimates")
    written = estimates[estimates.measure == "acked_per_s"].set_index("cell_id")
    assert len(written) == 2
    for cell, runs in cells.groupby("cell_id"):
        found, row = estimate(runs.acked_per_s), written.loc[cell]
        assert (found.count, found.low, found.high) == (row.repetitions, row.low_95, row.high_95)
        assert found.median == pytest.approx(row["median"], abs=0.001)


@pytest.mark.parametrize(("count", "bounded"), [(1, False), (5, False), (6, True)])
def test_an_interval_takes_six_values(count: int, bounded: bool) -> None:
    found = estimate(range(count))
    assert (found.low is not None, found.high is not None) == (bounded, bounded)


def test_missing_values_do_not_count() -> None:
    assert estimate([1, float("nan"), 3]).count == 2


def test_nothing_has_no_median() -> None:
    assert math.isnan(estimate([]).median)


def test_the_middle_of_percentiles_is_one_of_them() -> None:
    assert [middle(values) for values in ([3, 1, 2], [4, 1], [4, float("nan"), 2, 8, 1])] == [2, 1, 2]
    assert math.isnan(middle([]))


def test_what_never_happened_may_happen_all_the_same() -> None:
    assert most_of_none(18) == pytest.approx(0.1533, abs=1e-4)
    assert (1 - most_of_none(18)) ** 18 == pytest.approx(0.05)


def test_the_interval_of_a_share_never_leaves_what_a_share_can_be() -> None:
    assert share_interval(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)
    assert share_interval(10, 10) == pytest.approx((0.7225, 1), abs=1e-4)
    assert share_interval(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
