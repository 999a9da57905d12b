"""What is known of files that are not here: texts of a table, pictures, weights, data sets over them."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nbreview.kernel import standin_files
from nbreview.kernel.model import Outcome, OutcomeStatus, Program, RunLimits, RuntimeSnapshot, Step
from nbreview.kernel.standin import StandInServer

RAISED, FINISHED = OutcomeStatus.RAISED, OutcomeStatus.FINISHED
READ = "import pandas as pd\ndf = pd.read_csv('sales.csv')"
SALES = {
    "type": "pandas.core.frame.DataFrame",
    "shape": [500, 1],
    "has_nan": False,
    "per_column": {
        "Order": {"dtype": "object", "num_unique": 400, "example_values": ["17", "23", "42"]},
    },
}
PICTURES = """from PIL import Image
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset
import pandas as pd
class Pictures(Dataset):
    def __init__(self, table):
        self.table = table
    def __len__(self):
        return len(self.table)
    def __getitem__(self, place):
        picture = Image.open(self.table['file'][place])
        values = torch.tensor(list(picture.resize((8, 8)).tobytes()), dtype=torch.float32)
        return values.reshape(-1, 8, 8), self.table['label'][place]
loader = DataLoader(Pictures(pd.read_csv('labels.csv')), batch_size=4, shuffle=True)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[StandInServer]:
    pytest.importorskip("pandas")
    pytest.importorskip("sklearn")
    with StandInServer(preload=("numpy", "pandas", "sklearn.linear_model")) as server:
        yield server


@pytest.fixture(scope="module")
def torch_server() -> Iterator[StandInServer]:
    pytest.importorskip("torch")
    pytest.importorskip("PIL")
    with StandInServer(preload=("pandas", "torch", "torch.utils.data", "torchvision")) as server:
        yield server


def outcome(server: StandInServer, *cells: str, names: dict[str, Any] | None = None) -> Outcome:
    steps = tuple(Step(cell, number) for number, cell in enumerate(cells))
    snapshot = RuntimeSnapshot(names=names) if names is not None else None
    program = Program(steps[:-1], steps[-1], snapshot)
    return server.run(program, RunLimits(seconds=15, memory_bytes=2 << 30))


def test_a_column_of_objects_from_a_file_holds_a_text_that_is_no_number(server: StandInServer) -> None:
    found = outcome(server, READ, "df['Order'].astype(int)", names={"df": SALES})
    assert (found.status, found.exception) == (RAISED, "ValueError")


@pytest.mark.parametrize(
    "cell",
    [
        "df['Order'] = df['Order'].astype(str)",
        "df = df[df['Order'] != 'Order']",
        "df = df.replace('n/a', '0')",
        "df.loc[df['Order'] == 'Order', 'Order'] = '0'",
        "for column in df:\n    df[column] = df[column].str.strip()",
    ],
)
def test_nothing_follows_for_a_column_that_was_changed_since(server: StandInServer, cell: str) -> None:
    assert outcome(server, READ, cell, "df['Order'].astype(int)", names={"df": SALES}).status is FINISHED


def test_nothing_follows_for_a_file_read_as_text(server: StandInServer) -> None:
    read = "import pandas as pd\ndf = pd.read_csv('sales.csv', dtype=str)"
    assert outcome(server, read, "df['Order'].astype(int)", names={"df": SALES}).status is FINISHED


def test_a_target_that_takes_the_texts_out_first_is_no_crash(server: StandInServer) -> None:
    target = "df = df[df['Order'] != 'Total']\ndf['Order'].astype(int)"
    assert outcome(server, READ, target, names={"df": SALES}).status is FINISHED
    target = "pd.to_numeric(df['Order'], errors='coerce').fillna(0).astype(int)"
    assert outcome(server, READ, target, names={"df": SALES}).status is FINISHED


def test_objects_of_one_column_are_texts_and_no_numbers(server: StandInServer) -> None:
    column = {"type": "numpy.ndarray", "shape": [60, 1], "dtype": "object"}
    cell = "x = df.kind.values.reshape(-1, 1)\ny = df.pay.values"
    target = "from sklearn.linear_model import LinearRegression\nLinearRegression().fit(x, y)"
    names = {"x": column, "y": {"type": "numpy.ndarray", "shape": [60], "dtype": "float64"}}
    found = outcome(server, READ, cell, target, names=names)
    assert (found.status, found.exception) == (RAISED, "ValueError")
    several = {**names, "x": {**column, "shape": [60, 3]}}
    assert outcome(server, READ, cell, "x[:, 1].astype(float)", names=several).status is FINISHED


def test_what_one_cell_writes_another_reads(server: StandInServer) -> None:
    write = "import pandas as pd\npd.DataFrame({'a': [1, 2]}).to_csv('made.csv', index=False)"
    target = "table = pd.read_csv('made.csv')\ntable['b']"
    assert outcome(server, write, target).exception == "KeyError"
    assert outcome(server, write, target.replace("'b'", "'a'")).status is FINISHED


def test_pictures_and_data_sets_of_unknown_length_reach_the_model(torch_server: StandInServer) -> None:
    target = (
        "net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear({}, 2))\n"
        "for x, y in loader:\n    net(x)"
    )
    found = outcome(torch_server, PICTURES, target.format(100))
    assert (found.status, found.exception) == (RAISED, "RuntimeError")
    assert "4x144 and 100x2" in found.message
    assert outcome(torch_server, PICTURES, target.format(144)).status is FINISHED


def test_a_picture_that_may_be_grey_is_no_crash(torch_server: StandInServer) -> None:
    target = "net = nn.Conv2d(1, 4, 3)\nfor x, y in loader:\n    net(x)"
    assert outcome(torch_server, PICTURES, target).status is FINISHED


def test_heavy_layers_are_tried_by_their_shapes(torch_server: StandInServer) -> None:
    layers = "import torch\nfrom torch import nn\nx = torch.zeros(32, 64, 128, 128)"
    target = (
        "net = nn.Sequential(nn.Conv2d(64, 128, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(64),"
        " nn.Flatten(), nn.Linear({}, 2))\nfor step in range(30):\n    net(x).sum().backward()"
    )
    found = outcome(torch_server, layers, target.format(100))
    assert (found.status, found.exception) == (RAISED, "RuntimeError") and "32x512 and 100x2" in found.message
    assert outcome(torch_server, layers, target.format(512)).status is FINISHED


def test_a_data_set_that_would_be_fetched_has_its_documented_shape(server: StandInServer) -> None:
    fetch = "from sklearn import datasets\nhouses = datasets.fetch_california_housing(as_frame=True)"
    assert outcome(server, fetch, "houses.frame['Rooms'].mean()").exception == "KeyError"
    assert outcome(server, fetch, "assert houses.data.shape == (20640, 8)").status is FINISHED


def test_a_length_that_was_guessed_is_no_crash(server: StandInServer) -> None:
    names = {
        "x": {"type": "numpy.ndarray", "shape": [70, 2], "dtype": "float64"},
        "y": {"type": "pandas.core.series.Series", "value_info": {"value_range": [0.0, 1.0]}},
        "z": {"type": "numpy.ndarray", "shape": [30, 2], "dtype": "float64"},
    }
    target = "from sklearn.linear_model import LinearRegression\nLinearRegression().fit(z, y)"
    assert outcome(server, "", target, names=names).status is FINISHED


FOLDER = """import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms
shapes = transforms.Compose([transforms.Resize((8, 8)), transforms.ToTensor()])
data = datasets.ImageFolder('pictures/train', transform=shapes)
loader = DataLoader(data, batch_size=4, shuffle=True)
"""


def needs_torchvision() -> None:
    """Skip where it is not installed. A build of it for another device is imported by the run alone."""
    if importlib.util.find_spec("torchvision") is None:
        pytest.skip("torchvision is not installed")


def test_a_folder_of_pictures_that_is_not_here_has_some_of_each_class(torch_server: StandInServer) -> None:
    needs_torchvision()
    target = (
        "net = nn.Sequential(nn.Flatten(), nn.Linear({}, 2))\nfor x, y in loader:\n    print(net(x).shape)"
    )
    found = outcome(torch_server, FOLDER, target.format(100))
    assert (found.status, found.exception) == (RAISED, "RuntimeError") and "4x192 and 100x2" in found.message
    assert outcome(torch_server, FOLDER, target.format(192)).status is FINISHED


def test_nothing_is_made_where_it_would_stay(tmp_path: Path) -> None:
    standin_files.class_folders(str(tmp_path / "pictures"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "target",
    [
        "assert len(data) == 24_000",
        "print(data.samples[500])",
        "print(data.class_to_idx['cat'])",
        "print(data.classes[0].split('_')[1])",
        "print([int(name) for name in data.classes])",
        "weights = torch.ones(7)\nprint(weights[torch.tensor(data.targets)] * torch.ones(24_000))",
    ],
)
def test_how_many_pictures_and_classes_there_are_is_a_guess(torch_server: StandInServer, target: str) -> None:
    needs_torchvision()
    assert outcome(torch_server, FOLDER, target).status is FINISHED


def test_what_a_snapshot_tells_of_a_folder_is_not_invented(torch_server: StandInServer) -> None:
    needs_torchvision()
    shapes = "{'input': {torch.Size([3, 8, 9])}, 'label': {'int'}}"
    told = {
        "type": "torch.utils.data.dataloader.DataLoader",
        "batch_size": 4,
        "num_batches": 9,
        "num_examples": 36,
        "dataset": {"sample_shapes": {"$repr": f"defaultdict(<class 'set'>, {shapes})"}},
    }
    target = "for x, y in loader:\n    x.reshape(-1, 192)\n    nn.Linear(192, 2)(x.flatten(1))"
    assert outcome(torch_server, FOLDER, target).status is FINISHED
    assert outcome(torch_server, FOLDER, target, names={"loader": told}).exception == "RuntimeError"


def test_of_which_type_the_values_of_a_loader_are_is_a_guess(torch_server: StandInServer) -> None:
    told = {
        "type": "torch.utils.data.dataloader.DataLoader",
        "batch_size": 4,
        "num_batches": 9,
        "num_examples": 36,
        "dataset": {"batch_shapes": {"batch[0]": "torch.Size([4, 50])", "batch[1]": "torch.Size([4])"}},
    }
    cell = "import torch\nfrom torch import nn"
    target = "words = nn.Embedding(900, 8)\nfor x, y in loader:\n    words(x)"
    assert outcome(torch_server, cell, target, names={"loader": told}).status is FINISHED
    target = "for x, y in loader:\n    nn.Linear(40, 8)(x.float())"
    assert outcome(torch_server, cell, target, names={"loader": told}).exception == "RuntimeError"


def test_opencv_reads_a_picture_that_is_not_here(server: StandInServer) -> None:
    pytest.importorskip("cv2")
    read = (
        "import cv2\nimport os\nfor name in os.listdir('pictures'):\n"
        "    picture = cv2.imread(os.path.join('pictures', name))"
    )
    assert (
        outcome(server, read, "print(picture.shape[2], cv2.resize(picture, (8, 8)).mean())").status
        is FINISHED
    )
    inside = read + "\n    grey = cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB)"
    assert outcome(server, inside).exception == "error"
    unsure = "import cv2\npicture = cv2.imread('a.png', cv2.IMREAD_UNCHANGED)\nprint(picture.shape[2])"
    assert outcome(server, unsure).status is FINISHED


@pytest.mark.parametrize(
    "cell",
    [
        "import os\nfor name in os.listdir('x'):\n    open(os.path.join('x', name)).read()[3]",
        "import os\nstem, end = os.path.splitext(os.listdir('x')[0])\nprint(stem.split('_')[2], int(end))",
        "import pandas as pd, glob\nd = pd.concat([pd.read_csv(n) for n in glob.glob('x/*.csv')])\nd['a']",
    ],
)
def test_names_of_files_that_are_not_here_are_not_known(server: StandInServer, cell: str) -> None:
    assert outcome(server, cell).status is FINISHED
