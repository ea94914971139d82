"""Labels of axes, with the unit that the data dictionary has."""

from reading.dictionary import dictionary


def labelled(text: str, table: str, column: str) -> str:
    """What an axis shows, and the unit of that column, such as `acked (tasks/s)`."""
    return f"{text} ({dictionary().table(table).unit(column)})"
