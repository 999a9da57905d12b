"""What counts though much is not known: states of estimators, forms of calls, tables of objects, modules."""

from collections.abc import Iterator
from typing import Any

import pytest

from nbreview.kernel.model import Outcome, OutcomeStatus, Program, RunLimits, RuntimeSnapshot, Step
from nbreview.kernel.standin import StandInServer

RAISED, FINISHED = OutcomeStatus.RAISED, OutcomeStatus.FINISHED
READ = (
    "import numpy as np\nimport pandas as pd\nfrom sklearn.svm import SVC\n"
    "from sklearn.preprocessing import LabelEncoder, StandardScaler\n"
    "from sklearn.ensemble import RandomForestClassifier\n"
    "from sklearn.feature_extraction.text import CountVectorizer\ndf = pd.read_csv('a.csv')"
)
MIXED = {"type": "numpy.ndarray", "dtype": "object", "shape": [80, 4]}
X = {
    "type": "numpy.ndarray",
    "dtype": "float64",
    "shape": [80, 4],
    "value_range": [0.0, 1.0],
    "has_nan": False,
}
FOREST = {
    "type": "sklearn.ensemble._forest.RandomForestClassifier",
    "class_name": "RandomForestClassifier",
    "module": "sklearn.ensemble._forest",
    "is_fitted": True,
    "fitted_attributes": {"n_features_in_": 4, "classes_": [0, 1]},
}


@pytest.fixture(scope="module")
def server() -> Iterator[StandInServer]:
    pytest.importorskip("pandas")
    pytest.importorskip("sklearn")
    names = ("numpy", "pandas", "sklearn.svm", "sklearn.ensemble", "sklearn.feature_extraction.text")
    with StandInServer(preload=names) as server:
        yield server


def outcome(server: StandInServer, *cells: str, **names: Any) -> Outcome:
    steps = tuple(Step(cell, number) for number, cell in enumerate(cells))
    snapshot = RuntimeSnapshot(names=names) if names else None
    return server.run(Program(steps[:-1], steps[-1], snapshot), RunLimits(seconds=20))


@pytest.mark.parametrize(
    "cells",
    [
        ("words = CountVectorizer()\nbag = words.fit_transform(df.text).toarray()", "words.transform(['a'])"),
        (
            "scale = StandardScaler()\ndef fit(part):\n    return scale.fit(part)\nfit(df)",
            "scale.transform([[1.0]])",
        ),
        (
            "coders = {}\nfor name in df.columns:\n    coders[name] = LabelEncoder().fit(df[name])\n"
            "coder = LabelEncoder()\nlabels = coder.fit_transform(df.a)",
            "coder.classes_",
        ),
    ],
)
def test_what_may_have_been_fitted_is_not_called_unfitted(
    server: StandInServer, cells: tuple[str, str]
) -> None:
    assert outcome(server, READ, *cells).status is FINISHED


def test_what_the_snapshot_calls_unfitted_is(server: StandInServer) -> None:
    told = {**FOREST, "is_fitted": False, "fitted_attributes": {}}
    make = "model = RandomForestClassifier()\nother = df.fillna(0)"
    found = outcome(server, READ, make, "model.predict(X)", model=told, X=X)
    assert (found.status, found.exception) == (RAISED, "NotFittedError")
    clean = outcome(server, READ.rpartition("\n")[0], "model = SVC()", "model.predict([[1.0]])")
    assert (clean.status, clean.exception) == (RAISED, "NotFittedError")


def test_an_estimator_that_could_not_be_fitted_is_fitted_as_told_with_its_parameters(
    server: StandInServer,
) -> None:
    fit = "model = RandomForestClassifier(n_estimators=7, random_state=3)\nmodel.fit(df[['a']], df.b)"
    check = "assert len(model.estimators_) == 7\nmodel.predict(X)\n"
    assert outcome(server, READ, fit, check, model=FOREST, X=X).status is FINISHED
    found = outcome(server, READ, fit, check + "model.predict(X[:, :3])", model=FOREST, X=X)
    assert (found.status, found.exception, found.line) == (RAISED, "ValueError", 2)


def test_a_method_that_parameters_take_away_is_missing_whatever_was_fitted(server: StandInServer) -> None:
    models = (
        "models = [SVC(probability={}), RandomForestClassifier()]\nfor one in models:\n    one.fit(df, df.b)"
    )
    ask = "for one in models:\n    one.predict_proba(X)"
    found = outcome(server, READ, models.format(False), ask, X=X)
    assert (found.status, found.exception, found.line) == (RAISED, "AttributeError", 1)
    assert outcome(server, READ, models.format(True), ask, X=X).status is FINISHED


def test_columns_in_an_order_that_nobody_told_are_in_no_wrong_one(server: StandInServer) -> None:
    columns = {name: {"dtype": "float64", "value_range": [0.0, 1.0]} for name in ("b", "a", "c", "d")}
    table = {"type": "pandas.core.frame.DataFrame", "shape": [80, 4], "per_column": columns}
    fitted = {**FOREST["fitted_attributes"], "feature_names_in_": ["a", "b", "c", "d"]}
    told = {**FOREST, "fitted_attributes": fitted}
    make = "model = RandomForestClassifier().fit(df, df.b)"
    assert outcome(server, READ, make, "model.predict(T)", model=told, T=table).status is FINISHED
    less = "model.predict(T.drop(columns='a'))"
    assert outcome(server, READ, make, less, model=told, T=table).status is RAISED


@pytest.mark.parametrize("call", ["half(1, a)", "half(of=a)", "half()", "half(value=a, value2=1)"])
def test_a_call_of_the_wrong_form_fails_whatever_its_arguments_are(server: StandInServer, call: str) -> None:
    cells = (READ, "def half(value):\n    return value / 2", f"a = df.a.sum()\nhalf(a)\n{call}")
    found = outcome(server, *cells)
    assert (found.status, found.exception, found.line) == (RAISED, "TypeError", 2)


def test_an_attribute_of_a_known_object_is_missing_whatever_it_is_called_with(server: StandInServer) -> None:
    told = {"type": "pandas.core.series.Series", "dtype": "object", "length": 90}
    found = outcome(server, READ, "titles.merge(df, on='a')", titles=told)
    assert (found.status, found.exception) == (RAISED, "AttributeError")
    assert outcome(server, READ, "titles.size_of_it", titles=told).status is FINISHED  # perhaps a label
    assert outcome(server, READ, "got = {}.get(df.a)\ngot.merge(df)").status is FINISHED


def test_what_neither_texts_nor_numbers_can_do_no_table_of_objects_can(server: StandInServer) -> None:
    found = outcome(server, READ, "np.exp(-1.5 * M)", M=MIXED)
    assert (found.status, found.exception) == (RAISED, "TypeError")
    assert outcome(server, READ, "M[0] + M[1]", M=MIXED).status is FINISHED
    assert outcome(server, READ, "M.astype(float)", M=MIXED).status is FINISHED  # texts of numbers, perhaps


def test_values_that_are_no_numbers_are_as_many_as_told_and_prove_nothing_else(server: StandInServer) -> None:
    told = {
        "type": "list",
        "length": 13,
        "value_info": {"num_unique": 13, "value_type": "categorical or object"},
    }
    found = outcome(server, READ, "pd.Series([1.0] * 15, index=names)", names=told)
    assert (found.status, found.exception) == (RAISED, "ValueError")
    for fine in ("int(names[0][:-4])", "names[0].fit(X)", "names[0] + 1", "{'a': 1}[names[0]]"):
        assert outcome(server, READ, fine, names=told, X=X).status is FINISHED, fine


def test_an_attribute_that_a_cell_sets_in_a_module_stays_set(server: StandInServer) -> None:
    pytest.importorskip("matplotlib")
    plot = "import matplotlib.pyplot as plt\nplt.title = 'Ages'"
    found = outcome(server, READ, plot, "plt.title('Model')")
    assert (found.status, found.exception) == (RAISED, "TypeError")


def test_which_class_is_rare_is_not_told(server: StandInServer) -> None:
    told = {"type": "numpy.ndarray", "dtype": "int64", "shape": [400], "value_range": [0, 1]}
    take = "a, b = np.where(y == 0)[0], np.where(y == 1)[0]\n"
    for more, less in ("ab", "ba"):
        chosen = f"np.random.choice({more}, len({less}), replace=False)"
        assert outcome(server, READ, take + chosen, y=told).status is FINISHED
    found = outcome(server, READ, take + "np.random.choice(a, len(y) + 1, replace=False)", y=told)
    assert found.status is RAISED


def test_row_labels_of_a_class_that_nobody_told_prove_nothing(server: StandInServer) -> None:
    columns = {"a": {"dtype": "float64", "value_range": [0.0, 1.0]}}
    table = {"type": "pandas.core.frame.DataFrame", "shape": [80, 1], "per_column": columns}
    for asked in ("T.resample('D').mean()", "T.index.hour"):
        assert outcome(server, READ, asked, T=table).status is FINISHED
    told = {**table, "index_type": "<class 'pandas.core.indexes.range.RangeIndex'>"}
    assert outcome(server, READ, "T.resample('D').mean()", T=told).status is RAISED


def test_many_row_labels_of_a_random_part_are_not_all_there(server: StandInServer) -> None:
    labels = {"type": "pandas.core.series.Series", "length": 800, "dtype": "int64", "value_range": [0, 1]}
    split = "from sklearn.model_selection import KFold, train_test_split\ny, y2 = train_test_split(df['b'])"
    fit = "model = SVC()\nmodel.fit(df[['a']], y)"
    folds = "for train, test in KFold(3, shuffle=True).split(y):\n    part = y{}[train]"
    found = outcome(server, READ, split, fit, folds.format(""), y=labels)
    assert (found.status, found.exception, found.line) == (RAISED, "KeyError", 1)
    assert outcome(server, READ, split, fit, folds.format(".iloc"), y=labels).status is FINISHED


def test_what_was_read_from_an_object_of_unknown_state_is_not_known(server: StandInServer) -> None:
    vocabulary = (
        "class Words:\n    def __init__(self):\n        self.index = {}\n    def fit(self, texts):\n"
        "        for text in list(texts):\n            self.index[text] = len(self.index)\n"
        "words = Words()\nwords.fit(df.text)\nindex = words.index"
    )
    assert outcome(server, READ, vocabulary, "list(index)[3]\nnp.zeros(len(index))[5]").status is FINISHED
