"""Medians and their intervals, as `estimates.csv` has them: nothing is assumed of a distribution."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb, sqrt
from statistics import NormalDist, median_low

import numpy as np
import pandas as pd

CONFIDENCE = 0.95
"""What an interval holds its median with, at least."""


@dataclass(frozen=True)
class Estimate:
    """A median of some values, and two of the values that hold it between them where they are enough for that."""

    count: int
    median: float
    low: float | None
    high: float | None


def estimate(values: Iterable[float]) -> Estimate:
    """The median of values, and the interval that two order statistics bound: from the binomial distribution.

    The bounds are equally far from both ends, and as close to the middle as the confidence allows; below 6 values there
    are none. Missing values do not count; without any the median is not a number. (W. Conover, "Practical Nonparametric
    Statistics", 3rd edition, 1999, 3.2.)
    """
    ordered = sorted(floats(values)[~np.isnan(floats(values))])
    if not ordered:
        return Estimate(0, float("nan"), None, None)
    rank = _rank(len(ordered))
    median = float(np.median(ordered))
    if rank is None:
        return Estimate(len(ordered), median, None, None)
    return Estimate(len(ordered), median, float(ordered[rank - 1]), float(ordered[-rank]))


def _rank(count: int) -> int | None:
    """The greatest rank, from 1, that both bounds may have from their end; none if no rank has the confidence."""
    found, tail = None, 0.0
    for below in range(count // 2):
        tail += comb(count, below) / 2**count
        if 1 - 2 * tail < CONFIDENCE:
            break
        found = below + 1
    return found


def middle(percentiles: Iterable[float]) -> float:
    """The median of percentiles that runs have each for itself: one of them, the lower middle one of an even number.

    The mean of two percentiles is no percentile of anything. Missing values do not count; without any it is not a number.
    """
    present = floats(percentiles)[~np.isnan(floats(percentiles))]
    return float(median_low(present)) if len(present) else float("nan")


def most_of_none(trials: int) -> float:
    """The greatest share of all cases in which something may happen that happened in none of so many trials."""
    return 1 - (1 - CONFIDENCE) ** (1 / trials)


def share_interval(cases: int, trials: int) -> tuple[float, float]:
    """The interval that holds the share of all trials that are such cases, of which there were so many in so many trials.

    By E. B. Wilson, "Probable inference", 1927: it never leaves 0 to 1, and has a width where there was no case, or nothing else.
    """
    if not 0 <= cases <= trials or not trials:
        raise ValueError(f"{cases} cases in {trials} trials")
    z, seen = NormalDist().inv_cdf((1 + CONFIDENCE) / 2), cases / trials
    middle, half = seen + z * z / (2 * trials), z * sqrt(seen * (1 - seen) / trials + (z / (2 * trials)) ** 2)
    scale = 1 + z * z / trials
    return (middle - half) / scale if cases else 0.0, (middle + half) / scale if cases < trials else 1.0


def floats(values: Iterable[float]) -> np.ndarray:
    """Values as an array of floating-point numbers, what is missing being not a number."""
    return pd.Series(values).to_numpy(dtype="float64", na_value=np.nan)
