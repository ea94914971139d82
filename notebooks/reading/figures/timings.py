"""What an algorithm takes, against n, and where one overtakes another."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reading import numbers
from reading.figures.rows import in_order, some
from reading.statistics import floats
from reading.style import INK, LAPTOP, LOOKS, Page, panels, styled


@styled
def time_against_n(timings: pd.DataFrame, crossovers: pd.DataFrame, growth: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Median time of a call against n, exact algorithms and those that round, from the tables of `fibq accuracy --study`.

    A ring is a crossover: from there on another algorithm is faster. In the legend is the power of n, or the base of the
    exponential, that the last two decades fit.
    """
    rows = some(timings, "timings")
    rounds = rows.precision_bits.notna() & (rows.algorithm != "binet-mpfr")
    groups = [("right at every n", rows[~rounds]), ("rounded", rows[rounds])]
    groups = [(title, group) for title, group in groups if not group.empty]
    figure, axes = panels(page, len(groups), 4.3, columns=2)
    for axis, (title, group) in zip(axes, groups, strict=True):
        names = in_order(group.algorithm, ())
        for place, name in enumerate(names):
            points, look = group[group.algorithm == name].sort_values("n"), LOOKS[place % len(LOOKS)]
            hollow = place >= len(LOOKS)
            axis.plot(
                floats(points.n),
                floats(points.median_ns) / 1e3,
                look.marker,
                color=look.colour,
                linestyle=look.line,
                linewidth=1.1,
                markersize=3.5,
                markerfacecolor="white" if hollow else look.colour,
                label=_label(name, growth),
            )
        _mark(axis, group, crossovers)
        axis.set(
            xscale="log",
            yscale="log",
            xlabel="index of the Fibonacci number",
            title=f"{title}, n = {len(group)} medians",
        )
        axis.xaxis.set_major_formatter(numbers.tick_number)
        axis.yaxis.set_major_formatter(numbers.tick_time)
        axis.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=2, columnspacing=1, handlelength=2.2)
    axes[0].set_ylabel("time of a call, median")
    return figure


def _mark(axis, group: pd.DataFrame, crossovers: pd.DataFrame) -> None:  # noqa: ANN001
    """A ring at each crossover of two algorithms of the group."""
    names = set(group.algorithm)
    for _, crossing in crossovers.iterrows():
        if {crossing.algorithm, crossing.overtaken_by} <= names:
            points = group[group.algorithm == crossing.overtaken_by].sort_values("n")
            height = np.exp(np.interp(np.log(float(crossing.n)), np.log(floats(points.n)), np.log(floats(points.median_ns))))
            axis.plot(
                float(crossing.n),
                height / 1e3,
                "o",
                color=INK,
                markerfacecolor="none",
                markersize=8,
                markeredgewidth=0.8,
            )


def _label(name: str, growth: pd.DataFrame) -> str:
    fits = growth[growth.algorithm == name]
    if fits.empty:
        return name
    fit = fits.iloc[0]
    return f"{name}: {fit.base:.2f}$^n$" if np.isnan(fit.exponent) else f"{name}: n$^{{{round(fit.exponent, 2) + 0.0:.2f}}}$"
