"""The program and the pages say the same: `fibq report --markdown` held against the tables of a folder's chapter.

Needs the program, so it has a tier of its own that builds it first: `make check-parity`.
"""

import subprocess

import pytest

from reading.folders import ResultFolder
from reading.report.chapters import chapter_of
from reading.repository import ROOT

FIBQ = ROOT / ".build" / "release" / "fibq"

FOLDERS = {
    "a run with messages": "20261125-044912-48a8",
    "a run with faults": "soak",
    "a run on an instance": "t2-small-throttled/c003-r1",
    "a sweep, by run": "io",
    "a sweep, by cell": "identical",
    "a sweep over rates": "t2-small",
    "a sweep with faults": "faults",
    "a sweep with losses": "durability",
    "a sweep with failovers": "failover",
    "a run on several hosts": "hosts",
    "a search for the knee": "knee-check/knee",
}

Table = tuple[str, tuple[str, ...]]
"""A title, and the lines of a table in Markdown."""


@pytest.mark.parametrize("name", FOLDERS.values(), ids=FOLDERS)
def test_the_program_and_the_page_say_the_same(name: str) -> None:
    printed = subprocess.run(
        [FIBQ, "report", "--markdown", f"results/{name}"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    readouts = filter(None, chapter_of(ResultFolder(f"results/{name}")).readouts)
    shown = [table(readout.title, readout.markdown().splitlines()) for readout in readouts]
    # A page begins with what matters most to a reader, so the order is its own.
    assert sorted(tables(printed.stdout)) == sorted(shown)


def table(title: str, lines: list[str]) -> Table:
    """The title, and the lines with rules as `Readout` writes them."""
    rows = (line.replace("---:", "--:") if set(line) <= set("|-:") else line for line in lines if line.startswith("|"))
    return title, tuple(rows)


def tables(markdown: str) -> list[Table]:
    """The tables of a page in Markdown, each with the heading above it."""
    sections = (section.splitlines() for section in f"\n{markdown}".split("\n### ")[1:])
    return [found for title, *lines in sections if (found := table(title, lines))[1]]


def test_a_table_that_differs_would_be_found() -> None:
    page = "## a\n\n### Tasks\n\n| kind | n |\n|---|---:|\n| a | 1 |\n\n### None\n\ntext\n"
    assert tables(page) == [("Tasks", ("| kind | n |", "|---|--:|", "| a | 1 |"))]
    assert tables(page) != tables(page.replace("| 1 |", "| 2 |"))
