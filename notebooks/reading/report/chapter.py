"""What a page says of one folder."""

from collections.abc import Callable
from dataclasses import dataclass, field

from matplotlib.figure import Figure

from reading.readouts.readout import Readout
from reading.report.judgements import Judgement, State, worst
from reading.style import Page


@dataclass(frozen=True)
class Illustration:
    """A figure to be drawn for any page, with what it shows in words, for those who can't see it."""

    name: str
    title: str
    caption: str
    draw: Callable[[Page], Figure]


@dataclass(frozen=True)
class Provenance:
    """What was done, where and with what, as names and values."""

    settings: tuple[tuple[str, str], ...]
    origin: tuple[tuple[str, str], ...]
    commands: tuple[tuple[str, str], ...]
    plan: str = ""


@dataclass(frozen=True)
class Chapter:
    """Verdict, tables, figures and provenance of a folder; `anchor` is its place within the page."""

    anchor: str
    title: str
    subtitle: str
    judgements: tuple[Judgement, ...]
    readouts: tuple[Readout, ...]
    illustrations: tuple[Illustration, ...]
    provenance: Provenance
    left_out: tuple[str, ...] = field(default=())

    @property
    def state(self) -> State:
        """The worst of what was judged."""
        return worst(self.judgements)
