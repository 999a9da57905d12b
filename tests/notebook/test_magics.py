"""Magics come out, lines and columns stay; IPython's own transformer is the judge."""

import ast

import pytest

from nbreview.notebook.magics import Magic, plain_cell

CASES = [
    "x = 1\ny = 2",
    "%matplotlib inline\nimport numpy as np",
    "!pip install a b",
    "!pip install a \\\n   b\nx = 1",
    "!echo it's\nx = 1",
    '!echo "open\nx = 1',
    "!!ls",
    "files = !ls *.csv\nprint(files)",
    "a, b = !ls",
    "d['k'] = !ls",
    "here = %pwd\nx = 1",
    "x = %timeit -o f()\ny = 2",
    "x == 1",
    "x = y % z\nx %= 3",
    "x = (a\n     % b)\ny = 1",
    "x = [1,\n%foo\n]",
    "s = '''\n%matplotlib inline\n!ls\n?x\n'''\ny = 1",
    's = """a "quoted" text\n!ls"""\nz = 2',
    "if x:\n    !ls\n    %cd ..\nelse:\n    y = !pwd\n",
    "for i in range(3):\n\t!echo {i}",
    "?np.array",
    "np.array?",
    "np.array??",
    "%matplotlib?",
    "a = b?",
    "x[0]?\ny = 1",
    "x = 5  # really?",
    "'what?'",
    "print('what?')\nobj.method?",
    "%%time\nx = 1\n!ls",
    "%%time\n%%capture out\nx = 1",
    "%%timeit -n 10\nx = 1",
    "%%bash\nls 'a",
    "%%html\n<b>x</b>",
    "%%javascript\nvar x = 1;",
    "%%writefile a.py\nimport b",
    "%%bash?",
    "\n\n%%bash\nls",
    "  x = 1\n  y = 2",
    ">>> x = 1\n>>> y = 2",
    ">>> if x:\n...     y = 2",
    "x = 1;\n%who",
    ",print a b",
    "/print a",
    "# %matplotlib inline\nx = 1",
    "def f():\n    '''doc\n    %not_magic\n    '''\n    return 1\n%cd f()",
    "lambda: {\n'a': 1 if x else 2}\n!ls",
    "x = '\\''\n!ls",
    "f'{x!r}'\ny = 1",
    "x = f\"{a['b']}\"\n!ls",
    "@decorated\ndef f(): pass",
    "a = b = %pwd",
    "x = a \\\n  + b\n%pwd",
    "await f()\n!ls",
    "",
    "\n\n",
    "x = {\n  'a': !ls\n}",
    "print(1)  # !ls\n",
    "x = r'\\'\n!ls",
    "é = '𝛼'\n!ls {é}",
    "%time x = f(1)\ny = 1",
    "%time\nx = 1",
    "%load_ext autoreload\n%autoreload 2\nimport a",
]


def shape(source: str) -> list[str] | None:
    """The kinds of a cell's statements that are no magics; None if it cannot be parsed."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    return [type(node).__name__ for node in tree.body if not _is_magic(node)]


def _is_magic(node: ast.stmt) -> bool:
    text = ast.unparse(node)
    return text == "pass" or text.startswith("get_ipython().") or text in ("print('a', 'b')", "print(a)")


@pytest.mark.parametrize("source", CASES)
def test_what_is_left_is_what_ipython_would_run(source: str) -> None:
    manager = pytest.importorskip("IPython.core.inputtransformer2").TransformerManager()
    plain = plain_cell(source)
    try:
        theirs = shape(manager.transform_cell(source))
    except SyntaxError:
        theirs = None
    ours = shape(plain.source)
    if source.startswith("%time x"):  # IPython hides the statement in a string; here it is seen
        assert ours == ["Assign", *(theirs or [])]
    elif not plain.python or (plain.magics[:1] and plain.magics[0].cell):
        assert theirs == []  # one call of run_cell_magic
    else:
        assert ours == theirs


@pytest.mark.parametrize("source", CASES)
def test_every_line_keeps_its_number_and_every_name_its_column(source: str) -> None:
    plain = plain_cell(source)
    before, after = source.split("\n"), plain.source.split("\n")
    assert len(before) == len(after) == len(plain.shifts)
    try:
        tree = ast.parse(plain.source)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            line = node.lineno - 1
            column = len(after[line].encode()[: node.col_offset].decode()) + plain.shifts[line]
            assert before[line][column : column + len(node.id)] == node.id


def test_a_magic_is_recorded_with_its_line_and_argument() -> None:
    plain = plain_cell("%load_ext sql\nx = !ls -l\nnp.array?")
    assert plain.magics == (
        Magic("load_ext", "sql", 0),
        Magic("!", "ls -l", 1, assigned=True),
        Magic("?", "np.array", 2),
    )


@pytest.mark.parametrize(
    ("source", "unknown"),
    [
        ("%matplotlib inline", False),
        ("%pip install x", False),
        ("%pylab inline", True),
        ("%run other.ipynb", True),
        ("%load_ext autoreload", False),
        ("%load_ext my_extension", True),
        ("%nobody_knows_this", True),
        ("%time f()", False),
        ("%time for i in x: f(i)", True),
        ("!ls", False),
        ("f?", False),
        ("%%bash\nls", False),
        ("%%bash --out listing\nls", True),
        ("%%sql\nselect 1", True),
        ("%%time\nx = 1", False),
        ("%%nobody_knows_this\nx", True),
    ],
)
def test_magics_that_may_bind_names_unseen_are_told_apart(source: str, unknown: bool) -> None:
    assert any(magic.binds_unknown for magic in plain_cell(source).magics) is unknown


def test_capture_binds_its_argument() -> None:
    assert plain_cell("%%capture --no-stderr out\nx").magics[0].binds == ("out",)


@pytest.mark.parametrize("source", ["ls", "pwd", "cd ..", "pip install pandas", "who"])
def test_a_cell_of_one_command_is_no_python(source: str) -> None:
    assert plain_cell(source).source == "pass"


@pytest.mark.parametrize("source", ["ls = 1", "cat(x)", "who + 1\nx", "lsx"])
def test_a_name_that_looks_like_a_command_stays_python(source: str) -> None:
    assert plain_cell(source).source == source


def test_what_a_timeit_cell_binds_does_not_stay() -> None:
    assert not plain_cell("%%timeit\nx = 1").persistent
    assert plain_cell("%%time\nx = 1").persistent


def test_a_long_cell_is_read_in_one_pass() -> None:
    source = "\n".join(f"x{i} = '{i}'" for i in range(20_000))
    assert plain_cell(source).source == source
