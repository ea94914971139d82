"""What went on in a run: its rate, backlog, CPU credits and faults on one time axis."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reading import numbers
from reading.figures.rows import in_order, some
from reading.statistics import floats
from reading.style import INK, LAPTOP, LOOKS, Page, stack, styled
from reading.units import labelled

POINTS = 200
"""How many steps a run is drawn in at most."""


_BURST = 5
"""How many times what is acked may be sent in a step; beyond that, as of a backlog, the sending leaves the axis."""


@styled
def timeline(intervals: pd.DataFrame, credit: pd.DataFrame, faults: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """The seconds of one run, from its `intervals.csv`, and where there are any its `credits.csv` and `faults.csv`.

    Without credits, or without faults, their panels are left out. A long run is drawn in steps of several seconds: the mean
    rate, and the most that waited.
    """
    rows = some(intervals, "seconds of a run")
    parts = [("rate", 1.7), ("waiting", 1.7)]
    parts += [("credits", 1.4), ("processors", 1.4)] if not credit.empty else []
    kinds = in_order(faults.fault, ())
    parts += [("faults", 0.5 + 0.2 * len(kinds))] if kinds else []
    figure, axes = stack(page, [height for _, height in parts])
    panel = dict(zip((name for name, _ in parts), axes, strict=True))
    width = max(1, math.ceil(rows.second.max() / POINTS))
    _rates(panel["rate"], rows, width)
    _waiting(panel["waiting"], rows, width)
    heading = f"n = {numbers.count(rows.acked.sum())} acked{f'; in steps of {width} s' if width > 1 else ''}"
    panel["rate"].set_title(heading if page is LAPTOP else f"{heading}\n")
    if "credits" in panel:
        _credits(panel["credits"], panel["processors"], credit)
    if kinds:
        _faults(panel["faults"], faults, kinds)
    axes[-1].set_xlabel(labelled("since the first sending", "credits", "at_s"))
    if not kinds:
        figure.align_ylabels(axes)
    return figure


def _rates(axis: Axes, intervals: pd.DataFrame, width: int) -> None:
    """Tasks sent and acked a second; what the end cuts short is not drawn."""
    counted = intervals[intervals.task_kind.notna()].groupby("second")[["sent", "acked"]].sum()
    binned = counted.groupby(floats(counted.index) // width).sum() / width
    whole = binned.iloc[:-1] if len(binned) > 1 else binned
    sent, acked = floats(whole.sent), floats(whole.acked)
    is_burst = sent.max() > _BURST * acked.max() > 0
    label = f"sent (up to {numbers.count(sent.max())})" if is_burst else "sent"
    for values, name, look in ((sent, label, LOOKS[0]), (acked, "acked", LOOKS[1])):
        axis.plot((floats(whole.index) + 0.5) * width, values, color=look.colour, linestyle=look.line, label=name)
    axis.set(ylabel="tasks/s", ylim=(0, acked.max() * 1.2 if is_burst else None))
    axis.yaxis.set_major_formatter(numbers.tick_number)
    _legend(axis)


def _waiting(axis: Axes, intervals: pd.DataFrame, width: int) -> None:
    """Tasks that waited, and tasks in flight, at the samples; of several the most."""
    samples = intervals[intervals.task_kind.isna() & intervals.backlog.notna()]
    most = samples.groupby(floats(samples.second) // width)[["backlog", "in_flight"]].max()
    for column, look in zip(("backlog", "in_flight"), LOOKS[2:], strict=False):
        label = column.replace("_", " ")
        axis.plot(floats(most.index) * width, floats(most[column]), color=look.colour, linestyle=look.line, label=label)
    axis.set(ylabel="tasks", ylim=(0, None))
    axis.yaxis.set_major_formatter(numbers.tick_number)
    _legend(axis)


def _credits(balance: Axes, processors: Axes, credit: pd.DataFrame) -> None:
    """The balance of CPU credits; the processors that were allowed, and those that were used, in each second."""
    loaded = credit[credit.phase == "load"]
    balance.plot(loaded.at_s, loaded.credit_balance, color=LOOKS[4].colour)
    balance.set(ylabel="CPU credits")
    processors.plot(loaded.at_s, loaded.allowed_processors, color=LOOKS[0].colour, linestyle=LOOKS[0].line, label="allowed")
    seconds, used = used_processors(loaded)
    processors.plot(seconds, used, color=LOOKS[1].colour, linestyle=LOOKS[1].line, label="used")
    processors.set(ylabel="processors", ylim=(0, None))
    _legend(processors)


def used_processors(loaded: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The processors' worth of time that was used in each whole second of the load, at the second's middle."""
    whole = floats(loaded.at_s) // 1
    used = pd.Series(floats(loaded.used_s)).groupby(whole).sum()
    return floats(used.index)[:-1] + 0.5, floats(used)[:-1]


def _faults(axis: Axes, faults: pd.DataFrame, kinds: list[str]) -> None:
    """A stroke a fault, in the row of its kind; those after which a task was lost are thick."""
    for row, kind in enumerate(kinds):
        of_kind = faults[faults.fault == kind]
        lost = of_kind.lost.fillna(0) > 0
        axis.plot(of_kind.at_s[~lost], np.full((~lost).sum(), row), "|", color=INK, markersize=6, markeredgewidth=0.7)
        axis.plot(of_kind.at_s[lost], np.full(lost.sum(), row), "x", color=LOOKS[1].colour, markersize=6, markeredgewidth=1.6)
    axis.set_yticks(range(len(kinds)), [f"{kind} ({(faults.fault == kind).sum()})" for kind in kinds])
    axis.set(ylim=(len(kinds) - 0.4, -0.6))
    axis.set_title("faults, by kind (n); × lost a task")


def _legend(axis: Axes) -> None:
    axis.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderaxespad=0.1)
