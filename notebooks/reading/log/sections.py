"""Sections by what their folders are."""

from collections.abc import Callable

from reading.folders import ResultFolder
from reading.log.benchmark_section import benchmark_section, is_benchmark
from reading.log.faults_section import faults_section
from reading.log.fibonacci_section import fibonacci_section
from reading.log.knee_section import knee_section
from reading.log.problems import NothingToTell
from reading.log.run_section import run_section
from reading.log.section import Section
from reading.log.sweep_section import sweep_section
from reading.repository import flat_name, located


def section_of(path: str) -> Section:
    """What the log says of that folder; raises `NothingToTell` of a study that it does not know."""
    if is_benchmark(located(path)):
        return benchmark_section(path)
    folder = ResultFolder(path)
    return _maker(folder)(folder, flat_name(path))


def _maker(folder: ResultFolder) -> Callable[[ResultFolder, str], Section]:
    match folder.kind:
        case "run":
            return run_section
        case "sweep":
            return faults_section if folder.has("faults") else sweep_section
        case "knee":
            return knee_section
        case _ if folder.has("divergence"):
            return fibonacci_section
        case kind:
            raise NothingToTell(folder.name, kind)
