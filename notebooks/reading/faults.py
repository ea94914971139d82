"""Faults of sweeps and of runs, each by the name that its plan gave it."""

from collections.abc import Iterable

import pandas as pd

from reading.folders import ResultFolder
from reading.tables import empty_table

_KEY = ["run_id", "cell_id", "repetition"]


def faults_of(folders: Iterable[ResultFolder]) -> pd.DataFrame:
    """All rows of the folders' `faults.csv`, with `plan`: the fault by its name in the plan of the sweep.

    That name says more than `fault` does (`kill-worker@every`). A fault of a run apart has its own name.
    """
    frames = [_planned(folder.optional("faults"), folder.optional("cells")) for folder in folders]
    rows = [frame for frame in frames if not frame.empty]
    return pd.concat(rows, ignore_index=True) if rows else _none()


def _planned(faults: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    if "param_fault" not in cells:
        return faults.assign(plan=faults.fault)
    named = faults.merge(cells[[*_KEY, "param_fault"]], on=_KEY, how="left")
    return named.assign(plan=named.param_fault.fillna(named.fault)).drop(columns="param_fault")


def _none() -> pd.DataFrame:
    return _planned(empty_table("faults"), empty_table("cells"))
