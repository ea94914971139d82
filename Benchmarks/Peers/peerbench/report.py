"""The table, the CSV and the ratios."""

from __future__ import annotations

import csv
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tabulate import tabulate

from .catalogue import PEERS
from .observations import UNITS, Observation
from .ours import NAME

_COLUMNS = ("peer", "measure", "repeat", "unit", "value", "reliable", "tasks", "lost", "ran_twice", "failed", "note")


class CSV:
    """One row a peer, measure and repeat, written as they come, so that an interrupted run leaves what it measured."""

    def __init__(self, file: Path | None) -> None:
        self.file = file.open("w", newline="") if file else None
        self._write(_COLUMNS)

    def add(self, observation: Observation) -> None:
        """Appends a row."""
        value = "" if observation.value is None else f"{observation.value:.6g}"
        self._write((
            observation.peer, observation.measure, observation.repeat, UNITS.get(observation.measure, ""), value,
            int(observation.reliable), observation.tasks, observation.lost, observation.ran_twice,
            int(observation.failed), observation.note,
        ))  # fmt: skip

    def _write(self, fields: Iterable[object]) -> None:
        if self.file:
            csv.writer(self.file, lineterminator="\n").writerow(fields)
            self.file.flush()


@dataclass(frozen=True)
class Bar:
    """What is asked of a measure: ours ÷ the best peer's at least, or less than, so much."""

    title: str
    measure: str
    higher_is_better: bool
    wanted: float


BARS = (
    Bar("produce and consume", "produce_consume", True, 100),
    Bar("drain with appendfsync always", "drain_always", True, 20),
    Bar("paced p50", "paced_p50", False, 1),
    Bar("Redis memory of a queued task", "memory", False, 1),
    Bar("worker CPU of a task", "worker_cpu", False, 1),
)


class Report:
    """What the observations of all repeats come to."""

    def __init__(self, observations: Sequence[Observation]) -> None:
        self.cells: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        for observation in observations:
            self.cells[observation.peer, observation.measure].append(observation)
        self.reliable = {observation.peer: observation.reliable for observation in observations}
        self.failures = [observation for observation in observations if observation.failed]

    def table(self) -> str:
        """Medians, a row a peer, then the least and the greatest where there were several repeats."""
        headers = ["peer", "reliable", *(f"{measure}\n{unit}" for measure, unit in UNITS.items())]
        rows = [
            [peer, "yes" if reliable else "no", *(self._cell(peer, measure) for measure in UNITS)]
            for peer, reliable in self.reliable.items()
        ]
        return tabulate(rows, headers, disable_numparse=True, colalign=("left", "left", *["right"] * len(UNITS)))

    def median(self, peer: str, measure: str) -> float | None:
        """The median of the repeats that have a value; None when none has or one failed."""
        cell = self.cells.get((peer, measure), [])
        values = [observation.value for observation in cell if observation.value is not None]
        if not values or any(observation.failed for observation in cell):
            return None
        return statistics.median(values)

    def ratios(self) -> list[str]:
        """Ours ÷ the best of each group, a line each; a group whose best is that of the group before has none."""
        return [line for bar in BARS for line in self._against_groups(bar)]

    def audit(self) -> list[str]:
        """A line for each observation that lost something or ran something twice, and one for what failed together."""
        lines, failed = [], defaultdict[tuple[str, int, str], list[str]](list)
        for seen in (observation for cell in self.cells.values() for observation in cell):
            words = [f"{seen.lost} lost"] * bool(seen.lost) + [f"{seen.ran_twice} ran twice"] * bool(seen.ran_twice)
            if words:
                lines.append(f"{seen.peer}, repeat {seen.repeat}, {seen.measure}: {', '.join(words)} of {seen.tasks:,}")
            if seen.failed:
                failed[seen.peer, seen.repeat, seen.note].append(seen.measure)
        for (peer, repeat, note), measures in failed.items():
            lines.append(f"{peer}, repeat {repeat}, {', '.join(measures)}: failed: {note or 'tasks were lost'}")
        return lines or ["Nothing was lost, and nothing ran twice."]

    def _cell(self, peer: str, measure: str) -> str:
        cell = self.cells.get((peer, measure), [])
        if any(observation.failed for observation in cell):
            return "failed"
        values = [observation.value for observation in cell if observation.value is not None]
        if not values:
            return cell[0].note if cell else "–"
        text = _number(statistics.median(values))
        if len(values) > 1:
            text += f"\n{_number(min(values))}–{_number(max(values))}"
        return text if len(values) == len(cell) else f"{text}\n{len(values)} of {len(cell)}"

    def _against_groups(self, bar: Bar) -> list[str]:
        ours, lines, seen = self.median(NAME, bar.measure), [f"{bar.title}, wanted {_wanted(bar)}:"], set[str]()
        for group, members in self._groups().items():
            medians = {peer: self.median(peer, bar.measure) for peer in members}
            known = {peer: value for peer, value in medians.items() if value is not None}
            if ours is None or not known:
                continue
            best = (max if bar.higher_is_better else min)(known, key=lambda peer: known[peer])
            ratio = ours / known[best]
            met = ratio >= bar.wanted if bar.higher_is_better else ratio < bar.wanted
            if best not in seen:
                lines.append(
                    f"  {_number(ours)} against {_number(known[best])} {UNITS[bar.measure]} of {best}, the best {group}: "
                    f"{ratio:,.3g}, {'met' if met else 'NOT met'}"
                )
            seen.add(best)
        return lines if seen else [*lines, "  cannot be judged: not measured of both sides"]

    def _groups(self) -> dict[str, list[str]]:
        """The peers that have something in common, from the closest to fibq to all."""
        peers = [peer for peer in PEERS if peer.name in self.reliable]
        return {
            "reliable one on Redis": [peer.name for peer in peers if peer.reliable and peer.server == "redis"],
            "reliable one": [peer.name for peer in peers if peer.reliable],
            "of all, acknowledged or not": [peer.name for peer in peers],
        }


def _wanted(bar: Bar) -> str:
    return f"at least {bar.wanted:g} times" if bar.higher_is_better else f"below {bar.wanted:g} times"


def _number(value: float) -> str:
    """A few significant digits, with thousands grouped."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
