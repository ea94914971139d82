"""What the log says of a run."""

import shlex

import pandas as pd

from reading.faults import tally
from reading.folders import ResultFolder
from reading.log.section import Losses, Section
from reading.log.sources import source_of
from reading.readouts.accuracy import inexact_readout
from reading.readouts.cells import count, share, time_s, time_us
from reading.readouts.readout import Readout, names, numbers
from reading.readouts.run import summary_of
from reading.report.run_chapter import run_chapter

_IN_THE_WAY = 0.1
"""Up to which share of a task's wall time its own running is small beside what the queue takes."""


def run_section(run: ResultFolder, name: str) -> Section:
    """How a run went, and what its tasks cost."""
    summary = summary_of(run)
    latency, io = run.table("latency"), run.table("io")
    facts = {
        "name": run.manifest["workload"].get("name", name),
        "command": shlex.join(["fibq", *run.manifest["command_line"][1:]]),
        "run": summary,
        "kinds": latency.task_kind.nunique(),
        "table": _table(latency, io).markdown(),
        "main": _main(latency, io),
        "inexact": [row for row in inexact_readout(run.optional("accuracy")).rows if row[3] != "0"],
        "faults": run.optional("faults"),
    }
    chapter = run_chapter(run, name)
    lost, again = (tally(pd.Series([summary[column]])) for column in ("lost", "duplicated"))
    losses = Losses(int(summary.sent), lost, again)
    return Section(name, "run.md.j2", source_of(run), facts, chapter.illustrations, losses)


def _table(latency: pd.DataFrame, io: pd.DataFrame) -> Readout:
    """A line a task kind: how late its tasks ended, and what they took of a worker."""
    rows = []
    for kind in latency.task_kind.drop_duplicates():
        late, service = _latency(latency, kind, "end_to_end_intended"), _latency(latency, kind, "service")
        spent = _spent(io, kind)
        if late is None or service is None or spent is None:
            continue
        parts = (spent.cpu_s, spent.io_wait_s, spent.other_wait_s)
        shares = tuple(share(part / spent.wall_s) for part in parts)
        times = (time_us(late.p50_us), time_us(late.p99_us), time_us(service.p50_us), time_s(spent.wall_s / spent.tasks))
        rows.append((f"`{kind}`", count(late["count"]), *times, *shares))
    headings = numbers("tasks", "done after, p50", "p99", "runs for, p50", "takes of a worker", "CPU", "I/O", "no core")
    return Readout("", names("task kind") + headings, tuple(rows))


def _main(latency: pd.DataFrame, io: pd.DataFrame) -> dict | None:
    """The kind of which there were the most tasks, and whether its own running is little of what it takes."""
    done = latency[(latency.latency_kind == "end_to_end_intended") & (latency["count"] > 0)]
    if done.empty:
        return None
    kind = done.loc[done["count"].idxmax()].task_kind
    service, spent = _latency(latency, kind, "service"), _spent(io, kind)
    if service is None or spent is None:
        return None
    a_task = spent.wall_s / spent.tasks * 1e6
    return {
        "kind": kind,
        "late": _latency(latency, kind, "end_to_end_intended"),
        "runs_us": service.p50_us,
        "takes_us": a_task,
        "cpu": spent.cpu_s / spent.wall_s,
        "io": spent.io_wait_s / spent.wall_s,
        "no_core": spent.other_wait_s / spent.wall_s,
        "is_queue": service.p50_us < _IN_THE_WAY * a_task,
    }


def _latency(latency: pd.DataFrame, kind: str, latency_kind: str) -> pd.Series | None:
    rows = latency[(latency.task_kind == kind) & (latency.latency_kind == latency_kind) & (latency["count"] > 0)]
    return None if rows.empty else rows.iloc[0]


def _spent(io: pd.DataFrame, kind: str) -> pd.Series | None:
    rows = io[(io.task_kind == kind) & (io.role == "worker") & (io.wall_s > 0)]
    return None if rows.empty else rows.iloc[0]
