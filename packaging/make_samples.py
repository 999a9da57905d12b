"""Write the sample notebooks of `nbreview demo` again, with real outputs.

Needs pandas, scikit-learn, matplotlib, pillow, nbclient and ipykernel, which nbreview itself does not; use
an environment apart:

    python -m venv samples-venv
    samples-venv/bin/pip install pandas scikit-learn matplotlib pillow nbclient ipykernel
    samples-venv/bin/python packaging/make_samples.py

Each step is an edit of the step before and is executed from its first cell to its last, or to the first
that raises. What lies in `resources/samples` is then what a kernel really said, but for the plots, which
are saved with 32 colours (a quarter of the size). `steps.json` tells who commits which files when, and
`services/samples.py` makes the repository from it.
"""

import base64
import io
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from PIL import Image
from sample_history import README, Step, energy_csv, steps

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "samples"


def executed(step: Step, folder: Path) -> Any:
    """The step's notebook after a kernel has run it; a cell that raises ends the run, as “run all” does."""
    notebook = new_notebook()
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for cell in step.cells:
        made = new_markdown_cell(cell.source) if cell.markdown else new_code_cell(cell.source)
        made["id"] = cell.id
        notebook.cells.append(made)
    runnable = nbformat.from_dict(
        {**notebook, "cells": [c for c, s in zip(notebook.cells, step.cells, strict=True) if s.run]}
    )
    client = NotebookClient(
        runnable,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        print(f"  stopped: {error.ename}: {error.evalue}")
    notebook.metadata["language_info"] = {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "version": ".".join(str(part) for part in sys.version_info[:3]),
    }
    done = {cell["id"]: cell for cell in runnable.cells}
    notebook.cells = [done.get(cell["id"], cell) for cell in notebook.cells]
    nbformat.validate(notebook)
    return notebook


def shrink(notebook: Any) -> None:
    """Save the plots again with 32 colours and no metadata: the same to the eye, a quarter of the bytes."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            picture = output.get("data", {}).get("image/png")
            if picture:
                stream = io.BytesIO()
                image = Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB")
                image.quantize(32, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
                output["data"]["image/png"] = base64.b64encode(stream.getvalue()).decode() + "\n"


def main() -> None:
    """Make every file of `resources/samples` again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.iterdir():
        path.unlink()
    (FOLDER / "energy.csv").write_text(energy_csv(), encoding="utf-8")
    (FOLDER / "README.txt").write_text(README, encoding="utf-8")
    record = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        shutil.copy(FOLDER / "energy.csv", folder / "data" / "energy.csv")
        for number, step in enumerate(steps(), 1):
            print(number, step.message or step.where)
            file = f"{number:02d}.ipynb"
            notebook = executed(step, folder)
            shrink(notebook)
            data = nbformat.writes(notebook)
            (FOLDER / file).write_text(data + "\n", encoding="utf-8")
            files = {step.path: file}
            if number == 1:
                files |= {"README.md": "README.txt", "data/energy.csv": "energy.csv"}
            name_, email, zone = step.author
            record.append(
                {
                    "where": step.where,
                    "author": name_,
                    "email": email,
                    "time": step.time,
                    "zone": zone,
                    "message": step.message,
                    "notebook": step.path,
                    "files": files,
                }
            )
    (FOLDER / "steps.json").write_text(
        json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    total = sum(path.stat().st_size for path in FOLDER.iterdir())
    print(f"{total / 1024:.0f} KiB in {FOLDER.name}")


if __name__ == "__main__":
    main()
