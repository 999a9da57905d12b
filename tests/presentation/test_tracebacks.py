"""A traceback shows the notebook's own frames and the last one; libraries fold with a count."""

from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.lines import block_lines
from nbreview.presentation.rows import BlockKind, ViewOptions, build_blocks
from nbreview.presentation.tracebacks import traceback_folds
from tests.builders import code, error, notebook

SITE = "~/env/lib/python3.11/site-packages"
IPYTHON = f"""\
---------------------------------------------------------------------------
KeyError                                  Traceback (most recent call last)
File {SITE}/pandas/core/indexes/base.py:3805, in Index.get_loc(self, key)
   3804 try:
-> 3805     return self._engine
File index.pyx:167, in pandas._libs.index.IndexEngine.get_loc()

KeyError: 'Pric'

The above exception was the direct cause of the following exception:

KeyError                                  Traceback (most recent call last)
Cell In[4], line 1
----> 1 df['Pric']

File ~/work/mine.py:12, in load(name)
     11     x
---> 12     return frame[name]

File {SITE}/pandas/core/frame.py:4102, in DataFrame.__getitem__(self, key)
-> 4102 indexer = key

File {SITE}/numpy/core.py:1, in f(key)
-> 1 raise

File {SITE}/pandas/core/indexes/base.py:3812, in Index.get_loc(self, key)
-> 3812     raise KeyError(key)

KeyError: 'Pric'"""


def shown(text: str) -> list[str]:
    lines = text.split("\n")
    for fold in reversed(traceback_folds(text)):
        lines[fold.start : fold.stop] = [f"▸ {fold.text}"]
    return lines


def test_the_notebooks_own_frames_and_the_last_one_stay() -> None:
    left = "\n".join(shown(IPYTHON))
    for part in ("Cell In[4], line 1", "df['Pric']", "mine.py:12", "base.py:3812", "raise KeyError(key)"):
        assert part in left
    assert "frame.py:4102" not in left
    assert "base.py:3805" not in left


def test_a_fold_says_how_many_frames_of_which_packages_it_hides() -> None:
    assert [line for line in shown(IPYTHON) if line.startswith("▸")] == [
        "▸ 2 frames in pandas, index",
        "▸ 2 frames in pandas, numpy",
    ]


def test_what_is_said_between_two_errors_stays() -> None:
    left = shown(IPYTHON)
    assert left.count("KeyError: 'Pric'") == 2
    assert "The above exception was the direct cause of the following exception:" in left


def test_tracebacks_of_older_kernels_and_of_plain_python_fold_too() -> None:
    older = (
        "<ipython-input-3-0123456789ab> in <module>\n----> 1 f()\n\n"
        "/usr/lib/python3/dist-packages/lib/a.py in f(x)\n      1 y\n\n"
        "/usr/lib/python3/dist-packages/lib/b.py in g(x)\n      1 z\n\nValueError: no"
    )
    assert "▸ 1 frame in lib" in shown(older)
    plain = (
        "Traceback (most recent call last):\n"
        '  File "/tmp/ipykernel_12/345.py", line 1, in <module>\n    f()\n'
        '  File "/usr/lib/python3.11/json/decoder.py", line 337, in decode\n    obj\n'
        '  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode\n    raise\n'
        "json.decoder.JSONDecodeError: no"
    )
    assert "▸ 1 frame in python" in shown(plain)


def test_text_that_is_no_traceback_folds_nowhere() -> None:
    assert traceback_folds("a\nb\nc") == ()
    assert traceback_folds("") == ()


def test_rows_agree_with_the_blocks_and_a_fold_opens() -> None:
    head = notebook(code("x", id="a", outputs=[error("KeyError", "'Pric'", IPYTHON.split("\n"))]))
    diff = diff_notebooks(read_bytes(notebook(), "base"), read_bytes(head, "head"))
    options = ViewOptions()
    block = next(block for block in build_blocks(diff, options) if block.kind is BlockKind.OUTPUT)
    lines = block_lines(diff, block, options)
    assert len(lines.rows) == block.rows
    first = next(row for row in lines.rows if row.fold is not None)
    assert first.note == "2 frames in pandas, index"
    assert first.fold is not None
    opened = ViewOptions(expanded=frozenset({first.fold}))
    block = next(block for block in build_blocks(diff, opened) if block.kind is BlockKind.OUTPUT)
    assert len(block_lines(diff, block, opened).rows) == block.rows == len(lines.rows) + first.hidden - 1
