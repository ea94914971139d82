"""What an entry says of one folder."""

from dataclasses import dataclass
from typing import Any

from reading.faults import Tally
from reading.log.entry import Source
from reading.report.chapter import Illustration


@dataclass(frozen=True)
class Losses:
    """What became of the tasks of a folder: how many were acknowledged, lost, and executed once more than needed.

    Of a run whose Redis could not be asked it is not known.
    """

    sent: int
    lost: Tally
    again: Tally


@dataclass(frozen=True)
class Section:
    """A template of `templates/log/` and what it is filled with, and the figures that it may show, by their names."""

    name: str
    template: str
    source: Source
    facts: dict[str, Any]
    illustrations: tuple[Illustration, ...]
    losses: Losses | None = None
