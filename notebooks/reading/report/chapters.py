"""Chapters by what their folders are."""

import re

from reading.folders import ResultFolder
from reading.report.chapter import Chapter
from reading.report.knee_chapter import knee_chapter
from reading.report.run_chapter import run_chapter
from reading.report.study_chapter import study_chapter
from reading.report.sweep_chapter import sweep_chapter

_MAKERS = {"run": run_chapter, "sweep": sweep_chapter, "knee": knee_chapter, "study": study_chapter}


def chapter_of(folder: ResultFolder) -> Chapter:
    """What a page says of that folder."""
    return _MAKERS[folder.kind](folder, anchor_of(folder))


def anchor_of(folder: ResultFolder) -> str:
    """A name for the folder's place within a page, in letters, digits and hyphens."""
    return "of-" + re.sub(r"[^a-zA-Z0-9]+", "-", folder.name).strip("-")
