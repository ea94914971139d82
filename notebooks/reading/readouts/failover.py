"""What came of queues whose server was replaced by another: a line for each set-up and kind of fault."""

import pandas as pd

from reading.readouts.cells import count, known, text, time_s, time_us
from reading.readouts.readout import Readout, names, numbers

_HEADINGS = (
    *names("topology", "protocol", "durability"),
    *numbers("min replicas"),
    *names("fault"),
    *numbers("runs", "faults", "lost", "run twice", "with loss", "95 % below", "stall p50", "max", "recovered p50", "max"),
    *numbers("end to end p99"),
)

_COUNTS = ("repetitions", "faults", "lost", "duplicated", "faults_with_loss")
_TIMES = ("stall_p50_s", "stall_max_s", "recover_p50_s", "recover_max_s")


def failover_readout(failovers: pd.DataFrame) -> Readout:
    """The table of a sweep whose masters are replaced, as `fibq faults` prints it."""
    rows = tuple(
        (
            *(text(row[column]) for column in ("topology", "protocol", "durability")),
            count(row.min_replicas),
            text(row.fault),
            *(count(row[column]) for column in _COUNTS),
            known(row.loss_share_bound_95, lambda share: f"{share * 100:.2f} %"),
            *(time_s(row[column]) for column in _TIMES),
            time_us(row.end_to_end_intended_p99_us),
        )
        for _, row in failovers.iterrows()
    )
    title = f"{count(failovers.faults.sum())} faults: what was lost, and how long no task was acked"
    return Readout(title, _HEADINGS, rows)
