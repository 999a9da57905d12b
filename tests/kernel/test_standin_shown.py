"""Without a kernel, crashes are seen on what the saved outputs show; what they leave open makes none."""

from collections.abc import Iterator
from typing import Any

import pytest

from nbreview.kernel.model import Outcome, OutcomeStatus
from nbreview.kernel.standin import StandInServer
from nbreview.notebook.reader import read_bytes
from nbreview.services.ladder import program_of
from tests.builders import code, notebook, stream

RAISED, FINISHED = OutcomeStatus.RAISED, OutcomeStatus.FINISHED
IMPORTS = "import numpy as np\nimport pandas as pd"
READ = "df = pd.read_csv('not-here.csv')"
INFO = """<class 'pandas.core.frame.DataFrame'>
RangeIndex: 300 entries, 0 to 299
Data columns (total 3 columns):
 #   Column  Non-Null Count  Dtype
---  ------  --------------  -----
 0   age     300 non-null    int64
 1   city    300 non-null    object
 2   pay     280 non-null    float64
dtypes: float64(1), int64(1), object(1)
memory usage: 7.2+ KB
"""


def page(*columns: str, cut: bool = False, footer: str = "") -> str:
    values = {"age": "31", "city": "Rome", "pay": "NaN", "zip": "80331", "day": "2020-01-05"}
    names = [*columns, "..."] if cut else [*columns]
    head = "".join(f"<th>{name}</th>" for name in ["", *names])
    row = "".join(f"<td>{values.get(name, '...')}</td>" for name in names)
    table = f"<thead><tr>{head}</tr></thead><tbody><tr><th>0</th>{row}</tr></tbody>"
    return f'<table border="1" class="dataframe">{table}</table><p>{footer}</p>'


def result(text: str, html: str = "") -> dict[str, Any]:
    data = {"text/plain": text, **({"text/html": html} if html else {})}
    return {"output_type": "execute_result", "metadata": {}, "data": data, "execution_count": 1}


HEAD = (f"{READ}\ndf.head()", result("", page("age", "city", "pay")))
TOLD = (f"{READ}\ndf.info()", stream(INFO))
CUT = (f"{READ}\ndf.head()", result("", page("age", cut=True, footer="5 rows × 81 columns")))
LOADED = (
    "X = np.load('x.npy')\ny = np.load('y.npy')\nX.shape, y.shape",
    result("((200, 12), (150,))"),
)


@pytest.fixture(scope="module")
def server() -> Iterator[StandInServer]:
    pytest.importorskip("pandas")
    pytest.importorskip("sklearn")
    with StandInServer(preload=("numpy", "pandas", "sklearn.linear_model")) as server:
        yield server


def judged(server: StandInServer, target: str, *cells: tuple[str, dict[str, Any] | None]) -> Outcome:
    written = [code(IMPORTS, count=1)]
    for place, (source, output) in enumerate(cells):
        written.append(code(source, outputs=[output] if output else [], count=place + 2))
    book = read_bytes(notebook(*written, code(target), minor=4), "x.ipynb")
    return server.run(program_of(book, len(written)))


def test_a_column_that_no_complete_list_has_is_a_crash_and_the_output_is_named(server: StandInServer) -> None:
    found = judged(server, "df['Age']", HEAD)
    assert (found.status, found.exception) == (RAISED, "KeyError")
    assert found.reason == "Rebuilt from saved outputs: df (cell 2)."
    fine = judged(server, "df['age'].mean()", HEAD)
    assert fine.status is FINISHED
    assert fine.reason.endswith("Rebuilt from saved outputs: df (cell 2).")


def test_a_column_that_may_be_among_those_left_out_is_none(server: StandInServer) -> None:
    assert judged(server, "df['rooms'].mean()", CUT).status is FINISHED
    assert judged(server, "df.reshape(3)", CUT).status is FINISHED, "may be a column"


def test_a_text_that_was_displayed_is_not_converted(server: StandInServer) -> None:
    found = judged(server, "df['city'].astype(float)", HEAD)
    assert (found.status, found.exception) == (RAISED, "ValueError")
    assert "Rome" in found.message


def test_later_statements_act_on_the_stand_in(server: StandInServer) -> None:
    drop = ("df = df.drop(columns=['city'])", None)
    assert judged(server, "df['city']", HEAD, drop).exception == "KeyError"
    assert judged(server, "df['age']", HEAD, drop).status is FINISHED
    assert judged(server, "df.columns = ['a', 'b', 'c']", HEAD, drop).exception == "ValueError"


def test_a_value_bound_again_from_what_is_unknown_is_not_known(server: StandInServer) -> None:
    other = ("df = pd.read_csv('other.csv')", None)
    assert judged(server, "df['Age']", HEAD, other).status is FINISHED


def test_lengths_that_were_displayed_are_exact_and_others_are_not(server: StandInServer) -> None:
    fit = "from sklearn.linear_model import LinearRegression\nLinearRegression().fit(X, y)"
    found = judged(server, fit, LOADED)
    assert (found.status, found.exception) == (RAISED, "ValueError")
    assert "[200, 150]" in found.message
    assert found.reason == "Rebuilt from saved outputs: X (cell 2), y (cell 2)."
    assert judged(server, fit.replace("X,", "X[:150],"), LOADED).status is FINISHED
    assert judged(server, "df['z'] = range(300)", HEAD).status is FINISHED, "its length was not displayed"
    assert judged(server, "df['z'] = range(200)", TOLD).exception == "ValueError"


def test_missing_values_that_were_counted_break_what_cannot_hold_them(server: StandInServer) -> None:
    assert judged(server, "df['pay'].astype(int)", TOLD).status is RAISED
    assert judged(server, "df['age'].astype(int)", TOLD).status is FINISHED


def test_a_type_that_only_looks_like_numbers_is_a_guess(server: StandInServer) -> None:
    table = (f"{READ}\ndf.head()", result("", page("zip", "day")))
    assert judged(server, "df['zip'].str.upper()", table).status is FINISHED, "may be texts"
    assert judged(server, "df['day'].dt.year", table).status is FINISHED, "may be dates"
    assert judged(server, "df['age'].str.upper()", TOLD).exception == "AttributeError"


def test_what_a_filter_leaves_of_invented_values_is_no_crash(server: StandInServer) -> None:
    assert judged(server, "df[df['age'] > 90].iloc[0]", TOLD).status is FINISHED
    assert judged(server, "df[df['city'] == 'Paris'].iloc[0]", TOLD).status is FINISHED
    assert judged(server, "df[df['pay'] > 0.5].iloc[250]", TOLD).status is FINISHED
    assert judged(server, "df.iloc[300]", TOLD).exception == "IndexError"


def test_values_that_were_not_displayed_may_exist(server: StandInServer) -> None:
    assert judged(server, "pd.get_dummies(df)['city_Paris']", HEAD).status is FINISHED
    assert judged(server, "df['city'].map({'Rome': 1}).astype(int)", HEAD).status is FINISHED


def test_names_of_columns_may_have_lost_white_space(server: StandInServer) -> None:
    assert judged(server, "df[' age']", HEAD).status is FINISHED


def test_row_labels_that_were_told_are_exact(server: StandInServer) -> None:
    assert judged(server, "df.drop('city')", TOLD).exception == "KeyError"
    assert judged(server, "df.loc[300]", TOLD).exception == "KeyError"
    assert judged(server, "df.loc[299]", TOLD).status is FINISHED
    assert judged(server, "df.loc[300]", HEAD).status is FINISHED


def test_keys_and_items_that_were_displayed_are_all(server: StandInServer) -> None:
    settings = ("s = load_settings()\ns", result("{'rate': 0.1, 'layers': [16, 8]}"))
    assert (
        judged(server, "s['speed']", ("from mine import load_settings", None), settings).exception
        == "KeyError"
    )
    assert (
        judged(server, "s['layers'][2]", ("from mine import load_settings", None), settings).exception
        == "IndexError"
    )
    assert (
        judged(server, "s['layers'][1]", ("from mine import load_settings", None), settings).status
        is FINISHED
    )


def test_what_the_code_makes_by_itself_is_not_replaced_by_an_old_output(server: StandInServer) -> None:
    stale = ("df = pd.DataFrame({'new': [1, 2]})\ndf.head()", result("", page("age", "city")))
    assert judged(server, "df['new'].sum()", stale).status is FINISHED
    assert judged(server, "df['age']", stale).exception == "KeyError"


def test_an_estimator_has_the_methods_of_its_class(server: StandInServer) -> None:
    loaded = ("model = load()\nmodel", result("LinearRegression(fit_intercept=False)"))
    given = ("from mine import load", None)
    assert judged(server, "model.predict_proba([[1.0]])", given, loaded).exception == "AttributeError"
    assert judged(server, "model.coef_", given, loaded).status is FINISHED, "it may be fitted"
