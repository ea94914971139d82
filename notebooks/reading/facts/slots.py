"""How many slots keep a core busy, measured and predicted: `make sweep-io`."""

import re
from dataclasses import dataclass

import pandas as pd

from reading.facts.results import folder, plan

NAME = "io"


@dataclass(frozen=True)
class Cell:
    """Tasks a second with so many slots and that share of messages."""

    measured_per_s: float
    predicted_per_s: float


@dataclass(frozen=True)
class Advice:
    """How many slots the run with one slot says keep a core busy at that percentage of messages."""

    messages_percent: int
    slots: float


@dataclass(frozen=True)
class Slots:
    """The sweep's grid: by slots, and by percentage of messages."""

    slots: list[int]
    messages_percent: list[int]
    cells: dict[tuple[int, int], Cell]
    advice: list[Advice]
    delay_s: float
    n: int

    @property
    def mixed(self) -> list[Advice]:
        """The advice for mixes of both kinds."""
        return [advice for advice in self.advice if 0 < advice.messages_percent < 100]

    @property
    def messages_alone(self) -> Advice:
        """The advice for messages, and nothing else."""
        return next(advice for advice in self.advice if advice.messages_percent == 100)

    @property
    def largest_difference(self) -> float:
        """By what share measured and predicted differ at most."""
        return max(abs(cell.measured_per_s / cell.predicted_per_s - 1) for cell in self.cells.values())


def slots() -> Slots:
    """What the committed sweep shows."""
    cells = folder(NAME).table("cells")
    cells = cells.assign(percent=cells.param_mix.map(_percent))
    setting = plan(NAME)
    mixes = " ".join(mix["value"] for mix in setting["axes"]["mix"])
    alone = cells[cells.slots == 1].sort_values("percent")
    return Slots(
        slots=sorted(int(value) for value in cells.slots.unique()),
        messages_percent=sorted(int(value) for value in cells.percent.unique()),
        cells={(int(row.slots), int(row.percent)): _cell(row) for _, row in cells.iterrows()},
        advice=[Advice(int(row.percent), float(row.suggested_slots)) for _, row in alone.iterrows()],
        delay_s=setting["scenario"]["sink-delay"] / 1e3,
        n=int(re.findall(r"fib-recursive:n=(\d+)", mixes)[0]),
    )


def _cell(row: pd.Series) -> Cell:
    return Cell(float(row.acked_per_s), float(row.predicted_per_s))


def _percent(label: str) -> int:
    """Of a label such as `messages-25`."""
    return int(label.removeprefix("messages-"))
