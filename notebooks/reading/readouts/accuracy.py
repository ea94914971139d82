"""How right each algorithm was at each precision, over all n that a run saw."""

import pandas as pd

from reading.readouts.cells import count, number
from reading.readouts.readout import Readout, names, numbers


def inexact_readout(accuracy: pd.DataFrame) -> Readout:
    """A line an algorithm and precision, in the order in which they first appear; without rows where nothing was checked.

    The greatest error is that of results that are wrong once rounded: at a small n the formula is far off by this
    measure, since it leaves out ψⁿ, and right all the same.
    """
    groups = accuracy.groupby(["algorithm", "precision_bits"], sort=False, dropna=False)
    rows = []
    for (algorithm, bits), group in groups:
        inexact = group[~group.is_exact]
        rows.append(
            (
                algorithm,
                count(bits),
                count(len(group)),
                count(len(inexact)),
                count(inexact.n.min() if len(inexact) else None),
                number(inexact.ulp_error.max() if len(inexact) else None),
            )
        )
    headings = names("algorithm") + numbers("bits", "n checked", "inexact", "first at n", "most ulp")
    return Readout("Inexact results", headings, tuple(rows))


def divergence_readout(divergence: pd.DataFrame) -> Readout:
    """Where each algorithm that rounds to nearest fails first, by algorithm and precision."""
    nearest = divergence[divergence.rounding == "nearest"]
    figures = ("first_inexact", "last_exact", "first_unrepresentable", "first_overflow")
    rows = tuple(
        (row.algorithm, count(row.precision_bits), *(count(row[figure]) for figure in figures)) for _, row in nearest.iterrows()
    )
    titles = numbers("bits", "first wrong n", "last right n", "first F(n) that does not fit", "first overflow")
    return Readout("Rounding to nearest", names("algorithm") + titles, rows)
