"""How costs grow with what is queued, and what measuring costs: `make growth`."""

from dataclasses import dataclass

from reading.facts.results import folder
from reading.facts.spread import spread

NAME = "growth"
HELD = "growth-held"
MEASURING = "growth-measuring"

COSTS = ("redis_us_per_task", "worker_us_per_task", "wall_us_per_task")
"""What a task costs: of Redis' processor time, of the worker's, and of time."""

FULL = 1_000_000
"""The backlog at which the memory of a task is told: what is there once for all is then next to nothing."""


@dataclass(frozen=True)
class Law:
    """The sizes over which a study varies one thing, and the greatest power of it with which a cost grows."""

    least: int
    greatest: int
    exponent: float


@dataclass(frozen=True)
class Held:
    """Costs held at a great backlog ÷ those held at a small one."""

    small: int
    great: int
    redis: float
    worker: float
    wall: float


@dataclass(frozen=True)
class Growth:
    """What pages tell of the laws."""

    laws: dict[str, Law]
    bytes_per_task: float
    held: Held
    cost_of_measuring: float

    @property
    def flattest(self) -> float:
        """The greatest exponent of costs by backlog and by tasks in flight."""
        return max(self.laws[name].exponent for name in ("backlog", "in-flight"))


def growth() -> Growth:
    """What the three committed studies show."""
    exponents, trials = folder(NAME).table("exponents"), folder(NAME).table("growth_trials")
    costs = exponents[exponents.figure.isin(COSTS)]
    full = trials[(trials.law == "backlog") & (trials["size"] == FULL)]
    return Growth(
        laws={
            str(law): Law(int(rows.from_size.min()), int(rows.to_size.max()), float(rows.exponent.abs().max()))
            for law, rows in costs.groupby("law")
        },
        bytes_per_task=float(full.redis_memory_bytes_per_task.median()),
        held=_held(),
        cost_of_measuring=_cost_of_measuring(),
    )


def _held() -> Held:
    exponents = folder(HELD).table("exponents").set_index("figure")
    ratios = [float(exponents.ratio[figure]) for figure in COSTS]
    return Held(int(exponents.from_size.min()), int(exponents.to_size.max()), *ratios)


def _cost_of_measuring() -> float:
    """1 − the median of the pairs' ratios of throughput with journals to that without."""
    drains = folder(MEASURING).table("measuring").set_index("repetition")
    with_journals, without = drains[drains.journals], drains[~drains.journals]
    return 1 - spread(with_journals.tasks_per_s / without.tasks_per_s).median
