"""A figure over several runs, as pages tell it: the median, and what it ranged over."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from statistics import median

from reading.statistics import floats


@dataclass(frozen=True)
class Spread:
    """The median of some values, the least, the greatest, and how many they are."""

    median: float
    low: float
    high: float
    count: int


def spread(values: Iterable[float]) -> Spread:
    """The spread of values; those that are missing do not count. Raises `ValueError` without any."""
    present = [float(value) for value in floats(values) if value == value]
    if not present:
        raise ValueError("a spread of no values")
    return Spread(median(present), min(present), max(present), len(present))


def percentile(values: Iterable[float], fraction: float) -> float | None:
    """The value at that rank of those present, as fibq's own tables have it: the next greater one. None without any."""
    present = sorted(float(value) for value in floats(values) if value == value)
    return present[max(1, ceil(fraction * len(present))) - 1] if present else None
