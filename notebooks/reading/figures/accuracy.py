"""How wrong Binet's formula is, against n: in units in the last place, and in digits."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reading import fibonacci, numbers
from reading.figures.rows import in_order, some
from reading.statistics import floats
from reading.style import INK, LAPTOP, LOOKS, Look, Page, label_outside, legend_below, looks, panels, styled
from reading.units import labelled

PROVEN = "binet-mpfr"
"""The algorithm whose error is bounded by a proof."""


@styled
def ulp_error(accuracy: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """The error before the last rounding, in ulp of F(n), a panel a precision, from `accuracy.csv`.

    The solid line is the bound that is derived for `binet-mpfr` to nearest; above the dotted one an error is half of the way
    to the next integer. An error of nothing has no place on the axis and is left out.
    """
    rows = some(accuracy.dropna(subset=["precision_bits", "ulp_error"]), "algorithms that round")
    rows = rows[(rows.ulp_error > 0) & (rows.n > 0)]
    precisions = sorted(set(rows.precision_bits))
    styles = looks(in_order(rows.algorithm, (PROVEN,)))
    figure, axes = panels(page, len(precisions), 2.7, columns=2, sharex=True)
    for axis, bits in zip(axes, precisions, strict=True):
        of_precision = rows[rows.precision_bits == bits]
        _points(axis, of_precision, "ulp_error", styles)
        indices = np.arange(1, int(rows.n.max()) + 1)
        axis.plot(indices, [fibonacci.bound_ulp(int(n), int(bits)) for n in indices], color=INK, linewidth=1.2)
        axis.plot(indices, [fibonacci.half_ulp(int(n), int(bits)) for n in indices], color=INK, linewidth=1.2, linestyle=":")
        axis.set(yscale="log", ylim=_limits(of_precision), title=f"{bits} bits, n = {len(of_precision)} errors")
        axis.tick_params(labelbottom=True)
    label_outside(axes, "index of the Fibonacci number", labelled("error", "accuracy", "ulp_error"))
    legend_below(figure, page, _legend(styles, f"bound of {PROVEN}", "half an integer"))
    return figure


def _face(name: str, look: Look) -> str:
    """Rings for the algorithm whose error is bounded, so that those that agree with it are seen inside."""
    return "none" if name == PROVEN else look.colour


def _limits(rows: pd.DataFrame) -> tuple[float, float]:
    """From a tenth of an ulp to somewhat above what there is from where the formula's own error is small."""
    later = floats(rows[rows.n >= rows.n.max() / 4].ulp_error)
    return 0.1, max(1e3, float(later.max(initial=1)) * 30)


@styled
def correct_digits(accuracy: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """Leading decimal digits that are right, against n, a panel a precision, from `accuracy.csv`.

    The solid line is how many digits the bound derived for `binet-mpfr` promises: those that all numbers as near to F(n) as
    the bound says begin with. The dotted line is how many F(n) has: where points leave it, the significand has ended.
    """
    rows = some(accuracy.dropna(subset=["precision_bits", "correct_digits"]), "algorithms that round")
    rows = rows[rows.n > 0]
    precisions = sorted(set(rows.precision_bits))
    styles = looks(in_order(rows.algorithm, (PROVEN,)))
    figure, axes = panels(page, len(precisions), 2.7, columns=2, sharex=True)
    indices = range(1, int(rows.n.max()) + 1)
    for axis, bits in zip(axes, precisions, strict=True):
        of_precision = rows[rows.precision_bits == bits]
        _points(axis, of_precision, "correct_digits", styles)
        promised = [fibonacci.promised_digits(n, int(bits)) for n in indices]
        axis.plot(indices, promised, color=INK, linewidth=1.2)
        axis.plot(indices, [fibonacci.digits(n) for n in indices], color=INK, linewidth=1.2, linestyle=":")
        most = float(of_precision.correct_digits.max())
        axis.set(ylim=(0, 1.25 * most), title=f"{bits} bits, n = {len(of_precision)} results")
        axis.tick_params(labelbottom=True)
    label_outside(axes, "index of the Fibonacci number", "correct digits")
    legend_below(figure, page, _legend(styles, f"promised by the bound of {PROVEN}", "all digits of F(n)"))
    return figure


def _points(axis: Axes, rows: pd.DataFrame, column: str, styles: dict[str, Look]) -> None:
    """A point a value of a column, with the looks of the algorithms."""
    for name, look in styles.items():
        points = rows[rows.algorithm == name]
        axis.plot(
            floats(points.n),
            floats(points[column]),
            look.marker,
            color=look.colour,
            markersize=4.5 if name == PROVEN else 2.2,
            markerfacecolor=_face(name, look),
            markeredgewidth=0.7,
        )


def _legend(styles: dict[str, Look], solid: str, dotted: str) -> list[Line2D]:
    handles = [
        Line2D([], [], color=look.colour, marker=look.marker, linestyle="", label=name, markerfacecolor=_face(name, look))
        for name, look in styles.items()
    ]
    return [*handles, Line2D([], [], color=INK, label=solid), Line2D([], [], color=INK, linestyle=":", label=dotted)]


@styled
def bounds_and_gaps(bounds: pd.DataFrame, *, page: Page = LAPTOP) -> Figure:
    """The first n that is wrong, above the last n that is proven exact, against the precision, from `bounds.csv`.

    To the right, points of one precision are beside each other.
    """
    rows = some(bounds.dropna(subset=["gap"]), "bounds")
    styles = looks(in_order(rows.rounding, ("nearest",)))
    figure, axes = panels(page, 2, 3.0, columns=2)
    nearest = rows[rows.rounding == "nearest"]
    axes[0].plot(floats(nearest.precision_bits), floats(nearest.proven_exact_to) + 1, color=INK, label="bound")
    axes[0].plot(floats(nearest.precision_bits), floats(nearest.first_inexact), "o", color=LOOKS[0].colour, label="first wrong")
    axes[0].set(yscale="log", ylabel="index of the Fibonacci number", title=f"to nearest, n = {len(nearest)} precisions")
    axes[0].legend()
    for place, (name, look) in enumerate(styles.items()):
        points = rows[rows.rounding == name]
        aside = 1.06 ** (place - (len(styles) - 1) / 2)
        axes[1].plot(floats(points.precision_bits) * aside, floats(points.gap), look.marker, color=look.colour, label=name)
    axes[1].set(
        ylabel="gap between them",
        title=f"all modes, n = {len(rows)}",
        ylim=(-0.5, math.ceil(float(rows.gap.max())) + 1),
    )
    for axis in axes:
        axis.set(xscale="log", xlabel=labelled("significand", "bounds", "precision_bits"))
        axis.set_xticks([8, 24, 53, 113, 256, 1024, 4096], ["8", "24", "53", "113", "256", "1,024", "4,096"])
        axis.set_xticks([], minor=True)
    axes[0].yaxis.set_major_formatter(numbers.tick_number)
    legend_below(figure, page, axes[1].get_legend_handles_labels()[0], across=5)
    return figure
