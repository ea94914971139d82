"""Notebooks and the scripts that they are paired with: the script is what people read and change, the notebook follows.

`python -m reading.pairing` writes each notebook anew from its script, without output.
"""

from pathlib import Path

import jupytext
import nbformat

from reading.repository import ROOT

NOTEBOOKS = ROOT / "notebooks"
"""Where the notebooks are."""


def scripts() -> list[Path]:
    """The scripts of all notebooks, in the order of their numbers."""
    return sorted(NOTEBOOKS.glob("[0-9]*.py"))


def paired(script: Path) -> str:
    """The notebook that a script makes: no output, and the same each time."""
    notebook = jupytext.read(script, fmt="py:percent")
    for place, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{place:02}"
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return nbformat.writes(notebook) + "\n"


def main() -> None:
    """Writes all notebooks."""
    for script in scripts():
        script.with_suffix(".ipynb").write_text(paired(script), encoding="utf-8")


if __name__ == "__main__":
    main()
