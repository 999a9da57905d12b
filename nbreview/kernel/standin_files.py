"""Files that the notebook reads and that are not here, invented as far as their kind says what they hold.

Runs inside the child process of a stand-in run: standard library only (a library is touched when the notebook
has imported it), any Python from 3.8 on; imports nothing of nbreview except its neighbours, which travel with
it.

- A picture that is not here is a small one. Its size differs from world to world; whether it has colours is
  tried both ways before a crash counts.
- A folder of pictures that a library reads by its subfolders, one a class, has a few of each. How many
  classes and pictures there are differs from world to world.
- A sound that is not here is Unknown, its rate is what the reader was asked for.
- A file of weights that an executed cell has loaded into a model holds weights of that model's shapes.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
from collections.abc import Callable
from typing import Any

from nbreview.kernel.rebuild_world import MARK
from nbreview.kernel.standin_unknown import Unknown

NOT_HERE = "the notebook's files are not here"
"""Why what is read from one is Unknown."""

_SIZES = ((64, 48), (53, 71))
_CLASSES, _OF_EACH = (2, 3), (24, 35)
_GREY = 90


class Pictures:
    """What invented pictures are like in this run, whether their colours matter, and how many there were.

    `folders` says whether folders of them were invented: how many there are is a guess.
    """

    mode = "RGB"
    world = 0
    used = False
    made = 0
    folders = False


class Containment:
    """Whether what the run writes vanishes with it: only then are files made for it."""

    held = False


def treat_pillow(module: Any) -> None:
    """`PIL.Image.open` of a picture that is not here gives an invented one."""
    original = module.open

    @functools.wraps(original)
    def opened(file: Any, *arguments: Any, **named: Any) -> Any:
        if not _absent(file):
            return original(file, *arguments, **named)
        Pictures.used = True
        Pictures.made += 1
        picture = module.new(Pictures.mode, _SIZES[Pictures.world % 2], _GREY)
        picture.filename = "" if isinstance(file, Unknown) else os.fspath(file)
        return picture

    module.open = opened


def _absent(file: Any) -> bool:
    """Whether a file is named that is not here, or nobody knows which."""
    if isinstance(file, Unknown):
        return True
    return isinstance(file, (str, bytes, os.PathLike)) and not os.path.exists(file)  # noqa: PTH110


def _values(colours: int | None) -> Any:
    """An invented picture as an array of bytes, rows first; `colours` None: as many as the world has."""
    Pictures.used = Pictures.used or colours is None
    Pictures.made += 1
    numpy = importlib.import_module("numpy")
    width, height = _SIZES[Pictures.world % 2]
    if colours is None:
        colours = 3 if Pictures.mode == "RGB" else 0
    return numpy.full((height, width, colours) if colours else (height, width), _GREY, dtype="uint8")


def treat_opencv(cv2: Any) -> None:
    """`cv2.imread` of a picture that is not here gives an invented one in place of None: three channels, one
    where grey is asked for ("Image file reading and writing" of OpenCV). One thread: the process was forked.
    """
    cv2.setNumThreads(0)
    original = cv2.imread

    @functools.wraps(original)
    def imread(filename: Any, flags: Any = cv2.IMREAD_COLOR, *others: Any) -> Any:
        if not _absent(filename) or not isinstance(flags, int):
            return original(filename, flags, *others)
        return _values(None if flags < 0 else 0 if flags == cv2.IMREAD_GRAYSCALE else 3)

    cv2.imread = imread
    capture = cv2.VideoCapture
    cv2.VideoCapture = lambda *arguments: (
        Unknown(NOT_HERE) if arguments and _absent(arguments[0]) else capture(*arguments)
    )


def reading_arrays(*names: str) -> Callable[[Any], None]:
    """For modules whose functions read a picture as an array: an invented one where it is not here."""

    def treat(module: Any) -> None:
        for name in names:
            setattr(module, name, _array_when_absent(getattr(module, name)))

    return treat


def _array_when_absent(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def read(file: Any, *arguments: Any, **named: Any) -> Any:
        if not _absent(file):
            return function(file, *arguments, **named)
        grey = named.get("as_gray", named.get("pilmode") in ("L", "F"))
        return _values(0 if grey else None)

    return read


def treat_librosa(module: Any) -> None:
    """`librosa.load` of a sound that is not here: nothing is known of it but the rate that was asked for."""
    original = module.load

    @functools.wraps(original)
    def load(path: Any, *arguments: Any, **named: Any) -> Any:
        if not _absent(path):
            return original(path, *arguments, **named)
        rate = named.get("sr", arguments[0] if arguments else 22_050)
        return Unknown(NOT_HERE), Unknown(NOT_HERE) if rate is None else rate

    module.load = load


def treat_image_folder(module: Any) -> None:
    """`torchvision.datasets.ImageFolder` of a folder that is not here: see `class_folders`."""
    start = module.ImageFolder.__init__

    @functools.wraps(start)
    def initialise(self: Any, root: Any, *arguments: Any, **named: Any) -> None:
        class_folders(root)
        start(self, root, *arguments, **named)

    module.ImageFolder.__init__ = initialise


def treat_keras_folder(name: str) -> Callable[[Any], None]:
    """A function or class of Keras whose argument `directory` holds a folder a class: see `class_folders`."""

    def treat(module: Any) -> None:
        owner = getattr(module, name)
        start: Any = vars(owner)["__init__"] if isinstance(owner, type) else owner

        @functools.wraps(start)
        def begin(*arguments: Any, **named: Any) -> Any:
            if ".jpg" not in named.get("formats", (".jpg",)):
                return start(*arguments, **named)  # a folder of texts or sounds
            places = [value for value in arguments if isinstance(value, (str, os.PathLike))]
            names = named.get("classes") or named.get("class_names")
            two = named.get("class_mode") == "binary" or named.get("label_mode") == "binary"
            class_folders(named.get("directory", places[0] if places else None), names, 2 if two else None)
            return start(*arguments, **named)

        holder, attribute = (owner, "__init__") if isinstance(owner, type) else (module, name)
        setattr(holder, attribute, begin)

    return treat


def class_folders(folder: Any, names: Any = None, count: int | None = None) -> None:
    """Where a folder of pictures is not here, make it: a subfolder a class, some pictures in each.

    Parameters
    ----------
    folder:
        The path; other values make nothing.
    names:
        The classes, where the notebook names them.
    count:
        How many there are, where that is known.
    """
    if not (Containment.held and isinstance(folder, (str, os.PathLike)) and _absent(folder)):
        return
    number = count or _CLASSES[Pictures.world % 2]
    known = isinstance(names, (list, tuple)) and names and all(isinstance(name, str) for name in names)
    classes = list(names) if known else [f"class {place}{MARK}" for place in range(number)]
    Pictures.used = Pictures.folders = True
    Pictures.made += 1
    picture = importlib.import_module("PIL.Image").new(Pictures.mode, _SIZES[Pictures.world % 2], _GREY)
    with contextlib.suppress(OSError):  # a place where nothing may be written
        for name in classes:
            place = os.path.join(os.fspath(folder), name)  # noqa: PTH118
            os.makedirs(place)  # noqa: PTH103
            for file in range(_OF_EACH[Pictures.world % 2]):
                picture.save(os.path.join(place, f"{file}{MARK}.jpg"))  # noqa: PTH118


def write_weights(model: Any, path: Any) -> None:
    """Where a file of weights in Keras's HDF5 layout is to be loaded and is not here, write one that has the
    shapes of `model`. Only executed cells, which did not fail, ask for that.

    HDF5 stores nothing for values that were never set, so that the file is small.
    """
    if not (Containment.held and WeightFiles.wanted) or not isinstance(path, (str, os.PathLike)):
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
