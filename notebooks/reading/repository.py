"""Where the repository is, so that paths in notebooks and on command lines are relative to its root."""

from os.path import normpath
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The repository's root."""


def located(path: str | Path) -> Path:
    """A path as named, from the repository's root unless it is absolute."""
    return ROOT / path


def shown(path: Path) -> str:
    """A path as people write it: relative to the repository's root where it is inside."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def flat_name(path: str | Path) -> str:
    """A name for what is made of a folder: its path below `results/`, or below the root, with hyphens between its parts.

    Folders of several sweeps have the same names, so the last part alone would not do; of a folder elsewhere it must.
    """
    folder = Path(normpath(located(path)))
    for above in (ROOT / "results", ROOT):
        if folder != above and folder.is_relative_to(above):
            return "-".join(folder.relative_to(above).parts).lstrip(".")
    return folder.name
