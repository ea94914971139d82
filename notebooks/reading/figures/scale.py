"""What a task costs over servers and shards, claim by claim."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.figures.rows import some
from reading.statistics import floats
from reading.style import LAPTOP, LOOKS, Page, legend_below, logarithmic, panels, styled
from reading.units import labelled

COSTS = {"redis_us_per_task": "all servers", "worker_us_per_task": "the workers", "bytes_per_task": "between them"}
"""The columns of `scale_trials.csv` that are drawn, a panel each, and what they are of."""


@styled
def cost_over_servers(trials: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """What a task costs at a pace, by servers × shards, a line a claim, from `scale_trials.csv`.

    Trials at another pace, with another protocol, or with a longer way to Redis are left out, and so are those with other than the
    usual number of workers. A point is a trial, and a line goes through the medians.
    """
    paced = some(trials[trials.cell_id.str.startswith("paced-") & (trials.round_trip_us == 0)], "trials at a pace")
    rows = paced[paced.workers == paced.workers.mode().iloc[0]]
    layouts = sorted(set(zip(rows.servers, rows.shards, strict=True)))
    claims = sorted(set(rows.claim))
    figure, axes = panels(page, len(COSTS), 2.8)
    for axis, (column, title) in zip(axes, COSTS.items(), strict=True):
        for claim, look in zip(claims, LOOKS, strict=False):
            own = rows[rows.claim == claim]
            places = [layouts.index(pair) for pair in zip(own.servers, own.shards, strict=True)]
            axis.plot(places, floats(own[column]), look.marker, color=look.colour, markersize=3, markerfacecolor="white")
            medians = own.groupby(["servers", "shards"])[column].median()
            axis.plot([layouts.index(pair) for pair in medians.index], floats(medians), color=look.colour, linestyle=look.line)
        axis.set_title(title)
        axis.set_ylabel(labelled("a task", "scale_trials", column))
        axis.set_xticks(range(len(layouts)), [f"{servers}×{shards}" for servers, shards in layouts], rotation=60)
        axis.set_xlabel("servers × shards")
        logarithmic(axis.yaxis, numbers.tick_number)
    handles = [
        Line2D(
            [], [], color=look.colour, linestyle=look.line, marker=look.marker, markerfacecolor="white", label=f"claims of {claim}"
        )
        for claim, look in zip(claims, LOOKS, strict=False)
    ]
    legend_below(figure, page, handles)
    return figure
