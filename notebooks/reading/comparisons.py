"""Tables of other programs than `fibq`: the ceiling in C and the peers. They have no manifest and no schema version.

Each has a header of its own, named here and described beside the program that writes it.
"""

import csv

import pandas as pd

from reading.problems import MissingFile, TruncatedFile, WrongHeader
from reading.repository import located
from reading.tables import require_last_line

PAIR_COLUMNS = (
    "compared",
    "pair",
    "first",
    "protocol",
    "durability",
    "arrival",
    "tasks",
    "batch",
    "workers",
    "c_way",
    "c_clients",
    "c_per_s",
    "queue_per_s",
    "ratio",
)
"""The first columns of `pairs.csv`, which are all that is read here; see `Benchmarks/Ceiling/README.md`."""

PEER_COLUMNS = (
    "peer",
    "measure",
    "repeat",
    "unit",
    "value",
    "reliable",
    "tasks",
    "lost",
    "ran_twice",
    "failed",
    "note",
)
"""The columns of `peers.csv`; see `Benchmarks/Peers/README.md`."""

OURS = "fibq"
"""The name of this queue among the peers."""


def read_pairs(folder: str | None) -> pd.DataFrame:
    """The pairs of `make bench-queue`, ours against C, a row a pair of runs; `ratio` is ours ÷ C. Without a folder no rows."""
    frame = _read(folder, "pairs.csv", PAIR_COLUMNS)
    return frame.astype({"pair": "int64", "c_per_s": "float64", "queue_per_s": "float64", "ratio": "float64"})


def read_peers(folder: str | None) -> pd.DataFrame:
    """The measures of `make bench-peers` that have a value, a row a peer, measure and repeat. Without a folder no rows."""
    frame = _read(folder, "peers.csv", PEER_COLUMNS)
    measured = frame[frame.value != ""]
    return measured.astype({"repeat": "int64", "value": "float64"}).assign(reliable=measured.reliable == "1")


def _read(folder: str | None, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """The columns of a file as text; raises `MissingFile`, `TruncatedFile` or `WrongHeader`."""
    if folder is None:
        return pd.DataFrame(columns=list(columns), dtype="str")
    file = located(folder) / name
    if not file.is_file():
        raise MissingFile(file, "a benchmark writes it to its folder")
    content = file.read_text(encoding="utf-8")
    require_last_line(file, content)
    header, *records = list(csv.reader(content.splitlines()))
    for place, expected in enumerate(columns):
        found = header[place] if place < len(header) else "none"
        if found != expected:
            raise WrongHeader(file, place + 1, found, expected)
    if any(len(record) != len(header) for record in records):
        raise TruncatedFile(file, "a line has too few fields")
    return pd.DataFrame(records, columns=header)[list(columns)]
