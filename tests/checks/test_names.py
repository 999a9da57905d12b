"""Names used before any cell binds them: found where it is certain, and never said where it is not."""

import textwrap
from typing import Any

import pytest

from nbreview.checks.names import check_names
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Evidence, Finding, Verdict
from tests.builders import code, error, notebook

PYTHON_311 = {"language_info": {"name": "python", "version": "3.11.4"}}


def findings(*cells: str | dict[str, Any], **metadata: Any) -> tuple[Finding, ...]:
    made = [code(textwrap.dedent(cell).strip("\n")) if isinstance(cell, str) else cell for cell in cells]
    return check_names(read_bytes(notebook(*made, **metadata), "x.ipynb"))


def missing(*cells: str | dict[str, Any], **metadata: Any) -> list[tuple[int, str]]:
    """Cell number (from 0) and name of each finding."""
    return [
        (found.cell_index, found.message.split("name '")[1].split("'")[0])
        for found in findings(*cells, **metadata)
    ]


CERTAIN = {
    "a bare name": ("x",),
    "an attribute": ("x.shape",),
    "a call": ("x(1)",),
    "an argument": ("print(x)",),
    "the value of an assignment": ("y = x",),
    "the value of an assignment to itself": ("x = x + 1",),
    "an augmented assignment": ("x += 1",),
    "a subscript that is assigned to": ("x['a'] = 1",),
    "an attribute that is assigned to": ("x.a = 1",),
    "a deletion": ("del x",),
    "an f-string": ("f'{x:.2f}'",),
    "a format inside an f-string": ("f'{1:{x}}'",),
    "a decorator": ("@x\ndef f(): pass",),
    "a default argument": ("def f(a=x): pass",),
    "a default argument of a lambda": ("f = lambda a=x: a",),
    "a base class": ("class A(x): pass",),
    "the body of a class": ("class A:\n    b = x",),
    "the first iterable of a comprehension": ("[i for i in x]",),
    "the iterable of a loop": ("for i in x: pass",),
    "the condition of if": ("if x: pass",),
    "the condition of while": ("while x: pass",),
    "the body of a loop over a literal": ("for i in [1, 2]: print(x)",),
    "the body of a loop over range(10)": ("for i in range(10): print(x)",),
    "the body of while True": ("while True:\n    x\n    break",),
    "under if __name__": ("if __name__ == '__main__':\n    x",),
    "the else of if False": ("if False:\n    pass\nelse:\n    x",),
    "the left of and": ("x and 1",),
    "the first two of a chained comparison": ("1 < x < 3",),
    "the test of a conditional expression": ("1 if x else 2",),
    "the body of with over something imported": ("import torch\nwith torch.no_grad():\n    x",),
    "the body of with open": ("with open('a') as f:\n    x",),
    "try with finally only": ("try:\n    x\nfinally:\n    pass",),
    "an assertion": ("assert x",),
    "the subject of match": ("match x:\n    case 1: pass",),
    "await at top level": ("await x",),
    "star arguments": ("print(*x)",),
    "a walrus's value": ("(y := x)",),
    "raise": ("raise x",),
    "after a magic": ("%matplotlib inline\nx",),
    "inside %%time": ("%%time\nx",),
    "inside %%timeit": ("%%timeit\nx",),
    "in a %time statement": ("%time x",),
    "a name that except has unbound": ("try:\n    pass\nexcept E as x:\n    pass\nx",),
    "a name that del has unbound": ("x = 1", "del x", "x"),
    "a name bound only in a comprehension": ("[x for x in [1]]\nx",),
    "a name bound only inside a function": ("def f():\n    x = 1\nf()\nx",),
    "a name bound only inside a class": ("class A:\n    x = 1\nx",),
    "a name bound only inside %%timeit": ("%%timeit\nx = 1", "x"),
    "a function called at once": ("def f():\n    return x\nf()",),
    "a function called in a later cell": ("def f():\n    return x", "f()"),
    "a function that calls another": ("def g():\n    return x\ndef f():\n    return g()\nf()",),
    "__file__, which a kernel has not": ("__file__",),
}


@pytest.mark.parametrize("cells", CERTAIN.values(), ids=CERTAIN.keys())
def test_a_name_that_nothing_binds_is_found_in(cells: tuple[str, ...]) -> None:
    name = "__file__" if "__file__" in cells[0] else "x"
    assert (len(cells) - 1, name) in missing(*cells)


SILENT = {
    "bound in the same cell": ("x = 1\nx",),
    "bound in a cell above": ("x = 1", "x"),
    "built in": ("print(len(sorted([1])), ValueError, __name__)",),
    "put there by IPython": ("display(In, Out, _, __, ___, _i, _12, _i3, _oh, get_ipython); exit",),
    "put there by a notebook service": ("spark.read\ndbutils.fs",),
    "bound by import a.b": ("import os.path\nos",),
    "bound by import as": ("import numpy as np\nnp",),
    "bound by from import": ("from a.b import c as d, e\nd, e",),
    "a loop target after the loop": ("for x in []: pass\nx",),
    "several loop targets": ("for i, (a, *b) in []: pass\na, b, i",),
    "a with target": ("with open('f') as x: pass\nx",),
    "with targets in a tuple": ("with open('f') as (a, b): pass\na, b",),
    "a walrus": ("if (x := 1): pass\nx",),
    "a walrus in a comprehension": ("[y := i for i in [1]]\ny",),
    "match captures": (
        "match 1:\n    case [a, *b]: pass\n    case {'k': c, **d}: pass\n    case e: pass\na, b, c, d, e",
    ),
    "unpacking": ("a, (b, *c), d = 1, [2], 3\na, b, c, d",),
    "bound on one path of if": ("import sys\nif sys.argv:\n    x = 1", "x"),
    "bound in try": ("try:\n    import x\nexcept ImportError:\n    pass\nx",),
    "bound in except": ("try:\n    import x\nexcept ImportError:\n    x = None\nx",),
    "bound in a loop": ("for i in []:\n    x = 1\nx",),
    "bound as global by a function": ("def f():\n    global x\n    x = 1\nf()\nx",),
    "bound as global by a method": (
        "class A:\n    def f(self):\n        global x\n        x = 1\nA().f()\nx",
    ),
    "under TYPE_CHECKING": ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import X", "X"),
    "guarded by except NameError": ("try:\n    x\nexcept NameError:\n    x = 1",),
    "guarded by a bare except": ("try:\n    x\nexcept:\n    pass",),
    "guarded by suppress": ("from contextlib import suppress\nwith suppress(NameError):\n    x",),
    "guarded by pytest.raises": ("import pytest\nwith pytest.raises(NameError):\n    x",),
    "inside an output widget": ("out = 1\nwith out:\n    x",),
    "inside a context manager of the notebook": ("class C: pass\nwith C():\n    x",),
    "in a branch that may not be taken": ("import sys\nif sys.argv:\n    x",),
    "in a loop that may have no turn": (
        "for i in []:\n    x\nfor i in range(0):\n    x\nfor i in [*[]]:\n    x",
    ),
    "after a conditional continue": ("import sys\nfor i in [1]:\n    if sys.argv:\n        continue\n    x",),
    "after a conditional break": ("import sys\nwhile True:\n    if sys.argv:\n        break\n    x",),
    "right of and": ("import sys\nsys.argv and x\nsys.argv or x",),
    "in a conditional expression": ("import sys\nx if sys.argv else 1",),
    "the third of a chained comparison": ("1 < 0 < x",),
    "the element of a comprehension": ("[x for i in []]",),
    "the condition of a comprehension": ("[i for i in [] if x]",),
    "the message of an assertion": ("assert True, x",),
    "a guard": ("match 1:\n    case 2 if x: pass",),
    "a function that is never called": ("def f():\n    return x",),
    "a function called only in a branch": ("import sys\ndef f():\n    return x\nif sys.argv: f()",),
    "a function passed on": ("def f(a):\n    return x\nlist(map(f, []))",),
    "a function that returns first": (
        "import sys\ndef f():\n    if sys.argv:\n        return 1\n    return x\nf()",
    ),
    "a function whose name is bound before the call": ("def f():\n    return x", "x = 1", "f()"),
    "a function that was defined anew": ("def f():\n    return x", "f = print", "f()"),
    "a decorated function": ("import a\n@a.b\ndef f():\n    return x\nf()",),
    "a generator": ("def f():\n    yield x\nf()",),
    "a coroutine": ("async def f():\n    return x\nf()",),
    "a lambda's body": ("f = lambda: x",),
    "a method's body": ("class A:\n    def f(self):\n        return x",),
    "a parameter": ("def f(x, *y, z=1, **k):\n    return x, y, z, k\nf(1)",),
    "a local of a function": ("def f():\n    x = 1\n    return [x for i in 'ab']\nf()",),
    "a nonlocal": ("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x += 1\n    g()\nf()",),
    "recursion": ("def f(n):\n    return f(n - 1) if n else g(n)\ndef g(n):\n    return 1\nf(2)",),
    "nested comprehension targets": ("m = []\n[[a + b for b in a] for a in m]\n{k: v for k, v in m}",),
    "a class used in its own methods": (
        "class A:\n    b = 1\n    c = b\n    def f(self):\n        return __class__",
    ),
    "an exception inside its handler": ("try:\n    pass\nexcept Exception as e:\n    print(e)",),
    "an exception's name bound before": ("e = 1\ntry:\n    pass\nexcept Exception as e:\n    pass\ne",),
    "a star import": ("from numpy import *", "zeros(3)"),
    "a star import in try": ("try:\n    from a import *\nexcept ImportError:\n    pass\nx",),
    "exec": ("exec(open('a.py').read())", "x"),
    "globals()": ("globals()['x'] = 1", "x"),
    "globals().update": ("globals().update({'x': 1})\nx",),
    "locals()": ("locals()['x'] = 1\nx",),
    "a namespace changed in a function": ("def f():\n    globals()['x'] = 1\nf()\nx",),
    "sympy's var": ("from sympy import var\nvar('x y')\nx + y",),
    "the shell's namespace": ("get_ipython().user_ns['x'] = 1\nx",),
    "a shell magic by call": ("get_ipython().run_line_magic('run', 'a.py')\nx",),
    "a frame's globals": ("import inspect\ninspect.currentframe().f_globals['x'] = 1\nx",),
    "%run": ("%run other.ipynb", "x"),
    "%pylab": ("%pylab inline", "plot(arange(3))"),
    "%load_ext of something unknown": ("%load_ext mine", "x"),
    "an unknown line magic": ("%mine", "x"),
    "an unknown cell magic": ("%%mine\nwhatever", "x"),
    "a loop under %time": ("%time for i in [1]: x = i", "x"),
    "a %time assignment": ("%time x = 1", "x"),
    "%%capture": ("%%capture out\nx = 1", "out, x"),
    "an assignment from a magic": ("x = %pwd\ny = !ls\nx, y",),
    "a cell of another language": ("%%bash\necho $x", "%%html\n<b>{{x}}</b>"),
    "a shell command": ("!echo {x} $x",),
    "help": ("x?\n?y\nz.a??",),
    "a cell of one command": ("ls", "pip install x", "pwd"),
    "inside a string": ("'''\nx\n'''",),
    "a cell that cannot be parsed binds what it names": ("x = = 1", "x"),
    "annotations where the version is unknown": ("def f(a: List[int]) -> X: pass\nb: Y = 1",),
    "a name only annotated in a function": ("def f():\n    a: Z = 1\nf()",),
    "after exit()": ("exit()", "x"),
    "after sys.exit()": ("import sys\nsys.exit()\nx", "y"),
    "an underscore in a loop": ("for _ in range(3): pass\n_",),
    "delete in a branch": ("import sys\nx = 1\nif sys.argv:\n    del x\nx",),
    "deleted after the cell has crashed": ("x = 1", "nothing_binds_this\ndel x", "x"),
}


@pytest.mark.parametrize("cells", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_about(cells: tuple[str, ...]) -> None:
    assert [name for _, name in missing(*cells) if name != "nothing_binds_this"] == []


def test_a_finding_is_certain_and_points_at_the_name() -> None:
    (found,) = findings("import pandas as pd", "%matplotlib inline\ndf = pd.DataFrame()\nμ = α + df")
    assert (found.evidence, found.verdict, found.exception) == (Evidence.CERTAIN, Verdict.CRASH, "NameError")
    assert (found.cell_index, found.line, found.column, found.end_column) == (1, 2, 4, 5)
    assert found.message == (
        "NameError: name 'α' is not defined, when run top to bottom from a fresh kernel."
    )


def test_every_missing_name_of_a_cell_is_told_once_in_the_order_of_evaluation() -> None:
    first, second = findings("f(x)\nx\nf(2)")
    assert "name 'f' is not defined" in first.message
    assert second.message == "NameError: name 'x' is not defined, once 'f' is there."


def test_a_later_binding_is_named_with_its_cell() -> None:
    (found,) = findings("x", "y = 1", "def x(): pass")
    assert found.message.startswith("NameError: name 'x' is not defined before cell 3, when")


def test_a_call_that_reaches_the_name_is_where_the_finding_points() -> None:
    (found,) = findings("def g():\n    return x\ndef f():\n    return g()", "a = 1\nb = f()")
    assert (found.cell_index, found.line, found.column, found.end_column) == (1, 1, 4, 7)
    assert "(read in f() → g(), called here)" in found.message


def test_a_cell_that_ran_says_that_what_bound_the_name_is_gone() -> None:
    (found,) = findings(code("x.head()", count=4))
    assert found.message.endswith("It was, when last run: what bound it has been changed or deleted since.")


def test_a_cell_that_failed_with_this_error_says_so() -> None:
    (found,) = findings(code("x", count=4, outputs=[error("NameError", "name 'x' is not defined")]))
    assert found.message.endswith("Its last run ended in this, too.")


def test_a_deleted_name_says_so() -> None:
    assert findings("x = 1", "del x", "x")[0].message.endswith("It was deleted with del before.")


def test_a_cell_after_a_crash_is_checked_on_its_own() -> None:
    assert missing("x\ny = 1", "y", "z") == [(0, "x"), (2, "z")]


def test_cells_tagged_as_raising_are_not_checked_but_bind() -> None:
    assert missing(code("y = 1\nx", tags=["raises-exception"]), "y", "x") == [(2, "x")]


def test_names_that_papermill_may_inject_are_not_reported() -> None:
    assert missing(code("alpha = 1", tags=["parameters"]), "beta", "late\n", "late = 1") == [(2, "late")]


def test_annotations_count_for_a_python_that_evaluates_them() -> None:
    cell = "def f(a: List[int]) -> X: pass\nb: Y = 1"
    assert missing(cell, **PYTHON_311) == [(0, "List"), (0, "X"), (0, "Y")]
    assert missing("from __future__ import annotations\n" + cell, **PYTHON_311) == []
    assert missing(cell, language_info={"name": "python", "version": "3.14.0"}) == []


@pytest.mark.parametrize(
    "metadata",
    [
        {"language_info": {"name": "R"}},
        {"language_info": {"name": "julia"}},
        {"language_info": {"name": "python", "version": "2.7.18"}},
        {"kernelspec": {"name": "python2", "language": "python", "display_name": "Python 2"}},
    ],
)
def test_notebooks_that_are_not_python_3_have_no_findings(metadata: dict[str, Any]) -> None:
    assert missing("x", **metadata) == []


def test_a_cell_in_another_language_of_a_polyglot_notebook_is_left_alone() -> None:
    assert missing(
        code("SELECT x", vscode={"languageId": "sql"}), code("y", vscode={"languageId": "python"})
    ) == [(1, "y")]


def test_an_expression_of_a_thousand_terms_ends_the_analysis_quietly() -> None:
    assert missing("y = " + " + ".join(["1"] * 3000), "x") in ([], [(1, "x")])
