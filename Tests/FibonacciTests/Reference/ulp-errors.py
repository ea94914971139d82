#!/usr/bin/env python3
"""Makes ulp-errors.csv, the independent check of the error columns: run it once, commit what it writes.

It computes the closed formula with mpmath at each precision and rounding mode (every step rounded, as `binet-mpfr`
documents), and its error in units in the last place of F(n), 2^(bits of F(n) - precision), with exact fractions.
Needs mpmath 1.3; nothing of fibq.
"""
from fractions import Fraction
from mpmath.libmp import from_int, from_man_exp, fone, mpf_add, mpf_div, mpf_shift, mpf_sqrt
import pathlib

MODES = {"nearest": "n", "zero": "d", "up": "c", "down": "f", "away": "u"}


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def fraction(x):
    sign, man, exp, _ = x
    value = Fraction(int(man)) * Fraction(2) ** exp
    return -value if sign else value


def power(x, n, precision, mode):
    """Correctly rounded: an mpf with integer significand is exact as a power of integers."""
    sign, man, exp, _ = x
    return from_man_exp(int(man) ** n, exp * n, precision, mode)


def binet(n, precision, mode):
    root = mpf_sqrt(from_int(5), precision, mode)
    ratio = mpf_shift(mpf_add(root, fone, precision, mode), -1)
    return mpf_div(power(ratio, n, precision, mode), root, precision, mode)


def row(n, precision, name):
    exact, x = fibonacci(n), fraction(binet(n, precision, MODES[name]))
    computed = (2 * x + 1) // 2  # halves away from zero: x is not negative
    error = abs(x - exact)
    ulps = error / Fraction(2) ** (exact.bit_length() - precision) if exact else None
    is_exact = "true" if computed == exact else "false"
    return f"{n},{precision},{name},{computed},{float(ulps)!r},{float(error / exact)!r},{is_exact}"


def main():
    lines = ["n,precision_bits,rounding,computed,ulp_error,relative_error,is_exact"]
    for precision, last in ((8, 40), (24, 60), (53, 200), (64, 110), (113, 180)):
        for name in MODES:
            step = 1 if precision == 53 and name == "nearest" else 7
            lines += [row(n, precision, name) for n in range(1, last + 1, step)]
    path = pathlib.Path(__file__).with_suffix(".csv")
    path.write_text("\n".join(lines) + "\n")


main()
