"""Labelled crashes written by hand, as a folder of data."""

import json
from pathlib import Path
from typing import Any

from nbreview.kernel.crane import case_text
from nbreview.kernel.model import Program, RuntimeSnapshot, Step


def program(*sources: str, names: dict[str, Any] | None = None) -> Program:
    """The sources as executed cells, the last of them as the target."""
    *executed, target = sources
    snapshot = RuntimeSnapshot(names) if names is not None else None
    return Program(tuple(Step(source) for source in executed), Step(target), snapshot)


def write_case(folder: Path, name: str, case: Program, *, kind: str = "executed_code_runinfo") -> None:
    """The program in the published layout, in a sub-folder of its library."""
    path = folder / kind / name.split("_")[0] / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(case_text(case), encoding="utf-8")


def write_truth(folder: Path, *lines: dict[str, Any]) -> Path:
    """The truth, one line each."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "truth.jsonl").write_text(text, encoding="utf-8")
    return folder


def write_pair(
    folder: Path, name: str, crashing: Program, mended: Program, **labels: str
) -> list[dict[str, Any]]:
    """Both cases of a pair; gives their lines of the truth."""
    lines: list[dict[str, Any]] = []
    for side, case in (("reproduced", crashing), ("fixed", mended)):
        write_case(folder, f"{name}_{side}", case)
        line: dict[str, Any] = {"case": f"{name}_{side}", "library": name.split("_")[0]}
        line["crash"] = side == "reproduced"
        if line["crash"]:
            line |= labels
        lines.append(line)
    return lines


def small_folder(folder: Path) -> Path:
    """Two pairs: a name that is missing, which the static rung sees, and a division by zero, which it does
    not.
    """
    missing = write_pair(
        folder,
        "names_1",
        program("a = 1", "print(a, b)"),
        program("a = 1\nb = 2", "print(a, b)"),
        exception="nameerror",
        root_cause="NB specific",
        crash_type="variable not found",
    )
    divided = write_pair(
        folder,
        "numbers_10",
        program("n = 0", "1 / n"),
        program("n = 1", "1 / n"),
        exception="zerodivisionerror",
        root_cause="data confusion",
        crash_type="value error",
    )
    return write_truth(folder, *divided, *missing)
