"""Runs the notebooks of a folder from top to bottom, each as its users would.

usage: execute.py FOLDER [--figures FOLDER] [--no-r]

- parallax.ipynb, by nbclient; it must be valid nbformat 4.5 and hold no outputs yet;
- the Python chunks of parallax-python.qmd, which must be the notebook's;
- the R chunks of parallax-r.qmd, by Rscript.

Each must end without an error; the checks inside them compare a share with prevalence.csv. With --figures the pictures of
the notebook are written there as PNG files, to be looked at.
"""

import argparse
import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FIGURES = {"prevalence", "timeline", "contrasts", "sources"}


def chunks(document, language):
    """The code between ```{language} and ``` of a Quarto document, without its options."""
    code, inside = [[]], False
    for line in document.read_text(encoding="utf-8").splitlines():
        if line == f"```{{{language}}}":
            inside = True
        elif line == "```" and inside:
            inside = False
            code.append([])
        elif inside and not line.startswith("#| "):
            code[-1].append(line)
    return ["\n".join(lines) for lines in code[:-1]]


def run_notebook(path, figures):
    """Executes the notebook where it lies and gives the code of its cells."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), "not nbformat 4.5"
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs for cell in cells), "written with outputs"
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    drawn = set()
    for cell in cells:
        for output in cell.outputs:
            warned = output.output_type == "stream" and output.name == "stderr"
            assert not warned, f"cell {cell.id} warns: {output.get('text')}"
            picture = output.get("data", {}).get("image/png")
            if picture:
                drawn.add(cell.id)
                if figures:
                    (figures / f"{cell.id}.png").write_bytes(base64.b64decode(picture))
    expected = FIGURES & {cell.id for cell in cells}
    assert drawn <= expected and expected - drawn <= {"sources"}, f"drew {sorted(drawn)}, not {sorted(expected)}"
    return [cell.source for cell in cells]


def run_r(document, figures):
    """Executes the R chunks where the document lies; top-level values are printed, so that figures are drawn."""
    with tempfile.TemporaryDirectory() as scratch:
        device = (figures or Path(scratch)) / "r-%d.png"
        script = Path(scratch) / "chunks.R"
        code = [f'png("{device}", width = 990, height = 900, res = 110)', "options(warn = 2)", *chunks(document, "r")]
        script.write_text("\n\n".join(code), encoding="utf-8")
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        command = ["Rscript", "--vanilla", str(script)]
        done = subprocess.run(command, cwd=document.parent, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def main():
    """Runs all three, or says what went wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--figures", type=Path)
    parser.add_argument("--no-r", action="store_true")
    arguments = parser.parse_args()
    if arguments.figures:
        arguments.figures.mkdir(parents=True, exist_ok=True)
    cells = run_notebook(arguments.folder / "parallax.ipynb", arguments.figures)
    python = chunks(arguments.folder / "parallax-python.qmd", "python")
    assert [code.strip("\n") for code in python] == cells, "the Quarto document has other code than the notebook"
    script = "import matplotlib\nmatplotlib.use('agg')\n" + "\n\n".join(python)
    subprocess.run([sys.executable, "-W", "error", "-c", script], cwd=arguments.folder, check=True, stdout=subprocess.DEVNULL)
    ran = "notebook and Python"
    if not arguments.no_r:
        run_r(arguments.folder / "parallax-r.qmd", arguments.figures)
        ran = "notebook, Python and R"
    print(f"{arguments.folder}: {ran} ran from top to bottom")


if __name__ == "__main__":
    main()
