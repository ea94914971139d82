"""What a task costs over shards and servers: `make scale`."""

from dataclasses import dataclass

import pandas as pd

from reading.facts.results import folder

NAME = "scale"

FAR_CLAIM = 64
"""The claim at which pages tell what a longer way to Redis does: the study has it at every distance."""


@dataclass(frozen=True)
class Cost:
    """What a task costs at a pace: processor time of all servers and of the workers, in µs, and bytes; medians of trials."""

    redis_us: float
    worker_us: float
    bytes: float


@dataclass(frozen=True)
class Layout:
    """Over how many servers and shards a queue is spread."""

    servers: int
    shards: int


@dataclass(frozen=True)
class Differ:
    """By how much the most of Redis' CPU a task is above the least in trials of one cell, as shares: median and greatest."""

    median: float
    greatest: float


@dataclass(frozen=True)
class Scale:
    """What a task costs by layout and claim, and how many go round as fast as can be.

    `idle_share` is what a server takes of a core while nobody asks for anything. `far_per_s` has
    tasks a second by layout and by how much longer it takes to Redis and back, in µs. `dearer_by` has, by kind
    of trial and by claim, Redis' CPU a task of as many servers as were measured with a shard each ÷ that of one
    server with one shard.
    """

    pace_per_s: float
    brisk_per_s: float
    brisk_claims: list[int]
    repetitions: int
    workers: int
    cores: int
    claims: list[int]
    limit_claims: list[int]
    layouts: list[Layout]
    costs: dict[tuple[Layout, int], Cost]
    limits: dict[tuple[Layout, int], float]
    far_per_s: dict[tuple[Layout, int], float]
    distances_us: list[int]
    idle_share: float
    differ: Differ
    dearer_by: dict[str, dict[int, float]]
    far_claim: int = FAR_CLAIM

    @property
    def widest(self) -> Layout:
        """As many shards as were measured, on as many servers."""
        return self.layouts[-1]

    def carried(self, claim: int) -> float:
        """What the machine carries of the widest layout ÷ what it carries of one shard, as fast as can be."""
        return self.limits[self.widest, claim] / self.limits[self.one, claim]

    @property
    def square(self) -> Layout:
        """As many servers as were measured, with a shard each."""
        return next(layout for layout in self.layouts if layout.servers == layout.shards == self.widest.servers)

    def dearer(self, kind: str) -> list[float]:
        """Redis' CPU a task of a server for each shard ÷ that of one shard on one server, by claim in ascending order."""
        return [ratio for _, ratio in sorted(self.dearer_by[kind].items())]

    @property
    def one(self) -> Layout:
        """A queue that was never divided."""
        return self.layouts[0]

    @property
    def far_layouts(self) -> list[Layout]:
        """The layouts that were measured at a distance."""
        return sorted({layout for layout, _ in self.far_per_s}, key=lambda layout: (layout.servers, layout.shards))


def scale() -> Scale:
    """What the committed study shows."""
    study = folder(NAME)
    trials = study.table("scale_trials")
    workers = int(trials.workers.mode().iloc[0])
    usual = trials[trials.workers == workers]
    kinds = usual.cell_id.str.extract(r"^(.+)-\d+x\d+-", expand=False)
    near = usual[usual.round_trip_us == 0]
    by_kind = dict(list(near.groupby(kinds)))
    paced, limit = by_kind["paced"], by_kind["limit"]
    far = usual[(kinds == "limit") & (usual.claim == FAR_CLAIM) & (usual.round_trip_us > 0)]
    return Scale(
        pace_per_s=float(paced.offered_per_s.iloc[0]),
        repetitions=int(trials.groupby("cell_id").size().min()),
        workers=workers,
        cores=int(study.manifest["host"]["cores"]),
        claims=sorted({int(claim) for claim in paced.claim}),
        limit_claims=sorted({int(claim) for claim in limit.claim}),
        layouts=_layouts(paced),
        costs={key: _cost(rows) for key, rows in _by_layout(paced, "claim")},
        limits={key: float(rows.tasks_per_s.median()) for key, rows in _by_layout(limit, "claim")},
        far_per_s={key: float(rows.tasks_per_s.median()) for key, rows in _by_layout(far, "round_trip_us")},
        distances_us=sorted({int(distance) for distance in far.round_trip_us}),
        idle_share=float((trials.redis_idle_share / trials.servers).median()),
        differ=_differ(trials),
        brisk_per_s=float(by_kind["brisk"].offered_per_s.iloc[0]),
        brisk_claims=sorted({int(claim) for claim in by_kind["brisk"].claim}),
        dearer_by={kind: _dearer(rows) for kind, rows in by_kind.items()},
    )


def _differ(trials: pd.DataFrame) -> Differ:
    costs = trials.groupby("cell_id").redis_us_per_task
    above = costs.max() / costs.min() - 1
    return Differ(float(above.median()), float(above.max()))


def _dearer(trials: pd.DataFrame) -> dict[int, float]:
    """By claim, how many times as much Redis' CPU the most servers with a shard each take as one with one."""
    cost = trials.groupby(["claim", "servers", "shards"]).redis_us_per_task.median()
    most = trials.servers.max()
    return {int(claim): float(cost[claim, most, most] / cost[claim, 1, 1]) for claim in sorted(set(trials.claim))}


def _layouts(trials: pd.DataFrame) -> list[Layout]:
    return [Layout(int(servers), int(shards)) for servers, shards in sorted(set(zip(trials.servers, trials.shards, strict=True)))]


def _by_layout(trials: pd.DataFrame, column: str) -> list[tuple[tuple[Layout, int], pd.DataFrame]]:
    """The trials by their layout and the value of that column."""
    groups = trials.groupby(["servers", "shards", column])
    return [((Layout(int(servers), int(shards)), int(value)), rows) for (servers, shards, value), rows in groups]


def _cost(rows: pd.DataFrame) -> Cost:
    return Cost(*(float(rows[figure].median()) for figure in ("redis_us_per_task", "worker_us_per_task", "bytes_per_task")))
