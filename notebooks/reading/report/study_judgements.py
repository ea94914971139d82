"""What to think of a study."""

from typing import Any

import pandas as pd

from reading.readouts.cells import count
from reading.report.judgements import Judgement, State


def ended_judgement(manifest: dict[str, Any]) -> Judgement:
    """Whether a study came to its end, which is all that can be said of one without knowing what it is."""
    question = "Done?"
    if "exit_status" not in manifest:
        return Judgement(question, State.WARNING, "no, not when its manifest was written", "not done")
    if manifest["exit_status"]:
        return Judgement(question, State.WARNING, f"it ended with exit code {manifest['exit_status']}", "failed")
    return Judgement(question, State.GOOD, "yes, it ended without an error", "done")


def fibonacci_judgements(divergence: pd.DataFrame, bounds: pd.DataFrame) -> tuple[Judgement, ...]:
    """Where the closed formula fails first, and whether the derived bound holds everywhere."""
    return _first_wrong(divergence), _bound(bounds)


def _first_wrong(divergence: pd.DataFrame) -> Judgement:
    nearest = divergence[(divergence.rounding == "nearest") & divergence.first_inexact.notna()]
    first = nearest.sort_values("first_inexact").groupby("algorithm", sort=False).first()
    named = "binet" if "binet" in first.index else first.index[0]
    where = f"{named} from n = {count(first.first_inexact[named])} on"
    return Judgement("Right everywhere?", State.NOTE, f"no: {where}, rounding to nearest", f"wrong first: {where}")


def _bound(bounds: pd.DataFrame) -> Judgement:
    question = "Does the bound hold?"
    proven = bounds[bounds.proven_exact_to.notna() & bounds.first_inexact.notna()]
    broken = proven[proven.first_inexact <= proven.proven_exact_to]
    if len(broken):
        return Judgement(question, State.BAD, f"no, {count(len(broken))} of {count(len(proven))} are wrong below it")
    widest = count(proven.gap.max())
    answer = f"yes, in all {count(len(proven))} cases; the largest gap to what was measured is {widest}"
    return Judgement(question, State.GOOD, answer, "the bound holds")
