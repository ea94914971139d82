"""The runs of a sweep over any axes: each a point by its cell, with the cells' medians."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.dictionary import AXIS_PREFIX
from reading.figures.rows import some, usable
from reading.statistics import CONFIDENCE, estimate, floats
from reading.style import LAPTOP, LOOKS, Page, legend_below, panels, styled

MEASURES = {
    "acked_per_s": ("acked (tasks/s)", numbers.tick_number),
    "end_to_end_intended_p50_us": ("intended to end,\np50", numbers.tick_time),
    "end_to_end_intended_p99_us": ("intended to end,\np99", numbers.tick_time),
}
"""The columns of `cells.csv` that are drawn, what their axes are called, and the form of their ticks."""

FEWEST = 6
"""How many runs an interval takes at least."""


@styled
def cells_and_medians(cells: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Throughput and latency, a row a cell and a point a run, from `cells.csv`; the stroke is the median.

    Of the percentiles of an even number of runs there is no stroke. The thick line is the median's interval, where a cell has
    the six runs that it takes.
    """
    rows = some(usable(cells).dropna(subset=["acked_per_s"]), "usable runs of a sweep")
    names = rows.drop_duplicates("cell_id").set_index("cell_id").sort_index()
    shown = [column for column in MEASURES if rows[column].notna().any()]
    any_interval = bool((rows.groupby("cell_id").acked_per_s.count() >= FEWEST).any())
    figure, axes = panels(page, len(shown), 1.3 + 0.26 * len(names), sharey=True)
    for axis, column in zip(axes, shown, strict=True):
        title, form = MEASURES[column]
        for place, cell in enumerate(names.index):
            _draw(axis, place, floats(rows[rows.cell_id == cell][column]), column.endswith("_us"))
        axis.set(xlabel=title, ylim=(len(names) - 0.5, -0.5))
        _scale(axis, floats(rows[column]))
        axis.xaxis.set_major_formatter(form)
        axis.set_yticks(range(len(names)), [_label(rows, cell) for cell in names.index])
        axis.tick_params(labelleft=axis.get_subplotspec().is_first_col())
        axis.tick_params(axis="x", rotation=30)
    legend_below(figure, page, _legend(any_interval))
    return figure


def _draw(axis: Axes, place: int, values: np.ndarray, are_percentiles: bool) -> None:
    """The runs of a cell and their median: of percentiles only where one run is in the middle, since their mean is none."""
    median = estimate(values)
    if median.low is not None and median.high is not None:
        axis.hlines(place, median.low, median.high, color=LOOKS[6].colour, linewidth=7)
    axis.plot(values, np.full(len(values), place), "o", color=LOOKS[0].colour, markerfacecolor="white", markersize=4)
    if are_percentiles and median.count % 2 == 0:
        return
    axis.plot(median.median, place, "|", color=LOOKS[1].colour, markersize=13, markeredgewidth=2.5)


def _scale(axis: Axes, values: np.ndarray) -> None:
    """Logarithmic where values lie further apart than ten times."""
    measured = values[~np.isnan(values)]
    if measured.min() > 0 and measured.max() > 10 * measured.min():
        axis.set_xscale("log")


def _label(rows: pd.DataFrame, cell: str) -> str:
    """A cell by its values on the axes, and how many runs it has."""
    own = rows[rows.cell_id == cell]
    axes = [column for column in rows if column.startswith(AXIS_PREFIX)]
    values = [str(own.iloc[0][column]) for column in axes if not pd.isna(own.iloc[0][column])]
    return f"{', '.join(values)} (n = {len(own)})"


def _legend(any_interval: bool) -> list[Line2D]:
    point = Line2D([], [], color=LOOKS[0].colour, marker="o", markerfacecolor="white", linestyle="", label="a run")
    stroke = Line2D([], [], color=LOOKS[1].colour, marker="|", markersize=11, markeredgewidth=2.5, linestyle="", label="median")
    interval = Line2D([], [], color=LOOKS[6].colour, linewidth=6, label=f"its {numbers.whole_share(CONFIDENCE)} interval")
    return [point, stroke, interval] if any_interval else [point, stroke]
