"""What follows from the statements that made a value: labels of random parts, lengths; and sizes, time."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest

from nbreview.kernel.model import Outcome, OutcomeStatus, Program, RunLimits, RuntimeSnapshot, Step
from nbreview.kernel.standin import StandInServer
from nbreview.kernel.standin_origin import distinct_names, one_for_one
from nbreview.kernel.standin_parts import part_names

RAISED, FINISHED, UNKNOWN = OutcomeStatus.RAISED, OutcomeStatus.FINISHED, OutcomeStatus.NO_VERDICT
READ = "import pandas as pd\nfrom sklearn.model_selection import train_test_split\ndf = pd.read_csv('a.csv')"
SPLIT = "X, X2, y, y2 = train_test_split(df[['a']], df['b'], test_size=0.2, random_state=1)"
LABELS = {"type": "pandas.core.series.Series", "length": 800, "dtype": "int64", "value_range": [0, 1]}
LOOP = "for place in range(len(y)):\n    print(y[place])"


@pytest.fixture(scope="module")
def server() -> Iterator[StandInServer]:
    pytest.importorskip("pandas")
    pytest.importorskip("sklearn")
    with StandInServer(preload=("numpy", "pandas", "sklearn.model_selection")) as server:
        yield server


def outcome(server: StandInServer, *cells: str, seconds: float = 15, **names: Any) -> Outcome:
    steps = tuple(Step(cell, number) for number, cell in enumerate(cells))
    snapshot = RuntimeSnapshot(names=names) if names else None
    return server.run(Program(steps[:-1], steps[-1], snapshot), RunLimits(seconds=seconds))


def test_every_row_label_of_a_random_part_is_not_there(server: StandInServer) -> None:
    found = outcome(server, READ, SPLIT, LOOP, y=LABELS)
    assert (found.status, found.exception, found.line) == (RAISED, "KeyError", 1)


@pytest.mark.parametrize(
    "target",
    [
        "print(y[0], y[1], y[10], y[20])",  # each of them may be there
        "print(y.iloc[20])",
        "y = y.reset_index(drop=True)\n" + LOOP,
        "for place in y.index:\n    print(y[place])",
        "y = y.sort_index()\nprint(y.loc[:20])",
    ],
)
def test_one_label_of_a_part_may_be_there(server: StandInServer, target: str) -> None:
    assert outcome(server, READ, SPLIT, target, y=LABELS).status is FINISHED


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        (SPLIT, {"X", "X2", "y", "y2"}),
        ("a, b = train_test_split(df)", {"a", "b"}),
        ("a, b = train_test_split(df, train_size=0.99)", {"b"}),
        ("a, b = train_test_split(df, test_size=100)", set()),
        ("a, b = train_test_split(df, shuffle=False)", set()),
        ("a, b = train_test_split(df, **settings)", set()),
        ("a, b = model_selection.train_test_split(df)\nc = a['x']\nd = a[['x', 'z']].copy()", {*"abcd"}),
        ("a, b = train_test_split(df)\nc = a[a.x > 2]\nd = a.drop(3)\ne = a.drop(columns='x')", {*"abe"}),
        ("a, b = train_test_split(df)\na['n'] = 2", {*"ab"}),
        ("a, b = train_test_split(df)\na.reset_index(drop=True, inplace=True)", {"b"}),
        ("a, b = train_test_split(df)\nfor t in (a, b):\n    t.reset_index(drop=True, inplace=True)", set()),
        ("a, b = train_test_split(df)\na = a.values", {"b"}),
    ],
)
def test_which_names_hold_a_random_part(cells: str, parts: set[str]) -> None:
    assert part_names(ast.parse(cells).body) == parts


@pytest.mark.parametrize(
    ("cell", "source"),
    [
        ("x = list(chars)", "chars"),
        ("x = np.array(words)", "words"),
        ("x = [len(w) for w in words]", "words"),
        ("x = [w for w in words if w]", ""),
        ("x = {c: i for i, c in enumerate(chars)}", "chars"),
        ("x = {c: i for i, c in enumerate(words)}", ""),  # a word that comes twice is one key
        ("x = {c[0]: i for i, c in enumerate(chars)}", ""),
        ("x = set(words)", ""),
        ("x, y = list(chars), 2", ""),
    ],
)
def test_what_a_collection_is_made_of_item_by_item(cell: str, source: str) -> None:
    before = ast.parse("words = text.split()\nchars = sorted(set(text))").body
    assert one_for_one("x", ast.parse(cell).body[0], distinct_names(before)) == source


def test_a_length_that_the_snapshot_tells_of_what_was_made_of_it(server: StandInServer) -> None:
    cells = (
        "import numpy as np\ntext = open('book.txt').read()\nchars = sorted(set(text))",
        "place = {c: i for i, c in enumerate(chars)}",
        "weights = np.zeros((len(chars), 8))",
    )
    keys = [chr(97 + number) for number in range(31)]
    place = {"type": "dict", "length": 31, "detected": "scalar_metrics_dict", "metrics": keys}
    target = "np.zeros((4, {})) @ weights\nlen(place)"
    assert "31" in outcome(server, *cells, target.format(30), place=place).message
    assert outcome(server, *cells, target.format(31), place=place).status is FINISHED


def test_more_memory_than_any_machine_has(server: StandInServer) -> None:
    found = outcome(server, "import numpy as np\nx = np.ones((40_000_000, 1_500_000))")
    assert (found.status, found.exception) == (RAISED, "MemoryError")
    some = outcome(
        server, "import numpy as np\nx = np.ones((400_000, 150_000))"
    )  # 447 GiB: a server has that
    assert some.status is UNKNOWN


def test_a_run_that_waits_for_nothing_ends(server: StandInServer) -> None:
    assert outcome(server, "import threading\nthreading.Event().wait()", seconds=1).status is UNKNOWN


NET = {"type": "<class '__main__.Net'>"}
CLASS = (
    "import numpy as np\nclass Net:\n    def __init__(self, size):\n        self.weights = np.ones((size, 2))"
)


def test_an_object_of_the_notebooks_own_class_is_made_as_the_notebook_makes_one(
    server: StandInServer,
) -> None:
    made = (
        "def build():\n    open('weights.bin').read(4)[0]\n    return Net(30)\n"
        "net = build() if download() else None"
    )
    target = "np.ones((4, 20)) @ net.weights"
    found = outcome(server, CLASS, made, target, net=NET)
    assert (found.status, found.exception) == (RAISED, "ValueError") and "30" in found.message
    twice = made + "\nother = [Net(20)]"  # which of the two is it?
    assert outcome(server, CLASS, twice, target, net=NET).status is FINISHED


def test_a_cell_that_takes_long_leaves_time_for_those_behind_it(server: StandInServer) -> None:
    slow = "import numpy as np\nfirst = sum(place * place for place in range(10**10))"
    quick = [f"value{number} = first if first > {number} else {number}" for number in range(3)]
    target = "total = value0 + size\nnp.ones(size) + np.ones(size + 1)"
    found = outcome(server, slow, slow.replace("first", "again"), *quick, "size = 12", target, seconds=6)
    assert (found.status, found.exception) == (RAISED, "ValueError")


def test_an_object_that_was_being_changed_when_time_ran_out_is_in_no_known_state(
    server: StandInServer,
) -> None:
    held = (
        "class Search:\n    done = False\n    def run(self):\n        while True:\n            pass\n"
        "    def best(self):\n        if not self.done:\n            raise ValueError('run it first')\n"
        "search = Search()\nsearch.run()"
    )
    assert outcome(server, held, "search.best()", seconds=3).status is FINISHED
    assert outcome(server, held, "search.best(1)", seconds=3).exception == "TypeError"


def test_a_text_that_was_shortened_is_no_number_where_its_beginning_is_none(server: StandInServer) -> None:
    column = {"dtype": "object", "num_unique": 1}
    table = {"type": "pandas.core.frame.DataFrame", "shape": [50, 1], "has_nan": False}
    read = "import pandas as pd\ndf = pd.read_json('a.json')"
    target = "df['text'].astype(float)"
    for text, status in (
        ("The quick brown fox jumps over...", RAISED),
        ("0.12345678901234567890...", FINISHED),
    ):
        told = {**table, "per_column": {"text": {**column, "unique_values": [text]}}}
        assert outcome(server, read, target, df=told).status is status


def test_a_search_tries_a_few_settings() -> None:
    from nbreview.kernel.standin_patches import _settled

    class Oracle:
        def __init__(self, max_trials: int | None) -> None:
            self.max_trials = max_trials

    _settled(Oracle, "max_trials", 2)
    assert [Oracle(most).max_trials for most in (None, 1, 2, 50)] == [None, 1, 2, 2]


SEARCHED = """import types
source = '''
class Metrics:
    def get(self, name):
        raise ValueError('unknown metric ' + name)
class Trial:
    def __init__(self):
        self.metrics = Metrics()
class Tuner:
    def search(self, path):
        open(path)
    def best(self):
        return Trial()
'''
def library():
    made = types.ModuleType('lib')
    exec(compile(source, 'lib.py', 'exec'), made.__dict__)
    return made
tuner = library().Tuner()
"""


@pytest.mark.parametrize(
    "target",
    [
        "trial = tuner.best()\nprint(trial.metrics.get('loss'))",
        "trials = [tuner.best()]\ntrials[0].metrics.get('loss')",
        "for trial in [tuner.best()]:\n    trial.metrics.get('loss')",
    ],
)
def test_what_is_got_from_an_object_of_unknown_state(server: StandInServer, target: str) -> None:
    assert outcome(server, SEARCHED, target).exception == "ValueError"
    assert outcome(server, SEARCHED + "tuner.search('records.db')", target).status is FINISHED
    assert outcome(server, SEARCHED, "tuner.search('records.db')\n" + target).status is FINISHED


SALES = {
    "type": "pandas.core.frame.DataFrame",
    "shape": [500, 2],
    "has_nan": False,
    "per_column": {
        "region": {"dtype": "object", "num_unique": 9, "example_values": ["Europe", "Africa"]},
        "sales": {"dtype": "float64", "value_range": [0.0, 9.0], "num_unique": 400},
    },
}


@pytest.mark.parametrize(
    "target",
    [
        "df.groupby('region').sum().loc['Asia']",
        "df.groupby('region').get_group('Asia')",
        "df.region.value_counts()['Asia']",
        "df.pivot_table(columns='region', values='sales')['Asia']",
        "pd.crosstab(df.region, df.sales > 3).loc['Asia']",
    ],
)
def test_labels_that_are_values_of_the_data_are_not_all_known(server: StandInServer, target: str) -> None:
    read = "import pandas as pd\ndf = pd.read_csv('a.csv')"
    assert outcome(server, read, target, df=SALES).status is FINISHED
    assert outcome(server, read, target.replace("region", "place"), df=SALES).status is RAISED
