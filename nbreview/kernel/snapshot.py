"""What lives in a kernel: the names that a cell uses, each described without changing anything.

Imports only floors below and `probe`. A description holds the fields that CRANE-LLM (arXiv 2602.18537)
publishes, under the names that it uses:

- all: `type`: the type; for data frames, arrays and loaders its bare name, else "<class '...'>"
- primitives: `value` (text of more than 500 characters is cut)
- collections: `length`; 1-D ones: `value_info` with `value_type` (binary, categorical numeric, continuous,
  categorical or object), `num_unique`, `unique_values` (five at most) or `value_range`
- dictionaries: `detected`, `metrics`, `n_epochs` (Keras history, scalar metrics), or `preview` of its
  entries
- arrays and tensors: `shape`, `dtype`, `has_nan`, `value_range`; tensors: `device`, `requires_grad`
- data frames: `shape`, `has_nan`, `per_column`: of each `type`, `num_unique`, `value_range`,
  `unique_values` or five `example_values`, `dtype`; `dtypes` where there are too many columns
- loaders: `batch_size`, `num_examples`, `num_batches`, `dataset` with `dataset_info`, `sample_shapes` and
  `batch_shapes` (a batch collated for trial, or its `error`)
- estimators: `class_name`, `module`, `is_fitted`, `fitted_attributes` (n_features_in_, feature_names_in_,
  ...)
- Keras' image iterators: `batch_size`, `n_samples`, `num_classes`, `image_shape`, `target_size`
- tf.data: `element_spec`

and ours beside them (`crane.OURS`):

- small values: `literal`: the whole value, exactly (`literals.decode` gives it back); a tensor's as lists
- data frames: `columns`: all labels in order, `columns_left_out`: how many are missing from that list;
  `index`: first row labels; data frames and series: `index_type`: class of the row index
- columns, series, arrays: `nan_count`; columns: `has_nan`; `histogram`: counts in equal parts of the range
  (only for the variables panel); columns of objects: `value_types`: how many of which type, `not_numeric`:
  a text in it that is no number; categorical ones: `categories`: number of categories, used or not. A
  column's `num_unique` is -1 where its values cannot be compared without running code of theirs
- collections: `element_types`: how many of which type; `elements`, `entries`: descriptions of some
  elements, or by key; `keys`: more keys; named tuples and structured arrays: `fields`
- callables: `kind`, `signature`, `parameters` ([name, kind, whether there is a default]; kinds: position,
  any, keyword, more (*), named (**)), `reads`: globals read; classes: `name`, `base`, `methods`
- objects: `base`: base classes, `attributes`: what they hold
- models: `layers`: in order, with the sizes they were made with; `input_shapes`, `output_shape`, `built`,
  `training`, `size`: number of parameters; estimators, loaders: `params`: what they were made with
- indices: `values`, `complete`: labels, and whether they are all
- sparse matrices: `size`: stored values, `format`
- modules: `module_name`, `version`
- any: `sampled`: counts, ranges and "no NaN" are of a sample at equal distances; `cut`, `reason`: something
  was left out, and why

`X.y` of the target is described under "__method__X_y", as published, where it can be told without running
code."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nbreview.errors import UserError
from nbreview.kernel.asking import Evaluator
from nbreview.kernel.model import Definition, RuntimeSnapshot
from nbreview.kernel.names import definitions, used_names
from nbreview.kernel.probe import GREETING, probe_source
from nbreview.words import Said, said


@dataclass(frozen=True, slots=True)
class SnapshotLimits:
    """What a snapshot may take.

    `seconds` bounds the look at all names, `name_seconds` at one; `samples_seconds` and `sample_seconds`
    bound the samples of data loaders, which a forked child takes. `bytes` is the size of all descriptions,
    `name_bytes` of one. `scan_bytes` (`scan_each`: of one value) are read in full for ranges and NaN,
    `distinct` values (`distinct_each`) are counted in full; past that a sample stands for the rest, so that
    equal states give equal snapshots."""

    seconds: float = 1.5
    name_seconds: float = 0.5
    samples_seconds: float = 3.0
    sample_seconds: float = 1.5
    names: int = 400
    bytes: int = 1_400_000
    name_bytes: int = 250_000
    columns: int = 300
    layers: int = 60
    scan_bytes: int = 64_000_000
    scan_each: int = 20_000_000
    distinct: int = 400_000
    distinct_each: int = 130_000
    bins: int = 32
    history_bytes: int = 400_000
    timeout: float = 15.0


DEFAULT = SnapshotLimits()


def take_snapshot(
    kernel: Evaluator,
    target: str,
    names: Iterable[str] | None = None,
    limits: SnapshotLimits = DEFAULT,
    cells: Mapping[int, int] | None = None,
) -> RuntimeSnapshot:
    """Describe what lives in a kernel and matters for a cell.

    Parameters ---------- kernel: Where the names live. Nothing in it changes. target: Source of the cell.
    What it reads counts, and what the functions read that it may call. Empty, with `names` None: all
    variables of the person (as %who lists them, without modules), with histograms of columns. names: Names
    to describe besides; with what the functions among them read. cells: The notebook's cell index by
    execution count, where it is known: definitions then name cells of the notebook, otherwise steps of the
    run (execution count less one).

    Raises
    ------
    UserError
        The kernel did not answer, or not with what was asked for.
    """
    roots, attributes = used_names(target)
    everything = names is None and not target.strip()
    asked = {
        "all": everything,
        "roots": list(dict.fromkeys([*roots, *(names or ())])),
        "attributes": attributes[: limits.names],
        "limits": {**dataclasses.asdict(limits), "bins": 0 if target.strip() else limits.bins},
    }
    greeting = kernel.evaluate(GREETING, timeout=limits.timeout)
    return read_reply(kernel.evaluate(probe_source(asked, greeting), timeout=limits.timeout), cells)


def read_reply(reply: object, cells: Mapping[int, int] | None = None) -> RuntimeSnapshot:
    """Check what the probe answered and make a snapshot of it; raises `UserError` where it is none."""
    fields = _mapping(reply, said("the answer"))
    names = {
        _text(name): _mapping(value, name) for name, value in _mapping(fields.get("names"), "names").items()
    }
    for name, description in names.items():
        if not isinstance(description.get("type"), str):
            raise _bad(said("the description of {name}", name=name[:40]))
    left_out = {name: _text(why) for name, why in _mapping(fields.get("left_out"), "left_out").items()}
    libraries = {name: _text(held) for name, held in _mapping(fields.get("libraries"), "libraries").items()}
    steps = []
    told = fields.get("cells")
    for pair in told if isinstance(told, list) else []:
        if not (
            isinstance(pair, list) and len(pair) == 2 and type(pair[0]) is int and isinstance(pair[1], str)
        ):
            raise _bad(said("a cell"))
        steps.append((pair[0], pair[1]))
    count, seconds = fields.get("execution_count"), fields.get("seconds")
    if type(count) is not int or not isinstance(seconds, int | float) or not isinstance(told, list):
        raise _bad(said("a count"))
    return RuntimeSnapshot(
        names,
        {
            name: Definition((cells or {}).get(place.cell, place.cell - 1), place.line)
            for name, place in definitions(steps, names).items()
        },
        libraries,
        left_out,
        _text(fields.get("python")),
        count,
        fields.get("cut") is True,
        float(seconds),
    )


def _bad(what: str) -> UserError:
    return UserError(
        said(
            "The kernel's answer about its names cannot be read ({what}); restart the kernel and try again.",
            what=what,
        )
    )


def _mapping(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _bad(what if isinstance(what, Said) else what[:40])
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _bad(said("a text"))
    return value
