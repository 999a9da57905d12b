"""Data sets that a library would fetch from the network, with the shapes that its documentation states.

Runs inside the child process of a stand-in run: standard library only (a library is touched when the notebook
has imported it), any Python from 3.8 on; imports nothing of nbreview except its neighbours, which travel with
it.

Sources: "Datasets" of Keras, "Datasets" of torchvision, `fetch_california_housing` of scikit-learn. The
values are invented; every class occurs.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

# Rows to train on, rows to test on, shape of a picture, shape of a label beyond its row, number of classes.
_PICTURES: dict[str, tuple[int, int, tuple[int, ...], tuple[int, ...], int]] = {
    "mnist": (60_000, 10_000, (28, 28), (), 10),
    "fashion_mnist": (60_000, 10_000, (28, 28), (), 10),
    "cifar10": (50_000, 10_000, (32, 32, 3), (1,), 10),
    "cifar100": (50_000, 10_000, (32, 32, 3), (1,), 100),
}
_DRAWN = 997  # rows that are drawn; the others repeat them
_HOUSING = ("MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude", "Longitude")


def _pictures(rows: int, shape: tuple[int, ...], label: tuple[int, ...], classes: int) -> tuple[Any, Any]:
    numpy = importlib.import_module("numpy")
    drawn = numpy.random.default_rng(rows).integers(0, 256, (_DRAWN, *shape), dtype="uint8")
    values = numpy.empty((rows, *shape), dtype="uint8")
    for start in range(0, rows, _DRAWN):
        values[start : start + _DRAWN] = drawn[: rows - start]
    return values, (numpy.arange(rows) % classes).astype("uint8" if not label else "int64").reshape(
        rows, *label
    )


def treat_keras(name: str) -> Callable[[Any], None]:
    """`keras.datasets.NAME.load_data` without the network."""

    def treat(module: Any) -> None:
        train, test, shape, label, classes = _PICTURES[name]

        def load_data(path: str = "", label_mode: str = "fine") -> Any:
            return _pictures(train, shape, label, classes), _pictures(test, shape, label, classes)

        def load_whole(path: str = "") -> Any:
            return load_data()

        module.load_data = (
            load_data if name == "cifar100" else load_whole if name == "mnist" else lambda: load_data()
        )
        public = sys.modules.get(f"keras.datasets.{name}")
        for other in (public, sys.modules.get(f"keras.api.datasets.{name}")):
            if other is not None:
                other.load_data = module.load_data  # type: ignore[attr-defined]

    return treat


def treat_torchvision(module: Any) -> None:
    """`torchvision.datasets.MNIST` and its like without the network: pictures of the documented size."""
    for name in ("MNIST", "FashionMNIST", "CIFAR10", "CIFAR100"):
        owner = getattr(module, name, None)
        if owner is not None:
            owner.__init__ = _starting(name.lower().replace("nm", "n_m"), module.VisionDataset)


def _starting(key: str, base: Any) -> Any:
    def initialise(
        self: Any,
        root: Any = None,
        train: bool = True,
        transform: Any = None,
        target_transform: Any = None,
        download: bool = False,
    ) -> None:
        base.__init__(self, root or "", transform=transform, target_transform=target_transform)
        self.train = train
        first, second, shape, _, classes = _PICTURES[key]
        values, labels = _pictures(first if train else second, shape, (), classes)
        if key.endswith("mnist"):
            torch = sys.modules["torch"]
            self.data, self.targets = torch.from_numpy(values), torch.from_numpy(labels).long()
        else:
            self.data, self.targets = values, labels.tolist()
            self.classes = [f"class {number}" for number in range(classes)]
            self.class_to_idx = {name: number for number, name in enumerate(self.classes)}

    return initialise


def treat_sklearn(module: Any) -> None:
    """`sklearn.datasets.fetch_california_housing` without the network."""

    def fetch_california_housing(
        *,
        data_home: Any = None,
        download_if_missing: bool = True,
        return_X_y: bool = False,  # noqa: N803
        as_frame: bool = False,
        **retries: Any,
    ) -> Any:
        numpy = importlib.import_module("numpy")
        draw = numpy.random.default_rng(20_640)
        values, target = draw.uniform(0.5, 40, (20_640, 8)), draw.uniform(0.15, 5, 20_640)
        frame = None
        if as_frame:
            pandas = importlib.import_module("pandas")
            values = pandas.DataFrame(values, columns=list(_HOUSING))
            target = pandas.Series(target, name="MedHouseVal")
            frame = values.assign(MedHouseVal=target)
        if return_X_y:
            return values, target
        bunch = importlib.import_module("sklearn.utils").Bunch
        names = {"feature_names": list(_HOUSING), "target_names": ["MedHouseVal"]}
        return bunch(data=values, target=target, frame=frame, DESCR="", **names)

    module.fetch_california_housing = fetch_california_housing


TREATMENTS: dict[str, Callable[[Any], None]] = {
    **{f"keras.src.datasets.{name}": treat_keras(name) for name in _PICTURES},
    "torchvision.datasets": treat_torchvision,
    "sklearn.datasets": treat_sklearn,
}
"""What is done to a module when the notebook has imported it."""
