"""A look at a live kernel: what is told of each kind of object, and that the kernel is as it was."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.literals import decode
from nbreview.kernel.model import Definition, RuntimeSnapshot
from nbreview.kernel.probe import GREETING
from nbreview.kernel.session import KernelSession
from nbreview.kernel.snapshot import SnapshotLimits, read_reply, take_snapshot

pytest.importorskip("jupyter_client", reason="the kernel extra is not installed")
pytest.importorskip("pandas", reason="the scoring extra is not installed")
pytest.importorskip("torch", reason="the scoring extra is not installed")

FINGERPRINT = """
import hashlib, json, os, random, sys, threading, warnings
def digest(value):
    return hashlib.sha256(repr(value).encode()).hexdigest()
shell = sys.modules["IPython"].get_ipython()
torch, numpy = sys.modules["torch"], sys.modules["numpy"]
caches = {
    name: [
        sorted(map(str, value.__dict__.get("_item_cache") or ())),
        sorted((value.columns.__dict__.get("_cache") or {})),
        sorted((value.index.__dict__.get("_cache") or {})),
    ]
    for name, value in user_ns.items() if type(value) is sys.modules["pandas"].DataFrame
}
def opened():
    if not os.path.isdir("/proc/self/fd"):
        return []
    paths = [os.path.realpath("/proc/self/fd/" + name) for name in os.listdir("/proc/self/fd")]
    return sorted(path for path in paths if os.path.isfile(path) and "history.sqlite" not in path)
json.dumps({
    "names": digest([(name, id(value)) for name, value in user_ns.items() if name != "__builtins__"]),
    "history": [len(user_ns["In"]), len(user_ns["Out"]), shell.execution_count],
    "random": digest(random.getstate()),
    "numpy": digest(numpy.random.get_state()),
    "torch": digest(torch.get_rng_state().tolist()),
    "cuda": torch.cuda.is_initialized(),
    "threads": torch.get_num_threads(),
    "modules": sorted(sys.modules),
    "warnings": [digest(warnings.filters), digest(warnings.onceregistry), warnings.showwarning.__module__,
                 sorted(name for name, module in list(sys.modules.items())
                        if (getattr(module, "__dict__", None) or {}).get("__warningregistry__"))],
    "trace": [str(sys.gettrace()), str(sys.getprofile())],
    "folder": sorted(os.listdir()),
    "files": opened(),
    "caches": caches,
    "options": digest(numpy.get_printoptions()),
})
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KernelSession]:
    """A live kernel that has loaded NumPy, pandas, torch and scikit-learn."""
    with KernelSession.start("python3", tmp_path_factory.mktemp("notebooks")) as session:
        run(session, "import random, numpy as np, pandas as pd, torch, sklearn.linear_model as linear")
        take_snapshot(session, "")  # the first answer makes the kernel start a subshell, with its modules
        session.evaluate(FINGERPRINT)
        yield session


def run(kernel: KernelSession, source: str) -> None:
    """Run a cell that must not fail."""
    done = kernel.execute(source, None, CancelToken(), timeout=120)
    assert done.status == "ok", done.message


def described(kernel: KernelSession, source: str, name: str = "value") -> Mapping[str, Any]:
    """What a snapshot says of a name that a cell has bound."""
    run(kernel, source)
    return take_snapshot(kernel, name).names[name]


def test_primitives_and_collections_say_their_values(kernel: KernelSession) -> None:
    assert described(kernel, "value = 42") == {"type": "<class 'int'>", "value": 42}
    assert described(kernel, "value = 'text'")["value"] == "text"
    found = described(kernel, "value = [3, 1, 2]")
    assert found["type"] == "<class 'list'>"
    assert (found["length"], found["literal"]) == (3, [3, 1, 2])
    assert found["element_types"] == {"<class 'int'>": 3}
    assert found["value_info"]["unique_values"] == [1, 2, 3]
    assert described(kernel, "value = [0, 1] * 5")["value_info"] == {
        "value_type": "binary",
        "unique_values": [0, 1],
    }
    assert described(kernel, "value = list(range(1000))")["value_info"] == {
        "value_type": "continuous",
        "value_range": [0, 999],
    }
    assert decode(described(kernel, "value = (1, 'a', {2: {3}})")["literal"]) == (1, "a", {2: {3}})
    mixed = described(kernel, "value = [np.zeros(3), {'a': object()}]")
    assert mixed["elements"][0]["shape"] == [3]


def test_dictionaries_are_histories_metrics_or_entries(kernel: KernelSession) -> None:
    history = described(kernel, "value = {'loss': [.5, .4], 'accuracy': [.1, .2]}")
    assert (history["detected"], history["n_epochs"]) == ("training_history_dict", 2)
    assert described(kernel, "value = {'loss': .5}")["detected"] == "scalar_metrics_dict"
    images = described(kernel, "value = {'images': np.zeros((9, 2)), 3: 'x'}")
    assert images["entries"]["images"]["shape"] == [9, 2]
    assert [entry["key"] for entry in images["preview"]] == ["images", 3]
    assert images["preview"][1] == {
        "key": 3,
        "key_type": "<class 'int'>",
        "value_repr": "'x'",
        "value_type": "<class 'str'>",
    }


def test_arrays_say_shape_type_range_and_nan(kernel: KernelSession) -> None:
    found = described(kernel, "value = np.array([[1., np.nan], [3., 2.]])")
    assert found["type"] == "numpy.ndarray"
    assert (found["shape"], found["dtype"], found["value_range"]) == ([2, 2], "float64", [1.0, 3.0])
    assert (found["has_nan"], found["nan_count"]) == (True, 1)
    labels = described(kernel, "value = np.arange(100) % 7")["value_info"]
    assert (labels["value_type"][:19], labels["num_unique"]) == ("categorical numeric", 7)
    assert described(kernel, "value = np.zeros((0, 3))")["value_range"] == "empty array"
    assert described(kernel, "value = np.array(['a', 'b'], dtype=object)")["value_info"]["unique_values"] == [
        "a",
        "b",
    ]
    assert described(kernel, "value = np.zeros(3, dtype=[('x', int)])")["fields"] == ["x"]


def test_a_long_array_is_sampled_and_says_so(kernel: KernelSession) -> None:
    found = described(kernel, "value = np.arange(3_000_000.0).reshape(1000, 3000)")
    assert found["sampled"] is True
    assert 0 <= found["value_range"][0] < 300_000 < 2_700_000 < found["value_range"][1] < 3_000_000
    assert take_snapshot(kernel, "value").digest == take_snapshot(kernel, "value").digest


def test_data_frames_say_their_columns_in_order(kernel: KernelSession) -> None:
    found = described(
        kernel,
        """
value = pd.DataFrame({
    "z": [1.5, None, 2.5] * 4, "few": [1, 2, 3] * 4, "flag": [True, False, True] * 4,
    "text": ["a", "1,200", None] * 4, "many": list("abcdefghijkl"), "when": pd.date_range("2020", periods=12),
    "kind": pd.Categorical(["u", "v", "u"] * 4, categories=["u", "v", "w"]),
    "nullable": pd.array([1, None, 3] * 4, dtype="Int64"), 5: range(12),
})
""",
    )
    assert found["type"] == "pandas.core.frame.DataFrame"
    assert found["columns"] == ["z", "few", "flag", "text", "many", "when", "kind", "nullable", 5]
    assert (found["shape"], found["has_nan"]) == ([12, 9], True)
    columns = found["per_column"]
    assert columns["z"]["type"] == "binary"
    assert (columns["z"]["dtype"], columns["z"]["nan_count"]) == ("float64", 4)
    assert (columns["few"]["type"], columns["few"]["value_range"]) == ("categorical_numeric", [1, 3])
    assert (columns["flag"]["type"], columns["flag"]["value_range"]) == ("binary", [False, True])
    assert columns["text"]["unique_values"] == ["a", "1,200"]
    assert (columns["text"]["nan_count"], columns["text"]["not_numeric"]) == (4, "a")
    assert columns["many"]["example_values"] == ["a", "b", "c", "d", "e"]
    assert columns["when"]["value_range"][0] == {"$repr": "Timestamp('2020-01-01 00:00:00')"}
    assert (columns["kind"]["dtype"], columns["kind"]["categories"]) == ("category", 3)
    assert columns["kind"]["unique_values"] == ["u", "v"]
    assert (columns["nullable"]["nan_count"], columns["nullable"]["num_unique"]) == (4, 2)
    assert columns["$5"]["type"] == "continuous"


def test_labels_that_are_tuples_and_columns_of_one_name_are_kept(kernel: KernelSession) -> None:
    nested = described(
        kernel, "value = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([('a', 1), ('b', 2)]))"
    )
    assert decode(nested["columns"]) == [("a", 1), ("b", 2)]
    twice = described(kernel, "value = pd.DataFrame([[1, 2]], columns=['a', 'a'])")
    assert (twice["columns"], twice["cut"]) == (["a", "a"], True)


def test_series_and_indices_say_length_type_and_index(kernel: KernelSession) -> None:
    found = described(kernel, "value = pd.Series([1., None, 3.], index=['p', 'q', 'r'], name='height')")
    assert (found["length"], found["dtype"], found["name"]) == (3, "float64", "height")
    assert (found["index_type"], found["index"], found["nan_count"]) == ("Index", ["p", "q", "r"], 1)
    index = described(kernel, "value = pd.Index(['a', 'b'])")
    assert (index["values"], index["complete"]) == (["a", "b"], True)


def test_callables_say_signature_and_the_globals_that_they_read(kernel: KernelSession) -> None:
    run(kernel, "factor = 3\ndef value(a, /, b, *c, d=1, **e):\n    return factor * a")
    found = take_snapshot(kernel, "value(1, 2)")
    assert found.names["value"]["signature"] == "(a, /, b, *c, d=1, **e)"
    assert found.names["value"]["reads"] == ["factor"]
    assert found.names["factor"]["value"] == 3


def test_names_are_followed_through_functions_methods_and_closures(kernel: KernelSession) -> None:
    run(
        kernel,
        """
deep, deeper, held = 1, 2, 3
def inner(): return [deeper for _ in (1,)]
def outer(): return (lambda: inner())()
class Model:
    def fit(self): return outer() + deep
    @property
    def size(self): return held
class Child(Model): pass
models = [Child()]
def decorate(f):
    def wrapper(): return f()
    return wrapper
@decorate
def wrapped(): return held
""",
    )
    assert {"models", "Child", "Model", "outer", "inner", "deep", "deeper", "held"} <= set(
        take_snapshot(kernel, "models[0].fit()").names
    )
    assert "held" in take_snapshot(kernel, "wrapped()").names


def test_attributes_of_the_target_are_described_as_published(kernel: KernelSession) -> None:
    run(kernel, "table = pd.DataFrame({'a': [1]})")
    names = take_snapshot(kernel, "table.drop(table.columns); np.unique(np.pi); torch.optim").names
    assert names["__method__table_drop"]["type"] == "<class 'method'>"
    assert names["__method__table_columns"]["values"] == ["a"]
    assert names["__method__np_pi"]["type"] == "<class 'float'>"
    assert names["__method__torch_optim"]["type"] == "<class 'module'>"


def test_tensors_modules_and_optimizers(kernel: KernelSession) -> None:
    found = described(kernel, "value = torch.tensor([[1., float('nan')]], requires_grad=True)")
    assert found["type"] == "<class 'torch.Tensor'>"
    assert (found["shape"], found["dtype"], found["device"]) == ([1, 2], "torch.float32", "cpu")
    assert (found["requires_grad"], found["has_nan"]) == (True, True)
    net = described(
        kernel,
        """
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.nn.Linear(10, 20)
        self.rest = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Linear(20, 2))
    def forward(self, pixels): return self.rest(self.first(pixels))
value = Net()
""",
    )
    assert [layer["name"] for layer in net["layers"]] == ["first", "rest", "rest.0", "rest.1"]
    assert (net["layers"][0]["in_features"], net["layers"][3]["out_features"]) == (10, 2)
    assert (net["size"], net["training"], net["device"]) == (262, True, "cpu")
    assert [name for name, _, _ in net["parameters"]] == ["self", "pixels"]


def test_estimators_say_whether_they_are_fitted_and_on_what(kernel: KernelSession) -> None:
    run(kernel, "data = pd.DataFrame({'u': [1., 2., 3.], 'v': [0., 1., 1.]})")
    fresh = described(kernel, "value = linear.Ridge(alpha=2.0)")
    assert (fresh["class_name"], fresh["is_fitted"], fresh["params"]["alpha"]) == ("Ridge", False, 2.0)
    fitted = described(kernel, "value = linear.LogisticRegression().fit(data, [0, 1, 1])")
    assert fitted["is_fitted"] is True
    assert fitted["fitted_attributes"]["n_features_in_"] == 2
    assert fitted["fitted_attributes"]["feature_names_in_"] == ["u", "v"]
    assert fitted["fitted_attributes"]["classes_"] == [0, 1]


LOADERS = """
from torch.utils.data import DataLoader, Dataset, Subset, TensorDataset
class Ragged(Dataset):
    def __init__(self): self.calls, self.file = 0, open("data.txt")
    def __len__(self): return 10
    def __getitem__(self, place):
        self.calls += 1
        self.file.read(3)
        random.random(); np.random.random(); torch.rand(1)
        return torch.zeros(3, 4 + place % 2), place
open("data.txt", "w").write("text " * 100)
ragged = Ragged()
failing = DataLoader(ragged, batch_size=4, shuffle=True, num_workers=2)
working = DataLoader(TensorDataset(torch.rand(33, 5), torch.arange(33)), batch_size=8)
part = Subset(ragged, [1, 2, 3])
"""


def test_loaders_are_sampled_without_touching_their_data_set(kernel: KernelSession) -> None:
    run(kernel, LOADERS)
    before = kernel.evaluate(FINGERPRINT)
    names = take_snapshot(kernel, "for batch in failing: working, part").names
    assert names["failing"]["num_examples"] == 10
    assert names["failing"]["num_batches"] == 3
    assert names["failing"]["dataset"]["batch_shapes"]["error"].startswith("collate_fn failed: stack expects")
    assert "torch.Size([3, 5])" in names["failing"]["dataset"]["sample_shapes"]["$repr"]
    assert names["working"]["dataset"]["batch_shapes"]["batch[0]"] == {"$repr": "torch.Size([8, 5])"}
    assert names["working"]["dataset"]["value_types"] == {
        "input": ["torch.float32"],
        "label": ["torch.int64"],
    }
    assert (names["part"]["length"], names["part"]["type"]) == (
        3,
        "<class 'torch.utils.data.dataset.Subset'>",
    )
    assert kernel.evaluate("(ragged.calls, ragged.file.tell())") == [0, 0]
    assert kernel.evaluate(FINGERPRINT) == before


def test_a_data_set_that_hangs_or_dies_costs_only_its_samples(kernel: KernelSession) -> None:
    run(
        kernel,
        """
import os, time
from torch.utils.data import DataLoader, Dataset, TensorDataset
working = DataLoader(TensorDataset(torch.rand(33, 5), torch.arange(33)), batch_size=8)
class Hanging(Dataset):
    def __len__(self): return 3
    def __getitem__(self, place): time.sleep(60)
class Dying(Hanging):
    def __getitem__(self, place): os._exit(3)
class Writing(Hanging):
    def __getitem__(self, place): open("written.txt", "w")
hanging, dying, writing = (DataLoader(cls()) for cls in (Hanging, Dying, Writing))
""",
    )
    found = take_snapshot(
        kernel, "hanging; dying; writing; working", limits=SnapshotLimits(sample_seconds=0.4)
    )
    assert set(found.left_out) == {"hanging", "dying"}
    assert "in time" in found.left_out["hanging"]
    assert "written.txt would be written" in found.names["writing"]["dataset"]["reason"]
    assert not (kernel.folder / "written.txt").exists()
    assert found.names["working"]["num_batches"] == 5


MALICE = """
touched = []
class Loud:
    def __repr__(self): touched.append("repr"); raise RuntimeError
    __str__ = __len__ = __iter__ = __bool__ = __hash__ = __eq__ = __repr__
    @property
    def __class__(self): touched.append("class"); return pd.DataFrame
    @property
    def shape(self): touched.append("shape"); raise ValueError
    def __getattr__(self, name): touched.append(name); return self.__getattr__(name + "x")
    def __getattribute__(self, name): touched.append(name); raise KeyError
class Meta(type):
    def __repr__(cls): touched.append("meta repr"); raise ValueError
    def __instancecheck__(cls, value): touched.append("instance"); return True
    def __eq__(cls, other): touched.append("meta eq"); return True
    def __hash__(cls): touched.append("meta hash"); return 1
    def __getattribute__(cls, name): touched.append("meta " + name); return type.__getattribute__(cls, name)
class Odd(metaclass=Meta):
    __slots__ = ("a",)
class List(list):
    def __len__(self): touched.append("len"); return 10 ** 9
    def __iter__(self): touched.append("iter"); return iter(())
class Dict(dict):
    def items(self): touched.append("items"); return 1
    __getitem__ = __iter__ = keys = values = items
class Frame(pd.DataFrame):
    @property
    def shape(self): touched.append("frame"); return 1
    @property
    def columns(self): touched.append("columns"); return 1
class Array(np.ndarray):
    def __array_finalize__(self, other): touched.append("finalize")
    def __array_ufunc__(self, *a, **k): touched.append("ufunc")
    @property
    def shape(self): touched.append("array"); return 1
class Tensor(torch.Tensor):
    @classmethod
    def __torch_function__(cls, *a, **k): touched.append("torch"); raise ValueError
told = property(lambda self: touched.append("told"))
liar = type("DataFrame", (), {"__module__": "pandas.core.frame", "columns": told})()
loud, odd, lists, dicts = Loud(), Odd(), List([1]), Dict(a=1)
frame, array = Frame({"a": [1]}), np.zeros(3).view(Array)
tensor = torch.zeros(2).as_subclass(Tensor)
louds, looped, long, wide = [loud, odd, Odd], {}, list(range(10 ** 7)), pd.DataFrame(np.zeros((3, 2000)))
looped["self"] = looped
text, number = "x" * 10 ** 7, 10 ** 5000
cells = np.empty((3, 1), dtype=object)
cells[:, 0] = [[1], {2}, {}]
cells[1, 0] = loud
objects = pd.DataFrame(cells, copy=False)
deep = []
for _ in range(5000): deep = [deep]
generator, numbers_left = (touched.append(n) for n in range(3)), iter([1, 2, 3])
keyed = {("a", 1): 1, frozenset([1]): 2, 1.5: 3}
class Getter:
    def __get__(self, *a): touched.append("get")
class Lazy:
    value = Getter()
    def __call__(self, a, b=1): touched.append("call")
lazy = Lazy()
touched.clear()
"""


def test_nothing_of_a_class_that_nobody_knows_is_run(kernel: KernelSession) -> None:
    run(kernel, MALICE)
    before = kernel.evaluate(FINGERPRINT)
    names = [
        "loud",
        "odd",
        "lists",
        "dicts",
        "frame",
        "array",
        "tensor",
        "liar",
        "louds",
        "looped",
        "long",
        "wide",
        "text",
        "number",
        "objects",
        "deep",
        "generator",
        "numbers_left",
        "keyed",
        "lazy",
        "Loud",
        "Odd",
        "Meta",
    ]
    found = take_snapshot(
        kernel, "\n".join([*names, "loud.shape; lazy.value; frame.shape; Odd.a; liar.columns"])
    )
    assert kernel.evaluate("touched") == []
    assert kernel.evaluate(FINGERPRINT) == before
    assert set(names) <= set(found.names)
    assert found.names["loud"]["type"] == "<class '__main__.Loud'>"
    assert found.names["frame"]["shape"] == [1, 1]
    assert found.names["array"]["shape"] == [3]
    assert (found.names["lists"]["length"], found.names["dicts"]["length"]) == (1, 1)
    assert "columns" not in found.names["liar"]
    assert (found.names["long"]["length"], found.names["long"]["sampled"]) == (10**7, True)
    assert len(found.names["wide"]["columns"]) == found.names["wide"]["shape"][1] - found.names["wide"].get(
        "columns_left_out", 0
    )
    assert (found.names["text"]["length"], found.names["text"]["cut"]) == (10**7, True)
    assert found.names["lazy"]["signature"] == "(self, a, b=1)"
    assert len(json.dumps(dict(found.names))) < 2_000_000


def test_the_kernel_is_as_it_was(kernel: KernelSession) -> None:
    run(
        kernel,
        """
frame = pd.DataFrame({"a": np.arange(5), "b": list("abcde")})
frames = [frame, frame.set_index("b")]
handle = open("read.txt", "w+"); _ = handle.write("text"); _ = handle.seek(2)
counter = iter(range(9))
weights = torch.rand(3, requires_grad=True)
""",
    )
    take_snapshot(kernel, "")
    before = kernel.evaluate(FINGERPRINT)
    for _ in range(2):
        take_snapshot(kernel, "frame; frames; handle; counter; weights; frame.columns; np.random; torch.cuda")
        take_snapshot(kernel, "")
    after = kernel.evaluate(FINGERPRINT)
    assert after == before
    assert kernel.evaluate("handle.tell()") == 2
    run(kernel, "assert next(counter) == 0")


def test_definitions_name_the_cell_and_the_line(kernel: KernelSession) -> None:
    run(kernel, "# first\norigin = 1\n")
    count = kernel.evaluate("get_ipython().execution_count") - 1
    assert take_snapshot(kernel, "origin").definitions["origin"] == Definition(count - 1, 1)
    assert take_snapshot(kernel, "origin", cells={count: 7}).definitions["origin"] == Definition(7, 1)
    assert take_snapshot(kernel, "origin").execution_count == count


def test_all_variables_come_with_a_sparkline_and_without_what_was_imported(kernel: KernelSession) -> None:
    run(
        kernel,
        "from os.path import join\ncolumn = pd.DataFrame({'a': np.arange(64)})\ndef mine(): pass\n_hid = 1",
    )
    found = take_snapshot(kernel, "")
    assert {"column", "mine"} <= set(found.names)
    assert not {"np", "pd", "join", "_hid", "In", "Out", "get_ipython", "exit"} & set(found.names)
    assert found.names["column"]["per_column"]["a"]["histogram"] == [2] * 32
    assert "histogram" not in take_snapshot(kernel, "column").names["column"]["per_column"]["a"]
    assert found.libraries["numpy"] == kernel.evaluate("np.__version__")
    assert found.libraries["torch"].startswith(kernel.evaluate("torch.__version__")[:3])


def test_past_its_bounds_a_snapshot_is_cut_and_says_what_is_missing(kernel: KernelSession) -> None:
    run(kernel, "for n in range(300): globals()[f'many_{n}'] = {f'k{i}': 'x' * 100 for i in range(100)}")
    names = [f"many_{number}" for number in range(300)]
    small = take_snapshot(kernel, "", names, SnapshotLimits(bytes=20_000))
    assert small.cut
    assert len(json.dumps(dict(small.names))) < 25_000
    assert set(small.left_out) | set(small.names) == set(names)
    late = take_snapshot(kernel, "", names, SnapshotLimits(seconds=0.0))
    assert late.cut
    assert set(late.left_out) == set(names)


def test_a_kernel_of_another_version_gets_the_source_and_tells_the_same(kernel: KernelSession) -> None:
    class Other:
        """The same kernel, as if its bytecode were another."""

        def evaluate(self, expression_source: str, timeout: float = 10.0, subshell: bool = True) -> Any:
            told = kernel.evaluate(expression_source, timeout, subshell)
            return ["00000000", told[1]] if expression_source == GREETING else told

    run(kernel, "same = pd.DataFrame({'a': [1, 2]})")
    assert take_snapshot(Other(), "same").names == take_snapshot(kernel, "same").names


@pytest.mark.parametrize(
    "reply",
    [
        None, [], "text", {}, {"names": []}, {"names": {"a": 1}}, {"names": {"a": {"type": 1}}},
        {"names": {}, "left_out": {"a": 1}}, {"names": {}, "left_out": {}, "libraries": {}, "cells": [[1]]},
        {"names": {}, "left_out": {}, "libraries": {}, "cells": [], "execution_count": "1", "seconds": 1},
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_said(reply: object) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_reply(reply)


def test_an_answer_becomes_a_snapshot() -> None:
    reply = {
        "names": {"a": {"type": "<class 'int'>"}}, "left_out": {}, "libraries": {}, "cells": [[2, "a = 1"]],
        "execution_count": 2, "seconds": 0.5, "cut": False, "python": "3.11.7",
    }  # fmt: skip
    assert read_reply(reply) == RuntimeSnapshot(
        {"a": {"type": "<class 'int'>"}}, {"a": Definition(1, 0)}, {}, {}, "3.11.7", 2, False, 0.5
    )


def test_keras_and_tf_data(tmp_path: Path) -> None:
    pytest.importorskip("tensorflow")
    with KernelSession.start("python3", tmp_path) as kernel:
        run(
            kernel,
            """
import os; os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf, numpy as np
pairs = tf.data.Dataset.from_tensor_slices((np.ones((8, 3), "float32"), np.zeros(8, "int64"))).batch(4)
model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(4), tf.keras.layers.Dense(1)])
images = tf.keras.preprocessing.image.ImageDataGenerator()
images = images.flow(np.ones((4, 8, 8, 3)), np.zeros(4), batch_size=2)
""",
        )
        names = take_snapshot(kernel, "model.fit(pairs); images").names
    assert decode(names["pairs"]["element_spec"])[0]["shape"] == (None, 3)
    assert [layer["units"] for layer in names["model"]["layers"]] == [4, 1]
    assert decode(names["model"]["input_shapes"]) == (None, 3)
    assert (names["images"]["batch_size"], names["images"]["n_samples"]) == (2, 4)
