"""What faults lose, a matrix of faults and protocols, and how soon what was in hand is mended."""

import numpy as np
import pandas as pd
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from reading import numbers
from reading.faults import Outcome, outcome
from reading.figures.rows import in_order, some
from reading.statistics import CONFIDENCE, estimate, floats, share_interval
from reading.style import FAINT, INK, LAPTOP, PHONE, PROTOCOLS, Page, legend_below, looks, panels, styled


@styled
def loss_matrix(faults: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Tasks lost by fault and protocol, from rows of `faults.csv` with their `plan`.

    Each field has the tasks lost, the executions beyond a task's first, the faults injected, and the interval that holds the
    share of such faults that lose any. The more were lost a fault, the darker it is; white is none, dotted is not known, and
    hatched is not tried.
    """
    rows = some(faults, "faults")
    plans, protocols = in_order(rows.plan, ()), in_order(rows.protocol, PROTOCOLS)
    figure, (axis,) = panels(page, 1, 0.6 + (0.42 if page is LAPTOP else 0.62) * len(plans))
    outcomes = {key: outcome(field) for key, field in rows.groupby(["plan", "protocol"])}
    shades = np.full((len(plans), len(protocols)), np.nan)
    for (plan, protocol), field in outcomes.items():
        row, column = plans.index(plan), protocols.index(protocol)
        shades[row, column] = field.lost.counted / field.judged if field.losing else np.nan
        lines = _lines(field)
        text = f"{lines[0]}, {lines[1]}\n{lines[2]}: {lines[3]}" if page is LAPTOP else "\n".join(lines)
        dark = shades[row, column] > 0.5
        weight = "normal" if field.lost.is_none else "bold"
        size = page.font_points - (1 if page is LAPTOP else 2)
        axis.text(column, row, text, ha="center", va="center", fontsize=size, weight=weight, color="white" if dark else INK)
    axis.imshow(shades, cmap="Greys", norm=LogNorm(0.02, 3), aspect="auto")
    for row, plan in enumerate(plans):
        for column, protocol in enumerate(protocols):
            axis.add_patch(_field(row, column, outcomes.get((plan, protocol))))
    axis.set_xticks(range(len(protocols)), protocols)
    axis.set_yticks(range(len(plans)), plans)
    axis.tick_params(length=0, labeltop=True, labelbottom=False)
    axis.grid(visible=False)
    axis.spines[:].set_visible(False)
    interval = f"per cent: {numbers.whole_share(CONFIDENCE)} interval of the share\nof such faults that lose any"
    axis.set_xlabel(f"n: faults; {interval}" if page is PHONE else f"n: faults; {interval}".replace("\n", " "))
    return figure


def _lines(field: Outcome) -> list[str]:
    """What is written into a field."""
    lost, twice = (f"{tally} {what}" for tally, what in ((field.lost, "lost"), (field.duplicated, "twice")))
    unknown = field.faults - field.judged
    faults = f"n = {field.faults}" + (f", {unknown} unknown" if unknown else "")
    if not field.judged:
        return [lost, twice, faults, "no interval"]
    return [lost, twice, faults, numbers.shares(*share_interval(field.losing, field.judged))]


def _field(row: int, column: int, field: Outcome | None) -> Rectangle:
    """The border of a field."""
    hatch = "////" if field is None else None if field.judged == field.faults else ".."
    return Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=FAINT, linewidth=0.8, hatch=hatch, clip_on=False)


@styled
def time_to_mend(faults: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """How long after a fault the last task in hand was claimed anew or acked after all, a point a fault; strokes are medians."""
    rows = some(faults.dropna(subset=["recover_s"]), "faults that held a task")
    rows = some(rows[rows.recover_s > 0], "faults that held a task")
    plans, protocols = in_order(rows.plan, ()), in_order(rows.protocol, PROTOCOLS)
    styles = looks(protocols)
    step = 0.8 / max(1, len(protocols))
    figure, (axis,) = panels(page, 1, 0.9 + (0.36 if page is LAPTOP else 0.46) * len(plans))
    for place, plan in enumerate(plans):
        for rank, protocol in enumerate(protocols):
            of_field = floats(rows[(rows.plan == plan) & (rows.protocol == protocol)].recover_s)
            if len(of_field) == 0:
                continue
            height = place + (rank - (len(protocols) - 1) / 2) * step
            look = styles[protocol]
            axis.plot(
                of_field * 1e6,
                np.full(len(of_field), height),
                look.marker,
                color=look.colour,
                markersize=2.6,
                alpha=0.35,
                markeredgewidth=0,
            )
            axis.plot(estimate(of_field).median * 1e6, height, "|", color=INK, markersize=8, markeredgewidth=1.8)
        axis.axhline(place + 0.5, color=FAINT, linewidth=0.6)
    counts = rows.groupby("plan").size()
    axis.set_yticks(range(len(plans)), [f"{plan} (n = {counts[plan]})" for plan in plans])
    axis.set(xscale="log", xlabel="from the fault to its mending", ylim=(len(plans) - 0.5, -0.5))
    axis.xaxis.set_major_formatter(numbers.tick_time)
    axis.grid(axis="y", visible=False)
    handles = [
        Line2D([], [], color=styles[each].colour, marker=styles[each].marker, linestyle="", label=each) for each in protocols
    ]
    handles.append(Line2D([], [], color=INK, marker="|", markersize=9, markeredgewidth=1.8, linestyle="", label="median"))
    legend_below(figure, page, handles, across=5)
    return figure
