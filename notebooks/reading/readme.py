"""README.md and the pages of docs/, rendered from their templates and the committed results: `python -m reading.readme`."""

import re
import sys
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reading.facts.capacity import capacity
from reading.facts.default_run import default_run
from reading.facts.durability import durability
from reading.facts.everysec import everysec
from reading.facts.failover import failover
from reading.facts.faults import faults
from reading.facts.fibonacci import fibonacci
from reading.facts.fibonacci_costs import fibonacci_costs
from reading.facts.growth import growth
from reading.facts.hosts import hosts
from reading.facts.messages import messages
from reading.facts.peers import peers
from reading.facts.queue_benchmark import FASTER_HOUR, queue_benchmark
from reading.facts.queueing import identical, queueing
from reading.facts.recovery import recovery
from reading.facts.scale import scale
from reading.facts.shards import shards
from reading.facts.slots import slots
from reading.facts.soak import live_workers, soak
from reading.facts.t2_small import t2_small
from reading.facts.throttled import throttled
from reading.filters import ENVIRONMENT_FILTERS
from reading.problems import ReadingProblem
from reading.repository import located

TEMPLATES = Path(__file__).parent / "templates"
"""Where the templates are: `README.md.j2`, those of `docs/`, and the sections of all of them in `readme/`."""

_SUFFIX = ".j2"

PAGES = ("README.md", *sorted(f"docs/{template.name.removesuffix(_SUFFIX)}" for template in (TEMPLATES / "docs").glob("*.j2")))
"""What is rendered, from the repository's root."""

_LINK = re.compile(r"(?<=\]\()(?!https?:|#)(?=[^)\s]+\))")
"""Where the path begins that a link leads to."""

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
    "failover": failover,
    "hosts": hosts,
    "scale": scale,
    "capacity": capacity,
    "shards": shards,
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


def rendered() -> dict[str, str]:
    """The texts of the pages; raises a `ReadingProblem` for results that cannot be read, or that do not say what they say.

    In templates the path of a link is from the repository's root, so that a section may be in any page.
    """
    facts = {name: compute() for name, compute in SUBJECTS.items()}
    texts = {page: environment().get_template(f"{page}{_SUFFIX}").render(facts) for page in PAGES}
    return {page: _LINK.sub("../" * page.count("/"), text) for page, text in texts.items()}


def difference(written: str, made: str) -> str:
    """The lines that differ between a page as it is and as it is made anew, in the form of `diff -u`; empty without any."""
    names = ("as it is", "made anew")
    return "\n".join(unified_diff(written.splitlines(), made.splitlines(), *names, lineterm="", n=0))


def main() -> int:
    """Writes the pages anew, all of them. Exits with 1 and one line where the results do not allow it."""
    try:
        made = rendered()
    except ReadingProblem as problem:
        sys.stderr.write(f"make readme: {problem}\n")
        return 1
    for page, text in made.items():
        located(page).parent.mkdir(exist_ok=True)
        located(page).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
