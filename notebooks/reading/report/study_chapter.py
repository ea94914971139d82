"""The chapter of a study: the Fibonacci study with its figures, any other with its tables as they are."""

from collections.abc import Iterator

from reading.figures.accuracy import bounds_and_gaps, correct_digits, ulp_error
from reading.figures.error_sources import contributions
from reading.figures.timings import time_against_n
from reading.folders import ResultFolder
from reading.readouts.accuracy import divergence_readout
from reading.readouts.plain import plain_readout
from reading.readouts.readout import Readout
from reading.report.chapter import Chapter, Illustration
from reading.report.judgements import Judgement
from reading.report.provenance import provenance_of
from reading.report.study_judgements import ended_judgement, fibonacci_judgements

_LARGE = frozenset({"accuracy", "error_sources"})
"""Tables of thousands of rows, which are drawn and not listed."""


def study_chapter(study: ResultFolder, anchor: str) -> Chapter:
    """Verdict, tables, figures and provenance of a study."""
    is_fibonacci = study.has("divergence")
    return Chapter(
        anchor=anchor,
        title=study.name,
        subtitle=f"A study: {study.manifest['workload'].get('name', 'unnamed')}.",
        judgements=(ended_judgement(study.manifest), *(_judgements(study) if is_fibonacci else ())),
        readouts=tuple(_readouts(study)),
        illustrations=tuple(_illustrations(study)) if is_fibonacci else (),
        provenance=provenance_of(study),
    )


def _judgements(study: ResultFolder) -> tuple[Judgement, ...]:
    return fibonacci_judgements(study.table("divergence"), study.table("bounds"))


def _readouts(study: ResultFolder) -> Iterator[Readout]:
    if study.has("divergence"):
        yield divergence_readout(study.table("divergence"))
    else:
        for name in study.dictionary.tables:
            if study.has(name) and name not in _LARGE:
                yield plain_readout(study, name)


def _illustrations(study: ResultFolder) -> Iterator[Illustration]:
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
        "Leading decimal digits that are right, against n, by algorithm and precision.",
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
        "Median time of a call against n. A ring marks where one algorithm overtakes another.",
        lambda page: time_against_n(study.table("timings"), study.table("crossovers"), study.table("growth"), page=page),
    )
