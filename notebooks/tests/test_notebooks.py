"""The notebooks: in sync with their scripts, without output, and without a typed number."""

import re
from pathlib import Path

import jupytext
import nbformat
import papermill
import pytest
from test_answers import prose

from reading.pairing import NOTEBOOKS, paired, scripts
from reading.typed_numbers import typed_numbers

SCRIPTS = scripts()
each_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)


def test_there_is_one_for_each_question() -> None:
    assert [script.stem[:2] for script in SCRIPTS] == ["01", "02", "03", "04", "05"]
    assert {notebook.stem for notebook in NOTEBOOKS.glob("*.ipynb")} == {script.stem for script in SCRIPTS}


@each_script
def test_the_notebook_is_what_its_script_makes(script: Path) -> None:
    written = script.with_suffix(".ipynb").read_text(encoding="utf-8")
    assert written == paired(script), "make pair-notebooks writes it anew"


@each_script
def test_it_has_no_output(script: Path) -> None:
    notebook = nbformat.read(script.with_suffix(".ipynb"), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


@each_script
def test_it_begins_with_a_question_its_parameters_and_the_answer(script: Path) -> None:
    question, parameters, answer = jupytext.read(script, fmt="py:percent").cells[:3]
    assert question.cell_type == "markdown"
    assert question.source.startswith("# ") and question.source.endswith("?")
    assert parameters.metadata["tags"] == ["parameters"]
    assert "answered(" in answer.source
    assert "figures" in papermill.inspect_notebook(str(script.with_suffix(".ipynb")))


@each_script
def test_no_number_is_typed(script: Path) -> None:
    for cell in jupytext.read(script, fmt="py:percent").cells:
        if cell.cell_type == "markdown":
            assert typed_numbers(cell.source, ("each further nine",)) == []
        elif "parameters" not in cell.metadata.get("tags", []):
            assert [text for text in prose(cell.source) if " " in text and re.search(r"\d", text)] == []
