"""What a task costs as the queue grows, law by law, and what measuring costs."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.figures.rows import in_order, some
from reading.statistics import floats
from reading.style import LAPTOP, LOOKS, Page, legend_below, logarithmic, panels, styled
from reading.units import labelled

COSTS = {"wall_us_per_task": "time", "redis_us_per_task": "Redis' processor", "worker_us_per_task": "workers' processors"}
"""The columns of `growth_trials.csv` that are drawn, and what they are called; the first has all its trials drawn."""

SIZES = {
    "backlog": "tasks that wait",
    "in-flight": "tasks in flight",
    "workers": "workers",
    "payload": "bytes a payload",
    "claim": "tasks a claim, at most",
}
"""What each law varies."""


@styled
def cost_against_size(trials: pd.DataFrame, exponents: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """What a task costs against what is varied, a panel a law, from `growth_trials.csv` and `exponents.csv`.

    A point is a trial, and a line goes through the medians. Above a panel is how many trials each size has, and with which
    power of the size the time grows: b of cost ∝ size^b, with its standard error where the law has more than two sizes.
    """
    rows = some(trials, "trials")
    rows = rows.assign(panel=rows.law + np.where(rows.durability == "none", "", ", " + rows.durability))
    names = in_order(rows.panel, tuple(SIZES))
    figure, axes = panels(page, len(names), 2.6, columns=2)
    for axis, name in zip(axes, names, strict=True):
        own = rows[rows.panel == name]
        for (column, _), look in zip(COSTS.items(), LOOKS, strict=False):
            medians = own.groupby("size")[column].median()
            axis.plot(
                floats(own["size"]), floats(own[column]), look.marker, color=look.colour, markersize=3, markerfacecolor="white"
            )
            axis.plot(floats(medians.index), floats(medians), color=look.colour, linestyle=look.line)
        _scale(axis, own)
        axis.set_title(f"{name}, n = {_trials_a_size(own)} a size\n{_power(own, exponents)}")
        axis.set_xlabel(SIZES.get(own.law.iloc[0], "size"))
    for axis in axes:
        first = axis.get_subplotspec().is_first_col()
        axis.set_ylabel(labelled("a task", "growth_trials", "wall_us_per_task") if first else "")
    handles = [
        Line2D([], [], color=look.colour, linestyle=look.line, marker=look.marker, markerfacecolor="white", label=title)
        for title, look in zip(COSTS.values(), LOOKS, strict=False)
    ]
    legend_below(figure, page, handles, across=3)
    return figure


def _scale(axis: Axes, rows: pd.DataFrame) -> None:
    """Logarithmic both ways, up and down over a decade or more, so that what is flat looks flat."""
    costs = rows[list(COSTS)]
    axis.set(xlim=(rows["size"].min() / 1.6, rows["size"].max() * 1.6))
    middle = np.sqrt(float(costs.min().min()) * float(costs.max().max()))
    reach = max(4.0, float(costs.max().max()) / middle * 1.3)
    axis.set(ylim=(middle / reach, middle * reach))
    logarithmic(axis.xaxis, numbers.tick_number)
    logarithmic(axis.yaxis, numbers.tick_number)


def _trials_a_size(rows: pd.DataFrame) -> str:
    sizes = rows.groupby("size").size()
    return numbers.spanned(int(sizes.min()), int(sizes.max()))


def _power(rows: pd.DataFrame, exponents: pd.DataFrame) -> str:
    """With which power of the size the time of a task grows."""
    first = rows.iloc[0]
    is_fit = (exponents.law == first.law) & (exponents.protocol == first.protocol) & (exponents.durability == first.durability)
    fits = exponents[is_fit & (exponents.figure == next(iter(COSTS)))]
    if fits.empty:
        return "no fit"
    fit = fits.iloc[0]
    error = "" if pd.isna(fit.standard_error) else f" ± {fit.standard_error:.2f}"
    return f"time ∝ sizeᵇ, b = {round(fit.exponent, 2) + 0.0:.2f}{error}".replace("-", "−")


MEASURED = {
    "tasks_per_s": "tasks/s",
    "worker_us_per_task": "workers, µs/task",
    "redis_us_per_task": "Redis, µs/task",
}
"""The columns of `measuring.csv` that are drawn, and what their axes are called."""


@styled
def cost_of_measuring(drains: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Drains of a backlog with journals and without, in turn, from `measuring.csv`: a line a pair, a stroke a median."""
    rows = some(drains, "drains with journals and without")
    figure, axes = panels(page, len(MEASURED), 2.5)
    pairs = rows.pivot_table(index=["protocol", "repetition"], columns="journals", values=list(MEASURED))
    for axis, (column, title) in zip(axes, MEASURED.items(), strict=True):
        for _, pair in pairs[column].iterrows():
            axis.plot([0, 1], [pair[False], pair[True]], "o-", color=LOOKS[0].colour, markerfacecolor="white", linewidth=0.8)
        for place, with_journals in enumerate((False, True)):
            median = float(pairs[column][with_journals].median())
            axis.plot(place, median, "_", color=LOOKS[1].colour, markersize=24, markeredgewidth=2.5)
        axis.set(ylabel=title, ylim=(0, None), xlim=(-0.5, 1.5))
        axis.set_xticks([0, 1], ["without", "with journals"])
        axis.yaxis.set_major_formatter(numbers.tick_number)
    axes[0].set_title(f"n = {len(pairs)} pairs")
    point = Line2D([], [], color=LOOKS[0].colour, marker="o", markerfacecolor="white", linewidth=0.8, label="a pair of drains")
    stroke = Line2D([], [], color=LOOKS[1].colour, marker="_", markersize=14, markeredgewidth=2.5, linestyle="", label="median")
    legend_below(figure, page, [point, stroke])
    return figure
