"""The measures of a peer, each a generator of observations."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from . import records
from .bench import Bench, Plan, Stage
from .catalogue import Peer
from .observations import UNITS, Observation
from .processes import Failure
from .servers import Server

RATE_PER_S = 50
SLEEP_MS = 250
SLEEPERS = 16

# Tasks of a schedule before those that count: workers that poll have backed off before it begins.
_LEAD_IN = 100

# Of its tasks, so many on a broker that syncs each write: most peers take several times as long there.
_ALWAYS_SHARE = 0.5

# A drain's rate counts from this share of its tasks on, so that the workers' start is not in it.
_WARM = 0.1


class Measures:
    """Measures one peer in one repeat."""

    def __init__(self, bench: Bench, plan: Plan, peer: Peer, repeat: int) -> None:
        self.bench, self.plan, self.peer, self.repeat = bench, plan, peer, repeat
        self.tasks = max(200, round(peer.tasks * plan.scale))

    def all(self) -> Iterator[Observation]:
        """Everything, in turn. A measure that fails leaves the others their turn, and says why in its place."""
        with self.bench.server(self.peer.server) as server:
            yield from self._guarded(self.drain, server, ("enqueue", "drain", "memory", "reads", "worker_cpu"))
        with self.bench.server(self.peer.server) as server:
            yield from self._guarded(self.flow, server, ("produce_consume", "paced_p50", "paced_p99"))
        if self.peer.durable:
            with self.bench.server(self.peer.server, durable=True) as server:
                yield from self._guarded(self.drain_always, server, ("enqueue_always", "drain_always"))
        with self.bench.server(self.peer.server) as server:
            yield from self._guarded(self.recovery, server, ("recovery",))

    def drain(self, server: Server) -> Iterator[Observation]:
        """Enqueues everything, then starts the workers: rates, memory of a queued task, reads and CPU of its run."""
        with self.bench.stage(self.peer, server) as stage:
            stage.produce(1)
            memory_before = server.memory_bytes()
            from_ns, to_ns = stage.produce(self.tasks)
            memory_after, reads_before = server.memory_bytes(), server.reads()
            per_s, cpu_us = self._drain(stage)
            reads_after = server.reads()
            yield self._observe(stage, "enqueue", self.tasks / (to_ns - from_ns) * 1e9)
            yield self._observe(stage, "drain", per_s)
            if memory_before is not None and memory_after is not None:
                yield self._observe(stage, "memory", (memory_after - memory_before) / self.tasks)
            if reads_before is not None and reads_after is not None:
                yield self._observe(stage, "reads", (reads_after - reads_before) / stage.sent)
            yield self._observe(stage, "worker_cpu", cpu_us)

    def drain_always(self, server: Server) -> Iterator[Observation]:
        """The same on a broker that syncs each write before its reply: the rates only."""
        with self.bench.stage(self.peer, server, confirmed=True) as stage:
            tasks = round(self.tasks * _ALWAYS_SHARE)
            from_ns, to_ns = stage.produce(tasks)
            per_s, _ = self._drain(stage)
            yield self._observe(stage, "enqueue_always", tasks / (to_ns - from_ns) * 1e9)
            yield self._observe(stage, "drain_always", per_s)

    def flow(self, server: Server) -> Iterator[Observation]:
        """Producer and workers together, all warm: first as fast as they can, then at 50 a second."""
        with self.bench.stage(self.peer, server) as stage:
            stage.start_workers()
            stage.warm_up()
            from_ns, _ = stage.produce(self.tasks)
            self._wait_for_all(stage)
            last_ns = stage.ended()[-1].ended_ns
            yield self._observe(stage, "produce_consume", self.tasks / (last_ns - from_ns) * 1e9)

            counted_from = stage.sent + _LEAD_IN
            stage.produce(_LEAD_IN + self.plan.paced, per_s=RATE_PER_S, seed=self.repeat)
            self._wait_for_all(stage)
            late_ms = [(run.ended_ns - run.intended_ns) / 1e6 for run in stage.ended() if run.task >= counted_from]
            percentiles = statistics.quantiles(late_ms, n=100, method="inclusive")
            yield self._observe(stage, "paced_p50", percentiles[49])
            yield self._observe(stage, "paced_p99", percentiles[98])

    def recovery(self, server: Server) -> Iterator[Observation]:
        """Kills one of two workers within a task: how long until what it was running has run to its end after all?

        Waits for the other tasks too, for the audit. One that never runs is a result and no failure of the measure.
        """
        with self.bench.stage(self.peer, server, tight=True) as stage:
            stage.start_workers()
            stage.warm_up()
            warm = stage.sent
            stage.produce(SLEEPERS, sleep_ms=SLEEP_MS)
            killed_ns, held = self._kill_one(stage, warm)
            cap_s = self.plan.cap_s if self.peer.reliable else min(self.plan.cap_s, 5)
            stage.wait_until(lambda: stage.audit()[0] == 0, cap_s)
            ends = {run.task: run.ended_ns for run in reversed(stage.ended())}
            back = [ends[task] for task in held if task in ends]
            value = (max(back) - killed_ns) / 1e9 if len(back) == len(held) else None
            yield self._observe(stage, "recovery", value, "" if value else f"none in {cap_s:.0f} s", SLEEPERS, may_lose=True)

    def _drain(self, stage: Stage) -> tuple[float, float]:
        """Starts the workers on what is queued: tasks a second and CPU µs a task, both after the first tenth."""
        stage.start_workers()
        warm = round(stage.sent * _WARM)
        if not stage.wait_until(lambda: records.count(stage.records) >= warm, self.plan.patience_s):
            raise Failure(f"{records.count(stage.records)} of {stage.sent} tasks ran")
        cpu_s, counted = self._cpu_s(stage), records.count(stage.records)
        self._wait_for_all(stage)
        cpu_s = self._cpu_s(stage) - cpu_s
        runs = stage.ended()
        span_ns = runs[-1].ended_ns - runs[warm - 1].ended_ns
        return (len(runs) - warm) / span_ns * 1e9, cpu_s * 1e6 / (len(runs) - counted)

    def _cpu_s(self, stage: Stage) -> float:
        return sum(worker.cpu_s() for worker in stage.workers)

    def _wait_for_all(self, stage: Stage) -> None:
        """Waits until as many runs ended as tasks were sent, then for tasks that others ran twice in place of."""
        stage.wait_until(lambda: records.count(stage.records) >= stage.sent, self.plan.patience_s)
        if stage.audit()[0]:
            stage.wait_until(lambda: stage.audit()[0] == 0, 10)
        if lost := stage.audit()[0]:
            raise Failure(f"{lost} of {stage.sent} tasks did not run")

    def _kill_one(self, stage: Stage, warm: int) -> tuple[int, set[int]]:
        """Kills a worker that has ended one of the sleeping tasks and is in the first half of another; when, and which."""
        pids: dict[int, set[int]] = {}

        def victim() -> int | None:
            for index, worker in enumerate(stage.workers):
                pids[index] = {process.pid for process in worker.tree()}
                mine = [record for record in records.read(stage.records) if record.pid in pids[index]]
                ended = {record.task for record in mine if record.kind == records.ENDED and record.task >= warm}
                young_ns = records.now_ns() - SLEEP_MS * 500_000
                young = {r.task for r in mine if r.kind == records.STARTED and r.started_ns > young_ns}
                if ended and young - ended:
                    return index
            return None

        if not stage.wait_until(lambda: victim() is not None, 30) or (index := victim()) is None:
            raise Failure("no worker was found within a task")
        killed_ns = records.now_ns()
        stage.workers.pop(index).kill()
        mine = [record for record in records.read(stage.records) if record.pid in pids[index]]
        held = {record.task for record in mine if record.kind == records.STARTED}
        held -= {record.task for record in stage.ended()}
        if not held:
            raise Failure("the killed worker was not within a task")
        return killed_ns, held

    def _observe(
        self, stage: Stage, measure: str, value: float | None, note: str = "", tasks: int = 0, may_lose: bool = False
    ) -> Observation:
        lost, twice = stage.audit()
        return Observation(
            self.peer.name, self.peer.reliable, self.repeat, measure, value, tasks or stage.sent, lost, twice, note,
            failed=bool(lost) and not may_lose,
        )

    def _guarded(self, measure, server: Server, names: tuple[str, ...]) -> Iterator[Observation]:
        """What a measure yields; after a failure, the rest of its names as failed."""
        done: set[str] = set()
        try:
            for observation in measure(server):
                done.add(observation.measure)
                yield observation
        except Failure as failure:
            for name in names:
                if name not in done and name in UNITS:
                    yield Observation(
                        self.peer.name, self.peer.reliable, self.repeat, name, None, self.tasks, 0, 0, str(failure), True
                    )
