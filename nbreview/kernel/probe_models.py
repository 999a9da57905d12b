"""Probe, part 5: tensors, data pipelines, estimators and models of torch, TensorFlow, Keras and
scikit-learn. Sent to the kernel as text.

Standard library only, Python 3.8 and newer. Device memory is never read (that would start kernels on it),
no TensorFlow operation runs, no torch reduction either (it would start threads): a CPU tensor is read as an
array."""

from __future__ import annotations

import sys
import types
from typing import Any

from nbreview.kernel.probe_arrays import base_view, numbers, numpy
from nbreview.kernel.probe_core import (
    MISSING,
    Look,
    Untold,
    attribute,
    bases,
    class_name,
    defined,
    is_a,
    is_plain,
    library_class,
    own,
    plain,
    root,
    short,
    shown,
    slot,
    space,
    trusted,
    type_text,
)
from nbreview.kernel.probe_values import brief, describe_dict

_NUMPY_TYPES = frozenset(
    [
        "torch.float32",
        "torch.float64",
        "torch.float16",
        "torch.int64",
        "torch.int32",
        "torch.int16",
        "torch.int8",
        "torch.uint8",
        "torch.bool",
    ]
)


def describe_tensor(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """A torch tensor; values only of plain ones in the CPU's memory."""
    torch = sys.modules["torch"]
    found: dict[str, Any] = {"type": "<class 'torch.Tensor'>"}
    exact = type(value) is torch.Tensor or type(value) is torch.nn.Parameter
    if not exact:
        found["type"] = type_text(value)
        if not trusted(look, type(value)):
            found["base"] = ["torch.Tensor"]
            return found
    found["shape"] = [int(length) for length in value.shape]
    found["dtype"] = str(value.dtype)
    found["device"] = str(value.device)
    found["requires_grad"] = bool(value.requires_grad)
    if type(value) is torch.nn.Parameter:
        found["kind"] = "parameter"
    plain_memory = (
        value.device.type == "cpu" and value.layout is torch.strided and found["dtype"] in _NUMPY_TYPES
    )
    if exact and plain_memory and numpy() is not None and value.dim() <= 30:
        array = (
            value.detach().resolve_neg().numpy() if hasattr(value, "resolve_neg") else value.detach().numpy()
        )
        found.update(numbers(look, base_view(array)))
        if array.size <= 50 and "value_range" in found:
            found["literal"] = array.tolist()
    return found


def describe_module_of_torch(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """A torch.nn.Module: its layers in order of definition, with the sizes they were made with."""
    found: dict[str, Any] = {"type": type_text(value), "kind": "torch module"}
    if root(type(value)) == "__main__":
        found["base"] = [class_name(cls) for cls in bases(type(value))[1:-1]][:8]
        forward = defined(value, "forward")[1]
        code = forward.__code__ if type(forward) is types.FunctionType else None
        if code is not None:
            found["parameters"] = [[name, "any", False] for name in code.co_varnames[: code.co_argcount]]
    layers: list[Any] = []
    parameters: list[Any] = []
    gather(value, "", layers, parameters, look.limits["layers"])
    found["layers"] = layers
    if len(layers) >= look.limits["layers"]:
        found["cut"] = True
    found["size"] = sum(size for size, _, _ in parameters)
    found["training"] = bool(dict.get(own(value), "training", False))
    if parameters:
        found["dtype"] = parameters[0][1]
        devices = sorted({device for _, _, device in parameters})
        found["device"] = devices[0] if len(devices) == 1 else ", ".join(devices)
    for layer in layers:
        for name in ("in_features", "in_channels", "input_size", "num_embeddings"):
            if name in layer:
                found.setdefault("input_shapes", [{"layer": layer["name"], name: layer[name]}])
    return found


def gather(module: Any, prefix: str, layers: list[Any], parameters: list[Any], limit: int) -> None:
    torch = sys.modules["torch"]
    held = own(module)
    for holder in ("_parameters", "_buffers"):
        for part in list((dict.get(held, holder) or {}).values()):
            if (type(part) is torch.Tensor or type(part) is torch.nn.Parameter) and holder == "_parameters":
                parameters.append((int(part.numel()), str(part.dtype), str(part.device)))
    children = dict.get(held, "_modules")
    if not children or len(prefix) > 300:
        return
    for name, child in list(dict.items(children)):
        if len(layers) >= limit or child is None:
            break
        path = prefix + str(name) if type(name) is str else prefix
        layers.append(sized({"name": path, "type": class_name(type(child))}, own(child)))
        gather(child, path + ".", layers, parameters, limit)


def sized(found: dict[str, Any], held: dict[str, Any]) -> dict[str, Any]:
    """A layer with the plain attributes that it was made with."""
    for name, part in list(held.items()):
        if (
            type(name) is not str
            or name.startswith("_")
            or name in ("training", "name", "built", "trainable")
        ):
            continue
        if is_plain(part) and part is not None and type(part) is not bytes:
            found[name] = plain(part, 60)
        elif type(part) is tuple and len(part) <= 4 and all(type(each) is int for each in part):
            found[name] = plain(part)
        if len(found) > 14:
            break
    return found


def describe_loader(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """A torch DataLoader. Samples and a trial collate are taken later, in a forked child
    (`probe_loaders`)."""
    held = own(value)
    found: dict[str, Any] = {"type": "torch.utils.data.dataloader.DataLoader"}
    if not trusted(look, type(value)):
        found["base"] = [class_name(type(value))]
    found["batch_size"] = plain(dict.get(held, "batch_size"))
    dataset = dict.get(held, "dataset")
    found["dataset"] = {"dataset_info": dataset_info(dataset)}
    found["params"] = {
        "num_workers": plain(dict.get(held, "num_workers")),
        "drop_last": plain(dict.get(held, "drop_last")),
        "sampler": class_name(type(dict.get(held, "sampler"))),
        "collate_fn": shown(dict.get(held, "collate_fn")),
        "dataset": class_name(type(dataset)),
    }
    if depth == 0:
        look.loaders.append((look.name, "loader", value))
    return found


def dataset_info(dataset: Any) -> dict[str, Any]:
    """What a data set holds, by attribute: the class of each; of a Subset what the whole and its indices
    are."""
    found: dict[str, Any] = {}
    for name, part in list(own(dataset).items())[:30]:
        if type(name) is str and not name.startswith("_"):
            entry: dict[str, Any] = {"type": short(type(part))}
            if type(part) is list or type(part) is tuple or type(part) is dict:
                entry["length"] = len(part)
            elif is_plain(part) and part is not None:
                entry["value"] = plain(part)
            found[name] = entry
    return found


def describe_dataset(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """A torch Dataset (a Subset too): what it holds; its length and samples come from the forked child."""
    found: dict[str, Any] = {"type": type_text(value), "kind": "dataset"}
    found["base"] = [class_name(cls) for cls in bases(type(value))[1:-1]][:8]
    held = own(value)
    found["dataset"] = {"dataset_info": dataset_info(value)}
    if class_name(type(value)) == "torch.utils.data.dataset.Subset":
        indices = dict.get(held, "indices")
        if type(indices) is list or type(indices) is range:
            found["length"] = len(indices)
        found["attributes"] = {"dataset": brief(look, dict.get(held, "dataset"), depth + 1)}
    if depth == 0:
        look.loaders.append((look.name, "dataset", value))
    return found


def describe_estimator(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """A scikit-learn estimator. Fitted attributes end with an underscore: scikit-learn's developer guide."""
    held = own(value)
    cls = type(value)
    found: dict[str, Any] = {
        "type": type_text(value),
        "class_name": short(cls),
        "module": shown_module(cls),
    }
    fitted = [name for name in held if type(name) is str and name.endswith("_") and not name.startswith("_")]
    steps = dict.get(held, "steps")
    if type(steps) is list and steps:
        parts = [part[1] for part in steps if type(part) is tuple and len(part) == 2]
        found["is_fitted"] = bool(parts) and any(
            name.endswith("_") and not name.startswith("_") for name in own(parts[-1]) if type(name) is str
        )
        found["layers"] = [
            {"name": plain(part[0]), "type": class_name(type(part[1]))}
            for part in steps
            if type(part) is tuple and len(part) == 2
        ][:30]
    else:
        found["is_fitted"] = bool(fitted)
    values: dict[str, Any] = {}
    for name in ("n_features_in_", "n_outputs_", "n_classes_", "n_components_", "n_clusters_", "n_iter_"):
        if name in held:
            values[name] = plain(held[name])
    for name in ("feature_names_in_", "classes_"):
        part = dict.get(held, name)
        if part is not None and numpy() is not None and is_a(part, numpy().ndarray) and part.ndim == 1:
            values[name] = [plain(each) for each in base_view(part)[:1000].tolist()]
    if values:
        found["fitted_attributes"] = values
    if fitted:
        found["attributes"] = {name: {"type": type_text(held[name])} for name in sorted(fitted)[:40]}
    params = {}
    for base in bases(cls):
        made = space(base).get("__init__")
        code = made.__code__ if type(made) is types.FunctionType else None
        if code is not None:
            for name in code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount][:60]:
                if name in held:
                    params[name] = plain(held[name], 80)
            break
    found["params"] = params
    return found


def shown_module(cls: Any) -> str:
    return class_name(cls).rpartition(".")[0]


def spec(value: Any, depth: int = 0) -> Any:
    """The structure of tf.data's `element_spec`, or of shapes of a Keras model, as JSON types."""
    if depth > 5:
        return {"$repr": "..."}
    if is_a(value, tuple):
        return {"$tuple": [spec(part, depth + 1) for part in tuple.__iter__(value)]}
    if is_a(value, list):
        return [spec(part, depth + 1) for part in list.__iter__(value)]
    if is_a(value, dict):
        return {shown_key(key): spec(part, depth + 1) for key, part in dict.items(value)}
    shape = slot(value, "_shape", MISSING)
    if shape is not MISSING:
        dtype = slot(value, "_dtype")
        return {
            "type": short(type(value)),
            "shape": dimensions(shape),
            "dtype": dtype_name(dtype),
        }
    if is_plain(value):
        return plain(value)
    return dimensions(value) if short(type(value)) == "TensorShape" else {"$repr": shown(value)}


def dtype_name(dtype: Any) -> Any:
    return plain(dtype.name) if root(type(dtype)) == "tensorflow" else plain(dtype)


def shown_key(key: Any) -> str:
    return key if type(key) is str else "$" + shown(key)


def dimensions(shape: Any) -> Any:
    """The lengths of a TensorShape or a tuple; None where the rank is unknown."""
    if type(shape) is tuple:
        return [part if type(part) is int else None for part in shape]
    held = slot(shape, "_dims")
    return None if held is None else [part if type(part) is int else None for part in held]


def describe_pipeline(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """A tf.data Dataset: what its elements are. None is taken."""
    found: dict[str, Any] = {"type": type_text(value)}
    found["element_spec"] = spec(attribute(look, value, "element_spec"))
    return found


def describe_tf_tensor(look: Look, value: Any, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {"type": type_text(value)}
    if trusted(look, type(value)) or root(type(value)) in ("tensorflow", "builtins", "keras"):
        found["shape"] = dimensions(value.shape)
        found["dtype"] = dtype_name(value.dtype)
    return found


def describe_keras(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """A Keras model or layer: input and output shapes, and its first layers."""
    found: dict[str, Any] = {"type": type_text(value), "kind": "keras"}
    if root(type(value)) == "__main__":
        found["base"] = [class_name(cls) for cls in bases(type(value))[1:-1]][:8]
    for name, field in (
        ("input_shape", "input_shapes"),
        ("output_shape", "output_shape"),
        ("built", "built"),
    ):
        try:
            held = attribute(look, value, name, MISSING)
        except Exception:
            continue
        if held is not MISSING and (
            is_plain(held) or type(held) is tuple or type(held) is list or type(held) is dict
        ):
            found[field] = spec(held)
    held = own(value)
    layers = []
    for child in children_of(look, value)[: look.limits["layers"]]:
        layer: dict[str, Any] = {
            "name": plain(dict.get(own(child), "_name") or dict.get(own(child), "name")),
            "type": class_name(type(child)),
        }
        for name in ("input", "output"):
            shape = shape_of(look, child, name)
            if type(shape) is tuple or type(shape) is list:
                layer[name + "_shape"] = spec(shape)
        layers.append(sized(layer, own(child)))
    if layers:
        found["layers"] = layers
    if "optimizer" in held or "_is_compiled" in held:
        found["params"] = {
            "compiled": bool(dict.get(held, "_is_compiled", dict.get(held, "optimizer") is not None))
        }
    return found


def shape_of(look: Look, layer: Any, name: str) -> Any:
    """The shape of a layer's input or output: Keras 2 tells it, Keras 3 has it on the symbolic tensor."""
    try:
        return attribute(look, layer, name + "_shape") or slot(attribute(look, layer, name), "_shape")
    except Exception:
        return None


def children_of(look: Look, value: Any) -> list[Any]:
    try:
        layers = attribute(look, value, "layers", None)
    except Untold:
        layers = dict.get(own(value), "_layers")
    if is_a(layers, list):
        return list(list.__iter__(layers))
    found = []
    for part in list(own(value).values())[:200]:
        if any(class_name(base).endswith(".Layer") for base in bases(type(part))):
            found.append(part)
    return found


def describe_history(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """Keras' History: its dictionary is described as one."""
    history = dict.get(own(value), "history")
    found: dict[str, Any] = {"type": type_text(value)}
    if type(history) is dict:
        inner = describe_dict(look, history, depth + 1)
        found["attributes"] = {"history": inner}
    return found


def describe_iterator(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """Keras' image iterators: counts and shapes; none is drawn from."""
    held = own(value)
    found: dict[str, Any] = {"type": type_text(value)}
    for name, field in (("batch_size", "batch_size"), ("n", "n_samples"), ("num_classes", "num_classes")):
        if name in held:
            found[field] = plain(held[name])
    for name in ("image_shape", "target_size"):
        if type(dict.get(held, name)) is tuple:
            found[name] = [plain(part) for part in held[name]]
    params = {
        name: plain(held[name])
        for name in ("class_mode", "color_mode", "shuffle", "class_indices")
        if name in held
    }
    if params:
        found["params"] = params
    return found


def described_first(names: Any, describer: Any) -> list[Any]:
    found = []
    for module, name in names:
        cls = library_class(module, name)
        if cls is not None:
            found.append((cls, describer))
    return found


def model_describers() -> list[Any]:
    """(class, how it is described) of what these libraries have loaded. Imports nothing."""
    found = described_first([("torch", "Tensor")], describe_tensor)
    found += described_first([("torch.nn.modules.module", "Module")], describe_module_of_torch)
    found += described_first([("torch.utils.data.dataloader", "DataLoader")], describe_loader)
    found += described_first([("torch.utils.data.dataset", "Dataset")], describe_dataset)
    found += described_first([("sklearn.base", "BaseEstimator")], describe_estimator)
    found += described_first([("tensorflow.python.data.ops.dataset_ops", "DatasetV2")], describe_pipeline)
    tensors = [
        ("tensorflow.python.framework.ops", "Tensor"),
        ("tensorflow.python.framework.tensor", "Tensor"),
        ("tensorflow.python.ops.variables", "Variable"),
        ("keras.src.backend.common.variables", "Variable"),
    ]
    found += described_first(tensors, describe_tf_tensor)
    for home in ("keras.src", "keras", "tf_keras.src", "tensorflow.python.keras"):
        found += described_first(
            [(home + ".callbacks", "History"), (home + ".callbacks.history", "History")], describe_history
        )
        images = [".preprocessing.image", ".legacy.preprocessing.image", ".utils.image_dataset_utils"]
        found += described_first([(home + place, "Iterator") for place in images], describe_iterator)
        layers = [(home + ".engine.base_layer", "Layer"), (home + ".layers.layer", "Layer")]
        found += described_first(layers, describe_keras)
    return found
