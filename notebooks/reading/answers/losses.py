"""What is lost when something dies?"""

import pandas as pd

from reading import numbers
from reading.faults import Tally, outcome
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
        parts.append(f"`{protocol}` {_lost(found.lost)} in {numbers.count(found.faults)} faults{_but_for(found.lost.unknown)}")
    text = numbers.listed(parts)
    return f"{text[0].upper()}{text[1:]}."


def _lost(tasks: Tally) -> str:
    """What a protocol did of which so many tasks are gone."""
    if tasks.is_none:
        return "lost nothing"
    return f"lost {tasks}" if tasks.counted else "lost nothing that anybody could count"


def _but_for(unknown: int) -> str:
    """What stands after a number that some faults are not in."""
    return f" (of {numbers.count(unknown)} it is not known)" if unknown else ""


def _by_durability(faults: pd.DataFrame) -> str:
    """What each durability loses by each fault; of those that lost nothing, how seldom they may all the same."""
    losing, keeping, silent = [], [], []
    for level in in_order(faults.durability, LEVELS):
        for plan, rows in faults[faults.durability == level].groupby("plan", sort=False):
            found = outcome(rows)
            if found.losing:
                losing.append(f"`{level}` {_median(rows.lost)} by each `{plan}`{_but_for(found.faults - found.judged)}")
            elif found.judged:
                keeping.append((f"`{level}` by `{plan}`{_but_for(found.faults - found.judged)}", found.judged))
            else:
                silent.append(f"`{level}` by `{plan}`")
    if not losing and not keeping and not silent:
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
    if silent:
        parts.append(f"it is not known what {numbers.listed(silent)} lost")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _median(lost: pd.Series) -> str:
    median = estimate(lost)
    if median.low is None or median.high is None:
        return numbers.count(median.median)
    return f"{numbers.count(median.median)} ({numbers.count(median.low)} to {numbers.count(median.high)})"
