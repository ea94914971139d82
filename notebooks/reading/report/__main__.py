"""`python -m reading.report RUN… --out FOLDER`: a page of one or more folders of results."""

import argparse
import os
import sys

from reading.folders import ResultFolder
from reading.problems import ReadingProblem
from reading.readouts.overview import overview_readout
from reading.report.chapters import chapter_of
from reading.report.output import PAGE, write_report
from reading.repository import flat_name, located, shown

UNREADABLE = 65
"""The exit code for results that cannot be read (EX_DATAERR)."""


def main(arguments: list[str]) -> int:
    """Writes the report and says where it is, or says in one line why there is none."""
    options = _parser().parse_args(arguments)
    target = located(options.out) if options.out else located(".build/report") / _name(options.runs)
    try:
        folders = tuple(ResultFolder(run) for run in options.runs)
        runs = tuple(folder for folder in folders if folder.kind == "run")
        overview = overview_readout(runs if len(runs) > 1 else ())
        write_report(tuple(map(chapter_of, folders)), overview, target)
    except ReadingProblem as problem:
        print(f"report: {problem}", file=sys.stderr)
        return UNREADABLE
    print(shown(target / PAGE))
    return os.EX_OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m reading.report", description=__doc__)
    parser.add_argument("runs", nargs="+", metavar="RUN", help="a folder of results: a run, a sweep, a search or a study")
    parser.add_argument("--out", metavar="FOLDER", help="where to write it (.build/report/<name>)")
    return parser


def _name(runs: list[str]) -> str:
    """The folders' names, as many as a file name can bear."""
    names = [flat_name(run) for run in runs]
    return names[0] if len(names) == 1 else f"{names[0]}-and-{len(names) - 1}-more"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
