"""How libraries are treated in a stand-in run: no window, no waiting, no device, no download, short training.

Runs inside the child process of a stand-in run: standard library only (a library is touched when the
notebook has imported it), any Python from 3.8 on; imports nothing of nbreview except its neighbours, which
travel with it.

None of it changes what a call accepts or the shapes of what it gives back: an argument that the library
refuses is still refused.
"""

from __future__ import annotations

import functools
import glob
import importlib
import os
import pathlib
import sys
import time
import types
from collections.abc import Callable, Iterable
from typing import Any

from nbreview.kernel import standin_files, standin_sets, standin_sizes, standin_torch
from nbreview.kernel.standin_files import NOT_HERE
from nbreview.kernel.standin_frames import CELL_FILE
from nbreview.kernel.standin_unknown import Unknown

_applied: set[str] = set()


def apply_once() -> None:
    """Treat what needs no library: waiting, typing, the file system as cells see it, missing progress
    bars.
    """
    time.sleep = lambda seconds: None
    for owner, name in (
        (os, "walk"), (os, "listdir"), (os, "scandir"), (glob, "glob"), (glob, "iglob"),
        (os.path, "exists"), (os.path, "isfile"),
        (os.path, "isdir"), (os.path, "getsize"), (pathlib.Path, "exists"), (pathlib.Path, "is_file"),
        (pathlib.Path, "is_dir"), (pathlib.Path, "glob"), (pathlib.Path, "rglob"), (pathlib.Path, "iterdir"),
    ):  # fmt: skip
        setattr(owner, name, _unknown_when_empty(getattr(owner, name)))
    for name in ("join", "basename", "dirname", "split", "splitext", "abspath", "normpath", "expanduser"):
        setattr(os.path, name, unknown_of_unknown(getattr(os.path, name)))
    os.environ.update({"TQDM_DISABLE": "1", "MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3"})
    try:
        importlib.import_module("tqdm")
    except ImportError:
        for name in ("tqdm", "tqdm.auto", "tqdm.notebook", "tqdm.std", "tqdm.autonotebook"):
            module = types.ModuleType(name)
            module.__dict__.update(
                {
                    "tqdm": _Progress,
                    "trange": lambda *a, **k: _Progress(range(*a)),
                    "tqdm_notebook": _Progress,
                }
            )
            module.__path__ = []
            sys.modules[name] = module


def _gfile(tensorflow: Any) -> None:
    """`tf.io.gfile` asks the file system as `os` and `glob` do."""
    for name in ("glob", "listdir", "exists", "isdir", "walk"):
        setattr(tensorflow.io.gfile, name, _unknown_when_empty(getattr(tensorflow.io.gfile, name)))


_READERS = {
    "pandas": (
        "read_csv", "read_table", "read_excel", "read_json", "read_parquet", "read_pickle", "read_feather",
        "read_hdf", "read_fwf", "read_xml", "read_stata",
    ),
    "numpy": ("load", "loadtxt", "genfromtxt", "fromfile"),
    "torch": ("load",),
    "joblib": ("load",),
    "soundfile": ("read",),
    "scipy.io.wavfile": ("read",),
}  # fmt: skip


def _readers(package: str) -> Callable[[Any], None]:
    """What a cell reads from a file that is not here is not known, also in the middle of an expression."""

    def treat(module: Any) -> None:
        for name in _READERS[package]:
            if hasattr(module, name):
                setattr(module, name, unknown_when_missing(getattr(module, name)))

    return treat


def _joblib(joblib: Any) -> None:
    """Its workers are other processes, which know nothing of the run and take longer to start than it may."""
    _readers("joblib")(joblib)
    getattr(joblib, "parallel_config", joblib.parallel_backend)("sequential")


def unknown_of_unknown(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, but an Unknown where one of its arguments is."""

    @functools.wraps(function)
    def ask(*arguments: Any, **named: Any) -> Any:
        if any(isinstance(value, Unknown) for value in arguments):
            return Unknown("it is made of what is not known")
        return function(*arguments, **named)

    return ask


def unknown_when_missing(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, but an Unknown for a cell that names a file which is not here. Libraries get the
    error.
    """

    @functools.wraps(function)
    def read(*arguments: Any, **named: Any) -> Any:
        if arguments and isinstance(arguments[0], Unknown):
            return Unknown("it is made of what is not known")
        try:
            return function(*arguments, **named)
        except FileNotFoundError:
            if not sys._getframe(1).f_code.co_filename.startswith(CELL_FILE):
                raise
            return Unknown(NOT_HERE)

    return read


class _Progress:
    """A progress bar that shows nothing."""

    def __init__(self, iterable: Any = None, *arguments: Any, **named: Any) -> None:
        self.iterable = iterable if iterable is not None else Unknown("a progress bar over nothing")
        self.n = 0
        self.total = named.get("total")

    def __iter__(self) -> Any:
        return iter(self.iterable)

    def __len__(self) -> int:
        return len(self.iterable)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *details: Any) -> None:
        return None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments, **named: None

    @classmethod
    def pandas(cls, *arguments: Any, **named: Any) -> None:
        """Do as tqdm.pandas does, without a bar."""
        pandas = sys.modules.get("pandas")
        if pandas is not None:
            for owner in (pandas.DataFrame, pandas.Series):
                owner.progress_apply = owner.apply


def _unknown_when_empty(function: Callable[..., Any]) -> Callable[..., Any]:
    """What a cell asks of the file system is not known where the answer is "nothing": the notebook's files
    are not here. Libraries get the plain answer.
    """

    @functools.wraps(function)
    def ask(*arguments: Any, **named: Any) -> Any:
        if not sys._getframe(1).f_code.co_filename.startswith(CELL_FILE):
            return function(*arguments, **named)
        try:
            answer = function(*arguments, **named)
        except FileNotFoundError:
            answer = None
        if isinstance(answer, types.GeneratorType) or hasattr(answer, "__next__"):
            answer = list(answer)
        return answer if answer else Unknown(NOT_HERE)

    return ask


def apply_imported() -> None:
    """Treat the libraries that have been imported since the last call."""
    for name, treat in _TREATMENTS.items():
        if name not in _applied and name in sys.modules:
            _applied.add(name)
            try:
                treat(sys.modules[name])
            except Exception:
                continue  # another version without what is treated: the time limits still hold


def _pyplot(plt: Any) -> None:
    plt.switch_backend("Agg")
    plt.rcParams["figure.max_open_warning"] = 0
    plt.show = lambda *arguments, **named: None


_NO_WEIGHTS = "nbreview-no-weights.h5"


def _downloads(module: Any) -> None:
    """The weights of `keras.applications` are not fetched: a model has the same shapes without them."""
    fetch = module.get_file

    @functools.wraps(fetch)
    def get_file(*arguments: Any, **named: Any) -> Any:
        origin = named.get("origin") or (arguments[1] if len(arguments) > 1 else "")
        if "/keras-applications/" in str(origin) and str(origin).endswith((".h5", ".keras")):
            return _NO_WEIGHTS
        return fetch(*arguments, **named)

    module.get_file = get_file


def _no_weights(models: Any) -> None:
    load = models.Model.load_weights

    @functools.wraps(load)
    def load_weights(self: Any, *arguments: Any, **named: Any) -> Any:
        if _NO_WEIGHTS in arguments or _NO_WEIGHTS in named.values():
            return None
        standin_files.write_weights(self, arguments[0] if arguments else named.get("filepath"))
        return load(self, *arguments, **named)

    models.Model.load_weights = load_weights


_FEW_STEPS = 2


def _keras(module: Any) -> None:
    """Keras models train for one epoch of a few steps; the history has the epochs that were asked for.

    Documented in "Model training APIs" of Keras: `epochs`, `steps_per_epoch`, `validation_steps`, `steps`.
    """
    models = sys.modules[module.__name__]
    for name in ("fit", "fit_generator"):
        if hasattr(models.Model, name):
            setattr(models.Model, name, _short_fit(getattr(models.Model, name)))
    _no_weights(models)


def _short_fit(fit: Any) -> Any:
    import inspect

    signature = inspect.signature(fit)

    @functools.wraps(fit)
    def short(self: Any, *arguments: Any, **named: Any) -> Any:
        bound = signature.bind(self, *arguments, **named)
        values = bound.arguments
        epochs = values.get("epochs", 1)
        initial = values.get("initial_epoch", 0)
        if isinstance(epochs, int) and epochs > 1:
            values["epochs"] = initial + 1 if isinstance(initial, int) else 1
        steps = values.get("steps_per_epoch")
        if steps is None or (isinstance(steps, (int, float)) and steps > _FEW_STEPS):
            values["steps_per_epoch"] = _FEW_STEPS if _batches(values) >= _FEW_STEPS else None
        if (values.get("validation_data") is not None and values.get("validation_steps") is None) or (
            isinstance(values.get("validation_steps"), (int, float)) and values["validation_steps"] > 1
        ):
            values["validation_steps"] = 1
        values["verbose"] = 0
        history = fit(*bound.args, **bound.kwargs)
        if isinstance(epochs, int) and isinstance(initial, int) and hasattr(history, "history"):
            wanted = epochs - initial
            for key, numbers in history.history.items():
                if isinstance(numbers, list) and 0 < len(numbers) < wanted:
                    history.history[key] = [numbers[-1] * (1 + 0.01 * step) for step in range(wanted)]
            history.epoch = list(range(initial, epochs))
        return history

    return short


def _batches(values: Any) -> int:
    x = values.get("x", values.get("generator"))
    size = values.get("batch_size") or 32
    first: Any = x
    while isinstance(first, (list, tuple, dict)) and first:
        first = next(iter(first.values())) if isinstance(first, dict) else first[0]
    try:
        length = len(first)
    except Exception:
        return _FEW_STEPS
    return length // size if hasattr(first, "shape") and isinstance(size, int) else length


_FEW_TRIALS = 3  # as many as may fail one after another ("Oracles": `max_consecutive_failed_trials`)


def _oracle(module: Any) -> None:
    """A search of KerasTuner tries a few settings ("Oracles": `max_trials`)."""
    _settled(module.Oracle, "max_trials", _FEW_TRIALS)


def _tuner(module: Any) -> None:
    """It trains a model once for each ("Tuners": `executions_per_trial`)."""
    _settled(module.Tuner, "executions_per_trial", 1)


def _settled(owner: Any, attribute: str, most: int) -> None:
    """A number that the constructor of `owner` keeps is `most` at most."""
    start = owner.__init__

    @functools.wraps(start)
    def initialise(self: Any, *arguments: Any, **named: Any) -> None:
        start(self, *arguments, **named)
        value = getattr(self, attribute, None)
        if isinstance(value, int) and value > most:
            setattr(self, attribute, most)

    owner.__init__ = initialise


_MANY_VALUES = 4_000_000


def _initializers(module: Any) -> None:
    """Large weights start as zeros, which take no time to draw."""
    start = module.VarianceScaling.__call__

    @functools.wraps(start)
    def call(self: Any, shape: Any, dtype: Any = None, **named: Any) -> Any:
        count = 1
        for size in shape:
            count *= size
        if count < _MANY_VALUES:
            return start(self, shape, dtype, **named)
        return sys.modules["keras"].ops.zeros(shape, dtype or "float32")

    module.VarianceScaling.__call__ = call


def _torch(torch: Any) -> None:
    standin_torch.treat_torch(torch)
    standin_sizes.treat_layers(torch)


_TREATMENTS: dict[str, Callable[[Any], None]] = {
    "pandas": _readers("pandas"),
    "numpy": _readers("numpy"),
    **standin_sets.TREATMENTS,
    "joblib": _joblib,
    "matplotlib.pyplot": _pyplot,
    "torch": _torch,
    "torch.serialization": lambda module: _readers("torch")(sys.modules["torch"]),
    "tensorflow": _gfile,
    "torch.utils.data": standin_torch.treat_data,
    "torch.hub": standin_torch.treat_hub,
    "torchvision.models._api": standin_torch.treat_hub,
    "PIL.Image": standin_files.treat_pillow,
    "cv2": standin_files.treat_opencv,
    "skimage.io": standin_files.reading_arrays("imread"),
    "imageio": standin_files.reading_arrays("imread"),
    "imageio.v2": standin_files.reading_arrays("imread"),
    "imageio.v3": standin_files.reading_arrays("imread"),
    "librosa": standin_files.treat_librosa,
    "soundfile": _readers("soundfile"),
    "scipy.io.wavfile": _readers("scipy.io.wavfile"),
    "torchvision.datasets.folder": standin_files.treat_image_folder,
    "keras.src.utils.dataset_utils": standin_files.treat_keras_folder("index_directory"),
    "keras.src.legacy.preprocessing.image": standin_files.treat_keras_folder("DirectoryIterator"),
    "keras.src.layers": standin_sizes.treat_keras,
    "keras.src.layers.core.input_layer": standin_sizes.treat_input,
    "keras.src.models.sequential": standin_sizes.treat_sequential,
    "keras.src.utils.data_utils": _downloads,
    "keras.src.utils.file_utils": _downloads,
    "keras.src.engine.training": _keras,
    "keras.src.models.model": _keras,
    "keras_tuner.src.engine.oracle": _oracle,
    "keras_tuner.src.engine.tuner": _tuner,
    "keras.src.initializers.random_initializers": _initializers,
}


def applied() -> Iterable[str]:
    """The libraries treated so far."""
    return sorted(_applied)
