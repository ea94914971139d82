"""What `make run` does: the default scenario, and the drains of a backlog that stand beside it."""

from dataclasses import dataclass

from reading.facts.claims import hold
from reading.facts.machine import Machine, machine
from reading.facts.results import folder
from reading.facts.settings import rate_of, seconds
from reading.folders import ResultFolder
from reading.readouts.accuracy import inexact_readout
from reading.readouts.run import (
    audit_readout,
    generator_readout,
    latency_readout,
    messages_readout,
    summary_of,
    throughput_readout,
    time_readout,
)
from reading.readouts.terminal import terminal_text

NAME = "20261125-044912-48a8"
"""The folder of the run that pages show."""

SHOWN_KINDS = ("fib-iterative", "message")
"""The task kinds whose latencies they show: one that is all queue, and one that waits."""

N_OF_THE_WRITE_UP = 100
"""The n at which the write-up saw the formula and recursion differ."""


@dataclass(frozen=True)
class Cost:
    """What a task of a kind takes of its worker: time in µs, and where it goes."""

    computing_us: float
    wall_us: float
    cpu_us: float
    cpu_share: float
    io_share: float
    no_core_share: float
    concurrency: float


@dataclass(frozen=True)
class Drain:
    """A backlog that two workers drain."""

    name: str
    tasks_per_s: float
    claim: int
    workers: int


@dataclass(frozen=True)
class DefaultRun:
    """The run that pages show."""

    name: str
    machine: Machine
    rate_per_s: float
    seconds: float
    workers: int
    kinds: int
    kinds_shown: int
    tables: str
    first_wrong_n: int
    n: int
    computed: str
    exact: str
    short_task: Cost
    message: Cost
    lease: Drain
    lock: Drain

    @property
    def lease_to_lock(self) -> float:
        """How many times as fast `lease` drains."""
        return self.lease.tasks_per_s / self.lock.tasks_per_s


def default_run() -> DefaultRun:
    """What the committed run shows."""
    run = folder(NAME)
    workload, accuracy = run.manifest["workload"], run.table("accuracy")
    summary = run.table("summary").iloc[0]
    hold(NAME, "nothing was lost", summary.lost == 0)
    hold(NAME, "the exact algorithms were right every time", summary.wrong_results == 0)
    hold(NAME, "it was steady", summary.verdict == "steady")
    formula = accuracy[accuracy.algorithm == "binet"]
    shown = formula[formula.n == N_OF_THE_WRITE_UP].iloc[0]
    hold(NAME, f"the formula is wrong at n = {N_OF_THE_WRITE_UP}", not shown.is_exact)
    return DefaultRun(
        name=NAME,
        machine=machine(run.manifest),
        rate_per_s=rate_of(workload["arrival"]),
        seconds=seconds(workload["duration"]),
        workers=workload["workers"],
        kinds=run.table("latency").task_kind.nunique(),
        kinds_shown=len(SHOWN_KINDS),
        tables=_tables(run),
        first_wrong_n=int(formula[~formula.is_exact].n.min()),
        n=N_OF_THE_WRITE_UP,
        computed=shown.computed,
        exact=shown.exact,
        short_task=_cost(run, SHOWN_KINDS[0]),
        message=_cost(run, SHOWN_KINDS[1]),
        lease=_drain("20261130-111757-e8ad", "lease"),
        lock=_drain("20261130-111708-fb67", "lock"),
    )


def _tables(run: ResultFolder) -> str:
    """What the program prints at its end, of the kinds that are shown and of workers."""
    summary, latency, io = summary_of(run), run.table("latency"), run.table("io")
    readouts = (
        throughput_readout(summary),
        generator_readout(summary),
        latency_readout(latency[latency.task_kind.isin(SHOWN_KINDS)]),
        time_readout(io[io.role == "worker"]),
        inexact_readout(run.table("accuracy")),
        audit_readout(summary),
        messages_readout(summary),
    )
    return "\n\n".join(terminal_text(readout) for readout in readouts if readout)


def _cost(run: ResultFolder, kind: str) -> Cost:
    io, latency = run.table("io"), run.table("latency")
    row = io[(io.task_kind == kind) & (io.role == "worker")].iloc[0]
    service = latency[(latency.task_kind == kind) & (latency.latency_kind == "service")].iloc[0]
    return Cost(
        computing_us=float(service.p50_us),
        wall_us=row.wall_s / row.tasks * 1e6,
        cpu_us=row.cpu_s / row.tasks * 1e6,
        cpu_share=row.cpu_s / row.wall_s,
        io_share=row.io_wait_s / row.wall_s,
        no_core_share=row.other_wait_s / row.wall_s,
        concurrency=float(row.suggested_concurrency),
    )


def _drain(name: str, protocol: str) -> Drain:
    """A run of before `summary.csv` had the columns of messages: what is asked of it has not changed its meaning."""
    summary = folder(name).table("summary").iloc[0]
    hold(name, f"{protocol} drained a backlog of which nothing was lost", summary.lost == 0)
    hold(name, f"its protocol is {protocol}", summary.protocol == protocol)
    return Drain(name, summary.acked_per_s, int(summary.claim), int(summary.workers))
