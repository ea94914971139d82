#!/usr/bin/env python3
"""Makes double-errors.csv, the independent check of how a Double is judged: run it once, commit what it writes.

Each row holds a Double in hexadecimal, bit for bit, as the closed formula gives it here with the C library's pow, and
its error against F(n) by exact fractions. How the Double came about does not matter: its error is of what it is. Needs
nothing but Python; nothing of fibq.
"""
from fractions import Fraction
import pathlib


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def row(n):
    root = 5.0**0.5
    value = ((1 + root) / 2) ** n / root
    exact, x = fibonacci(n), Fraction(value)
    computed = (2 * x + 1) // 2  # halves away from zero: x is not negative
    error = abs(x - exact)
    ulps = error / Fraction(2) ** (exact.bit_length() - 53)
    is_exact = "true" if computed == exact else "false"
    return f"{n},{value.hex()},{computed},{float(ulps)!r},{float(error / exact)!r},{is_exact}"


def main():
    lines = ["n,value,computed,ulp_error,relative_error,is_exact"]
    lines += [row(n) for n in [*range(1, 201), *range(250, 1474, 51), 1474]]
    path = pathlib.Path(__file__).with_suffix(".csv")
    path.write_text("\n".join(lines) + "\n")


main()
