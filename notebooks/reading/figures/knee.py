"""Throughput and latency against the rate that is asked for, and the knee between what is sustained and what is not."""

import re
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.figures.rows import some
from reading.statistics import estimate, middle
from reading.style import FAINT, INK, LAPTOP, LOOKS, Page, legend_below, stack, styled
from reading.units import labelled

_LIMIT = re.compile(r"< (?P<length>[\d.]+)(?P<unit>us|µs|ms|s)$")
_KNOWN = {"color": LOOKS[0].colour, "linewidth": 2.2, "linestyle": (0, (1, 1.2))}
"""How the knee is drawn that theory knows."""

_LENGTHS = {"us": 1.0, "µs": 1.0, "ms": 1e3, "s": 1e6}


@styled
def knee_curve(probes: pd.DataFrame, outcome: dict[str, Any], *, known_per_s: float | None = None, page: Page = LAPTOP) -> Figure:
    """The probes of `knee.csv`, and the knee as the search's manifest has it in `workload`.

    Each probe is a point; a line goes through the medians of those at one rate. Filled points met the objective. Where theory
    knows the knee it is drawn beside the one that was found.
    """
    rows = some(probes[probes.is_usable.fillna(False)].dropna(subset=["p99_us"]), "usable probes")
    figure, (late, carried) = stack(page, [3.0, 2.0])
    for column, look in zip(("p50_us", "p99_us"), LOOKS, strict=False):
        _series(late, rows, column, look.colour, look.marker, look.line)
    if limit := limit_us(outcome.get("objective", "")):
        late.axhline(limit, color=INK, linewidth=0.9, linestyle=":")
    late.set(yscale="log", ylabel=f"{_spoken(rows.latency_kind.iloc[0])}")
    late.yaxis.set_major_formatter(numbers.tick_time)
    _series(carried, rows, "acked_per_s", LOOKS[2].colour, LOOKS[2].marker, LOOKS[2].line)
    carried.axline((0, 0), slope=1, color=FAINT, linewidth=0.9)
    carried.set(
        xlabel=labelled("rate asked for", "knee", "rate_per_s"),
        ylabel=labelled("acked", "knee", "acked_per_s"),
        ylim=(0, None),
        xlim=(0, None),
    )
    for axis in (late, carried):
        if knee := outcome.get("knee_per_s"):
            axis.axvline(knee, color=INK, linewidth=0.9, linestyle="--")
        if known_per_s is not None:
            axis.axvline(known_per_s, **_KNOWN)
    late.set_title(_heading(rows, outcome))
    known = [] if known_per_s is None else [Line2D([], [], label=f"known: {numbers.rate(known_per_s)}", **_KNOWN)]
    legend_below(figure, page, _legend(outcome) + known)
    return figure


def limit_us(objective: str) -> float | None:
    """The limit of an objective such as `p99 end_to_end_intended < 20ms`, in µs; none where it names no time."""
    found = _LIMIT.search(objective)
    return float(found["length"]) * _LENGTHS[found["unit"]] if found else None


def _series(axis: Any, rows: pd.DataFrame, column: str, colour: str, marker: str, line: Any) -> None:  # noqa: ANN401
    medians = rows.groupby("rate_per_s")[column].agg(middle if column.endswith("_us") else "median")
    axis.plot(medians.index, medians, color=colour, linestyle=line)
    for met, face in ((True, colour), (False, "white")):
        points = rows[rows.meets_objective.fillna(False) == met]
        axis.plot(points.rate_per_s, points[column], marker, color=colour, markerfacecolor=face)


def _heading(rows: pd.DataFrame, outcome: dict[str, Any]) -> str:
    objective = outcome.get("objective", "no objective")
    if "knee_per_s" not in outcome:
        return f"{objective}; n = {len(rows)} probes, no knee"
    at_knee = rows[(rows.stage == "confirm") & rows.meets_objective.fillna(False)]
    median = estimate(at_knee.objective_us)
    text = f"{objective}: knee at {numbers.rate(outcome['knee_per_s'])}\n"
    text += f"there {numbers.time(middle(at_knee.objective_us))}" if median.count else ""
    if median.low is not None and median.high is not None:
        text += f" ({numbers.time(median.low)} to {numbers.time(median.high)}, n = {median.count} probes)"
    return text


def _legend(outcome: dict[str, Any]) -> list[Line2D]:
    look = LOOKS[:3]
    handles = [
        Line2D([], [], color=look[0].colour, marker=look[0].marker, linestyle=look[0].line, label="median"),
        Line2D([], [], color=look[1].colour, marker=look[1].marker, linestyle=look[1].line, label="99th percentile"),
        Line2D([], [], color=look[2].colour, marker=look[2].marker, linestyle=look[2].line, label="acked"),
        Line2D([], [], color=INK, marker="o", markerfacecolor="white", linestyle="", label="objective missed"),
        Line2D([], [], color=INK, linestyle=":", label="objective's limit"),
    ]
    return [*handles, Line2D([], [], color=INK, linestyle="--", label="knee")] if "knee_per_s" in outcome else handles


def _spoken(latency_kind: str) -> str:
    return latency_kind.replace("end_to_end_intended", "intended to end").replace("_", " ")
