"""The end of a sweep: a line a run, or a line a cell where cells were run repeatedly."""

import pandas as pd

from reading.dictionary import AXIS_PREFIX
from reading.folders import ResultFolder
from reading.readouts.cells import NOTHING, count, number, text, time_us, total
from reading.readouts.readout import Readout, names, numbers

_MEASURES = ("acked_per_s", "end_to_end_intended_p50", "end_to_end_intended_p99")
"""What is shown of `estimates.csv`."""


def axes_of(cells: pd.DataFrame) -> list[str]:
    """The names of a sweep's axes, in the plan's order."""
    return [column.removeprefix(AXIS_PREFIX) for column in cells.columns if column.startswith(AXIS_PREFIX)]


def sweep_readout(sweep: ResultFolder) -> Readout:
    """The table of a sweep, as `fibq sweep` prints it."""
    cells, estimates = sweep.table("cells"), sweep.optional("estimates")
    return _by_run(cells) if estimates.empty else _by_cell(cells, estimates)


def parameters(row: pd.Series, axes: list[str]) -> tuple[str, ...]:
    """A row's values on these axes."""
    return tuple(text(row[AXIS_PREFIX + axis]) for axis in axes)


def headline(cells: pd.DataFrame) -> str:
    """How many runs there were, and how many of them say nothing."""
    failed, unusable = (int((cells.status == status).sum()) for status in ("failed", "unusable"))
    text = f"{count(len(cells))} {'run' if len(cells) == 1 else 'runs'}"
    text += f", {count(failed)} failed" if failed else ""
    return text + (f", {count(unusable)} unusable: the generator fell behind" if unusable else "")


def _by_run(cells: pd.DataFrame) -> Readout:
    axes = axes_of(cells)
    has_predictions = bool(cells.predicted_per_s.notna().any())
    rows = tuple(
        (
            row.cell_id,
            count(row.repetition),
            *parameters(row, axes),
            number(row.acked_per_s),
            *([number(row.predicted_per_s)] if has_predictions else []),
            time_us(row.end_to_end_intended_p50_us),
            time_us(row.end_to_end_intended_p99_us),
            count(row.lost),
            row.status,
        )
        for _, row in cells.iterrows()
    )
    predicted = ("predicted",) if has_predictions else ()
    figures = numbers("acked/s", *predicted, "p50", "p99", "lost")
    return Readout(headline(cells), names("cell") + numbers("rep") + names(*axes) + figures + names("status"), rows)


def _by_cell(cells: pd.DataFrame, estimates: pd.DataFrame) -> Readout:
    axes = axes_of(cells)
    rows = []
    for cell, runs in cells.groupby("cell_id", sort=True):
        own = estimates[estimates.cell_id == cell]
        rows.append(
            (
                cell,
                count(len(runs)),
                *parameters(runs.iloc[0], axes),
                *(_estimate(own, measure) for measure in _MEASURES),
                total(runs.lost),
                count((runs.status == "failed").sum()),
                count((runs.status == "unusable").sum()),
            )
        )
    figures = numbers("acked/s", "p50", "p99", "lost", "failed", "unusable")
    has_intervals = bool(estimates.low_95.notna().any())
    title = headline(cells) + "; medians over the repetitions" + (" with their 95 % intervals" if has_intervals else "")
    return Readout(title, names("cell") + numbers("runs") + names(*axes) + figures, tuple(rows))


def _estimate(estimates: pd.DataFrame, measure: str) -> str:
    """The median, and its interval if there is one: `1.23 ms (1.20 ms … 1.31 ms)`."""
    own = estimates[estimates.measure == measure]
    if own.empty or pd.isna(own.iloc[0]["median"]):
        return NOTHING
    human = number if measure == "acked_per_s" else time_us
    row = own.iloc[0]
    if pd.isna(row.low_95):
        return human(row["median"])
    return f"{human(row['median'])} ({human(row.low_95)} … {human(row.high_95)})"
