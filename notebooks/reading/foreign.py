"""Tables that are written by other programs than `fibq`: benchmarks and tests. They have neither manifest nor version."""

import csv
import io
from pathlib import Path

import pandas as pd

from reading.problems import BadValue, MissingFile, TruncatedFile, WrongHeader
from reading.repository import located
from reading.tables import require_last_line


def read_foreign(file: Path, texts: tuple[str, ...], numbers: tuple[str, ...]) -> pd.DataFrame:
    """The named columns of a CSV file, wherever in its header they are: texts as they are, numbers as `float64`.

    An empty number is missing. Raises `MissingFile`, `TruncatedFile`, `WrongHeader` or `BadValue`.
    """
    if not file.is_file():
        raise MissingFile(file, "a benchmark or a test writes it to its folder")
    content = file.read_text(encoding="utf-8")
    require_last_line(file, content)
    header, *records = list(csv.reader(io.StringIO(content)))
    for column in texts + numbers:
        if column not in header:
            raise WrongHeader(file, len(header) + 1, "none", column)
    for line, record in enumerate(records, start=2):
        if len(record) != len(header):
            raise TruncatedFile(file, f"line {line} has {len(record)} of {len(header)} fields")
    frame = pd.DataFrame(records, columns=header)
    columns = {column: _parsed(file, column, frame[column]) for column in numbers}
    return frame[list(texts + numbers)].assign(**columns)


def read_kills(path: str | None) -> pd.DataFrame:
    """`sigkills.csv` of `make everysec`; without rows where none is named."""
    texts, numbers = ("appendfsync",), ("sync_delay_ms", "lost", "in_sync_at_kill")
    return read_foreign(located(path), texts, numbers) if path else no_foreign(texts, numbers)


def no_foreign(texts: tuple[str, ...], numbers: tuple[str, ...]) -> pd.DataFrame:
    """The same without rows: what a folder holds of it that was not named."""
    names, values = dict.fromkeys(texts, "str"), dict.fromkeys(numbers, "float64")
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in (names | values).items()})


def _parsed(file: Path, column: str, values: pd.Series) -> pd.Series:
    try:
        return pd.Series([float(value or "nan") for value in values], index=values.index, dtype="float64")
    except ValueError as error:
        raise BadValue(file, column, str(error).rsplit(": ", 1)[-1].strip("'"), "numbers") from error
