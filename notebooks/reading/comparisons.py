"""Ours held against other programs: against the ceiling in C, and against the peers."""

import pandas as pd

from reading.foreign import no_foreign, read_foreign
from reading.repository import located

PAIR_TEXTS = ("compared", "protocol", "durability")
"""The columns of `pairs.csv` that name what is compared; all of them are described in `Benchmarks/Ceiling/README.md`."""

PAIR_NUMBERS = (
    *("pair", "tasks", "batch", "workers", "c_per_s", "queue_per_s", "ratio", "roles_ratio"),
    *("queue_worker_us_per_task", "queue_redis_us_per_task"),
)
"""Those that hold numbers, as far as they are read."""

PEER_TEXTS = ("peer", "measure", "unit")
"""The columns of `peers.csv` that name a measure; all of them are described in `Benchmarks/Peers/README.md`."""

PEER_NUMBERS = ("repeat", "value", "reliable")
"""Those that hold numbers, as far as they are read."""

OURS = "fibq"
"""The name of this queue among the peers."""


def read_pairs(folder: str | None) -> pd.DataFrame:
    """The pairs of `make bench-queue`, ours against C, a row a pair of runs; `ratio` is ours ÷ C. Without a folder no rows."""
    if not folder:
        return no_foreign(PAIR_TEXTS, PAIR_NUMBERS)
    return read_foreign(located(folder) / "pairs.csv", PAIR_TEXTS, PAIR_NUMBERS)


def read_peers(folder: str | None) -> pd.DataFrame:
    """The measures of `make bench-peers` that have a value, a row a peer, measure and repeat. Without a folder no rows."""
    if not folder:
        return no_foreign(PEER_TEXTS, PEER_NUMBERS)
    rows = read_foreign(located(folder) / "peers.csv", PEER_TEXTS, PEER_NUMBERS)
    return rows.dropna(subset=["value"]).assign(reliable=rows.reliable == 1)
