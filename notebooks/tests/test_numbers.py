"""Numbers for people."""

import pytest

from reading import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1.234, "1.23"), (9.999, "10.0"), (12.34, "12.3"), (99.96, "100"), (12345.6, "12,346")],
)
def test_number(value: float, text: str) -> None:
    assert numbers.number(value) == text


@pytest.mark.parametrize(
    ("microseconds", "text"),
    [(0.25, "250 ns"), (12.3, "12.3 µs"), (999.9, "1.00 ms"), (2_500, "2.50 ms"), (3e6, "3.00 s")],
)
def test_time(microseconds: float, text: str) -> None:
    assert numbers.time(microseconds) == text


@pytest.mark.parametrize(("microseconds", "text"), [(0, "0"), (1e4, "10 ms"), (0.01, "10 ns"), (1e8, "100 s")])
def test_tick_time(microseconds: float, text: str) -> None:
    assert numbers.tick_time(microseconds) == text


@pytest.mark.parametrize(("value", "text"), [(0.01, "0.01"), (200, "200"), (20_000, "20k"), (5e6, "5M")])
def test_tick_number(value: float, text: str) -> None:
    assert numbers.tick_number(value) == text


@pytest.mark.parametrize(("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_listed(words: list[str], text: str) -> None:
    assert numbers.listed(words) == text


def test_shares() -> None:
    assert numbers.share(0.1234) == "12.3 %"
    assert numbers.whole_share(0.95) == "95 %"
