"""What to think of a run."""

from typing import Any

import pandas as pd

from reading.readouts.cells import count, rate, share
from reading.report.judgements import Judgement, State


def run_judgements(summary: pd.Series, manifest: dict[str, Any]) -> tuple[Judgement, ...]:
    """The answers to what is asked of every run, the most important first."""
    every = (
        _ended(manifest),
        _usable(summary),
        _steady(summary),
        _lost(summary),
        _left(summary),
        _once(summary),
        _messages(summary),
        _right(summary),
        _held(summary),
    )
    return tuple(judgement for judgement in every if judgement is not None)


def _ended(manifest: dict[str, Any]) -> Judgement | None:
    """Only told when something was wrong: a run that lost a task ends with 1, which the audit says better."""
    if "ended_at" not in manifest:
        return Judgement("Did it end?", State.WARNING, "not when its manifest was written: figures may lack their ends")
    return None


def _usable(summary: pd.Series) -> Judgement:
    question = "Usable?"
    if pd.isna(summary.is_usable):
        return Judgement(question, State.UNKNOWN, "not recorded: the generator kept no account of itself yet")
    if not summary.is_usable:
        return Judgement(question, State.BAD, "no, the generator fell behind: it was measured, and not the queue", "unusable")
    if pd.isna(summary.generator_verdict):
        return Judgement(question, State.GOOD, "yes, there was no schedule to fall behind", "usable")
    if summary.generator_verdict == "held_up":
        return Judgement(question, State.NOTE, "yes, but Redis held the generator up", "usable")
    return Judgement(question, State.GOOD, "yes, the generator kept up with its schedule", "usable")


def _steady(summary: pd.Series) -> Judgement:
    question = "Steady?"
    if pd.isna(summary.verdict):
        return Judgement(question, State.UNKNOWN, "too short to tell", "too short to be called steady")
    pace = f"{rate(summary.acked_per_s)} acked"
    match summary.verdict:
        case "steady":
            return Judgement(
                question, State.GOOD, f"yes, {pace}, and the backlog did not grow", f"steady at {rate(summary.acked_per_s)}"
            )
        case "draining" if pd.isna(summary.offered_per_s):
            return Judgement(
                question,
                State.NOTE,
                f"a backlog, worked off at {rate(summary.acked_per_s)}",
                f"draining at {rate(summary.acked_per_s)}",
            )
        case "draining":
            return Judgement(
                question, State.NOTE, f"draining: {pace}, faster than tasks came in", f"draining at {rate(summary.acked_per_s)}"
            )
        case _:
            grown = rate(summary.backlog_slope_per_s)
            return Judgement(question, State.WARNING, f"no, overloaded: {pace}, and the backlog grew by {grown}", "overloaded")


def _lost(summary: pd.Series) -> Judgement:
    question = "Anything lost?"
    if pd.isna(summary.lost):
        return Judgement(question, State.WARNING, "not audited, since Redis could not be asked", "not audited")
    of_all = f"of {count(summary.sent)} acknowledged tasks"
    if summary.lost:
        lost = f"{count(summary.lost)} {of_all} ({share(summary.lost / summary.sent)})"
        return Judgement(question, State.BAD, f"yes, {lost}", f"{count(summary.lost)} tasks lost")
    return Judgement(question, State.GOOD, f"no, none {of_all}", "nothing lost")


def _left(summary: pd.Series) -> Judgement | None:
    """Tasks that were not done: told only where there are any."""
    parts = []
    if _some(summary.left_in_redis):
        parts.append(f"{count(summary.left_in_redis)} still in Redis at the end")
    if _some(summary.dead):
        parts.append(f"{count(summary.dead)} dead letters")
    return Judgement("All done?", State.NOTE, "no, " + ", ".join(parts)) if parts else None


def _once(summary: pd.Series) -> Judgement:
    question = "Each run once?"
    if pd.isna(summary["duplicated"]):
        return Judgement(question, State.UNKNOWN, "not known, since it was not audited")
    if summary["duplicated"] == 0:
        return Judgement(question, State.GOOD, "yes")
    again = f"no, {count(summary['duplicated'])} second executions"
    deaths = f" with {count(summary.worker_deaths)} workers killed" if _some(summary.worker_deaths) else ""
    return Judgement(question, State.NOTE, again + deaths)


def _messages(summary: pd.Series) -> Judgement | None:
    question = "Each message placed once?"
    if pd.isna(summary.messages_placed):
        return None
    if pd.isna(summary.messages_placed_twice) or pd.isna(summary.messages_missing):
        return Judgement(question, State.UNKNOWN, f"not known of the {count(summary.messages_placed)} that were placed")
    if summary.messages_placed_twice == 0 and summary.messages_missing == 0:
        return Judgement(question, State.GOOD, f"yes, all {count(summary.messages_placed)}")
    twice, missing = count(summary.messages_placed_twice), count(summary.messages_missing)
    return Judgement(question, State.BAD, f"no, {twice} are there twice, {missing} are missing")


def _right(summary: pd.Series) -> Judgement:
    question = "Results right?"
    if _some(summary.wrong_results):
        return Judgement(question, State.BAD, f"no, {count(summary.wrong_results)} of methods that must not round")
    if pd.isna(summary.wrong_results) or pd.isna(summary.inexact_results):
        return Judgement(question, State.UNKNOWN, "not known: not every result was compared")
    if summary.inexact_results > 0:
        answer = f"all but {count(summary.inexact_results)} of {count(summary.executions)}, each of a method that rounds"
        return Judgement(question, State.NOTE, answer)
    return Judgement(question, State.GOOD, f"yes, all {count(summary.executions)}")


def _held(summary: pd.Series) -> Judgement | None:
    """Whether an instance's limits were kept: told only of runs on one."""
    if pd.isna(summary.instance):
        return None
    question = f"Held to a {summary.instance}?"
    if pd.isna(summary.is_held):
        return Judgement(question, State.UNKNOWN, "not recorded")
    if summary.is_held:
        return Judgement(question, State.GOOD, "yes, by the kernel")
    return Judgement(question, State.WARNING, "no, its credits were only counted: no control group could be made")


def _some(number: Any) -> bool:  # noqa: ANN401
    """Whether there are any of what was counted; nothing is said of what could not be."""
    return bool(pd.notna(number) and number > 0)
