"""Faults of sweeps and of runs, each by the name that its plan gave it, and what came of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from reading import numbers
from reading.folders import ResultFolder
from reading.tables import empty_table

_KEY = ["run_id", "cell_id", "repetition"]

_AUDITED = {"lost": "run_lost", "duplicated": "run_duplicated"}
"""Columns of a run's audit, and what they are called beside its faults."""


@dataclass(frozen=True)
class Tally:
    """How many there were as far as somebody counted, and of how many runs, or faults, nobody could."""

    counted: int
    unknown: int = 0

    @property
    def is_none(self) -> bool:
        """Whether there surely was none."""
        return not self.counted and not self.unknown

    def __str__(self) -> str:
        """Such as `76`, `76 or more`, or `not known`."""
        if not self.unknown:
            return numbers.count(self.counted)
        return f"{numbers.count(self.counted)} or more" if self.counted else "not known"


@dataclass(frozen=True)
class Outcome:
    """What came of some faults: tasks lost, executions beyond a task's first, and how long each took that had to be mended.

    `judged` are the faults of which it is known whether anything was lost, and `losing` those of them that lost something.
    """

    faults: int
    lost: Tally
    duplicated: Tally
    judged: int
    losing: int
    mended_s: tuple[float, ...]


def faults_of(folders: Iterable[ResultFolder]) -> pd.DataFrame:
    """All rows of the folders' `faults.csv`, with `plan`: the fault by its name in the plan of the sweep.

    That name says more than `fault` does (`kill-worker@every`). A fault of a run apart has its own name. In `run_lost` and
    `run_duplicated` is what the audit of a fault's run counted, where its plan has one kind of fault a run. What the audit
    of a run could not count, since its Redis could not be asked, is missing in the rows of its faults, too.
    """
    frames = [_planned(_judged(folder), folder.optional("cells")) for folder in folders if folder.has("faults")]
    rows = [frame for frame in frames if not frame.empty]
    return pd.concat(rows, ignore_index=True) if rows else _none()


def outcome(faults: pd.DataFrame) -> Outcome:
    """What came of rows of `faults_of`, as every page counts it.

    The audit of a whole run counts, which misses nothing that came before its first fault; where several kinds of faults
    took turns in a run, what came after each of them.
    """
    return Outcome(
        faults=len(faults),
        lost=_total(faults, "lost"),
        duplicated=_total(faults, "duplicated"),
        judged=int(faults.lost.notna().sum()),
        losing=int((faults.lost > 0).sum()),
        mended_s=tuple(sorted(float(time) for time in faults.recover_s.dropna())),
    )


def tally(counts: pd.Series) -> Tally:
    """The sum of counts, and how many of them are missing."""
    return Tally(int(counts.dropna().sum()), int(counts.isna().sum()))


def _total(faults: pd.DataFrame, column: str) -> Tally:
    audited = faults[_AUDITED[column]].notna()
    of_runs = faults[audited].drop_duplicates(_KEY)[_AUDITED[column]]
    return tally(pd.concat([of_runs, faults[~audited][column]]))


def _judged(folder: ResultFolder) -> pd.DataFrame:
    """The rows of a folder's `faults.csv`, where nothing is counted of what the audit of their run does not know."""
    faults = folder.table("faults")
    audits = folder.table("cells" if folder.has("cells") else "summary")
    of_each = faults[_KEY].merge(audits[[*_KEY, *_AUDITED]], on=_KEY, how="left")
    return faults.assign(**{column: faults[column].mask(of_each[column].isna().to_numpy()) for column in _AUDITED})


def _planned(faults: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    if "param_fault" not in cells:
        unknown = pd.Series(pd.NA, index=faults.index, dtype="Int64")
        return faults.assign(plan=faults.fault, **dict.fromkeys(_AUDITED.values(), unknown))
    audited = cells[[*_KEY, "param_fault", *_AUDITED]].rename(columns=_AUDITED)
    named = faults.merge(audited, on=_KEY, how="left")
    return named.assign(plan=named.param_fault.fillna(named.fault)).drop(columns="param_fault")


def _none() -> pd.DataFrame:
    return _planned(empty_table("faults"), empty_table("cells"))
