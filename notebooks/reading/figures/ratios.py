"""Ours against others: ratios as points, with their median and their range."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.comparisons import OURS
from reading.figures.rows import in_order, some
from reading.statistics import estimate
from reading.style import INK, LAPTOP, LOOKS, Page, label_outside, legend_below, logarithmic, panels, styled

MEASURES = {
    "produce_consume": "produced and consumed",
    "drain": "drained",
    "paced_p50": "latency, paced",
    "worker_cpu": "worker CPU a task",
    "memory": "memory a task",
    "recovery": "recovery",
}
"""The measures of peers that are drawn, and what they are called."""

RATES = frozenset({"produce_consume", "drain"})
"""Those of them of which more is better."""


@styled
def ratios_to_c(pairs: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """What the queue carries as a share of what C carries, a row a comparison, from `pairs.csv`.

    Each pair is a point; the line is from the least to the greatest, the stroke is the median. From six pairs on the
    thick line is the median's interval.
    """
    rows = some(pairs, "pairs of runs")
    names = in_order(rows.compared, ())
    figure, (axis,) = panels(page, 1, 0.7 + 0.34 * len(names))
    axis.axvline(1, color=INK, linewidth=0.9)
    for place, name in enumerate(names):
        of_name = rows[rows.compared == name].ratio
        median = estimate(of_name)
        axis.hlines(place, of_name.min(), of_name.max(), color=LOOKS[0].colour, linewidth=1.2)
        if median.low is not None:
            axis.hlines(place, median.low, median.high, color=LOOKS[0].colour, linewidth=4)
        axis.plot(of_name, [place] * len(of_name), "o", color=LOOKS[0].colour, markerfacecolor="white", markersize=4)
        axis.plot(median.median, place, "|", color=LOOKS[1].colour, markersize=13, markeredgewidth=2.5)
    labels = [f"{name} (n = {(rows.compared == name).sum()})" for name in names]
    axis.set_yticks(range(len(names)), labels)
    axis.set(xscale="log", xlabel="ours ÷ C, tasks/s", ylim=(len(names) - 0.5, -0.5))
    ticks = [tick for tick in (0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4) if rows.ratio.min() * 0.9 <= tick <= rows.ratio.max() * 1.1]
    axis.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axis.set_xticks([], minor=True)
    stroke = Line2D([], [], color=LOOKS[1].colour, marker="|", markersize=10, markeredgewidth=2.5, linestyle="", label="median")
    pair = Line2D([], [], color=LOOKS[0].colour, marker="o", markerfacecolor="white", label="pairs and their range")
    legend_below(figure, page, [pair, stroke])
    return figure


@styled
def ratios_to_peers(peers: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """How many times better than each peer the queue is, a panel a measure, from `peers.csv`.

    To the right of 1 ours is better, whether more or less of the measure is. With several repeats the point is the ratio of
    medians, and the line goes from the least to the greatest ratio of any two.
    """
    rows = some(peers[peers.peer != OURS], "peers")
    ours = some(peers[peers.peer == OURS], "measures of ours")
    measures = [name for name in MEASURES if name in set(rows.measure) & set(ours.measure)]
    names = in_order(rows.peer, ())
    figure, axes = panels(page, len(measures), 0.75 + 0.22 * len(names), sharey=True)
    for axis, measure in zip(axes, measures, strict=True):
        mine = ours[ours.measure == measure].value
        axis.axvline(1, color=INK, linewidth=0.9)
        for place, peer in enumerate(names):
            theirs = rows[(rows.peer == peer) & (rows.measure == measure)]
            if theirs.empty:
                continue
            low, middle, high = _times_better(mine, theirs.value, measure in RATES)
            look = LOOKS[0] if theirs.reliable.all() else LOOKS[1]
            axis.hlines(place, low, high, color=look.colour)
            axis.plot(middle, place, look.marker, color=look.colour)
        repeats = int(rows[rows.measure == measure].groupby("peer").size().max())
        axis.set_title(f"{MEASURES[measure]}, n = {repeats}")
        axis.set_yticks(range(len(names)), names)
        axis.set(ylim=(len(names) - 0.5, -0.5))
        logarithmic(axis.xaxis, numbers.tick_number)
        axis.tick_params(labelleft=axis.get_subplotspec().is_first_col())
    label_outside(axes, "times better", "")
    kinds = (("acknowledges after the run", LOOKS[0]), ("loses what a killed worker held", LOOKS[1]))
    legend_below(
        figure,
        page,
        [Line2D([], [], color=look.colour, marker=look.marker, linestyle="", label=text) for text, look in kinds],
    )
    return figure


def _times_better(ours: pd.Series, theirs: pd.Series, more_is_better: bool) -> tuple[float, float, float]:
    """The least, the median's, and the greatest factor."""
    better, worse = (ours, theirs) if more_is_better else (theirs, ours)
    return better.min() / worse.max(), better.median() / worse.median(), better.max() / worse.min()
