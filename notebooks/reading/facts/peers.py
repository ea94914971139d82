"""The queue against those that a user would pick instead: `make bench-peers`."""

from dataclasses import dataclass

import pandas as pd

from reading.comparisons import OURS, read_peers

NAME = "peers"

SHOWN = ("fibq", "dramatiq", "taskiq-redis", "celery-rabbitmq", "bullmq", "beanstalkd")
"""The peers that pages show; the others are in the data."""


@dataclass(frozen=True)
class Best:
    """The best peer of some, and how many times as much ours does."""

    name: str
    ratio: float


@dataclass(frozen=True)
class Peers:
    """Medians of each measure of each peer, and which of them acknowledge a task after its run."""

    values: dict[str, dict[str, float]]
    reliable: dict[str, bool]
    repeats: int
    shown: tuple[str, ...] = SHOWN

    def value(self, peer: str, measure: str) -> float | None:
        """A peer's figure; none where it does not apply."""
        return self.values[peer].get(measure)

    @property
    def others(self) -> list[str]:
        """Those not shown that are reliable."""
        return [peer for peer in self.values if peer not in SHOWN and self.reliable[peer]]

    @property
    def unreliable(self) -> list[str]:
        """Those that acknowledge nothing."""
        return [peer for peer in self.values if not self.reliable[peer]]

    def best_on_redis(self, measure: str) -> Best:
        """The fastest reliable peer that is on Redis: one whose tasks take memory of it."""
        others = [peer for peer in self.values if peer != OURS and self.reliable[peer]]
        best = max((peer for peer in others if self.value(peer, "memory")), key=lambda peer: self.values[peer][measure])
        return self.times(best, measure)

    def times(self, peer: str, measure: str) -> Best:
        """How many times as much ours does as that peer."""
        return Best(peer, self.values[OURS][measure] / self.values[peer][measure])


def peers() -> Peers:
    """What the committed comparison shows."""
    rows = read_peers(f"results/{NAME}")
    medians = rows.groupby(["peer", "measure"], sort=False).value.median()
    names = list(dict.fromkeys(rows.peer))
    return Peers(
        values={peer: medians[peer].to_dict() for peer in names},
        reliable={peer: bool(_rows_of(rows, peer).reliable.all()) for peer in names},
        repeats=int(rows.repeat.max()),
    )


def _rows_of(rows: pd.DataFrame, peer: str) -> pd.DataFrame:
    return rows[rows.peer == peer]
