"""Several runs side by side: a line a run."""

from reading.folders import ResultFolder
from reading.readouts.cells import count, number, text, time_us
from reading.readouts.readout import Readout, names, numbers
from reading.readouts.run import summary_of

_LATENCY = "end_to_end_intended"


def overview_readout(runs: tuple[ResultFolder, ...]) -> Readout:
    """What tells runs apart, how fast and late they were, and what they lost.

    A percentile is that of the task kind where it is greatest, as in `cells.csv`: those of several kinds have no mean.
    """
    rows = []
    for run in runs:
        summary, latency = summary_of(run), run.table("latency")
        late = latency[latency.latency_kind == _LATENCY]
        times = (time_us(late[column].max()) for column in ("p50_us", "p99_us"))
        rows.append(
            (
                run.name,
                summary.protocol,
                summary.durability,
                summary.arrival,
                number(summary.acked_per_s),
                *times,
                count(summary.lost),
                count(summary["duplicated"]),
                text(summary.verdict),
            )
        )
    headings = names("run", "protocol", "durability", "arrival")
    figures = numbers("acked/s", "p50", "p99", "lost", "run twice")
    return Readout("Side by side", headings + figures + names("verdict"), tuple(rows))
