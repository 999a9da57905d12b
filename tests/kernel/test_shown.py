"""Outputs speak of the state behind their statement: what comes later, or ran out of order, voids them."""

from typing import Any

from nbreview.kernel.model import Shown
from nbreview.kernel.shown import what_outputs_show
from nbreview.notebook.model import CellType
from nbreview.notebook.reader import read_bytes
from tests.builders import code, error, notebook, stream

TABLE = """<table border="1" class="dataframe"><thead><tr><th></th><th>age</th><th>city</th></tr></thead>
<tbody><tr><th>0</th><td>31</td><td>Rome</td></tr></tbody></table>"""
LOAD = "import pandas as pd\ndf = pd.read_csv('people.csv')"


def result(text: str, page: str = "") -> dict[str, Any]:
    data = {"text/plain": text, **({"text/html": page} if page else {})}
    return {"output_type": "execute_result", "metadata": {}, "data": data, "execution_count": 1}


def shown(*cells: tuple[str, dict[str, Any] | None], counts: tuple[int | None, ...] = ()) -> list[Shown]:
    """What the outputs of the cells say, all of them executed in order unless `counts` says otherwise."""
    written = [
        code(
            source,
            outputs=[output] if output else [],
            count=counts[place] if counts else place + 1,
            id=f"cell-{place}",
        )
        for place, (source, output) in enumerate(cells)
    ]
    book = read_bytes(notebook(*written), "x.ipynb")
    found = [cell for cell in book.cells if cell.cell_type is CellType.CODE]
    return list(what_outputs_show(found, len(found)))


def test_the_head_of_a_table_tells_its_columns_and_not_its_length() -> None:
    (one,) = shown((f"{LOAD}\ndf.head()", result("", TABLE)))
    assert (one.step, one.statement, one.name, one.told_by) == (0, 1, "df", (0,))
    assert one.description["shape"] == [None, 2]
    assert one.description["columns"] == ["age", "city"]


def test_what_later_outputs_say_of_the_same_value_is_put_together_where_it_was_made() -> None:
    (one,) = shown((LOAD, None), ("df.head()", result("", TABLE)), ("df.shape", result("(891, 2)")))
    assert (one.step, one.statement, one.told_by) == (0, 1, (1, 2))
    assert one.description["shape"] == [891, 2]


def test_a_value_that_is_bound_again_or_changed_begins_anew() -> None:
    again = shown((LOAD, None), ("df.shape", result("(9, 2)")), ("df = df.dropna()", None))
    assert [(one.step, one.statement) for one in again] == [(0, 1)]
    for change in (
        "df['x'] = 1",
        "df.drop('a', axis=1, inplace=True)",
        "del df['a']",
        "df.columns = ['q', 'r']",
    ):
        found = shown((LOAD, None), ("df.shape", result("(9, 2)")), (change, None), ("len(df)", result("9")))
        assert [(one.step, one.statement) for one in found] == [(0, 1), (2, 0)], change


def test_a_change_under_another_name_or_in_a_function_counts() -> None:
    alias = shown((LOAD, None), ("other = df\nother['x'] = 1", None), ("df.shape", result("(9, 3)")))
    assert (alias[0].step, alias[0].statement) == (1, 1)
    function = shown(
        (f"{LOAD}\ndef grow():\n    df['x'] = 1", None), ("grow()", None), ("df.shape", result("(9, 3)"))
    )
    assert function[0].step == 1
    given = shown((LOAD, None), ("clean(df)", None), ("df.shape", result("(9, 3)")))
    assert given[0].step == 1
    loop = shown((LOAD, None), ("for part in [df]:\n    part['x'] = 1", None), ("df.shape", result("(9, 3)")))
    assert loop[0].step == 1


def test_looking_at_a_value_changes_nothing() -> None:
    found = shown((LOAD, None), ("df.describe()\nprint(df)\ndf.plot()", None), ("df.shape", result("(9, 2)")))
    assert [(one.step, one.statement) for one in found] == [(0, 1)]


def test_an_output_of_a_value_that_changed_later_in_its_cell_is_of_the_value_before() -> None:
    found = shown((f"{LOAD}\nprint(df.shape)\ndf = df.dropna()", stream("(9, 2)\n")))
    assert [(one.statement, one.description["shape"]) for one in found] == [(1, [9, 2])]


def test_cells_that_ran_out_of_order_or_never_say_nothing() -> None:
    assert shown((LOAD, None), ("df.shape", result("(9, 2)")), ("df", None), counts=(1, 9, 3)) == []
    assert shown((LOAD, None), ("df.shape", result("(9, 2)")), counts=(7, 2)) == []
    assert shown((LOAD, None), ("df = df.dropna()", None), ("df.shape", result("(9, 2)")),
                 counts=(1, None, 2)) == []  # fmt: skip
    again = shown(
        ("import numpy as np", None), (LOAD, None), ("df.shape", result("(9, 2)")), counts=(9, 2, 3)
    )
    assert len(again) == 1, "imports may run again"


def test_a_value_made_anew_from_what_is_certain_is_certain_again() -> None:
    found = shown(("a = 1", None), ("b = load()", None), ("b.shape", result("(3,)")), counts=(9, 2, 3))
    assert [one.name for one in found] == ["b"]


def test_the_outputs_of_a_cell_that_failed_do_not_count() -> None:
    written = code(
        "print(df.shape)\n1/0", outputs=[stream("(9, 2)\n"), error("ZeroDivisionError", "x")], count=2
    )
    book = read_bytes(notebook(code(LOAD, count=1), written, minor=4), "x.ipynb")
    assert what_outputs_show(book.cells, 2) == ()


def test_outputs_that_contradict_each_other_say_nothing() -> None:
    assert shown((LOAD, None), ("df.shape", result("(9, 2)")), ("df.shape", result("(8, 2)"))) == []


def test_printed_lines_are_told_apart_by_what_stands_around_them() -> None:
    source = (
        "X = np.load('x.npy')\ny = np.load('y.npy')\n"
        "print('Train:', X.shape)\nprint(f'labels {y.shape} of {len(X)}')"
    )
    found = {
        one.name: one.description for one in shown((source, stream("Train: (80, 4)\nlabels (80,) of 80\n")))
    }
    assert found["X"]["shape"] == [80, 4]
    assert found["X"]["rows"] == 80
    assert found["y"]["shape"] == [80]
    assert shown((source, stream("Train: (80, 4)\nsomething else\nlabels (80,) of 80\n"))) == []


def test_a_printed_number_may_be_a_text() -> None:
    assert shown(("n = load()\nprint(n)", stream("3\n"))) == []
    assert shown(("n = load()\nn", result("3")))[0].description == {"type": "int", "value": 3}


def test_shapes_in_a_tuple_speak_of_each_name() -> None:
    found = shown(("a, b = split(c)\na.shape, b.shape, len(c)", result("((8, 2), torch.Size([4]), 12)")))
    assert {one.name: one.description for one in found} == {
        "a": {"shape": [8, 2]},
        "b": {"shape": [4], "type": "torch.Tensor"},
        "c": {"rows": 12},
    }


def test_labels_that_are_no_texts_keep_their_type_on_the_way() -> None:
    page = TABLE.replace("age", "0").replace("city", "$x")
    (one,) = shown((f"{LOAD}\ndf", result("", page)))
    assert one.description["columns"] == [0, "$x"]
    assert list(one.description["per_column"]) == ["$0", "$'$x'"]


def test_a_documented_reader_gives_the_class_away() -> None:
    source = "import numpy as np\nx = np.load('x.npy')\nx.shape"
    assert shown((source, result("(3, 4)")))[0].description["type"] == "numpy.ndarray"
    other = "import torch\nx = torch.load('x.pt')\nx.shape"
    assert "type" not in shown((other, result("(3, 4)")))[0].description


def test_columns_that_some_outputs_tell_one_by_one() -> None:
    dtypes = "age      int64\ncity    object\ndtype: object"
    (one,) = shown((f"{LOAD}\ndf.dtypes", result(dtypes)))
    assert one.description["per_column"] == {"age": {"dtype": "int64"}, "city": {"dtype": "object"}}
    (two,) = shown((f"{LOAD}\ndf['city'].unique()", result("array(['Rome', 'Oslo'], dtype=object)")))
    assert two.description["per_column"]["city"] == {"unique_values": ["Rome", "Oslo"], "num_unique": 2}
    assert "columns" not in two.description
