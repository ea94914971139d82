"""How long work stood still when another server became master, and which faults lost something."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.figures.rows import in_order, some
from reading.statistics import floats
from reading.style import FAINT, LAPTOP, LOOKS, Page, legend_below, logarithmic, panels, styled

TOPOLOGIES = ("standalone", "sentinel", "cluster")
"""Topologies in the order in which they are drawn."""


@styled
def standstill(faults: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """The time without an ack at each fault, a point a fault and a row a topology and fault, from rows of `faults.csv`.

    A filled point is a fault that lost an acknowledged task; the stroke is the median.
    """
    rows = some(faults.dropna(subset=["stall_s"]), "faults of which it is known how long work stood still")
    pairs = [(where, plan) for where in in_order(rows.topology, TOPOLOGIES) for plan in in_order(rows.plan, ())]
    groups = [(pair, rows[(rows.topology == pair[0]) & (rows.plan == pair[1])]) for pair in pairs]
    groups = [(pair, group) for pair, group in groups if len(group)]
    figure, (axis,) = panels(page, 1, 1.0 + 0.42 * len(groups))
    for place, (_, group) in enumerate(groups):
        times = floats(group.stall_s)
        heights = place + (np.linspace(-0.25, 0.25, len(times)) if len(times) > 1 else np.zeros(1))
        lost = (group.lost > 0).fillna(value=False).to_numpy(dtype=bool)
        _points(axis, times[~lost], heights[~lost], LOOKS[0].marker, LOOKS[0].colour, "white")
        _points(axis, times[lost], heights[lost], LOOKS[1].marker, LOOKS[1].colour, LOOKS[1].colour)
        axis.plot(np.median(times), place, "|", color=LOOKS[4].colour, markersize=18, markeredgewidth=2.5)
        axis.axhline(place + 0.5, color=FAINT, linewidth=0.6)
    axis.set_yticks(range(len(groups)), [f"{where}, {plan} (n = {len(group)})" for (where, plan), group in groups])
    axis.set(xlabel="time without an ack", ylim=(len(groups) - 0.5, -0.5))
    logarithmic(axis.xaxis, lambda seconds, _: numbers.tick_time(seconds * 1e6))
    axis.grid(axis="y", visible=False)
    legend_below(
        figure,
        page,
        [
            Line2D([], [], color=LOOKS[0].colour, marker=LOOKS[0].marker, markerfacecolor="white", linestyle="", label="a fault"),
            Line2D([], [], color=LOOKS[1].colour, marker=LOOKS[1].marker, linestyle="", label="one that lost tasks"),
            Line2D([], [], color=LOOKS[4].colour, marker="|", markersize=11, markeredgewidth=2.5, linestyle="", label="median"),
        ],
    )
    return figure


def _points(axis: Axes, times: np.ndarray, heights: np.ndarray, marker: str, colour: str, fill: str) -> None:
    axis.plot(times, heights, marker, color=colour, markersize=3, markerfacecolor=fill, markeredgewidth=0.8)
