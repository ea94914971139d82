"""The chapter of a study: the Fibonacci study with what it shows, any other with its tables as they are; each with its figures."""

from collections.abc import Iterator

from reading.folders import ResultFolder
from reading.readouts.accuracy import divergence_readout
from reading.readouts.plain import plain_readout
from reading.readouts.readout import Readout
from reading.report.chapter import Chapter
from reading.report.judgements import Judgement
from reading.report.provenance import provenance_of
from reading.report.study_illustrations import study_illustrations
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
        illustrations=tuple(study_illustrations(study)),
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
