"""The runner: `python -m peerbench FIBQ ENVIRONMENTS [--out FOLDER]`; see README.md."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from . import ours
from .bench import Bench, Plan
from .catalogue import PEERS
from .measures import Measures
from .observations import Observation
from .processes import INTERRUPTS
from .report import CSV, Report

_IN_MEMORY = {"tmpfs", "ramfs"}


def main() -> int:
    """Measures everyone in turn, repeat by repeat; the exit code is 1 when a measure failed."""
    parser = argparse.ArgumentParser(prog="peerbench")
    parser.add_argument("fibq", type=lambda path: Path(path).resolve())
    parser.add_argument("environments", type=lambda path: Path(path).resolve())
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    for number in INTERRUPTS:
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))

    fast = bool(os.environ.get("FAST"))
    plan = Plan(scale=0.1, paced=100, cap_s=15) if fast else Plan()
    repeats = int(os.environ.get("REPEATS", 1 if fast else 3))
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
    table = CSV(arguments.out / "peers.csv" if arguments.out else None)

    observations: list[Observation] = []
    with tempfile.TemporaryDirectory(prefix="peerbench-") as folder:
        _require_disk(Path(folder))
        bench = Bench(Path(folder), arguments.environments)
        for observation in _measure(bench, plan, arguments.fibq, repeats):
            observations.append(observation)
            table.add(observation)
    return _print(Report(observations), repeats, arguments.out)


def _measure(bench: Bench, plan: Plan, fibq: Path, repeats: int) -> Iterator[Observation]:
    """All observations, the repeats interleaved."""
    only = set(filter(None, os.environ.get("ONLY", "").split(",")))
    if unknown := only - {ours.NAME, *(peer.name for peer in PEERS)}:
        sys.exit(f"peerbench: no peer is called {', '.join(sorted(unknown))}")
    for repeat in range(1, repeats + 1):
        if not only or ours.NAME in only:
            print(f"repeat {repeat} of {repeats}: {ours.NAME}", file=sys.stderr)
            yield from ours.OurMeasures(bench, plan, fibq, repeat).all()
        for peer in PEERS:
            if not only or peer.name in only:
                print(f"repeat {repeat} of {repeats}: {peer.name}", file=sys.stderr)
                yield from Measures(bench, plan, peer, repeat).all()


def _print(report: Report, repeats: int, out: Path | None) -> int:
    """The table, the audit and the ratios, on the terminal and to a file."""
    title = f"Medians of {repeats} (least–greatest below), two worker processes, every broker on TCP at 127.0.0.1"
    text = "\n\n".join([title, report.table(), "\n".join(report.audit()), "\n".join(report.ratios())])
    print(text)
    if out:
        (out / "peers.txt").write_text(text + "\n")
    return 1 if report.failures else 0


def _require_disk(folder: Path) -> None:
    """Refuses to measure syncing where there is nothing to sync."""
    mounts = [part for part in psutil.disk_partitions(all=True) if folder.is_relative_to(part.mountpoint)]
    kind = max(mounts, key=lambda part: len(part.mountpoint)).fstype if mounts else ""
    if kind in _IN_MEMORY:
        sys.exit(f"peerbench: {folder.parent} is in memory ({kind}): set TMPDIR to a folder on a disk")


if __name__ == "__main__":
    sys.exit(main())
