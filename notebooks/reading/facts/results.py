"""The committed folders that facts are read from."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reading.folders import ResultFolder
from reading.problems import MissingFile
from reading.repository import ROOT


@cache
def folder(name: str) -> ResultFolder:
    """A folder of `results/`, opened and checked once."""
    return ResultFolder(path_of(name))


def path_of(name: str) -> Path:
    """Where a folder of `results/` is, or a file in one, that has no manifest."""
    return ROOT / "results" / name


def plan(name: str) -> dict[str, Any]:
    """The plan of a sweep, as its manifest has it."""
    return yaml.safe_load(folder(name).manifest["workload"]["plan"])


def scenario(name: str) -> dict[str, Any]:
    """A file of `scenarios/`, by its name without `.yaml`."""
    file = ROOT / "scenarios" / f"{name}.yaml"
    if not file.is_file():
        raise MissingFile(file, "pages tell its settings")
    return yaml.safe_load(file.read_text(encoding="utf-8"))
