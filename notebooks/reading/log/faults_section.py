"""What the log says of a sweep with faults."""

import pandas as pd

from reading.faults import faults_of, outcome, tally
from reading.figures.rows import in_order
from reading.folders import ResultFolder
from reading.log.section import Losses, Section
from reading.log.sources import source_of
from reading.readouts.cells import count, time_s
from reading.readouts.faults import nearest_rank
from reading.readouts.readout import Readout, names, numbers
from reading.report.sweep_chapter import sweep_chapter
from reading.statistics import CONFIDENCE, most_of_none
from reading.style import PROTOCOLS

_FEWEST_TIMES = 100
"""Of fewer times all but one in a hundred are all of them."""


def faults_section(sweep: ResultFolder, name: str) -> Section:
    """What each protocol lost and ran twice, by fault, and how soon it was mended."""
    cells = sweep.table("cells")
    faults = faults_of([sweep])
    protocols = in_order(faults.protocol, PROTOCOLS)
    facts = {
        "name": sweep.manifest["workload"].get("name", name),
        "faults": len(faults),
        "runs": len(cells),
        "durabilities": in_order(faults.durability, ()),
        "plans": faults.plan.nunique(),
        "table": _matrix(faults, protocols).markdown(),
        "by_protocol": [_of(protocol, faults[faults.protocol == protocol]) for protocol in protocols],
        "confidence": CONFIDENCE,
        "placed_twice": tally(cells.messages_placed_twice[cells.messages_placed.notna()]),
        "placed": cells.messages_placed.sum(),
    }
    losses = Losses(int(cells.sent.sum()), tally(cells.lost), tally(cells["duplicated"]))
    return Section(name, "faults.md.j2", source_of(sweep), facts, sweep_chapter(sweep, name).illustrations, losses)


def _of(protocol: str, faults: pd.DataFrame) -> dict[str, object]:
    """How often a protocol was hit, and what that did."""
    found = outcome(faults)
    times = found.mended_s
    return {
        "protocol": protocol,
        "faults": found.faults,
        "lost": found.lost,
        "again": found.duplicated,
        "timed": len(times),
        "p99_s": nearest_rank(times, 0.99) if len(times) >= _FEWEST_TIMES else None,
        "longest_s": max(times, default=None),
        "judged": found.judged,
        "most_of_none": most_of_none(found.judged) if found.judged else None,
    }


def _matrix(faults: pd.DataFrame, protocols: list[str]) -> Readout:
    """A line a fault, a column a protocol: faults, tasks lost, second executions, and how soon it was mended."""
    rows = tuple(
        (f"`{plan}`", *(_cell(group[group.protocol == protocol]) for protocol in protocols))
        for plan, group in faults.groupby("plan", sort=False)
    )
    return Readout("", names("fault") + numbers(*(f"`{protocol}`" for protocol in protocols)), rows)


def _cell(faults: pd.DataFrame) -> str:
    if faults.empty:
        return "not tried"
    found = outcome(faults)
    mended = f", {time_s(max(found.mended_s))}" if found.mended_s else ""
    return f"{count(found.faults)}: {found.lost}, {found.duplicated}{mended}"
