"""How well a run on several hosts knows their clocks: `make hosts`."""

from dataclasses import dataclass

from reading.facts.claims import everywhere, hold
from reading.facts.results import folder

NAME = "hosts"


@dataclass(frozen=True)
class Hosts:
    """The parts that joined, and how far apart their clocks were; errors in µs.

    `error_us` is the greatest of a part, `pair_us` what a latency between two of them may be off by at most.
    """

    parts: int
    acked: int
    farthest_s: float
    error_us: float
    pair_us: float


def hosts() -> Hosts:
    """What the committed run shows."""
    run = folder(NAME)
    clocks, summary = run.table("clocks"), run.row("summary")
    joined = clocks[clocks.role != "conductor"]
    hold(NAME, "every part handed in what it wrote", everywhere(clocks.is_collected))
    hold(NAME, "every part had a host and a clock of its own", joined.host.is_unique and everywhere(~joined.is_shared))
    hold(NAME, "nothing was lost", summary.lost == 0 and summary.acked == summary.sent)
    errors = sorted(clocks.error_us, reverse=True)
    return Hosts(
        parts=len(joined),
        acked=int(summary.acked),
        farthest_s=float(joined.offset_us.abs().max()) / 1e6,
        error_us=float(errors[0]),
        pair_us=float(errors[0] + errors[1]),
    )
