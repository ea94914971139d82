"""`python -m reading.log RUN… --title TITLE` writes an entry of the log; without a RUN it makes those anew that are there."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from reading.log.writer import rewrite_entry, write_entry
from reading.problems import ReadingProblem
from reading.repository import located, shown

UNREADABLE = 65
"""The exit code for results that cannot be read, and for an entry that must not be overwritten (EX_DATAERR)."""


def main(arguments: list[str]) -> int:
    """Writes entries and says where they are, or says in one line why there is none."""
    options = _parser().parse_args(arguments)
    try:
        for file in _written(options):
            print(shown(file))
    except ReadingProblem as problem:
        print(f"log: {problem}", file=sys.stderr)
        return UNREADABLE
    return os.EX_OK


def _written(options: argparse.Namespace) -> Iterator[Path]:
    log = located(options.log)
    if options.runs:
        yield write_entry(log, options.runs, options.title, options.slug, options.force)
    else:
        for entry in sorted(log.glob("*.md")):
            yield rewrite_entry(entry, options.force)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m reading.log", description=__doc__)
    parser.add_argument("runs", nargs="*", metavar="RUN", help="a folder of results: a run, a sweep, a search or a study")
    parser.add_argument("--title", default="", help="the entry's title (Notes on <the first folder>)")
    parser.add_argument("--slug", default="", help="the entry's name after its date (made of the title)")
    parser.add_argument("--log", default="log", metavar="FOLDER", help="where entries are")
    parser.add_argument("--force", action="store_true", help="overwrite what was written where an entry has no blank now")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
