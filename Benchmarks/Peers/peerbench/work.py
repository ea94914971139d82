"""The task that every peer runs."""

from __future__ import annotations

import asyncio
import time
from typing import NamedTuple

from . import records
from .settings import Settings

N = 90
_F_90 = 2_880_067_194_370_816_120


class Task(NamedTuple):
    """A task's arguments: its number, when the schedule wanted it sent (0: no schedule), and how long it sleeps."""

    number: int
    intended_ns: int = 0
    sleep_ms: int = 0


_settings = Settings.from_environment()


def fibonacci(n: int) -> int:
    """F(n), by n additions."""
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def run(number: int, intended_ns: int, sleep_ms: int) -> None:
    """Sleeps, computes F(90), and records that it did. A task that sleeps records its start, too."""
    started_ns = _start(number, intended_ns, sleep_ms)
    if sleep_ms:
        time.sleep(sleep_ms / 1000)
    _finish(number, intended_ns, started_ns)


async def run_async(number: int, intended_ns: int, sleep_ms: int) -> None:
    """The same for peers that run tasks on an event loop: a sleeping task leaves the loop to their heartbeats."""
    started_ns = _start(number, intended_ns, sleep_ms)
    if sleep_ms:
        await asyncio.sleep(sleep_ms / 1000)
    _finish(number, intended_ns, started_ns)


def _start(number: int, intended_ns: int, sleep_ms: int) -> int:
    started_ns = time.monotonic_ns()
    if sleep_ms:
        records.write(_settings.records, number, records.STARTED, intended_ns, started_ns, 0)
    return started_ns


def _finish(number: int, intended_ns: int, started_ns: int) -> None:
    if fibonacci(N) != _F_90:
        raise ArithmeticError(f"F({N}) is wrong")
    records.write(_settings.records, number, records.ENDED, intended_ns, started_ns, time.monotonic_ns())
