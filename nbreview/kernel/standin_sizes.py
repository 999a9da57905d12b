"""Layers whose sizes are not known: they take what comes first, and give what each world invents.

Runs inside the child process of a stand-in run: standard library only (torch and Keras are touched when the
notebook has imported them), any Python from 3.8 on; imports nothing of nbreview except its neighbours, which
travel with it.

A model of the notebook is often made for as many inputs as a table has columns that is not here. Such a layer
takes the size of the first input that it meets and keeps it, as torch's lazy modules do ("Lazy modules" in
the documentation of torch.nn); unlike those it has weights before. Layers of Keras do so by themselves where
no shape is told ("The Sequential model"). How much a layer gives is invented: a mismatch that hangs on it has
another number in each world.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from nbreview.kernel.rebuild_world import decoded
from nbreview.kernel.standin_unknown import Unknown, unknown_within

_OUTPUTS = (2400, 4800)  # more than there are classes
_INNER = (240, 480)  # most numbers of heads divide them
_ROWS = (1000, 1001)


class Sizes:
    """The sizes that a run invents are those of its `world`. `outputs` is how many values the models of Keras
    give that the snapshot describes, 0 where they differ or none is told; `open` tells whether one was left
    without its input's shape, `types_invented` whether a loader gives tensors of an invented dtype.
    """

    world = 0
    outputs = 0
    open = False
    types_invented = False

    @classmethod
    def learn(cls, descriptions: Iterable[Mapping[str, Any]]) -> None:
        """Take what a snapshot tells of models (`output_shape`)."""
        shapes = [decoded(one.get("output_shape")) for one in descriptions]
        last = [shape[-1] for shape in shapes if isinstance(shape, (list, tuple)) and shape]
        known = last and all(isinstance(size, int) and size == last[0] for size in last)
        cls.outputs = last[0] if known else 0


def treat_layers(torch: Any) -> None:
    """Layers take Unknowns for their sizes."""
    for names, (size, invented, adapt) in _LAYERS.items():
        for name in names.split():
            layer = getattr(torch.nn, name, None)
            if layer is not None:
                _accept(torch, layer, size, invented, adapt)
    functional = torch.nn.functional
    functional.embedding = _of_indices(functional.embedding, lambda indices, *rest: True, 0)
    for name in ("cross_entropy", "nll_loss"):
        classes = _of_indices(getattr(functional, name), lambda given, *rest: rest[0].dim() < given.dim(), 1)
        setattr(functional, name, classes)


def _of_indices(function: Any, asked: Callable[..., bool], place: int) -> Any:
    """The function, which takes a tensor of a loader whose dtype is invented for one of indices."""

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        if Sizes.types_invented and len(arguments) > place and asked(*arguments):
            given = arguments[place]
            if hasattr(given, "is_floating_point") and given.is_floating_point():
                indices = (given + Sizes.world % 2).long()  # of the first row in one world, not in the other
                arguments = (*arguments[:place], indices, *arguments[place + 1 :])
        return function(*arguments, **named)

    return call


def _accept(
    torch: Any, layer: Any, size: str, invented: Mapping[str, tuple[int, int]], adapt: Callable[..., Any]
) -> None:
    original = layer.__init__
    signature = inspect.signature(original)

    @functools.wraps(original)
    def initialise(self: Any, *arguments: Any, **named: Any) -> None:
        if not any(isinstance(value, Unknown) for value in (*arguments, *named.values())):
            original(self, *arguments, **named)
            return
        bound = signature.bind(self, *arguments, **named)
        values = bound.arguments
        for name, choices in invented.items():
            if isinstance(values.get(name), Unknown):
                values[name] = choices[Sizes.world % 2]
        is_open = isinstance(values.get(size), Unknown)
        if is_open:
            values[size] = _ROWS[Sizes.world % 2] if adapt is _rows else 1
        original(*bound.args, **bound.kwargs)
        if is_open:
            self.register_forward_pre_hook(_Adapting(torch, adapt))

    layer.__init__ = initialise


class _Adapting:
    """The hook of an open layer: the first input settles its size."""

    def __init__(self, torch: Any, adapt: Callable[..., Any]) -> None:
        self.torch = torch
        self.adapt = adapt
        self.settled = False

    def __call__(self, module: Any, values: Any) -> Any:
        first = values[0] if values else None
        if not isinstance(first, self.torch.Tensor) or first.dim() == 0:
            return None
        if self.adapt is _rows:
            return (first % module.num_embeddings, *values[1:])
        if not self.settled:
            self.settled = True
            with self.torch.no_grad():
                self.adapt(self.torch, module, first)
        return None


def _resized(torch: Any, owner: Any, name: str, shape: tuple[int, ...]) -> None:
    tensor = getattr(owner, name, None)
    if isinstance(tensor, torch.Tensor):
        tensor.data = torch.rand(shape, dtype=tensor.dtype) * 0.1


def _linear(torch: Any, layer: Any, first: Any) -> None:
    layer.in_features = first.shape[-1]
    _resized(torch, layer, "weight", (layer.out_features, layer.in_features))


def _convolution(torch: Any, layer: Any, first: Any) -> None:
    batched = first.dim() == len(layer.kernel_size) + 2
    layer.in_channels = first.shape[1 if batched else 0]
    part = max(1, layer.in_channels // layer.groups)
    _resized(torch, layer, "weight", (layer.out_channels, part, *layer.kernel_size))


def _normalisation(torch: Any, layer: Any, first: Any) -> None:
    layer.num_features = first.shape[1 if first.dim() > 1 else 0]
    for name in ("weight", "bias", "running_mean", "running_var"):
        _resized(torch, layer, name, (layer.num_features,))


def _layer_normalisation(torch: Any, layer: Any, first: Any) -> None:
    layer.normalized_shape = (first.shape[-1],)
    for name in ("weight", "bias"):
        _resized(torch, layer, name, layer.normalized_shape)


def _recurrent(torch: Any, layer: Any, first: Any) -> None:
    layer.input_size = first.shape[-1]
    for name, tensor in list(layer.named_parameters()):
        if name in ("weight_ih_l0", "weight_ih_l0_reverse", "weight_ih"):
            _resized(torch, layer, name, (tensor.shape[0], layer.input_size))


def _rows(torch: Any, layer: Any, first: Any) -> None:
    """Every index is one of its rows."""


_LAYERS: dict[str, tuple[str, dict[str, tuple[int, int]], Callable[..., Any]]] = {
    "Linear": ("in_features", {"out_features": _OUTPUTS}, _linear),
    "Conv1d Conv2d Conv3d": ("in_channels", {"out_channels": _INNER}, _convolution),
    "BatchNorm1d BatchNorm2d BatchNorm3d": ("num_features", {}, _normalisation),
    "LayerNorm": ("normalized_shape", {}, _layer_normalisation),
    "RNNBase LSTMCell GRUCell RNNCell": ("input_size", {"hidden_size": _INNER}, _recurrent),
    "Embedding": ("num_embeddings", {"embedding_dim": _INNER}, _rows),
}


def treat_keras(layers: Any) -> None:
    """Layers of Keras take Unknowns for their sizes, and for the shape of their input."""
    for name in dir(layers):
        layer = getattr(layers, name)
        if isinstance(layer, type) and "__init__" in vars(layer) and hasattr(layer, "build"):
            setattr(layer, "__init__", _open_layer(layer))  # noqa: B010 (which mypy takes for unsound)


_SHAPES = ("input_shape", "batch_input_shape", "input_length", "weights")


def _open_layer(layer: Any) -> Callable[..., None]:
    original = layer.__init__
    signature = inspect.signature(original)
    sizes = dict(_KERAS_SIZES)
    if layer.__name__ == "Embedding":
        sizes["input_dim"] = (20_000, 20_001)
    elif layer.__name__ == "Dense":
        sizes["units"] = _OUTPUTS

    @functools.wraps(original)
    def initialise(self: Any, *arguments: Any, **named: Any) -> None:
        if not any(unknown_within(value, 1) for value in (*arguments, *named.values())):
            original(self, *arguments, **named)
            return
        bound = signature.bind(self, *arguments, **named)
        values = bound.arguments
        more = values.get("kwargs", {})
        for name in (*_SHAPES, *(() if "input_dim" in signature.parameters else ("input_dim",))):
            for given in (values, more):
                if unknown_within(given.get(name), 1):
                    del given[name]
                    Sizes.open = True
        for name, invented in sizes.items():
            if isinstance(values.get(name), Unknown):
                told = Sizes.outputs if layer.__name__ == "Dense" else 0
                values[name] = told or invented[Sizes.world % 2]
        original(*bound.args, **bound.kwargs)

    return initialise


def treat_sequential(module: Any) -> None:
    """A Sequential model whose input is of unknown shape takes the shape of what comes first."""
    add = module.Sequential.add

    @functools.wraps(add)
    def add_known(self: Any, layer: Any, *arguments: Any, **named: Any) -> Any:
        source = getattr(layer, "_keras_history", (layer,))[0]
        return None if id(source) in _open_inputs else add(self, layer, *arguments, **named)

    module.Sequential.add = add_known


_open_inputs: dict[int, Any] = {}


def treat_input(module: Any) -> None:
    """An input of unknown shape is of one that each world invents."""
    start = module.InputLayer.__init__

    @functools.wraps(start)
    def initialise(self: Any, shape: Any = None, *arguments: Any, **named: Any) -> None:
        if unknown_within(shape, 1):
            sizes = shape if isinstance(shape, (list, tuple)) else ()
            shape = tuple(_INNER[Sizes.world % 2] if isinstance(size, Unknown) else size for size in sizes)
            _open_inputs[id(self)] = self
            Sizes.open = True
        start(self, shape, *arguments, **named)

    module.InputLayer.__init__ = initialise


_KERAS_SIZES = {"units": _INNER, "filters": _INNER, "output_dim": _INNER}
