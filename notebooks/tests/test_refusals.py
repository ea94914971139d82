"""What is wrong with a folder is told in one line, and nothing is read of it."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import RUN

from reading.comparisons import read_pairs, read_peers
from reading.folders import NoFolder, ResultFolder, opened, opened_all
from reading.log.__main__ import main as log
from reading.problems import (
    BadManifest,
    BadValue,
    EmptyTable,
    MissingColumn,
    MissingFile,
    OtherVersion,
    ReadingProblem,
    TruncatedFile,
    UnsignedFile,
    WrongChecksum,
    WrongHeader,
    WrongKind,
)
from reading.readouts.run import summary_of
from reading.report.__main__ import UNREADABLE
from reading.report.__main__ import main as report

Copied = Callable[[str], Path]


def rewrite(folder: Path, name: str, change: Callable[[str], str]) -> None:
    """Changes a file, and its SHA-256 in the manifest with it, as if it had been written so."""
    file = folder / name
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["sha256"][name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(MissingFile, match="results/nonsense is missing .*name another one"):
        ResultFolder("results/nonsense")


def test_a_folder_without_a_manifest(copied: Copied) -> None:
    folder = copied(RUN)
    (folder / "manifest.json").unlink()
    with pytest.raises(MissingFile, match=r"manifest\.json is missing"):
        ResultFolder(folder)


def test_a_manifest_that_is_cut_short(copied: Copied) -> None:
    folder = copied(RUN)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8")[:200], encoding="utf-8")
    with pytest.raises(TruncatedFile, match=r"manifest\.json is cut short"):
        ResultFolder(folder)


def test_a_manifest_of_another_version(copied: Copied) -> None:
    folder = copied(RUN)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"schema_version" : 1', '"schema_version" : 2'))
    with pytest.raises(OtherVersion, match="has schema version 2, and .* describes 1"):
        ResultFolder(folder)


@pytest.mark.parametrize("content", ["[]", "7", "null", '"text"', '{"schema_version": 1}', '{"schema_version": 1, "sha256": []}'])
def test_a_manifest_that_is_none(copied: Copied, content: str) -> None:
    folder = copied(RUN)
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadManifest, match=r"manifest\.json is no manifest of fibq \(it "):
        ResultFolder(folder)


def test_a_manifest_that_is_no_text(copied: Copied) -> None:
    folder = copied(RUN)
    (folder / "manifest.json").write_bytes(b'{"schema_version": "\xff"}')
    with pytest.raises(TruncatedFile, match="it is not JSON to its end"):
        ResultFolder(folder)


def test_a_table_of_which_the_manifest_does_not_tell(copied: Copied) -> None:
    folder = copied(RUN)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["sha256"]["latency.csv"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    opened_folder = ResultFolder(folder)
    for read in (opened_folder.table, opened_folder.optional, opened_folder.gathered):
        with pytest.raises(UnsignedFile, match=r"latency\.csv has no SHA-256 in the manifest"):
            read("latency")
    assert len(opened_folder.table("io")) > 0


def test_a_summary_without_its_row(copied: Copied) -> None:
    folder = copied(RUN)
    rewrite(folder, "summary.csv", lambda text: text.splitlines(keepends=True)[0])
    with pytest.raises(EmptyTable, match=r"summary\.csv has no row below its header"):
        summary_of(ResultFolder(folder))


def cut(count: int) -> Callable[[str], str]:
    """Leaves the first columns of a table whose fields hold no commas."""
    return lambda text: "".join(",".join(line.split(",")[:count]) + "\n" for line in text.splitlines())


@pytest.mark.parametrize(("name", "count", "lacking"), [("latency", 9, "min_us"), ("intervals", 21, "redis_memory_bytes")])
def test_a_table_that_was_cut_by_columns(copied: Copied, name: str, count: int, lacking: str) -> None:
    folder = copied(RUN)
    rewrite(folder, f"{name}.csv", cut(count))
    with pytest.raises(MissingColumn, match=rf"{name}\.csv lacks the column '{lacking}'"):
        ResultFolder(folder).table(name)


def test_a_table_from_before_its_newer_columns(copied: Copied) -> None:
    folder = copied(RUN)
    rewrite(folder, "intervals.csv", cut(22))
    table = ResultFolder(folder).table("intervals")
    assert list(table.columns[-3:]) == ["redis_memory_bytes", "allowed_processors", "time_scale"]
    assert table["time_scale"].isna().all()


@pytest.mark.parametrize("content", ["\n", "\r\n", "\n\n"])
def test_a_table_of_line_breaks_alone(copied: Copied, content: str) -> None:
    folder = copied(RUN)
    rewrite(folder, "latency.csv", lambda _: content)
    with pytest.raises(TruncatedFile, match=r"latency\.csv is cut short \(it has no header\)"):
        ResultFolder(folder).table("latency")


@pytest.mark.parametrize("spoil", ["summary.csv", "manifest.json"])
def test_a_spoilt_folder_is_one_line_of_every_program(
    spoil: str, copied: Copied, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied(RUN)
    if spoil == "manifest.json":
        (folder / spoil).write_text("[]", encoding="utf-8")
    else:
        rewrite(folder, spoil, lambda text: text.splitlines(keepends=True)[0])
    for program, place in ((report, "--out"), (log, "--log")):
        assert program([str(folder), place, str(tmp_path / "made")]) == UNREADABLE
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_file_of_the_manifest_that_is_missing(copied: Copied) -> None:
    folder = copied(RUN)
    (folder / "latency.csv").unlink()
    with pytest.raises(MissingFile, match=r"latency\.csv is missing .*has its SHA-256"):
        ResultFolder(folder)


def test_a_table_that_such_a_folder_must_have() -> None:
    with pytest.raises(MissingFile, match=r"cells\.csv is missing"):
        ResultFolder(f"results/{RUN}").table("cells")


def test_a_table_that_is_cut_within_a_line(copied: Copied) -> None:
    folder = copied(RUN)
    table = folder / "intervals.csv"
    table.write_bytes(table.read_bytes()[:-20])
    with pytest.raises(TruncatedFile, match=r"intervals\.csv is cut short \(its last line has no end\)"):
        ResultFolder(folder)


def test_an_empty_table(copied: Copied) -> None:
    folder = copied(RUN)
    (folder / "io.csv").write_bytes(b"")
    with pytest.raises(TruncatedFile, match="it is empty"):
        ResultFolder(folder)


def test_a_table_that_is_cut_between_lines_has_another_checksum(copied: Copied) -> None:
    folder = copied(RUN)
    table = folder / "intervals.csv"
    table.write_bytes(b"".join(table.read_bytes().splitlines(keepends=True)[:5]))
    with pytest.raises(WrongChecksum, match=r"intervals\.csv is not what its manifest's SHA-256 says"):
        ResultFolder(folder)


def test_a_run_of_a_sweep_that_was_changed(copied: Copied) -> None:
    folder = copied("throttled")
    table = folder / "c001-r1" / "summary.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("lease", "lock"), encoding="utf-8")
    with pytest.raises(WrongChecksum, match=r"c001-r1/summary\.csv"):
        ResultFolder(folder).gathered("summary")


def test_a_line_with_too_few_fields(copied: Copied) -> None:
    folder = copied(RUN)
    rewrite(folder, "latency.csv", lambda text: text + "1,20261125\n")
    with pytest.raises(TruncatedFile, match="has 2 of 17 fields"):
        ResultFolder(folder).table("latency")


def test_rows_of_another_version(copied: Copied) -> None:
    folder = copied(RUN)
    rewrite(folder, "latency.csv", lambda text: text.replace("\n1,", "\n0,"))
    with pytest.raises(OtherVersion, match="has schema version 0"):
        ResultFolder(folder).table("latency")


def test_another_column_in_its_place(copied: Copied) -> None:
    folder = copied(RUN)
    rewrite(folder, "latency.csv", lambda text: text.replace("p50_us", "p51_us", 1))
    with pytest.raises(WrongHeader, match="has the column 'p51_us' in place 11, where results/README.md has 'p50_us'"):
        ResultFolder(folder).table("latency")


def test_a_column_that_is_not_described(copied: Copied) -> None:
    folder = copied(RUN)
    rewrite(folder, "latency.csv", lambda text: text.replace("max_us\n", "max_us,more\n", 1))
    with pytest.raises(WrongHeader, match="'more' in place 18, where results/README.md has 'none'"):
        ResultFolder(folder).table("latency")


def test_a_value_that_is_none_of_its_unit(copied: Copied) -> None:
    folder = copied(RUN)
    rewrite(folder, "summary.csv", lambda text: text.replace(",lease,", ",lease,", 1).replace(",19780,", ",many,", 1))
    with pytest.raises(BadValue, match="has 'many' in the column tasks_planned, which is in tasks"):
        ResultFolder(folder).table("summary")


def test_a_folder_of_another_kind() -> None:
    with pytest.raises(WrongKind, match="results/io is a sweep, and a run is needed"):
        ResultFolder("results/io").of_kind("run")


def test_columns_that_came_later_are_there_and_missing() -> None:
    old = ResultFolder(f"results/{RUN}").table("intervals")
    assert old.time_scale.isna().all()
    assert len(old) > 0


def test_what_is_missing_is_never_zero() -> None:
    summary = ResultFolder("results/t2-small-throttled/c001-r1").table("summary")
    assert summary.offered_per_s.isna().all()
    assert summary.steady_from_s.isna().all()


def test_types_follow_units() -> None:
    cells = ResultFolder("results/identical").table("cells")
    kinds = {name: str(cells[name].dtype) for name in ("protocol", "acked", "acked_per_s", "is_usable", "seed", "param_workers")}
    assert kinds == {
        "protocol": "str",
        "acked": "Int64",
        "acked_per_s": "float64",
        "is_usable": "boolean",
        "seed": "Int64",
        "param_workers": "str",
    }


def test_no_folder_has_no_rows() -> None:
    nothing = opened(None)
    assert isinstance(nothing, NoFolder)
    assert nothing.optional("faults").empty
    assert "at_s" in nothing.optional("faults")


def test_the_runs_of_each_kind() -> None:
    assert len(ResultFolder("results/io").runs) == 20
    assert len(ResultFolder("results/knee-check/knee").runs) == 16
    assert [run.name for run in ResultFolder(f"results/{RUN}").runs] == [f"results/{RUN}"]
    assert ResultFolder("results/fibonacci").runs == ()


def test_several_folders_in_one_text() -> None:
    assert [folder.kind for folder in opened_all("results/io,results/soak")] == ["sweep", "run"]


@pytest.mark.parametrize("nothing", ["", " ", ",", [], [""]])
def test_an_empty_name_names_no_folder(nothing: str | list[str]) -> None:
    assert opened_all(nothing) == []


def test_an_empty_name_is_not_the_repository() -> None:
    assert isinstance(opened(""), NoFolder)
    assert read_pairs("").empty
    assert read_peers("").empty
    assert [folder.kind for folder in opened_all("results/io, ")] == ["sweep"]


def test_a_benchmark_without_its_file(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"pairs\.csv is missing"):
        read_pairs(str(tmp_path))


def test_a_notebook_shows_the_line_alone() -> None:
    problem = MissingFile(Path("/nowhere"), "why")
    assert isinstance(problem, ReadingProblem)
    assert problem._render_traceback_() == [f"MissingFile: {problem}"]
