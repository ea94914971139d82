"""Tables for people say what `fibq` says of the same folder in a terminal."""

import pandas as pd
import pytest
from conftest import RUN

from reading.folders import ResultFolder
from reading.readouts.cells import clock, count, known, time_us
from reading.readouts.faults import nearest_rank, sweep_faults_readout
from reading.readouts.knee import knee_readout
from reading.readouts.plain import plain_readout
from reading.readouts.readout import Readout, names, numbers
from reading.readouts.run import audit_readout, generator_readout, messages_readout, run_readouts, summary_of
from reading.readouts.sweep import sweep_readout


def test_the_tables_of_a_run_are_those_of_the_terminal() -> None:
    """Lines of README's output of `make run`, which the program printed."""
    tables = {readout.title: readout.rows for readout in run_readouts(ResultFolder(f"results/{RUN}"))}
    assert list(tables) == [
        "Throughput",
        "Latency",
        "Where the time went",
        "Inexact results",
        "Nothing was lost",
        "Messages, each placed once",
    ]
    assert tables["Throughput"] == (("19,780", "19,780", "1,978", "1,978", "1,991", "0.09", "10.0 s", "steady"),)
    assert ("", "service", "5,668", "6.54 µs", "10.5 µs", "42.8 µs", "157 µs", "262 µs") in tables["Latency"]
    assert ("", "intended to end", "954", "2.76 ms", "4.77 ms", "7.04 ms", "10.2 ms", "10.2 ms") in tables["Latency"]
    wall = ("fib-recursive", "worker", "1,415", "581 ms", "46.1 %", "34.1 %", "20.0 %", "-0.2 %", "1.74")
    assert tables["Where the time went"][0] == wall
    assert tables["Inexact results"][-1] == ("binet", "53", "120", "50", "71", "33.6")
    assert tables["Messages, each placed once"] == (("954", "0", "0", "0", "0"),)


def test_a_task_kind_is_named_once() -> None:
    latency = next(r for r in run_readouts(ResultFolder(f"results/{RUN}")) if r.title == "Latency")
    assert sum(row[0] == "message" for row in latency.rows) == 1


def test_a_run_without_a_sink_has_no_table_of_messages() -> None:
    summary = summary_of(ResultFolder("results/identical/c001-r1"))
    assert not messages_readout(summary)


def test_lost_tasks_are_in_the_title() -> None:
    summary = summary_of(ResultFolder(f"results/{RUN}"))
    summary["lost"] = 3
    assert audit_readout(summary).title == "Tasks were lost"
    summary["lost"] = pd.NA
    assert audit_readout(summary).title == "Not audited: Redis could not be asked"


def test_a_generator_that_fell_behind_is_in_the_title() -> None:
    summary = summary_of(ResultFolder("results/identical/c001-r1"))
    assert generator_readout(summary).title == "Generator"
    summary["is_usable"] = False
    assert generator_readout(summary).title == "Unusable: the generator fell behind"


def test_a_sweep_with_repetitions_has_a_line_a_cell_with_intervals() -> None:
    readout = sweep_readout(ResultFolder("results/identical"))
    assert len(readout.rows) == 2
    assert readout.title == "24 runs; medians over the repetitions with their 95 % intervals"
    assert readout.rows[0][:4] == ("c001", "12", "one", "5,012 (4,983 … 5,036)")


def test_a_sweep_without_repetitions_has_a_line_a_run() -> None:
    readout = sweep_readout(ResultFolder("results/io"))
    assert len(readout.rows) == 20
    assert "predicted" in [heading.title for heading in readout.headings]
    assert readout.rows[0][:6] == ("c001", "1", "1", "messages-0", "25.8", "26.1")


def test_faults_have_a_line_a_protocol_durability_and_fault() -> None:
    sweep = ResultFolder("results/faults")
    readout = sweep_faults_readout(sweep.table("cells"), sweep.table("faults"))
    lines = {row[:3]: row[3:] for row in readout.rows}
    assert lines["lease", "always", "kill-redis"][1] == "81"
    assert all(row[6] == "0" for row in readout.rows), "faults of lease and stream that lost a task"


def test_the_probes_of_a_search_are_in_the_order_of_their_rates() -> None:
    search = ResultFolder("results/knee-check/knee")
    readout = knee_readout(search)
    assert readout.title == "Is p99 end_to_end_intended < 20ms?"
    rates = search.table("knee").rate_per_s.sort_values()
    assert len(readout.rows) == len(rates)
    assert readout.rows[0][-1] == "yes"
    assert readout.rows[-1][-1] == "no"


def test_any_other_table_is_shown_as_it_is() -> None:
    readout = plain_readout(ResultFolder("results/recovery"), "recovery")
    assert "schema version" not in [heading.title for heading in readout.headings]
    assert len(readout.rows) == len(ResultFolder("results/recovery").table("recovery"))


def test_what_is_missing_is_a_dash() -> None:
    assert [count(pd.NA), count(None), time_us(float("nan")), count(0)] == ["–", "–", "–", "0"]
    assert known(0, str) == "0"


@pytest.mark.parametrize(("us", "text"), [(99.9e6, "99.9 s"), (100e6, "1:40"), (7_205e6, "2:00:05")])
def test_long_times_are_as_on_a_clock(us: float, text: str) -> None:
    assert time_us(us) == text
    assert clock(59.6) == "1:00"


def test_percentiles_are_values_that_occurred() -> None:
    assert nearest_rank([1.0, 2.0, 3.0, 4.0], 0.5) == 2
    assert nearest_rank([1.0, 2.0, 3.0, 4.0], 0.99) == 4
    assert nearest_rank([5.0], 0.01) == 5


def test_markdown_keeps_numbers_to_the_right_and_escapes_pipes() -> None:
    table = Readout("t", names("a") + numbers("b"), (("x|y", "1"),))
    assert table.markdown() == "| a | b |\n|---|--:|\n| x\\|y | 1 |"


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells under 2 headings"):
        Readout("t", names("a", "b"), (("x",),))
