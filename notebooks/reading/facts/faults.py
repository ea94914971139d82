"""What faults lose, run twice, and how soon they are mended: `make faults`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import pandas as pd

from reading.facts.claims import everywhere, hold
from reading.facts.results import folder
from reading.facts.results import plan as plan_of
from reading.facts.settings import seconds
from reading.facts.spread import percentile
from reading.faults import Tally, faults_of, outcome

MATRIX = "faults"
OTHERS = "faults-others"
MONITORS = "faults-monitors"
FOLDERS = (MATRIX, OTHERS, MONITORS)

PROTOCOLS = ("lease", "stream", "lock", "pop")

ROWS = (
    *("kill-worker@every", "kill-worker", "pause-worker@every", "pause-worker", "kill-producer@every"),
    *("kill-redis", "power-cut", "cut-connections", "hang-redis", "slow-redis", "out-of-memory", "full-disk"),
    *("kill-monitor@every", "kill-monitor", "pause-monitor@every", "pause-all-monitors"),
)
"""Faults in the order in which pages show them."""

OF_MONITORS = {fault for fault in ROWS if "monitor" in fault}

FEWEST_TIMES = 100
"""Of fewer times the 99th percentile is the longest, and is called that."""


@dataclass(frozen=True)
class Cell:
    """What came of some faults; no time where no task waited to be mended, no percentile of fewer times than a hundred."""

    faults: int
    lost: Tally
    duplicated: Tally
    timed: int
    mended_p99_s: float | None
    mended_max_s: float | None


@dataclass(frozen=True)
class Faults:
    """The matrix: by fault and protocol, without the cells that were not asked for."""

    cells: dict[tuple[str, str], Cell]
    lease_and_stream: Cell
    lock: Cell
    kills: dict[str, Cell]
    lease_s: float
    look_s: float

    @property
    def rows(self) -> list[str]:
        """The faults in the order in which pages show them."""
        return [fault for fault in ROWS if any(key[0] == fault for key in self.cells)]

    def cell(self, fault: str, protocol: str) -> Cell | None:
        """A cell; none where it was not asked for."""
        return self.cells.get((fault, protocol))


def faults() -> Faults:
    """What the three committed matrices show."""
    matrix = _Matrix(*(pd.concat(frames, ignore_index=True) for frames in zip(*map(_read, FOLDERS), strict=True)))
    shown = matrix.only(lambda rows: rows.plan.isin(OF_MONITORS) == (rows.folder == MONITORS))
    promised = shown.only(lambda rows: rows.protocol.isin(["lease", "stream"]))
    lock = shown.only(lambda rows: rows.protocol == "lock")
    killed = shown.only(lambda rows: (rows.folder == MATRIX) & rows.plan.str.startswith("kill-worker"))
    hold(MATRIX, "lease and stream lost nothing", promised.cell.lost.is_none)
    hold(MATRIX, "they placed no message twice", everywhere(promised.runs.messages_placed_twice == 0))
    hold(OTHERS, "lock lost nothing", lock.cell.lost.is_none)
    hold(OTHERS, "pop lost some", shown.only(lambda rows: rows.protocol == "pop").cell.lost.counted > 0)
    kills = killed.by("protocol")
    hold(MATRIX, "kills of workers are enough for a percentile", all(cell.mended_p99_s is not None for cell in kills.values()))
    setting = plan_of(MATRIX)["scenario"]
    return Faults(
        cells=shown.by(["plan", "protocol"]),
        lease_and_stream=promised.cell,
        lock=lock.only(lambda rows: rows.folder == OTHERS).cell,
        kills=kills,
        lease_s=seconds(setting["lease"]),
        look_s=seconds(setting["monitor-interval"]),
    )


@dataclass(frozen=True)
class _Matrix:
    """Faults, and the runs that they were injected into, whose audits say which messages were placed twice."""

    injected: pd.DataFrame
    runs: pd.DataFrame

    def only(self, wanted: Callable[[pd.DataFrame], pd.Series]) -> Self:
        """The part of it that is wanted by `folder`, `protocol` and `plan`, which both frames have."""
        return type(self)(self.injected[wanted(self.injected)], self.runs[wanted(self.runs)])

    def by(self, columns: str | list[str]) -> dict:
        """Its cells by the values of those columns."""
        runs = dict(iter(self.runs.groupby(columns)))
        return {key: type(self)(rows, runs[key]).cell for key, rows in self.injected.groupby(columns)}

    @property
    def cell(self) -> Cell:
        """What came of all of it."""
        found = outcome(self.injected)
        return Cell(
            faults=found.faults,
            lost=found.lost,
            duplicated=found.duplicated,
            timed=len(found.mended_s),
            mended_p99_s=percentile(found.mended_s, 0.99) if len(found.mended_s) >= FEWEST_TIMES else None,
            mended_max_s=max(found.mended_s, default=None),
        )


def _read(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The faults of a sweep and its runs, with the folder and the fault by its name in the plan."""
    runs = folder(name).table("cells")
    return faults_of([folder(name)]).assign(folder=name), runs.assign(folder=name, plan=runs.param_fault)
