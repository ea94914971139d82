"""What each durability loses by faults, and what it costs without: `make durability`."""

from dataclasses import dataclass

import pandas as pd

from reading.facts.claims import everywhere, hold
from reading.facts.results import folder, plan
from reading.facts.settings import rate_of
from reading.facts.spread import Spread, spread
from reading.faults import faults_of
from reading.statistics import Estimate, estimate, most_of_none

NAME = "durability"
FAIL_OVER = "fail-over"
COST = "durability-cost"


@dataclass(frozen=True)
class Loss:
    """Acknowledged tasks lost a fault, in how many of the faults any were, and how long the server was away, in s."""

    lost: Estimate
    faults: int
    with_loss: int
    away_s: float


@dataclass(frozen=True)
class Cost:
    """A backlog's rates of sending and of acks, and the paced load's latency, each over runs without faults."""

    sent_per_s: Spread
    acked_per_s: Spread
    p99_us: Spread


@dataclass(frozen=True)
class Durability:
    """By durability: what a killed server and a power cut lose, and what it costs."""

    by_kill: dict[str, Loss]
    by_power_cut: dict[str, Loss]
    fail_over: Loss
    cost: dict[str, Cost]
    paced_per_s: float
    runs: int

    @property
    def most_of_none(self) -> float:
        """What share of faults may lose something at most, if none of so many did."""
        return most_of_none(self.by_kill["always"].faults)


def durability() -> Durability:
    """What the three committed sweeps show."""
    lost, by_fail_over = faults_of([folder(NAME)]), faults_of([folder(FAIL_OVER)])
    for name, rows in ((NAME, lost), (FAIL_OVER, by_fail_over)):
        hold(name, "it is known of every fault what was lost", everywhere(rows.lost.notna()))
    cells = folder(COST).table("cells")
    arrivals = [arrival["value"] for arrival in plan(COST)["axes"]["arrival"] if arrival["label"] == "paced"]
    cost = {str(name): _cost(rows) for name, rows in cells.groupby("durability", sort=False)}
    return Durability(
        by_kill=_losses(lost, "kill-redis"),
        by_power_cut=_losses(lost, "power-cut"),
        fail_over=_loss(by_fail_over),
        cost=cost,
        paced_per_s=rate_of(arrivals[0]),
        runs=min(each.sent_per_s.count for each in cost.values()),
    )


def _losses(rows: pd.DataFrame, fault: str) -> dict[str, Loss]:
    return {str(name): _loss(group) for name, group in rows[rows.fault == fault].groupby("durability", sort=False)}


def _loss(rows: pd.DataFrame) -> Loss:
    return Loss(estimate(rows.lost), len(rows), int((rows.lost > 0).sum()), float(rows.lasted_s.median()))


def _cost(rows: pd.DataFrame) -> Cost:
    backlog, paced = (rows[rows.param_arrival == arrival] for arrival in ("backlog", "paced"))
    return Cost(spread(backlog.sent_per_s), spread(backlog.acked_per_s), spread(paced.end_to_end_intended_p99_us))
