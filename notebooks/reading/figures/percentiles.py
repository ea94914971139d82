"""Latency percentiles on the axes of HdrHistogram: 1 ÷ (1 − p), so that each nine has the same room."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.figures.rows import in_order, some
from reading.statistics import floats
from reading.style import LAPTOP, LOOKS, Page, label_outside, legend_below, panels, styled

SHARES = {"p50_us": 0.5, "p90_us": 0.9, "p95_us": 0.95, "p99_us": 0.99, "p99_9_us": 0.999, "p99_99_us": 0.9999}
"""The columns of `latency.csv` that are percentiles, and the share of the tasks below each."""

KINDS = {
    "end_to_end_intended": "intended to end (corrected)",
    "end_to_end_actual": "sent to end (uncorrected)",
    "queue_wait": "queue wait",
    "schedule_lag": "schedule lag",
    "enqueue": "enqueue",
    "claim": "claim",
    "service": "service",
    "ack": "ack",
}
"""The latency kinds in the order of their looks, and what they are called."""

CORRECTED = ("end_to_end_intended", "end_to_end_actual")
"""The latency from the instant that the schedule wanted, and from the sending, which hides what kept tasks from it."""


@styled
def latency_percentiles(latency: pd.DataFrame, kinds: tuple[str, ...] = tuple(KINDS), *, page: Page = LAPTOP) -> Figure:
    """Percentiles of these latency kinds, a panel a task kind, from rows of `latency.csv` of one run.

    The last point of a line is the maximum. A percentile that lies beyond it, for want of tasks, is not drawn.
    """
    chosen = latency[latency.latency_kind.isin(list(kinds)) & (latency["count"] > 0) & (latency.max_us > 0)]
    rows = some(chosen, "latencies of tasks that were done")
    task_kinds = in_order(rows.task_kind, ())
    figure, axes = panels(page, len(task_kinds), 2.3 if len(task_kinds) > 1 else 3.2, sharex=True, sharey=True)
    styles = dict(zip(KINDS, LOOKS, strict=True))
    for axis, task_kind in zip(axes, task_kinds, strict=True):
        of_kind = rows[rows.task_kind == task_kind].set_index("latency_kind")
        for kind in (each for each in KINDS if each in of_kind.index):
            look = styles[kind]
            axis.plot(*_curve(of_kind.loc[kind]), color=look.colour, marker=look.marker, linestyle=look.line, markersize=3.5)
        axis.set_title(f"{task_kind}, n = {numbers.count(of_kind['count'].max())}")
        axis.set(xscale="log", yscale="log")
    _percent_ticks(axes, rows["count"].max())
    label_outside(axes, "percentile", "latency")
    names = [kind for kind in KINDS if kind in set(rows.latency_kind)]
    legend_below(
        figure,
        page,
        [
            Line2D(
                [],
                [],
                color=styles[kind].colour,
                marker=styles[kind].marker,
                linestyle=styles[kind].line,
                label=KINDS[kind],
            )
            for kind in names
        ],
    )
    return figure


def _curve(row: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Where the percentiles of a row lie, and the maximum of n tasks at n."""
    count = float(row["count"])
    places = [1 / (1 - share) for share in SHARES.values()]
    points = [(place, row[column]) for place, column in zip(places, SHARES, strict=True) if place < count]
    curve = floats([value for point in [*points, (max(count, 1.0), row["max_us"])] for value in point]).reshape(-1, 2)
    shown = curve[:, 1] > 0
    return curve[shown, 0], curve[shown, 1]


def _percent_ticks(axes: list, most: float) -> None:
    """Ticks at 50 %, 90 %, 99 % and so on, as far as there are tasks; times as a reader says them."""
    nines = [exponent for exponent in range(1, 7) if 10**exponent <= most]
    places = [2, *(10**exponent for exponent in nines)]
    names = [f"{100 - 100 / place:.{max(0, len(str(place)) - 3)}f} %" for place in places]
    for axis in axes:
        axis.set_xticks(places, names)
        axis.set_xticks([], minor=True)
        axis.yaxis.set_major_formatter(numbers.tick_time)
        axis.tick_params(labelbottom=True)
        axis.tick_params(axis="x", rotation=40)
