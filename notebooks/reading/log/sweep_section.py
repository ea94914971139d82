"""What the log says of a sweep without faults."""

import pandas as pd

from reading.faults import Tally, tally
from reading.figures.rows import in_order, usable
from reading.figures.sweep import RATE
from reading.folders import ResultFolder
from reading.log.section import Losses, Section
from reading.log.sources import source_of
from reading.plans import runs_a_rate
from reading.readouts.sustained import sustained_readout
from reading.readouts.sweep import axes_of, sweep_readout
from reading.report.sweep_chapter import sweep_chapter

_MOST_CELLS = 40
"""A longer table of cells says nothing to a reader."""


def sweep_section(sweep: ResultFolder, name: str) -> Section:
    """What a sweep was over, and what came out: sustained rates where it went over rates, else its cells."""
    cells = sweep.table("cells")
    facts = {
        "name": sweep.manifest["workload"].get("name", name),
        "description": sweep.manifest["workload"].get("description", ""),
        "axes": axes_of(cells),
        "runs": len(cells),
        "a_rate": runs_a_rate(sweep.manifest) if RATE in cells else "",
        "cells": cells.cell_id.nunique(),
        "unusable": int((cells.status == "unusable").sum()),
        "failed": int((cells.status == "failed").sum()),
        "table": _table(sweep),
        "sustained": _sustained(sweep),
        "again": _again(cells),
        "instances": in_order(cells.instance.dropna(), ()),
        "off": _off(cells),
    }
    losses = Losses(int(cells.sent.sum()), tally(cells.lost), tally(cells["duplicated"]))
    return Section(name, "sweep.md.j2", source_of(sweep), facts, sweep_chapter(sweep, name).illustrations, losses)


def _table(sweep: ResultFolder) -> str:
    readout = sustained_readout(sweep) or sweep_readout(sweep)
    return readout.markdown() if len(readout.rows) <= _MOST_CELLS else ""


def _sustained(sweep: ResultFolder) -> list[dict[str, str]]:
    """What the sweep's first protocol and durability sustain of each kind of work; nothing for a sweep over no rates."""
    readout = sustained_readout(sweep)
    titles = [heading.title for heading in readout.headings]
    if not {"protocol", "durability", "mix"} <= set(titles):
        return []
    rows = [dict(zip(titles, row, strict=True)) for row in readout.rows]
    return [row for row in rows if all(row[axis] == rows[0][axis] for axis in ("instance", "protocol", "durability"))]


def _again(cells: pd.DataFrame) -> list[str]:
    """Executions beyond a task's first, by protocol, where there were any."""
    again = {protocol: tally(counts) for protocol, counts in cells.groupby("protocol", sort=False)["duplicated"]}
    return [_second_executions(protocol, number) for protocol, number in again.items() if not number.is_none]


def _second_executions(protocol: str, number: Tally) -> str:
    return f"{number} second executions by `{protocol}`" if number.counted else f"how often by `{protocol}` is not known"


def _off(cells: pd.DataFrame) -> float | None:
    """The largest difference of a measured throughput from the predicted one; none without predictions.

    One slot is what predictions are made of, so it is none of them.
    """
    rows = usable(cells).dropna(subset=["predicted_per_s", "acked_per_s"])
    rows = rows[(rows.predicted_per_s > 0) & (rows.slots > 1)]
    return None if rows.empty else float((rows.acked_per_s / rows.predicted_per_s - 1).abs().max())
