"""What the plan of a sweep says of its runs."""

from typing import Any

import yaml

from reading.facts.settings import BadSetting, seconds
from reading.filters import duration, word


def runs_a_rate(manifest: dict[str, Any]) -> str:
    """How often a sweep tries each rate and for how long, such as `two runs of five seconds a rate`; empty without a plan.

    The length is left out where the plan has none that all runs share.
    """
    workload = manifest.get("workload", {})
    repetitions = workload.get("repetitions")
    if not repetitions:
        return ""
    return f"{word(repetitions)} run{'' if repetitions == 1 else 's'}{_length(workload.get('plan', ''))} a rate"


def _length(plan: str) -> str:
    try:
        return f" of {duration(seconds(yaml.safe_load(plan)['scenario']['duration']))}"
    except (KeyError, TypeError, BadSetting, yaml.YAMLError):
        return ""
