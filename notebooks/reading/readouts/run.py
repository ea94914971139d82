"""The end of a run: how fast, how late, where the time went, what was inexact, what was lost."""

import pandas as pd

from reading.folders import ResultFolder
from reading.readouts.accuracy import inexact_readout
from reading.readouts.cells import NOTHING, count, number, share, text, time_s, time_us
from reading.readouts.readout import Readout, names, numbers

PERCENTILES = {"p50": "p50_us", "p95": "p95_us", "p99": "p99_us", "p99.9": "p99_9_us", "max": "max_us"}
"""The columns of `latency.csv` that are shown, by their titles."""

LATENCY_TITLES = {"end_to_end_intended": "intended to end", "end_to_end_actual": "sent to end"}
"""The latency kinds that people know by another name than files do."""

AUDIT = {
    "lost": "lost",
    "duplicated": "duplicated",
    "recovered": "recovered",
    "unexpected": "unexpected",
    "failed": "failed",
    "dead": "dead",
    "stale acks": "stale_acks",
    "left in Redis": "left_in_redis",
    "wrong": "wrong_results",
}
"""What the audit counts, by its titles."""

MESSAGES = {
    "placed": "messages_placed",
    "repeated": "messages_repeated",
    "refused": "messages_refused",
    "placed twice": "messages_placed_twice",
    "missing": "messages_missing",
}
"""What the sink's ledger says, by its titles."""


def run_readouts(run: ResultFolder) -> tuple[Readout, ...]:
    """The tables of a run in the order in which `fibq run` prints them, without those that have no rows."""
    summary = summary_of(run)
    every = (
        throughput_readout(summary),
        generator_readout(summary),
        latency_readout(run.table("latency")),
        time_readout(run.table("io")),
        inexact_readout(run.optional("accuracy")),
        audit_readout(summary),
        messages_readout(summary),
    )
    return tuple(readout for readout in every if readout)


def summary_of(run: ResultFolder) -> pd.Series:
    """The one row of a run's `summary.csv`."""
    return run.row("summary")


def throughput_readout(summary: pd.Series) -> Readout:
    """How many tasks, and how fast."""
    row = (
        count(summary.sent),
        count(summary.acked),
        number(summary.offered_per_s),
        number(summary.sent_per_s),
        number(summary.acked_per_s),
        number(summary.backlog_slope_per_s),
        time_s(summary.duration_s),
        text(summary.verdict),
    )
    headings = numbers("tasks sent", "acked", "offered/s", "sent/s", "acked/s", "backlog/s", "duration")
    return Readout("Throughput", headings + names("verdict"), (row,))


def generator_readout(summary: pd.Series) -> Readout:
    """The generator's account of itself; without rows where there is no verdict on it."""
    headings = numbers("processes", "planned", "sent", "late, p99", "CPU") + names("verdict")
    if pd.isna(summary.generator_verdict):
        return Readout("Generator", headings, ())
    row = (
        count(summary.generators),
        count(summary.tasks_planned),
        count(summary.sent + summary.unacknowledged),
        time_us(summary.generator_lag_p99_us),
        share(summary.generator_cpu_share),
        summary.generator_verdict.replace("_", " "),
    )
    title = "Generator" if summary.is_usable else "Unusable: the generator fell behind"
    return Readout(title, headings, (row,))


def latency_title(kind: str) -> str:
    """What people call a latency kind."""
    return LATENCY_TITLES.get(kind, kind.replace("_", " "))


def latency_readout(latency: pd.DataFrame) -> Readout:
    """Percentiles by task kind and latency kind; a task kind is named in its first row only."""
    rows = []
    before = None
    for _, row in latency.iterrows():
        times = tuple(time_us(row[column]) for column in PERCENTILES.values())
        kind = "" if row.task_kind == before else row.task_kind
        rows.append((kind, latency_title(row.latency_kind), count(row["count"]), *times))
        before = row.task_kind
    return Readout("Latency", names("task kind", "latency") + numbers("tasks", *PERCENTILES), tuple(rows))


def time_readout(io: pd.DataFrame) -> Readout:
    """Wall time, and the shares of it, by task kind and role."""
    rows = []
    for _, row in io.iterrows():
        parts = (row.cpu_s, row.io_wait_s, row.other_wait_s, row.residual_s)
        shares = tuple(share(part / row.wall_s) if row.wall_s > 0 else NOTHING for part in parts)
        concurrency = number(row.suggested_concurrency)
        rows.append((row.task_kind, row.role, count(row.tasks), time_s(row.wall_s), *shares, concurrency))
    headings = names("task kind", "role") + numbers("tasks", "wall", "CPU", "I/O", "no core", "rest", "concurrency")
    return Readout("Where the time went", headings, tuple(rows))


def audit_readout(summary: pd.Series) -> Readout:
    """What became of the tasks that were sent; its title says whether any was lost."""
    if pd.isna(summary.lost):
        title = "Not audited: Redis could not be asked"
    else:
        title = "Tasks were lost" if summary.lost else "Nothing was lost"
    return Readout(title, numbers(*AUDIT), (tuple(count(summary[column]) for column in AUDIT.values()),))


def messages_readout(summary: pd.Series) -> Readout:
    """What the sink's ledger says; without rows for a run without a sink of its own."""
    headings = numbers(*MESSAGES)
    if pd.isna(summary.messages_placed):
        return Readout("Messages", headings, ())
    twice, missing = summary.messages_placed_twice, summary.messages_missing
    if pd.isna(twice) or pd.isna(missing):
        title = "Messages, of which it is not known whether each is there once"
    else:
        title = "Messages, each placed once" if twice == 0 and missing == 0 else "Messages are missing, or there twice"
    return Readout(title, headings, (tuple(count(summary[column]) for column in MESSAGES.values()),))
