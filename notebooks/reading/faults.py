"""Faults of sweeps and of runs, each by the name that its plan gave it, and what came of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from reading.folders import ResultFolder
from reading.tables import empty_table

_KEY = ["run_id", "cell_id", "repetition"]

_AUDITED = {"lost": "run_lost", "duplicated": "run_duplicated"}
"""Columns of a run's audit, and what they are called beside its faults."""


@dataclass(frozen=True)
class Outcome:
    """What came of some faults: tasks lost, executions beyond a task's first, and how long each took that had to be mended."""

    faults: int
    lost: int
    duplicated: int
    mended_s: tuple[float, ...]


def faults_of(folders: Iterable[ResultFolder]) -> pd.DataFrame:
    """All rows of the folders' `faults.csv`, with `plan`: the fault by its name in the plan of the sweep.

    That name says more than `fault` does (`kill-worker@every`). A fault of a run apart has its own name. In `run_lost` and
    `run_duplicated` is what the audit of a fault's run counted, where its plan has one kind of fault a run.
    """
    frames = [_planned(folder.optional("faults"), folder.optional("cells")) for folder in folders]
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
        mended_s=tuple(sorted(float(time) for time in faults.recover_s.dropna())),
    )


def _total(faults: pd.DataFrame, column: str) -> int:
    audited = faults[_AUDITED[column]].notna()
    of_runs = faults[audited].drop_duplicates(_KEY)[_AUDITED[column]]
    return int(of_runs.sum() + faults[~audited][column].sum())


def _planned(faults: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    if "param_fault" not in cells:
        unknown = pd.Series(pd.NA, index=faults.index, dtype="Int64")
        return faults.assign(plan=faults.fault, **dict.fromkeys(_AUDITED.values(), unknown))
    audited = cells[[*_KEY, "param_fault", *_AUDITED]].rename(columns=_AUDITED)
    named = faults.merge(audited, on=_KEY, how="left")
    return named.assign(plan=named.param_fault.fillna(named.fault)).drop(columns="param_fault")


def _none() -> pd.DataFrame:
    return _planned(empty_table("faults"), empty_table("cells"))
