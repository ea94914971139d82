"""Everything of a report as files: the page, its figures one by one, and a PDF of all of them."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from reading import render
from reading.problems import NothingToShow, ReadingProblem
from reading.readouts.readout import Readout
from reading.report import page
from reading.report.chapter import Chapter, Illustration
from reading.report.drawing import inline
from reading.report.page import Drawing
from reading.repository import shown
from reading.style import LAPTOP, PHONE

PAGE = "index.html"
"""The page's file."""

FIGURES = "figures.pdf"
"""The file that has every figure, a page each."""


class OccupiedFolder(ReadingProblem):
    """A folder, or a file in it, that a report would take the place of, and that is something else."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"{shown(place)} is there and is no report: name another folder with OUT=")


@dataclass(frozen=True)
class _Drawn:
    """An illustration's figures for both pages; its file is named for its chapter where there are several."""

    illustration: Illustration
    file: str
    wide: Figure
    narrow: Figure


def write_report(chapters: tuple[Chapter, ...], overview: Readout, folder: Path) -> None:
    """Writes the report to the folder, in the place of an earlier one; where that cannot be drawn, the earlier one stays.

    Of the folder only what an earlier report wrote is removed. Raises `OccupiedFolder` where there is no report in it, or
    where another file has a name that the report needs.
    """
    earlier = _files_of_earlier(folder)
    drawn = {}
    for place, chapter in enumerate(chapters):
        drawn[chapter.anchor], left_out = _drawn(chapter, f"{chapter.anchor}-" if len(chapters) > 1 else "")
        chapters = (*chapters[:place], replace(chapter, left_out=(*chapter.left_out, *left_out)), *chapters[place + 1 :])
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".report-") as unfinished:
        finished = Path(unfinished) / "report"
        finished.mkdir()
        _write(chapters, overview, drawn, finished)
        _put(finished, folder, earlier)


def _files_of_earlier(folder: Path) -> set[str]:
    """The names of the files that an earlier report may have written, as its page tells; none where there is room for a first."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return set()
    earlier = folder / PAGE
    text = earlier.read_text(encoding="utf-8", errors="replace") if earlier.is_file() else ""
    if page.MARK not in text:
        raise OccupiedFolder(folder)
    figures = re.findall(r'<figure id="([\w-]+)">', text)
    return {PAGE, *([FIGURES] if figures else []), *(f"{name}.{form}" for name in figures for form in ("svg", "png"))}


def _put(finished: Path, folder: Path, earlier: set[str]) -> None:
    """Moves the finished files to the folder, and removes those of the earlier report that are none of them."""
    files = {file.name for file in finished.iterdir()}
    for name in sorted(files - earlier):
        if (folder / name).exists():
            raise OccupiedFolder(folder / name)
    folder.mkdir(exist_ok=True)
    for name in sorted(files):
        (finished / name).replace(folder / name)
    for name in earlier - files:
        (folder / name).unlink(missing_ok=True)


def _drawn(chapter: Chapter, prefix: str) -> tuple[tuple[_Drawn, ...], tuple[str, ...]]:
    """The chapter's figures, and of those that would be made of nothing, why they are left out."""
    drawn, left_out = [], []
    for each in chapter.illustrations:
        try:
            drawn.append(_Drawn(each, f"{prefix}{each.name}", each.draw(LAPTOP), each.draw(PHONE)))
        except NothingToShow as nothing:
            left_out.append(f"“{each.title}”: {nothing}")
    return tuple(drawn), tuple(left_out)


def _write(chapters: tuple[Chapter, ...], overview: Readout, drawn: dict[str, tuple[_Drawn, ...]], folder: Path) -> None:
    drawings = {}
    with PdfPages(folder / FIGURES, metadata={"CreationDate": None, "Producer": None, "Creator": None}) as pdf:
        for anchor, figures in drawn.items():
            drawings[anchor] = tuple(_drawing(figure, folder) for figure in figures)
            for figure in figures:
                pdf.savefig(figure.wide)
    if not any(drawings.values()):
        (folder / FIGURES).unlink(missing_ok=True)
    (folder / PAGE).write_text(page.rendered(chapters, drawings, overview), encoding="utf-8")


def _drawing(drawn: _Drawn, folder: Path) -> Drawing:
    """A figure for the page; its files are written on the way."""
    wide, narrow = render.svg(drawn.wide), render.svg(drawn.narrow)
    (folder / f"{drawn.file}.svg").write_bytes(wide)
    (folder / f"{drawn.file}.png").write_bytes(render.png(drawn.wide))
    told = drawn.illustration
    description = f"{told.title}. {told.caption}"
    return Drawing(
        name=drawn.file,
        title=told.title,
        caption=told.caption,
        wide=inline(wide.decode("utf-8"), f"{drawn.file}-wide", description),
        narrow=inline(narrow.decode("utf-8"), f"{drawn.file}-narrow", description),
    )
