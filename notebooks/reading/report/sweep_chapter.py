"""The chapter of a sweep, with faults or without."""

from collections.abc import Iterator

from reading.dictionary import AXIS_PREFIX
from reading.faults import faults_of
from reading.figures.cells import cells_and_medians
from reading.figures.credits import credit_curves
from reading.figures.durability import cost_of_durability, loss_by_durability
from reading.figures.failover import standstill
from reading.figures.losses import loss_matrix, time_to_mend
from reading.figures.slots import slots_curve
from reading.figures.sustained import rate_by_credits, sustained
from reading.figures.sweep import RATE, rate_curves
from reading.folders import ResultFolder
from reading.plans import runs_a_rate
from reading.readouts.failover import failover_readout
from reading.readouts.faults import sweep_faults_readout
from reading.readouts.readout import Readout
from reading.readouts.sustained import sustained_readout
from reading.readouts.sweep import axes_of, sweep_readout
from reading.report.chapter import Chapter, Illustration
from reading.report.provenance import provenance_of
from reading.report.sweep_judgements import sweep_judgements

_MOST_CURVES = 24
"""Of more runs the curves of their credits can't be told apart."""

_MOST_CELLS = 40
"""Of more cells the rows are too many for a page."""


def sweep_chapter(sweep: ResultFolder, anchor: str) -> Chapter:
    """Verdict, tables, figures and provenance of a sweep."""
    cells = sweep.table("cells")
    illustrations = _of_faults(sweep) if sweep.has("faults") else _of_figures(sweep)
    return Chapter(
        anchor=anchor,
        title=sweep.name,
        subtitle=_subtitle(sweep),
        judgements=sweep_judgements(cells),
        readouts=tuple(_readouts(sweep)),
        illustrations=tuple(illustrations),
        provenance=provenance_of(sweep),
    )


def _subtitle(sweep: ResultFolder) -> str:
    axes = axes_of(sweep.table("cells"))
    what = "A sweep with faults" if sweep.has("faults") else "A sweep"
    description = sweep.manifest["workload"].get("description", "")
    return " ".join(filter(None, (f"{what} over {' × '.join(axes)}.", description)))


def _readouts(sweep: ResultFolder) -> Iterator[Readout]:
    if sweep.has("failover"):
        yield failover_readout(sweep.table("failover"))
    elif sweep.has("faults"):
        yield sweep_faults_readout(sweep.table("cells"), sweep.table("faults"))
    else:
        yield from filter(None, (sustained_readout(sweep), sweep_readout(sweep)))


def _of_faults(sweep: ResultFolder) -> Iterator[Illustration]:
    faults = faults_of([sweep])
    yield Illustration(
        "losses",
        "What was lost",
        "By fault and protocol: acknowledged tasks lost, of how many faults, and executions beyond a task's first. The more "
        "were lost by a fault, the darker.",
        lambda page: loss_matrix(faults, page=page),
    )
    if faults.durability.nunique() > 1:
        yield Illustration(
            "losses-by-durability",
            "What each durability loses",
            "Acknowledged tasks lost by a fault, a point a fault; the stroke is the median, and the thick line its interval.",
            lambda page: loss_by_durability(faults, page=page),
        )
    if sweep.has("failover"):
        yield Illustration(
            "standstill",
            "How long work stood still",
            "Where Redis has replicas: the time without an ack at each fault, a point a fault, filled where it lost acknowledged "
            "tasks; the stroke is the median.",
            lambda page: standstill(faults, page=page),
        )
    yield Illustration(
        "mending",
        "How soon it was mended",
        "From a fault until the last task in hand was claimed anew, or acked after all: a point a fault.",
        lambda page: time_to_mend(faults, page=page),
    )


def _of_figures(sweep: ResultFolder) -> Iterator[Illustration]:
    cells = sweep.table("cells")
    if RATE in cells:
        yield Illustration(
            "rates",
            "Throughput and latency",
            "The 99th percentile from the intended start to the end against what was acked, as the rate grows: a point a run, "
            "a line through the medians, or of fewer than three runs through the worst. Where a line turns back, more was asked "
            "than could be done.",
            lambda page: rate_curves(cells, page=page),
        )
        yield Illustration(
            "sustained",
            "What is sustained",
            "The greatest rate at which the backlog of no run grew, and how far it is to the least at which one did.",
            lambda page: sustained(sweep.optional("sustained"), runs_a_rate(sweep.manifest), page=page),
        )
    if f"{AXIS_PREFIX}credits" in cells and (cells.arrival == "backlog").any():
        yield Illustration(
            "rate-by-credits",
            "Throughput by credits",
            "What was acked by where the CPU credits began: a point a run, a stroke the median.",
            lambda page: rate_by_credits(cells, page=page),
        )
    if f"{AXIS_PREFIX}slots" in cells and cells.predicted_per_s.notna().any():
        yield Illustration(
            "slots",
            "Measured and predicted",
            "Tasks a second against slots, measured (points) and predicted from the run with one slot (lines).",
            lambda page: slots_curve(cells, page=page),
        )
    if f"{AXIS_PREFIX}arrival" in cells and cells.durability.nunique() > 1:
        yield Illustration(
            "costs-by-durability",
            "What each durability costs",
            "Throughput of a backlog, and latency where tasks come at a pace: a point a run, a stroke the median.",
            lambda page: cost_of_durability(cells, page=page),
        )
    credit = sweep.gathered("credits")
    if 0 < credit.groupby(["cell_id", "repetition"]).ngroups <= _MOST_CURVES:
        yield Illustration(
            "credits",
            "CPU credits",
            "The balance, the processors that it allowed and those that were used, and what the kernel held back, of every run.",
            lambda page: credit_curves(credit, cells, page=page),
        )
    if RATE not in cells and cells.cell_id.nunique() <= _MOST_CELLS:
        yield Illustration(
            "cells",
            "Every run",
            "Throughput and latency by cell: a point a run, the stroke the median where one run is in the middle, and where "
            "there are enough runs the thick line its 95 % interval.",
            lambda page: cells_and_medians(cells, page=page),
        )
