"""Layers of unknown sizes: what a notebook's model does with the data that is known."""

from collections.abc import Iterator
from typing import Any

import pytest

from nbreview.kernel.model import Outcome, OutcomeStatus, Program, RunLimits, RuntimeSnapshot, Step
from nbreview.kernel.standin import StandInServer
from nbreview.kernel.standin_sizes import Sizes

RAISED, FINISHED = OutcomeStatus.RAISED, OutcomeStatus.FINISHED
READ = "import pandas as pd\nimport torch\nfrom torch import nn\ndf = pd.read_csv('a.csv')"
BATCHES = {"batch[0]": "torch.Size([32, 40])", "batch[1]": "torch.Size([32])"}


@pytest.fixture(scope="module")
def server() -> Iterator[StandInServer]:
    pytest.importorskip("torch")
    pytest.importorskip("pandas")
    with StandInServer(preload=("numpy", "pandas", "torch", "torch._dynamo", "torch.utils.data")) as server:
        yield server


def outcome(server: StandInServer, *cells: str, **names: Any) -> Outcome:
    steps = tuple(Step(cell, number) for number, cell in enumerate(cells))
    return server.run(Program(steps[:-1], steps[-1], RuntimeSnapshot(names=names)), RunLimits(seconds=20))


def tensor(*shape: int, dtype: str = "torch.float32") -> dict[str, Any]:
    return {"type": "torch.Tensor", "shape": list(shape), "dtype": dtype, "device": "cpu"}


def loader(**dataset: Any) -> dict[str, Any]:
    return {
        "type": "torch.utils.data.dataloader.DataLoader",
        "batch_size": 32,
        "num_batches": 4,
        "num_examples": 128,
        "dataset": dataset,
    }


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        ("nn.Linear(df.shape[1], 8)", (16, 5)),
        ("nn.Conv1d(len(df), 8, 3)", (4, 6, 20)),
        ("nn.Conv2d(df.shape[1], 8, 3)", (4, 6, 20, 20)),
        ("nn.Sequential(nn.Conv1d(3, len(df), 3), nn.BatchNorm1d(len(df)))", (4, 3, 20)),
        ("nn.Sequential(nn.Linear(df.shape[1], len(df)), nn.LayerNorm(len(df)))", (4, 3)),
        ("nn.LSTM(input_size=df.shape[1], hidden_size=7, batch_first=True)", (4, 9, 3)),
        ("nn.GRU(len(df), 7)", (4, 9, 3)),
    ],
)
def test_a_layer_takes_the_size_of_what_comes_first_and_keeps_it(
    server: StandInServer, layer: str, shape: tuple[int, ...]
) -> None:
    cells = (READ, f"model = {layer}")
    assert outcome(server, *cells, "model(x)\nmodel(x)", x=tensor(*shape)).status is FINISHED
    if "Sequential" in layer:
        return  # the message of a mismatch names an invented size
    channels = 1 if "Conv" in layer else -1
    other = list(shape)
    other[channels] += 1
    found = outcome(server, *cells, "model(x)\nmodel(z)", x=tensor(*shape), z=tensor(*other))
    assert (found.status, found.line) == (RAISED, 1)


def test_weights_of_an_open_layer_can_be_trained(server: StandInServer) -> None:
    model = "model = nn.Linear(df.shape[1], 1)\noptimizer = torch.optim.Adam(model.parameters())"
    turn = "loss = model(x).mean()\nloss.backward()\noptimizer.step()\nloss.item()"
    assert outcome(server, READ, model, f"{turn}\n{turn}", x=tensor(16, 5)).status is FINISHED
    found = outcome(server, READ, model, f"{turn}\noptimizer.step(1, 2)", x=tensor(16, 5))
    assert (found.status, found.exception) == (RAISED, "TypeError")


def test_every_index_is_in_an_embedding_of_unknown_size(server: StandInServer) -> None:
    model = "model = nn.Embedding(df.user.nunique(), 8)"
    words = {**tensor(4, 9, dtype="torch.int64"), "value_range": [0, 90_000]}
    assert outcome(server, READ, model, "model(x)", x=words).status is FINISHED
    known = outcome(server, READ, "model = nn.Embedding(100, 8)", "model(x)", x=words)
    assert (known.status, known.exception) == (RAISED, "IndexError")


def test_a_mismatch_that_hangs_on_an_invented_size_does_not_count(server: StandInServer) -> None:
    model = "model = nn.Linear(5, df.label.nunique())"
    assert outcome(server, READ, model, "model(x) @ z", x=tensor(16, 5), z=tensor(3, 2)).status is FINISHED
    found = outcome(server, READ, model, "nn.Linear(4, 2)(x)\nmodel(x)", x=tensor(16, 5))
    assert (found.status, found.line) == (RAISED, 0)


def test_items_of_unknown_type_are_indices_where_an_embedding_asks_for_them(server: StandInServer) -> None:
    model = "model = nn.Embedding(len(df), 8)\nhead = nn.Linear(8, 3)"
    told = loader(
        sample_shapes={"input": ["torch.Size([40])"], "label": ["torch.Size([])"]}, batch_shapes=BATCHES
    )
    step = "for words, label in batches:\n    out = head(model(words).mean(1))\n    "
    fine = "nn.functional.cross_entropy(out, label)"
    assert outcome(server, READ, model, step + fine, batches=told).status is FINISHED
    found = outcome(server, READ, model, step + "head(model(words).transpose(1, 2))", batches=told)
    assert (found.status, found.line, found.exception) == (RAISED, 2, "RuntimeError")


def test_texts_that_a_loader_makes_tensors_of_are_the_tensors_that_were_seen(server: StandInServer) -> None:
    batches = {"batch[0]": "torch.Size([51, 32])", "batch[1]": "torch.Size([32])"}
    told = loader(sample_shapes={"input": ["str"], "label": ["int"]}, batch_shapes=batches)
    look = "for words, label in batches:\n    assert len(label) == 32, 'other'\n    words.reshape(32, 50)"
    found = outcome(server, READ, look, batches=told)
    assert (found.status, found.exception, found.line) == (RAISED, "RuntimeError", 2)


def test_an_object_of_a_library_that_could_not_be_replayed_is_made_as_written(server: StandInServer) -> None:
    made = (
        "net = nn.Linear(2, 1)\nif df.a.sum() > 3:\n"
        "    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)\n"
        "    scheduler = torch.optim.lr_scheduler.{}"
    )
    told: dict[str, Any] = {"optimizer": {"type": "torch.optim.sgd.SGD"}}
    plateau = {**told, "scheduler": {"type": "torch.optim.lr_scheduler.ReduceLROnPlateau"}}
    train = "for i in range(2):\n    optimizer.step()\n    scheduler.step()"
    found = outcome(server, READ, made.format("ReduceLROnPlateau(optimizer)"), train, **plateau)
    assert (found.status, found.exception, found.line) == (RAISED, "TypeError", 2)
    steps = {**told, "scheduler": {"type": "torch.optim.lr_scheduler.StepLR"}}
    assert outcome(server, READ, made.format("StepLR(optimizer, 3)"), train, **steps).status is FINISHED


def test_that_all_whole_numbers_of_a_loader_are_0_is_an_invention(server: StandInServer) -> None:
    shapes = {"input": ["int"], "label": ["int"]}
    told = loader(sample_shapes=shapes, batch_shapes={"batch[0]": BATCHES["batch[1]"]})
    look = "for numbers, label in batches:\n    assert {}, 'none'"
    for claim in ("numbers.max() > 0", "numbers.min() == 0", "len(label) == 32"):
        assert outcome(server, READ, look.format(claim), batches=told).status is FINISHED
    assert outcome(server, READ, look.format("len(label) == 33"), batches=told).status is RAISED


@pytest.fixture(scope="module")
def keras_server() -> Iterator[StandInServer]:
    pytest.importorskip("keras")
    with StandInServer(preload=("numpy", "pandas", "tensorflow", "keras")) as server:
        yield server


KERAS = "import pandas as pd\nimport keras\nfrom keras import layers\ndata = pd.read_csv('a.csv').values"
FIT = "model.compile('adam', {!r})\nmodel.fit(X, y, epochs=2)"


def array(*shape: int, low: int = 0, high: int = 1, dtype: str = "float64") -> dict[str, Any]:
    ends = [low, high]
    return {"type": "numpy.ndarray", "dtype": dtype, "shape": [*shape], "value_range": ends, "has_nan": False}


def test_a_model_of_keras_takes_the_shape_of_what_comes_first(keras_server: StandInServer) -> None:
    model = (
        "model = keras.Sequential()\n"
        "model.add(layers.LSTM(8, return_sequences=True, input_shape=(data.shape[1], data.shape[2])))\n"
        "model.add(layers.LSTM(len(data)))\nmodel.add(layers.Dense(1))"
    )
    known = {"X": array(64, 10, 3), "y": array(64, 1)}
    fine = outcome(keras_server, KERAS, model, FIT.format("mse"), **known)
    assert (fine.status, "passed over" in fine.reason) == (FINISHED, False)
    more = "model.add(layers.LSTM(2))\n" + FIT.format("mse")
    found = outcome(keras_server, KERAS, model, more, **known)
    assert (found.status, found.exception, found.line) == (RAISED, "ValueError", 2)


def test_the_last_layer_of_keras_gives_what_the_snapshot_tells(keras_server: StandInServer) -> None:
    model = (
        "model = keras.Sequential([keras.Input(shape=(data.shape[1],)), layers.Dense(4, 'relu'),\n"
        "    layers.Dense(len(data), 'softmax')])"
    )
    known = {"X": array(64, 6), "y": array(64, low=4, high=8, dtype="int64")}
    fit = FIT.format("sparse_categorical_crossentropy")
    described = {"type": "keras.src.models.sequential.Sequential", "built": True}
    for outputs, status in ((5, RAISED), (9, FINISHED)):
        told = {**described, "output_shape": {"$tuple": [None, outputs]}}
        assert outcome(keras_server, KERAS, model, fit, model=told, **known).status is status, outputs


@pytest.mark.parametrize(
    ("shapes", "outputs"),
    [
        ([{"$tuple": [None, 5]}], 5),
        ([[None, 5], [None, 5]], 5),
        ([[None, 5], [None, 3]], 0),
        ([[[None, 1], [None, 4]]], 0),
        ([None, "what"], 0),
    ],
)
def test_what_models_give_is_taken_where_they_agree(shapes: list[Any], outputs: int) -> None:
    Sizes.learn([{"output_shape": shape} if shape is not None else {} for shape in shapes])
    found, Sizes.outputs = Sizes.outputs, 0
    assert found == outputs
