"""Where does Binet's formula stop being true?"""

import pandas as pd

from reading import numbers
from reading.problems import NothingToShow
from reading.statistics import floats

DOUBLE = 53
"""The bits of a double's significand."""


def answer(accuracy: pd.DataFrame, bounds: pd.DataFrame, error_sources: pd.DataFrame) -> str:
    """The first wrong n of each precision, then how near the proven bound is, and what makes the error."""
    return f"{_first_wrong(accuracy)} {_explained(bounds, error_sources)}"


def _first_wrong(accuracy: pd.DataFrame) -> str:
    rounding = accuracy.dropna(subset=["precision_bits", "is_exact"])
    if rounding.empty:
        raise NothingToShow("no algorithm that rounds was run")
    parts = []
    for bits, rows in rounding.groupby("precision_bits"):
        firsts = rows[~rows.is_exact].groupby("algorithm").n.min()
        if not firsts.empty:
            low, high = firsts.min(), firsts.max()
            parts.append(f"with {bits} bits F({low}){'' if low == high else f' to F({high}), by how the power is taken'}")
    if not parts:
        return f"All {numbers.count(len(rounding))} rounded values are right."
    return f"Rounded to an integer, the formula's first wrong value is {numbers.listed(parts)}."


def _explained(bounds: pd.DataFrame, error_sources: pd.DataFrame) -> str:
    parts = []
    gaps = bounds.dropna(subset=["gap"])
    if not gaps.empty:
        parts.append(
            f"the bound that is proven, below which every value is right, is at most {gaps.gap.max()} short of the first wrong n "
            f"over {gaps.precision_bits.nunique()} precisions and {gaps.rounding.nunique()} ways to round"
        )
    nearest = error_sources[error_sources.rounding == "nearest"]
    if not nearest.empty:
        bits = DOUBLE if DOUBLE in set(nearest.precision_bits) else nearest.precision_bits.max()
        last = nearest[nearest.precision_bits == bits]
        last = last[last.n == last.n.max()]
        shares = pd.Series(floats(last.contribution_ulp), index=last.source).abs()
        error = abs(floats(last.contribution_ulp).sum())
        parts.append(
            f"at n = {last.n.max()} with {bits} bits `{shares.idxmax()}` alone makes {numbers.number(shares.max())} ulp, where the "
            f"error of all is {numbers.number(error)}"
        )
    text = numbers.listed(parts) or "nothing here says why"
    return f"{text[0].upper()}{text[1:]}."
