"""The answers: two sentences whose numbers are those of the data, and none of which is typed."""

import ast
from pathlib import Path

import pandas as pd
import pytest
from conftest import RUN

from reading.answers import divergence, instance, losses, throughput, weighing
from reading.comparisons import read_pairs
from reading.faults import faults_of
from reading.folders import ResultFolder, opened, opened_all
from reading.pairing import NOTEBOOKS
from reading.plans import runs_a_rate
from reading.problems import NothingToShow

SOURCES = sorted((NOTEBOOKS / "reading" / "answers").glob("*.py"))


def sentences(text: str) -> int:
    return text.count(". ") + text.endswith(".")


def test_throughput() -> None:
    run = ResultFolder(f"results/{RUN}")
    summary, latency = run.table("summary"), run.table("latency")
    text = throughput.answer(summary, latency, {}, read_pairs("results/queue-benchmark"))
    assert sentences(text) == 2
    assert f"{summary.acked_per_s[0]:,.0f} tasks/s" in text
    doubled = throughput.answer(summary.assign(acked_per_s=summary.acked_per_s * 2), latency, {}, read_pairs(None))
    assert f"{summary.acked_per_s[0] * 2:,.0f} tasks/s" in doubled


def test_weighing() -> None:
    io = {name: ResultFolder(name).table("io") for name in (f"results/{RUN}", "results/messages")}
    cells = ResultFolder("results/io").table("cells")
    text = weighing.answer(io, cells)
    assert sentences(text) == 2
    assert "in `results/messages` takes" in text
    assert f"in `results/{RUN}` takes" in text
    assert f"the throughput of {(cells.slots > 1).sum()} cells" in text
    assert "No more than one slot" in weighing.answer(io, cells[cells.slots == 1])
    assert "within 10.1 %" in text


def test_losses() -> None:
    faults = faults_of(opened_all("results/faults,results/faults-others"))
    text = losses.answer(faults, faults_of(opened_all("results/durability,results/fail-over")))
    assert sentences(text) == 2
    assert "`lease` lost nothing in 752 faults" in text
    assert "`pop` lost 76 in" in text
    assert "`everysec` by `kill-redis`" in text
    assert "in 18 faults or more of each, so that at most 15.3 % of them lose any (95 % sure)" in text


def test_a_loss_that_nobody_could_count_is_said() -> None:
    faults, by_durability = (faults_of(opened_all(f"results/{name}")) for name in ("faults-others", "durability"))
    lock, first = faults.protocol == "lock", faults.index == faults.index[0]
    unknown = faults.assign(run_lost=faults.run_lost.mask(lock | first), lost=faults.lost.mask(lock))
    silent = by_durability.durability == "always"
    text = losses.answer(unknown, by_durability.assign(lost=by_durability.lost.mask(silent), run_lost=pd.NA))
    assert f"`lock` lost nothing that anybody could count in {lock.sum()} faults (of {lock.sum()} it is not known)" in text
    assert "it is not known what `always` by `kill-redis`" in text
    assert sentences(text) == 2


def test_divergence() -> None:
    study = ResultFolder("results/fibonacci")
    text = divergence.answer(study.table("accuracy"), study.table("bounds"), study.table("error_sources"))
    assert sentences(text) == 2
    assert "with 53 bits F(71) to F(76)" in text
    assert "at most 11 short" in text


def test_instance() -> None:
    sweep = ResultFolder("results/t2-small-throttled")
    rates = ResultFolder("results/t2-small")
    runs = runs_a_rate(rates.manifest)
    text = instance.answer(rates.table("sustained"), sweep.table("cells"), sweep.gathered("credits"), runs)
    assert "a t2.small sustains (two runs of five seconds a rate) of `queue`" in text
    assert sentences(text) == 2
    assert "of `queue` 40,000 tasks/s or more with credits (by the worst run for 6.19 hours)" in text
    assert "of `compute` 1,500 tasks/s (but not 3,000) with credits" in text
    assert "68.9 tasks/s are acked with all credits and 13.2 tasks/s with none" in text
    assert "12.0 credits were spent after" in text


def test_of_nothing_there_is_no_answer() -> None:
    nothing = opened(None)
    cells, faults, io = nothing.optional("cells"), nothing.optional("faults"), nothing.optional("io")
    for answer in (
        lambda: throughput.answer(nothing.optional("summary"), nothing.optional("latency"), {}, read_pairs(None)),
        lambda: weighing.answer({"no folder": io}, cells),
        lambda: losses.answer(faults, faults),
        lambda: divergence.answer(nothing.optional("accuracy"), nothing.optional("bounds"), nothing.optional("error_sources")),
        lambda: instance.answer(nothing.optional("sustained"), cells, nothing.optional("credits")),
    ):
        with pytest.raises(NothingToShow):
            answer()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_number_is_typed_in_an_answer(source: Path) -> None:
    assert [text for text in prose(source.read_text(encoding="utf-8")) if any(each.isdigit() for each in text)] == []


def prose(code: str) -> list[str]:
    """The texts of a program that are no documentation, and no format of a number."""
    tree = ast.parse(code)
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    formats = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue) and node.format_spec
        for part in ast.walk(node.format_spec)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation | formats
    ]
