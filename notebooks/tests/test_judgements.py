"""What a page says first: was it usable, steady, was anything lost?"""

from typing import Any

import pandas as pd
import pytest
from conftest import RUN

from reading.folders import ResultFolder
from reading.readouts.run import summary_of
from reading.report.judgements import Judgement, State, gist, worst
from reading.report.run_judgements import run_judgements
from reading.report.study_judgements import fibonacci_judgements
from reading.report.sweep_judgements import knee_judgements, sweep_judgements

ENDED = {"ended_at": "2026-11-25T04:49:22Z"}


def judged(**changes: Any) -> dict[str, Judgement]:  # noqa: ANN401
    """The judgements of a committed run whose summary is changed so, by their questions."""
    summary = summary_of(ResultFolder(f"results/{RUN}"))
    for column, value in changes.items():
        summary[column] = value
    return {judgement.question: judgement for judgement in run_judgements(summary, ENDED)}


def test_a_run_that_went_well() -> None:
    all_of_it = judged()
    assert all_of_it["Anything lost?"] == Judgement(
        "Anything lost?", State.GOOD, "no, none of 19,780 acknowledged tasks", "nothing lost"
    )
    assert all_of_it["Steady?"].state is State.GOOD
    assert all_of_it["Each message placed once?"].answer == "yes, all 954"
    assert gist(all_of_it.values()) == "Steady at 1,991/s, nothing lost."


@pytest.mark.parametrize(
    ("question", "state", "changes"),
    [
        ("Usable?", State.UNKNOWN, {}),
        ("Usable?", State.BAD, {"is_usable": False}),
        ("Usable?", State.GOOD, {"is_usable": True, "generator_verdict": "kept_up"}),
        ("Usable?", State.NOTE, {"is_usable": True, "generator_verdict": "held_up"}),
        ("Steady?", State.WARNING, {"verdict": "overloaded"}),
        ("Steady?", State.NOTE, {"verdict": "draining"}),
        ("Steady?", State.UNKNOWN, {"verdict": pd.NA}),
        ("Anything lost?", State.BAD, {"lost": 7}),
        ("Anything lost?", State.WARNING, {"lost": pd.NA}),
        ("All done?", State.NOTE, {"left_in_redis": 5}),
        ("Each run once?", State.NOTE, {"duplicated": 2}),
        ("Each message placed once?", State.BAD, {"messages_missing": 1}),
        ("Results right?", State.BAD, {"wrong_results": 1}),
        ("Results right?", State.GOOD, {"inexact_results": 0}),
        ("Held to a t2.small?", State.WARNING, {"instance": "t2.small", "is_held": False}),
    ],
)
def test_each_answer_has_its_state(question: str, state: State, changes: dict[str, Any]) -> None:
    assert judged(**changes)[question].state is state


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("Each run once?", "duplicated"),
        ("Each message placed once?", "messages_placed_twice"),
        ("Each message placed once?", "messages_missing"),
        ("Results right?", "wrong_results"),
        ("Results right?", "inexact_results"),
    ],
)
def test_what_was_not_counted_is_not_known(question: str, column: str) -> None:
    assert judged(**{column: pd.NA})[question].state is State.UNKNOWN


def test_a_run_whose_redis_could_not_be_asked() -> None:
    unknown = judged(lost=pd.NA, left_in_redis=pd.NA, dead=pd.NA, duplicated=pd.NA, worker_deaths=pd.NA)
    assert unknown["Anything lost?"].state is State.WARNING
    assert "All done?" not in unknown
    assert judged(left_in_redis=pd.NA, dead=3)["All done?"].answer == "no, 3 dead letters"


def test_a_limit_of_which_nothing_is_known_was_not_broken() -> None:
    assert judged(instance="t2.small", is_held=pd.NA)["Held to a t2.small?"].state is State.UNKNOWN


def test_what_is_lost_has_its_number() -> None:
    assert judged(lost=989)["Anything lost?"].answer == "yes, 989 of 19,780 acknowledged tasks (5.0 %)"


def test_a_run_that_never_ended_says_so() -> None:
    summary = summary_of(ResultFolder(f"results/{RUN}"))
    assert run_judgements(summary, {})[0].state is State.WARNING


def test_a_sweep_that_lost_says_by_what() -> None:
    cells = ResultFolder("results/faults-others").table("cells")
    lost = next(judgement for judgement in sweep_judgements(cells) if judgement.question == "Anything lost?")
    assert lost.state is State.BAD
    assert lost.answer.endswith("pop with always")


def test_runs_that_do_not_count_are_counted() -> None:
    cells = ResultFolder("results/identical").table("cells")
    cells.loc[0, "status"] = "unusable"
    assert sweep_judgements(cells)[0].answer == "all but 1 of 24 runs: the generator fell behind"
    cells.loc[1, "status"] = "failed"
    assert sweep_judgements(cells)[0].state is State.BAD


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("Each run once?", "duplicated"),
        ("Each message placed once?", "messages_missing"),
        ("Results right?", "wrong_results"),
    ],
)
def test_what_was_not_counted_in_any_run_is_not_known(question: str, column: str) -> None:
    cells = ResultFolder("results/io").table("cells").assign(**{column: pd.NA})
    states = {judgement.question: judgement.state for judgement in sweep_judgements(cells)}
    assert states[question] is State.UNKNOWN


def test_a_knee_that_was_not_found_is_a_warning() -> None:
    probes = ResultFolder("results/knee-check/knee").table("knee")
    assert knee_judgements({"outcome": "no_limit"}, probes)[0].answer == "no, the search ended with: no limit"


def test_a_bound_that_is_broken_is_bad() -> None:
    study = ResultFolder("results/fibonacci")
    divergence, bounds = study.table("divergence"), study.table("bounds")
    assert fibonacci_judgements(divergence, bounds)[1].state is State.GOOD
    bounds.loc[0, "first_inexact"] = bounds.loc[0, "proven_exact_to"]
    assert fibonacci_judgements(divergence, bounds)[1].state is State.BAD


def test_the_worst_of_all_decides() -> None:
    states = [Judgement("a", State.GOOD, "yes"), Judgement("b", State.BAD, "no"), Judgement("c", State.UNKNOWN, "?")]
    assert worst(states) is State.BAD
    assert worst([]) is State.GOOD


def test_a_sweep_says_how_many_runs_were_steady() -> None:
    cells = ResultFolder("results/identical").table("cells")
    steady = sweep_judgements(cells)[1]
    assert (steady.state, steady.answer) == (State.GOOD, "yes, all 24 runs")
    cells.loc[:2, "verdict"] = "overloaded"
    cells.loc[3, "verdict"] = pd.NA
    steady = sweep_judgements(cells)[1]
    assert (steady.state, steady.answer) == (State.NOTE, "20 runs steady, 3 runs overloaded, 1 too short to tell")


def test_a_backlog_is_worked_off() -> None:
    assert judged(verdict="draining")["Steady?"].answer == "draining: 1,991/s acked, faster than tasks came in"
    assert judged(verdict="draining", offered_per_s=pd.NA)["Steady?"].answer == "a backlog, worked off at 1,991/s"
