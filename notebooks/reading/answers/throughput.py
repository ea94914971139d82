"""What does a queue carry, and how late is it?"""

from typing import Any

import pandas as pd

from reading import numbers
from reading.problems import NothingToShow
from reading.statistics import estimate


def answer(summary: pd.DataFrame, latency: pd.DataFrame, search: dict[str, Any], pairs: pd.DataFrame) -> str:
    """What a run carried and how late its tasks were, then where the knee is, and how that compares with C."""
    if summary.empty:
        raise NothingToShow("there is no run")
    run = summary.iloc[0]
    return f"{_carried(run)}{_late(latency)}. {_limits(search, pairs)}"


def _carried(run: pd.Series) -> str:
    asked = "from a backlog" if pd.isna(run.offered_per_s) else f"of {numbers.rate(run.offered_per_s)} asked for"
    backlog = {"steady": "its backlog did not grow", "overloaded": "its backlog grew"}.get(run.verdict)
    return (
        f"By `{run.protocol}` with `{run.durability}`, {run.workers} workers acked {numbers.rate(run.acked_per_s)} {asked}"
        f"{f', and {backlog}' if backlog else ''}"
    )


def _late(latency: pd.DataFrame) -> str:
    """Percentiles of the task kind with the most tasks, since those of several kinds have no mean."""
    corrected = latency[(latency.latency_kind == "end_to_end_intended") & (latency["count"] > 0)]
    if corrected.empty:
        return ""
    row = corrected.loc[corrected["count"].idxmax()]
    return (
        f"; half of the {numbers.count(row['count'])} tasks of `{row.task_kind}` ended within {numbers.time(row.p50_us)} of the "
        f"instant at which they were to be sent, and all but one in a hundred within {numbers.time(row.p99_us)}"
    )


def _limits(search: dict[str, Any], pairs: pd.DataFrame) -> str:
    parts = []
    if knee := search.get("knee_per_s"):
        parts.append(f"the knee of `{search['scenario']['mix']}` for `{search['objective']}` is at {numbers.rate(knee)}")
    if not pairs.empty:
        medians = {name: estimate(group.ratio).median for name, group in pairs.groupby("compared", sort=False)}
        worst, best = min(medians, key=medians.__getitem__), max(medians, key=medians.__getitem__)
        parts.append(
            f"the queue carries between {numbers.number(medians[worst])} (`{worst}`) and {numbers.number(medians[best])} "
            f"(`{best}`) times what C does that does the least of it"
        )
    text = numbers.listed(parts) or "no search for a knee and no comparison is here to say where its limit is"
    return f"{text[0].upper()}{text[1:]}."
