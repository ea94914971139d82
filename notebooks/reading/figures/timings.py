"""What an algorithm takes, against n, and where one overtakes another."""

from string import ascii_uppercase
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reading import numbers
from reading.figures.rows import in_order, some
from reading.statistics import floats
from reading.style import INK, LAPTOP, LOOKS, Page, panels, styled

RING = 6
"""The size of a ring, in points."""

_ROOM_BELOW = 20
"""How many times less than the shortest time an axis with letters begins."""

_CHARACTERS_AN_INCH = 14.5
"""How many characters of the key have room in an inch, of a font of ten points."""


@styled
def time_against_n(timings: pd.DataFrame, crossovers: pd.DataFrame, growth: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Median time of a call against n, exact algorithms and those that round, from the tables of `fibq accuracy --study`.

    A ring is a crossover: from there on another algorithm is faster. Its letter is that of the one that is overtaken, and below
    is by which it is, and from which n on. In the legend is the power of n, or the base of the exponential, that the last two
    decades fit.
    """
    rows = some(timings, "timings")
    rounds = rows.precision_bits.notna() & (rows.algorithm != "binet-mpfr")
    groups = [("right at every n", rows[~rounds]), ("rounded", rows[rounds])]
    groups = [(title, group) for title, group in groups if not group.empty]
    figure, axes = panels(page, len(groups), 4.3, columns=2)
    letters = dict(zip(in_order(crossovers.algorithm, ()), ascii_uppercase, strict=False))
    for axis, (title, group) in zip(axes, groups, strict=True):
        names = in_order(group.algorithm, ())
        for place, name in enumerate(names):
            points, look = group[group.algorithm == name].sort_values("n"), LOOKS[place % len(LOOKS)]
            hollow = place >= len(LOOKS)
            axis.plot(
                floats(points.n),
                floats(points.median_ns) / 1e3,
                look.marker,
                color=look.colour,
                linestyle=look.line,
                linewidth=1.1,
                markersize=3.5,
                markerfacecolor="white" if hollow else look.colour,
                label=_label(name, growth),
            )
        for name, letter in letters.items():
            _mark(axis, group, crossovers[crossovers.algorithm == name], letter)
        axis.set(
            xscale="log",
            yscale="log",
            ylim=(floats(group.median_ns).min() / 1e3 / (_ROOM_BELOW if set(letters) & set(names) else 2), None),
            xlabel="index of the Fibonacci number",
            title=f"{title}, n = {len(group)} medians",
        )
        axis.xaxis.set_major_formatter(numbers.tick_number)
        axis.yaxis.set_major_formatter(numbers.tick_time)
        axis.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=2, columnspacing=1, handlelength=2.2)
    axes[0].set_ylabel("time of a call, median")
    _write_key(figure, crossovers, letters, page)
    return figure


def _mark(axis: Axes, group: pd.DataFrame, crossings: pd.DataFrame, letter: str) -> None:
    """A ring wherever one algorithm of the group is overtaken by another, and its letter below the first."""
    names = set(group.algorithm)
    inside = crossings[crossings.algorithm.isin(names) & crossings.overtaken_by.isin(names)].sort_values("n")
    for rank, (_, crossing) in enumerate(inside.iterrows()):
        points = group[group.algorithm == crossing.overtaken_by].sort_values("n")
        height = np.exp(np.interp(np.log(float(crossing.n)), np.log(floats(points.n)), np.log(floats(points.median_ns)))) / 1e3
        axis.plot(float(crossing.n), height, "o", color=INK, markerfacecolor="none", markersize=RING, markeredgewidth=0.8)
        if rank == 0:
            below = {"textcoords": axis.get_xaxis_transform(), "ha": "center", "va": "bottom"}
            leader = {"arrowstyle": "-", "color": INK, "linewidth": 0.6, "shrinkA": 0, "shrinkB": RING / 2}
            axis.annotate(letter, (float(crossing.n), height), (float(crossing.n), 0.01), arrowprops=leader, **below)


def _write_key(figure: Figure, crossovers: pd.DataFrame, letters: dict[str, str], page: Page) -> None:
    """Below the figure, which grows for it, a paragraph a letter: by what an algorithm is overtaken, and from which n on."""
    width = int(page.width_inches * _CHARACTERS_AN_INCH * 10 / page.font_points)
    paragraphs = []
    for name, letter in letters.items():
        own = crossovers[crossovers.algorithm == name].sort_values("n")
        by = [f"{other} from {numbers.count(n)}" for other, n in zip(own.overtaken_by, own.n, strict=True)]
        paragraphs.append(fill(f"{letter}: {name} is overtaken by {', '.join(by)}", width, subsequent_indent="    "))
    text = "\n".join(paragraphs)
    if text:
        figure.set_figheight(figure.get_figheight() + (text.count("\n") + 2) * page.font_points / 72 * 1.25)
        figure.supxlabel(text, x=0.01, ha="left", fontsize=page.font_points - 1)


def _label(name: str, growth: pd.DataFrame) -> str:
    fits = growth[growth.algorithm == name]
    if fits.empty:
        return name
    fit = fits.iloc[0]
    return f"{name}: {fit.base:.2f}$^n$" if np.isnan(fit.exponent) else f"{name}: n$^{{{round(fit.exponent, 2) + 0.0:.2f}}}$"
