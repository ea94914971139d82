"""The chapter of a search for a knee."""

from reading.figures.knee import knee_curve
from reading.folders import ResultFolder
from reading.readouts.knee import knee_readout
from reading.report.chapter import Chapter, Illustration
from reading.report.provenance import provenance_of
from reading.report.sweep_judgements import knee_judgements


def knee_chapter(search: ResultFolder, anchor: str) -> Chapter:
    """Verdict, table, figure and provenance of a search for a knee."""
    workload, probes = search.manifest["workload"], search.table("knee")
    curve = Illustration(
        "knee",
        "Throughput and latency",
        "Each probe is a point, filled where it met the objective, and a line goes through the medians of those at one rate.",
        lambda page: knee_curve(probes, workload, page=page),
    )
    return Chapter(
        anchor=anchor,
        title=search.name,
        subtitle=f"A search for the highest rate with {workload.get('objective', 'its objective')}.",
        judgements=knee_judgements(workload, probes),
        readouts=(knee_readout(search),),
        illustrations=(curve,),
        provenance=provenance_of(search),
    )
