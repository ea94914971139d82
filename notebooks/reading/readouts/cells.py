"""The text of a cell: a number as people read it, or a dash where there is none."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from reading import numbers
from reading.faults import tally

NOTHING = "–"
"""What stands for a value that does not apply or is not known."""

_CLOCK_FROM_S = 99.95
"""From how many seconds on a time is shown as on a clock."""


def known(value: Any, form: Callable[[Any], str]) -> str:  # noqa: ANN401
    """A value in a form, or a dash where it is missing."""
    return NOTHING if value is None or pd.isna(value) else form(value)


def text(value: Any) -> str:  # noqa: ANN401
    """A name, or a dash."""
    return known(value, str)


def count(value: Any) -> str:  # noqa: ANN401
    """A count such as `12,345`, or a dash."""
    return known(value, numbers.count)


def total(values: pd.Series) -> str:
    """The sum of counts of which some may be missing: `12`, `≥ 12`, or a dash where none is known."""
    sum_of = tally(values)
    if sum_of.unknown == len(values):
        return NOTHING
    return ("≥ " if sum_of.unknown else "") + count(sum_of.counted)


def number(value: Any) -> str:  # noqa: ANN401
    """A number such as `12.3`, or a dash."""
    return known(value, numbers.number)


def rate(value: Any) -> str:  # noqa: ANN401
    """A number a second, such as `12.3/s`, or a dash."""
    return known(value, lambda per_second: f"{numbers.number(per_second)}/s")


def share(value: Any) -> str:  # noqa: ANN401
    """A share as a percentage, such as `12.3 %`, or a dash."""
    return known(value, lambda part: _unsigned(numbers.share(part)))


def _time(us: float) -> str:
    if us >= _CLOCK_FROM_S * 1e6:
        return clock(us / 1e6)
    return numbers.time(us) if us else "0 µs"


def _unsigned(written: str) -> str:
    """What is rounded to zero has no sign."""
    return written.removeprefix("-") if not any(digit in written for digit in "123456789") else written


def time_us(value: Any) -> str:  # noqa: ANN401
    """A time given in µs such as `1.23 ms`, from 100 s on as on a clock, or a dash."""
    return known(value, _time)


def time_s(value: Any) -> str:  # noqa: ANN401
    """A time given in seconds, likewise."""
    return known(value, lambda seconds: time_us(seconds * 1e6) if seconds else "0 s")


def clock(seconds: float) -> str:
    """A length of time as on a clock, such as `1:05` or `2:00:09`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
