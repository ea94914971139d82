#!/usr/bin/env python3
"""Makes error-sources.csv, the independent check of the split of the error: run it once, commit what it writes.

It computes with mpmath what each step of the closed formula adds, in units in the last place of F(n). The steps are
rounded to the precision with mpmath's own rounding; what is not rounded has 2,000 bits. Needs mpmath 1.3; nothing of
fibq.
"""
from mpmath import mp, mpf, sqrt, floor
from mpmath.libmp import from_int, from_man_exp, fone, mpf_add, mpf_div, mpf_shift, mpf_sqrt
import pathlib

mp.prec = 2000
MODES = {"nearest": "n", "zero": "d", "up": "c", "down": "f", "away": "u"}


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def number(x):
    return mp.make_mpf(x)


def split(n, precision, mode):
    integer = fibonacci(n)
    root = mpf_sqrt(from_int(5), precision, mode)
    ratio = mpf_shift(mpf_add(root, fone, precision, mode), -1)
    power = from_man_exp(int(ratio[1]) ** n, ratio[2] * n, precision, mode)
    quotient = number(mpf_div(power, root, precision, mode))
    phi = (1 + sqrt(mpf(5))) / 2
    values = [
        mpf(integer), phi**n / sqrt(mpf(5)), number(ratio) ** n / sqrt(mpf(5)), number(power) / sqrt(mpf(5)),
        number(power) / number(root), quotient, floor(quotient + mpf(1) / 2),
    ]
    ulp = mpf(2) ** (integer.bit_length() - precision)
    return [float((after - before) / ulp) for before, after in zip(values, values[1:])]


def main():
    lines = ["n,precision_bits,rounding,omitted_term,phi,power,sqrt5,division,final_rounding"]
    for precision in (8, 24, 53, 113):
        for name, mode in MODES.items():
            for n in (1, 2, 10, 35, 71, 100, 200):
                lines.append(",".join([str(n), str(precision), name] + [repr(x) for x in split(n, precision, mode)]))
    path = pathlib.Path(__file__).with_suffix(".csv")
    path.write_text("\n".join(lines) + "\n")


main()
