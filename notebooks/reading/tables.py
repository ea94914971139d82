"""A table of a run as a frame, held to the data dictionary."""

import csv
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd

from reading.dictionary import Column, Dictionary, Table, dictionary
from reading.problems import BadValue, MissingColumn, OtherVersion, TruncatedFile, WrongHeader

WHOLE_UNITS = frozenset({"tasks", "count", "bytes", "bits", "digits"})
"""Units of things that are counted one by one: their columns are whole numbers, `Int64`."""

_WHOLE = re.compile(r"-?\d{1,18}")
_TRUTH = {"true": True, "false": False, "": None}


def read_table(file: Path, name: str, described_by: Dictionary) -> pd.DataFrame:
    """A CSV file as a frame whose columns are those of the dictionary, typed by their units; an empty field is missing.

    Columns that the table got after the file was written are there and empty. Raises `OtherVersion`, `WrongHeader`,
    `MissingColumn`, `TruncatedFile` or `BadValue`.
    """
    content = file.read_bytes().decode("utf-8", errors="replace")
    require_last_line(file, content)
    header, *records = _lines(file, content)
    _require_version(file, header, records, described_by.version)
    columns = _matched(file, header, described_by.table(name))
    for number, record in enumerate(records, start=2):
        if len(record) != len(header):
            raise TruncatedFile(file, f"line {number} has {len(record)} of {len(header)} fields")
    frame = {
        column.name: _typed(file, column, [record[place] for record in records])
        for place, column in enumerate(columns[: len(header)])
    }
    later = {column.name: _typed(file, column, [""] * len(records)) for column in columns[len(header) :]}
    return pd.DataFrame(frame | later)


def _lines(file: Path, content: str) -> list[list[str]]:
    """The fields of each line; raises `TruncatedFile` if the first has none, or if they cannot be told apart."""
    try:
        lines = list(csv.reader(io.StringIO(content, newline="")))
    except csv.Error as error:
        raise TruncatedFile(file, f"it is no CSV: {error}") from error
    if not lines[0]:
        raise TruncatedFile(file, "it has no header")
    return lines


def empty_table(name: str, described_by: Dictionary | None = None) -> pd.DataFrame:
    """A table without rows, and without axes: what a folder holds of it that has no such file."""
    table = (described_by or dictionary()).table(name)
    return pd.DataFrame({column.name: _typed(Path(name), column, []) for column in table.columns_for([])})


def require_last_line(file: Path, content: str) -> None:
    """Raises `TruncatedFile` if the file does not end with the end of a line, as all that fibq writes do."""
    if not content:
        raise TruncatedFile(file, "it is empty")
    if not content.endswith("\n"):
        raise TruncatedFile(file, "its last line has no end")


def _require_version(file: Path, header: list[str], records: list[list[str]], described: int) -> None:
    if header[0] != "schema_version":
        raise WrongHeader(file, 1, header[0], "schema_version")
    for record in records:
        if record[:1] != [str(described)]:
            raise OtherVersion(file, record[0] if record else "none", described)


def _matched(file: Path, header: list[str], table: Table) -> tuple[Column, ...]:
    """The table's columns, of which the header has the first ones: all of them, but for newer ones at the end."""
    columns = table.columns_for(header)
    for place, found in enumerate(header):
        expected = columns[place].name if place < len(columns) else "none"
        if found != expected:
            raise WrongHeader(file, place + 1, found, expected)
    for column in columns[len(header) :]:
        if column not in table.newer:
            raise MissingColumn(file, column.name)
    return columns


def _typed(file: Path, column: Column, values: list[str]) -> pd.Series:
    """The values of a column by its unit. A column of mere numbers is whole where all of them are."""
    try:
        if column.unit == "text":
            return pd.Series([value or None for value in values], dtype="str")
        if column.unit == "true/false":
            return pd.Series([_TRUTH[value] for value in values], dtype="boolean")
        if column.unit in WHOLE_UNITS or (column.unit == "number" and _are_whole(values)):
            return pd.Series([int(value) if value else None for value in values], dtype="Int64")
        return pd.Series([float(value) if value else np.nan for value in values], dtype="float64")
    except (KeyError, ValueError) as error:
        raise BadValue(file, column.name, _blamed(error), column.unit) from error


def _are_whole(values: list[str]) -> bool:
    return all(_WHOLE.fullmatch(value) for value in values if value)


def _blamed(error: Exception) -> str:
    """The value that python's own message ends with."""
    return str(error).rsplit(": ", 1)[-1].strip("'")
