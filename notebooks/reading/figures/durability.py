"""What a durability loses and what it costs."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.dictionary import dictionary
from reading.figures.rows import in_order, some, usable
from reading.statistics import CONFIDENCE, estimate, floats, middle
from reading.style import FAINT, LAPTOP, LOOKS, Page, legend_below, logarithmic, panels, styled

LEVELS = ("none", "everysec", "always", "replicated:1")
"""Durabilities in the order in which they are drawn."""


@styled
def loss_by_durability(faults: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Acknowledged tasks lost by each fault, a point a fault and a row a durability and fault, from rows of `faults.csv`.

    The stroke is the median, and the thick line its interval, from the binomial distribution, where there are six faults.
    """
    rows = some(faults.dropna(subset=["lost"]), "faults that Redis could be asked about")
    rows = rows.assign(row=rows.durability + ", " + rows.plan)
    pairs = [(level, plan) for level in in_order(rows.durability, LEVELS) for plan in in_order(rows.plan, ())]
    names = [f"{level}, {plan}" for level, plan in pairs if f"{level}, {plan}" in set(rows.row)]
    figure, (axis,) = panels(page, 1, 1.0 + 0.36 * len(names))
    for place, name in enumerate(names):
        lost = floats(rows[rows.row == name].lost)
        spread = np.linspace(-0.22, 0.22, len(lost)) if len(lost) > 1 else np.zeros(1)
        median = estimate(lost)
        if median.low is not None:
            axis.hlines(place, median.low, median.high, color=LOOKS[6].colour, linewidth=7)
        axis.plot(lost, place + spread, "o", color=LOOKS[0].colour, markersize=3, markerfacecolor="white", markeredgewidth=0.8)
        axis.plot(median.median, place, "|", color=LOOKS[1].colour, markersize=15, markeredgewidth=2.5)
        axis.axhline(place + 0.5, color=FAINT, linewidth=0.6)
    axis.set_yticks(range(len(names)), [f"{name} (n = {(rows.row == name).sum()})" for name in names])
    axis.set_xscale("symlog", linthresh=1)
    axis.xaxis.set_major_formatter(numbers.tick_number)
    axis.set(
        xlabel="acknowledged tasks lost by a fault",
        ylim=(len(names) - 0.5, -0.5),
        xlim=(-0.3, max(10.0, float(rows.lost.max()) * 2)),
    )
    axis.grid(axis="y", visible=False)
    legend_below(
        figure,
        page,
        [
            Line2D([], [], color=LOOKS[0].colour, marker="o", markerfacecolor="white", linestyle="", label="a fault"),
            Line2D(
                [],
                [],
                color=LOOKS[1].colour,
                marker="|",
                markersize=11,
                markeredgewidth=2.5,
                linestyle="",
                label="median",
            ),
            Line2D([], [], color=LOOKS[6].colour, linewidth=6, label=f"its {numbers.whole_share(CONFIDENCE)} interval"),
        ],
    )
    return figure


COSTS = {
    ("sent_per_s", "backlog"): "sent, a backlog",
    ("acked_per_s", "backlog"): "acked, a backlog",
    ("end_to_end_intended_p99_us", "paced"): "99th percentile, paced",
}
"""What a durability costs: a column of `cells.csv`, and the label of the arrivals that it is taken of."""


@styled
def cost_of_durability(cells: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Throughput and latency by durability, a point a run, from `cells.csv` of a sweep over durabilities and arrivals."""
    if "param_arrival" not in cells:
        cells = cells.iloc[:0].assign(param_arrival=pd.Series(dtype="str"))
    rows = some(usable(cells), "runs of a sweep over durabilities")
    levels = in_order(rows.durability, LEVELS)
    shown = {key: name for key, name in COSTS.items() if (rows.param_arrival == key[1]).any()}
    some(rows[rows.param_arrival.isin([arrival for _, arrival in shown])], "runs with a backlog or paced")
    figure, axes = panels(page, len(shown), 2.6)
    for axis, ((column, arrival), title) in zip(axes, shown.items(), strict=True):
        of_kind = rows[rows.param_arrival == arrival]
        for place, level in enumerate(levels):
            values = floats(of_kind[of_kind.durability == level][column])
            median = estimate(values)
            axis.plot(np.full(len(values), place), values, "o", color=LOOKS[0].colour, markerfacecolor="white")
            stroke = middle(values) if column.endswith("_us") else median.median
            axis.plot(place, stroke, "_", color=LOOKS[1].colour, markersize=18, markeredgewidth=2.5)
            if median.low is not None:
                axis.vlines(place, median.low, median.high, color=LOOKS[6].colour, linewidth=5, zorder=1)
        repeats = of_kind.groupby("durability").size().max()
        axis.set_title(f"{title}, n = {repeats}")
        axis.set_ylabel("" if column.endswith("_us") else dictionary().table("cells").unit(column))
        axis.set_xticks(range(len(levels)), levels, rotation=25 if page is LAPTOP else 0)
        axis.set_xlim(-0.5, len(levels) - 0.5)
        logarithmic(axis.yaxis, numbers.tick_time if column.endswith("_us") else numbers.tick_number)
    point = Line2D([], [], color=LOOKS[0].colour, marker="o", markerfacecolor="white", linestyle="", label="a run")
    stroke = Line2D([], [], color=LOOKS[1].colour, marker="_", markersize=14, markeredgewidth=2.5, linestyle="", label="median")
    legend_below(figure, page, [point, stroke])
    return figure
