"""Throughput and latency of a sweep over rates, or over any other axes: each run a point, a line through them."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.dictionary import AXIS_PREFIX
from reading.figures.rows import in_order, some, usable
from reading.statistics import middle
from reading.style import LAPTOP, LOOKS, PROTOCOLS, Page, label_outside, legend_below, logarithmic, looks, panels, styled
from reading.units import labelled

RATE = f"{AXIS_PREFIX}rate"
"""The axis of a sweep over rates."""

FEWEST = 3
"""Of so many runs a point on there is a median; of fewer a line goes through the worst."""


@styled
def rate_curves(cells: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """The 99th percentile against what was acked, as the rate grows; from `cells.csv` of a sweep over rates.

    A panel a mix and durability as far as they vary, colours are protocols, lines are where CPU credits began. A line goes
    through the cells in the order of their rates, so it bends back where more was asked than could be done: through their
    medians, and through the worst run of a cell with fewer than three.
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
            line = pd.DataFrame([_point(runs) for _, runs in series.groupby("rate")]).dropna()
            axis.plot(line.acked_per_s, line[_P99], color=look.colour, linestyle=LOOKS[starts.index(start) % 2].line)
        axis.set_title(f"{name}, n = {_runs_a_point(of_panel)}".lstrip(", "))
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


def _point(runs: pd.DataFrame) -> dict[str, float]:
    """Where the line goes through the runs of a cell; nowhere without a percentile."""
    measured = runs.dropna(subset=[_P99])
    if measured.empty:
        return {"acked_per_s": float("nan"), _P99: float("nan")}
    if len(measured) < FEWEST:
        worst = measured.loc[measured[_P99].idxmax()]
        return {"acked_per_s": worst.acked_per_s, _P99: worst[_P99]}
    return {"acked_per_s": measured.acked_per_s.median(), _P99: middle(measured[_P99])}


def _runs_a_point(rows: pd.DataFrame) -> str:
    """How many runs a cell has, or between how many."""
    sizes = rows.groupby(["protocol", "credits", "rate"]).size()
    least, most = sizes.min(), sizes.max()
    return f"{most if least == most else f'{least} to {most}'} run{'' if most == 1 else 's'} a point"


def _joined(rows: pd.DataFrame, axes: tuple[str, ...]) -> pd.Series:
    """The values of a row on those axes that vary, in one text."""
    varying = [f"{AXIS_PREFIX}{axis}" for axis in axes if f"{AXIS_PREFIX}{axis}" in rows]
    return rows[varying].agg(", ".join, axis=1) if varying else pd.Series("", index=rows.index)
