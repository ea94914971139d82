"""An executed notebook as one page that needs no network: sentences and figures, without the code."""

from html import escape
from pathlib import Path
from string import Template

import nbformat
from nbconvert import HTMLExporter

_PAGE = Template((Path(__file__).parent / "page.html").read_text(encoding="utf-8"))


def page(notebook: nbformat.NotebookNode, title: str) -> str:
    """The page of a notebook that has been executed."""
    exporter = HTMLExporter(template_name="basic", exclude_input=True, exclude_anchor_links=True)
    body, _ = exporter.from_notebook_node(notebook)
    return _PAGE.substitute(title=escape(title), body=body)


def title(notebook: nbformat.NotebookNode) -> str:
    """A notebook's first heading."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return cell.source.splitlines()[0].removeprefix("# ")
    return "Notebook"
