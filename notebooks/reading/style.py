"""One look for all figures: legible in grey print, to colour-blind readers, and on a phone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

Parameters = ParamSpec("Parameters")


@dataclass(frozen=True)
class Page:
    """How wide a reader's page is, the font that is legible there, and how many panels it has room for."""

    name: str
    width_inches: float
    font_points: float
    columns: int


LAPTOP = Page("laptop", 8.4, 10, 3)
"""A page as wide as a text on a laptop, or in print."""

PHONE = Page("phone", 3.8, 8, 1)
"""A page as wide as a phone that is held upright."""

PAGES = (LAPTOP, PHONE)
"""All pages that a figure is drawn for."""


@dataclass(frozen=True)
class Look:
    """How a series is told from the others: in colour, and without it by marker, line and hatch."""

    colour: str
    marker: str
    line: str | tuple[int, tuple[float, ...]]
    hatch: str


LOOKS = (
    Look("#0072B2", "o", "-", ""),
    Look("#D55E00", "s", (0, (5, 1.5)), "///"),
    Look("#009E73", "^", (0, (1.2, 1.2)), "..."),
    Look("#CC79A7", "D", (0, (5, 1.5, 1.2, 1.5)), "xxx"),
    Look("#000000", "v", (0, (8, 2)), "++"),
    Look("#E69F00", "P", (0, (3, 1.2, 1, 1.2, 1, 1.2)), "\\\\\\"),
    Look("#56B4E9", "X", (0, (2, 2)), "oo"),
    Look("#7F7F7F", "*", (0, (1, 2.5)), "--"),
)
"""The colours of M. Okabe and K. Ito, each with a marker, a line and a hatch; the palest of them, yellow, is left out."""

INK = "#222222"
"""The colour of text, axes, and whatever is no series."""

FAINT = "#B0B0B0"
"""The colour of grids and of what is only for orientation."""

PROTOCOLS = ("lease", "lock", "stream", "pop", "lock-setex")
"""Protocols in the order of their looks, which are the same in every figure."""

SAVING = {"svg.fonttype": "path", "svg.hashsalt": "fibq"}
"""What makes an SVG file the same each time, and on each machine: text as outlines, names from what they name."""


_HALF_PHONE = 28
"""How many characters an entry of a legend may have so that two are beside each other on a phone."""


def looks(names: Iterable[str]) -> dict[str, Look]:
    """A look for each name: that of a protocol its own, others in their order."""
    distinct = list(dict.fromkeys(names))
    order = PROTOCOLS if set(distinct) <= set(PROTOCOLS) else distinct
    return {name: LOOKS[order.index(name) % len(LOOKS)] for name in distinct}


def settings(page: Page) -> dict[str, Any]:
    """The settings of matplotlib for figures on a page."""
    small = page.font_points - 1
    return {
        "font.family": "DejaVu Sans",
        "font.size": page.font_points,
        "axes.titlesize": page.font_points,
        "axes.labelsize": page.font_points,
        "xtick.labelsize": small,
        "ytick.labelsize": small,
        "legend.fontsize": small,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.titlelocation": "left",
        "grid.color": FAINT,
        "grid.linewidth": 0.5,
        "grid.alpha": 0.6,
        "lines.linewidth": 1.5,
        "lines.markersize": 4.5,
        "hatch.linewidth": 0.6,
        "legend.frameon": False,
        "legend.handlelength": 2.6,
        "figure.facecolor": "white",
        "figure.constrained_layout.use": True,
    }


def styled(draw: Callable[Parameters, Figure]) -> Callable[Parameters, Figure]:
    """Draws a figure in this style on the page that is passed to it as `page`."""

    @wraps(draw)
    def drawn(*arguments: Parameters.args, **options: Parameters.kwargs) -> Figure:
        page = options.get("page", LAPTOP)
        with mpl.rc_context(settings(page)):
            return draw(*arguments, **options)

    return drawn


def panels(page: Page, count: int, height: float, columns: int | None = None, **sharing: object) -> tuple[Figure, list[Axes]]:
    """A figure of so many panels, each so many inches high, beside each other as far as the page has room."""
    across = min(count, columns if columns and page is LAPTOP else page.columns)
    down = -(-count // across)
    figure = Figure(figsize=(page.width_inches, down * height))
    axes = figure.subplots(down, across, squeeze=False, **sharing).flatten()
    for spare in axes[count:]:
        spare.remove()
    return figure, list(axes[:count])


def label_outside(axes: list[Axes], across: str, up: str) -> None:
    """Labels the horizontal axis of the lowest panel of each column, and the vertical one of the first panel of each row."""
    columns = axes[0].get_subplotspec().get_gridspec().ncols
    for place, axis in enumerate(axes):
        lowest, first = place + columns >= len(axes), place % columns == 0
        axis.set(xlabel=across if lowest else "", ylabel=up if first else "")


def logarithmic(axis: Axis, formatter: Callable[[float, int], str]) -> None:
    """Makes an axis logarithmic with ticks that a reader can tell apart: at 1, 2 and 5 where it has less than two decades."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    low, high = axis.get_view_interval()
    few = high / low < 100
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if few else (1,), numticks=8))
    axis.set_major_formatter(FuncFormatter(formatter))
    axis.set_minor_formatter(NullFormatter())


def stack(page: Page, heights: list[float]) -> tuple[Figure, list[Axes]]:
    """A figure of panels below each other, so many inches high, on one horizontal axis."""
    figure = Figure(figsize=(page.width_inches, sum(heights)))
    axes = figure.subplots(len(heights), 1, squeeze=False, sharex=True, height_ratios=heights)
    return figure, list(axes.flatten())


def legend_below(figure: Figure, page: Page, handles: list[Any], across: int | None = None) -> None:
    """One legend for all panels, below them, where it covers nothing, and for which the figure grows.

    On a phone a row of it has two entries at most.
    """
    longest = max(len(str(handle.get_label())) for handle in handles)
    row = (across or 4) if page is LAPTOP else 1 if longest > _HALF_PHONE else 2
    lines = -(-len(handles) // row)
    figure.set_figheight(figure.get_figheight() + lines * page.font_points / 72 * 1.5)
    figure.legend(handles=handles, loc="outside lower center", ncols=min(len(handles), row))
