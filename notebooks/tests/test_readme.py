"""README.md and the pages of docs/ are what their templates and the committed results make of them."""

import re
from pathlib import Path

import pytest

from reading import readme
from reading.facts.claims import StaleClaim, hold
from reading.readme import PAGES, TEMPLATES, difference, rendered
from reading.repository import located
from reading.typed_numbers import phrase_pattern, typed_numbers

PARTS = sorted([TEMPLATES / "README.md.j2", *(TEMPLATES / "docs").glob("*.j2"), *(TEMPLATES / "readme").glob("*.md.j2")])

# Settings and definitions: what no run measures. Everything else is computed.
ALLOWED = {
    "6.2 or later": "the versions of Swift and of Redis that are needed",
    "Debian 12": "the system that everything was run on; a manifest names its kernel",
    "95 % interval": "the confidence of every interval",
    "95 % confidence": "likewise",
    "99th": "the percentile that tables have a column of",
    "p50": "likewise",
    "p99": "likewise",
    "SHA-256": "a checksum",
    "√5": "a part of the formula",
    "M/D/1": "a model of queues",
    "M/M/1": "likewise",
    "t2.small": "an instance type",
    "t2's": "a family of them",
    "64 batches": "what a producer keeps: QueueProducer",
    "up to 0.2 ms": "the shortest task that is measured alone: RecordingHandler",
    "10 % and 5 %": "what a check allows: is_within_10_percent, is_within_5_percent",
    "± 1 % of the core": "likewise: ThrottleCheck",
    "± 0.02": "likewise",
    "± 3 % of the range": "likewise",
    "± 2 % of what was spent": "likewise",
    "below 0.05": "what the rank test calls different: RankTest",
    "code 1": "an exit code",
    "code 65": "likewise",
    "code is 1": "likewise",
    "with 1": "likewise",
    "with 69": "likewise",
    "30 s": "the default of --timeout",
    "1,000 digits": "the longest number that is printed whole",
    "before 7.0": "a version of Redis",
    "hiredis 0.14": "a version of it",
    "the four make": "the parts that are written out behind it",
    "Ten times a second": "how often credits are counted: CreditGovernor",
    "what do a million tasks cost": "a question that a forecast answers",
    "with twelve that run out": "the credits of scenarios/t2-small-throttled.yaml",
    "a fifth of a core": "the baseline of a t2.small",
    "a fifth of the tasks": "what that is of a whole one",
    "all but one in six": "what a knee is: its confirmation",
    "a probe has some hundreds": "no number",
    "some twenty minutes": "about how long a command takes, which depends on the machine",
    "some fifteen minutes": "likewise",
    "the two differ": "no number",
    "Two rollbacks": "a course of events",
    "A million lines": "about how long a command takes, which depends on the machine",
    "A run of a thousand tasks or more": "when a generator is judged: GeneratorVerdict",
    "a command that two": "a setting: fault-patience",
    "up to three tasks, two workers, two monitors": "the worlds of the checker",
    "in two places": "a course of events",
    "any two commands": "likewise",
    "answers five questions": "a notebook each: test_notebooks",
    "for the first two": "of the list before",
    "fewer than four runs each, or three and five": "when the rank test can't tell anything: RankTest",
    "Two commands": "a heading, and those below it",
    "Two pseudo-fields": "those that follow",
    "between two of the runs": "what an order statistic is",
    "six runs are the fewest": "what an interval takes: test_statistics",
    "halfway between two": "what a median is",
    "Two set-ups": "those of a comparison",
    "Three terminals, or three hosts": "the commands below",
    "a master with two replicas and three Sentinels": "what a run starts: PrivateSentinels",
    "three masters with a replica each": "likewise: PrivateCluster",
    "two seconds are the silence": "how long a master may be silent: PrivateSentinels",
    "of two seconds or more": "likewise",
    "with two replicas and": "a course of events: PartitionTests",
    "every 100 ms at least": "ShardAttendance.longestPause",
    "a turn of eight claims, and of 10 ms": "a turn: ShardedClaims",
}


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The pages as the templates and results make them."""
    return rendered()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_what_the_templates_and_results_make_of_it(page: str, made: dict[str, str]) -> None:
    stale = difference(located(page).read_text(encoding="utf-8"), made[page])
    advice = "`make readme` makes it anew; what was written into it by hand belongs in notebooks/reading/templates"
    assert not stale, f"{page} is stale: {advice}\n{stale}"


def test_there_is_no_page_that_nobody_makes() -> None:
    assert {f"docs/{file.name}" for file in located("docs").iterdir()} == set(PAGES) - {"README.md"}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str, made: dict[str, str]) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)", made[page]):
        file = (located(page).parent / target).resolve() if target else located(page)
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}, (target, anchor)


def test_every_section_is_in_one_page() -> None:
    pages = "".join((TEMPLATES / f"{page}.j2").read_text(encoding="utf-8") for page in PAGES)
    for part in (TEMPLATES / "readme").glob("*.md.j2"):
        name = part.name.removesuffix(".md.j2")
        assert pages.count(f"'{name}'") + pages.count(f"'readme/{name}.md.j2'") == 1, name


def test_a_stale_number_is_told_with_its_line() -> None:
    assert difference("a\n12 tasks\n", "a\n13 tasks\n").splitlines()[-2:] == ["-12 tasks", "+13 tasks"]
    assert difference("12 tasks\n", "12 tasks\n") == ""


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_no_number_is_typed_in_a_template(part: Path) -> None:
    typed = typed_numbers(part.read_text(encoding="utf-8"), tuple(ALLOWED))
    assert not typed, f"typed in {part.name}, where numbers come from reading/facts: " + "; ".join(map(str, typed))


def test_every_allowed_phrase_is_in_a_template() -> None:
    text = "\n".join(part.read_text(encoding="utf-8") for part in PARTS)
    assert not [phrase for phrase in ALLOWED if not re.search(phrase_pattern(phrase), text)]


@pytest.mark.parametrize(
    "template",
    [
        "It drains 996,204 tasks/s.",
        "| `lease` | 0.77 |",
        "twice in F(71)",
        "{{ 450 }} tasks",
        "{{ '450' }} tasks",
        "held at 10⁷ tasks",
        "{{ run.n }} of 20",
        "95 % of 12 runs",
        "by two workers",
        "Thirty minutes",
        "a tenth of the time",
        "```\nTasks  12\n```\n",
        "```sh\nls\n```\n12 tasks\n```sh\nls\n```\n",
    ],
)
def test_a_typed_number_is_found(template: str) -> None:
    assert len(typed_numbers(template, ("95 %",))) == 1


@pytest.mark.parametrize(
    "template",
    [
        "It drains {{ run.lease.tasks_per_s|count }} tasks/s.",
        "`--claim 256` and [data](results/2026/), https://example.org/1",
        "```sh\nfibq run --tasks 20000\n```",
        "{% if n == 3 %}once{% endif %}{# 4 #}<!-- 5 -->",
        "{# an example: of nothing #}\n```\nTasks  12\n```\n",
        "a network, often, seventh",
        "the 95 % interval",
    ],
)
def test_what_is_no_typed_number_is_not_found(template: str) -> None:
    assert not typed_numbers(template, ("95 %",))


def test_a_typed_number_is_told_with_its_line() -> None:
    assert str(typed_numbers("{{ a\n}}\n```\ncode\n```\nand 12 tasks")[0]) == "line 6: 12"


def test_a_claim_that_does_not_hold_is_told() -> None:
    hold("faults", "nothing was lost", is_true=True)
    with pytest.raises(StaleClaim, match="results/faults does not say that nothing was lost"):
        hold("faults", "nothing was lost", is_true=None)


def test_results_that_cannot_be_told_leave_the_page_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "README.md"
    page.write_text("as it was")
    monkeypatch.setattr(readme, "located", tmp_path.joinpath)
    monkeypatch.setattr(readme, "SUBJECTS", {"run": lambda: hold("faults", "nothing was lost", is_true=False)})
    assert readme.main() == 1
    assert page.read_text() == "as it was"
    assert capsys.readouterr().err.count("\n") == 1
