"""How the clocks of a run's hosts were brought in line."""

import pandas as pd

from reading.readouts.cells import count, known, number, text, time_us
from reading.readouts.readout import Readout, names, numbers

_HEADINGS = (*names("process", "host"), *numbers("samples", "round trip", "error", "drift"), *names("journals"))


def clocks_readout(clocks: pd.DataFrame) -> Readout:
    """The clocks of a run on several hosts, as `fibq run` prints them; without rows for a run on one."""
    rows = tuple(
        (
            text(row.process),
            text(row.host),
            count(row.samples),
            time_us(row.round_trip_us),
            "same clock" if row.is_shared else time_us(row.error_us),
            known(row.drift_ppm, lambda drift: f"{number(drift)} ppm"),
            "collected" if row.is_collected else "MISSING",
        )
        for _, row in clocks.iterrows()
    )
    return Readout("Clocks", _HEADINGS, rows)
