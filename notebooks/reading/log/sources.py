"""Where a section's numbers come from."""

from reading.folders import ResultFolder
from reading.log.entry import Source


def source_of(folder: ResultFolder) -> Source:
    """The folder, its run and commit, and the day on which it began."""
    manifest = folder.manifest
    return Source(folder.name, manifest["run_id"], manifest["commit"], manifest["started_at"][:10])
