"""How torch is treated in a stand-in run: no device, no download, no workers, and no heavy arithmetic.

Runs inside the child process of a stand-in run: standard library only (torch is touched when the notebook has
imported it), any Python from 3.8 on; imports nothing of nbreview except its neighbours, which travel with it.

A convolution or product that would take long is computed for its shape only, on torch's `meta` device
("Meta device" in the documentation of torch), and gives zeros of that shape: the values are invented anyway.
What the shapes do not allow is refused by the operation itself.
"""

from __future__ import annotations

import functools
import importlib
import sys
from typing import Any

from nbreview.kernel.standin_unknown import Unknown, UnknownAsked, unknown_within

_HEAVY = 1_000_000_000  # multiplications, about 50 ms; where time ran out before, a hundredth of it
_HEAVY_AGAIN = 10_000_000
_PASS = 40  # what visits each item a few times costs as much as so many multiplications
_BY_SHAPE = (
    "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "linear",
    "relu", "leaky_relu", "elu", "gelu", "silu", "dropout", "dropout2d", "batch_norm", "local_response_norm",
    "max_pool2d", "avg_pool2d", "avg_pool3d", "adaptive_avg_pool2d", "layer_norm", "group_norm",
    "instance_norm", "interpolate",
)  # fmt: skip
_most = [_HEAVY]


def hurry() -> None:
    """Take shapes for values earlier: the run before ran out of time."""
    _most[0] = _HEAVY_AGAIN


def import_torchvision() -> None:
    """Import torchvision also where its compiled operators do not fit the torch that is installed (a build
    for another device): transforms, datasets and models need none of them.

    Declares each operator that the import asks for with `torch.library.Library.define`.
    """
    import re

    for _ in range(20):
        try:
            importlib.import_module("torchvision")
            return
        except RuntimeError as error:
            missing = re.search(r"operator torchvision::(\w+) does not exist", str(error))
            if missing is None:
                return
            torch = sys.modules["torch"]
            library = torch.library.Library("torchvision", "FRAGMENT")
            library.define(missing.group(1) + "(Tensor boxes, Tensor scores, float threshold) -> Tensor")
            _kept.append(library)
            for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
                del sys.modules[name]
        except ImportError:
            return


_kept: list[Any] = []


def treat_torch(torch: Any) -> None:
    """Everything on the processor, one thread, heavy operations by their shapes."""
    torch.set_num_threads(1)
    cpu = torch.device("cpu")

    def local(value: Any) -> Any:
        if isinstance(value, torch.device) and value.type != "cpu" and value.type != "meta":
            return cpu
        if isinstance(value, str) and value.split(":")[0] in ("cuda", "mps", "xpu", "xla"):
            return "cpu"
        return value

    def on_cpu(function: Any) -> Any:
        @functools.wraps(function)
        def call(self: Any, *arguments: Any, **named: Any) -> Any:
            return function(
                self,
                *[local(value) for value in arguments],
                **{key: local(value) for key, value in named.items()},
            )

        return call

    torch.nn.Module.to = on_cpu(torch.nn.Module.to)
    torch.nn.Module.cuda = lambda self, *arguments, **named: self
    from torch.overrides import TorchFunctionMode

    functional = torch.nn.functional
    heavy = {getattr(functional, name) for name in _BY_SHAPE if hasattr(functional, name)}
    heavy |= {getattr(torch, name) for name in _BY_SHAPE if hasattr(torch, name)}  # what pooling passes on
    heavy |= {
        getattr(functional, name) for name in ("_max_pool1d", "_max_pool2d") if hasattr(functional, name)
    }
    heavy |= {torch.matmul, torch.bmm, torch.mm, torch.Tensor.matmul, torch.Tensor.__matmul__}
    zeros = _zeros(torch)

    class OnCpu(TorchFunctionMode):
        def __torch_function__(
            self, function: Any, kinds: Any, arguments: Any = (), named: Any = None
        ) -> Any:
            named = named or {}
            if function is torch.Tensor.cuda:
                return arguments[0]
            if "device" in named:
                named = {**named, "device": local(named["device"])}
            if function is torch.Tensor.to:
                arguments = tuple(local(value) for value in arguments)
            if function in heavy and _work(torch, function, arguments, named) > _most[0]:
                return _by_shape(torch, zeros, function, arguments, named)
            return function(*arguments, **named)

    mode: Any = OnCpu()
    mode.__enter__()
    _no_state(torch)


def treat_data(data: Any) -> None:
    """Loaders without workers; a data set whose length is not known has a few batches, with what is known of
    its items.
    """
    loader = data.DataLoader
    original = loader.__init__

    @functools.wraps(original)
    def initialise(self: Any, *arguments: Any, **named: Any) -> None:
        if isinstance(named.get("num_workers"), int) and named["num_workers"] > 0:
            named = {**named, "num_workers": 0, "persistent_workers": False, "prefetch_factor": None}
        named.pop("timeout", None)
        if named.get("pin_memory"):
            named["pin_memory"] = False
        if arguments and _unsized(arguments[0]):
            size = arguments[1] if len(arguments) > 1 else named.get("batch_size", 1)
            length = 2 * size if isinstance(size, int) else 2
            arguments = (Sized(arguments[0], length), *arguments[1:])
        original(self, *arguments, **named)

    loader.__init__ = initialise
    collate = sys.modules.get("torch.utils.data._utils.collate")
    if collate is not None:
        collate.default_collate = data.default_collate = _collating(collate.default_collate)  # type: ignore[attr-defined]
    split = data.random_split

    @functools.wraps(split)
    def random_split(dataset: Any, lengths: Any, *arguments: Any, **named: Any) -> Any:
        if _unsized(dataset) and isinstance(lengths, (list, tuple)):
            if not all(isinstance(length, int) for length in lengths):
                return [Sized(dataset, 64) for _ in lengths]
            dataset = Sized(dataset, sum(lengths))
        return split(dataset, lengths, *arguments, **named)

    data.random_split = random_split


class Sized:
    """A data set of a length that was guessed."""

    def __init__(self, dataset: Any, length: int) -> None:
        self._dataset = dataset
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, place: Any) -> Any:
        return self._dataset[place]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "_dataset":
            raise AttributeError(name)
        return getattr(self._dataset, name)


def _unsized(dataset: Any) -> bool:
    """Whether a data set of the notebook has items, and a length that hangs on what is not known."""
    if isinstance(dataset, Unknown) or not (hasattr(dataset, "__getitem__") and hasattr(dataset, "__len__")):
        return False
    try:
        len(dataset)
    except UnknownAsked:
        return True
    except Exception:
        return False
    return False


def _collating(collate: Any) -> Any:
    """`default_collate` for samples of which a part is not known: so is that part of the batch."""

    @functools.wraps(collate)
    def default_collate(batch: Any) -> Any:
        first = batch[0] if isinstance(batch, list) and batch else None
        if isinstance(first, Unknown):
            return Unknown("a batch of unknown values")
        if not unknown_within(batch, 2):
            return collate(batch)
        if type(first) in (tuple, list):
            return [default_collate(list(part)) for part in zip(*batch)]  # noqa: B905
        if type(first) is dict:
            return {key: default_collate([sample[key] for sample in batch]) for key in first}
        return collate(batch)

    return default_collate


def _work(torch: Any, function: Any, arguments: Any, named: Any) -> float:
    """About how many multiplications an operation takes: items of the first tensor times those that each of
    them meets in the second.
    """
    tensors = [value for value in (*arguments, *named.values()) if isinstance(value, torch.Tensor)]
    name = function.__name__
    if not tensors or tensors[0].device.type != "cpu" or tensors[0].dim() < 2:
        return 0.0
    first = tensors[0]
    multiplies = name == "linear" or "mm" in name or "matmul" in name or name.startswith("conv")
    if not multiplies:
        return float(first.numel() * _PASS)
    if len(tensors) < 2 or tensors[1].dim() < 1:
        return 0.0
    second = tensors[1]
    if not name.startswith("conv"):
        return float(first.numel() * second.shape[0 if name == "linear" else -1])
    stride = named.get("stride", arguments[3] if len(arguments) > 3 else 1)
    steps = [stride] * (second.dim() - 2) if isinstance(stride, int) else list(stride)
    per_item = second.numel() / max(second.shape[1], 1)
    for step in steps:
        per_item /= max(step, 1)
    return float(first.numel() * per_item)


def _zeros(torch: Any) -> Any:
    """A function of torch that gives zeros of a shape, and zeros as the gradient of each tensor it is given:
    memory that nobody has written to, which costs nothing until it is read.
    """

    numpy = importlib.import_module("numpy")
    names = {torch.float32: "float32", torch.float64: "float64", torch.float16: "float16"}

    def zeros(shape: Any, dtype: Any) -> Any:
        if dtype not in names:
            return torch.zeros(shape, dtype=dtype)
        return torch.from_numpy(numpy.zeros(tuple(shape), names[dtype]))  # torch would write them all

    class Zeros(torch.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(context: Any, shape: Any, dtype: Any, *tensors: Any) -> Any:
            context.shapes = [(tensor.shape, tensor.dtype) for tensor in tensors]
            return zeros(shape, dtype)

        @staticmethod
        def backward(context: Any, *gradients: Any) -> Any:
            return (None, None, *(zeros(shape, dtype) for shape, dtype in context.shapes))

    return Zeros.apply


def _by_shape(torch: Any, zeros: Any, function: Any, arguments: Any, named: Any) -> Any:
    """Zeros of the result's shape, on the path of gradients; what fails is left to the operation itself."""

    def bare(value: Any) -> Any:
        return value.detach().to("meta") if isinstance(value, torch.Tensor) else value

    try:
        shape = function(
            *[bare(value) for value in arguments], **{key: bare(value) for key, value in named.items()}
        )
    except Exception:
        return function(*arguments, **named)
    if not isinstance(shape, torch.Tensor):
        return function(*arguments, **named)
    tensors = [value for value in (*arguments, *named.values()) if isinstance(value, torch.Tensor)]
    return zeros(shape.shape, shape.dtype, *tensors)


_NO_STATE = "nbreview-no-weights"


def treat_hub(module: Any) -> None:
    """Weights of torchvision's models are not fetched: a random start has the same shapes."""
    if hasattr(module, "load_state_dict_from_url"):
        module.load_state_dict_from_url = lambda *arguments, **named: {_NO_STATE: None}


def _no_state(torch: Any) -> None:
    load = torch.nn.Module.load_state_dict

    @functools.wraps(load)
    def load_state_dict(self: Any, state: Any, *arguments: Any, **named: Any) -> Any:
        return (
            None if isinstance(state, dict) and _NO_STATE in state else load(self, state, *arguments, **named)
        )

    torch.nn.Module.load_state_dict = load_state_dict
