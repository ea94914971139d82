"""The chapter of a run."""

from collections.abc import Iterator

from reading.faults import faults_of
from reading.figures.credits import credit_curves
from reading.figures.losses import time_to_mend
from reading.figures.percentiles import latency_percentiles
from reading.figures.time_split import time_split
from reading.figures.timeline import timeline
from reading.folders import ResultFolder
from reading.readouts.clocks import clocks_readout
from reading.readouts.faults import run_faults_readout
from reading.readouts.readout import Readout
from reading.readouts.run import run_readouts, summary_of
from reading.report.chapter import Chapter, Illustration
from reading.report.provenance import provenance_of
from reading.report.run_judgements import run_judgements


def run_chapter(run: ResultFolder, anchor: str) -> Chapter:
    """Verdict, tables, figures and provenance of a run."""
    summary = summary_of(run)
    setup = (
        f"A run by {summary.protocol} with durability {summary.durability} over {summary.transport}: {summary.arrival}, "
        f"{summary.workers} × {summary.slots} slots, claims of {summary.claim}"
    )
    return Chapter(
        anchor=anchor,
        title=run.name,
        subtitle=f"{setup}.",
        judgements=run_judgements(summary, run.manifest),
        readouts=(*run_readouts(run), *_faults(run), clocks_readout(run.optional("clocks"))),
        illustrations=tuple(_illustrations(run)),
        provenance=provenance_of(run),
        left_out=tuple(_left_out(run)),
    )


def _faults(run: ResultFolder) -> tuple[Readout, ...]:
    return (run_faults_readout(faults_of([run])),) if run.has("faults") else ()


def _illustrations(run: ResultFolder) -> Iterator[Illustration]:
    yield Illustration(
        "latency",
        "How late",
        "Latency percentiles by kind of task, on axes on which each further nine has the same room. “Intended to end” counts "
        "from the instant at which the schedule wanted a task sent, “sent to end” from its sending, which hides what kept it.",
        lambda page: latency_percentiles(run.table("latency"), page=page),
    )
    yield Illustration(
        "timeline",
        "Second by second",
        "Tasks sent and acked, tasks that waited and that were in flight, and what else there was of credits and faults, on "
        "one axis of time.",
        lambda page: timeline(run.table("intervals"), run.optional("credits"), run.optional("faults"), page=page),
    )
    yield Illustration(
        "time-split",
        "Where the time went",
        "A task's wall time on a worker, by kind of task: computing, waiting for Redis or gRPC, ready without a core, and "
        "what none of these accounts for.",
        lambda page: time_split(run.table("io"), page=page),
    )
    if run.has("credits"):
        yield Illustration(
            "credits",
            "CPU credits",
            "The balance, the processors that it allowed and those that were used, and what the kernel held back.",
            lambda page: credit_curves(run.table("credits"), run.table("summary"), page=page),
        )
    if run.has("faults"):
        yield Illustration(
            "mending",
            "How soon a fault was mended",
            "From a fault until the last task in hand was claimed anew, or acked after all: a point a fault.",
            lambda page: time_to_mend(faults_of([run]), page=page),
        )


def _left_out(run: ResultFolder) -> Iterator[str]:
    if not run.has("credits"):
        yield "no CPU credits, since no part of it was on a burstable instance"
    if not run.has("faults"):
        yield "no faults, since none was injected"
