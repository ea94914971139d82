"""Entries of the log: the same each time, never over what the author wrote, and never stale."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import RUN

from reading.drawings import is_same_drawing
from reading.faults import Tally
from reading.folders import ResultFolder
from reading.log import blanks
from reading.log.__main__ import UNREADABLE, main
from reading.log.entry import Entry
from reading.log.section import Losses
from reading.log.sections import section_of
from reading.log.writer import rewrite_entry, slug_of
from reading.log.writing import _losses, body, told
from reading.readouts.run import summary_of
from reading.repository import ROOT
from reading.typed_numbers import typed_numbers

Copied = Callable[[str], Path]

NAME = "2026-11-25-a-day"
ENTRIES = sorted((ROOT / "log").glob("*.md"))
TEMPLATES = sorted((ROOT / "notebooks/reading/templates/log").glob("*.j2"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with an entry of a run, not to be changed."""
    log = tmp_path_factory.mktemp("log")
    assert main([f"results/{RUN}", "--title", "A day", "--log", str(log)]) == 0
    return log


@pytest.fixture
def log(written: Path, tmp_path: Path) -> Path:
    """A copy of that log."""
    return shutil.copytree(written, tmp_path / "log")


def write(log: Path, *options: str) -> int:
    return main([f"results/{RUN}", "--title", "A day", "--log", str(log), *options])


def files(log: Path) -> dict[str, bytes]:
    return {str(file.relative_to(log)): file.read_bytes() for file in log.rglob("*") if file.is_file()}


def test_an_entry_says_what_it_is_of(log: Path) -> None:
    entry = Entry.read(log / f"{NAME}.md")
    assert (entry.title, entry.date) == ("A day", "2026-11-25")
    assert [(source.folder, source.run_id, source.commit[:7]) for source in entry.sources] == [(f"results/{RUN}", RUN, "f6f5b71")]
    assert entry.tags == ("redis", "queue", "measurements")


def test_its_figures_are_beside_it(log: Path) -> None:
    text = (log / f"{NAME}.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert len(shown) == 3
    assert sorted(shown) == sorted(name for name in files(log) if name.endswith(".svg"))


def test_written_again_it_is_the_same(log: Path) -> None:
    before = files(log)
    assert write(log) == 0
    assert files(log) == before


def test_what_is_in_blanks_stays(log: Path) -> None:
    file = log / f"{NAME}.md"
    file.write_text(file.read_text(encoding="utf-8").replace("-\n-\n-\n", "- sleep\n"), encoding="utf-8")
    before = files(log)
    assert write(log) == 0
    assert files(log) == before
    assert "- sleep\n" in file.read_text(encoding="utf-8")


def test_title_and_tags_are_the_authors(log: Path) -> None:
    file = log / f"{NAME}.md"
    text = file.read_text(encoding="utf-8").replace("A day", "The longest day").replace("- redis\n", "- weekend\n")
    file.write_text(text, encoding="utf-8")
    assert main(["--log", str(log)]) == 0
    entry = Entry.read(file)
    assert entry.title == "The longest day"
    assert entry.tags[0] == "weekend"


def test_an_edit_elsewhere_is_not_overwritten(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = log / f"{NAME}.md"
    file.write_text(file.read_text(encoding="utf-8").replace("It holds", "It holds, just"), encoding="utf-8")
    before = files(log)
    assert write(log) == UNREADABLE
    assert "was edited outside of its blanks" in capsys.readouterr().err
    assert files(log) == before


def test_an_edit_elsewhere_is_overwritten_when_told(log: Path) -> None:
    file = log / f"{NAME}.md"
    file.write_text(file.read_text(encoding="utf-8").replace("It holds", "It holds, just"), encoding="utf-8")
    assert write(log, "--force") == 0
    assert "It holds, just" not in file.read_text(encoding="utf-8")


def with_a_blank_more(log: Path, words: str) -> Path:
    """The entry as it would be if its template had had one more blank, with these words in it."""
    file = log / f"{NAME}.md"
    entry = Entry.read(file)
    body = f"{entry.body}\n<!-- yours: doubts -->\n{words}<!-- end of yours -->\n"
    file.write_text(replace(entry, body=body, generated=blanks.checksum(body)).text(), encoding="utf-8")
    return file


def test_words_in_a_blank_that_has_no_place_any_more_are_not_lost(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = with_a_blank_more(log, "I doubt it.\n")
    before = files(log)
    assert write(log) == UNREADABLE
    assert "has words in the blank doubts" in capsys.readouterr().err
    assert main(["--log", str(log)]) == UNREADABLE
    assert files(log) == before
    assert write(log, "--force") == 0
    assert "I doubt it." not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["", "\n", "-\n-\n"])
def test_a_blank_without_words_may_go(log: Path, words: str) -> None:
    file = with_a_blank_more(log, words)
    assert write(log) == 0
    assert "doubts" not in file.read_text(encoding="utf-8")


def test_the_authors_own_pictures_stay(log: Path) -> None:
    (log / NAME / "desk.jpg").write_bytes(b"picture")
    assert write(log) == 0
    assert (log / NAME / "desk.jpg").read_bytes() == b"picture"


def test_a_file_that_is_no_entry_is_not_overwritten(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = log / f"{NAME}.md"
    file.write_text("# my own\n", encoding="utf-8")
    assert write(log) == UNREADABLE
    assert "has no front matter" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "# my own\n"


def test_a_table_that_is_cut_short_is_one_line_and_no_entry(
    tmp_path: Path, copied: Copied, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied(RUN)
    (folder / "latency.csv").write_bytes((folder / "latency.csv").read_bytes()[:-9])
    assert main([str(folder), "--log", str(tmp_path / "log")]) == UNREADABLE
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "log").exists()


def test_a_study_that_the_log_does_not_know_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["results/recovery", "--log", str(tmp_path / "log")]) == UNREADABLE
    assert "has no section for" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["io", "faults-others", "knee-check/knee", "t2-small-throttled", "soak", "durability"])
def test_every_kind_of_folder_has_a_section(folder: str) -> None:
    """As text only: drawing is what takes the time, and is tested elsewhere."""
    text = told(replace(section_of(f"results/{folder}"), illustrations=()), "beside").text
    assert text.startswith("### ")
    for nothing in ("nan", "<NA>", "None", "{{", "{%", "]("):
        assert nothing not in text


def test_a_run_whose_redis_could_not_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = summary_of(ResultFolder(f"results/{RUN}"))
    asked[["lost", "left_in_redis", "duplicated"]] = pd.NA
    monkeypatch.setattr("reading.log.run_section.summary_of", lambda _: asked)
    section = section_of(f"results/{RUN}")
    assert section.losses == Losses(19780, Tally(0, 1), Tally(0, 1))
    assert _losses([("results/x", section.losses)]).rows == (("results/x", "19,780", "not known", "not known"),)
    assert "What was lost I can't say" in told(replace(section, illustrations=()), "beside").text


def test_faults_whose_runs_could_not_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    cells, read = ResultFolder("results/faults-others").table("cells"), ResultFolder.table
    cells["lost"] = cells["lost"].mask(cells.protocol == "lock")
    monkeypatch.setattr(ResultFolder, "table", lambda self, name: cells if name == "cells" else read(self, name))
    section = replace(section_of("results/faults-others"), illustrations=())
    text = told(section, "beside").text
    lock, pop = (next(line for line in text.splitlines() if line.startswith(f"- `{name}`")) for name in ("lock", "pop"))
    assert "nothing lost that anybody could count" in lock
    assert "what they lost is not known" in lock
    assert "at most" not in lock
    assert "76 tasks lost" in pop
    entry = body((section,), (told(section, "beside"),))
    assert "Of results/faults-others it is not known in all" in entry
    assert "76 or more" in entry


def test_figures_of_runs_of_the_same_name_lie_apart(tmp_path: Path) -> None:
    runs = ["results/t2-small/c003-r1", "results/t2-small-throttled/c003-r1"]
    assert [section_of(run).name for run in runs] == ["t2-small-c003-r1", "t2-small-throttled-c003-r1"]


def test_folders_whose_figures_would_be_called_alike_are_refused(
    tmp_path: Path, copied: Copied, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([f"results/{RUN}", str(copied(RUN)), "--log", str(tmp_path / "log")]) == UNREADABLE
    assert f"two of these folders are called {RUN}" in capsys.readouterr().err
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.stem)
def test_committed_entries_are_what_their_results_say(entry: Path, tmp_path: Path) -> None:
    advice = "after a change of results, of a template or of a figure: make log"
    again = tmp_path / entry.name
    shutil.copy(entry, again)
    shutil.copytree(entry.with_suffix(""), again.with_suffix(""))
    rewrite_entry(again, force=True)
    assert again.read_text(encoding="utf-8") == entry.read_text(encoding="utf-8"), advice
    assert sorted(files(again.with_suffix(""))) == sorted(files(entry.with_suffix(""))), advice
    for name, image in files(again.with_suffix("")).items():
        assert is_same_drawing(image, (entry.with_suffix("") / name).read_bytes()), f"{advice} ({name} differs)"


def test_drawings_are_alike_up_to_a_hundredth_of_a_point() -> None:
    drawing = b'<svg><path id="m1" d="M 1.5 2 L 3 4"/></svg>'
    assert is_same_drawing(drawing, drawing.replace(b"1.5", b"1.501").replace(b"m1", b"m2"))
    assert not is_same_drawing(drawing, drawing.replace(b"1.5", b"1.6"))
    assert not is_same_drawing(drawing, drawing.replace(b"L 3 4", b"L 3 4 L 5 6"))
    assert not is_same_drawing(drawing, drawing.replace(b"path", b"use"))


def test_a_drawing_that_is_the_same_is_left_as_it_is(log: Path) -> None:
    image = next((log / NAME).glob("*.svg"))
    elsewhere = re.sub(rb"p[0-9a-f]{10}", b"p0123456789", image.read_bytes())
    image.write_bytes(elsewhere)
    rewrite_entry(log / f"{NAME}.md", force=True)
    assert image.read_bytes() == elsewhere


def test_a_number_that_went_stale_is_found(log: Path) -> None:
    file = log / f"{NAME}.md"
    before = file.read_text(encoding="utf-8").replace("19,780", "19,781", 1)
    file.write_text(before, encoding="utf-8")
    rewrite_entry(file, force=True)
    assert file.read_text(encoding="utf-8") != before


def test_there_is_an_entry() -> None:
    assert ENTRIES


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_no_number_is_typed_in_a_template(template: Path) -> None:
    assert typed_numbers(template.read_text(encoding="utf-8"), ("one in a hundred",)) == []


def test_a_typed_number_would_be_found() -> None:
    found = typed_numbers("carries 12 a second {{ rate + 1 }} {# 3 #} {% if a > 4 %}, by two workers")
    assert [number.text for number in found] == ["12", "two"]


def test_blanks_are_told_by_their_names() -> None:
    body = "a\n<!-- yours: x -->\nwords\n<!-- end of yours -->\nb\n"
    assert blanks.texts(body) == {"x": "words\n"}
    assert blanks.filled(body, {"x": "others\n", "y": "none\n"}) == body.replace("words", "others")
    assert blanks.checksum(body) == blanks.checksum(body.replace("words", "others"))
    assert blanks.checksum(body) != blanks.checksum(body.replace("b\n", "c\n"))


def test_a_title_becomes_a_name() -> None:
    assert slug_of("What φ costs: 1.62ⁿ – really?") == "what-costs-1-62n-really"
