"""Each figure: of committed results on every page, the same each time, and of nothing not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pytest
from conftest import RUN

from reading import render
from reading.comparisons import read_pairs, read_peers
from reading.faults import faults_of
from reading.figures import (
    accuracy,
    credits,
    durability,
    error_sources,
    knee,
    losses,
    percentiles,
    ratios,
    slots,
    sustained,
    sweep,
    time_split,
    timeline,
    timings,
)
from reading.folders import ResultFolder, opened, opened_all
from reading.plans import runs_a_rate
from reading.problems import NothingToShow
from reading.style import PAGES, PHONE, Page

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
