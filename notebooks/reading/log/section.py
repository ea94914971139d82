"""What an entry says of one folder."""

from dataclasses import dataclass
from typing import Any

from reading.log.entry import Source
from reading.report.chapter import Illustration


@dataclass(frozen=True)
class Losses:
    """What became of the tasks of a folder: how many were acknowledged, lost, and executed once more than needed.

    None is not known, as of a run whose Redis could not be asked.
    """

    sent: int
    lost: int | None
    again: int | None


@dataclass(frozen=True)
class Section:
    """A template of `templates/log/` and what it is filled with, and the figures that it may show, by their names."""

    name: str
    template: str
    source: Source
    facts: dict[str, Any]
    illustrations: tuple[Illustration, ...]
    losses: Losses | None = None
