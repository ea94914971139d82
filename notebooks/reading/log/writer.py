"""Entries as files: a new one, and one that is made anew."""

import re
import unicodedata
from pathlib import Path

from reading import render
from reading.drawings import is_same_drawing
from reading.log import blanks
from reading.log.entry import Entry
from reading.log.problems import EditedEntry, LostBlanks, SameName
from reading.log.section import Section
from reading.log.sections import section_of
from reading.log.writing import Told, body, told

TAGS = ("redis", "queue", "measurements")
"""What every entry is tagged with; the author may change it."""


def write_entry(log: Path, runs: list[str], title: str, slug: str, force: bool) -> Path:
    """Writes the entry of these folders to the log, named for the last day on which one was measured.

    Without a title it keeps that which it had. What the author wrote into blanks stays; raises `EditedEntry` where
    something else was edited, and `LostBlanks` where such a blank has no place any more, unless forced to lose that.
    """
    sections = tuple(section_of(run) for run in runs)
    date = max(section.source.date for section in sections)
    file = log / f"{date}-{slug or slug_of(title or default_title(sections))}.md"
    _write(file, sections, title, force)
    return file


def rewrite_entry(file: Path, force: bool) -> Path:
    """Makes an entry anew from the folders that it names."""
    entry = Entry.read(file)
    _write(file, tuple(section_of(source.folder) for source in entry.sources), "", force)
    return file


def default_title(sections: tuple[Section, ...]) -> str:
    """What an entry is called that nobody gave a title."""
    return f"Notes on {sections[0].name}"


def slug_of(title: str) -> str:
    """A title as the name of a file: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _write(file: Path, sections: tuple[Section, ...], title: str, force: bool) -> None:
    """Writes entry and figures; raises `EditedEntry` or `LostBlanks` rather than lose what the author wrote, or `SameName`."""
    _require_distinct_names(sections)
    before = Entry.read(file) if file.exists() else None
    if before and before.is_edited and not force:
        raise EditedEntry(file)
    tellings = tuple(told(section, file.stem) for section in sections)
    text = body(sections, tellings)
    if before and not force and (names := blanks.without_place(before.body, text)):
        raise LostBlanks(file, names)
    sources = tuple(section.source for section in sections)
    entry = Entry(
        title=title or (before.title if before else default_title(sections)),
        date=file.name[:10],
        tags=before.tags if before else TAGS,
        sources=sources,
        generated=blanks.checksum(text),
        body=blanks.filled(text, blanks.texts(before.body)) if before else text,
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    _write_figures(file.with_suffix(""), tellings, before)
    file.write_text(entry.text(), encoding="utf-8")


def _require_distinct_names(sections: tuple[Section, ...]) -> None:
    """Raises `SameName` where the figures of one folder would take the place of another's."""
    names = [section.name for section in sections]
    if repeated := [name for name in names if names.count(name) > 1]:
        raise SameName(repeated[0])


def _write_figures(folder: Path, tellings: tuple[Told, ...], before: Entry | None) -> None:
    """The figures that the entry shows; those that it showed before and does not now are removed, the author's own are not."""
    figures = {name: render.svg(figure) for each in tellings for name, figure in each.figures.items()}
    folder.mkdir(exist_ok=True)
    for name in _figures_of(before, folder.name) - set(figures):
        (folder / name).unlink(missing_ok=True)
    for name, image in figures.items():
        _draw(folder / name, image)


def _figures_of(entry: Entry | None, folder: str) -> set[str]:
    """The figures that an entry shows outside of its blanks."""
    text = blanks.emptied(entry.body) if entry else ""
    return set(re.findall(rf"\]\({re.escape(folder)}/([\w.-]+)\)", text))


def _draw(file: Path, image: bytes) -> None:
    """Writes an image, unless the same drawing is there as another processor has rounded it."""
    if not file.exists() or not is_same_drawing(file.read_bytes(), image):
        file.write_bytes(image)
