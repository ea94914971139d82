"""Settings as scenarios, plans and manifests write them."""

import re
from datetime import datetime
from math import exp
from typing import Any

from reading.problems import ReadingProblem

_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_DURATION = re.compile(r"(?P<amount>[\d.]+)(?P<unit>us|ms|s|m|h)")
_LOGNORMAL = re.compile(r"lognormal\((?P<median>[\d.]+),(?P<sigma>[\d.]+)\)")


class BadSetting(ReadingProblem):
    """A setting in a form that is not known here."""

    def __init__(self, setting: object) -> None:
        super().__init__(f"the setting '{setting}' is in a form that is not known here: teach reading/facts/settings.py")


def seconds(duration: str) -> float:
    """A duration such as `300ms` or `5m`, in seconds."""
    if match := _DURATION.fullmatch(duration):
        return float(match["amount"]) * _SECONDS[match["unit"]]
    raise BadSetting(duration)


def rate_of(arrival: str) -> float:
    """The rate of an arrival such as `poisson:2000`, a second."""
    process, _, rate = arrival.partition(":")
    if process in {"poisson", "constant"} and rate.isdigit():
        return float(rate)
    raise BadSetting(arrival)


def mean_of_lognormal(text: str) -> float:
    """The mean of a distribution such as `lognormal(44.12,0.5)`: its median and sigma are given."""
    if match := _LOGNORMAL.fullmatch(text):
        return float(match["median"]) * exp(float(match["sigma"]) ** 2 / 2)
    raise BadSetting(text)


def minutes_of(manifest: dict[str, Any]) -> float:
    """How long what a manifest is of took."""
    started, ended = (datetime.fromisoformat(manifest[moment]) for moment in ("started_at", "ended_at"))
    return (ended - started).total_seconds() / 60


def option(manifest: dict[str, Any], name: str) -> str:
    """The value of an option on the command line that a manifest has."""
    line = manifest["command_line"]
    if name in line[:-1]:
        return line[line.index(name) + 1]
    raise BadSetting(f"{' '.join(line)} without {name}")
