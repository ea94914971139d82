"""What a change of a queue's shards costs under load: `make shards`."""

from dataclasses import dataclass

from reading.facts.claims import everywhere, hold
from reading.facts.results import folder, plan
from reading.facts.settings import rate_of

NAME = "shards"


@dataclass(frozen=True)
class Changes:
    """How often the number changed, at which rate of tasks, and for how long nothing was acked then; times in s."""

    changes: int
    rate_per_s: float
    duplicated: int
    stall_p50_s: float
    stall_max_s: float


def shards() -> Changes:
    """What the committed sweep shows."""
    faults, cells = folder(NAME).table("faults"), folder(NAME).table("cells")
    hold(NAME, "nothing was lost", everywhere(cells.lost == 0))
    hold(NAME, "it is of each topology", set(faults.topology) == {"standalone", "sentinel", "cluster"})
    return Changes(
        changes=len(faults),
        rate_per_s=rate_of(plan(NAME)["scenario"]["arrival"]),
        duplicated=int(cells["duplicated"].sum()),
        stall_p50_s=float(faults.stall_s.median()),
        stall_max_s=float(faults.stall_s.max()),
    )
