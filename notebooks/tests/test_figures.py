"""Each figure: of committed results on every page, the same each time, and of nothing not at all."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pytest
from conftest import RUN
from matplotlib.axes import Axes

from reading import render
from reading.comparisons import read_pairs, read_peers
from reading.faults import faults_of
from reading.figures import (
    accuracy,
    credits,
    durability,
    error_sources,
    everysec,
    failover,
    growth,
    knee,
    losses,
    percentiles,
    queueing,
    ratios,
    recovery,
    scale,
    slots,
    sustained,
    sweep,
    time_split,
    timeline,
    timings,
)
from reading.folders import ResultFolder, opened, opened_all
from reading.foreign import read_kills
from reading.plans import runs_a_rate
from reading.problems import NothingToShow
from reading.report.study_chapter import study_chapter
from reading.style import LAPTOP, PAGES, PHONE, Page

Frames = tuple[object, ...]


@dataclass(frozen=True)
class Drawn:
    """A figure, and how to get the frames that it is drawn of."""

    draw: Callable
    frames: Callable[[], Frames]


@cache
def folder(name: str) -> ResultFolder:
    return ResultFolder(f"results/{name}")


def tables(name: str, *wanted: str) -> Callable[[], Frames]:
    return lambda: tuple(folder(name).optional(table) for table in wanted)


FIGURES = {
    "percentiles": Drawn(percentiles.latency_percentiles, tables(RUN, "latency")),
    "knee": Drawn(
        knee.knee_curve,
        lambda: (folder("knee-check/knee").table("knee"), folder("knee-check/knee").manifest["workload"]),
    ),
    "cost against size": Drawn(growth.cost_against_size, tables("growth", "growth_trials", "exponents")),
    "two sizes": Drawn(growth.cost_against_size, tables("growth-held", "growth_trials", "exponents")),
    "cost of measuring": Drawn(growth.cost_of_measuring, tables("growth-measuring", "measuring")),
    "waits": Drawn(queueing.waits_and_theory, tables("queueing", "queueing")),
    "recovery": Drawn(recovery.recovery_by_monitors, tables("recovery", "recovery")),
    "recovery of a stream": Drawn(recovery.recovery_by_monitors, tables("recovery-stream", "recovery")),
    "recovery after an outage": Drawn(recovery.recovery_by_monitors, tables("recovery-outage", "recovery")),
    "loss by sync": Drawn(everysec.loss_by_sync, lambda: (read_kills("results/everysec/sigkills.csv"),)),
    "rate curves": Drawn(sweep.rate_curves, tables("t2-small", "cells")),
    "timeline": Drawn(timeline.timeline, tables(RUN, "intervals", "credits", "faults")),
    "timeline with faults": Drawn(timeline.timeline, tables("soak", "intervals", "credits", "faults")),
    "timeline with credits": Drawn(timeline.timeline, tables("t2-small-throttled/c003-r1", "intervals", "credits", "faults")),
    "ratios to C": Drawn(ratios.ratios_to_c, lambda: (read_pairs("results/queue-benchmark"),)),
    "ratios to peers": Drawn(ratios.ratios_to_peers, lambda: (read_peers("results/peers"),)),
    "time split": Drawn(time_split.time_split, tables(RUN, "io")),
    "slots": Drawn(slots.slots_curve, tables("io", "cells")),
    "prediction error": Drawn(slots.prediction_error, tables("io", "cells")),
    "loss matrix": Drawn(losses.loss_matrix, lambda: (faults_of(opened_all("results/faults,results/faults-others")),)),
    "time to mend": Drawn(losses.time_to_mend, lambda: (faults_of(opened_all("results/faults")),)),
    "loss by durability": Drawn(durability.loss_by_durability, lambda: (faults_of(opened_all("results/durability")),)),
    "standstill": Drawn(failover.standstill, lambda: (faults_of(opened_all("results/failover")),)),
    "cost over servers": Drawn(scale.cost_over_servers, tables("scale", "scale_trials")),
    "cost of durability": Drawn(durability.cost_of_durability, tables("durability-cost", "cells")),
    "ulp error": Drawn(accuracy.ulp_error, tables("fibonacci", "accuracy")),
    "correct digits": Drawn(accuracy.correct_digits, tables("fibonacci", "accuracy")),
    "bounds": Drawn(accuracy.bounds_and_gaps, tables("fibonacci", "bounds")),
    "error sources": Drawn(error_sources.contributions, tables("fibonacci", "error_sources")),
    "timings": Drawn(timings.time_against_n, tables("fibonacci", "timings", "crossovers", "growth")),
    "credits": Drawn(
        credits.credit_curves,
        lambda: (folder("t2-small-throttled").gathered("credits"), folder("t2-small-throttled").gathered("summary")),
    ),
    "sustained": Drawn(
        sustained.sustained,
        lambda: (folder("t2-small").table("sustained"), runs_a_rate(folder("t2-small").manifest)),
    ),
    "rate by credits": Drawn(sustained.rate_by_credits, tables("t2-small-throttled", "cells")),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("name", FIGURES)
def test_it_is_drawn_of_committed_results(name: str, page: Page) -> None:
    figure = FIGURES[name].draw(*FIGURES[name].frames(), page=page)
    assert figure.get_figwidth() == page.width_inches
    assert all(axis.has_data() for axis in figure.axes)
    assert figure.axes[0].get_ylabel() or figure.axes[0].get_yticklabels()
    figure.draw_without_rendering()
    box = figure.get_tightbbox()
    assert box.x0 >= -0.02 and box.y0 >= -0.02, "text is cut off"
    assert box.x1 <= page.width_inches + 0.02 and box.y1 <= figure.get_figheight() + 0.02, "text is cut off"


@pytest.mark.parametrize("name", FIGURES)
def test_of_nothing_there_is_no_figure(name: str) -> None:
    nothing = [frame.iloc[:0] if isinstance(frame, pd.DataFrame) else frame for frame in FIGURES[name].frames()]
    with pytest.raises(NothingToShow, match="there are no"):
        FIGURES[name].draw(*nothing)


def test_no_folder_makes_no_figure() -> None:
    with pytest.raises(NothingToShow):
        slots.slots_curve(opened(None).optional("cells"))


@pytest.mark.parametrize("name", ["percentiles", "slots", "loss matrix"])
def test_it_is_the_same_file_each_time(name: str) -> None:
    first, second = (render.svg(FIGURES[name].draw(*FIGURES[name].frames(), page=PHONE)) for _ in range(2))
    assert first == second
    assert b"<dc:date>" not in first


def test_the_objective_s_limit() -> None:
    assert knee.limit_us("p99 end_to_end_intended < 20ms") == 20_000
    assert knee.limit_us("no objective") is None


def test_a_line_through_two_runs_goes_through_the_worse() -> None:
    rows = folder("t2-small").table("cells")
    rows = rows[(rows.protocol == "lease") & (rows.param_mix == "wait") & (rows.durability == "none")]
    (axis,) = sweep.rate_curves(rows[rows.param_credits == "full"]).axes
    assert axis.get_title(loc="left").endswith("n = 2 runs a point")
    points, line = axis.lines[:2]
    assert set(line.get_ydata()) <= set(points.get_ydata())
    worst = rows[rows.param_credits == "full"].groupby("param_rate").end_to_end_intended_p99_us.max()
    assert sorted(line.get_ydata()) == sorted(worst)


def field(axis: Axes, lost: str) -> str:
    """The one field of a loss matrix that begins with these words."""
    (text,) = [text.get_text() for text in axis.texts if text.get_text().startswith(lost)]
    return text


def test_a_loss_that_nobody_could_count_is_no_loss_of_nothing() -> None:
    rows = faults_of(opened_all("results/faults-others"))
    rows = rows[(rows.protocol == "pop") & (rows.plan == "kill-worker")]
    counted = int(rows.lost.sum())
    (axis,) = losses.loss_matrix(rows).axes
    assert field(axis, f"{counted} lost").splitlines()[1].startswith(f"n = {len(rows)}: ")
    none = rows.assign(lost=pd.NA, run_lost=pd.NA).astype(rows.dtypes)
    (axis,) = losses.loss_matrix(none).axes
    assert field(axis, "not known lost").endswith("no interval")
    first = rows.index == rows.index[0]
    some = rows.assign(run_lost=pd.NA, lost=rows.lost.mask(first)).astype(rows.dtypes)
    (axis,) = losses.loss_matrix(some).axes
    assert f"n = {len(rows)}, 1 unknown" in field(axis, f"{int(some.lost.sum())} or more lost")


@pytest.mark.parametrize("name", ["ulp error", "correct digits"])
def test_each_precision_has_its_bound(name: str) -> None:
    accuracy_rows = folder("fibonacci").table("accuracy")
    axes = FIGURES[name].draw(accuracy_rows).axes
    assert len(axes) == accuracy_rows.precision_bits.nunique()
    for axis in axes:
        assert [line.get_linestyle() for line in axis.lines[-2:]] == ["-", ":"]


def test_each_crossover_is_marked_and_named() -> None:
    crossovers = folder("fibonacci").table("crossovers")
    figure = FIGURES["timings"].draw(*FIGURES["timings"].frames())
    rings = [line for axis in figure.axes for line in axis.lines if line.get_markersize() == timings.RING]
    assert len(rings) == len(crossovers)
    key = " ".join(figure.get_supxlabel().split())
    for row in crossovers.itertuples():
        assert re.search(rf"{row.algorithm} is overtaken by [^:]*\b{row.overtaken_by} from {row.n:,}\b", key), row
    letters = {text.get_text() for axis in figure.axes for text in axis.texts}
    assert letters == {line.split(":")[0] for line in figure.get_supxlabel().splitlines() if not line.startswith(" ")}


def test_the_knee_that_is_known_is_beside_the_one_that_was_found() -> None:
    (illustration,) = study_chapter(folder("knee-check"), "check").illustrations
    check = folder("knee-check").row("knee_check")
    for axis in illustration.draw(LAPTOP).axes:
        strokes = sorted({float(line.get_xdata()[0]) for line in axis.lines if len(set(line.get_xdata())) == 1})
        for rate in (check.found_per_s, check.known_per_s):
            assert any(stroke == pytest.approx(rate, rel=1e-5) for stroke in strokes), strokes


STUDIES = (
    "growth",
    "growth-held",
    "growth-measuring",
    "scale",
    "queueing",
    "recovery",
    "recovery-outage",
    "recovery-stream",
    "knee-check",
)


@pytest.mark.parametrize("name", STUDIES)
def test_every_study_has_a_figure(name: str) -> None:
    assert study_chapter(folder(name), "study").illustrations
