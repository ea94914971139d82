"""Executing notebooks: a page that needs no network, and one clear line where the results are not what they should be."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reading.execute import BAD_USAGE, FAILED, main


def test_a_page_needs_no_network_and_says_what_is_missing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Of a run that computed some Fibonacci numbers, and is no study."""
    assert main([str(tmp_path), "--only", "04", "--set", "study=results/20261125-044912-48a8"]) == 0
    html = (tmp_path / "04-where-binet-diverges.html").read_text(encoding="utf-8")
    assert capfd.readouterr().out.strip().endswith("04-where-binet-diverges.html")
    assert re.findall(r'(?:src|srcset|href)="(?!data:|#)[^"]*"', html) == []
    assert "<script" not in html
    assert html.count("<picture>") == 2
    assert html.count("No figure") == 3
    assert "F(71)" in html
    assert {file.name for file in (tmp_path / "04-where-binet-diverges").iterdir()} == {
        f"{name}{page}.{form}" for name in ("ulp-error", "correct-digits") for page in ("", "-phone") for form in ("svg", "png")
    }


def test_a_page_that_is_to_be_whole_is_not_made_without_a_figure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--only", "04", "--set", "study=results/20261125-044912-48a8", "--whole"]) == FAILED
    assert "No figure “" in capfd.readouterr().err
    assert not (tmp_path / "04-where-binet-diverges.html").exists()


def test_a_table_that_is_cut_short_is_one_line_and_no_page(
    tmp_path: Path, copied: Callable[[str], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    folder, target = copied("fibonacci"), tmp_path / "made"
    table = folder / "accuracy.csv"
    table.write_bytes(table.read_bytes()[:-7])
    assert main([str(target), "--only", "04", "--set", f"study={folder}"]) == FAILED
    told = capfd.readouterr().err.strip().splitlines()
    assert told[-1].startswith(f"notebooks: 04-where-binet-diverges: {table} is cut short")
    assert "Traceback" not in "".join(told)
    assert not (target / "04-where-binet-diverges.html").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["--only", "99"], "no notebook's name begins with 99"), (["--set", "nonsense=1"], "no parameter nonsense")],
)
def test_bad_usage_is_one_line(tmp_path: Path, arguments: list[str], told: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), *arguments]) == BAD_USAGE
    assert told in capfd.readouterr().err
