"""The queue against C programs that do the least of the same: `make bench-queue`."""

import ast
from dataclasses import dataclass

import pandas as pd

from reading.comparisons import read_pairs
from reading.facts.results import path_of
from reading.facts.spread import Spread, spread
from reading.foreign import read_foreign
from reading.repository import ROOT

NAME = "queue-benchmark"
FASTER_HOUR = "queue-benchmark-faster-hour"

PACED_PER_S = 50
"""The rate at which tasks are few, so that one's latency is that of its own way."""

FAST_PER_S = 100_000
"""The rate that a hop a task cannot carry."""


@dataclass(frozen=True)
class Comparison:
    """Medians over the pairs of ours and of C's, their ratio, and the one that is wanted at least."""

    tasks: int
    ours_per_s: float
    c_per_s: float
    ratio: Spread
    wanted: float
    to_c_in_roles: float | None
    worker_us: float
    redis_us: float | None


@dataclass(frozen=True)
class Paced:
    """Tasks that are sent one by one at a rate."""

    per_s: int
    p50_us: float
    p99_us: float
    to_hop: Spread


@dataclass(frozen=True)
class QueueBenchmark:
    """The comparisons of one hour, by name."""

    compared: dict[str, Comparison]
    pairs: int
    batch: int
    clients: int
    paced: Paced
    fast: Paced

    @property
    def stream_to_lease(self) -> float:
        """How many times as much of Redis' time a drained task takes by `stream` as by `lease`."""
        return self.compared["stream-drain"].redis_us / self.compared["lease-drain"].redis_us


def queue_benchmark(name: str = NAME) -> QueueBenchmark:
    """What a folder of `make bench-queue` shows."""
    pairs = read_pairs(f"results/{name}")
    latency = read_foreign(path_of(name) / "latency.csv", ("protocol",), ("rate_per_s", "repetition", "p50_us", "p99_us"))
    bars = wanted_ratios()
    return QueueBenchmark(
        compared={str(key): _comparison(rows, bars[str(key)]) for key, rows in pairs.groupby("compared", sort=False)},
        pairs=int(pairs.pair.max()),
        batch=int(pairs.batch.max()),
        clients=int(pairs.workers.max()),
        paced=_paced(latency, PACED_PER_S),
        fast=_paced(latency, FAST_PER_S),
    )


def wanted_ratios() -> dict[str, float]:
    """The ratio to C that is wanted of each comparison, as the benchmark itself has them."""
    source = (ROOT / "Benchmarks" / "Ceiling" / "queue_against_c.py").read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Comparison"]
    return {ast.literal_eval(call.args[0]): float(ast.literal_eval(call.args[3])) for call in made}


def _comparison(rows: pd.DataFrame, wanted: float) -> Comparison:
    return Comparison(
        tasks=int(rows.tasks.max()),
        ours_per_s=rows.queue_per_s.median(),
        c_per_s=rows.c_per_s.median(),
        ratio=spread(rows.ratio),
        wanted=wanted,
        to_c_in_roles=_median(rows.roles_ratio),
        worker_us=rows.queue_worker_us_per_task.median(),
        redis_us=_median(rows.queue_redis_us_per_task),
    )


def _median(values: pd.Series) -> float | None:
    return None if values.isna().all() else float(values.median())


def _paced(latency: pd.DataFrame, per_s: int) -> Paced:
    at_rate = latency[latency.rate_per_s == per_s].set_index("repetition")
    lease, hop = (at_rate[at_rate.protocol == protocol] for protocol in ("lease", "raw-hop"))
    return Paced(per_s, lease.p50_us.median(), lease.p99_us.median(), spread(lease.p50_us / hop.p50_us))
