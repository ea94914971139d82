"""What is measured, and one observation of it."""

from __future__ import annotations

from dataclasses import dataclass

# Each measure's unit, in the order of the table.
UNITS = {
    "enqueue": "tasks/s",
    "drain": "tasks/s",
    "produce_consume": "tasks/s",
    "paced_p50": "ms",
    "paced_p99": "ms",
    "memory": "bytes/task",
    "reads": "reads/task",
    "worker_cpu": "us/task",
    "enqueue_always": "tasks/s",
    "drain_always": "tasks/s",
    "recovery": "s",
}


@dataclass(frozen=True)
class Observation:
    """One measure of one peer in one repeat.

    `value` is None when it failed or when the peer never did it, and `note` says which and why. `tasks` were sent; `lost` of
    them never ran, `ran_twice` ran to their end more than once.
    """

    peer: str
    reliable: bool
    repeat: int
    measure: str
    value: float | None
    tasks: int
    lost: int
    ran_twice: int
    note: str = ""
    failed: bool = False
