"""PyTorch tensors, data sets and loaders from their descriptions.

Runs inside the child process of a stand-in run; see `rebuild_world`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Any

from nbreview.kernel.rebuild_plain import made_by_settings
from nbreview.kernel.rebuild_world import (
    CannotRebuild,
    Exactness,
    Opaque,
    Rebuilt,
    World,
    class_path,
    ends,
    items,
    library,
    literal,
    sizes,
    whole,
    within_memory,
)

_ITEM_BYTES = 8
_IN_TUPLE = re.compile(r"input|label|(input|label|item|element|sample)?\[?\d*\]?")


def rebuild_tensor(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """A tensor of the shape and dtype that the description gives, in main memory.

    Read are `shape`, `dtype`, `device`, `requires_grad`, `has_nan` and `value_range`.
    """
    torch = library("torch")

    shape = _size(description.get("shape"))
    if shape is None:
        raise CannotRebuild("its shape is not known")
    within_memory(shape, _ITEM_BYTES)
    dtype = _dtype(description.get("dtype"))
    on_cpu = str(description.get("device", "cpu")) == "cpu"
    told = literal(description)
    if isinstance(told, (list, int, float, bool)):
        exact = torch.tensor(told, dtype=dtype)
        if tuple(exact.shape) == shape:
            exact.requires_grad_(description.get("requires_grad") is True)
            return Rebuilt(exact, Exactness(device=on_cpu))
    tensor, bounded = _filled(shape, dtype, ends(description.get("value_range")), world)
    if description.get("has_nan") is True and tensor.is_floating_point() and tensor.numel():
        tensor.view(-1)[tensor.numel() // 2] = float("nan")
    if description.get("requires_grad") is True and tensor.is_floating_point():
        tensor.requires_grad_()
    value = torch.nn.Parameter(tensor, requires_grad=tensor.requires_grad) if kind == "Parameter" else tensor
    return Rebuilt(
        value,
        Exactness(
            values=False,
            distinct=False,
            bounds=bounded,
            device=on_cpu,
            missing="has_nan" in description,
            dtypes="dtype" in description,
        ),
    )


def rebuild_loader(description: Mapping[str, Any], world: World) -> Rebuilt:
    """A DataLoader over a data set of samples with the shapes that were seen; it starts no worker.

    Read are `batch_size`, `num_batches`, `num_examples`, `drop_last` and `dataset`.
    """
    data = library("torch.utils.data")

    told = description.get("dataset")
    inner = dict(told) if isinstance(told, Mapping) else {}
    size = description.get("batch_size")
    batch = None if size is None else whole(size, "its batch size", 1)
    batches, examples = description.get("num_batches"), description.get("num_examples")
    count = examples if isinstance(examples, int) else (batches or 1) * (batch or 1)
    dataset, exactness = _dataset(inner, whole(count, "its number of samples"), world)
    drop_last = bool(batch and isinstance(batches, int) and batches * batch < count)
    params = description.get("params")
    shuffled = isinstance(params, Mapping) and str(params.get("sampler", "")).endswith("RandomSampler")
    loader: Any = data.DataLoader(
        dataset,
        batch_size=batch,
        drop_last=drop_last,
        shuffle=shuffled,
        collate_fn=_collate(inner, batch, world),
    )
    return Rebuilt(loader, exactness)


def _collate(told: Mapping[str, Any], batch: int | None, world: World) -> Any:
    """What makes batches of the shapes that were seen, where samples are texts and batches tensors: the
    loader has a way of its own to do that. None where the usual way will do.
    """
    torch = library("torch")
    seen, shapes = _read(told.get("sample_shapes")), told.get("batch_shapes")
    if not (isinstance(seen, Mapping) and isinstance(shapes, Mapping) and len(seen) == len(shapes)):
        return None
    kinds = [_listed(seen[name]) for name in sorted(seen, key=lambda each: (str(each) != "input", str(each)))]
    sizes_told = [_size(shape) for shape in shapes.values()]
    if not any("str" in kind for kind in kinds) or not all(sizes_told):
        return None
    if not all(re.fullmatch(r"batch\[\d+\]", str(name)) for name in shapes):
        return None
    filling = int(world.odd)
    of_numbers = [torch.float32 if "float" in kind else torch.int64 for kind in kinds]  # of texts: indices

    def collate(samples: list[Any]) -> tuple[Any, ...]:
        return tuple(
            torch.full(
                [len(samples) if size == batch else size for size in shape or ()], filling, dtype=dtype
            )
            for shape, dtype in zip(sizes_told, of_numbers)  # noqa: B905
        )

    return collate


def rebuild_torch_dataset(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """A data set of samples with the shapes that were seen, of a class of its own.

    Read are `num_examples` or `length`, `sample_shapes`, `batch_shapes` and `dataset_info`.
    """
    count = description.get("num_examples", description.get("length"))
    known = count is not None
    length = whole(count, "its number of samples") if known else world.guessed_length()
    inner = description.get("dataset")
    told = {**description, **inner} if isinstance(inner, Mapping) else description
    dataset, exactness = _dataset(told, length, world)
    from dataclasses import replace

    return Rebuilt(dataset, replace(exactness, shape=exactness.shape and known))


def rebuild_torch_module(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """A `torch.nn.Sequential` from its layers with the sizes that they were made with.

    Read are `layers` (for each `name`, dotted where it is inside another, `type` and its settings), `cut` and
    `training`. What the layers learned is invented.
    """
    torch = library("torch")
    layers = items(description.get("layers"))
    if kind.rsplit(".", 1)[-1] != "Sequential" or not layers or description.get("cut") is True:
        raise CannotRebuild("how its layers are joined is not told")
    made: dict[str, Any] = {}
    model = torch.nn.Sequential()
    for layer in layers:
        path = layer.get("name") if isinstance(layer, Mapping) else None
        if not isinstance(path, str):
            raise CannotRebuild("a layer has no name")
        holder, _, own_name = path.rpartition(".")
        outer = made.get(holder) if holder else model
        if not isinstance(outer, torch.nn.Sequential):
            raise CannotRebuild("how its layers are joined is not told")
        inner = class_path(layer).rsplit(".", 1)[-1] == "Sequential"
        made[path] = torch.nn.Sequential() if inner else made_by_settings(layer, ("torch",))
        outer.add_module(own_name, made[path])
    model.train(description.get("training") is True)
    on_cpu = str(description.get("device", "cpu")) == "cpu"
    return Rebuilt(model, Exactness(values=False, device=on_cpu, invented=("its weights are invented",)))


def _dataset(told: Mapping[str, Any], length: int, world: World) -> tuple[Any, Exactness]:
    """A data set and what of it is exact."""
    base = library("torch.utils.data").Dataset

    found = _parts(told)
    if not found:
        raise CannotRebuild("the shapes of its samples are not told")
    kinds = told.get("value_types")
    kinds = kinds if isinstance(kinds, Mapping) else {}
    parts = [(key, shapes, _kind(kinds.get(name))) for name, key, shapes in found]
    info = told.get("dataset_info")
    names = [name for name in info if isinstance(name, str)] if isinstance(info, Mapping) else []
    seed = world.rng.getrandbits(32)
    keyed = all(name is not None for name, _, _ in parts)
    asked = world.unknown

    class StandInDataset(base):  # type: ignore[misc,valid-type]
        """Samples of the shapes that the real data set gave, with invented content."""

        def __len__(self) -> int:
            return length

        def __getitem__(self, index: Any) -> Any:
            if isinstance(index, int) and not -length <= index < length:
                raise IndexError(f"index {index} is out of range")
            place = int(index) % max(length, 1)
            made = [
                _sample(shapes[place % len(shapes)], dtype, place + seed, world.odd)
                for _, shapes, dtype in parts
            ]
            if keyed:
                return {parts[number][0]: value for number, value in enumerate(made)}
            return made[0] if len(made) == 1 else tuple(made)

        def __getattr__(self, name: str) -> Any:
            if asked is not None and (name in names or not name.startswith("_")):
                return asked(f"the attribute {name} of a data set")
            raise AttributeError(name)

    return StandInDataset(), Exactness(
        kind=False,
        values=False,
        distinct=False,
        columns=False,
        order=False,
        dtypes=False,
        bounds=False,
        missing=False,
        labels=False,
        invented=("the content of its samples is invented",),
    )


def _kind(value: Any) -> Any:
    """The dtype of a part of a sample, where all samples that were seen agree on one of torch's."""
    told = items(value) or []
    if len(told) != 1 or not isinstance(told[0], str) or not told[0].startswith("torch."):
        return None
    return _dtype(told[0])


def _parts(told: Mapping[str, Any]) -> list[tuple[Any, Any, list[Any]]]:
    """The parts of a sample: their name, their key (None in a tuple), the shapes or types that were seen."""
    seen = _read(told.get("sample_shapes"))
    batch: Any = told.get("batch_shapes")
    batched = isinstance(batch, Mapping) and batch and "error" not in batch
    if isinstance(seen, Mapping) and seen and "error" not in seen:
        found: list[tuple[Any, Any, list[Any]]] = []
        names = list(seen)
        # CRANE-LLM calls the parts of a pair "input" and "label"; other names are keys of the sample.
        in_tuple = all(_IN_TUPLE.fullmatch(str(name)) for name in names)
        for name in sorted(names, key=lambda each: (str(each) != "input", str(each))) if in_tuple else names:
            shapes = [_shape_or_type(each) for each in _listed(seen[name])]
            shapes = [each for each in shapes if each is not None]
            if not shapes:
                return []
            found.append((name, None if in_tuple else name, shapes))
        # Where samples differ and were put together nevertheless, the loader has a way of its own to do that.
        padded = any(len(set(shapes)) > 1 for _, _, shapes in found)
        if not (padded and batched):
            return found
    if batched:
        found = []
        for name, size in batch.items():
            shape = _size(size)
            if not shape:
                return []
            key = re.fullmatch(r"batch(?:\[(?:\d+|'(.*)')\])?", str(name), re.DOTALL)
            found.append((name, key.group(1) if key else name, [shape[1:] or "int"]))
        return found
    return []


def _read(value: Any) -> Any:
    """A mapping, also where it was printed as a `defaultdict` with `torch.Size` in it."""
    text = value.text if isinstance(value, Opaque) else value
    if not isinstance(text, str):
        return text
    text = re.sub(r"^defaultdict\(<class '\w+'>,\s*(.*)\)$", r"\1", text.strip(), flags=re.DOTALL)
    text = re.sub(r"torch\.Size\(\[([\d, ]*)\]\)", lambda found: f"({found[1]},)" if found[1] else "()", text)
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _listed(value: Any) -> list[Any]:
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=repr)
    if isinstance(value, tuple) and all(isinstance(part, int) for part in value):
        return [value]
    if isinstance(value, list) and value and all(isinstance(part, int) for part in value):
        return [tuple(value)]
    return items(value) or [value]


def _shape_or_type(value: Any) -> Any:
    shape = _size(value)
    if shape is not None:
        return shape
    text = value.text if isinstance(value, Opaque) else value
    return text if text in ("int", "float", "str", "bool") else None


def _size(value: Any) -> tuple[int, ...] | None:
    """A shape: numbers, or the text "torch.Size([3, 4])"."""
    if isinstance(value, Opaque):
        value = value.text
    if isinstance(value, str):
        found = re.fullmatch(r"torch\.Size\(\[([\d, ]*)\]\)", value.strip())
        return tuple(int(part) for part in found.group(1).split(",") if part.strip()) if found else None
    if isinstance(value, (list, tuple)):
        return sizes(value)
    return None


def _sample(shape: Any, dtype: Any, seed: int, odd: bool) -> Any:
    torch = library("torch")
    if isinstance(shape, str):
        return {"int": int(odd), "float": 0.5, "str": "text", "bool": odd}[shape]
    within_memory(shape, _ITEM_BYTES)
    kind = dtype if dtype is not None else torch.float32 if shape else torch.int64
    if not kind.is_floating_point:  # labels, masks and indices: 0 and 1 are nearly always
        return torch.full(shape, int(odd), dtype=kind)
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed)).to(kind)


def _dtype(value: Any) -> Any:
    torch = library("torch")

    text = value.text if isinstance(value, Opaque) else value
    if text is None:
        return torch.float32
    found = getattr(torch, str(text).rsplit(".", 1)[-1], None)
    if not isinstance(found, torch.dtype):
        raise CannotRebuild(f"its dtype {text!r} is not known")
    return found


def _filled(shape: Sequence[int], dtype: Any, bounds: Any, world: World) -> tuple[Any, bool]:
    """A tensor with values between the bounds, and whether those are told. Where they are not, whole numbers
    are 0 or 1: indices and labels of nearly everything.
    """
    torch = library("torch")

    generator = torch.Generator().manual_seed(world.rng.getrandbits(32))
    shape = tuple(shape)
    told = bounds is not None and all(isinstance(end, (int, float)) for end in bounds)
    if dtype.is_floating_point or dtype.is_complex:
        low, high = (float(bounds[0]), float(bounds[1])) if told else (0.0, 1.0)
        real = torch.rand(shape, generator=generator) * (high - low) + low
        if told and real.numel() > 1:
            real.view(-1)[0], real.view(-1)[-1] = low, high
        return real.to(dtype), told
    if dtype is torch.bool:
        return torch.randint(0, 2, shape, generator=generator).to(dtype), True
    low, high = (int(bounds[0]), int(bounds[1])) if told else (0, 1)
    whole_numbers = torch.randint(low, high + 1, shape, generator=generator)
    if told and whole_numbers.numel() > 1:
        whole_numbers.view(-1)[0], whole_numbers.view(-1)[-1] = low, high
    return whole_numbers.to(dtype), told
