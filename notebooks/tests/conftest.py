"""What the tests share: committed folders, and copies of them that a test may spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reading.repository import ROOT

RUN = "20261125-044912-48a8"
"""A committed run."""


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[str], Path]:
    """Copies a folder of `results/` to a place of the test's own."""

    def copy(name: str) -> Path:
        return shutil.copytree(ROOT / "results" / name, tmp_path / Path(name).name)

    return copy
