"""What figures ask of frames."""

import pandas as pd

from reading.problems import NothingToShow


def some(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    """The frame, which must have rows: else `NothingToShow` says that there is nothing of what they are."""
    if frame.empty:
        raise NothingToShow(f"there are no {what}")
    return frame


def usable(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of a sweep whose run was done, and whose generator kept up."""
    return cells[cells.status == "done"]


def in_order(values: pd.Series, first: tuple[str, ...]) -> list[str]:
    """The distinct values: those of a known order first and in it, the others as they come."""
    distinct = list(dict.fromkeys(values))
    return [name for name in first if name in distinct] + [name for name in distinct if name not in first]
