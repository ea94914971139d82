"""Which rates an instance sustains, with CPU credits and without."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.dictionary import AXIS_PREFIX
from reading.figures.credits import STARTS
from reading.figures.rows import in_order, some, usable
from reading.style import FAINT, LAPTOP, LOOKS, Look, Page, label_outside, legend_below, logarithmic, looks, panels, styled
from reading.units import labelled

MIX = f"{AXIS_PREFIX}mix"
"""The axis that has a panel for each of its values, where the sweep has it."""

WITH, WITHOUT = "with credits", "without"
"""The two conditions of `sustained.csv`."""

_COLUMNS = {WITH: "with_credits", WITHOUT: "without_credits"}
_LOOKS = {WITH: LOOKS[0], WITHOUT: LOOKS[1]}


@styled
def sustained(rates: pd.DataFrame, runs: str = "", *, page: Page = LAPTOP) -> Figure:
    """Between which rates the limit lies, a panel a mix and a row a set-up, from `sustained.csv`; the title says of which runs.

    The line goes from the greatest rate of the sweep that every run sustained to the next one, which was not; where it ends in
    an arrow none was missed, and where it begins with one not even the least was sustained.
    """
    rows = some(rates, "rates that an instance sustains").copy()
    axes_columns = [name for name in rows if name.startswith(AXIS_PREFIX) and name != MIX]
    rows["row"] = rows[axes_columns].agg(", ".join, axis=1) if axes_columns else rows.cell_id
    mixes = in_order(rows[MIX], ()) if MIX in rows else [""]
    names = in_order(rows.row, ())
    figure, axes = panels(page, len(mixes), 0.8 + 0.42 * len(names), sharey=True)
    for axis, mix in zip(axes, mixes, strict=True):
        of_mix = rows[rows[MIX] == mix] if MIX in rows else rows
        for _, row in of_mix.iterrows():
            for offset, condition in ((-0.17, WITH), (0.17, WITHOUT)):
                _draw(axis, row, condition, names.index(row["row"]) + offset)
        _separate(axis, names)
        axis.set(title=f"{mix}, n = {len(of_mix)} set-ups".lstrip(", "))
        logarithmic(axis.xaxis, numbers.tick_number)
        axis.tick_params(labelleft=axis.get_subplotspec().is_first_col())
    if runs:
        figure.suptitle(f"{runs[0].upper()}{runs[1:]}", x=0.01, ha="left", fontsize=page.font_points)
    label_outside(axes, labelled("rate", "sustained", "with_credits_per_s"), "")
    handles = [Line2D([], [], color=look.colour, marker=look.marker, linestyle="", label=name) for name, look in _LOOKS.items()]
    handles.append(Line2D([], [], color=FAINT, marker=">", linestyle="", label="none missed"))
    handles.append(Line2D([], [], color=FAINT, marker="<", linestyle="", label="none sustained"))
    legend_below(figure, page, handles)
    return figure


def _draw(axis: Axes, row: pd.Series, condition: str, height: float) -> None:
    """The limit of a set-up under a condition; nothing where that was not tried."""
    kept, missed = (row[f"{_COLUMNS[condition]}_{each}per_s"] for each in ("", "missed_"))
    look: Look = _LOOKS[condition]
    if pd.isna(kept):
        return
    if kept == 0:
        axis.plot(missed, height, "<", color=look.colour, markerfacecolor="white", markersize=7)
        return
    axis.plot(kept, height, look.marker, color=look.colour)
    if pd.isna(missed):
        axis.annotate("", (kept * 2, height), (kept, height), arrowprops={"arrowstyle": "->", "color": look.colour, "shrinkA": 0})
        axis.plot(kept * 2, height, alpha=0)
    else:
        axis.hlines(height, kept, missed, color=look.colour, linestyle=look.line)


def _separate(axis: Axes, names: Iterable[str]) -> None:
    """A row a name, with lines between them."""
    labels = list(names)
    axis.set_yticks(range(len(labels)), labels)
    axis.set_ylim(len(labels) - 0.5, -0.5)
    axis.grid(axis="y", visible=False)
    for place in range(len(labels)):
        axis.axhline(place + 0.5, color=FAINT, linewidth=0.6)


@styled
def rate_by_credits(cells: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """What was acked by where the credits began, a point a run, from `cells.csv` of a sweep over credits with a backlog."""
    if "param_credits" not in cells:
        cells = cells.iloc[:0].assign(param_credits=pd.Series(dtype="str"))
    rows = some(usable(cells).dropna(subset=["acked_per_s"]), "usable runs of a sweep over credits")
    rows = some(rows[rows.arrival == "backlog"], "runs of a sweep over credits with a backlog")
    starts = in_order(rows.param_credits, STARTS)
    figure, (axis,) = panels(page, 1, 0.8 + 0.4 * len(starts))
    for place, (start, look) in enumerate(looks(starts).items()):
        values = rows[rows.param_credits == start].acked_per_s
        axis.plot(values, [place] * len(values), look.marker, color=look.colour, markerfacecolor="white", markersize=6)
        axis.plot(values.median(), place, "|", color=look.colour, markersize=16, markeredgewidth=2.5)
    axis.set_yticks(range(len(starts)), [f"credits {start} (n = {(rows.param_credits == start).sum()})" for start in starts])
    axis.set(
        xlabel=labelled("acked", "cells", "acked_per_s") + "; the stroke is the median",
        xlim=(0, None),
        ylim=(len(starts) - 0.5, -0.5),
    )
    return figure
