"""Labelled crashes on disk: programs stopped before their target cell, and whether that cell raises.

A folder holds `truth.jsonl`, one case a line, and `executed_code/…/CASE.txt` and
`executed_code_runinfo/…/CASE.txt`: the cells executed so far and the target cell in the layout of CRANE-LLM
(arXiv 2602.18537), in the second with what was in the kernel. One of both folders is enough. Read of a line:

- `case`: the name of its files. `NAME_reproduced` and `NAME_fixed` are one pair;
- `crash`: whether the target cell raises;
- `library`, `exception`, `message`, `root_cause`, `crash_type`: labels (optional).

Imports `kernel` and below.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nbreview.errors import UserError
from nbreview.evaluation.pairs import Line, read_lines
from nbreview.kernel.model import Program
from nbreview.notebook.reader import load_file

CODE, RUNTIME = "executed_code", "executed_code_runinfo"
"""The two folders of programs: without and with what was in the kernel."""

_SIDES = ("_reproduced", "_fixed")


@dataclass(frozen=True, slots=True)
class CrashCase:
    """One program and the truth about its target cell. A label that is not known is "".

    `pair` is what the crashing case and its mended twin have in common. `line` says where the truth stands.
    """

    name: str
    pair: str
    crash: bool
    path: Path
    line: Line
    library: str = ""
    exception: str = ""
    message: str = ""
    root_cause: str = ""
    crash_type: str = ""


def read_cases(folder: Path, *, snapshot: bool = True, library: str = "") -> tuple[CrashCase, ...]:
    """The cases of a folder, by name.

    Parameters
    ----------
    folder:
        Holds `truth.jsonl` and the programs.
    snapshot:
        Prefer the programs that say what was in the kernel.
    library:
        Only the cases of this library; "" for all.

    Raises
    ------
    UserError
        There is no truth, a line is broken or a duplicate, a case has no file, or no case is left.
    """
    lines = read_lines(folder, holds="crash cases (truth.jsonl and executed_code/)")
    files = [_files(folder / name) for name in ((RUNTIME, CODE) if snapshot else (CODE, RUNTIME))]
    cases: dict[str, CrashCase] = {}
    for line in lines:
        case = _case(line, files)
        if case.name in cases:
            raise line.wrong(f"{case.name} stands on line {cases[case.name].line.number} too")
        cases[case.name] = case
    kept = {name: case for name, case in cases.items() if library in ("", case.library)}
    if not kept:
        known = ", ".join(sorted({case.library for case in cases.values() if case.library}))
        raise UserError(f"{folder} holds no case of the library {library!r}; choose from {known or 'none'}.")
    return tuple(kept[name] for name in sorted(kept, key=_natural))


def read_program(case: CrashCase, *, snapshot: bool = True) -> Program:
    """The program of a case.

    Parameters
    ----------
    case:
        As `read_cases` gave it.
    snapshot:
        Keep what was in the kernel, where the file says it.

    Raises
    ------
    UserError
        The file cannot be read or is not in the layout.
    """
    from nbreview.kernel.crane import parse_case

    try:
        text = load_file(case.path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise case.line.wrong(f"{case.path} is not UTF-8 text") from None
    try:
        program = parse_case(text)
    except UserError as error:
        raise UserError(f"{case.path}: {error.message}") from None
    return program if snapshot else replace(program, snapshot=None)


def _files(folder: Path) -> Mapping[str, Path]:
    """The programs below a folder by the name of their case; the first in order where there are two."""
    found: dict[str, Path] = {}
    for where, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".txt"):
                found.setdefault(name.removesuffix(".txt"), Path(where, name))
    return found


def _case(line: Line, files: Sequence[Mapping[str, Path]]) -> CrashCase:
    name = _label(line, "case")
    if not name:
        raise line.wrong("case names no program")
    crash = line.value.get("crash")
    if not isinstance(crash, bool):
        raise line.wrong("crash is neither true nor false")
    path = next((found[name] for found in files if name in found), None)
    if path is None:
        raise line.wrong(f"{CODE}/ and {RUNTIME}/ hold no file {name}.txt")
    pair = next((name.removesuffix(side) for side in _SIDES if name.endswith(side)), name)
    return CrashCase(
        name=name,
        pair=pair,
        crash=crash,
        path=path,
        line=line,
        library=_label(line, "library"),
        exception=_label(line, "exception"),
        message=_label(line, "message"),
        root_cause=_label(line, "root_cause"),
        crash_type=_label(line, "crash_type"),
    )


def _label(line: Line, key: str) -> str:
    value = line.value.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise line.wrong(f"{key} is no text")
    return value


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key under which `torch_3` stands before `torch_11`."""
    parts = name.split("_")
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
