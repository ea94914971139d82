"""What a killed server loses of what it acknowledged, by how long its syncs take."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import numbers
from reading.figures.rows import in_order, some
from reading.statistics import CONFIDENCE, floats, share_interval
from reading.style import FAINT, INK, LAPTOP, LOOKS, Page, legend_below, panels, styled

SETTINGS = ("everysec", "always", "no")
"""Settings of `appendfsync` in the order in which they are drawn."""


_MET, _OTHERWISE = (LOOKS[1].colour, "o", 0.0), (INK, "_", 0.7)
"""Colour, marker and width of the strokes of kills during a sync, and of others."""


@styled
def loss_by_sync(kills: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Acknowledged pushes lost by each SIGKILL, a point a kill and a row a setting and length of its syncs.

    Dots are kills that met a sync, strokes the others. Beside a row is how many of its kills lost something, with the
    interval of that share.
    """
    rows = some(kills.dropna(subset=["lost"]), "kills")
    keys = [
        (setting, delay)
        for setting in in_order(rows.appendfsync, SETTINGS)
        for delay in sorted(set(rows[rows.appendfsync == setting].sync_delay_ms))
    ]
    figure, (axis,) = panels(page, 1, 0.9 + 0.44 * len(keys))
    for place, (setting, delay) in enumerate(keys):
        own = rows[(rows.appendfsync == setting) & (rows.sync_delay_ms == delay)]
        heights = place + (np.linspace(-0.34, 0.34, len(own)) if len(own) > 1 else np.zeros(1))
        met = (own.in_sync_at_kill == 1).to_numpy()
        for which, (colour, marker, width) in ((met, _MET), (~met, _OTHERWISE)):
            axis.plot(floats(own.lost)[which], heights[which], marker, color=colour, markersize=5, markeredgewidth=width)
        axis.axhline(place + 0.5, color=FAINT, linewidth=0.6)
    axis.set_yticks(range(len(keys)), [_label(rows, *key, page) for key in keys])
    axis.set_xscale("symlog", linthresh=10)
    axis.xaxis.set_major_formatter(numbers.tick_number)
    axis.set(
        xlabel="acknowledged pushes lost by a kill",
        xlim=(-2, max(100.0, float(rows.lost.max()) * 2)),
        ylim=(len(keys) - 0.5, -0.5),
    )
    axis.grid(axis="y", visible=False)
    axis.set_title(f"beside: kills that lost any\n({numbers.whole_share(CONFIDENCE)} interval of their share)")
    legend_below(figure, page, [_legend("a kill during a sync", _MET), _legend("a kill at another time", _OTHERWISE)])
    return figure


def _legend(label: str, look: tuple[str, str, float]) -> Line2D:
    colour, marker, width = look
    return Line2D([], [], color=colour, marker=marker, markeredgewidth=width, linestyle="", label=label)


def _label(rows: pd.DataFrame, setting: str, delay: float, page: Page) -> str:
    """The setting, how long a sync takes, and how many of its kills lost something."""
    own = rows[(rows.appendfsync == setting) & (rows.sync_delay_ms == delay)]
    losing = int((own.lost > 0).sum())
    interval = numbers.shares(*share_interval(losing, len(own)))
    return f"{setting}, {delay:,.0f} ms: {losing} of {len(own)}{' ' if page is LAPTOP else chr(10)}({interval})"
