"""Names that a cell reads, and where names were bound."""

from nbreview.kernel.model import Definition
from nbreview.kernel.names import bindings, definitions, used_names


def test_names_and_attributes_come_in_the_order_of_the_text() -> None:
    names, pairs = used_names("b = df.drop('x').T\nplt.plot(a)\ncount += 1\ndef f(q): return hidden")
    assert names == ["df", "plt", "a", "count", "hidden"]
    assert pairs == [("df", "drop"), ("plt", "plot")]


def test_magics_do_not_hide_the_names_beside_them() -> None:
    assert used_names("%matplotlib inline\n!ls\nfiles = !ls {x}\nshow(df)")[0] == ["show", "df"]
    assert used_names("%%time\nshow(df)")[0] == ["show", "df"]
    assert used_names("%time show(df)")[0] == ["show", "df"]


def test_where_there_is_no_python_every_word_counts() -> None:
    names, pairs = used_names("for x in df.columns\n")
    assert {"x", "df", "columns"} <= set(names)
    assert pairs == [("df", "columns")]


def test_every_way_of_binding_counts_and_inner_scopes_do_not() -> None:
    source = (
        "import numpy as np, os.path\n"
        "for i, (j, *k) in pairs:\n    total = (n := 1)\n"
        "with open(p) as f: pass\n"
        "def g(): inner = 1\n"
        "class C: held = 1\n"
        "z = [w for w in range(3)]\n"
        "x.attribute = 1\n"
        "try: pass\nexcept ValueError: late = 1\n"
    )
    found = bindings(source)
    assert set(found) == {"np", "os", "i", "j", "k", "total", "n", "f", "g", "C", "z", "late"}
    assert found["total"] == 2


def test_the_newest_cell_that_binds_a_name_is_its_origin() -> None:
    cells = [
        (3, "b = a"),
        (2, "get_ipython().run_cell_magic('time', '', 'a = 2\\nd = 1\\n')"),
        (1, "a = 1\nb = 2"),
    ]
    assert definitions(cells, ["a", "b", "d", "none"]) == {
        "b": Definition(3, 0),
        "a": Definition(2, 1),
        "d": Definition(2, 2),
    }
