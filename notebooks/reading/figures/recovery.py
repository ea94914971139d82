"""How soon orphaned tasks are put back, and what others feel of it, by the number of monitors."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.figures.rows import some
from reading.statistics import floats, middle
from reading.style import LAPTOP, LOOKS, Page, legend_below, logarithmic, panels, styled

WAITS = {"wait_p50_us": "median", "wait_p99_us": "99th percentile", "wait_max_us": "longest"}
"""The columns of `recovery.csv` that tell how long others wait, and what they are called."""

AFTERWARDS = {"wait_after_p99_us": "99th percentile afterwards"}
"""What the waits are held against: those once all was put back."""


@styled
def recovery_by_monitors(trials: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """From `recovery.csv`, against how many monitors start at once: a point a trial, a line through the medians.

    To the left is the time until every orphaned task was put back; where nobody put any back there is none. To the right is
    how long a worker waited for Redis' answers meanwhile, and once all was put back.
    """
    rows = some(trials.dropna(subset=["caught_up_s"]), "trials in which every task was put back")
    counts = sorted(set(rows.monitors))
    figure, (caught_up, waits) = panels(page, 2, 2.9, columns=2)
    _series(caught_up, rows, "caught_up_s", 1e6, 0)
    for place, column in enumerate(WAITS | AFTERWARDS):
        _series(waits, rows, column, 1.0, place + 1)
    for axis in (caught_up, waits):
        axis.set_xticks(range(len(counts)), [numbers.count(count) for count in counts])
        axis.set(xlabel="monitors", xlim=(-0.5, len(counts) - 0.5))
    caught_up.set(ylim=(0, float(rows.caught_up_s.max()) * 1.15e6), ylabel="until all was put back")
    caught_up.yaxis.set_major_formatter(numbers.tick_time)
    trials_each = rows.groupby("monitors").size()
    first = rows.iloc[0]
    caught_up.set_title(f"{first.protocol}, {numbers.count(first.tasks)} tasks\nn = {_spanned(trials_each)} a number")
    logarithmic(waits.yaxis, numbers.tick_time)
    waits.set_ylabel("wait for an answer of Redis")
    handles = [
        Line2D([], [], color=look.colour, marker=look.marker, linestyle=look.line, markerfacecolor="white", label=title)
        for look, title in zip(LOOKS[1:], (WAITS | AFTERWARDS).values(), strict=False)
    ]
    legend_below(figure, page, handles, across=4)
    return figure


def _series(axis, rows: pd.DataFrame, column: str, unit: float, place: int) -> None:  # noqa: ANN001
    """The trials of a column in µs, and a line through the medians of each number of monitors."""
    look, counts = LOOKS[place], sorted(set(rows.monitors))
    axis.plot(
        [counts.index(count) for count in rows.monitors],
        floats(rows[column]) * unit,
        look.marker,
        color=look.colour,
        markerfacecolor="white",
    )
    medians = rows.groupby("monitors")[column].agg("median" if column == "caught_up_s" else middle) * unit
    axis.plot(range(len(counts)), floats(medians), color=look.colour, linestyle=look.line)


def _spanned(sizes: pd.Series) -> str:
    return numbers.spanned(int(sizes.min()), int(sizes.max()))
