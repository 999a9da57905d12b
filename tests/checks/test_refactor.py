"""Edits without a model, across cells: each is run before and after where it can be."""

from typing import Any

import pytest

from nbreview.checks.refactor import collect_imports, rename_variable, set_parameter
from nbreview.checks.refactor_wrap import wrap_in_function
from nbreview.errors import UserError
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook


def book(*cells: str) -> Notebook:
    return read_bytes(notebook(*map(code, cells)), "x.ipynb")


def after(read: Notebook, changed: Any) -> list[str]:
    return [changed.get(cell.index, cell.source) for cell in read.cells]


def run(sources: list[str]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for source in sources:
        exec(source, names)
    return names


def test_a_variable_is_renamed_in_every_cell_that_uses_it() -> None:
    read = book(
        "lr = 0.1  # learning rate", "steps = [lr * n for n in range(3)]", "def f(): return lr\nx = f()"
    )
    changed = rename_variable(read, "lr", "rate")
    assert changed[0] == "rate = 0.1  # learning rate"
    assert changed[1] == "steps = [rate * n for n in range(3)]"
    assert run(after(read, changed))["x"] == 0.1


@pytest.mark.parametrize(
    "source",
    [
        "def f(a):\n    a = a + 1\n    return a",
        "g = lambda a: a * 2",
        "b = [a for a in range(3)]",
        "class C:\n    a = 1",
        "c.a = 3",
        "f(a=1)",
        "d = {'a': 1}",
    ],
)
def test_what_only_has_the_same_name_stays(source: str) -> None:
    read = book("a = 1", source)
    assert rename_variable(read, "a", "other") == {0: "other = 1"}


def test_magics_and_formatted_texts_take_part_in_a_rename() -> None:
    read = book("n = 2", "%%time\n%time total = n + 1\nprint(f'{n:>3} and {n!r}')\n!ls")
    assert rename_variable(read, "n", "count")[1] == (
        "%%time\n%time total = count + 1\nprint(f'{count:>3} and {count!r}')\n!ls"
    )


def test_an_alias_of_an_import_is_a_variable_too() -> None:
    read = book("import math as m", "x = m.sqrt(4)")
    assert after(read, rename_variable(read, "m", "maths")) == ["import math as maths", "x = maths.sqrt(4)"]


def test_a_global_statement_is_renamed_with_its_name() -> None:
    read = book("n = 0", "def f():\n    global n\n    n = n + 1\nf()\nresult = n")
    assert run(after(read, rename_variable(read, "n", "count")))["result"] == 1


@pytest.mark.parametrize(("old", "new"), [("a", "1a"), ("a", "class"), ("a", "b"), ("zzz", "c")])
def test_a_rename_that_cannot_be_is_refused_in_a_sentence(old: str, new: str) -> None:
    with pytest.raises(UserError, match=r"\.$"):
        rename_variable(book("a = 1\nb = a"), old, new)


def test_a_parameter_is_set_where_it_is_assigned_and_where_it_is_given() -> None:
    read = book(
        "lr = 0.1",
        "model.fit(x,\n          lr = 0.1,  # slow\n          n=2)",
        "config = {'lr': 0.1}",
        "f(lr=lr)",
    )
    assert set_parameter(read, "lr", "3e-4") == {
        0: "lr = 3e-4",
        1: "model.fit(x,\n          lr = 3e-4,  # slow\n          n=2)",
        2: "config = {'lr': 3e-4}",
    }


@pytest.mark.parametrize(("name", "value"), [("lr", "0.1 0.2"), ("absent", "1")])
def test_a_parameter_that_cannot_be_set_is_refused(name: str, value: str) -> None:
    with pytest.raises(UserError, match=r"\.$"):
        set_parameter(book("lr = 1"), name, value)


def test_a_cell_becomes_a_function_of_what_it_reads_that_returns_what_is_read_later() -> None:
    read = book(
        "a = 2\nb = 3",
        "import math\n# the long side\nsquares = a**2 + b**2\nc = math.sqrt(squares)",
        "print(c)",
    )
    changed = wrap_in_function(read, 1, "long_side")
    assert changed == {
        1: "import math\n\ndef long_side(a, b):\n    # the long side\n    squares = a**2 + b**2\n"
        "    c = math.sqrt(squares)\n    return c\n\n\nc = long_side(a, b)"
    }
    assert run(after(read, changed))["c"] == run([cell.source for cell in read.cells])["c"]


def test_a_text_of_several_lines_keeps_its_white_space_in_a_function() -> None:
    read = book("t = '''one\n  two'''\nn = len(t)", "print(n, t)")
    changed = wrap_in_function(read, 0, "make")
    assert run(after(read, changed))["t"] == "one\n  two"


def test_a_value_that_is_read_and_bound_again_comes_in_and_goes_out() -> None:
    read = book("n = 1", "n += 1\nif n > 5:\n    m = 2", "print(n)")
    assert run(after(read, wrap_in_function(read, 1, "step")))["n"] == 2


@pytest.mark.parametrize(
    "source", ["%time x = 1", "from math import *", "await f()", "del x", "def f():\n  global y\n  y=1", ""]
)
def test_a_cell_that_cannot_be_a_function_is_refused(source: str) -> None:
    with pytest.raises(UserError, match=r"\.$"):
        wrap_in_function(book("x = 1", source), 1, "step")


def test_imports_are_collected_in_the_first_cell_once_and_as_written() -> None:
    read = book(
        "%matplotlib inline\nimport os",
        "import math  # for the root\nimport os\nx = math.sqrt(4)",
        "from collections import (\n    Counter,\n    deque,\n)\nd = deque()",
    )
    assert after(read, collect_imports(read)) == [
        "%matplotlib inline\nimport os\nimport math  # for the root\n"
        "from collections import (\n    Counter,\n    deque,\n)",
        "x = math.sqrt(4)",
        "d = deque()",
    ]


def test_an_import_that_something_hangs_on_stays() -> None:
    read = book(
        "import os",
        "try:\n    import json\nexcept ImportError:\n    json = None",
        "def f():\n    import re\n    return re",
        "from datetime import datetime",
        "import datetime",
    )
    assert collect_imports(read) == {}


def test_a_notebook_in_another_language_is_left_alone() -> None:
    read = read_bytes(notebook(code("library(x)"), markdown("a"), language_info={"name": "R"}), "x.ipynb")
    assert collect_imports(read) == {}
