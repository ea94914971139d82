"""What was run, kept outside the broker: each process appends fixed-size records to a file of its own.

A record is written by one unbuffered write, so a process that is killed leaves every record that it made. Instants are
CLOCK_MONOTONIC in nanoseconds, which all processes of a machine share.
"""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STARTED, ENDED = 1, 2

_FORMAT = struct.Struct("<IIqqq")
_files: dict[int, int] = {}


@dataclass(frozen=True)
class Record:
    """One execution's start or end: `kind` is STARTED or ENDED, `intended_ns` is 0 for a task without a schedule."""

    task: int
    kind: int
    intended_ns: int
    started_ns: int
    ended_ns: int
    pid: int


def write(folder: Path, task: int, kind: int, intended_ns: int, started_ns: int, ended_ns: int) -> None:
    """Appends a record to this process' file, which it opens the first time; safe in forked children and threads."""
    pid = os.getpid()
    if pid not in _files:
        _files[pid] = os.open(folder / f"{pid}.records", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.write(_files[pid], _FORMAT.pack(task, kind, intended_ns, started_ns, ended_ns))


def now_ns() -> int:
    """The instant, by the clock of the records."""
    return time.monotonic_ns()


def count(folder: Path) -> int:
    """How many records there are, by the files' sizes alone."""
    return sum(file.stat().st_size for file in folder.glob("*.records")) // _FORMAT.size


def read(folder: Path) -> Iterator[Record]:
    """All records, process by process."""
    for file in folder.glob("*.records"):
        content = file.read_bytes()
        whole = len(content) - len(content) % _FORMAT.size
        for task, kind, intended_ns, started_ns, ended_ns in _FORMAT.iter_unpack(content[:whole]):
            yield Record(task, kind, intended_ns, started_ns, ended_ns, int(file.stem))
