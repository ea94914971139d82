"""The same measures of fibq, by its own program and audit, on private Redis servers of the same kind over TCP."""

from __future__ import annotations

import csv
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from .bench import WORKERS, Bench, Plan
from .measures import RATE_PER_S, SLEEP_MS, SLEEPERS
from .observations import Observation
from .processes import Child, Failure, last_line
from .servers import Server

NAME = "fibq"
_TASKS = 1_000_000

# More than any producer reaches: each sends what is due as fast as it can.
_UNREACHABLE_PER_S = 10_000_000
_TIGHT = ("--claim", "1", "--lease", "200ms", "--monitor-interval", "50ms", "--no-restart")


class OurMeasures:
    """Measures fibq in one repeat."""

    def __init__(self, bench: Bench, plan: Plan, program: Path, repeat: int) -> None:
        self.bench, self.plan, self.program, self.repeat = bench, plan, program, repeat
        self.tasks = round(_TASKS * plan.scale)

    def all(self) -> Iterator[Observation]:
        """Everything, each on a server of its own. A measure that fails leaves the others their turn."""
        for measure, durable, names in (
            (self.queued, False, ("memory",)),
            (self.drain, False, ("enqueue", "drain", "reads", "worker_cpu")),
            (self.flow, False, ("produce_consume",)),
            (self.paced, False, ("paced_p50", "paced_p99")),
            (self.drain_always, True, ("enqueue_always", "drain_always")),
            (self.recovery, False, ("recovery",)),
        ):
            with self.bench.server("redis", durable) as server:
                try:
                    yield from measure(server)
                except Failure as failure:
                    for name in names:
                        yield Observation(NAME, True, self.repeat, name, None, self.tasks, 0, 0, str(failure), True)

    def queued(self, server: Server) -> Iterator[Observation]:
        """`fibq load` alone: what a queued task takes."""
        before = server.memory_bytes()
        journals = self.bench.folder / "journals"
        self._call("load", "--mix", "fib-iterative:n=90", "--arrival", "backlog", "--tasks", self.tasks,
                   "--redis", server.url, "--journals", journals)  # fmt: skip
        after = server.memory_bytes()
        shutil.rmtree(journals, ignore_errors=True)
        assert before is not None and after is not None
        yield Observation(NAME, True, self.repeat, "memory", (after - before) / self.tasks, self.tasks, 0, 0)

    def drain(self, server: Server) -> Iterator[Observation]:
        """A backlog. Reads are all that the server made, the enqueuing and the audit included: an upper bound."""
        before = server.reads()
        row = self._run(server, self.tasks, "backlog")
        after = server.reads()
        assert before is not None and after is not None
        yield self._observe(row, "enqueue", float(row["sent_per_s"]))
        yield self._observe(row, "drain", float(row["acked_per_s"]))
        yield self._observe(row, "reads", (after - before) / self.tasks)
        yield self._observe(row, "worker_cpu", float(row["cpu_worker_s"]) * 1e6 / self.tasks)

    def drain_always(self, server: Server) -> Iterator[Observation]:
        """The same with every write synced before its reply."""
        row = self._run(server, self.tasks, "backlog", "--durability", "always")
        yield self._observe(row, "enqueue_always", float(row["sent_per_s"]))
        yield self._observe(row, "drain_always", float(row["acked_per_s"]))

    def flow(self, server: Server) -> Iterator[Observation]:
        """Producer and workers together: all tasks ÷ the time from the first sending to the last ack."""
        row = self._run(server, self.tasks, f"constant:{_UNREACHABLE_PER_S}")
        yield self._observe(row, "produce_consume", self.tasks / float(row["duration_s"]))

    def paced(self, server: Server) -> Iterator[Observation]:
        """50 a second: from the intended instant to the task's end."""
        row = self._run(server, self.plan.paced, f"poisson:{RATE_PER_S}")
        yield self._observe(row, "paced_p50", float(row["p50_us"]) / 1000)
        yield self._observe(row, "paced_p99", float(row["p99_us"]) / 1000)

    def recovery(self, server: Server) -> Iterator[Observation]:
        """Kills one of two workers within a task: fibq tells when its task was claimed anew; its run comes on top."""
        row = self._run(
            server, SLEEPERS, "backlog", *_TIGHT, "--fault", "kill-worker", "--faults", "1", mix=f"sleep:ms={SLEEP_MS}"
        )
        value = float(row["recover_s"]) + SLEEP_MS / 1000 if row["recover_s"] else None
        yield self._observe(row, "recovery", value, "" if value else "the killed worker held nothing")

    def _run(self, server: Server, tasks: int, arrival: str, *more: str, mix: str = "fib-iterative:n=90") -> dict[str, str]:
        """A `fibq run`: its summary, with the latency from the intended instant, and the fault if there was one."""
        out = self.bench.folder / "run"
        try:
            self._call("run", "--protocol", "lease", "--tasks", tasks, "--mix", mix, "--arrival", arrival,
                       "--workers", WORKERS, "--seed", self.repeat, "--redis", server.url, "--out", out,
                       "--quiet", *more)  # fmt: skip
            row = next(_rows(out / "summary.csv"))
            row |= next(line for line in _rows(out / "latency.csv") if line["latency_kind"] == "end_to_end_intended")
            if (out / "faults.csv").exists():
                fault = next(_rows(out / "faults.csv"), None)
                row["recover_s"] = fault["recover_s"] if fault else ""
        finally:
            shutil.rmtree(out, ignore_errors=True)
        if row["lost"] != "0" or int(row["acked"]) != tasks:
            raise Failure(f"{row['acked']} of {tasks} tasks were acked, {row['lost'] or 'some'} lost")
        return row

    def _call(self, *arguments: object) -> None:
        """Runs fibq to its end; one that is interrupted meanwhile is ended, too."""
        child = Child([self.program, *map(str, arguments)], self.bench.folder / "fibq.log")
        deadline = time.monotonic() + self.plan.patience_s
        try:
            while (code := child.exit_code()) is None:
                if time.monotonic() > deadline:
                    raise Failure(f"fibq {arguments[0]} took more than {self.plan.patience_s:.0f} s")
                time.sleep(0.02)
        finally:
            child.end()
        if code:
            raise Failure(f"fibq {arguments[0]} ended with {code}: {last_line(child.log)}")

    def _observe(self, row: dict[str, str], measure: str, value: float | None, note: str = "") -> Observation:
        return Observation(
            NAME, True, self.repeat, measure, value, int(row["tasks_planned"]), int(row["lost"]), int(row["duplicated"]), note
        )


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(newline="") as lines:
        yield from csv.DictReader(lines)
