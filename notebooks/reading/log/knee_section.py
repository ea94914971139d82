"""What the log says of a search for a knee."""

from reading.folders import ResultFolder
from reading.log.section import Section
from reading.log.sources import source_of
from reading.readouts.knee import knee_readout
from reading.report.knee_chapter import knee_chapter


def knee_section(search: ResultFolder, name: str) -> Section:
    """Where the knee is, and what lies before and behind it."""
    facts = {
        "search": search.manifest["workload"],
        "probes": len(search.table("knee")),
        "table": knee_readout(search).markdown(),
    }
    return Section(name, "knee.md.j2", source_of(search), facts, knee_chapter(search, name).illustrations)
