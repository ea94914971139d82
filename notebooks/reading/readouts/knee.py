"""The probes of a search for the knee: the curve of throughput and latency, by rate."""

from reading.folders import ResultFolder
from reading.readouts.cells import rate, text, time_us
from reading.readouts.readout import Readout, names, numbers

_TIMES = ("p50_us", "p90_us", "p99_us", "p99_9_us", "max_us")


def knee_readout(knee: ResultFolder) -> Readout:
    """The table of a search, as `fibq knee` prints it."""
    rows = tuple(
        (
            row.stage,
            rate(row.rate_per_s),
            rate(row.acked_per_s),
            *(time_us(row[column]) for column in _TIMES),
            text(row.verdict),
            time_us(row.schedule_lag_p99_us),
            ("yes" if row.meets_objective else "no") if row.is_usable else "unusable",
        )
        for _, row in knee.table("knee").sort_values(["rate_per_s", "rank"]).iterrows()
    )
    objective = knee.manifest["workload"].get("objective", "the objective met")
    figures = numbers("rate", "acked", "p50", "p90", "p99", "p99.9", "max")
    headings = names("stage") + figures + names("backlog") + numbers("generator late") + names("met")
    return Readout(f"Is {objective}?", headings, rows)
