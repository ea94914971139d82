"""What a t2.small sustains, with CPU credits and without: `make t2-small`."""

import re
from dataclasses import dataclass

import pandas as pd

from reading.facts.claims import everywhere, hold
from reading.facts.instances import instance_type
from reading.facts.load import processors_used
from reading.facts.results import folder, plan
from reading.facts.settings import BadSetting, minutes_of, seconds

NAME = "t2-small"


@dataclass(frozen=True)
class Rate:
    """The highest rate that was sustained (0: not even the lowest; none: not tried), the next one, and the latency."""

    per_s: float | None
    missed_per_s: float | None
    p99_us: float | None


@dataclass(frozen=True)
class Sustained:
    """What the instance sustains of a set-up, and how long, in s, it lasts from full credits and from launch credits."""

    mix: str
    protocol: str
    durability: str
    with_credits: Rate
    without_credits: Rate
    processors: float | None
    is_for_ever: bool
    full_s: float | None
    launch_s: float | None


@dataclass(frozen=True)
class T2Small:
    """The instance, the sweep, and what each set-up sustains; n from and to of the tasks that compute.

    `near_baseline` has what each run of one set-up took of the processor, the most first.
    """

    instance: str
    processors: int
    memory_gib: float
    workers: int
    repetitions: int
    runs: int
    minutes: float
    rates_a_set_up: int
    seconds_a_run: float
    baseline: float
    near_baseline: list[float]
    rows: list[Sustained]
    additions: tuple[int, int]
    recursions: tuple[int, int]
    sleep_ms: int

    def of_mix(self, mix: str) -> list[Sustained]:
        """The set-ups of a mix, by its label."""
        return [row for row in self.rows if row.mix == mix]


def t2_small() -> T2Small:
    """What the committed sweep shows."""
    sweep, setting = folder(NAME), plan(NAME)
    cells, table = sweep.table("cells"), sweep.table("sustained")
    rows = [_sustained(row) for _, row in table.iterrows()]
    instance = str(table.instance.iloc[0])
    kind, mixes = instance_type(instance), setting["zip"][0]["mix"]
    baseline = kind["baseline_percent"] / 100
    _hold_words(cells, rows, baseline)
    return T2Small(
        instance=instance,
        processors=kind["processors"],
        memory_gib=kind["memory_gib"],
        workers=setting["scenario"]["workers"],
        repetitions=setting["repetitions"],
        runs=len(cells),
        minutes=minutes_of(sweep.manifest),
        rates_a_set_up=len(mixes) // len({mix["label"] for mix in mixes}),
        seconds_a_run=seconds(setting["scenario"]["duration"]),
        baseline=baseline,
        near_baseline=_used(cells, next(row for row in rows if _is_near_baseline(row))),
        rows=rows,
        additions=_range(mixes, "queue", "fib-iterative:n"),
        recursions=_range(mixes, "compute", "fib-recursive:n"),
        sleep_ms=int(_found(mixes, "wait", r"sleep:ms=exponential\((\d+)\)")[0]),
    )


def _hold_words(cells: pd.DataFrame, rows: list[Sustained], baseline: float) -> None:
    """Holds the page to what it says of the sweep without a number."""
    twice = {str(protocol): total for protocol, total in cells.groupby("protocol")["duplicated"].sum().items()}
    hold(NAME, "nothing was lost", everywhere(cells.lost == 0))
    hold(NAME, "no task got stuck", everywhere(cells.dead == 0))
    hold(NAME, "lock alone ran some twice", [name for name, total in twice.items() if total] == ["lock"])
    hold(NAME, "computing may fall to the baseline", all(_may_be(row, baseline) for row in rows if row.mix == "compute"))
    queue = [row for row in rows if row.mix == "queue" and row.protocol in {"lease", "stream"}]
    hold(NAME, "the queue alone falls less in lease and stream as far as the rates go", all(_part(row) > baseline for row in queue))


def _may_be(row: Sustained, part: float) -> bool:
    """Whether without credits so great a part may be sustained: the limits lie between a sustained rate and the next one."""
    least = (row.without_credits.per_s or 0) / (row.with_credits.missed_per_s or float("inf"))
    most = (row.without_credits.missed_per_s or float("inf")) / (row.with_credits.per_s or 1)
    return least <= part <= most


def _part(row: Sustained) -> float:
    """The highest rate of the sweep that is sustained without credits ÷ that with them."""
    return (row.without_credits.per_s or 0) / (row.with_credits.per_s or 1)


def _is_near_baseline(row: Sustained) -> bool:
    """The set-up of which a page tells how different its runs are."""
    return (row.protocol, row.durability, row.mix) == ("lease", "none", "wait")


def _used(cells: pd.DataFrame, row: Sustained) -> list[float]:
    """What each run at the rate that it sustains with credits took of the processor."""
    is_meant = (cells.param_protocol == row.protocol) & (cells.param_durability == row.durability) & (cells.param_mix == row.mix)
    is_meant &= (cells.param_credits == "full") & (cells.param_rate.astype(float) == row.with_credits.per_s)
    runs = [folder(f"{NAME}/{cell}-r{repetition}") for cell, repetition in cells[is_meant][["cell_id", "repetition"]].to_numpy()]
    return sorted((processors_used(run) for run in runs), reverse=True)


def _range(mixes: list[dict[str, str]], label: str, parameter: str) -> tuple[int, int]:
    least, greatest = _found(mixes, label, rf"{parameter}=(\d+)\.\.(\d+)")
    return int(least), int(greatest)


def _found(mixes: list[dict[str, str]], label: str, pattern: str) -> tuple[str, ...]:
    """What a pattern holds in the first mix of that label."""
    mix = next(mix["value"] for mix in mixes if mix["label"] == label)
    if match := re.search(pattern, mix):
        return match.groups()
    raise BadSetting(mix)


def _sustained(row: pd.Series) -> Sustained:
    return Sustained(
        mix=row.param_mix,
        protocol=row.param_protocol,
        durability=row.param_durability,
        with_credits=_rate(row, "with_credits"),
        without_credits=_rate(row, "without_credits"),
        processors=_present(row.processors),
        is_for_ever=not pd.isna(row.is_for_ever) and bool(row.is_for_ever),
        full_s=_present(row.full_slows_after_s),
        launch_s=_present(row.launch_slows_after_s),
    )


def _rate(row: pd.Series, which: str) -> Rate:
    return Rate(*(_present(row[f"{which}_{figure}"]) for figure in ("per_s", "missed_per_s", "p99_us")))


def _present(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
