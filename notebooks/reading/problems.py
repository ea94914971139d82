"""What can be wrong with results; each problem is one line that says what to do."""

from pathlib import Path

from reading.repository import shown


class ReadingProblem(Exception):
    """Results that cannot be read as they are, in one line for whoever asked for them."""

    def _render_traceback_(self) -> list[str]:
        """Lets a notebook show the line alone, without a page of traceback."""
        return [f"{type(self).__name__}: {self}"]


class MissingFile(ReadingProblem):
    """A file that a folder must have, and has not."""

    def __init__(self, file: Path, needed_by: str) -> None:
        super().__init__(f"{shown(file)} is missing ({needed_by}): get the whole folder, or name another one")


class TruncatedFile(ReadingProblem):
    """A file that ends before its end."""

    def __init__(self, file: Path, sign: str) -> None:
        super().__init__(f"{shown(file)} is cut short ({sign}): get it again, or name another folder")


class WrongChecksum(ReadingProblem):
    """A file that is not the one which its manifest tells of."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{shown(file)} is not what its manifest's SHA-256 says, so it was changed after it was written: "
            "get it again, or name another folder"
        )


class BadManifest(ReadingProblem):
    """A manifest that lacks what each one has."""

    def __init__(self, file: Path, lacking: str) -> None:
        super().__init__(f"{shown(file)} is no manifest of fibq ({lacking}): get it again, or name another folder")


class UnsignedFile(ReadingProblem):
    """A table of which the manifest does not tell, so that nobody could say whether it was cut."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{shown(file)} has no SHA-256 in the manifest beside it, so it may have been changed or cut unnoticed: "
            "get the whole folder, or name another one"
        )


class EmptyTable(ReadingProblem):
    """A table without rows where there must be one."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{shown(file)} has no row below its header: get it again, or name another folder")


class OtherVersion(ReadingProblem):
    """A file of a schema version that the data dictionary does not describe."""

    def __init__(self, file: Path, found: object, described: int) -> None:
        super().__init__(
            f"{shown(file)} has schema version {found}, and results/README.md describes {described}: "
            "read it with the notebooks of the commit in its manifest"
        )


class WrongHeader(ReadingProblem):
    """A table whose columns are not those of the data dictionary."""

    def __init__(self, file: Path, position: int, found: str, expected: str) -> None:
        super().__init__(
            f"{shown(file)} has the column '{found}' in place {position}, where results/README.md has '{expected}': "
            "read it with the notebooks of the commit in its manifest"
        )


class MissingColumn(ReadingProblem):
    """A table that lacks a column which all of its files have."""

    def __init__(self, file: Path, column: str) -> None:
        super().__init__(
            f"{shown(file)} lacks the column '{column}', which results/README.md has in every such file: "
            "get it again, or name another folder"
        )


class BadValue(ReadingProblem):
    """A field that is no value of its column's unit."""

    def __init__(self, file: Path, column: str, value: str, unit: str) -> None:
        super().__init__(f"{shown(file)} has '{value}' in the column {column}, which is in {unit}: get it again")


class WrongKind(ReadingProblem):
    """A folder of another kind than the one that was asked for."""

    def __init__(self, folder: Path, found: str, wanted: str) -> None:
        super().__init__(f"{shown(folder)} is a {found}, and a {wanted} is needed: name another folder")


class BadDictionary(ReadingProblem):
    """A data dictionary that says nothing of what was asked."""


class NothingToShow(Exception):
    """Raised by a figure, or a sentence, that would be made of no rows; says what there is none of."""
