"""What pages say in words, held to the data."""

import pandas as pd

from reading.problems import ReadingProblem


class StaleClaim(ReadingProblem):
    """Something that a page says in words, and that the results no longer say."""

    def __init__(self, folder: str, claim: str) -> None:
        super().__init__(f"results/{folder} does not say that {claim}: change what the templates say of it")


def everywhere(claim: pd.Series) -> bool:
    """Whether something is true of every row; of one where it is not known it is not."""
    return bool(claim.astype("boolean").fillna(False).all())


def hold(folder: str, claim: str, is_true: object) -> None:
    """Raises `StaleClaim` unless it is true. Something missing is not true."""
    if pd.isna(is_true) or not is_true:
        raise StaleClaim(folder, claim)
