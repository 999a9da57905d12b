"""Files that the notebook reads and that are not here, invented as far as their kind says what they hold.

Runs inside the child process of a stand-in run: standard library only (a library is touched when the notebook
has imported it), any Python from 3.8 on; imports nothing of nbreview except its neighbours, which travel with
it.

- A picture that is not here is a small one. Its size differs from world to world; whether it has colours is
  tried both ways before a crash counts.
- A file of weights that an executed cell has loaded into a model holds weights of that model's shapes.
"""

from __future__ import annotations

import functools
import importlib
import os
from typing import Any

from nbreview.kernel.standin_unknown import Unknown

_SIZES = ((64, 48), (53, 71))


class Pictures:
    """What invented pictures are like in this run, and whether there was one."""

    mode = "RGB"
    world = 0
    used = False


def treat_pillow(module: Any) -> None:
    """`PIL.Image.open` of a picture that is not here gives an invented one."""
    original = module.open

    @functools.wraps(original)
    def opened(file: Any, *arguments: Any, **named: Any) -> Any:
        named_file = isinstance(file, (str, bytes, os.PathLike))
        if not isinstance(file, Unknown) and (not named_file or os.path.exists(file)):  # noqa: PTH110
            return original(file, *arguments, **named)
        Pictures.used = True
        picture = module.new(Pictures.mode, _SIZES[Pictures.world % 2], 90)
        picture.filename = "" if isinstance(file, Unknown) else os.fspath(file)
        return picture

    module.open = opened


def write_weights(model: Any, path: Any) -> None:
    """Where a file of weights in Keras's HDF5 layout is to be loaded and is not here, write one that has the
    shapes of `model`. Only executed cells, which did not fail, ask for that.

    HDF5 stores nothing for values that were never set, so that the file is small.
    """
    if not WeightFiles.wanted or not isinstance(path, (str, os.PathLike)):
        return
    name = os.fspath(path)
    if not name.endswith((".h5", ".hdf5")) or name.endswith(".weights.h5") or os.path.exists(name):  # noqa: PTH110
        return
    h5py = importlib.import_module("h5py")

    os.makedirs(os.path.dirname(os.path.abspath(name)), exist_ok=True)  # noqa: PTH100, PTH103, PTH120
    with h5py.File(name, "w") as file:
        layers = [layer for layer in model.layers if layer.weights]
        file.attrs["layer_names"] = [f"layer_{place}".encode() for place in range(len(layers))]
        for place, layer in enumerate(layers):
            group = file.create_group(f"layer_{place}")
            weights = [*layer.trainable_weights, *layer.non_trainable_weights]
            group.attrs["weight_names"] = [f"weight_{number}".encode() for number in range(len(weights))]
            for number, weight in enumerate(weights):
                group.create_dataset(f"weight_{number}", shape=tuple(weight.shape), dtype="float32")


class WeightFiles:
    """Whether files of weights are written: while executed cells are replayed."""

    wanted = False
