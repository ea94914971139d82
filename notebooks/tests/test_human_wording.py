"""How pages write what facts compute."""

import pytest

from reading.filters import ENVIRONMENT_FILTERS as FILTERS


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("count", 1240571.4, "1,240,571"),
        ("number", 0.604, "0.60"),
        ("number", 103.4, "103"),
        ("ratio", 0.774, "0.77"),
        ("ratio", 1.065, "1.07"),
        ("rounded", 637123.0, "637,000"),
        ("rounded", 0.0123456, "0.0123"),
        ("signed", -0.1207, "−0.12"),
        ("term", 0.488, "+ 0.49"),
        ("power", 10_000_000, "10⁷"),
        ("power", 2_000, "2,000"),
        ("word", 7, "seven"),
        ("word", 47, "47"),
        ("how_many", 0, "none"),
        ("duration", 1, "one second"),
        ("duration", 1800, "half an hour"),
        ("duration", 600, "ten minutes"),
        ("lasting", 1901.6, "32 min"),
        ("lasting", 22267.0, "6.2 h"),
        ("size", 65536, "64 KiB"),
        ("percent", 0.1006, "10.1 %"),
        ("setting", 0.3, "300 ms"),
        ("milliseconds", 603.6, "0.60 ms"),
        ("seconds", 0.368, "0.37 s"),
    ],
)
def test_a_value_is_written_for_people(name: str, value: float, expected: str) -> None:
    assert FILTERS[name](value) == expected


@pytest.mark.parametrize("value", [None, float("nan")])
def test_what_is_missing_is_a_dash(value: float | None) -> None:
    assert FILTERS["number"](value) == "–"
