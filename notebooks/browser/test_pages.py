"""Pages in a browser: every figure is drawn, nothing is asked of a network, and no page is wider than its window."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from reading.execute import main as execute
from reading.folders import ResultFolder
from reading.pairing import scripts
from reading.report.__main__ import main
from reading.report.chapters import chapter_of
from reading.report.output import PAGE
from reading.style import PHONE

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What the browser is called on Debian, and elsewhere."""

REPORTS = {
    "run": ["results/20261125-044912-48a8"],
    "sweep": ["results/t2-small-throttled"],
    "faults": ["results/faults"],
    "several": ["results/knee-check/knee", "results/recovery"],
    "studies": ["results/growth", "results/growth-measuring", "results/queueing", "results/recovery-stream", "results/knee-check"],
}
"""The pages that are opened: of the committed default run, of a sweep, of a sweep with faults, and of several folders."""

WIDTHS = {"laptop": (1280, 800), "phone": (390, 844)}
"""Windows, in CSS pixels."""

DRAWN = """() => [...document.querySelectorAll('figure')].map(figure => {
  const seen = [...figure.querySelectorAll('svg')].filter(svg => svg.getBoundingClientRect().width > 0);
  const box = seen.length ? seen[0].getBoundingClientRect() : {width: 0, height: 0};
  const marks = seen.length ? [...seen[0].querySelectorAll('path, use')].filter(mark => mark.getBBox().width > 0) : [];
  return {name: figure.id, shown: seen.length, width: box.width, height: box.height, marks: marks.length,
          label: seen.length ? seen[0].getAttribute('aria-label') : ''};
})"""
"""What can be seen of each figure."""

SHOWN = """async () => Promise.all([...document.querySelectorAll('picture img')].map(async image => {
  await image.decode().catch(() => null);
  return {natural: image.naturalWidth, width: image.getBoundingClientRect().width, label: image.alt};
}))"""
"""What can be seen of each image."""

WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(part => !part.closest('.scroll, pre, svg') && part.getBoundingClientRect().right > window.innerWidth + 1)
  .map(part => part.outerHTML.slice(0, 80))"""
"""Parts that reach beyond the window, and are in no box that scrolls."""

LEVELS = "() => [...document.querySelectorAll('h1, h2, h3, h4')].map(heading => Number(heading.tagName[1]))"
"""The levels of the headings, in their order."""


@dataclass
class Opened:
    """A page in a window, with what it asked for and complained of while it was opened."""

    page: Page
    requests: list[str]
    complaints: list[str]
    file: Path

    def require_one_file(self) -> None:
        """The page was made of its own file alone, and had nothing to complain of."""
        assert [url for url in self.requests if not url.startswith("data:")] == [self.file.as_uri()]
        assert self.complaints == []

    def require_width(self) -> None:
        """Nothing reaches beyond the window."""
        assert self.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
        assert self.page.evaluate(WIDE) == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "chromium is not installed: apt-get install chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass(frozen=True)
class Report:
    """A report's page, and the names of the figures that its folders have, in their order."""

    file: Path
    figures: tuple[str, ...]


@pytest.fixture(scope="session", params=REPORTS)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder, runs = tmp_path_factory.mktemp("reports") / request.param, REPORTS[request.param]
    assert main([*runs, "--out", str(folder)]) == 0
    chapters = [chapter_of(ResultFolder(run)) for run in runs]
    names = [(chapter.anchor, each.name) for chapter in chapters for each in chapter.illustrations]
    return Report(folder / PAGE, tuple(f"{anchor}-{name}" if len(runs) > 1 else name for anchor, name in names))


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the pages of all notebooks, and with their figures."""
    folder = tmp_path_factory.mktemp("notebooks")
    assert execute([str(folder), "--whole"]) == 0
    return folder


@pytest.fixture(params=WIDTHS)
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    width, height = WIDTHS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    yield context
    context.close()


def opened(window: BrowserContext, file: Path) -> Opened:
    """The file in the window."""
    page = window.new_page()
    opened = Opened(page, [], [], file)
    page.on("request", lambda sent: opened.requests.append(sent.url))
    page.on("requestfailed", lambda failed: opened.complaints.append(f"{failed.url}: {failed.failure}"))
    page.on("console", lambda message: opened.complaints.append(message.text))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.goto(file.as_uri())
    return opened


def test_a_report_is_drawn_from_its_own_file_alone(window: BrowserContext, report: Report) -> None:
    """One page of the window for all that it must be, since opening it is what takes the time."""
    shown = opened(window, report.file)
    shown.require_one_file()

    figures = shown.page.evaluate(DRAWN)
    assert [figure["name"] for figure in figures] == list(report.figures)
    assert figures
    for figure in figures:
        assert figure["shown"] == 1, figure
        assert figure["width"] > 250, figure
        assert figure["height"] > 100, figure
        assert figure["marks"] > 10, figure
        assert len(figure["label"]) > 20, figure

    shown.require_width()
    levels = shown.page.evaluate(LEVELS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", [script.stem for script in scripts()])
def test_a_notebook_shows_every_figure_that_it_drew(window: BrowserContext, notebooks: Path, name: str) -> None:
    shown = opened(window, notebooks / f"{name}.html")
    shown.require_one_file()
    images = shown.page.evaluate(SHOWN)
    drawn = [file for file in (notebooks / name).glob("*.svg") if not file.stem.endswith(f"-{PHONE.name}")]
    assert len(images) == len(drawn) > 0
    for image in images:
        assert image["natural"] > 100, image
        assert image["width"] > 250, image
        assert len(image["label"]) > 10, image
    shown.require_width()


def test_an_image_that_is_not_loaded_would_be_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<picture><img alt="nothing" src="data:image/svg+xml,broken"></picture>')
    assert page.evaluate(SHOWN)[0]["natural"] == 0
    page.close()


def test_a_figure_that_is_not_drawn_would_be_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<figure id="empty"><svg width="300" height="200" aria-label="nothing"></svg></figure>')
    assert page.evaluate(DRAWN)[0]["marks"] == 0
    page.close()
