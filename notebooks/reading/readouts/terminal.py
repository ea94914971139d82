"""A table as `fibq` prints it in a terminal: names to the left, numbers to the right, a thin rule under the header."""

from reading.readouts.readout import Heading, Readout

LONGEST_NAME = 20
"""The most characters of a name that are shown."""


def terminal_text(readout: Readout) -> str:
    """The title and the lines of a readout with rows, none of them ending in blanks."""
    titles = tuple(heading.title for heading in readout.headings)
    rows = [tuple(map(_shown, readout.headings, row)) for row in readout.rows]
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    rule = "──".join("─" * width for width in widths)
    lines = [_line(readout.headings, titles, widths), rule, *(_line(readout.headings, row, widths) for row in rows)]
    return "\n".join([readout.title, *(f"  {line}".rstrip() for line in lines)])


def _line(headings: tuple[Heading, ...], values: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(
        value.rjust(width) if heading.is_number else value.ljust(width)
        for heading, value, width in zip(headings, values, widths, strict=True)
    )


def _shown(heading: Heading, value: str) -> str:
    is_short = heading.is_number or len(value) <= LONGEST_NAME
    return value if is_short else value[: LONGEST_NAME - 1] + "…"
