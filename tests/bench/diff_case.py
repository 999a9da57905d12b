"""One diff in a process of its own, so that its memory is its own. Prints one JSON object.

Usage: diff_case.py BASE HEAD [--nbdime]. Times are milliseconds, of the first diff of this process as a
person meets it; memory is the process's resident peak before reading and at the end, MiB. `coarse` says that
any budget was reached, `loaded` counts the packages of Qt, llama.cpp and Jupyter kernels that were imported.
"""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import memory

if TYPE_CHECKING:
    from nbreview.diff.model import CellChange

FOREIGN = ("PySide6", "llama_cpp", "jupyter_client", "ipykernel")


def ours(base_data: bytes, head_data: bytes) -> dict[str, float]:
    """nbreview: both sides read, then the whole diff."""
    from nbreview.diff.model import ChangeKind
    from nbreview.diff.notebooks import diff_notebooks
    from nbreview.notebook.reader import read_bytes

    before = memory()
    started = time.perf_counter()
    base, head = read_bytes(base_data, "base"), read_bytes(head_data, "head")
    read = time.perf_counter()
    found = diff_notebooks(base, head)
    done = time.perf_counter()
    counts = found.counts()
    return {
        "read": (read - started) * 1000,
        "diff": (done - read) * 1000,
        "memory_start": before,
        "memory": memory(),
        "changed": len(found.cells) - counts[ChangeKind.UNCHANGED],
        "coarse": found.coarse or any(map(_coarse, found.cells)),
        "loaded": sum(name in sys.modules for name in FOREIGN),
    }


def _coarse(cell: "CellChange") -> bool:
    """Whether a budget was reached in the source or in an output of a cell."""
    texts = [cell.source, *(output.text for output in cell.outputs)]
    tables = [output.table for output in cell.outputs]
    return any(part is not None and part.coarse for part in (*texts, *tables, *cell.outputs))


def theirs(base_data: bytes, head_data: bytes) -> dict[str, float]:
    """nbdime, read and called as its own command does."""
    import logging

    import nbdime  # type: ignore[import-untyped]
    import nbformat

    logging.disable(logging.CRITICAL)
    before = memory()
    started = time.perf_counter()
    base, head = (nbformat.reads(data.decode(), as_version=4) for data in (base_data, head_data))
    read = time.perf_counter()
    nbdime.diff_notebooks(base, head)
    done = time.perf_counter()
    return {
        "read": (read - started) * 1000,
        "diff": (done - read) * 1000,
        "memory_start": before,
        "memory": memory(),
    }


def main() -> None:
    """Run the case."""
    base, head = (Path(name).read_bytes() for name in sys.argv[1:3])
    print(json.dumps((theirs if "--nbdime" in sys.argv else ours)(base, head)))


if __name__ == "__main__":
    main()
