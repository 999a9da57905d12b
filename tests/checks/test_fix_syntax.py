"""Cells that Python cannot compile: mended where one repair is certain, and let alone where none is."""

import ast

import pytest

from nbreview.checks.fix_syntax import repair
from nbreview.checks.fixes import Mender
from nbreview.checks.runner import run_checks
from nbreview.notebook.bindings import parse_cell
from nbreview.notebook.reader import read_bytes
from tests.builders import code, error, notebook

MENDED = {
    "for s in scores\n    print(s)  # each": "for s in scores:\n    print(s)  # each",
    "def f(x)\n    return x": "def f(x):\n    return x",
    "if a:\n    b = 1\nelse\n    b = 2": "if a:\n    b = 1\nelse:\n    b = 2",
    "if a > 1\n    b = 1\nelse if a > 2:\n    b = 2": "if a > 1:\n    b = 1\nelif a > 2:\n    b = 2",
    'print "a", b\nprint "x = %d" % x': 'print("a", b)\nprint("x = %d" % x)',
    '%matplotlib inline\nprint "a"': '%matplotlib inline\nprint("a")',
    "for x in a:\n    print x,": 'for x in a:\n    print(x, end=" ")',
    "if n % 2 = 0:\n    pass": "if n % 2 == 0:\n    pass",
    "if x = 5 and y = 6:\n    pass": "if x == 5 and y == 6:\n    pass",
    'df[df["a"] = 1]': 'df[df["a"] == 1]',
    'plt.plot(x, y, label="g"\nplt.show()': 'plt.plot(x, y, label="g")\nplt.show()',
    'df = f({"a": [1],\n   "b": [3]}\ndf.head()': 'df = f({"a": [1],\n   "b": [3]})\ndf.head()',
    'model.add(Dense(10, name="a")\nmodel.add(D(2))': 'model.add(Dense(10, name="a"))\nmodel.add(D(2))',
    "x = [1, 2\ny = 4": "x = [1, 2]\ny = 4",
    "if (a > 1:\n    b": "if (a > 1):\n    b",
    "print(len(x)))": "print(len(x))",
    'print(df[["a", "b"])': 'print(df[["a", "b"]])',
    "x = (1, 2]": "x = (1, 2)",
    "a = [1 2 3]": "a = [1, 2, 3]",
    'print("Mean:" np.mean(x))': 'print("Mean:", np.mean(x))',
    'd = {"a": 1 "b": 2}': 'd = {"a": 1, "b": 2}',
    "print('It's ok')": 'print("It\'s ok")',
    'print("hello)': 'print("hello")',
    "print('hello\")": "print('hello')",
    "print(\u201chello\u201d)": 'print("hello")',
    "x = 3\u00a0+ 4": "x = 3 + 4",
    "if a && b:\n    i++": "if a and b:\n    i += 1",
    "For i in range(3):\n    pass": "for i in range(3):\n    pass",
    "improt numpy as np": "import numpy as np",
    "def f(x):\nreturn x": "def f(x):\n    return x",
    "for i in a:\nprint(i)": "for i in a:\n    print(i)",
    "x = 1\n  y = 2": "x = 1\ny = 2",
    "if x:\n    a = 1\n   b = 2": "if x:\n    a = 1\n    b = 2",
    "try:\n    f()\nexcept E, e:\n    raise V, 'a'": "try:\n    f()\nexcept E as e:\n    raise V('a')",
}

LET_ALONE = [
    "round(np.mean(x, 2)",
    'df.groupby(["a", "b"].mean()',
    'df[["a", "b"].mean()',
    "plt.plot(x), y)",
    'd = {"a" 1, "b": 2}',
    "for i in a:\nprint(i)\nx = 1",
    "x = = 2",
    "while True print(1)",
    "return 5",
    "a b",
    "len(x) = 5",
    "while line = file.readline():\n    pass",
    "x = [1, 2,\ny = 4",
    "def f(x)",
    'print("a" + )',
]


@pytest.mark.parametrize("source", MENDED)
def test_what_has_one_repair_is_mended(source: str) -> None:
    assert parse_cell(source).problem is not None
    found = repair(source)
    assert found is not None and found.source == MENDED[source]
    assert found.reason.endswith(".")


@pytest.mark.parametrize("source", LET_ALONE)
def test_what_has_none_or_several_is_let_alone(source: str) -> None:
    assert parse_cell(source).problem is not None
    assert repair(source) is None


def test_an_f_string_of_a_newer_python_is_written_for_an_older_one() -> None:
    source = 'print(f"Mean: {df["price"].mean():.2f}")'
    found = repair(source, "f-string: unmatched '['")
    assert found is not None and found.source == "print(f\"Mean: {df['price'].mean():.2f}\")"
    ast.parse(found.source)


def test_a_repair_that_only_leads_to_a_missing_name_is_not_shown() -> None:
    failed = error("SyntaxError", "expected ':'")
    book = read_bytes(notebook(code("for s in scores\n    print(s)", outputs=[failed])), "x.ipynb")
    (finding,) = run_checks(book)
    assert Mender(book).fixes_for(finding) == ()
    above = code("scores = [1]")
    book = read_bytes(notebook(above, code("for s in scores\n    print(s)", outputs=[failed])), "x.ipynb")
    (finding,) = [found for found in run_checks(book) if found.cell_index == 1]
    (fix,) = Mender(book).fixes_for(finding)
    assert (fix.source, fix.rule) == ("for s in scores:\n    print(s)", "syntax")


def test_a_long_cell_of_the_older_python_is_read_in_time() -> None:
    source = "\n".join(f'print "line {number}"' for number in range(50))
    found = repair(source)
    assert found is not None and found.source.count("print(") == 50
    assert repair("(" * 50_000) is None
