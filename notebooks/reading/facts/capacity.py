"""How far the model of a task's cost is off, and what it says that loads need: `make plan`."""

from dataclasses import dataclass

import pandas as pd

from reading.facts.claims import everywhere, hold
from reading.facts.instances import instance_type
from reading.facts.results import folder

NAME = "plan"


@dataclass(frozen=True)
class Error:
    """How far a figure of the model is off on cells that the fit did not see, as shares."""

    figure: str
    unseen: int
    median: float
    worst: float
    worst_cell: str


@dataclass(frozen=True)
class Planned:
    """What a load needs, in machines of one type."""

    rate_per_s: float
    with_credits: int
    for_ever: int
    for_backlog: int
    for_network: int
    at_most: int
    workers_with_credits: int
    workers_for_ever: int


@dataclass(frozen=True)
class Capacity:
    """The model's errors, and the plans that it was asked for."""

    errors: list[Error]
    plans: list[Planned]
    instance: str
    claim: int
    payload_bytes: int
    backlog: int
    backlog_bytes: float
    utilisation: float
    bytes_per_task: float
    network_bytes_per_s: float

    def error(self, figure: str) -> Error:
        """That of a figure by its name in `model.csv`."""
        return next(error for error in self.errors if error.figure == figure)

    @property
    def greatest_median(self) -> float:
        """The greatest of the figures' median errors."""
        return max(error.median for error in self.errors)

    @property
    def greatest_worst(self) -> float:
        """The greatest of all errors."""
        return max(error.worst for error in self.errors)


def capacity() -> Capacity:
    """What the committed plan says."""
    study = folder(NAME)
    model, plan = study.table("model"), study.table("plan")
    first = plan.iloc[0]
    hold(NAME, "only the rate differs", _is_one(plan, "instance", "claim", "backlog", "payload_bytes_per_task", "utilisation"))
    hold(NAME, "tasks compute nothing themselves", everywhere((plan.task_cpu_us == 0) & (plan.task_wait_us == 0)))
    network = float(instance_type(str(first.instance))["network_gbps"]) * 1e9 / 8
    return Capacity(
        errors=[_error(rows.iloc[0]) for _, rows in model.groupby("figure", sort=False)],
        plans=[_planned(row) for _, row in plan.iterrows()],
        instance=str(first.instance),
        claim=int(first.claim),
        payload_bytes=int(first.payload_bytes_per_task),
        backlog=int(first.backlog),
        backlog_bytes=float(first.backlog_bytes),
        utilisation=float(first.utilisation),
        bytes_per_task=_bytes_per_task(model, int(first.claim)),
        network_bytes_per_s=network,
    )


def _is_one(plan: pd.DataFrame, *columns: str) -> bool:
    return all(plan[column].nunique() == 1 for column in columns)


def _error(row: pd.Series) -> Error:
    return Error(str(row.figure), int(row.unseen_cells), float(row.median_error), float(row.worst_error), str(row.worst_cell))


def _bytes_per_task(model: pd.DataFrame, claim: int) -> float:
    """What the model says at several shards of claims that are a transaction: so much a task, and so much a claim."""
    terms = model[model.figure == "bytes_per_task"]
    is_task = terms.term == "a task"
    return float(terms[is_task].coefficient.sum() + terms[~is_task].coefficient.sum() / claim)


def _planned(row: pd.Series) -> Planned:
    return Planned(
        rate_per_s=float(row.rate_per_s),
        with_credits=int(row.servers_with_credits),
        for_ever=int(row.servers_for_ever),
        for_backlog=int(row.servers_for_backlog),
        for_network=int(row.machines_for_network),
        at_most=int(row.servers_at_most),
        workers_with_credits=int(row.workers_with_credits),
        workers_for_ever=int(row.workers_for_ever),
    )
