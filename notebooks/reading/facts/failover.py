"""What is lost, and for how long nothing is done, when another server becomes master: `make failover`."""

from dataclasses import dataclass

import pandas as pd

from reading.facts.claims import everywhere, hold
from reading.facts.results import folder

NAME = "failover"
KILLS = "failover-500"
TOPOLOGIES = "faults-topologies"

FAULTS = ("fail-over", "rolling-restart", "partition-master", "move-slot")
"""Faults in the order in which pages show them."""

SETTINGS = (("none", 0), ("always", 0), ("replicated:1", 0), ("replicated:1", 1))
"""Durabilities with how many replicas a master must hear from, in the order in which pages show them."""

PARTITION = "partition-master"


@dataclass(frozen=True)
class Replaced:
    """What came of the times that a set-up's master was replaced by a fault; times in s."""

    faults: int
    with_loss: int
    lost: int
    duplicated: int
    bound: float
    stall_p50_s: float
    stall_max_s: float
    p99_us: float


@dataclass(frozen=True)
class Failover:
    """What the three committed sweeps show: each set-up, the many kills of one, and the short matrix on every topology."""

    cells: dict[tuple[str, str, str, int], Replaced]
    kills: Replaced
    faults: int
    faults_of_matrix: int

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Topologies and faults, in the order in which pages show them."""
        return [
            (topology, fault)
            for topology in ("sentinel", "cluster")
            for fault in FAULTS
            if any(key[:2] == (topology, fault) for key in self.cells)
        ]

    def row(self, topology: str, fault: str) -> list[Replaced]:
        """What came of a fault with each of `SETTINGS`."""
        return [self.cells[topology, fault, *setting] for setting in SETTINGS]

    def lost_by_partitions(self, topology: str) -> int:
        """Tasks that were lost where no replica had to confirm."""
        return sum(cell.lost for cell in self._unconfirmed(topology))

    def partitions(self, topology: str) -> int:
        """How many partitions there were where no replica had to confirm."""
        return sum(cell.faults for cell in self._unconfirmed(topology))

    def losing_partitions(self, topology: str) -> int:
        """How many of those lost a task."""
        return sum(cell.with_loss for cell in self._unconfirmed(topology))

    def longest_stall_s(self, fault: str) -> float:
        """The longest time without progress that such a fault made in any set-up."""
        return max(cell.stall_max_s for key, cell in self.cells.items() if key[1] == fault)

    def _unconfirmed(self, topology: str) -> list[Replaced]:
        return self.row(topology, PARTITION)[:2]


def failover() -> Failover:
    """What the three committed sweeps show."""
    table, kills = folder(NAME).table("failover"), folder(KILLS).table("failover")
    matrix = folder(TOPOLOGIES).table("failover")
    hold(NAME, "it is known of every fault what was lost", everywhere(table.lost.notna()))
    hold(NAME, "only partitions lost something", everywhere(table[table.fault != PARTITION].lost == 0))
    hold(NAME, "nothing was lost that a replica had confirmed", everywhere(_of(table, "replicated:1").lost == 0))
    partitions = table[table.fault == PARTITION]
    for durability in ("none", "always"):
        hold(NAME, f"partitions lost something with {durability}", everywhere(_of(partitions, durability).lost > 0))
    confirmed = _of(partitions, "replicated:1").set_index(["topology", "min_replicas"])["duplicated"]
    for topology in ("sentinel", "cluster"):
        hold(NAME, "a master that wants a replica runs fewer twice", confirmed[topology, 1] < confirmed[topology, 0])
    hold(KILLS, "it is of one set-up, and nothing was lost", len(kills) == 1 and everywhere(kills.lost == 0))
    hold(TOPOLOGIES, "nothing was lost", everywhere(matrix.lost == 0))
    return Failover(
        cells={
            (str(row.topology), str(row.fault), str(row.durability), int(row.min_replicas)): _replaced(row)
            for _, row in table.iterrows()
        },
        kills=_replaced(kills.iloc[0]),
        faults=int(table.faults.sum()),
        faults_of_matrix=int(matrix.faults.sum()),
    )


def _of(table: pd.DataFrame, durability: str) -> pd.DataFrame:
    return table[table.durability == durability]


def _replaced(row: pd.Series) -> Replaced:
    return Replaced(
        faults=int(row.faults),
        with_loss=int(row.faults_with_loss),
        lost=int(row.lost),
        duplicated=int(row["duplicated"]),
        bound=float(row.loss_share_bound_95),
        stall_p50_s=float(row.stall_p50_s),
        stall_max_s=float(row.stall_max_s),
        p99_us=float(row.end_to_end_intended_p99_us),
    )
