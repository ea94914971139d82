"""Numbers for people, as fibq itself writes them in its tables."""

MICROSECONDS = (("s", 1e6), ("ms", 1e3), ("µs", 1.0), ("ns", 1e-3))
"""Units of time, the longest first, each with its length in µs."""


def number(value: float) -> str:
    """A number such as `12,345`, `12.3` or `1.23`: whole from 100 on, else one or two digits after the point."""
    if abs(value) >= 99.95:
        return f"{value:,.0f}"
    if value == 0:
        return "0"
    return f"{value:.1f}" if abs(value) >= 9.995 else f"{value:.2f}"


def count(value: float) -> str:
    """A count, such as `12,345`."""
    return f"{round(value):,}"


def rate(value: float) -> str:
    """A rate in tasks a second, such as `12,345 tasks/s`."""
    return f"{number(value)} tasks/s"


def share(value: float) -> str:
    """A share from 0 to 1 as a percentage, such as `12.3 %`."""
    return f"{value * 100:.1f} %"


def shares(low: float, high: float) -> str:
    """An interval of shares from 0 to 1 as percentages, such as `0.0–4.1 %`."""
    return f"{low * 100:.1f}–{share(high)}"


def whole_share(value: float) -> str:
    """A share from 0 to 1 as a percentage without a fraction, such as `95 %`."""
    return f"{value * 100:.0f} %"


def time(microseconds: float) -> str:
    """A time given in µs, in the unit that fits, to three digits, such as `1.23 ms`."""
    unit, length = _unit_of(microseconds)
    return f"{number(microseconds / length)} {unit}"


def seconds(value: float) -> str:
    """A time given in seconds, likewise."""
    return time(value * 1e6)


def hours(seconds: float) -> str:
    """A long time given in seconds: minutes, from 100 minutes on hours, from 100 hours on days."""
    if seconds >= 360_000:
        return f"{number(seconds / 86_400)} days"
    return f"{number(seconds / 3_600)} hours" if seconds >= 6_000 else f"{number(seconds / 60)} minutes"


def tick_time(microseconds: float, _: int = 0) -> str:
    """A time given in µs for the tick of an axis, such as `10 ms`."""
    if microseconds <= 0:
        return "0"
    unit, length = _unit_of(microseconds)
    return f"{microseconds / length:,.6g} {unit}"


def tick_number(value: float, _: int = 0) -> str:
    """A number for the tick of an axis, such as `0.01`, `200`, `20k` or `5M`."""
    for suffix, size in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if abs(value) >= size:
            return f"{value / size:g}{suffix}"
    return f"{value:g}"


def spanned(least: int, most: int) -> str:
    """Whole numbers from the least to the most, such as `3` or `2 to 5`."""
    return count(least) if least == most else f"{count(least)} to {count(most)}"


def listed(words: list[str]) -> str:
    """Words as a sentence has them: `a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _unit_of(microseconds: float) -> tuple[str, float]:
    return next(((unit, length) for unit, length in MICROSECONDS if microseconds >= length * 0.9995), MICROSECONDS[-1])
