#!/usr/bin/env python3
"""Holds the queue, with everything on, against C programs that do the least that the same way to queue needs: in turn, each
on a server of its own with the same settings. Prints medians, and whether the bars are met.

Usage: queue_against_c.py FIBQ CEILING [OUT]
  FIBQ     the program
  CEILING  the C program, built
  OUT      a folder for pairs.csv, latency.csv and pairs.txt, which says what machine it was

From the environment: ONLY (some of the names, with commas between; `latency` for the paced runs), PAIRS (5),
TASKS (1000000), BATCH (256), WORKERS (2), LOCK_DEPTH (tasks that lock takes together; BATCH).
"""

import dataclasses
import os
import sys

import latency_against_hop
from measuring import Failure, Queue, Table, describe_machine, end_when_told, middle, number_from, print_table, run_c, verdict

# Far beyond what can be carried: producer and workers are busy to the end.
OVERLOAD = "constant:100000000"


@dataclasses.dataclass(frozen=True)
class Comparison:
    """A protocol's run against a way in C."""

    name: str
    protocol: str
    way: str
    bar: float
    arrival: str = "backlog"
    flags: tuple = ()
    durability: str = "none"
    share: int = 1  # one of so many of TASKS: the slow ones do fewer
    lean: bool = False  # whether claims-lean stands beside it
    roles: bool = False  # whether the same way with a producer of its own does
    is_enqueue: bool = False


DRAIN, COMPUTE, PRODUCER = "--drain", "--compute", "--producer"
COMPARISONS = [
    Comparison("lease-drain", "lease", "claims", 0.6, flags=(DRAIN,), lean=True),
    Comparison("lease-drain-computing", "lease", "claims", 0.8, flags=(DRAIN, COMPUTE), lean=True),
    Comparison("lease-cycle", "lease", "claims", 0.8, OVERLOAD, lean=True, roles=True),
    Comparison("lock-drain", "lock", "plain", 0.8, flags=(DRAIN,), share=10),
    Comparison("lock-cycle", "lock", "plain", 0.8, OVERLOAD, share=10),
    Comparison("stream-drain", "stream", "streams", 0.8, flags=(DRAIN,), share=4),
    Comparison("stream-cycle", "stream", "streams", 0.8, OVERLOAD, share=4),
    Comparison("lease-always-drain", "lease", "claims", 0.8, flags=(DRAIN,), durability="always", share=2),
    Comparison("lease-always-cycle", "lease", "claims", 0.8, OVERLOAD, durability="always", share=2, roles=True),
    Comparison("enqueue", "lease", "push", 0.8, is_enqueue=True),
]
LEAST_PER_S = 1_000_000  # of lease-drain
MOST_WORKER_US = 1.0  # CPU a task, likewise

COLUMNS = [
    "compared", "pair", "first", "protocol", "durability", "arrival", "tasks", "batch", "workers", "c_way", "c_clients",
    "c_per_s", "queue_per_s", "ratio", "c_lean_per_s", "lean_ratio", "c_roles_per_s", "roles_ratio", "c_redis_us_per_task", "queue_redis_us_per_task",
    "c_client_us_per_task", "queue_worker_us_per_task", "queue_generator_us_per_task", "queue_tasks_per_round_trip",
]


class Benchmark:
    """Pairs of runs, interleaved."""

    def __init__(self, fibq, ceiling, out):
        self.queue, self.ceiling = Queue(fibq), ceiling
        self.tasks, self.batch = number_from("TASKS", 1_000_000), number_from("BATCH", 256)
        self.workers = number_from("WORKERS", 2)
        self.lock_depth = number_from("LOCK_DEPTH", self.batch)
        self.table = Table(out, "pairs.csv", COLUMNS)

    def run_queue(self, comparison, tasks, seed):
        return self.queue.run(
            protocol=comparison.protocol, durability=comparison.durability, tasks=tasks, arrival=comparison.arrival,
            batch=self.batch, lock_depth=self.lock_depth, workers=self.workers, seed=seed)

    def depth(self, comparison):
        """How many tasks go together: C takes as many as the protocol does."""
        return self.lock_depth if comparison.protocol == "lock" else self.batch

    def compare(self, comparison, pair):
        depth = self.depth(comparison)
        clients = 1 if comparison.is_enqueue else self.workers
        tasks = max(self.tasks // comparison.share, clients)
        if depth < 16:  # then it is slow
            tasks = max(tasks // 4, clients)
        tasks -= tasks % clients

        def in_c(way, *flags):
            return run_c(self.ceiling, comparison.durability, way, tasks, depth, clients, *comparison.flags, *flags)

        is_c_first = pair % 2 == 1
        c = in_c(comparison.way) if is_c_first else None
        queue = self.run_queue(comparison, tasks, pair)
        c = c or in_c(comparison.way)
        beside = {}
        if comparison.lean:
            beside["lean"] = in_c("claims-lean")["tasks_per_s"]
        if comparison.roles:
            beside["roles"] = in_c(comparison.way, PRODUCER)["tasks_per_s"]
        self.note(comparison, pair, "c" if is_c_first else "queue", tasks, depth, clients, c, queue, beside)

    def note(self, comparison, pair, first, tasks, depth, clients, c, queue, beside):
        acked, rate = float(queue["acked"]), rate_of(comparison, queue)
        row = {
            "compared": comparison.name, "pair": pair, "first": first, "protocol": comparison.protocol,
            "durability": comparison.durability, "arrival": comparison.arrival, "tasks": tasks, "batch": depth,
            "workers": self.workers, "c_way": " ".join([comparison.way, *comparison.flags]), "c_clients": clients,
            "c_per_s": round(c["tasks_per_s"]), "queue_per_s": round(rate), "ratio": round(rate / c["tasks_per_s"], 4),
            "c_client_us_per_task": c["client_us"],
            "queue_worker_us_per_task": round(float(queue["cpu_worker_s"]) * 1e6 / acked, 4),
            "queue_generator_us_per_task": round(float(queue["cpu_generator_s"]) * 1e6 / acked, 4),
            "queue_tasks_per_round_trip": round(acked / queue["round_trips"], 2),
        }
        for name, other in beside.items():
            row |= {f"c_{name}_per_s": round(other), f"{name}_ratio": round(rate / other, 4)}
        if not comparison.is_enqueue:
            # The run drains too, C does not.
            row |= {"c_redis_us_per_task": c["redis_us"], "queue_redis_us_per_task": float(queue["redis_cpu_us_per_task"])}
        self.table.add(row)
        print(f"{comparison.name} {pair}: {row['queue_per_s']:,} / {row['c_per_s']:,} = {row['ratio']:.2f}", file=sys.stderr)

    def report(self, comparisons):
        lines = [self.line(comparison) for comparison in comparisons]
        print_table(["compared", "ours/s", "C/s", "ratio", "from", "to", "bar", "", "lean C", "C in roles"], lines)
        print_table(
            ["CPU µs a task", "our workers", "our producer", "C's clients", "Redis, ours", "Redis, C"],
            [[c.name] + [decimal(middle(self.table.values(column, compared=c.name))) for column in (
                "queue_worker_us_per_task", "queue_generator_us_per_task", "c_client_us_per_task",
                "queue_redis_us_per_task", "c_redis_us_per_task")] for c in comparisons])
        if any(comparison.name == "lease-drain" for comparison in comparisons):
            rate = middle(self.table.values("queue_per_s", compared="lease-drain"))
            cpu = middle(self.table.values("queue_worker_us_per_task", compared="lease-drain"))
            print(f"lease-drain: {rate:,.0f} tasks/s, at least {LEAST_PER_S:,}: {verdict(rate >= LEAST_PER_S)}")
            print(f"lease-drain: {cpu:.2f} µs of the workers' CPU a task, at most {MOST_WORKER_US:g}: "
                  f"{verdict(cpu <= MOST_WORKER_US)}\n", flush=True)

    def line(self, comparison):
        def values(column):
            return self.table.values(column, compared=comparison.name)

        ratios = values("ratio")
        return [
            comparison.name, f"{middle(values('queue_per_s')):,.0f}", f"{middle(values('c_per_s')):,.0f}",
            decimal(middle(ratios)), decimal(min(ratios)), decimal(max(ratios)), f"{comparison.bar:g}",
            verdict(middle(ratios) >= comparison.bar), decimal(middle(values("lean_ratio"))),
            decimal(middle(values("roles_ratio"))),
        ]


def decimal(value):
    return "–" if value is None else f"{value:.2f}"


def rate_of(comparison, queue):
    """Tasks a second of what is compared, by the run's summary."""
    if comparison.is_enqueue:
        return float(queue["sent_per_s"])  # the workers are not there yet
    if comparison.arrival == "backlog":
        return float(queue["acked_per_s"])  # from the first claim to the last ack
    return float(queue["acked"]) / float(queue["duration_s"])  # from the first sending to the last ack


def chosen():
    """The comparisons that ONLY names, and whether the paced runs are wanted."""
    names = [comparison.name for comparison in COMPARISONS] + ["latency"]
    only = [name for name in os.environ.get("ONLY", "").replace(",", " ").split()] or names
    if unknown := [name for name in only if name not in names]:
        sys.exit(f"ONLY: {', '.join(unknown)} is none of {', '.join(names)}")
    return [comparison for comparison in COMPARISONS if comparison.name in only], "latency" in only


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    fibq, ceiling, out = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), (sys.argv[3:] or [None])[0]
    comparisons, is_paced = chosen()
    end_when_told()
    if comparisons:
        benchmark = Benchmark(fibq, ceiling, out)
        for pair in range(1, number_from("PAIRS", 5) + 1):
            for comparison in comparisons:
                benchmark.compare(comparison, pair)
        benchmark.report(comparisons)
    if is_paced:
        latency_against_hop.measure(fibq, ceiling, out)
    if out:
        describe_machine(out, "pairs.txt")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"queue_against_c.py: {failure}")
