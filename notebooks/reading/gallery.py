"""Sentences and figures as a notebook shows them, and as files beside it."""

from collections.abc import Callable
from html import escape
from pathlib import Path

from IPython.display import HTML, Markdown, display
from matplotlib.figure import Figure

from reading import render
from reading.problems import NothingToShow
from reading.repository import located
from reading.style import LAPTOP, PAGES, PHONE

NO_FIGURE, NO_ANSWER = "No figure “", "These folders do not answer that"
"""How the sentences begin that stand in the place of what could not be made."""

PHONE_PIXELS = 640
"""Up to which width of a window, in CSS pixels, the figure for a phone is shown."""


def tell(text: str) -> None:
    """Shows sentences, in Markdown."""
    display(Markdown(text))


def answered(answer: Callable[[], str]) -> None:
    """Shows the answer that a function makes of the data, or, where the folders hold too little, that there is none."""
    try:
        tell(answer())
    except NothingToShow as nothing:
        tell(f"*{NO_ANSWER}: {nothing}.*")


class Gallery:
    """Shows figures in a notebook, each for a laptop and for a phone, and keeps them as files where a folder is named."""

    def __init__(self, folder: str | None = None) -> None:
        self.folder: Path | None = located(folder) if folder else None
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)

    def show(self, name: str, alt: str, draw: Callable[..., Figure], *frames: object, **options: object) -> None:
        """Draws a figure of frames and shows it, described to those who cannot see it.

        Where the frames hold nothing to draw, one sentence stands in its place and there is no file.
        """
        try:
            drawn = {page: draw(*frames, page=page, **options) for page in PAGES}
        except NothingToShow as nothing:
            tell(f"*{NO_FIGURE}{name.replace('-', ' ')}” here: {nothing}.*")
            return
        images = {page: render.svg(figure) for page, figure in drawn.items()}
        for page, figure in drawn.items():
            self._keep(name if page is LAPTOP else f"{name}-{page.name}", images[page], figure)
        display(HTML(picture(images[LAPTOP], images[PHONE], alt)))

    def _keep(self, name: str, image: bytes, figure: Figure) -> None:
        if self.folder:
            (self.folder / f"{name}.svg").write_bytes(image)
            (self.folder / f"{name}.png").write_bytes(render.png(figure))


def picture(laptop: bytes, phone: bytes, alt: str) -> str:
    """An HTML element that holds both images of a figure, of which the window's width chooses one."""
    return (
        f'<picture><source media="(max-width: {PHONE_PIXELS}px)" srcset="{render.data_url(phone)}">'
        f'<img alt="{escape(alt)}" src="{render.data_url(laptop)}"></picture>'
    )
