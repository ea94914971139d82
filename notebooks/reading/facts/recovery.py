"""A million orphaned tasks, and monitors that start at once: `make recovery`."""

from dataclasses import dataclass

import pandas as pd

from reading.facts.claims import everywhere, hold
from reading.facts.results import folder

NAME = "recovery"
STREAM = "recovery-stream"
OUTAGE = "recovery-outage"


@dataclass(frozen=True)
class Trials:
    """The worse of some trials in each figure: of one protocol, with so many monitors."""

    protocol: str
    monitors: int
    caught_up_s: float
    longest_call_us: float
    least_longest_call_us: float
    wait_p50_us: float
    wait_p99_us: float
    wait_max_us: float
    after_p99_us: float


@dataclass(frozen=True)
class Recovery:
    """Trials by protocol and number of monitors, and the one after an outage."""

    tasks: int
    claims: int
    interval_s: float
    trials: int
    rows: list[Trials]
    outage: Trials
    outage_s: float
    cores: int

    @property
    def slowest_call(self) -> Trials:
        """The trials of `lease` with the longest call."""
        return max((row for row in self.rows if row.protocol == "lease"), key=lambda row: row.longest_call_us)


def recovery() -> Recovery:
    """What the three committed studies show."""
    tables = {name: folder(name).table("recovery") for name in (NAME, STREAM, OUTAGE)}
    for name, table in tables.items():
        _hold(name, table)
    first, outage = tables[NAME].iloc[0], tables[OUTAGE]
    return Recovery(
        tasks=int(first.tasks),
        claims=int(first.claims),
        interval_s=float(first.monitor_interval_s),
        trials=int(tables[NAME].repetition.max()),
        rows=_rows(tables[NAME]) + _rows(tables[STREAM]),
        outage=_rows(outage)[0],
        outage_s=float(outage.outage_s.max()),
        cores=folder(NAME).manifest["host"]["cores"],
    )


def _hold(name: str, table: pd.DataFrame) -> None:
    alone, watched = table[table.monitors == 0], table[table.monitors > 0]
    hold(name, "nothing comes back without a monitor", everywhere(alone.recovered == 0))
    hold(name, "every task is done with one", everywhere(watched.acked == watched.tasks))
    hold(name, "no task is done twice", everywhere(table.acked_twice == 0))


def _rows(table: pd.DataFrame) -> list[Trials]:
    groups = table[table.monitors > 0].groupby(["protocol", "monitors"])
    return [_trials(str(protocol), int(monitors), rows) for (protocol, monitors), rows in groups]


def _trials(protocol: str, monitors: int, rows: pd.DataFrame) -> Trials:
    return Trials(
        protocol=protocol,
        monitors=monitors,
        caught_up_s=float(rows.caught_up_s.max()),
        longest_call_us=float(rows.longest_call_us.max()),
        least_longest_call_us=float(rows.longest_call_us.min()),
        wait_p50_us=float(rows.wait_p50_us.max()),
        wait_p99_us=float(rows.wait_p99_us.max()),
        wait_max_us=float(rows.wait_max_us.max()),
        after_p99_us=float(rows.wait_after_p99_us.max()),
    )
