"""The layout in which CRANE-LLM (arXiv 2602.18537) publishes executed cells, runtime information and target.

Imports only floors below and the literals of a snapshot. The text is

    # Executed Cells:
    ## Cell 1:
    <empty line>
    <source>
    <empty line>
    # Current relevent runtime information:
    {'df': {'execution_cell_source': {'cellno': 4, 'lineno': 1}, 'type': ...}}
    # Target Cell:
    <empty line>
    <source>

(sic: "relevent"), where the information is a dictionary as `pprint` prints it and may be missing.
Without executed cells one line says so. `cellno` counts the cells of the original notebook from 1, not
those that are printed.
"""

import re
from collections.abc import Mapping
from typing import Any

from nbreview.errors import UserError
from nbreview.kernel.literals import RUNTIME_INFORMATION, decode, encode, parse, show
from nbreview.kernel.model import Definition, Program, RuntimeSnapshot, Step
from nbreview.words import said

CELLS = "# Executed Cells:\n"
INFORMATION = "# Current relevent runtime information:\n"
TARGET = "# Target Cell:\n"
NOTHING = "No cell has been executed\n"
_CASE = said("the case")

OURS = frozenset(
    {
        "attributes", "base", "bins", "bound", "categories", "columns", "columns_left_out", "complete", "cut",
        "element_types", "elements", "entries", "fields", "format", "histogram", "index", "index_type",
        "input_shapes", "keys", "kind", "layers", "literal", "methods", "missing", "module_name", "name",
        "nan_count", "not_numeric", "parameters", "params", "reads", "reason", "sampled", "signature",
        "size", "training", "value_types", "values", "version",
    }
)  # fmt: skip
"""Fields of ours, which the published layout does not have: `snapshot` documents them."""

_SOURCE = "execution_cell_source"
_TENSOR = "<class 'torch.Tensor'>"
_COLUMN = frozenset({"dtype", "example_values", "num_unique", "type", "unique_values", "value_range"})
_PUBLISHED_PARTS = {"per_column": _COLUMN, "dataset_info": frozenset({"type"})}
_OPEN = ("fitted_attributes", "batch_shapes", "sample_shapes")
"""Fields whose keys are names of somebody else, not fields."""


def snapshot_text(snapshot: RuntimeSnapshot, ours: bool = False) -> str:
    """The dictionary of the runtime information, as published, with a line end.

    `ours` adds the fields that only nbreview takes (column order, length of a column, layers, ...).
    """
    return show(_information(snapshot, ours)) + "\n"


def case_text(program: Program) -> str:
    """A whole case in the published layout; without runtime information where there is no snapshot."""
    parts = [CELLS]
    if not program.executed:
        parts.append(NOTHING)
    for number, step in enumerate(program.executed, 1):
        parts.append(f"## Cell {number}:\n\n{step.source}\n\n")
    if program.snapshot is not None:
        parts += [INFORMATION, snapshot_text(program.snapshot)]
    return "".join([*parts, TARGET, "\n", program.target.source])


def parse_case(text: str, name: str = _CASE) -> Program:
    """Read a case. The snapshot is None where the information is missing or empty.

    Raises
    ------
    UserError
        It is not in that layout: what is wrong and where. `name` names the text, a file say.
    """
    text = text.replace("\r\n", "\n")
    begin = text.find(CELLS)
    if begin < 0 or (begin and text[begin - 1] != "\n"):
        raise UserError(
            said(
                '{name} has no line "{line}"; give a case in the layout that CRANE-LLM publishes.',
                name=name,
                line=CELLS.strip(),
            )
        )
    text = text[begin + len(CELLS) :]
    information = _find(text, INFORMATION)
    target = _find(text, TARGET, max(information, 0))
    if target < 0:
        raise UserError(
            said(
                '{name} has no line "{line}" after its cells; add it before the cell to judge.',
                name=name,
                line=TARGET.strip(),
            )
        )
    cells = text[: information if information >= 0 else target]
    snapshot = None
    if information >= 0:
        snapshot = parse_snapshot(text[information + len(INFORMATION) : target], name)
    source = text[target + len(TARGET) :].removeprefix("\n")
    return Program(_steps(cells), Step(source), snapshot if snapshot and snapshot.names else None)


def parse_snapshot(text: str, name: str = RUNTIME_INFORMATION) -> RuntimeSnapshot:
    """Read the dictionary of the runtime information; raises `UserError` where it is none."""
    value = parse(text.strip(), name)
    if not isinstance(value, dict):
        raise UserError(
            said(
                "In {name}, the runtime information is no dictionary; give one as it was published.",
                name=name,
            )
        )
    names: dict[str, Mapping[str, Any]] = {}
    definitions: dict[str, Definition] = {}
    for key, described in value.items():
        if not isinstance(key, str) or not isinstance(described, dict):
            raise UserError(
                said(
                    "In {name}, {key} has no dictionary; give the information as it was published.",
                    name=name,
                    key=f"{str(key)[:40]!r}",
                )
            )
        description = encode(described)
        place = _definition(description.get(_SOURCE))
        if place is not None:
            definitions[key] = place
            del description[_SOURCE]
        names[key] = description
    return RuntimeSnapshot(names, definitions)


def _information(snapshot: RuntimeSnapshot, ours: bool) -> dict[str, Any]:
    result = {}
    for name, description in snapshot.names.items():
        shown = dict(description) if ours else published(description)
        place = snapshot.definitions.get(name)
        if place is not None:
            shown[_SOURCE] = {"cellno": place.cell + 1, "lineno": place.line + 1}
        result[name] = decode(shown)
    return result


def published(description: Mapping[str, Any]) -> dict[str, Any]:
    """A description without the fields that only nbreview takes."""
    result: dict[str, Any] = {}
    for field, value in description.items():
        if field in OURS or (field == "value_range" and description.get("type") == _TENSOR):
            continue
        if field in _PUBLISHED_PARTS and isinstance(value, Mapping):
            kept = _PUBLISHED_PARTS[field]
            value = {
                key: {name: held for name, held in part.items() if name in kept}
                for key, part in value.items()
            }
            result[field] = value
            continue
        if field in _OPEN and isinstance(value, Mapping):
            value = {
                key: published(part) if isinstance(part, Mapping) else part for key, part in value.items()
            }
        elif isinstance(value, Mapping) and not any(key.startswith("$") for key in value):
            value = published(value)
        result[field] = value
    return result


def _definition(value: object) -> Definition | None:
    if not isinstance(value, Mapping) or set(value) != {"cellno", "lineno"}:
        return None
    cell, line = value["cellno"], value["lineno"]
    if type(cell) is not int or type(line) is not int:
        return None
    return Definition(cell - 1, line - 1)


def _find(text: str, line: str, start: int = 0) -> int:
    """Where a line of its own begins, at or after `start`; -1 where there is none."""
    if start == 0 and text.startswith(line):
        return 0
    found = text.find("\n" + line, max(start - 1, 0))
    return found + 1 if found >= 0 else -1


def _steps(text: str) -> tuple[Step, ...]:
    """The cells in order. Numbers run from 1, so that a comment that looks like a heading is none."""
    places: list[tuple[int, int]] = []
    while True:
        heading = re.compile(rf"^## Cell {len(places) + 1}:\n", re.MULTILINE)
        found = heading.search(text, places[-1][1] if places else 0)
        if found is None:
            break
        places.append(found.span())
    ends = [start for start, _ in places[1:]] + [len(text)]
    steps = []
    for number, (_, start) in enumerate(places):
        source = text[start : ends[number]].removeprefix("\n")
        steps.append(Step(source.removesuffix("\n").removesuffix("\n")))
    return tuple(steps)
