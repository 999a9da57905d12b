"""What the model is told of the kernel's state, cut to fit a budget of tokens.

Imports `kernel.model` and below; the layout of the text is given by the caller. What describes single columns
and values is cut before anything else, and a name is left out whole only where even its type does not fit:
long per-column data must not push code out of the prompt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from nbreview.kernel.model import RuntimeSnapshot
from nbreview.words import said

_FEW = 3
"""Values of a list that stay in the second cut."""

_PER_COLUMN = "per_column"
_BRIEF = ("type", "shape", "dtype", "length", "value", "num_unique", "execution_cell_source")
"""What stays of a description in the last cut."""


@dataclass(frozen=True, slots=True)
class RuntimeText:
    """The text, its cost in tokens, and how it was cut, in a phrase, "" where it was not."""

    text: str
    tokens: int
    how: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def cut(self) -> str:
        """`how` as a sentence."""
        return said("{what}.", what=self.how) if self.how else ""


def fit_snapshot(
    snapshot: RuntimeSnapshot,
    budget: int,
    count: Callable[[str], int],
    render: Callable[[RuntimeSnapshot], str],
) -> RuntimeText:
    """Describe a state in at most `budget` tokens.

    Parameters
    ----------
    count:
        Tokens of a text (`Engine.count_tokens`).
    render:
        The layout (`kernel.crane.snapshot_text`).
    """
    steps: tuple[tuple[str, Callable[[Any], Any]], ...] = (
        ("", lambda description: description),
        (said("Examples of values are cut"), _few_examples),
        (said("Columns are told by their types only"), _types_of_columns),
        (said("Columns are told by their names only"), _names_of_columns),
        (said("Names are told by their types only"), _brief),
    )
    reduced = snapshot
    for how, reduce in steps:
        reduced = replace(snapshot, names={name: reduce(value) for name, value in snapshot.names.items()})
        text = render(reduced)
        if (cost := count(text)) <= budget:
            return RuntimeText(text, cost, how)
    kept: dict[str, Mapping[str, Any]] = {}
    left_out: list[str] = []
    fits = RuntimeText("", 0)
    for name, value in reduced.names.items():
        text = render(replace(snapshot, names={**kept, name: value}))
        if (cost := count(text)) <= budget:
            kept[name] = value
            fits = RuntimeText(text, cost)
        else:
            left_out.append(name)
    how = said("Left out for length: what is known of {names}", names=", ".join(left_out))
    return RuntimeText(fits.text, fits.tokens, how, tuple(left_out))


def _few_examples(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _few_examples(item) for key, item in value.items()}
    if isinstance(value, list | tuple) and len(value) > _FEW and not all(map(_is_number, value)):
        return type(value)(_few_examples(item) for item in value[:_FEW])
    return value


def _is_number(value: Any) -> bool:
    """Shapes and ranges are numbers, and are never cut."""
    return isinstance(value, int | float)


def _types_of_columns(value: Any) -> Any:
    def brief(column: Any) -> Any:
        if not isinstance(column, Mapping):
            return column
        return {key: item for key, item in column.items() if key in ("type", "dtype")}

    return _with_columns(
        _few_examples(value), lambda columns: {name: brief(column) for name, column in columns.items()}
    )


def _names_of_columns(value: Any) -> Any:
    return _with_columns(_few_examples(value), list)


def _with_columns(value: Any, change: Callable[[Mapping[str, Any]], Any]) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {
        key: change(item) if key == _PER_COLUMN and isinstance(item, Mapping) else item
        for key, item in value.items()
    }


def _brief(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {key: item for key, item in value.items() if key in _BRIEF}
