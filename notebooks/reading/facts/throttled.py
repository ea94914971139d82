"""A t2.small with all its credits, with none, and with some that run out: `make throttled-check`."""

from dataclasses import dataclass
from statistics import median

from reading.facts.load import processors_used
from reading.facts.results import folder
from reading.facts.spread import Spread, spread

NAME = "t2-small-throttled"


@dataclass(frozen=True)
class Throttled:
    """What an instance without credits gets of a processor, and what it does ÷ what it does with all of them."""

    instance: str
    repetitions: int
    share: Spread
    part_of_full: list[float]

    @property
    def middle_part_of_full(self) -> float:
        """The median of the parts."""
        return median(self.part_of_full)

    @property
    def parts_of_full(self) -> list[str]:
        """The parts as text, to three places."""
        return [f"{part:.3f}" for part in self.part_of_full]


def throttled() -> Throttled:
    """What the committed sweep shows."""
    sweep = folder(NAME)
    cells = sweep.table("cells").set_index("repetition")
    full, empty = (cells[cells.param_credits == start] for start in ("full", "empty"))
    spent = [run for run in sweep.runs if run.table("summary").credits[0] == "empty"]
    return Throttled(
        instance=str(cells.instance.iloc[0]),
        repetitions=len(empty),
        share=spread(processors_used(run) for run in spent),
        part_of_full=sorted((empty.acked_per_s / full.acked_per_s).tolist()),
    )
