"""How many slots keep a core busy: throughput against slots, measured and as predicted from one slot."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.figures.rows import in_order, some, usable
from reading.style import INK, LAPTOP, Page, legend_below, looks, panels, styled
from reading.units import labelled


@styled
def slots_curve(cells: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Tasks a second against slots, a series a mix, from `cells.csv` of a sweep over both.

    Points are measured runs; lines are predicted: min(slots ÷ wall, cores ÷ CPU), wall and CPU being those of the run with
    one slot.
    """
    if "param_mix" not in cells:
        cells = cells.iloc[:0].assign(param_mix=pd.Series(dtype="str"))
    rows = some(usable(cells).dropna(subset=["predicted_per_s"]), "cells with a prediction")
    names = in_order(rows.param_mix, ())
    styles = looks(names)
    figure, (axis,) = panels(page, 1, 3.8)
    for name in names:
        of_mix = rows[rows.param_mix == name].sort_values("slots")
        look = styles[name]
        axis.plot(of_mix.slots.astype("float64"), of_mix.predicted_per_s, color=look.colour, linestyle=look.line)
        axis.plot(of_mix.slots.astype("float64"), of_mix.acked_per_s, look.marker, color=look.colour, markersize=6)
    slots = sorted(set(rows.slots))
    axis.set(xscale="log", yscale="log", xlabel="slots", ylabel=labelled("acked", "cells", "acked_per_s"))
    axis.set_xticks([float(each) for each in slots], [str(each) for each in slots])
    axis.set_xticks([], minor=True)
    axis.yaxis.set_major_formatter(numbers.tick_number)
    repeats = rows.groupby(["param_mix", "slots"]).size().max()
    axis.set_title(f"points measured (n = {repeats} each), lines predicted")
    handles = [
        Line2D([], [], color=styles[name].colour, marker=styles[name].marker, linestyle=styles[name].line, label=name)
        for name in names
    ]
    legend_below(figure, page, handles, across=5)
    return figure


@styled
def prediction_error(cells: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """How far the measured throughput is from the predicted, a point a run, from the same cells."""
    rows = some(usable(cells).dropna(subset=["predicted_per_s"]), "cells with a prediction")
    off = (rows.acked_per_s / rows.predicted_per_s - 1) * 100
    slots = sorted(set(rows.slots))
    figure, (axis,) = panels(page, 1, 2.4)
    axis.axhline(0, color=INK, linewidth=0.9)
    mixes = rows.param_mix if "param_mix" in rows else pd.Series("runs", index=rows.index)
    for name, look in looks(in_order(mixes, ())).items():
        chosen = mixes == name
        places = [slots.index(each) for each in rows.slots[chosen]]
        axis.plot(places, off[chosen], look.marker, color=look.colour, markersize=6, label=name)
    axis.set_xticks(range(len(slots)), [str(each) for each in slots])
    axis.set(xlabel="slots", ylabel="difference (%)")
    axis.set_title(f"measured − predicted, n = {len(rows)} runs")
    legend_below(figure, page, axis.get_legend_handles_labels()[0], across=5)
    return figure
