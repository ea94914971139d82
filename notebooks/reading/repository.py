"""Where the repository is, so that paths in notebooks and on command lines are relative to its root."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The repository's root."""


def located(path: str | Path) -> Path:
    """A path as named, from the repository's root unless it is absolute."""
    return ROOT / path


def shown(path: Path) -> str:
    """A path as people write it: relative to the repository's root where it is inside."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
