"""Objects that are the same in every environment: dates, paths, training histories, plain instances.

Runs inside the child process of a stand-in run; see `rebuild_world`.
"""

from __future__ import annotations

import datetime
import inspect
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

from nbreview.kernel.rebuild_world import (
    EXACT,
    CannotRebuild,
    Exactness,
    Rebuilt,
    World,
    class_path,
    library,
    whole,
)

_READ_AS_TEXT: Mapping[str, Any] = {
    "datetime.datetime": datetime.datetime.fromisoformat,
    "datetime.date": datetime.date.fromisoformat,
    "datetime.time": datetime.time.fromisoformat,
}


def rebuild_plain(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """A date, a path, a range, a dtype, a figure, or an object with described attributes."""
    short = kind.rsplit(".", 1)[-1]
    value = description.get("value")
    if kind in _READ_AS_TEXT and isinstance(value, str):
        return Rebuilt(_READ_AS_TEXT[kind](value), EXACT)
    if kind == "datetime.timedelta" and isinstance(value, (int, float)):
        return Rebuilt(datetime.timedelta(seconds=value), EXACT)
    if kind.startswith("pathlib.") and isinstance(value, str):
        return Rebuilt(pathlib.Path(value), EXACT)
    if kind == "range" and isinstance(description.get("length"), int):
        return Rebuilt(range(whole(description["length"], "its length")), Exactness(values=False))
    if kind == "PIL.Image.Image" or (kind.startswith("PIL.") and "size" in description):
        return _image(description, world)
    if kind == "matplotlib.figure.Figure":
        return Rebuilt(_figure(), Exactness(values=False))
    if short in ("Axes", "AxesSubplot") and kind.startswith("matplotlib."):
        return Rebuilt(_figure().add_subplot(), Exactness(values=False, kind=short == "Axes"))
    if kind.startswith("numpy.") and isinstance(value, (bool, int, float, str)):
        scalar = getattr(library("numpy"), short, None)
        if isinstance(scalar, type) and issubclass(scalar, library("numpy").generic):
            return Rebuilt(scalar(value), EXACT)
    if kind == "torch.device" and isinstance(value, str):
        torch = library("torch")
        return Rebuilt(torch.device("cpu"), Exactness(device=value == "cpu"))
    if kind == "torch.dtype" and isinstance(value, str):
        torch = library("torch")
        found = getattr(torch, value.rsplit(".", 1)[-1], None)
        if isinstance(found, torch.dtype):
            return Rebuilt(found, EXACT)
    if kind.startswith("torch.nn.modules.loss."):
        loss = getattr(library("torch.nn"), short, None)
        if loss is not None:
            return Rebuilt(loss(), Exactness(values=False, invented=("its settings are the defaults",)))
    raise CannotRebuild(f"objects of the class {kind} are not rebuilt")


def rebuild_history(description: Mapping[str, Any], world: World) -> Rebuilt:
    """What `fit` of Keras gives back, with the history that is described as its attribute."""
    keras = library("keras")
    held = description.get("attributes")
    told = world.attributes.get("history", held.get("history") if isinstance(held, Mapping) else None)
    if told is None or world.rebuild is None:
        raise CannotRebuild("its metrics are not told")
    inner = world.rebuild("history", told)
    history = keras.callbacks.History()
    history.history = inner.value
    history.epoch = list(range(max((len(values) for values in inner.value.values()), default=0)))
    history.params = {"verbose": 1, "epochs": len(history.epoch)}
    return Rebuilt(history, inner.exactness)


def made_by_settings(layer: Any, roots: Sequence[str]) -> Any:
    """A layer made by its class with those of its attributes that the constructor has a parameter for.

    Parameters
    ----------
    layer:
        `type`, the dotted class, and attributes as they are named on the layer.
    roots:
        The packages that the class may be of.

    Raises
    ------
    CannotRebuild
        There is no such class, or a parameter without default is not told.
    """
    if not isinstance(layer, Mapping):
        raise CannotRebuild("a layer is not described")
    kind = class_path(layer)
    module, _, name = kind.rpartition(".")
    if module.split(".")[0] not in roots:
        raise CannotRebuild(f"its layer {name} comes from a cell")
    cls = getattr(library(module), name, None)
    if not isinstance(cls, type):
        raise CannotRebuild(f"there is no layer {kind} here")
    given = {}
    for parameter in inspect.signature(cls).parameters.values():
        plain = parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        if plain and parameter.name in layer and parameter.name != "name":
            given[parameter.name] = layer[parameter.name]
        elif plain and parameter.default is parameter.empty:
            raise CannotRebuild(f"{parameter.name} of its layer {name} is not told")
    return cls(**given)


def _figure() -> Any:
    figure = library("matplotlib.figure").Figure()
    library("matplotlib.backends.backend_agg").FigureCanvasAgg(figure)
    return figure


def _image(description: Mapping[str, Any], world: World) -> Rebuilt:
    Image = library("PIL.Image")  # noqa: N806 - a module, as everybody writes it

    size = description.get("size")
    mode = description.get("mode")
    if not isinstance(size, (list, tuple)) or len(size) != 2 or not isinstance(mode, str):
        raise CannotRebuild("its size or mode is not told")
    if not 0 < whole(size[0], "its width") * whole(size[1], "its height") <= 100_000_000:
        raise CannotRebuild("it is too large")
    return Rebuilt(Image.new(mode, (size[0], size[1])), Exactness(values=False))
