"""Where a task's time goes: computing, waiting for I/O, waiting for a core, and what nothing accounts for."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from reading import numbers
from reading.figures.rows import some
from reading.statistics import floats
from reading.style import LAPTOP, LOOKS, Page, legend_below, panels, styled

PARTS = {"cpu_s": "CPU", "io_wait_s": "I/O", "other_wait_s": "no core", "residual_s": "rest"}
"""The parts of `wall_s` in `io.csv`, and what they are called."""


@styled
def time_split(io: pd.DataFrame, role: str = "worker", *, page: Page = LAPTOP) -> Figure:
    """The wall time of a task by its parts, a bar a task kind, from `io.csv` of one run.

    To the right of each bar stands the wall time a task, and how many tasks it is of. What nothing accounts for may be a
    little below zero, and lies to the left then.
    """
    rows = some(io[(io.role == role) & (io.wall_s > 0)], f"tasks of a {role}")
    figure, (axis,) = panels(page, 1, 0.9 + 0.36 * len(rows))
    wall, places = floats(rows.wall_s), range(len(rows))
    reached = 0.0 * wall
    for (column, _), look in zip(PARTS.items(), _LOOKS, strict=True):
        part = floats(rows[column]) / wall * 100
        left = reached.copy()
        left[part < 0] = 0
        axis.barh(places, part, left=left, color=look.colour, hatch=look.hatch, edgecolor="white", linewidth=0.5, height=0.7)
        reached += part.clip(min=0)
    for place, (_, row) in zip(places, rows.iterrows(), strict=True):
        text = f"{numbers.seconds(row.wall_s / row.tasks)}, n = {numbers.count(row.tasks)}"
        axis.text(max(reached[place], 100) + 1.5, place, text, va="center", fontsize=page.font_points - 1)
    axis.set_yticks(places, list(rows.task_kind))
    axis.set(ylim=(len(rows) - 0.5, -0.5), xlim=(min(0.0, floats(rows.residual_s / rows.wall_s).min() * 100), 140))
    axis.set_xticks([0, 25, 50, 75, 100])
    axis.set_xlabel("share of a slot's time (%); beside it the time a task")
    axis.grid(axis="y", visible=False)
    patches = [
        Patch(facecolor=look.colour, hatch=look.hatch, edgecolor="white", label=name)
        for name, look in zip(PARTS.values(), _LOOKS, strict=True)
    ]
    legend_below(figure, page, patches)
    return figure


_LOOKS = (LOOKS[0], LOOKS[5], LOOKS[6], LOOKS[7])
