"""What is derived of Binet's formula, so that measured errors can be held against it.

The derivation is at `requiredPrecision(for:)` in `Sources/Fibonacci/RequiredPrecision.swift`.
"""

import math
from functools import cache
from itertools import takewhile

PHI = (1 + math.sqrt(5)) / 2
"""The golden ratio."""

_SQRT5_SHARE = math.sqrt(5) / (1 + math.sqrt(5))


@cache
def fibonacci(n: int) -> int:
    """F(n), exactly, for n from 0 on."""
    low, high = 0, 1
    for _ in range(n):
        low, high = high, low + high
    return low


def digits(n: int) -> int:
    """How many decimal digits F(n) has."""
    return len(str(fibonacci(n)))


def ulp(n: int, bits: int) -> float:
    """A unit in the last place of F(n) in a significand of so many bits; n is at least 1."""
    return 2.0 ** (fibonacci(n).bit_length() - bits)


def bound_ulp(n: int, bits: int) -> float:
    """The greatest error of `binet-mpfr`, to nearest, before its last rounding, in ulp of F(n).

    With ε = 2^−bits each rounded step is off by a factor of 1 + δ, |δ| ≤ ε, so all together by at most e^E with
    E = ((1 + c) n + 3) ε / (1 − ε) and c = √5 / (1 + √5); and the formula itself leaves φ^(−n) / √5 out.
    """
    epsilon = 2.0**-bits
    exponent = ((1 + _SQRT5_SHARE) * n + 3) * epsilon / (1 - epsilon)
    error = PHI**n / math.sqrt(5) * math.expm1(exponent) + PHI**-n / math.sqrt(5)
    return error / ulp(n, bits)


def promised_digits(n: int, bits: int) -> int:
    """How many leading decimal digits of the rounded integer the bound promises to be those of F(n), with `binet-mpfr`.

    They are what F(n) less the greatest error and F(n) plus it have in common, so all between them begin like that; none where
    these have not as many digits. The last rounding takes the nearest integer, so an error below a half is none.
    """
    error = math.floor(bound_ulp(n, bits) * ulp(n, bits) + 0.5)
    least, most = str(max(0, fibonacci(n) - error)), str(fibonacci(n) + error)
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(least, most, strict=False))
    return sum(1 for _ in alike) if len(least) == len(most) else 0


def half_ulp(n: int, bits: int) -> float:
    """Half of the way to the next integer, in ulp of F(n): an error from there on makes the rounded value wrong."""
    return 0.5 / ulp(n, bits)
