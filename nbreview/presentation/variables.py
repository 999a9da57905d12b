"""What lives in a kernel as rows of a table: names, and the columns of data frames below them. No Qt.

Reads the descriptions of `kernel.snapshot`, whose fields are documented there; what a description lacks is
left empty.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbreview.kernel.model import RuntimeSnapshot

Tr = Callable[[str], str]

_LONGEST = 80
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class VariableRow:
    """One row.

    `size` is its shape, length or value, `values` its dtype with its range or some examples, `nan` how many
    values are missing, as words. `cell` and `line` say where the name was bound, None where it is not known.
    `histogram` counts values in equal parts of the range. `order` is what `size` sorts by.
    """

    name: str
    type: str
    size: str = ""
    values: str = ""
    nan: str = ""
    cell: int | None = None
    line: int | None = None
    histogram: tuple[int, ...] = ()
    order: float = 0.0
    children: tuple["VariableRow", ...] = ()


def variable_rows(snapshot: RuntimeSnapshot, *, tr: Tr = str) -> tuple[VariableRow, ...]:
    """A row for each name, by name; data frames have their columns below them. `tr` puts a text into the
    reader's language; `nan` stays English where it is a word, as rows are sorted by it.
    """
    rows = []
    for name in sorted(snapshot.names, key=str.casefold):
        if name.startswith("__method__"):
            continue
        description = snapshot.names[name]
        place = snapshot.definitions.get(name)
        size, order = _size(description, tr)
        rows.append(
            VariableRow(
                name,
                _type(description),
                size,
                _values(description, tr),
                _nan(description),
                place.cell if place is not None else None,
                place.line if place is not None else None,
                _histogram(description),
                order,
                _columns(description, tr),
            )
        )
    return tuple(rows)


def _columns(description: Mapping[str, Any], tr: Tr) -> tuple[VariableRow, ...]:
    described = description.get("per_column")
    if not isinstance(described, Mapping):
        dtypes = description.get("dtypes")
        if not isinstance(dtypes, Mapping):
            return ()
        return tuple(VariableRow(str(name), str(kind)) for name, kind in dtypes.items())
    rows = []
    for name, column in described.items():
        if not isinstance(column, Mapping):
            continue
        distinct = column.get("num_unique")
        known = isinstance(distinct, int) and distinct >= 0
        rows.append(
            VariableRow(
                str(name),
                str(column.get("dtype", "")),
                tr("{count} distinct").format(count=distinct) if known else "",
                _values({**column, "dtype": None}, tr),
                _nan(column),
                histogram=_histogram(column),
                order=float(distinct) if known else 0.0,  # type: ignore[arg-type]
            )
        )
    return tuple(rows)


def _type(description: Mapping[str, Any]) -> str:
    return _short(str(description.get("class_name") or _class(str(description.get("type", "")))), 40)


def _class(kind: str) -> str:
    """A class by its own name: "<class 'a.b.C'>" is C."""
    if kind.startswith("<class '") and kind.endswith("'>"):
        kind = kind[8:-2]
    return kind.rpartition(".")[2]


def _size(description: Mapping[str, Any], tr: Tr) -> tuple[str, float]:
    """Shape, length or value as text, and the number of elements to sort by."""
    if isinstance(description.get("value"), str):
        return _short(repr(description["value"]), _LONGEST), float(len(description["value"]))
    shape = description.get("shape")
    if isinstance(shape, Sequence) and not isinstance(shape, str):
        total = 1.0
        for part in shape:
            total *= part if isinstance(part, int) else 1
        return " × ".join(str(part) for part in shape) or tr("scalar"), total
    for field, one, more in (
        ("length", tr("{count} item"), tr("{count} items")),
        ("num_examples", tr("{count} example"), tr("{count} examples")),
        ("n_samples", tr("{count} sample"), tr("{count} samples")),
    ):
        count = description.get(field)
        if isinstance(count, int):
            return (one if count == 1 else more).format(count=count), float(count)
    if "value" in description:
        value = description["value"]
        order = float(value) if isinstance(value, int | float) and abs(value) < 1e300 else 0.0
        return _short(repr(value), _LONGEST), order
    if "signature" in description:
        return _short(str(description["signature"]), _LONGEST), 0.0
    if isinstance(description.get("size"), int):
        count = f"{description['size']:,}".replace(",", " ")
        return tr("{count} parameters").format(count=count), float(description["size"])
    return "", 0.0


def _values(description: Mapping[str, Any], tr: Tr) -> str:
    """dtype, then range, examples, or what is known of the elements."""
    parts = []
    dtype = description.get("dtype")
    if dtype is not None:
        parts.append(str(dtype))
    info = description.get("value_info")
    told = info if isinstance(info, Mapping) else description
    spread = told.get("value_range")
    if isinstance(spread, Sequence) and not isinstance(spread, str) and len(spread) == 2:
        parts.append(f"{_number(spread[0])} … {_number(spread[1])}")
    else:
        for field in ("unique_values", "example_values"):
            examples = told.get(field)
            if isinstance(examples, Sequence) and not isinstance(examples, str) and examples:
                shown = ", ".join(_short(str(item), 24) for item in examples[:_EXAMPLES])
                parts.append(shown + (", …" if len(examples) > _EXAMPLES else ""))
                break
    elements = description.get("element_types")
    if dtype is None and isinstance(elements, Mapping):
        kinds = ", ".join(_class(str(kind)) for kind in list(elements)[:_EXAMPLES])
        parts.append(tr("of {kinds}").format(kinds=kinds))
    if "is_fitted" in description:
        parts.append(tr("fitted") if description["is_fitted"] else tr("not fitted"))
    if "device" in description:
        parts.append(str(description["device"]))
    if "version" in description:
        parts.append(str(description["version"]))
    return _short(" · ".join(parts), _LONGEST)


def _nan(description: Mapping[str, Any]) -> str:
    count = description.get("nan_count")
    if isinstance(count, int):
        return str(count) if count else "none"
    has = description.get("has_nan")
    if isinstance(has, bool):
        return "some" if has else "none"
    return ""


def _histogram(description: Mapping[str, Any]) -> tuple[int, ...]:
    counts = description.get("histogram")
    if not isinstance(counts, Sequence) or isinstance(counts, str):
        return ()
    return tuple(count for count in counts if isinstance(count, int) and count >= 0)


def _number(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, int | float) else _short(str(value), 24)


def _short(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
