"""What to think of a sweep, of its faults, and of a search for a knee."""

from typing import Any

import pandas as pd

from reading.readouts.cells import count, rate
from reading.report.judgements import Judgement, State


def sweep_judgements(cells: pd.DataFrame) -> tuple[Judgement, ...]:
    """The answers to what is asked of every sweep."""
    every = (_usable(cells), _steady(cells), _lost(cells), _once(cells), _messages(cells), _right(cells))
    return tuple(judgement for judgement in every if judgement is not None)


def knee_judgements(workload: dict[str, Any], probes: pd.DataFrame) -> tuple[Judgement, ...]:
    """Whether a knee was found, and whether the generator was in the way."""
    question = "Found?"
    outcome = workload.get("outcome", "unknown")
    if outcome == "found":
        found = Judgement(question, State.GOOD, f"yes, {rate(workload['knee_per_s'])}", f"knee at {rate(workload['knee_per_s'])}")
    else:
        found = Judgement(question, State.WARNING, f"no, the search ended with: {outcome.replace('_', ' ')}", "no knee found")
    unusable = int((~probes.is_usable).sum())
    if unusable:
        return found, Judgement("Usable?", State.WARNING, f"all but {count(unusable)} of {count(len(probes))} probes")
    return found, Judgement("Usable?", State.GOOD, f"yes, all {count(len(probes))} probes")


def _usable(cells: pd.DataFrame) -> Judgement:
    failed, unusable = (int((cells.status == status).sum()) for status in ("failed", "unusable"))
    runs = count(len(cells))
    if failed:
        also = f", and in {count(unusable)} the generator fell behind" if unusable else ""
        return Judgement("Usable?", State.BAD, f"{count(failed)} of {runs} runs failed{also}", f"{count(failed)} runs failed")
    if unusable:
        return Judgement(
            "Usable?",
            State.WARNING,
            f"all but {count(unusable)} of {runs} runs: the generator fell behind",
            f"{count(unusable)} of {runs} runs unusable",
        )
    return Judgement("Usable?", State.GOOD, f"yes, all {runs} runs", f"{runs} runs usable")


def _steady(cells: pd.DataFrame) -> Judgement:
    """A sweep may well go beyond what a set-up carries, so overload is no fault of it."""
    verdicts = cells.verdict.value_counts()
    parts = [
        f"{count(verdicts[verdict])} runs {verdict}" for verdict in ("steady", "draining", "overloaded") if verdict in verdicts
    ]
    if not parts:
        return Judgement("Steady?", State.UNKNOWN, "too short to tell")
    unknown = int(cells.verdict.isna().sum())
    parts += [f"{count(unknown)} too short to tell"] if unknown else []
    if verdicts.get("steady", 0) == len(cells):
        return Judgement("Steady?", State.GOOD, f"yes, all {count(len(cells))} runs")
    return Judgement("Steady?", State.NOTE, ", ".join(parts))


def _lost(cells: pd.DataFrame) -> Judgement:
    question = "Anything lost?"
    audited = cells[cells.lost.notna()]
    if audited.empty:
        return Judgement(question, State.WARNING, "not audited, since Redis could not be asked", "not audited")
    of_all = f"of {count(audited.sent.sum())} acknowledged tasks"
    if audited.lost.sum():
        losing = audited[audited.lost > 0]
        by = ", ".join(sorted({f"{row.protocol} with {row.durability}" for row in losing.itertuples()}))
        return Judgement(
            question, State.BAD, f"yes, {count(audited.lost.sum())} {of_all}: {by}", f"{count(audited.lost.sum())} tasks lost"
        )
    missing = len(cells) - len(audited)
    if missing:
        return Judgement(
            question,
            State.WARNING,
            f"none {of_all}, but {count(missing)} runs were not audited",
            "nothing lost where it was audited",
        )
    return Judgement(question, State.GOOD, f"no, none {of_all}", "nothing lost")


def _once(cells: pd.DataFrame) -> Judgement:
    again = cells["duplicated"].sum()
    if not cells["duplicated"].notna().any():
        return Judgement("Each run once?", State.UNKNOWN, "not known, since no run was audited")
    if not again:
        return Judgement("Each run once?", State.GOOD, "yes")
    return Judgement("Each run once?", State.NOTE, f"no, {count(again)} second executions")


def _messages(cells: pd.DataFrame) -> Judgement | None:
    question = "Each message placed once?"
    placed = cells.messages_placed.dropna()
    if placed.empty or not placed.sum():
        return None
    twice, missing = cells.messages_placed_twice.sum(), cells.messages_missing.sum()
    asked = cells[cells.messages_placed.notna()]
    unknown = int((asked.messages_placed_twice.isna() | asked.messages_missing.isna()).sum())
    if unknown and not twice and not missing:
        return Judgement(question, State.UNKNOWN, f"not known of {count(unknown)} runs")
    if twice or missing:
        return Judgement(question, State.BAD, f"no, {count(twice)} are there twice, {count(missing)} are missing")
    return Judgement(question, State.GOOD, f"yes, all {count(placed.sum())}")


def _right(cells: pd.DataFrame) -> Judgement:
    wrong = cells.wrong_results.sum()
    if not cells.wrong_results.notna().any():
        return Judgement("Results right?", State.UNKNOWN, "not known, since none was compared")
    if wrong:
        return Judgement("Results right?", State.BAD, f"no, {count(wrong)} of methods that must not round")
    return Judgement("Results right?", State.GOOD, "yes, of every method that must not round")
