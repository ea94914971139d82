"""What faults did: a line for each protocol, durability and fault."""

from collections.abc import Iterable, Sequence
from math import ceil

import pandas as pd

from reading.readouts.cells import NOTHING, count, time_s, total
from reading.readouts.readout import Heading, Readout, names, numbers

KEYS = ["protocol", "durability", "fault"]
"""What a line is one of."""

_COUNTS = numbers("runs", "faults", "in flight", "lost", "run twice", "placed twice")

_MENDED = numbers("recovered p50", "p99", "max")


def sweep_faults_readout(cells: pd.DataFrame, faults: pd.DataFrame) -> Readout:
    """The table of a sweep with faults, as `fibq faults` prints it.

    What was lost, run twice or placed twice is of whole runs, since no fault may be to blame for it.
    """
    rows = []
    for key, group in faults.groupby(KEYS, sort=True):
        runs = cells.merge(group[["cell_id", "repetition"]].drop_duplicates(), on=["cell_id", "repetition"])
        totals = [total(runs[column]) for column in ("lost", "duplicated", "messages_placed_twice")]
        rows.append((*key, count(len(runs)), count(len(group)), count(group.in_flight.sum()), *totals, *_mended(group)))
    return _readout(f"{count(len(faults))} faults in {_runs(len(cells))}", _COUNTS, rows)


def run_faults_readout(faults: pd.DataFrame) -> Readout:
    """The faults of one run, as `fibq report` prints them: lost and run twice is what came after each kind, which took turns.

    After which kind a message was placed twice nobody knows.
    """
    rows = []
    for key, group in faults.groupby(KEYS, sort=True):
        after = (total(group[column]) for column in ("in_flight", "lost", "duplicated"))
        rows.append((*key, count(1), count(len(group)), *after, NOTHING, *_mended(group)))
    return _readout(f"{count(len(faults))} faults in {_runs(1)}", _COUNTS, rows)


def nearest_rank(ordered: Sequence[float], share: float) -> float:
    """The least of some values, in order, below or at which that share of them lies."""
    return ordered[max(1, ceil(share * len(ordered))) - 1]


def _readout(title: str, counts: tuple[Heading, ...], rows: Iterable[tuple[str, ...]]) -> Readout:
    return Readout(title, names(*KEYS) + counts + _MENDED, tuple(rows))


def _mended(faults: pd.DataFrame) -> list[str]:
    """Half, nearly all and all of the times until the tasks in flight were claimed anew."""
    times = sorted(faults.recover_s.dropna())
    return [time_s(nearest_rank(times, share)) if times else NOTHING for share in (0.5, 0.99, 1)]


def _runs(number: int) -> str:
    return f"{count(number)} {'run' if number == 1 else 'runs'}"
