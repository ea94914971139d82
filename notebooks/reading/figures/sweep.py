"""Throughput and latency of a sweep over rates, or over any other axes: each run a point, a line through the medians."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.dictionary import AXIS_PREFIX
from reading.figures.rows import in_order, some, usable
from reading.style import LAPTOP, LOOKS, PROTOCOLS, Page, label_outside, legend_below, logarithmic, looks, panels, styled
from reading.units import labelled

RATE = f"{AXIS_PREFIX}rate"
"""The axis of a sweep over rates."""


@styled
def rate_curves(cells: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """The 99th percentile against what was acked, as the rate grows; from `cells.csv` of a sweep over rates.

    A panel a mix and durability as far as they vary, colours are protocols, lines are where CPU credits began. A line goes
    through the medians of the cells in the order of their rates, so it bends back where more was asked than could be done.
    """
    if RATE not in cells:
        cells = cells.iloc[:0].assign(**{RATE: pd.Series(dtype="str")})
    rows = some(usable(cells), "usable runs of a sweep over rates").copy()
    rows["rate"] = rows[RATE].astype("float64")
    rows["panel"] = _joined(rows, ("mix", "durability"))
    rows["credits"] = rows.credits.fillna("")
    names = in_order(rows.panel, ())
    figure, axes = panels(page, len(names), 2.7, columns=2, sharey=True)
    styles, starts = looks(in_order(rows.protocol, PROTOCOLS)), in_order(rows.credits, ("full", "empty"))
    for axis, name in zip(axes, names, strict=True):
        of_panel = rows[rows.panel == name]
        for (protocol, start), series in of_panel.groupby(["protocol", "credits"], sort=False):
            look, hollow = styles[protocol], starts.index(start) > 0
            face = "white" if hollow else look.colour
            axis.plot(series.acked_per_s, series[_P99], look.marker, color=look.colour, markerfacecolor=face, markersize=4)
            medians = series.groupby("rate")[["acked_per_s", _P99]].median()
            axis.plot(medians.acked_per_s, medians[_P99], color=look.colour, linestyle=LOOKS[starts.index(start) % 2].line)
        axis.set_title(f"{name}, n = {len(of_panel)} runs".lstrip(", "))
        logarithmic(axis.xaxis, numbers.tick_number)
        logarithmic(axis.yaxis, numbers.tick_time)
    label_outside(axes, labelled("acked", "cells", "acked_per_s"), "intended to end, p99")
    handles = [Line2D([], [], color=look.colour, marker=look.marker, linestyle="", label=name) for name, look in styles.items()]
    for place, start in enumerate(filter(None, starts)):
        face = "white" if place else LOOKS[0].colour
        handles.append(
            Line2D(
                [],
                [],
                color=LOOKS[0].colour,
                marker="o",
                markerfacecolor=face,
                linestyle=LOOKS[place % 2].line,
                label=f"credits: {start}",
            )
        )
    legend_below(figure, page, handles, across=5)
    return figure


_P99 = "end_to_end_intended_p99_us"


def _joined(rows: pd.DataFrame, axes: tuple[str, ...]) -> pd.Series:
    """The values of a row on those axes that vary, in one text."""
    varying = [f"{AXIS_PREFIX}{axis}" for axis in axes if f"{AXIS_PREFIX}{axis}" in rows]
    return rows[varying].agg(", ".join, axis=1) if varying else pd.Series("", index=rows.index)
