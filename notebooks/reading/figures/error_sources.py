"""Which step of Binet's formula makes the error."""

import pandas as pd
from matplotlib.figure import Figure

from reading.figures.rows import in_order, some
from reading.statistics import floats
from reading.style import INK, LAPTOP, Page, label_outside, legend_below, looks, panels, styled
from reading.units import labelled

SOURCES = {
    "omitted_term": "term left out",
    "phi": "φ",
    "power": "power",
    "sqrt5": "√5",
    "division": "division",
    "final_rounding": "last rounding",
}
"""The sources of error in `error_sources.csv` in the formula's order, and what they are called."""


@styled
def contributions(error_sources: pd.DataFrame, rounding: str = "nearest", *, page: Page = LAPTOP) -> Figure:
    """What each step contributes to the error, with its sign, against n, a panel a precision, from `error_sources.csv`.

    Between −1 and 1 ulp the axis is linear, beyond that logarithmic.
    """
    rows = some(error_sources[error_sources.rounding == rounding], "sources of error")
    precisions = sorted(set(rows.precision_bits))
    styles = looks(in_order(rows.source, tuple(SOURCES)))
    figure, axes = panels(page, len(precisions), 3.0, sharex=True, sharey=True)
    for axis, bits in zip(axes, precisions, strict=True):
        axis.axhline(0, color=INK, linewidth=0.8)
        for source, look in styles.items():
            points = rows[(rows.precision_bits == bits) & (rows.source == source)].sort_values("n")
            label = SOURCES.get(source, source)
            axis.plot(
                floats(points.n),
                floats(points.contribution_ulp),
                look.marker,
                color=look.colour,
                markersize=2,
                label=label,
            )
        axis.set_yscale("symlog", linthresh=1)
        axis.set(ylim=(-1e3, 1e3), title=f"{bits} bits, n = {rows[rows.precision_bits == bits].n.nunique()} indices")
        axis.set_yticks([-100, -10, -1, 0, 1, 10, 100], ["−100", "−10", "−1", "0", "1", "10", "100"])
        axis.set_yticks([], minor=True)
        axis.tick_params(labelbottom=True)
    label_outside(axes, "index of the Fibonacci number", labelled("contribution", "error_sources", "contribution_ulp"))
    handles = axes[0].get_legend_handles_labels()[0]
    legend_below(figure, page, handles, across=6)
    return figure
