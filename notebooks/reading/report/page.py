"""The page as HTML: chapters and their drawings, put into the template."""

from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from reading.readouts.readout import Readout
from reading.report.chapter import Chapter
from reading.report.judgements import gist

MARK = '<meta name="generator" content="fibq make report">'
"""What every page has, so that a report is known for one."""

_TEMPLATES = PackageLoader("reading", "templates")


@dataclass(frozen=True)
class Drawing:
    """A figure as the page has it: on a wide page and on a narrow one, as `<svg>` elements."""

    name: str
    title: str
    caption: str
    wide: str
    narrow: str


def rendered(chapters: tuple[Chapter, ...], drawings: dict[str, tuple[Drawing, ...]], overview: Readout) -> str:
    """The page of these chapters, with the drawings of each by its anchor, and before them a table of all where it has rows."""
    environment = Environment(loader=_TEMPLATES, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    css, _, _ = _TEMPLATES.get_source(environment, "report.css")
    return environment.get_template("report.html.j2").render(
        title=title_of(chapters),
        lede=lede_of(chapters),
        chapters=chapters,
        drawings=drawings,
        overview=overview,
        css=css,
        gist=gist,
        mark=MARK,
    )


def title_of(chapters: tuple[Chapter, ...]) -> str:
    """The one folder, or how many there are."""
    if len(chapters) == 1:
        return chapters[0].title
    return f"{len(chapters)} folders of results"


def lede_of(chapters: tuple[Chapter, ...]) -> str:
    """The verdict in a sentence; of several folders each has its own."""
    if len(chapters) == 1:
        return gist(chapters[0].judgements)
    return "What they are, and what to think of each:"
