"""A folder of `results/`: a run, a sweep, a search for a knee, or a study."""

from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

import pandas as pd

from reading.dictionary import Dictionary, dictionary
from reading.integrity import read_manifest, require_files
from reading.problems import EmptyTable, MissingFile, UnsignedFile, WrongKind
from reading.repository import located, shown
from reading.tables import empty_table, read_table

Kind = Literal["run", "sweep", "knee", "study"]
"""What a folder holds: told by the table that only such a folder has."""

_MARKS: dict[str, Kind] = {"cells": "sweep", "summary": "run", "knee": "knee"}


class ResultFolder:
    """A folder whose files are those of its manifest, each table of it a frame.

    Opening it checks the manifest's schema version and every checksum in it, and raises a `ReadingProblem` if anything
    is not as it was written.
    """

    def __init__(self, path: str | Path, described_by: Dictionary | None = None) -> None:
        self.path = located(path)
        self.dictionary = described_by or dictionary()
        if not self.path.is_dir():
            raise MissingFile(self.path, "there is no such folder")
        self.manifest: dict[str, Any] = read_manifest(self.path, self.dictionary.version)
        require_files(self.path, self.manifest)

    @property
    def name(self) -> str:
        """The folder as people write it, from the repository's root."""
        return shown(self.path)

    @property
    def kind(self) -> Kind:
        """What the folder holds."""
        return next((kind for table, kind in _MARKS.items() if self.has(table)), "study")

    def of_kind(self, wanted: Kind) -> Self:
        """This folder, which must be of that kind: raises `WrongKind` if it is not."""
        if self.kind != wanted:
            raise WrongKind(self.path, self.kind, wanted)
        return self

    def has(self, table: str) -> bool:
        """Whether the folder has the table."""
        return self._file(table).is_file()

    def table(self, name: str) -> pd.DataFrame:
        """A table that the folder must have, by its name without `.csv`, and that the manifest has the SHA-256 of."""
        if not self.has(name):
            raise MissingFile(self._file(name), f"{self.name} is a {self.kind}")
        if f"{name}.csv" not in self.manifest["sha256"]:
            raise UnsignedFile(self._file(name))
        return read_table(self._file(name), name, self.dictionary)

    def row(self, name: str) -> pd.Series:
        """The one row of such a table; raises `EmptyTable` if there is none."""
        rows = self.table(name)
        if rows.empty:
            raise EmptyTable(self._file(name))
        return rows.iloc[0]

    def optional(self, name: str) -> pd.DataFrame:
        """A table that not every folder has; without rows where there is none."""
        return self.table(name) if self.has(name) else empty_table(name, self.dictionary)

    @cached_property
    def runs(self) -> tuple["ResultFolder", ...]:
        """The runs of a sweep or of a search for a knee, in their table's order; of a run itself, and of a study none."""
        match self.kind:
            case "run":
                return (self,)
            case "sweep":
                cells = self.table("cells")
                names = [f"{cell}-r{repetition}" for cell, repetition in zip(cells.cell_id, cells.repetition, strict=True)]
            case "knee":
                names = list(self.table("knee").run)
            case _:
                names = []
        return tuple(ResultFolder(self.path / name, self.dictionary) for name in names if self._was_measured(name))

    def gathered(self, name: str) -> pd.DataFrame:
        """A table of all runs, one below the other, told apart by `cell_id` and `repetition`; without rows if none has it."""
        frames = [run.table(name) for run in self.runs if run.has(name)]
        return pd.concat(frames, ignore_index=True) if frames else empty_table(name, self.dictionary)

    def _was_measured(self, run: str) -> bool:
        """A run that could not be measured has a row, but neither files nor a place in the manifest."""
        return f"{run}/manifest.json" in self.manifest["sha256"]

    def _file(self, table: str) -> Path:
        return self.path / f"{table}.csv"


class NoFolder:
    """What stands for a folder that was not named: it has no runs, and no table has rows."""

    name = "no folder"
    runs: tuple[ResultFolder, ...] = ()
    manifest: dict[str, Any] = {"workload": {}}  # noqa: RUF012

    def optional(self, name: str) -> pd.DataFrame:
        """A table without rows."""
        return empty_table(name)

    gathered = optional
    """A table without rows."""


def opened(path: str | None) -> ResultFolder | NoFolder:
    """The folder of that name, or `NoFolder` where none is named: an empty name names none."""
    return ResultFolder(path) if path else NoFolder()


def opened_all(paths: str | list[str]) -> list[ResultFolder]:
    """The folders of those names; in one text they are set apart by commas, and an empty one names none."""
    named = paths.split(",") if isinstance(paths, str) else paths
    return [ResultFolder(path.strip()) for path in named if path.strip()]
