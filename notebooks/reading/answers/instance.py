"""What does a t2.small sustain, with credits and without, and for how long?"""

import pandas as pd

from reading import numbers
from reading.figures.rows import in_order
from reading.figures.sustained import MIX
from reading.problems import NothingToShow
from reading.style import PROTOCOLS


def answer(sustained: pd.DataFrame, throttled: pd.DataFrame, credit: pd.DataFrame, runs: str = "") -> str:
    """What the default protocol sustains in such runs, with credits and without, by mix; then what is left without credits."""
    parts = [part for part in (_sustained(sustained, runs), _left(throttled, credit)) if part]
    if not parts:
        raise NothingToShow("no run had CPU credits")
    return " ".join(parts)


def _sustained(sustained: pd.DataFrame, runs: str) -> str:
    """The rates of the first protocol without a disk to wait for."""
    if sustained.empty or not {MIX, "param_protocol", "param_durability"} <= set(sustained.columns):
        return ""
    protocol = in_order(sustained.param_protocol, PROTOCOLS)[0]
    durability = in_order(sustained.param_durability, ("none",))[0]
    rows = sustained[(sustained.param_protocol == protocol) & (sustained.param_durability == durability)]
    parts = [
        f"of `{row[MIX]}` {_rate(row, 'with_credits')} with credits{_lasting(row)} and {_rate(row, 'without_credits')} without"
        for _, row in rows.iterrows()
    ]
    instances = numbers.listed(sorted(set(rows.instance)))
    tried = f" ({runs})" if runs else ""
    return f"By `{protocol}` with `{durability}` a {instances} sustains{tried} {'; '.join(parts)}."


def _rate(row: pd.Series, condition: str) -> str:
    """The greatest sustained rate, and where the sweep has one the least that was not."""
    kept, missed = row[f"{condition}_per_s"], row[f"{condition}_missed_per_s"]
    if pd.isna(kept):
        return "a rate that was not measured"
    if kept == 0:
        return f"less than {numbers.rate(missed)}"
    return f"{numbers.rate(kept)} or more" if pd.isna(missed) else f"{numbers.rate(kept)} (but not {numbers.number(missed)})"


def _lasting(row: pd.Series) -> str:
    """How long the rate lasts from full credits, by the forecast from the run that took most of the core."""
    if pd.isna(row.is_for_ever):
        return ""
    if row.is_for_ever:
        return " (for ever by every run)"
    return "" if pd.isna(row.full_slows_after_s) else f" (by the worst run for {numbers.hours(row.full_slows_after_s)})"


def _left(throttled: pd.DataFrame, credit: pd.DataFrame) -> str:
    """What is acked without credits, and when a balance that ran out was spent, in the time of the credits."""
    if "param_credits" not in throttled:
        return ""
    medians = throttled[throttled.status == "done"].groupby("param_credits").acked_per_s.median()
    if not {"full", "empty"} <= set(medians.index):
        return ""
    share = numbers.share(medians["empty"] / medians["full"])
    text = (
        f"Of tasks that compute from a backlog {numbers.rate(medians['full'])} are acked with all credits and "
        f"{numbers.rate(medians['empty'])} with none, which is {share}"
    )
    return f"{text}{_spent(throttled, credit)}."


def _spent(throttled: pd.DataFrame, credit: pd.DataFrame) -> str:
    """Of the runs whose balance reached zero: what it was at first, and after how long it was spent."""
    run = ["cell_id", "repetition"]
    loaded = credit[credit.phase == "load"].merge(throttled[[*run, "credits"]], on=run)
    lengths, balances = [], []
    for _, readings in loaded.groupby(run):
        first = readings.iloc[0]
        spent = readings[readings.credit_balance <= 0]
        if first.credit_balance > 1 and not spent.empty:
            lengths.append(float((spent.at_s.iloc[0] - first.at_s) * float(first.time_scale)))
            balances.append(float(first.credit_balance))
    if not lengths:
        return ""
    balance, length = pd.Series(balances).median(), pd.Series(lengths).median()
    return (
        f"; {numbers.number(balance)} credits were spent after {numbers.hours(length)} of the instance's time "
        f"(median of {len(lengths)} runs)"
    )
