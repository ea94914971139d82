"""The text of an entry: sections put into their templates, and the files of their figures."""

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from matplotlib.figure import Figure

from reading import numbers
from reading.log.section import Losses, Section
from reading.problems import NothingToShow
from reading.readouts import cells
from reading.readouts.readout import Readout
from reading.readouts.readout import names as named
from reading.readouts.readout import numbers as numbered
from reading.style import LAPTOP

_FORMS = {
    "count": cells.count,
    "number": cells.number,
    "share": cells.share,
    "whole_share": numbers.whole_share,
    "time_us": cells.time_us,
    "time_s": cells.time_s,
    "listed": numbers.listed,
    "code": lambda name: f"`{name}`",
}


@dataclass(frozen=True)
class Place:
    """A figure as a template names it."""

    title: str
    path: str


@dataclass(frozen=True)
class Told:
    """A section as text, and the figures that it shows by the names of their files."""

    source: Any
    text: str
    figures: dict[str, Figure]


def told(section: Section, folder: str) -> Told:
    """The section's text, with its figures in that folder beside the entry."""
    figures, places = {}, {}
    for each in section.illustrations:
        file = f"{section.name}-{each.name}.svg"
        try:
            figures[file] = each.draw(LAPTOP)
        except NothingToShow:
            continue
        places[each.name] = Place(each.title, f"{folder}/{file}")
    text = _environment().get_template(f"log/{section.template}").render(figures=places, **section.facts)
    shown = {file: figure for file, figure in figures.items() if f"({folder}/{file})" in text}
    return Told(section.source, _tidy(text), shown)


def body(sections: tuple[Section, ...], tellings: tuple[Told, ...]) -> str:
    """The entry's text below its front matter, with empty blanks."""
    queued = [(section.source.folder, section.losses) for section in sections if section.losses]
    audited = [(folder, losses) for folder, losses in queued if not losses.lost.unknown]
    text = (
        _environment()
        .get_template("log/entry.md.j2")
        .render(
            sections=tellings,
            losses=_losses(queued),
            total_sent=sum(losses.sent for _, losses in audited),
            total_lost=sum(losses.lost.counted for _, losses in audited),
            losing=[folder for folder, losses in audited if losses.lost.counted],
            unknown=[folder for folder, losses in queued if losses.lost.unknown],
        )
    )
    return _tidy(text)


def _losses(queued: list[tuple[str, Losses]]) -> Readout:
    rows = tuple((folder, cells.count(losses.sent), str(losses.lost), str(losses.again)) for folder, losses in queued)
    return Readout("", named("results") + numbered("acknowledged tasks", "lost", "run once more"), rows)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reading", "templates"), undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    environment.filters |= _FORMS
    environment.tests["known"] = lambda value: value is not None and not pd.isna(value)
    return environment


def _tidy(text: str) -> str:
    """One blank line between paragraphs, none at the ends, and a line break last."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
