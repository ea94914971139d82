"""The data dictionary, and all committed results held to it."""

import re
from pathlib import Path

import pytest

from reading.dictionary import Table, dictionary, parsed
from reading.folders import ResultFolder
from reading.problems import BadDictionary
from reading.repository import ROOT
from reading.units import labelled

FOLDERS = sorted({file.parent for file in (ROOT / "results").rglob("manifest.json")})


def test_it_describes_the_version_that_fibq_writes() -> None:
    source = (ROOT / "Sources" / "Reporting" / "CSV" / "RunKey.swift").read_text(encoding="utf-8")
    written = re.search(r"schemaVersion = (\d+)", source)
    assert written is not None
    assert dictionary().version == int(written[1])


def test_it_has_a_table_for_each_file_that_fibq_writes() -> None:
    rows = (ROOT / "Sources" / "Reporting" / "Rows").glob("*Row*.swift")
    names = {name for row in rows for name in re.findall(r'fileName = "(\w+)\.csv"', row.read_text(encoding="utf-8"))}
    assert names == set(dictionary().tables)


def test_columns_have_name_unit_and_meaning_in_order() -> None:
    columns = dictionary().table("crossovers").columns
    assert [column.name for column in columns[-3:]] == ["algorithm", "overtaken_by", "n"]
    assert columns[0].unit == "number"
    assert columns[-1].meaning.startswith("first n of the second")


def test_an_escaped_bar_belongs_to_the_meaning() -> None:
    meaning = next(each.meaning for each in dictionary().table("accuracy").columns if each.name == "absolute_error")
    assert meaning.endswith("for an algorithm on integers that is right")


def test_axes_take_their_place_in_the_order_of_the_header() -> None:
    header = ["schema_version", "run_id", "cell_id", "repetition", "param_b", "param_a", "status"]
    columns = dictionary().table("cells").columns_for(header)
    assert [column.name for column in columns[: len(header)]] == header


def test_the_columns_that_older_files_lack_are_the_last() -> None:
    newer = {name: [column.name for column in table.newer] for name, table in dictionary().tables.items() if table.newer}
    assert {name: (names[0], names[-1]) for name, names in newer.items()} == {
        "summary": ("over_time_limit", "min_replicas"),
        "faults": ("topology", "stall_s"),
        "intervals": ("allowed_processors", "time_scale"),
        "cells": ("over_time_limit", "min_replicas"),
    }


def test_an_unknown_table_is_told() -> None:
    with pytest.raises(BadDictionary, match="no section `nonsense"):
        dictionary().table("nonsense")


def test_a_page_without_a_version_is_refused() -> None:
    with pytest.raises(BadDictionary, match="schema version"):
        parsed("# Results\n")


def test_a_table_knows_its_units() -> None:
    table: Table = dictionary().table("knee")
    assert table.unit("acked_per_s") == "tasks/s"
    with pytest.raises(BadDictionary, match="no column nonsense"):
        table.unit("nonsense")


def test_an_axis_has_the_unit_of_its_column() -> None:
    assert labelled("error", "accuracy", "ulp_error") == "error (ulp)"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(Path(folder).relative_to(ROOT / "results")))
def test_committed_tables_are_as_the_dictionary_says(folder: Path) -> None:
    opened = ResultFolder(folder)
    for file in folder.glob("*.csv"):
        table = opened.table(file.stem)
        described = [column.name for column in dictionary().table(file.stem).columns_for(list(table.columns))]
        assert list(table.columns) == described
        assert len(table) == len(file.read_text(encoding="utf-8").splitlines()) - 1
