"""What is lost when something dies?"""

import pandas as pd

from reading import numbers
from reading.faults import outcome
from reading.figures.durability import LEVELS
from reading.figures.rows import in_order
from reading.problems import NothingToShow
from reading.statistics import CONFIDENCE, estimate, most_of_none
from reading.style import PROTOCOLS


def answer(faults: pd.DataFrame, durability: pd.DataFrame) -> str:
    """What each protocol lost, then what each durability does."""
    if faults.empty:
        raise NothingToShow("there are no faults")
    return f"{_by_protocol(faults)} {_by_durability(durability)}"


def _by_protocol(faults: pd.DataFrame) -> str:
    parts = []
    for protocol in in_order(faults.protocol, PROTOCOLS):
        found = outcome(faults[faults.protocol == protocol])
        lost = numbers.count(found.lost) if found.lost else "nothing"
        parts.append(f"`{protocol}` lost {lost} in {numbers.count(found.faults)} faults")
    text = numbers.listed(parts)
    return f"{text[0].upper()}{text[1:]}."


def _by_durability(faults: pd.DataFrame) -> str:
    """What each durability loses by each fault; of those that lost nothing, how seldom they may all the same."""
    losing, keeping = [], []
    for level in in_order(faults.durability, LEVELS):
        for plan, rows in faults[faults.durability == level].groupby("plan", sort=False):
            if (rows.lost > 0).any():
                losing.append(f"`{level}` {_median(rows.lost)} by each `{plan}`")
            else:
                keeping.append((f"`{level}` by `{plan}`", len(rows)))
    if not losing and not keeping:
        return "There are no faults at several durabilities to hold against each other."
    parts = []
    if losing:
        parts.append(f"when no producer keeps a copy, medians of {numbers.listed(losing)} are lost")
    if keeping:
        names, fewest = numbers.listed([name for name, _ in keeping]), min(trials for _, trials in keeping)
        parts.append(
            f"nothing was lost with {names}, in {fewest} faults or more of each, so that at most "
            f"{numbers.share(most_of_none(fewest))} of them lose any ({numbers.whole_share(CONFIDENCE)} sure)"
        )
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _median(lost: pd.Series) -> str:
    median = estimate(lost)
    if median.low is None or median.high is None:
        return numbers.count(median.median)
    return f"{numbers.count(median.median)} ({numbers.count(median.low)} to {numbers.count(median.high)})"
