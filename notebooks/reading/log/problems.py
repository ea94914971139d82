"""What can be wrong with an entry of the log."""

from pathlib import Path

from reading.problems import ReadingProblem
from reading.repository import shown


class BadEntry(ReadingProblem):
    """A file that `make log` did not write, or whose front matter was damaged."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{shown(file)} has no front matter of `make log`: give the new entry another SLUG, or move that file away"
        )


class EditedEntry(ReadingProblem):
    """An entry that was changed outside of its blanks."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{shown(file)} was edited outside of its blanks, and would be overwritten: "
            "move what you wrote into a blank, or say FORCE=1 to lose it"
        )


class LostBlanks(ReadingProblem):
    """An entry with words in blanks that its new text has no place for."""

    def __init__(self, file: Path, names: list[str]) -> None:
        super().__init__(
            f"{shown(file)} has words in the blank {', '.join(names)}, of which there is none in its new text: "
            "move them into another blank, or say FORCE=1 to lose them"
        )


class SameName(ReadingProblem):
    """Two folders of an entry whose figures would have the same names."""

    def __init__(self, name: str) -> None:
        super().__init__(f"two of these folders are called {name}, and so would their figures be: write an entry for each")


class NothingToTell(ReadingProblem):
    """A folder of which the log has nothing to say."""

    def __init__(self, folder: str, kind: str) -> None:
        super().__init__(f"{folder} is a {kind} that the log has no section for: name runs, sweeps, or the Fibonacci study")
