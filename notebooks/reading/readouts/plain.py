"""A table of a folder as it is, in the forms that people read."""

from typing import Any

import pandas as pd

from reading.folders import ResultFolder
from reading.readouts.cells import count, known, number, share, text, time_s, time_us
from reading.readouts.readout import Heading, Readout

KEYS = frozenset({"schema_version", "run_id", "cell_id", "repetition"})
"""The columns that every table begins with, which say nothing within one folder."""

_FORMS = {"µs": time_us, "s": time_s, "share": share, "true/false": lambda value: known(value, _yes), "text": text}
_MOST_ROWS = 80


def plain_readout(folder: ResultFolder, name: str) -> Readout:
    """The rows of a table under its columns' names, without keys; of a long one only the first rows, and how many there are."""
    frame = folder.table(name)
    columns = [column for column in folder.dictionary.table(name).columns if column.name in frame and column.name not in KEYS]
    headings = tuple(Heading(column.name.replace("_", " "), column.unit not in ("text", "true/false")) for column in columns)
    rows = tuple(tuple(_cell(row[column.name], column.unit) for column in columns) for _, row in frame.head(_MOST_ROWS).iterrows())
    cut = f", the first {count(_MOST_ROWS)} of {count(len(frame))} rows" if len(frame) > _MOST_ROWS else ""
    return Readout(f"{name}.csv{cut}", headings, rows)


def _cell(value: Any, unit: str) -> str:  # noqa: ANN401
    return _FORMS.get(unit, _counted)(value)


def _counted(value: Any) -> str:  # noqa: ANN401
    is_whole = isinstance(value, int) or (pd.notna(value) and float(value).is_integer())
    return count(value) if is_whole else number(value)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
