"""Half an hour of random faults, and workers that are starved of processor time: `make soak`, `make live-workers`."""

from dataclasses import dataclass

import pandas as pd

from reading.facts.claims import everywhere, hold
from reading.facts.results import folder, plan
from reading.facts.settings import seconds

NAME = "soak"
THROTTLED = "throttled"
STARVED = "starved"

WINDOW_S = 300
"""How long the first and the last stretch are that are compared: five minutes."""

GROWING = ("sink", "conductor")
"""The roles whose growth the page tells, the most first."""


@dataclass(frozen=True)
class Process:
    """The medians of a role's processes in the first minutes and in the last."""

    first_bytes: float
    last_bytes: float
    file_descriptors: float

    @property
    def grown_bytes(self) -> float:
        """By how much the processes of the role grew."""
        return self.last_bytes - self.first_bytes


@dataclass(frozen=True)
class Soak:
    """What the committed run shows."""

    duration_s: float
    faults: int
    killed_workers: int
    acked: int
    processes: dict[str, Process]
    window_s: float = WINDOW_S

    @property
    def most_grown_else_bytes(self) -> float:
        """By how much at most a role grew that is none of `GROWING`."""
        return max(process.grown_bytes for role, process in self.processes.items() if role not in GROWING)


@dataclass(frozen=True)
class LiveWorkers:
    """Workers that compute all the time with little or no processor time to spare, and lose no lease."""

    workers: int
    slots: int
    processors: float
    duration_s: float
    lease_s: float
    cores: int

    @property
    def threads(self) -> int:
        """How many threads compute at once."""
        return self.workers * self.slots


def soak() -> Soak:
    """What half an hour with a random fault each second shows."""
    run = folder(NAME)
    summary = run.table("summary").iloc[0]
    hold(NAME, "no acked task was lost", summary.lost == 0)
    hold(NAME, "no message was placed twice", summary.messages_placed_twice == 0)
    processes = run.table("processes")
    shown = Soak(
        duration_s=seconds(run.manifest["workload"]["duration"]),
        faults=len(run.table("faults")),
        killed_workers=int(summary.worker_deaths),
        acked=int(summary.acked),
        processes={str(role): _process(rows) for role, rows in processes.groupby("role")},
    )
    sink, conductor = (shown.processes[role].grown_bytes for role in GROWING)
    hold(NAME, "the sink grew most, then the conductor", sink > conductor > 2 * shown.most_grown_else_bytes)
    return shown


def _process(rows: pd.DataFrame) -> Process:
    first, last = rows[rows.at_s < WINDOW_S], rows[rows.at_s > rows.at_s.max() - WINDOW_S]
    return Process(
        first_bytes=float(first.memory_bytes.median()),
        last_bytes=float(last.memory_bytes.median()),
        file_descriptors=float(last.file_descriptors.median()),
    )


def live_workers() -> LiveWorkers:
    """What the two committed sweeps show: no attempt was a second one."""
    for name in (THROTTLED, STARVED):
        hold(name, "no monitor took anything back from a living worker", everywhere(folder(name).table("cells").retries == 0))
    throttled, starved = plan(THROTTLED)["scenario"], plan(STARVED)["scenario"]
    alike = {**throttled, "cpu-limit": None} == {**starved, "cpu-limit": None}
    hold(STARVED, "it is throttled without the limit", alike)
    return LiveWorkers(
        workers=throttled["workers"],
        slots=throttled["slots"],
        processors=throttled["cpu-limit"],
        duration_s=seconds(throttled["duration"]),
        lease_s=seconds(throttled["lease"]),
        cores=folder(STARVED).manifest["host"]["cores"],
    )
