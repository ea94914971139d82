"""What Fibonacci numbers cost: how time grows, and how ours compare with C: `make accuracy bench-fibonacci bench-flint`."""

from dataclasses import dataclass

import pandas as pd

from reading.facts.results import folder, path_of
from reading.facts.spread import Spread, spread
from reading.foreign import read_foreign

STUDY = "fibonacci"
BENCHMARK = "fibonacci-benchmark"

FAST = ("matrix", "gmp-doubling", "lucas", "gmp", "binet-mpfr", "binet-exact")
"""The algorithms whose time grows slowest."""


@dataclass(frozen=True)
class Growth:
    """With which power of n time grows over which n, or to which base."""

    least: int
    greatest: int
    exponent: float | None
    base: float | None


@dataclass(frozen=True)
class Flint:
    """A multiplication by a library: its time as a part of GMP's, and the memory that it takes."""

    version: str
    to_gmp: float
    peak_kib: int


@dataclass(frozen=True)
class Costs:
    """Time against n, crossovers by the pair's names, ratios to C by algorithm and n, and FLINT's by n."""

    growth: dict[str, Growth]
    crossovers: dict[tuple[str, str], int]
    ratios: dict[str, dict[int, float]]
    ours_ns: dict[str, dict[int, float]]
    flint: dict[tuple[str, int], Flint]

    @property
    def fast(self) -> Spread:
        """The exponents of the fast ones."""
        return spread(self.growth[name].exponent for name in FAST)

    @property
    def gmp_sizes(self) -> list[int]:
        """The n at which `gmp` was held against C."""
        return sorted(self.ratios["gmp"])

    @property
    def gmp_below(self) -> Spread:
        """The ratios at all of them but the greatest."""
        return self.ratio("gmp", greatest=self.gmp_sizes[-2])

    @property
    def gmp_at_most(self) -> Spread:
        """The ratio at the greatest."""
        return self.ratio("gmp", least=self.gmp_sizes[-1])

    @property
    def decimal_sizes(self) -> list[int]:
        """The three least n whose decimal text was timed."""
        return sorted(self.ratios["decimal"])[:3]

    @property
    def flint_sizes(self) -> list[int]:
        """The n whose factors FLINT multiplied."""
        return sorted({n for _, n in self.flint})

    def ratio(self, algorithm: str, least: int = 0, greatest: int = 10**18) -> Spread:
        """The ratios to C of an algorithm over a range of n."""
        return spread(ratio for n, ratio in self.ratios[algorithm].items() if least <= n <= greatest)


def fibonacci_costs() -> Costs:
    """What the committed study and benchmarks show."""
    growth, crossovers = folder(STUDY).table("growth"), folder(STUDY).table("crossovers")
    ratios = read_foreign(path_of(BENCHMARK) / "ratios.csv", ("algorithm",), ("n", "ratio", "ours_median_ns"))
    flint = read_foreign(path_of(BENCHMARK) / "flint.csv", ("library", "version"), ("n", "ratio_to_gmp", "peak_kib"))
    return Costs(
        growth={row.algorithm: _growth(row) for _, row in growth.iterrows()},
        crossovers={(row.algorithm, row.overtaken_by): int(row.n) for _, row in crossovers.iterrows()},
        ratios=_by_algorithm(ratios, "ratio"),
        ours_ns=_by_algorithm(ratios, "ours_median_ns"),
        flint={
            (row.library, int(row.n)): Flint(row.version, float(row.ratio_to_gmp), int(row.peak_kib)) for _, row in flint.iterrows()
        },
    )


def _growth(row: pd.Series) -> Growth:
    def present(value: float) -> float | None:
        return None if pd.isna(value) else float(value)

    return Growth(int(row.from_n), int(row.to_n), present(row.exponent), present(row.base))


def _by_algorithm(rows: pd.DataFrame, column: str) -> dict[str, dict[int, float]]:
    return {
        str(algorithm): dict(zip(group.n.astype(int), group[column], strict=True)) for algorithm, group in rows.groupby("algorithm")
    }
