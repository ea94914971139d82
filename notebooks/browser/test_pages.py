"""Pages in a browser: every figure is drawn, nothing is asked of a network, and no page is wider than its window."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from reading.report.__main__ import main
from reading.report.output import PAGE

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What the browser is called on Debian, and elsewhere."""

REPORTS = {
    "run": ["results/20261125-044912-48a8"],
    "sweep": ["results/t2-small-throttled"],
    "faults": ["results/faults"],
    "several": ["results/knee-check/knee", "results/recovery"],
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

WIDE = """() => [...document.querySelectorAll('main *, header *, footer *')]
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "chromium is not installed: apt-get install chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=REPORTS)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports") / request.param
    assert main([*REPORTS[request.param], "--out", str(folder)]) == 0
    return folder


@pytest.fixture(params=WIDTHS)
def opened(request: pytest.FixtureRequest, browser: Browser, report: Path) -> Iterator[Opened]:
    width, height = WIDTHS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    opened = Opened(page, [], [], report / PAGE)
    page.on("request", lambda sent: opened.requests.append(sent.url))
    page.on("requestfailed", lambda failed: opened.complaints.append(f"{failed.url}: {failed.failure}"))
    page.on("console", lambda message: opened.complaints.append(message.text))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.goto(opened.file.as_uri())
    yield opened
    context.close()


def test_a_page_is_drawn_from_its_own_file_alone(opened: Opened) -> None:
    """One page of the window for all that it must be, since opening it is what takes the time."""
    assert [url for url in opened.requests if not url.startswith("data:")] == [opened.file.as_uri()]
    assert opened.complaints == []

    figures = opened.page.evaluate(DRAWN)
    assert figures
    for figure in figures:
        assert figure["shown"] == 1, figure
        assert figure["width"] > 250, figure
        assert figure["height"] > 100, figure
        assert figure["marks"] > 10, figure
        assert len(figure["label"]) > 20, figure

    assert opened.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert opened.page.evaluate(WIDE) == []

    levels = opened.page.evaluate(LEVELS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_figure_that_is_not_drawn_would_be_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<figure id="empty"><svg width="300" height="200" aria-label="nothing"></svg></figure>')
    assert page.evaluate(DRAWN)[0]["marks"] == 0
    page.close()
