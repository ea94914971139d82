"""Executes notebooks, headless, and makes pages of them: `python -m reading.execute FOLDER`."""

import argparse
import logging
import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from reading import problems
from reading.gallery import NO_ANSWER, NO_FIGURE
from reading.page import page, title
from reading.pairing import NOTEBOOKS, scripts
from reading.repository import located, shown

FAILED = 1
"""Exit code when a notebook could not be executed."""

BAD_USAGE = 64
"""Exit code of a notebook, or a parameter, that there is none of."""


@dataclass(frozen=True)
class Outcome:
    """What came of a notebook: its page, or the one line that says why there is none."""

    name: str
    problem: str | None = None


def execute(name: str, folder: Path, parameters: dict[str, str], is_whole: bool) -> Outcome:
    """Executes a notebook into a folder: `NAME.ipynb`, `NAME.html` that needs no network, and `NAME/` with its figures.

    What was there of it before is removed first, so that a notebook that fails leaves no page. Where it is to be whole, one
    without a figure or an answer fails, too.
    """
    target, figures = folder / f"{name}.ipynb", folder / name
    html = folder / f"{name}.html"
    html.unlink(missing_ok=True)
    shutil.rmtree(figures, ignore_errors=True)
    source = str(NOTEBOOKS / f"{name}.ipynb")
    known = set(papermill.inspect_notebook(source))
    chosen = {key: value for key, value in parameters.items() if key in known}
    try:
        papermill.execute_notebook(
            source,
            str(target),
            {**chosen, "figures": str(figures)},
            cwd=str(NOTEBOOKS),
            progress_bar=False,
        )
    except PapermillExecutionError as error:
        return Outcome(name, _told(error, target))
    executed = nbformat.read(target, as_version=4)
    if is_whole and (gaps := _gaps(executed)):
        return Outcome(name, "; ".join(gaps))
    html.write_text(page(executed, title(executed)), encoding="utf-8")
    return Outcome(name)


def _gaps(executed: nbformat.NotebookNode) -> list[str]:
    """The sentences that stand in the place of a figure or an answer."""
    outputs = (output for cell in executed.cells for output in cell.get("outputs", []))
    texts = (output.get("data", {}).get("text/markdown", "") for output in outputs)
    return [text.strip("*") for text in texts if text.startswith((f"*{NO_FIGURE}", f"*{NO_ANSWER}"))]


def _told(error: PapermillExecutionError, executed: Path) -> str:
    """A problem of the results in its own words, and of anything else where its traceback is."""
    known = getattr(problems, error.ename, None)
    if isinstance(known, type) and issubclass(known, problems.ReadingProblem):
        return error.evalue
    return f"{error.ename}: {error.evalue} (the traceback is in {shown(executed)})"


def isolate(folder: Path) -> None:
    """Keeps what Jupyter, IPython and matplotlib write for themselves out of the user's home, and kernels from talking."""
    for variable in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR"):
        place = folder / "settings" / variable.lower()
        place.mkdir(parents=True, exist_ok=True)
        os.environ[variable] = str(place)
    profile = folder / "settings" / "ipythondir" / "profile_default"
    profile.mkdir(exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(f"c.IPKernelApp.log_level = {logging.CRITICAL}\n", encoding="utf-8")
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"


def main(arguments: list[str] | None = None) -> int:
    """Executes the notebooks that are asked for, says where they lie, and returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m reading.execute", description=__doc__)
    parser.add_argument("folder", help="where the executed notebooks, their pages and figures go")
    parser.add_argument("--only", action="append", metavar="NAME", help="a notebook, or how its name begins; may be repeated")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a parameter, such as run=results/soak")
    parser.add_argument("--whole", action="store_true", help="fail where a figure or an answer is missing")
    asked = parser.parse_args(arguments)
    folder = located(asked.folder)
    isolate(folder)
    names = [script.stem for script in scripts()]
    chosen = [name for name in names if not asked.only or name.startswith(tuple(asked.only))]
    if not chosen:
        return _refused(f"no notebook's name begins with {', '.join(asked.only)}: there are {', '.join(names)}")
    parameters = dict(each.partition("=")[::2] for each in asked.set)
    known = set().union(*(papermill.inspect_notebook(str(NOTEBOOKS / f"{name}.ipynb")) for name in chosen))
    if unknown := set(parameters) - known:
        return _refused(f"no parameter {', '.join(sorted(unknown))}: there are {', '.join(sorted(known - {'figures'}))}")
    return _report(folder, _all(chosen, folder, parameters, is_whole=asked.whole))


def _all(names: list[str], folder: Path, parameters: dict[str, str], *, is_whole: bool) -> list[Outcome]:
    """Executes as many at a time as there are cores."""
    with ProcessPoolExecutor(min(len(names), os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        return list(pool.map(execute, names, *([each] * len(names) for each in (folder, parameters, is_whole))))


def _report(folder: Path, outcomes: list[Outcome]) -> int:
    for outcome in outcomes:
        if outcome.problem:
            print(f"notebooks: {outcome.name}: {outcome.problem}", file=sys.stderr)
        else:
            print(f"{shown(folder / outcome.name)}.html")
    return FAILED if any(outcome.problem for outcome in outcomes) else 0


def _refused(message: str) -> int:
    print(f"notebooks: {message}", file=sys.stderr)
    return BAD_USAGE


if __name__ == "__main__":
    sys.exit(main())
