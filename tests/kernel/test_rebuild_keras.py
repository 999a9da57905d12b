"""Iterators, histories, pipelines and models of Keras and TensorFlow. One test, since the import is slow."""

import random
from typing import Any

import pytest

from nbreview.kernel.rebuild import CannotRebuild, World, rebuild, rebuild_exactly
from tests.kernel.described import describe

ITERATOR = {
    "type": "<class 'keras.src.legacy.preprocessing.image.DirectoryIterator'>",
    "batch_size": 4,
    "image_shape": (20, 30, 3),
    "n_samples": 10,
    "num_classes": 3,
    "target_size": (20, 30),
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_what_keras_and_tensorflow_hold_is_as_told() -> None:
    tensorflow = pytest.importorskip("tensorflow")
    keras = tensorflow.keras

    images: Any = rebuild("train", ITERATOR, random.Random(1))
    batch, labels = next(images)
    assert batch.shape == (4, 20, 30, 3) and labels.shape == (4, 3)
    assert len(images) == 3 and images.samples == 10 and images.num_classes == 3
    assert type(images).__name__ == "DirectoryIterator" and len(images.classes) == 10

    binary = World(random.Random(1), made={"class_mode": "binary"})
    assert next(rebuild_exactly("train", ITERATOR, binary).value)[1].shape == (4,)

    metrics = {
        "type": "<class 'dict'>",
        "detected": "training_history_dict",
        "length": 2,
        "metrics": ["loss", "accuracy"],
        "n_epochs": 3,
    }
    told = {"type": "<class 'keras.src.callbacks.history.History'>"}
    history: Any = rebuild("history", told, random.Random(1), attributes={"history": metrics})
    assert list(history.history) == ["loss", "accuracy"] and history.epoch == [0, 1, 2]

    real = tensorflow.data.Dataset.from_tensor_slices(
        ({"x": tensorflow.zeros((9, 5))}, tensorflow.zeros((9,), tensorflow.int32))
    ).batch(4)
    pipeline: Any = rebuild("data", describe(real), random.Random(1))
    features, target = next(iter(pipeline))
    assert features["x"].shape[1:] == (5,) and target.dtype == tensorflow.int32
    published = {
        "type": "<class 'tensorflow.python.data.ops.batch_op._BatchDataset'>",
        "element_spec": "TensorSpec(shape=(None, 28, 28), dtype=tf.float32, name=None)",
    }
    assert next(iter(rebuild("data", published, random.Random(1)))).shape[1:] == (28, 28)  # type: ignore[call-overload]
    with pytest.raises(CannotRebuild, match="cannot be read"):
        rebuild("data", {**published, "element_spec": "__import__('os').system('true')"}, random.Random(1))

    model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Flatten(), keras.layers.Dense(4)])
    again: Any = rebuild("model", describe(model), random.Random(1))
    assert again.output_shape == (None, 4) and len(again.layers) == len(model.layers)
    model.compile(loss="mse")
    with pytest.raises(CannotRebuild, match="compiled with"):
        rebuild("model", describe(model), random.Random(1))
