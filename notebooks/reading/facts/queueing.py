"""Waits and knees that are known by theory, and two set-ups that are the same: `make queueing knee-check identical`."""

from dataclasses import dataclass

from reading.facts.claims import everywhere, hold
from reading.facts.results import folder
from reading.facts.spread import Spread, spread

NAME = "queueing"
KNEE = "knee-check"
IDENTICAL = "identical"


@dataclass(frozen=True)
class Queueing:
    """Measured ÷ predicted: mean waits, their 99th percentiles, and the knee."""

    loads: list[float]
    waits: Spread
    waits_p99: Spread
    knee: float

    @property
    def loads_percent(self) -> list[str]:
        """The loads as text, in percent."""
        return [f"{load * 100:.0f}" for load in self.loads]


@dataclass(frozen=True)
class Identical:
    """How often two equal set-ups are called different."""

    repetitions: int
    figures: int
    different: int


def queueing() -> Queueing:
    """What the two committed studies show."""
    rows, check = folder(NAME).table("queueing"), folder(KNEE).table("knee_check").iloc[0]
    hold(NAME, "waits are within 10 % of the predicted ones", everywhere(rows.is_within_10_percent))
    hold(KNEE, "the knee is within 5 % of the known one", check.is_within_5_percent)
    return Queueing(
        loads=sorted({float(load) for load in rows.load}),
        waits=spread(rows.wait_ratio),
        waits_p99=spread(rows.wait_p99_ratio),
        knee=float(check.ratio),
    )


def identical() -> Identical:
    """What the committed sweep of two equal cells shows."""
    estimates = folder(IDENTICAL).table("estimates")
    compared = estimates[estimates.is_different.notna()]
    return Identical(
        repetitions=int(estimates.repetitions.max()),
        figures=len(compared),
        different=int(compared.is_different.sum()),
    )
