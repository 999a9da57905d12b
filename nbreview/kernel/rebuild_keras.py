"""TensorFlow tensors and data sets, Keras iterators and models from their descriptions.

Runs inside the child process of a stand-in run; see `rebuild_world`. TensorFlow is slow to import: only what
needs it does so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nbreview.kernel.rebuild_arrays import column_values, value_info
from nbreview.kernel.rebuild_plain import made_by_settings
from nbreview.kernel.rebuild_world import (
    MARK,
    CannotRebuild,
    Exactness,
    Opaque,
    Rebuilt,
    World,
    items,
    library,
    sizes,
    whole,
    within_memory,
)

_INVENTED = Exactness(
    values=False, distinct=False, bounds=False, missing=False, labels=False, order=False,
    invented=("the content of its batches is invented",),
)  # fmt: skip
_MOST_SAMPLES = 2_000_000


def rebuild_tf_tensor(description: Mapping[str, Any], world: World) -> Rebuilt:
    """An eager tensor. Read are `shape`, `dtype`, `has_nan` and `value_range`."""
    numpy = library("numpy")
    tensorflow = library("tensorflow")

    shape = sizes(description.get("shape"))
    text = _text(description.get("dtype")) or "float32"
    name = re.sub(r".*tf\.(\w+).*|.*dtype[:=] ?'?(\w+)'?.*", lambda found: found[1] or found[2], text)
    dtype = tensorflow.dtypes.as_dtype(name.rsplit(".", 1)[-1])
    if dtype == tensorflow.string:
        raise CannotRebuild("its texts are not told")
    within_memory(shape, dtype.size)
    size = 1
    for part in shape:
        size *= part
    values, exactness = column_values(
        size, numpy.dtype(dtype.as_numpy_dtype), value_info(description), description.get("has_nan"), world
    )
    return Rebuilt(tensorflow.constant(values.reshape(shape), dtype), exactness)


def rebuild_tf_dataset(description: Mapping[str, Any], world: World) -> Rebuilt:
    """A `tf.data.Dataset` whose elements have the shapes and dtypes of `element_spec`.

    Sizes that the specification leaves open are those of `batch_size`, else 2. Read are `element_spec` (text
    such as "(TensorSpec(shape=(None, 28, 28), dtype=tf.float32, name=None), TensorSpec(...))") and
    `cardinality` (batches, negative: not known).
    """
    tensorflow = library("tensorflow")

    spec = _element_spec(description.get("element_spec"))
    if spec is None:
        raise CannotRebuild("the specification of its elements is not told")
    count = description.get("cardinality")
    known = isinstance(count, int) and count >= 0
    size = description.get("batch_size")
    batch = size if isinstance(size, int) and size > 0 else (2, 3)[world.odd]
    generator = world.generator()

    def element(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: element(each) for name, each in part.items()}
        if isinstance(part, tuple):
            return tuple(element(each) for each in part)
        shape = [batch if length is None else length for length in part.shape]
        within_memory(shape, 8)
        if part.dtype == tensorflow.string:
            return tensorflow.fill(shape, "text")
        if part.dtype.is_floating:
            return tensorflow.constant(generator.uniform(0.0, 1.0, shape), part.dtype)
        return tensorflow.zeros(shape, part.dtype)

    made = element(spec)
    dataset = tensorflow.data.Dataset.from_tensors(made).repeat(count if known else 4)
    if known:
        dataset = dataset.apply(tensorflow.data.experimental.assert_cardinality(count))
    from dataclasses import replace

    return Rebuilt(dataset, replace(_INVENTED, kind=False, shape=known))


def rebuild_iterator(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """An iterator of Keras over images (`flow_from_directory` and its kin): batches of the right shape.

    Read are `batch_size`, `n_samples`, `image_shape`, `num_classes` and `class_mode`, which the call that
    made it may tell as well; the default of Keras is "categorical".
    """
    images = library("tensorflow.keras.preprocessing.image")

    batch = whole(description.get("batch_size"), "its batch size", 1)
    samples = whole(description.get("n_samples"), "its number of samples", 1)
    if samples > _MOST_SAMPLES:
        raise CannotRebuild("it has more samples than a stand-in may")
    shape = sizes(description.get("image_shape"), "the shape of its images")
    within_memory((batch, *shape), 4)
    classes = description.get("num_classes")
    count = whole(classes, "its number of classes", 1) if classes is not None else 0
    told = description.get("params")
    params = {**world.made, **told} if isinstance(told, Mapping) else world.made
    mode = params.get("class_mode", "categorical" if count else None)
    name = kind.rsplit(".", 1)[-1]
    base = getattr(images, name, None) or images.Iterator

    class StandInIterator(base):  # type: ignore[misc,valid-type]
        """An iterator that reads no file."""

        def __init__(self) -> None:
            images.Iterator.__init__(self, samples, batch, False, world.rng.getrandbits(31))

        def _get_batches_of_transformed_samples(self, index_array: Any) -> Any:
            numpy = library("numpy")

            size = len(index_array)
            drawn = numpy.random.default_rng(int(index_array[0]) if size else 0)
            pictures = drawn.uniform(0.0, 1.0, (size, *shape)).astype("float32")
            numbers = numpy.asarray(index_array) % max(count, 1)
            if mode is None:
                return pictures
            if mode == "categorical":
                return pictures, numpy.eye(max(count, 1), dtype="float32")[numbers]
            if mode == "input":
                return pictures, pictures.copy()
            return pictures, numbers.astype("float32")

    StandInIterator.__name__ = name
    iterator = StandInIterator()
    _dress(iterator, shape, samples, count, mode, {**description, **params}, world)
    return Rebuilt(iterator, Exactness(**{**_facts(_INVENTED), "columns": "num_classes" in description}))


def _dress(
    iterator: Any,
    shape: Any,
    samples: int,
    count: int,
    mode: Any,
    description: Mapping[str, Any],
    world: World,
) -> None:
    """The attributes that the real iterator has (documentation of `DirectoryIterator` and `Iterator`)."""
    numpy = library("numpy")

    target = description.get("target_size")
    labels = numpy.arange(samples, dtype="int32") % max(count, 1)
    held: dict[str, Any] = {
        "samples": samples,
        "image_shape": tuple(shape),
        "target_size": tuple(target) if isinstance(target, (list, tuple)) else tuple(shape[:2]),
        "class_mode": mode,
        "color_mode": {1: "grayscale", 3: "rgb", 4: "rgba"}.get(shape[-1], "rgb"),
        "data_format": "channels_last",
        "dtype": "float32",
        "subset": None,
        "num_classes": count,
        "class_indices": _indices(description, count),
        "classes": labels,
        "filenames": [f"class {number % max(count, 1)}/{number}.jpg" for number in range(samples)],
    }
    for name, told in world.attributes.items():
        if world.rebuild is not None:
            try:
                held[name] = world.rebuild(name, told).value
            except CannotRebuild:
                continue
    for name, value in held.items():
        try:
            setattr(iterator, name, value)
        except AttributeError:  # a property of the class that is made from another
            if name in ("labels", "filepaths", "sample_weight"):
                setattr(iterator, {"labels": "classes"}.get(name, "_" + name), value)


def _indices(description: Mapping[str, Any], count: int) -> dict[str, int]:
    told = description.get("class_indices")
    if isinstance(told, Mapping):
        return {str(name): number for name, number in told.items() if isinstance(number, int)}
    return {f"class {number}{MARK}": number for number in range(count)}


def rebuild_keras_model(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """A Sequential model that was not compiled, from its layers with the sizes that they were made with.

    Read are `layers` (for each `type` and its settings), `input_shapes`, `output_shape` and `params`. What
    the layers learned and their activations are invented; the shape that comes out is checked.
    """
    layers = items(description.get("layers"))
    if not layers or kind.rsplit(".", 1)[-1] != "Sequential":
        raise CannotRebuild("how its layers are joined is not told")
    params = description.get("params")
    if isinstance(params, Mapping) and params.get("compiled") is not False:
        raise CannotRebuild("the loss and the optimizer that it was compiled with are not told")
    shape = items(description.get("input_shapes"))
    if not shape or not all(part is None or isinstance(part, int) for part in shape):
        raise CannotRebuild("what goes into it is not told")
    keras = library("keras")
    model = keras.Sequential([keras.Input(tuple(shape[1:]))])
    for layer in layers:
        model.add(made_by_settings(layer, ("keras",)))
    expected = items(description.get("output_shape"))
    if expected is not None and tuple(model.output_shape) != tuple(expected):
        raise CannotRebuild("its layers do not give the shape that is told")
    return Rebuilt(model, Exactness(values=False, invented=("its weights and activations are invented",)))


def _facts(exactness: Exactness) -> dict[str, Any]:
    return {name: getattr(exactness, name) for name in Exactness.__dataclass_fields__}


def _text(value: Any) -> str | None:
    if isinstance(value, Opaque):
        return value.text
    return value if isinstance(value, str) else None


def _told_spec(value: Any) -> Any:
    """The specification as plain data: tuples, mappings, and `type`, `shape`, `dtype` of each tensor."""
    tensorflow = library("tensorflow")
    if isinstance(value, tuple):
        return tuple(_told_spec(part) for part in value)
    if not isinstance(value, Mapping):
        raise CannotRebuild("the specification of its elements is not told")
    if {"shape", "dtype"} <= set(value):
        if value.get("type", "TensorSpec") != "TensorSpec" or value["shape"] is None:
            raise CannotRebuild("its elements are no tensors of a known rank")
        return tensorflow.TensorSpec(list(value["shape"]), str(value["dtype"]))
    return {name: _told_spec(part) for name, part in value.items()}


def _element_spec(value: Any) -> Any:
    """The specification that a text writes, read without running it: tuples, dictionaries, `TensorSpec`."""
    import ast

    tensorflow = library("tensorflow")

    text = _text(value)
    if text is None:
        return _told_spec(value)

    def read(node: ast.expr) -> Any:
        if isinstance(node, (ast.Tuple, ast.List)):
            return tuple(read(part) for part in node.elts)
        if isinstance(node, ast.Dict):
            keys = [ast.literal_eval(key) for key in node.keys if key is not None]
            return {key: read(node.values[place]) for place, key in enumerate(keys)}
        if isinstance(node, ast.Call):
            named = {word.arg: word.value for word in node.keywords}
            shape, dtype = named.get("shape"), named.get("dtype")
            if shape is not None and isinstance(dtype, ast.Attribute):
                size = shape.args[0] if isinstance(shape, ast.Call) and shape.args else shape
                return tensorflow.TensorSpec(ast.literal_eval(size), getattr(tensorflow, dtype.attr))
        raise CannotRebuild("the specification of its elements cannot be read")

    try:
        return read(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, AttributeError, TypeError):
        raise CannotRebuild("the specification of its elements cannot be read") from None
