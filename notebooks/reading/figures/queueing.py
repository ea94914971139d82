"""Waits of queues that theory knows: measured, and predicted."""

from statistics import NormalDist

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.figures.rows import in_order, some
from reading.statistics import CONFIDENCE, floats
from reading.style import FAINT, INK, LAPTOP, Page, legend_below, logarithmic, looks, panels, styled

ALLOWED = 0.1
"""What a measured mean may be off, as a share of the predicted one: the bar of `is_within_10_percent`."""

SERIES = {"wait": "mean", "wait_p99": "99th percentile"}
"""What is drawn of each queue: how its columns are called, and what it is."""

_ERRORS = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
"""How many standard errors hold what chance alone makes of a mean, with that confidence."""


@styled
def waits_and_theory(queues: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Waits against the load, from `queueing.csv`: above as they are with the model's lines, below as ratios to the model.

    The strokes of a ratio are the interval of chance, of so many tasks; the pale band is what the check allows a mean.
    Ratios of one load are beside each other.
    """
    rows = some(queues.dropna(subset=["predicted_wait_us"]), "queues that a model predicts").sort_values("load")
    models = in_order(rows.model, ())
    styles = looks([f"{model}, {title}" for model in models for title in SERIES.values()])
    figure, (waits, ratios) = panels(page, 2, 3.2, columns=2)
    for place, (name, look) in enumerate(styles.items()):
        model, title = name.split(", ")
        own, column = rows[rows.model == model], next(key for key, value in SERIES.items() if value == title)
        measured, predicted = f"measured_{column}_us", f"predicted_{column}_us"
        waits.plot(floats(own.load) * 100, floats(own[predicted]), color=look.colour, linestyle=look.line)
        waits.plot(floats(own.load) * 100, floats(own[measured]), look.marker, color=look.colour, markerfacecolor="white")
        beside = floats(own.load) * 100 + (place - (len(styles) - 1) / 2) * 1.6
        error = _ERRORS * floats(own.standard_error) if column == "wait" else None
        ratios.errorbar(beside, floats(own[f"{column}_ratio"]), error, fmt=look.marker, color=look.colour, markerfacecolor="white")
    ratios.axhspan(1 - ALLOWED, 1 + ALLOWED, color=FAINT, alpha=0.3, linewidth=0)
    ratios.axhline(1, color=INK, linewidth=0.9)
    loads = sorted(set(floats(rows.load) * 100))
    for axis in (waits, ratios):
        axis.set_xticks(loads, [numbers.tick_number(round(load, 1)) for load in loads])
        axis.set(xlabel="load of the slot (%)", xlim=(loads[0] - 8, loads[-1] + 8))
    logarithmic(waits.yaxis, numbers.tick_time)
    waits.set(ylabel="wait", title=f"n = {numbers.spanned(int(rows.tasks.min()), int(rows.tasks.max()))} tasks a queue")
    far = max(ALLOWED, float(np.abs(rows[[f"{column}_ratio" for column in SERIES]] - 1).max().max()))
    ratios.set(
        ylabel="measured ÷ predicted",
        ylim=(1 - 1.4 * far, 1 + 1.4 * far),
        title=f"means with {numbers.whole_share(CONFIDENCE)} intervals",
    )
    handles = [
        Line2D([], [], color=look.colour, marker=look.marker, linestyle=look.line, markerfacecolor="white", label=name)
        for name, look in styles.items()
    ]
    legend_below(figure, page, handles, across=4)
    return figure
