"""Objects rebuilt from what a snapshot says of them, for a stand-in run.

Runs inside the child process of a stand-in run, in the notebook's own environment: standard library only,
other libraries inside functions, any Python from 3.8 on; imports nothing of nbreview except its neighbours,
which travel with it.

`rebuild` gives the object, `rebuild_exactly` also what of it can be relied on, `rebuild_names` all of a
snapshot, with lengths that fit each other and with the attributes that are described under `__method__…`
names (a layout of CRANE-LLM, arXiv 2602.18537). A description may be as the snapshot holds it (JSON types) or
as Python values.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from nbreview.kernel.rebuild_arrays import rebuild_array, rebuild_sparse
from nbreview.kernel.rebuild_collections import rebuild_mapping, rebuild_primitive, rebuild_sequence
from nbreview.kernel.rebuild_estimators import rebuild_estimator
from nbreview.kernel.rebuild_frames import rebuild_frame, rebuild_index, rebuild_series
from nbreview.kernel.rebuild_keras import (
    rebuild_iterator,
    rebuild_keras_model,
    rebuild_tf_dataset,
    rebuild_tf_tensor,
)
from nbreview.kernel.rebuild_plain import rebuild_history, rebuild_plain
from nbreview.kernel.rebuild_torch import (
    rebuild_loader,
    rebuild_tensor,
    rebuild_torch_dataset,
    rebuild_torch_module,
)
from nbreview.kernel.rebuild_world import CannotRebuild, Exactness, Rebuilt, World, class_path, decoded, items

METHOD = "__method__"
"""What CRANE-LLM puts before `OWNER_NAME` where it describes the attribute NAME of OWNER."""

_NO_VALUES = frozenset(
    ("function", "method", "type", "module", "builtin_function_or_method", "ABCMeta", "method-wrapper")
)
_SPLITS = ("x", "y", "features", "labels", "target", "targets", "images", "data", "inputs", "outputs")


def rebuild(
    name: str,
    description: Mapping[str, Any],
    rng: random.Random,
    *,
    world: int = 0,
    made: Mapping[str, Any] | None = None,
    length: int | None = None,
    attributes: Mapping[str, Mapping[str, Any]] | None = None,
    unknown: Callable[[str], object] | None = None,
) -> object:
    """The object that a description describes, as far as it does; the rest is invented.

    Parameters
    ----------
    name:
        What the object is bound to; for the reasons only.
    description:
        One of a snapshot.
    rng:
        What is invented is drawn from it: equal states make equal objects.
    world:
        Which world is invented; two that differ by one make opposite choices (see `World`).
    made, length, attributes, unknown:
        See `World`.

    Raises
    ------
    CannotRebuild
        The description does not say enough, contradicts itself, or the object would be too large.
    """
    return rebuild_exactly(
        name,
        description,
        World(rng, world, made or {}, length, attributes or {}, unknown),
    ).value


def rebuild_exactly(name: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """The object and what of it is exact; else as `rebuild`."""
    if not isinstance(description, Mapping):
        raise CannotRebuild("it is not described")
    plain = decoded(description)
    inner = replace(
        world,
        attributes={},
        made={},
        rebuild=lambda part, told: rebuild_exactly(part, told, replace(world, attributes={}, made={})),
    )
    try:
        return _dispatch(
            class_path(plain), plain, replace(inner, attributes=world.attributes, made=world.made)
        )
    except CannotRebuild:
        raise
    except (MemoryError, RecursionError) as error:
        raise CannotRebuild(f"it takes too much ({type(error).__name__})") from None
    except ImportError as error:
        raise CannotRebuild(f"its library is not installed ({error})") from None
    except Exception as error:  # a description is anybody's text, and the libraries' constructors judge it
        said = " ".join(str(error).split())[:120]
        raise CannotRebuild(f"its description contradicts itself ({type(error).__name__}: {said})") from None


def rebuild_names(
    descriptions: Mapping[str, Mapping[str, Any]],
    rng: random.Random,
    *,
    world: int = 0,
    made: Mapping[str, Mapping[str, Any]] | None = None,
    unknown: Callable[[str], object] | None = None,
) -> tuple[dict[str, Rebuilt], dict[str, str]]:
    """All names of a snapshot: those rebuilt, and why the others were not.

    Each name draws from a source of its own, so that leaving one out changes no other.
    """
    rebuilt: dict[str, Rebuilt] = {}
    reasons: dict[str, str] = {}
    seed = rng.getrandbits(64)
    for name, description in descriptions.items():
        if name.startswith(METHOD):
            continue
        its = World(
            random.Random(f"{seed}:{name}"),
            world,
            (made or {}).get(name, {}),
            fitting_length(name, descriptions),
            attributes_of(name, descriptions),
            unknown,
        )
        try:
            rebuilt[name] = rebuild_exactly(name, description, its)
        except CannotRebuild as error:
            reasons[name] = error.reason
    return rebuilt, reasons


def attributes_of(name: str, descriptions: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What a snapshot describes of the attributes of one of its names. Methods are left out."""
    prefix = METHOD + name + "_"
    owners = [METHOD + other + "_" for other in descriptions if other.startswith(name + "_")]
    found: dict[str, Mapping[str, Any]] = {}
    for key, description in descriptions.items():
        if (
            not key.startswith(prefix)
            or key.startswith(tuple(owners))
            or not isinstance(description, Mapping)
        ):
            continue
        try:
            kind = class_path(description)
        except CannotRebuild:
            continue
        if kind not in _NO_VALUES:
            found[key[len(prefix) :]] = description
    return found


def fitting_length(name: str, descriptions: Mapping[str, Any]) -> int | None:
    """The length to take for a name whose own is not told: that of its partner in a split (`X_train` of
    `y_train`), else the most frequent among the tables and arrays of the snapshot, else None.
    """
    lengths: dict[str, int] = {}
    for other, description in descriptions.items():
        shape = items(description.get("shape")) if isinstance(description, Mapping) else None
        if other != name and shape and isinstance(shape[0], int) and not isinstance(shape[0], bool):
            lengths[other] = shape[0]
    first, _, rest = name.partition("_")
    if rest and first.lower() in _SPLITS:
        for other, length in lengths.items():
            front, _, back = other.partition("_")
            if back == rest and front.lower() in _SPLITS:
                return length
    front, _, last = name.rpartition("_")
    if front and last.lower() in _SPLITS:
        for other, length in lengths.items():
            start, _, end = other.rpartition("_")
            if start == front and end.lower() in _SPLITS:
                return length
    if name.lower() in _SPLITS:
        for other, length in lengths.items():
            if other.lower() in _SPLITS:
                return length
    common = Counter(lengths.values()).most_common(1)
    return common[0][0] if common else None


def _dispatch(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    short = kind.rsplit(".", 1)[-1]
    root = kind.split(".", 1)[0]
    if kind in _NO_VALUES or short in ("_ArrayFunctionDispatcher", "ufunc"):
        raise CannotRebuild("a {} comes from the cell that defines it".format(short.replace("_", " ")))
    if kind in ("int", "float", "bool", "str", "bytes", "complex", "NoneType"):
        return rebuild_primitive(kind, description, world)
    if kind in ("list", "tuple", "set", "frozenset"):
        return rebuild_sequence(kind, description, world)
    if kind == "dict" or kind in (
        "collections.OrderedDict",
        "collections.Counter",
        "collections.defaultdict",
    ):
        return rebuild_mapping(kind, description, world)
    if root == "pandas":
        makers = {"DataFrame": rebuild_frame, "Series": rebuild_series}
        if short in makers:
            return makers[short](description, world)
        if short.endswith("Index"):
            return rebuild_index(description, world)
    if short == "ndarray" and root == "numpy":
        return rebuild_array(description, world)
    if kind.startswith("scipy.sparse"):
        return rebuild_sparse(short, description, world)
    if root == "torch":
        if short in ("Tensor", "Parameter"):
            return rebuild_tensor(short, description, world)
        if short == "DataLoader":
            return rebuild_loader(description, world)
        if short == "Sequential":
            return rebuild_torch_module(kind, description, world)
    if description.get("kind") == "dataset" or "sample_shapes" in description:
        return rebuild_torch_dataset(kind, description, world)
    if root in ("tensorflow", "keras"):
        if short in ("EagerTensor", "ResourceVariable", "Tensor"):
            return rebuild_tf_tensor(description, world)
        if short.endswith("Iterator") and "batch_size" in description:
            return rebuild_iterator(kind, description, world)
        if short == "History":
            return rebuild_history(description, world)
        if "element_spec" in description:
            return rebuild_tf_dataset(description, world)
        if description.get("kind") == "keras":
            return rebuild_keras_model(kind, description, world)
    if "is_fitted" in description or "params" in description:
        return rebuild_estimator(description, world)
    return rebuild_plain(kind, description, world)


__all__ = [
    "METHOD",
    "CannotRebuild",
    "Exactness",
    "Rebuilt",
    "World",
    "attributes_of",
    "fitting_length",
    "rebuild",
    "rebuild_exactly",
    "rebuild_names",
]
