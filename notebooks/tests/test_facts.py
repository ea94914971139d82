"""Facts that pages tell, held to what can be said of the data in another way."""

from pathlib import Path

import pandas as pd
import pytest

from reading.facts.capacity import capacity
from reading.facts.claims import everywhere
from reading.facts.failover import NAME as FAILOVER
from reading.facts.failover import failover
from reading.facts.faults import faults
from reading.facts.fibonacci import fibonacci
from reading.facts.hosts import hosts
from reading.facts.queue_benchmark import wanted_ratios
from reading.facts.results import folder
from reading.facts.scale import scale
from reading.facts.settings import BadSetting, mean_of_lognormal, option, rate_of, seconds
from reading.facts.spread import percentile, spread
from reading.faults import Tally, faults_of, outcome
from reading.figures.losses import loss_matrix
from reading.folders import ResultFolder
from reading.foreign import read_foreign
from reading.problems import BadValue, MissingFile, TruncatedFile, WrongHeader


def test_durations_are_in_seconds() -> None:
    assert [seconds(text) for text in ("300ms", "10s", "5m")] == pytest.approx([0.3, 10, 300])
    with pytest.raises(BadSetting, match="a while"):
        seconds("a while")


def test_the_rate_of_an_arrival_is_that_of_a_second() -> None:
    assert rate_of("poisson:2000") == 2000
    with pytest.raises(BadSetting, match="backlog"):
        rate_of("backlog")


def test_a_lognormal_delay_has_a_mean_beyond_its_median() -> None:
    assert mean_of_lognormal("lognormal(44.12,0.5)") == pytest.approx(50, abs=0.01)


def test_an_option_is_told_by_the_command_line() -> None:
    manifest = {"command_line": ["fibq", "run", "--sink-fail", "0.02"]}
    assert option(manifest, "--sink-fail") == "0.02"
    with pytest.raises(BadSetting, match="without --lease"):
        option(manifest, "--lease")


def test_a_spread_leaves_out_what_is_missing() -> None:
    assert spread([3, float("nan"), 1, 2]) == spread([1, 2, 3])
    with pytest.raises(ValueError, match="no values"):
        spread([float("nan")])


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile(range(1, 101), 0.99) == 99
    assert percentile([float("nan")], 0.99) is None


def test_each_comparison_with_c_has_a_ratio_that_is_wanted() -> None:
    assert wanted_ratios()["lease-drain"] < wanted_ratios()["lease-cycle"] <= 1


def test_cells_of_the_matrix_hold_every_fault_once() -> None:
    found = faults()
    injected = sum(len(folder(name).table("faults")) for name in ("faults", "faults-others"))
    monitors = sum(cell.faults for (fault, _), cell in found.cells.items() if "monitor" in fault)
    assert sum(cell.faults for cell in found.cells.values()) == injected + monitors


def test_failovers_lost_what_their_runs_lost() -> None:
    cells, found = folder(FAILOVER).table("cells"), failover()
    assert sum(cell.lost for cell in found.cells.values()) == cells.lost.sum()
    assert sum(cell.lost for cell in found.cells.values()) == sum(map(found.lost_by_partitions, ("sentinel", "cluster")))
    assert found.faults == len(folder(FAILOVER).table("faults"))
    assert sum(len(found.row(*row)) for row in found.rows) == len(found.cells)


def test_every_layout_has_every_cost() -> None:
    found = scale()
    assert set(found.costs) == {(layout, claim) for layout in found.layouts for claim in found.claims}
    assert set(found.limits) == {(layout, claim) for layout in found.layouts for claim in found.limit_claims}
    assert set(found.far_per_s) == {(layout, distance) for layout in found.far_layouts for distance in found.distances_us}


def test_a_plan_s_bytes_are_what_the_model_predicts() -> None:
    check, found = folder("plan").table("model_check"), capacity()
    of_bytes = check[(check.figure == "bytes_per_task") & check.cell.str.contains(f"4x4-c{found.claim}-")]
    assert found.bytes_per_task == pytest.approx(of_bytes.predicted.iloc[0], rel=1e-4)


def test_two_clocks_are_less_sure_than_each() -> None:
    found = hosts()
    assert found.error_us <= found.pair_us <= 2 * found.error_us


def test_second_executions_are_those_of_the_runs_on_every_page() -> None:
    rows, cells = faults_of([folder("faults-monitors")]), folder("faults-monitors").table("cells")
    assert rows["duplicated"].sum() < cells["duplicated"].sum()
    assert outcome(rows).duplicated == Tally(cells["duplicated"].sum())
    (axis,) = loss_matrix(rows).axes
    shown = faults().cell("kill-monitor@every", "lock")
    assert shown
    assert any(f"{shown.duplicated} twice" in text.get_text() for text in axis.texts)


def test_what_no_run_of_a_fault_counted_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `fibq` writes it where Redis could not be asked: the run has no number, and its faults have noughts."""
    sweep = ResultFolder("results/faults-others")
    cells, read = sweep.table("cells"), ResultFolder.table
    silent = (cells.cell_id == cells.cell_id.iloc[0]) & (cells.repetition == cells.repetition.iloc[0])
    cells["lost"] = cells["lost"].mask(silent)
    monkeypatch.setattr(ResultFolder, "table", lambda self, name: cells if name == "cells" else read(self, name))
    rows = faults_of([sweep])
    of_silent = rows[(rows.cell_id == cells.cell_id.iloc[0]) & (rows.repetition == cells.repetition.iloc[0])]
    assert len(of_silent) > 0
    found = outcome(of_silent)
    assert (found.lost, found.judged, str(found.lost)) == (Tally(0, len(of_silent)), 0, "not known")
    assert not found.lost.is_none
    assert outcome(rows).lost == Tally(int(cells["lost"].sum()), len(of_silent))


def test_a_tally_says_what_it_does_not_know() -> None:
    assert [str(tally) for tally in (Tally(0), Tally(1234), Tally(5, 1), Tally(0, 2))] == ["0", "1,234", "5 or more", "not known"]


def test_what_is_missing_is_not_true_everywhere() -> None:
    assert everywhere(pd.Series([True, True]))
    assert not everywhere(pd.Series([True, pd.NA], dtype="boolean"))


def test_second_executions_of_a_run_apart_are_those_after_its_faults() -> None:
    rows = faults_of([folder("soak")])
    assert rows.plan.nunique() > 1
    assert outcome(rows).duplicated == Tally(rows["duplicated"].sum())


def test_fewer_times_than_a_hundred_have_no_percentile() -> None:
    found = faults()
    assert {cell.mended_p99_s for cell in found.cells.values()} == {None}
    assert all(cell.mended_p99_s < cell.mended_max_s for cell in found.kills.values())


def test_the_steps_add_up_to_the_error_of_the_value() -> None:
    accuracy = folder("fibonacci").table("accuracy")
    shown = fibonacci().asked
    row = accuracy[(accuracy.algorithm == "binet-mpfr") & (accuracy.precision_bits == 53) & (accuracy.n == shown.n)]
    assert shown.total == pytest.approx(float(row.ulp_error.iloc[0]), abs=0.01)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, MissingFile),
        ("name,size\na,1", TruncatedFile),
        ("name,size\na\n", TruncatedFile),
        ("name\na\n", WrongHeader),
        ("name,size\na,much\n", BadValue),
    ],
)
def test_a_foreign_table_that_cannot_be_read_is_refused(content: str | None, problem: type[Exception], tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    if content is not None:
        file.write_text(content)
    with pytest.raises(problem):
        read_foreign(file, ("name",), ("size",))


def test_a_foreign_table_has_numbers_and_what_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("other,name,size\nx,a,1.5\nx,b,\n")
    frame = read_foreign(file, ("name",), ("size",))
    assert list(frame.columns) == ["name", "size"]
    assert pd.isna(frame["size"][1])
