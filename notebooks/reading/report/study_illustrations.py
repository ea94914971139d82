"""The figures of a study, by the tables that it has."""

from collections.abc import Callable, Iterator

from reading.figures.accuracy import bounds_and_gaps, correct_digits, ulp_error
from reading.figures.error_sources import contributions
from reading.figures.growth import cost_against_size, cost_of_measuring
from reading.figures.knee import knee_curve
from reading.figures.queueing import waits_and_theory
from reading.figures.recovery import recovery_by_monitors
from reading.figures.scale import cost_over_servers
from reading.figures.timings import time_against_n
from reading.folders import ResultFolder
from reading.report.chapter import Illustration


def study_illustrations(study: ResultFolder) -> Iterator[Illustration]:
    """A study's figures; none of one whose tables nobody knows how to draw."""
    for table, illustrations in _KNOWN.items():
        if study.has(table):
            yield from illustrations(study)


def _fibonacci(study: ResultFolder) -> Iterator[Illustration]:
    accuracy = study.table("accuracy")
    yield Illustration(
        "ulp-error",
        "How wrong",
        "The error before the last rounding in units in the last place, against n, by precision, with the bound that is "
        "derived, and with half of the way to the next integer.",
        lambda page: ulp_error(accuracy, page=page),
    )
    yield Illustration(
        "correct-digits",
        "How many digits are right",
        "Leading decimal digits that are right, against n, by precision, with how many the bound that is derived promises.",
        lambda page: correct_digits(accuracy, page=page),
    )
    yield Illustration(
        "bounds",
        "The bound, and what was measured",
        "The first wrong n against the bits of the significand, with the bound below which every n is proven right.",
        lambda page: bounds_and_gaps(study.table("bounds"), page=page),
    )
    yield Illustration(
        "error-sources",
        "Where the error comes from",
        "What each step of the formula contributes to the error, with its sign, against n.",
        lambda page: contributions(study.table("error_sources"), page=page),
    )
    yield Illustration(
        "timings",
        "What it costs",
        "Median time of a call against n. A ring marks where one algorithm overtakes another, its letter which one.",
        lambda page: time_against_n(study.table("timings"), study.table("crossovers"), study.table("growth"), page=page),
    )


def _growth(study: ResultFolder) -> Iterator[Illustration]:
    yield Illustration(
        "costs",
        "What a task costs as the queue grows",
        "Time and processors a task against what is varied, law by law: a point a trial, a line through the medians. Above each is "
        "the power b of the size with which the time grows, and its standard error.",
        lambda page: cost_against_size(study.table("growth_trials"), study.optional("exponents"), page=page),
    )


def _scale(study: ResultFolder) -> Iterator[Illustration]:
    yield Illustration(
        "servers",
        "What a task costs over servers and shards",
        "Processor time of all servers and of the workers, and bytes between them, at a pace, by servers × shards: a point a "
        "trial, a line through the medians of each claim.",
        lambda page: cost_over_servers(study.table("scale_trials"), page=page),
    )


def _measuring(study: ResultFolder) -> Iterator[Illustration]:
    yield Illustration(
        "measuring",
        "What measuring costs",
        "Drains of a backlog with journals and without, in turn: a line a pair, a stroke the median.",
        lambda page: cost_of_measuring(study.table("measuring"), page=page),
    )


def _queueing(study: ResultFolder) -> Iterator[Illustration]:
    yield Illustration(
        "waits",
        "Waits, measured and predicted",
        "Mean and 99th percentile of the wait against the load: points are measured, lines are the model's. Below or beside it "
        "measured ÷ predicted, with what chance makes of the means.",
        lambda page: waits_and_theory(study.table("queueing"), page=page),
    )


def _recovery(study: ResultFolder) -> Iterator[Illustration]:
    yield Illustration(
        "recovery",
        "How soon orphans are put back, and what others feel of it",
        "By the number of monitors that start at once: the time until every task was put back, and how long a worker waits for "
        "Redis' answers meanwhile. A point is a trial, a line goes through the medians; percentiles are never averaged, so of an "
        "even number of them it goes through the lower middle one.",
        lambda page: recovery_by_monitors(study.table("recovery"), page=page),
    )


def _knee(study: ResultFolder) -> Iterator[Illustration]:
    check, search = study.row("knee_check"), ResultFolder(study.path / "knee", study.dictionary)
    yield Illustration(
        "knee",
        "The knee that was found, and the one that is known",
        "Each probe of the search is a point, filled where it met the objective. The dashed line is the knee that was found, the "
        "thick dotted one that which theory knows.",
        lambda page: knee_curve(search.table("knee"), search.manifest["workload"], known_per_s=float(check.known_per_s), page=page),
    )


_KNOWN: dict[str, Callable[[ResultFolder], Iterator[Illustration]]] = {
    "divergence": _fibonacci,
    "growth_trials": _growth,
    "scale_trials": _scale,
    "measuring": _measuring,
    "queueing": _queueing,
    "recovery": _recovery,
    "knee_check": _knee,
}
