"""CPU credits: how they run out, what that leaves, and what throttling takes."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.figures.rows import in_order, some
from reading.figures.timeline import used_processors
from reading.statistics import floats
from reading.style import LAPTOP, Page, legend_below, looks, stack, styled
from reading.units import labelled

STARTS = ("full", "launch", "empty")
"""Where credits may begin, in the order of their looks."""


@styled
def credit_curves(credit: pd.DataFrame, starts: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Balance, processors and throttling over the time of the load, a line a run, from the `credits.csv` of several runs.

    Starts say where a run's credits began: rows with `cell_id`, `repetition` and `credits`, as `cells.csv` and `summary.csv`
    have them. Throttling is how many of its processes, on average, the kernel held back in each second.
    """
    rows = some(credit[credit.phase == "load"], "readings of credits").merge(starts[[*_RUN, "credits"]], on=_RUN)
    names = in_order(rows.credits, STARTS)
    styles = looks(names)
    figure, (balance, processors, throttled) = stack(page, [2.0, 2.0, 1.6])
    for (_, start, *_), run in rows.groupby(["cell_id", "credits", "repetition"], sort=False):
        look = styles[start]
        balance.plot(run.at_s, run.credit_balance, color=look.colour, linestyle=look.line, linewidth=1.1)
        seconds, used = used_processors(run)
        processors.plot(seconds, used, color=look.colour, linestyle=look.line, linewidth=1.1)
        processors.plot(run.at_s, run.allowed_processors, color=look.colour, linewidth=3.5, alpha=0.25)
        throttled.plot(*_held_back(run), color=look.colour, linestyle=look.line, linewidth=1.1)
    balance.set_yscale("symlog", linthresh=1)
    balance.set(ylabel="CPU credits", title=_heading(rows))
    balance.yaxis.set_major_formatter(numbers.tick_number)
    processors.set(ylabel="processors", ylim=(0, None), title="used; pale and wide: allowed")
    throttled.set(
        ylabel="processes",
        xlabel=labelled("since the first sending", "credits", "at_s"),
        ylim=(0, None),
        title="held back by the kernel",
    )
    figure.align_ylabels([balance, processors, throttled])
    runs = rows.drop_duplicates(_RUN).groupby("credits").size()
    handles = [
        Line2D(
            [],
            [],
            color=styles[name].colour,
            linestyle=styles[name].line,
            label=f"{name} at first (n = {runs[name]})",
        )
        for name in names
    ]
    legend_below(figure, page, handles, across=3)
    return figure


_RUN = ["cell_id", "repetition"]


def _held_back(run: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Throttled time in each whole second, at its middle."""
    by_second = run.groupby(floats(run.at_s) // 1).throttled_s.last()
    return floats(by_second.index)[1:-1] + 0.5, np.diff(floats(by_second))[:-1]


def _heading(rows: pd.DataFrame) -> str:
    scales = sorted(set(rows.time_scale.astype("float64")))
    scale = numbers.listed([f"{each:g}" for each in scales])
    instances = numbers.listed(sorted(set(rows.instance)))
    return f"{instances}; a second is {scale} of its credits' seconds" if scales != [1.0] else instances
