"""What the log says of the Fibonacci study."""

import pandas as pd

from reading.folders import ResultFolder
from reading.log.section import Section
from reading.log.sources import source_of
from reading.readouts.accuracy import divergence_readout
from reading.report.study_chapter import study_chapter

_TYPE = "binet"
"""The formula as it is written down first: in the type that everybody takes."""


def fibonacci_section(study: ResultFolder, name: str) -> Section:
    """Where the closed formula goes wrong, why, and what it would take."""
    divergence, bounds = study.table("divergence"), study.table("bounds")
    usual = divergence[(divergence.algorithm == _TYPE) & (divergence.rounding == "nearest")].iloc[0]
    facts = {
        "first": usual,
        "value": _value(study.table("accuracy"), int(usual.first_inexact)),
        "table": divergence_readout(divergence[divergence.algorithm != "binet-mpfr"]).markdown(),
        "precisions": bounds.precision_bits.nunique(),
        "modes": bounds.rounding.nunique(),
        "gap": bounds.gap.max(),
        "broken": int((bounds.first_inexact <= bounds.proven_exact_to).sum()),
        "sources": _sources(study.table("error_sources"), int(usual.precision_bits)),
        "growth": _growth(study.table("growth")),
    }
    return Section(name, "fibonacci.md.j2", source_of(study), facts, study_chapter(study, name).illustrations)


def _value(accuracy: pd.DataFrame, n: int) -> pd.Series:
    """What came out where it is wrong first, and what it should have been."""
    return accuracy[(accuracy.algorithm == _TYPE) & (accuracy.n == n)].iloc[0]


def _sources(sources: pd.DataFrame, bits: int) -> dict[str, object]:
    """What each step makes of the error at the greatest n that was taken apart in that precision."""
    own = sources[(sources.precision_bits == bits) & (sources.rounding == "nearest")]
    at = own[own.n == own.n.max()]
    parts = sorted(zip(at.source, at.contribution_ulp, strict=True), key=lambda part: -abs(part[1]))
    return {"n": int(own.n.max()), "bits": bits, "parts": parts, "total": float(at.contribution_ulp.sum())}


def _growth(growth: pd.DataFrame) -> dict[str, pd.Series]:
    """How the slowest kind of growth and the fastest algorithms' grow."""
    powers = growth[growth.exponent.notna() & (growth.from_n >= growth.from_n.max())]
    return {"exponential": growth[growth.base.notna()].iloc[0], "least": powers.loc[powers.exponent.idxmin()]}
