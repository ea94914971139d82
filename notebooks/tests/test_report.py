"""The page of a folder as files: complete, self-contained, the same each time, or not there at all."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import RUN

from reading.folders import ResultFolder
from reading.report.__main__ import UNREADABLE, main
from reading.report.drawing import inline
from reading.report.output import FIGURES, PAGE
from reading.report.provenance import provenance_of
from reading.repository import ROOT, flat_name, shown

Copied = Callable[[str], Path]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a committed run."""
    folder = tmp_path_factory.mktemp("report") / "made"
    assert main([f"results/{RUN}", "--out", str(folder)]) == 0
    return folder


def test_it_says_the_verdict_before_anything_else(report: Path) -> None:
    headings = re.findall(r"<h\d>(.*?)</h\d>", (report / PAGE).read_text(encoding="utf-8"))
    assert headings[:4] == [f"results/{RUN}", "Verdict", "Tables", "Figures"]


def test_it_needs_nothing_from_elsewhere(report: Path) -> None:
    page = (report / PAGE).read_text(encoding="utf-8")
    assert "<script" not in page
    assert re.findall(r'(?:src|srcset|href)="(?!#|data:)[^"]*"', page) == []
    assert re.findall(r"url\((?!#)[^)]*\)", page) == []


def test_each_figure_is_described_and_is_a_file(report: Path) -> None:
    page = (report / PAGE).read_text(encoding="utf-8")
    figures = re.findall(r'<figure id="([^"]+)">', page)
    assert figures == ["latency", "timeline", "time-split"]
    assert page.count('role="img" aria-label="') == 2 * len(figures)
    for name in figures:
        assert (report / f"{name}.svg").stat().st_size > 1000
        assert (report / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    assert len(re.findall(rb"/Type /Page\b", (report / FIGURES).read_bytes())) == len(figures)


def test_names_within_the_page_are_given_once(report: Path) -> None:
    names = re.findall(r'\bid="([^"]+)"', (report / PAGE).read_text(encoding="utf-8"))
    assert len(names) == len(set(names))


def test_it_says_where_it_comes_from(report: Path) -> None:
    page = (report / PAGE).read_text(encoding="utf-8")
    for part in ("git checkout f6f5b7114248ba86ae4977ae8ff99a8d00c03d05", "make run", "7.0.15 over unix", "AMD EPYC"):
        assert part in page


def test_made_again_it_is_the_same(report: Path) -> None:
    before = {file.name: file.read_bytes() for file in report.iterdir()}
    assert main([f"results/{RUN}", "--out", str(report)]) == 0
    assert {file.name: file.read_bytes() for file in report.iterdir()} == before


def test_several_folders_are_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = ["results/knee-check/knee", "results/recovery"]
    assert main([*folders, "--out", str(tmp_path / "made")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "made" / PAGE)
    page = (tmp_path / "made" / PAGE).read_text(encoding="utf-8")
    assert re.findall(r"<h2>(.*?)</h2>", page) == folders
    assert "recovery.csv" in page


def test_a_figure_of_nothing_is_left_out_with_its_reason(tmp_path: Path, copied: Copied, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reading.report.run_chapter.time_split", _of_nothing)
    assert main([f"results/{RUN}", "--out", str(tmp_path / "made")]) == 0
    page = (tmp_path / "made" / PAGE).read_text(encoding="utf-8")
    assert "“Where the time went”: there are no tasks of a worker" in page
    assert 'id="time-split"' not in page


def _of_nothing(*_: object, **__: object) -> None:
    from reading.problems import NothingToShow

    raise NothingToShow("there are no tasks of a worker")


def refused(folder: Path, target: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that is said of a folder of which no page is made."""
    assert main([str(folder), "--out", str(target)]) == UNREADABLE
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert not target.exists()
    assert [file for file in target.parent.iterdir() if file.name.startswith(".report-")] == []
    return told.err


def test_a_missing_file_is_refused(tmp_path: Path, copied: Copied, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(RUN)
    (folder / "io.csv").unlink()
    assert "io.csv is missing" in refused(folder, tmp_path / "made", capsys)


def test_a_table_that_is_cut_short_is_refused(tmp_path: Path, copied: Copied, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(RUN)
    (folder / "latency.csv").write_bytes((folder / "latency.csv").read_bytes()[:-9])
    assert "latency.csv is cut short" in refused(folder, tmp_path / "made", capsys)


def test_another_schema_version_is_refused(tmp_path: Path, copied: Copied, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = copied(RUN) / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"schema_version" : 1', '"schema_version" : 0'))
    assert "has schema version 0" in refused(manifest.parent, tmp_path / "made", capsys)


def test_a_changed_run_of_a_sweep_is_refused(tmp_path: Path, copied: Copied, capsys: pytest.CaptureFixture[str]) -> None:
    sweep = copied("throttled")
    table = sweep / "c001-r1" / "io.csv"
    table.write_text(table.read_text().replace("worker", "worked", 1))
    assert "c001-r1/io.csv" in refused(sweep, tmp_path / "made", capsys)


def test_a_folder_that_is_no_report_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert main([f"results/{RUN}", "--out", str(tmp_path)]) == UNREADABLE
    assert "is no report" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_only_what_a_report_wrote_is_removed(tmp_path: Path) -> None:
    target = tmp_path / "made"
    assert main([f"results/{RUN}", "--out", str(target)]) == 0
    (target / "notes.txt").write_text("mine")
    (target / "drafts").mkdir()
    (target / "drafts" / "latency.svg").write_text("mine, too")
    assert main(["results/recovery", "--out", str(target)]) == 0
    assert {file.name for file in target.iterdir()} == {PAGE, FIGURES, "recovery.svg", "recovery.png", "notes.txt", "drafts"}
    assert (target / "drafts" / "latency.svg").read_text() == "mine, too"


def test_another_file_with_the_name_of_a_figure_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "made"
    assert main(["results/recovery", "--out", str(target)]) == 0
    before = {file.name: file.read_bytes() for file in target.iterdir()}
    (target / "latency.svg").write_text("mine")
    assert main([f"results/{RUN}", "--out", str(target)]) == UNREADABLE
    assert "latency.svg is there and is no report" in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in target.iterdir()} == before | {"latency.svg": b"mine"}


def test_a_page_of_something_else_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / PAGE).write_bytes(b"<p>caf\xe9</p>")
    assert main([f"results/{RUN}", "--out", str(tmp_path)]) == UNREADABLE
    assert "is no report" in capsys.readouterr().err
    assert (tmp_path / PAGE).read_bytes() == b"<p>caf\xe9</p>"


def test_reports_of_runs_of_the_same_name_lie_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    targets = []
    monkeypatch.setattr("reading.report.__main__.write_report", lambda chapters, overview, target: targets.append(shown(target)))
    runs = ["results/t2-small/c003-r1", "results/t2-small-throttled/c003-r1/", f"./results/{RUN}"]
    for run in runs:
        assert main([run]) == 0
    assert main(runs[:2]) == 0
    assert targets == [
        f".build/report/{name}" for name in ("t2-small-c003-r1", "t2-small-throttled-c003-r1", RUN, "t2-small-c003-r1-and-1-more")
    ]


def test_a_name_is_flat_wherever_a_folder_is() -> None:
    assert flat_name(ROOT / "results" / "io") == "io"
    assert flat_name("results/soak/../io") == "io"
    assert flat_name(".build/tried/run") == "build-tried-run"
    assert flat_name("/elsewhere/run") == "run"
    assert flat_name("results") == "results"


def test_a_sweep_says_how_many_files_were_checked() -> None:
    origin = dict(provenance_of(ResultFolder("results/io")).origin)
    assert re.fullmatch(r"\d+, and \d+ in the folders of 20 runs: each has the SHA-256 .*", origin["files"])


def test_a_drawing_has_names_of_its_own() -> None:
    svg = '<?xml version="1.0"?>\n<svg width="5pt" height="6pt" viewBox="0 0 5 6"><metadata>x</metadata>'
    svg += '<g id="a"><use xlink:href="#b"/><path clip-path="url(#c)"/></g></svg>'
    expected = '<svg viewBox="0 0 5 6" role="img" aria-label="a &lt; b"><g id="p-a"><use xlink:href="#p-b"/>'
    assert inline(svg, "p", "a < b") == expected + '<path clip-path="url(#p-c)"/></g></svg>'
