"""The data dictionary as `results/README.md` has it: tables, and their columns with units and meanings, in order."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reading.problems import BadDictionary
from reading.repository import ROOT

AXES = "param_<axis>"
"""The dictionary's name for the columns of a sweep's axes, of which there are as many as the plan has."""

AXIS_PREFIX = "param_"
"""What the name of such a column begins with."""

_HEADING = re.compile(r"^## `(?P<name>\w+)\.csv`$")
_ROW = re.compile(r"^\| `(?P<name>[^`]+)` \| (?P<unit>[^|]+) \| (?P<meaning>.*) \|$")
_OLDER = re.compile(r"Older files lack the columns from `(?P<name>\w+)` on\.")
_VERSION = re.compile(r"describes schema version (?P<version>\d+)")


@dataclass(frozen=True)
class Column:
    """A column: its name in the header, the unit of its values, and what they mean."""

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """A table: its name without `.csv`, its columns in order, and the first of those that older files lack, if any."""

    name: str
    columns: tuple[Column, ...]
    newer_from: str | None = None

    @property
    def newer(self) -> tuple[Column, ...]:
        """The last columns, which came after the first files of the table; none of most tables."""
        names = [column.name for column in self.columns]
        return self.columns[names.index(self.newer_from) :] if self.newer_from else ()

    def columns_for(self, header: list[str]) -> tuple[Column, ...]:
        """The columns of a file with that header: the axes' place is taken by as many as the header has there."""
        names = [name for name in header if name.startswith(AXIS_PREFIX)]
        axes = tuple(Column(name, "text", "a value on an axis of the sweep") for name in names)
        return tuple(each for column in self.columns for each in (axes if column.name == AXES else (column,)))

    def unit(self, column: str) -> str:
        """The unit of a column; raises `BadDictionary` if there is no such column."""
        for each in self.columns:
            if each.name == column:
                return each.unit
        raise BadDictionary(f"results/README.md has no column {column} in {self.name}.csv")


@dataclass(frozen=True)
class Dictionary:
    """All tables of a run, a sweep or a study, and the schema version that they are described in."""

    version: int
    tables: dict[str, Table]

    def table(self, name: str) -> Table:
        """A table by its name without `.csv`; raises `BadDictionary` if there is none."""
        if name not in self.tables:
            raise BadDictionary(f"results/README.md has no section `{name}.csv`")
        return self.tables[name]


def parsed(text: str) -> Dictionary:
    """The dictionary that a page in the form of `results/README.md` holds; raises `BadDictionary` if it is none."""
    version = _VERSION.search(text)
    if version is None:
        raise BadDictionary("results/README.md does not say which schema version it describes")
    tables: dict[str, Table] = {}
    for section in re.split(r"^(?=## )", text, flags=re.MULTILINE):
        title, *lines = section.splitlines() or [""]
        if heading := _HEADING.match(title):
            older = _OLDER.search(section)
            tables[heading["name"]] = Table(heading["name"], tuple(_first_table(lines)), older and older["name"])
    return Dictionary(int(version["version"]), tables)


def _first_table(lines: list[str]) -> list[Column]:
    """The rows of the first table of a section that has three columns."""
    columns: list[Column] = []
    for line in lines:
        if row := _ROW.match(line):
            columns.append(Column(row["name"], row["unit"].strip(), row["meaning"].strip()))
        elif columns:
            break
    return columns


@cache
def dictionary(page: Path = ROOT / "results" / "README.md") -> Dictionary:
    """The repository's data dictionary."""
    return parsed(page.read_text(encoding="utf-8"))
