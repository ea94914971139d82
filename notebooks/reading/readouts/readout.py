"""A table for people: text in cells, names to the left and numbers to the right."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A column's title, and whether its values are numbers, which keep to the right."""

    title: str
    is_number: bool = True


def names(*titles: str) -> tuple[Heading, ...]:
    """Headings of columns that hold names."""
    return tuple(Heading(title, is_number=False) for title in titles)


def numbers(*titles: str) -> tuple[Heading, ...]:
    """Headings of columns that hold numbers."""
    return tuple(Heading(title) for title in titles)


@dataclass(frozen=True)
class Readout:
    """A titled table of text; one without rows is not shown."""

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.headings):
                raise ValueError(f"{self.title}: {len(row)} cells under {len(self.headings)} headings")

    def __bool__(self) -> bool:
        return bool(self.rows)

    def markdown(self) -> str:
        """The table as GitHub's Markdown has it, without its title and without a line break at its end."""
        rule = "|".join("--:" if heading.is_number else "---" for heading in self.headings)
        lines = [_line(heading.title for heading in self.headings), f"|{rule}|", *map(_line, self.rows)]
        return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
