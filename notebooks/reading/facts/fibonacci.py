"""Where the closed formula stops being true, and why: `make accuracy`."""

from dataclasses import dataclass

import pandas as pd

from reading.facts.claims import hold
from reading.facts.default_run import N_OF_THE_WRITE_UP
from reading.facts.results import folder
from reading.fibonacci import fibonacci as exact
from reading.fibonacci import half_ulp

NAME = "fibonacci"
DOUBLE_BITS = 53
FORMULA = "binet-mpfr"

STEPS = ("phi", "power", "sqrt5", "division")
"""The sources of error that are roundings of the formula's own steps."""


@dataclass(frozen=True)
class Divergence:
    """Where an algorithm of one precision stops being right."""

    algorithm: str
    bits: int
    first_wrong: int
    last_right: int
    first_that_does_not_fit: int
    first_overflow: int | None
    proven_to: int | None
    wrong_before_last_right: int


@dataclass(frozen=True)
class Sources:
    """What makes the error of the value at an n, in units in its last place."""

    n: int
    total: float
    parts: dict[str, float]
    to_next_integer: float


@dataclass(frozen=True)
class Gap:
    """The largest distance between the bound and the first wrong n."""

    n: int
    bits: int
    rounding: str
    modes: int


@dataclass(frozen=True)
class LateRight:
    """A precision at which an n after the first wrong one is right, since its last bits are zeros."""

    bits: int
    first_wrong: int
    last_right: int
    wrong_before: int
    zero_bits: int
    other_bits: int


@dataclass(frozen=True)
class Fibonacci:
    """What the study says of errors; what it says of time is in `fibonacci_costs`."""

    bits: int
    native: list[Divergence]
    by_precision: list[Divergence]
    gap: Gap
    late: LateRight
    first_wrong: Sources
    asked: Sources


def fibonacci() -> Fibonacci:
    """What the committed study shows."""
    study = folder(NAME)
    bounds, divergence = study.table("bounds"), study.table("divergence")
    nearest = divergence[divergence.rounding == "nearest"]
    proven = bounds[bounds.rounding == "nearest"].set_index("precision_bits").proven_exact_to
    by_precision = [_divergence(row, proven) for _, row in nearest[nearest.algorithm == FORMULA].iterrows()]
    native = [_divergence(row) for _, row in nearest[nearest.algorithm != FORMULA].iterrows()]
    first = next(row.first_wrong for row in by_precision if row.bits == DOUBLE_BITS)
    return Fibonacci(
        bits=DOUBLE_BITS,
        native=sorted(native, key=lambda row: (row.bits, row.algorithm)),
        by_precision=by_precision,
        gap=_gap(bounds),
        late=_late_right(divergence),
        first_wrong=_sources(study.table("error_sources"), first),
        asked=_sources(study.table("error_sources"), N_OF_THE_WRITE_UP),
    )


def _divergence(row: pd.Series, proven: pd.Series | None = None) -> Divergence:
    return Divergence(
        algorithm=row.algorithm,
        bits=int(row.precision_bits),
        first_wrong=int(row.first_inexact),
        last_right=int(row.last_exact),
        first_that_does_not_fit=int(row.first_unrepresentable),
        first_overflow=None if pd.isna(row.first_overflow) else int(row.first_overflow),
        proven_to=None if proven is None else int(proven[row.precision_bits]),
        wrong_before_last_right=int(row.inexact_below_last_exact),
    )


def _gap(bounds: pd.DataFrame) -> Gap:
    row = bounds.loc[bounds.gap.astype("float64").idxmax()]
    return Gap(int(row.gap), int(row.precision_bits), row.rounding, bounds.rounding.nunique())


def _late_right(divergence: pd.DataFrame) -> LateRight:
    late = divergence[(divergence.algorithm == FORMULA) & (divergence.inexact_below_last_exact > 0)]
    hold(NAME, "at one precision and mode alone an n is right after a wrong one", len(late) == 1)
    row = _divergence(late.iloc[0])
    value = exact(row.last_right)
    zeros = (value & -value).bit_length() - 1
    hold(NAME, "what is right there ends in zero bits, and the others fit", value.bit_length() - zeros <= row.bits)
    return LateRight(
        bits=row.bits,
        first_wrong=row.first_wrong,
        last_right=row.last_right,
        wrong_before=row.wrong_before_last_right,
        zero_bits=zeros,
        other_bits=value.bit_length() - zeros,
    )


def _sources(table: pd.DataFrame, n: int) -> Sources:
    is_meant = (table.n == n) & (table.precision_bits == DOUBLE_BITS) & (table.rounding == "nearest")
    parts = table[is_meant].set_index("source").contribution_ulp
    steps = {step: float(parts[step]) for step in STEPS}
    return Sources(n, sum(steps.values()), steps, half_ulp(n, DOUBLE_BITS))
