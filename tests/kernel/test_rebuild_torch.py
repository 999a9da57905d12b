"""Tensors, data sets, loaders and Sequential modules of torch."""

import random
from typing import Any

import pytest

from nbreview.kernel.rebuild import CannotRebuild, World, rebuild, rebuild_exactly
from tests.kernel.described import describe

torch = pytest.importorskip("torch")

LOADER = {
    "type": "torch.utils.data.dataloader.DataLoader",
    "batch_size": 8,
    "num_batches": 4,
    "num_examples": 30,
    "dataset": {
        "batch_shapes": {"batch[0]": "torch.Size([8, 3, 16, 16])", "batch[1]": "torch.Size([8])"},
        "dataset_info": {"indices": {"type": "Subset"}},
        "sample_shapes": {
            "$repr": "defaultdict(<class 'set'>,\n {'input': {torch.Size([3, 16, 16])},\n 'label': {'int'}})"
        },
    },
}


def test_tensors_are_as_told() -> None:
    for real in (
        torch.rand(10, 20),
        torch.randint(0, 5, (100,)),
        torch.rand(200, 3, requires_grad=True),
        torch.tensor([1.0, 2.0]),
        torch.rand(90) < 0.5,
    ):
        told = describe(real)
        again = describe(rebuild("t", told, random.Random(1)))
        for fact in ("shape", "dtype", "requires_grad", "has_nan", "value_range"):
            assert again.get(fact) == told.get(fact)


def test_a_tensor_of_a_device_lives_in_memory_and_says_so() -> None:
    told = {"type": "<class 'torch.Tensor'>", "shape": [2, 3], "dtype": "torch.float32", "device": "cuda:0"}
    made = rebuild_exactly("t", told, World(random.Random(1)))
    assert made.value.shape == (2, 3) and not made.exactness.device


def test_a_loader_gives_batches_of_the_told_shapes() -> None:
    loader: Any = rebuild("loader", LOADER, random.Random(1))
    batches = list(loader)
    assert len(batches) == len(loader) == 4 and len(loader.dataset) == 30
    images, labels = batches[0]
    assert images.shape == (8, 3, 16, 16) and labels.shape == (8,) and labels.dtype is torch.int64
    assert len(batches[-1][0]) == 6


def test_samples_that_differ_and_were_put_together_are_as_the_batch() -> None:
    shapes = "{'input': {torch.Size([5]), torch.Size([19])}, 'label': {'int'}}"
    dataset = {
        "batch_shapes": {"batch[0]": "torch.Size([8, 50])", "batch[1]": "torch.Size([8])"},
        "sample_shapes": {"$repr": f"defaultdict(<class 'set'>, {shapes})"},
    }
    loader: Any = rebuild("loader", {**LOADER, "dataset": dataset}, random.Random(1))
    texts, labels = next(iter(loader))
    assert texts.shape == (8, 50) and labels.shape == (8,)


def test_samples_that_differ_in_shape_cannot_be_stacked_as_the_real_ones() -> None:
    shapes = "{'input': {torch.Size([3, 5]), torch.Size([3, 6])}, 'label': {'int'}}"
    told = {**LOADER, "dataset": {"sample_shapes": {"$repr": f"defaultdict(<class 'set'>, {shapes})"}}}
    with pytest.raises(RuntimeError, match="stack expects each tensor to be equal size"):
        next(iter(rebuild("loader", told, random.Random(1))))  # type: ignore[call-overload]


def test_a_described_loader_comes_back_with_its_dtypes_and_keys() -> None:
    pairs = torch.utils.data.TensorDataset(torch.rand(40, 3, 4, dtype=torch.float64), torch.arange(40))
    keyed = [{"a": torch.rand(4), "b": 1}] * 20
    for data, drop in ((pairs, False), (keyed, True)):
        told = describe(torch.utils.data.DataLoader(data, batch_size=16, drop_last=drop))
        again = describe(rebuild("loader", told, random.Random(1)))
        for fact in ("num_examples", "num_batches", "batch_size"):
            assert again[fact] == told[fact]
        for fact in ("sample_shapes", "value_types", "batch_shapes"):
            assert again["dataset"][fact] == told["dataset"][fact]


def test_a_sequential_module_has_its_layers() -> None:
    nn = torch.nn
    real = nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(), nn.Sequential(nn.Flatten(), nn.Linear(512, 10))
    ).eval()
    made: Any = rebuild("model", describe(real), random.Random(1))
    assert describe(made) == describe(real)
    assert made(torch.rand(2, 3, 8, 8)).shape == (2, 10) and not made.training


def test_a_module_whose_layers_are_joined_by_code_is_refused() -> None:
    told = {"type": "<class 'torchvision.models.resnet.ResNet'>", "kind": "torch module", "layers": []}
    with pytest.raises(CannotRebuild, match="are not rebuilt"):
        rebuild("model", told, random.Random(1))
