"""README.md, rendered from its templates and the committed results: `python -m reading.readme`."""

import sys
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reading.facts.default_run import default_run
from reading.facts.durability import durability
from reading.facts.everysec import everysec
from reading.facts.faults import faults
from reading.facts.fibonacci import fibonacci
from reading.facts.fibonacci_costs import fibonacci_costs
from reading.facts.growth import growth
from reading.facts.messages import messages
from reading.facts.peers import peers
from reading.facts.queue_benchmark import FASTER_HOUR, queue_benchmark
from reading.facts.queueing import identical, queueing
from reading.facts.recovery import recovery
from reading.facts.slots import slots
from reading.facts.soak import live_workers, soak
from reading.facts.t2_small import t2_small
from reading.facts.throttled import throttled
from reading.filters import ENVIRONMENT_FILTERS
from reading.problems import ReadingProblem
from reading.repository import ROOT

TEMPLATES = Path(__file__).parent / "templates"
"""Where the templates are: `README.md.j2`, and its sections in `readme/`."""

README = ROOT / "README.md"
"""What is rendered."""

SUBJECTS: dict[str, Callable[[], object]] = {
    "run": default_run,
    "queue": queue_benchmark,
    "faster": lambda: queue_benchmark(FASTER_HOUR),
    "growth": growth,
    "peers": peers,
    "messages": messages,
    "slots": slots,
    "faults": faults,
    "soak": soak,
    "live": live_workers,
    "durability": durability,
    "recovery": recovery,
    "everysec": everysec,
    "fibonacci": fibonacci,
    "costs": fibonacci_costs,
    "t2": t2_small,
    "throttled": throttled,
    "queueing": queueing,
    "identical": identical,
}
"""The facts that templates name, each computed from its folders."""


def environment() -> Environment:
    """The templates with their filters; a name that is not there is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # it is Markdown
    )
    made.filters |= ENVIRONMENT_FILTERS
    return made


def rendered() -> str:
    """The text of README.md; raises a `ReadingProblem` for results that cannot be read, or that do not say what it says."""
    facts = {name: compute() for name, compute in SUBJECTS.items()}
    return environment().get_template("README.md.j2").render(facts)


def difference(written: str, made: str) -> str:
    """The lines that differ between a page as it is and as it is made anew, in the form of `diff -u`; empty without any."""
    names = ("README.md", "made anew")
    return "\n".join(unified_diff(written.splitlines(), made.splitlines(), *names, lineterm="", n=0))


def main() -> int:
    """Writes README.md anew. Exits with 1 and one line where the results do not allow it."""
    try:
        README.write_text(rendered(), encoding="utf-8")
    except ReadingProblem as problem:
        sys.stderr.write(f"make readme: {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
