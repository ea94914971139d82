"""How is waiting weighed against computing?"""

from collections.abc import Mapping

import pandas as pd

from reading import numbers
from reading.figures.rows import usable
from reading.problems import NothingToShow


def answer(io: Mapping[str, pd.DataFrame], cells: pd.DataFrame) -> str:
    """What a task's time is made of, at both ends, then how well one slot predicts what many carry; `io.csv` by its folder."""
    return f"{_shares(io)} {_prediction(cells)}"


def _shares(io: Mapping[str, pd.DataFrame]) -> str:
    tables = pd.concat([table.assign(folder=name) for name, table in io.items()], ignore_index=True)
    rows = tables[(tables.role == "worker") & (tables.wall_s > 0)].reset_index()
    if rows.empty:
        raise NothingToShow("there are no tasks of a worker")
    least, most = rows.loc[rows.io_share.idxmin()], rows.loc[rows.io_share.idxmax()]
    if least.equals(most):
        return f"{_share(most)[0].upper()}{_share(most)[1:]}."
    return f"{_share(most)[0].upper()}{_share(most)[1:]}; {_share(least)}."


def _share(row: pd.Series) -> str:
    slots = f", so {numbers.number(row.suggested_concurrency)} of them at a time keep a core busy" if row.cpu_s > 0 else ""
    return (
        f"a task of `{row.task_kind}` in `{row.folder}` takes {numbers.seconds(row.wall_s / row.tasks)} of a slot, of which "
        f"{numbers.share(row.io_share)} is waiting for I/O and {numbers.share(row.cpu_share)} computing{slots}"
    )


def _prediction(cells: pd.DataFrame) -> str:
    rows = usable(cells).dropna(subset=["predicted_per_s", "acked_per_s"])
    if rows.empty:
        return "There is no sweep over slots to hold a prediction against."
    rows = rows[rows.slots > 1]
    if rows.empty:
        return "No more than one slot was tried, so there is nothing to hold its prediction against."
    off = (rows.acked_per_s / rows.predicted_per_s - 1).abs()
    worst = rows.loc[off.idxmax()]
    label = f"`{worst.param_mix}` with " if "param_mix" in rows else ""
    return (
        f"What one slot takes of wall and CPU predicts the throughput of {len(rows)} cells with {rows.slots.min()} to "
        f"{rows.slots.max()} slots within {numbers.share(off.max())}, which is the largest difference, of {label}"
        f"{worst.slots} slots."
    )
