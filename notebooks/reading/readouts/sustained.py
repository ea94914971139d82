"""What an instance sustains, with CPU credits and without, and for how long."""

from typing import Any

import pandas as pd

from reading.folders import ResultFolder
from reading.readouts.cells import NOTHING, clock, known, rate, text, time_us
from reading.readouts.readout import Readout, names, numbers
from reading.readouts.sweep import axes_of, parameters


def sustained_readout(sweep: ResultFolder) -> Readout:
    """The table of a sweep over rates on an instance, as `fibq sweep` prints it; without rows of any other sweep."""
    sustained = sweep.optional("sustained")
    axes = axes_of(sustained)
    rows = tuple(
        (
            row.instance,
            *parameters(row, axes),
            _rate(row.with_credits_per_s, row.with_credits_missed_per_s),
            time_us(row.with_credits_p99_us),
            known(row.processors, lambda processors: f"{processors:.2f}"),
            _lasts(row, row.full_slows_after_s),
            _lasts(row, row.launch_slows_after_s),
            _rate(row.without_credits_per_s, row.without_credits_missed_per_s),
            time_us(row.without_credits_p99_us),
        )
        for _, row in sustained.iterrows()
    )
    figures = numbers("with credits", "p99", "processors", "full last", "launch last", "without", "p99")
    title = "What is sustained: the highest rate of the sweep at which no run fell behind"
    return Readout(title, names("instance", *axes) + figures, rows)


def _rate(sustained: Any, missed: Any) -> str:  # noqa: ANN401
    """A rate, with a sign where it is only known to be more or less."""
    if pd.isna(sustained):
        return NOTHING
    if sustained == 0:
        return known(missed, lambda per_second: f"< {rate(per_second)}")
    return ("≥ " if pd.isna(missed) else "") + rate(sustained)


def _lasts(row: pd.Series, seconds: Any) -> str:  # noqa: ANN401
    """How long credits last; empty is for ever where the rate's processors are known."""
    if pd.isna(row.processors):
        return text(row.processors)
    return "for ever" if pd.isna(seconds) else clock(seconds)
