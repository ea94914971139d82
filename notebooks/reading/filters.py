"""How pages write what facts compute: filters of their templates. What is missing is written as a dash."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from math import floor, log10
from typing import Any

from reading import numbers

MISSING = "–"
"""What stands for a value that there is none of."""

HALF_AN_HOUR = 1800
"""In seconds."""

_SUPERSCRIPTS = str.maketrans("0123456789-.", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻·")
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def superscript(value: object) -> str:
    """A number as an exponent: `⁶`."""
    return str(value).translate(_SUPERSCRIPTS)


def power(value: float) -> str:
    """A power of ten: `10⁶`; another number as a count."""
    exponent = round(log10(value)) if value > 0 else 0
    return f"10{superscript(exponent)}" if value == 10**exponent else numbers.count(value)


def ratio(value: float) -> str:
    """A ratio to two places, as somebody rounds who reads it in a file: 1.065 is `1.07`."""
    return str(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def rounded(value: float, digits: int = 3) -> str:
    """A number rounded to so many digits, such as `637,000`: for what differs from run to run by more than that."""
    if value == 0:
        return "0"
    places = digits - 1 - floor(log10(abs(value)))
    return f"{round(value, places):,.0f}" if places <= 0 else f"{value:.{places}f}"


def signed(value: float) -> str:
    """A number to two places with its sign: `+0.49` or `−0.12`."""
    return f"{value:+.2f}".replace("-", "−")


def term(value: float) -> str:
    """A number to two places as a term of a sum: `+ 0.49` or `− 0.12`."""
    return f"{'−' if value < 0 else '+'} {abs(value):.2f}"


def duration(seconds: float) -> str:
    """A length of time in words: `half an hour`, `ten minutes`, `one second`."""
    if seconds == HALF_AN_HOUR:
        return "half an hour"
    amount, unit = (seconds / 60, "minute") if seconds >= 60 else (seconds, "second")
    return f"{word(amount)} {unit}{'' if amount == 1 else 's'}"


def lasting(seconds: float) -> str:
    """How long something lasts: `32 min` or `6.2 h`."""
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.1f} h"


def size(value: float) -> str:
    """A size in bytes: `16 B` or `64 KiB`."""
    for unit, length in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if value >= length:
            return f"{value / length:,.0f} {unit}"
    return f"{value:,.0f} B"


def word(value: float) -> str:
    """A small whole number in words: `two`; a greater one as a count."""
    return _WORDS[int(value)] if value == int(value) and 0 <= value < len(_WORDS) else numbers.count(value)


def how_many(value: int) -> str:
    """How many of some: `none` or `two`."""
    return word(value) if value else "none"


def _or_dash(write: Callable[..., str]) -> Callable[..., str]:
    """The filter, which writes a dash for what is missing."""

    @wraps(write)
    def written(value: Any, *options: Any) -> str:  # noqa: ANN401
        return MISSING if value is None or value != value else write(value, *options)

    return written


FILTERS: dict[str, Callable[..., str]] = {
    "count": numbers.count,
    "number": numbers.number,
    "ratio": ratio,
    "places": lambda value, places: f"{value:,.{places}f}",
    "rounded": rounded,
    "signed": signed,
    "term": term,
    "duration": duration,
    "lasting": lasting,
    "power": power,
    "superscript": superscript,
    "word": word,
    "how_many": how_many,
    "size": size,
    "mebibytes": lambda length: f"{length / (1 << 20):,.0f}",
    "percent": lambda share, places=1: f"{share * 100:.{places}f} %",
    "time": numbers.time,
    "microseconds": lambda microseconds: f"{numbers.number(microseconds)} µs",
    "milliseconds": lambda microseconds: f"{numbers.number(microseconds / 1e3)} ms",
    "setting": lambda seconds: numbers.tick_time(seconds * 1e6),
    "seconds": lambda seconds: f"{numbers.number(seconds)} s",
}
"""The filters of templates by name; `listed` beside them joins words."""

ENVIRONMENT_FILTERS: dict[str, Callable[..., str]] = {name: _or_dash(write) for name, write in FILTERS.items()} | {
    "listed": numbers.listed
}
"""What an environment of templates is given."""
