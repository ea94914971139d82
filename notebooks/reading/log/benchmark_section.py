"""What the log says of the queue held against C."""

from pathlib import Path

import pandas as pd

from reading.comparisons import read_pairs
from reading.figures.ratios import ratios_to_c
from reading.log.entry import Source
from reading.log.section import Section
from reading.problems import MissingFile
from reading.readouts.cells import count, number
from reading.readouts.readout import Readout, names, numbers
from reading.report.chapter import Illustration
from reading.repository import flat_name, located


def is_benchmark(folder: Path) -> bool:
    """Whether a folder is one of `make bench-queue`, which has no manifest."""
    return (folder / "pairs.csv").is_file() and not (folder / "manifest.json").is_file()


def benchmark_section(path: str) -> Section:
    """Ours against C, comparison by comparison."""
    pairs = read_pairs(path)
    medians = pairs.groupby("compared", sort=False).ratio.median()
    facts = {
        "table": _table(pairs).markdown(),
        "comparisons": len(medians),
        "pairs": pairs.groupby("compared").size().min(),
        "worst": medians.idxmin(),
        "worst_ratio": medians.min(),
        "best": medians.idxmax(),
        "best_ratio": medians.max(),
        "ahead": int((medians >= 1).sum()),
    }
    figure = Illustration(
        "ratios",
        "Ours against C",
        "Tasks a second, ours ÷ C: a point a pair, a stroke the median.",
        lambda page: ratios_to_c(pairs, page=page),
    )
    return Section(flat_name(path), "benchmark.md.j2", _source(path), facts, (figure,))


def _table(pairs: pd.DataFrame) -> Readout:
    rows = tuple(
        (
            f"`{compared}`",
            count(len(group)),
            number(group.queue_per_s.median()),
            number(group.c_per_s.median()),
            f"{number(group.ratio.median())} ({number(group.ratio.min())} to {number(group.ratio.max())})",
        )
        for compared, group in pairs.groupby("compared", sort=False)
    )
    return Readout("", names("compared") + numbers("pairs", "ours, tasks/s", "C, tasks/s", "ours ÷ C"), rows)


def _source(path: str) -> Source:
    """The commit and the day, which stand in a text beside the table."""
    file = located(path) / "pairs.txt"
    if not file.is_file():
        raise MissingFile(file, "it says when and of what commit the pairs are")
    fields = dict(line.split(": ", 1) for line in file.read_text(encoding="utf-8").splitlines() if ": " in line)
    return Source(path, "none", fields["commit"], fields["measured_at"][:10])
