"""Errors are compared by type, message and frame."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff.errors import Failure, diff_errors, error_changed, read_failure, steady
from nbreview.diff.model import ChangeKind

RULE = "\x1b[0;31m" + "-" * 75 + "\x1b[0m"


def modern(count: int = 5, line: int = 3, code: str = "df['a']", home: str = "/opt/conda") -> list[str]:
    return [
        RULE,
        "\x1b[0;31mKeyError\x1b[0m                                  Traceback (most recent call last)",
        f"File \x1b[0;32m{home}/lib/python3.12/site-packages/pandas/core/base.py:3812\x1b[0m, "
        "in Index.get(self)\n"
        "   3811 try:\n-> 3812     return self._engine.get(key)\n",
        "File pandas/_libs/index.pyx:167, in pandas._libs.index.IndexEngine.get_loc()",
        "\x1b[0;31mKeyError\x1b[0m: 'a'",
        "\nThe above exception was the direct cause of the following exception:\n",
        "KeyError                                  Traceback (most recent call last)",
        f"Cell \x1b[0;32mIn[{count}], line {line}\x1b[0m\n      1 x = 1\n\n----> {line} {code}",
        "KeyError: 'a'",
    ]


def failure(traceback: list[str], name: str = "KeyError", message: str = "'a'") -> Failure:
    return read_failure(name, message, traceback)


def test_a_traceback_is_cut_into_frames() -> None:
    frames = failure(modern()).frames
    assert [frame.split("\n")[0] for frame in frames] == [
        "File /opt/conda/lib/python3.12/site-packages/pandas/core/base.py:3812, in Index.get(self)",
        "File pandas/_libs/index.pyx:167, in pandas._libs.index.IndexEngine.get_loc()",
        "KeyError: 'a'",
        "The above exception was the direct cause of the following exception:",
        "Cell In[5], line 3",
    ]
    assert frames[-1].endswith("----> 3 df['a']")


@pytest.mark.parametrize(
    ("traceback", "frames"),
    [
        (
            [
                "<ipython-input-5-0a1b> in <module>()\n----> 1 f()\n",
                "<ipython-input-4-0a1b> in f()\n----> 1 1/0\n",
            ],
            2,
        ),
        (["/tmp/ipykernel_1/2.py in <module>\n----> 1 f()\n", "~/lib/x.py in f(a, b)\n      1 1/0\n"], 2),
        (["Input In [5], in <cell line: 1>()\n----> 1 f()\n", "Input In [4], in f()\n"], 2),
        (
            [
                'Traceback (most recent call last):\n  File "x.py", line 1, in <module>\n    f()\n'
                '  File "x.py", line 2, in f\n    1/0\n'
            ],
            2,
        ),
        (["  Cell In[5], line 1\n    x = = 2\n        ^\n"], 1),
        ([], 0),
    ],
)
def test_every_layout_is_known(traceback: list[str], frames: int) -> None:
    found = read_failure("E", "m", [RULE, "E   Traceback (most recent call last)", *traceback, "E: m"])
    assert len(found.frames) == frames


def test_what_every_run_changes_is_no_difference() -> None:
    diff = diff_errors(failure(modern(5)), failure(modern(17, home="/home/me/.venv")))
    assert not error_changed(diff)
    assert {frame.kind for frame in diff.frames} == {ChangeKind.UNCHANGED}


@pytest.mark.parametrize(
    ("base", "head"),
    [
        ("<ipython-input-5-0a1b2c> in f()", "<ipython-input-9-ffffff> in f()"),
        ("/tmp/ipykernel_12/345.py in f()", "/tmp/ipykernel_99/1.py in f()"),
        ("File /tmp/tmpab12/x.py:3, in f()", "File /tmp/tmpzz99/x.py:3, in f()"),
        ("invalid syntax (123.py, line 1)", "invalid syntax (987.py, line 1)"),
        ("<A object at 0x7f001122>", "<A object at 0x7f003344>"),
    ],
)
def test_names_of_one_run_are_taken_out(base: str, head: str) -> None:
    assert steady(base) == steady(head)


def test_another_line_of_the_cell_is_one_changed_frame() -> None:
    diff = diff_errors(failure(modern()), failure(modern(code="df['b']")))
    assert (diff.type_changed, diff.message_changed) == (False, False)
    assert [frame.kind.value for frame in diff.frames] == ["unchanged"] * 4 + ["modified"]


def test_type_message_and_frames_are_told_apart() -> None:
    base = failure(["File a.py:1, in f()", "File b.py:2, in g()"])
    head = failure(
        ["File a.py:1, in f()", "File zzz.py:99, in somewhere_else()", "File b.py:2, in g()"],
        "ValueError",
        "b",
    )
    diff = diff_errors(base, head)
    assert (diff.type_changed, diff.message_changed) == (True, True)
    assert [frame.kind.value for frame in diff.frames] == ["unchanged", "added", "unchanged"]
    back = diff_errors(head, base)
    assert [frame.kind.value for frame in back.frames] == ["unchanged", "removed", "unchanged"]


@given(st.lists(st.text("-> :InE[1]\nFilecrtab.py,", max_size=40), max_size=5))
def test_any_traceback_is_read_and_equals_itself(traceback: list[str]) -> None:
    found = read_failure("E", "b", traceback)
    assert not error_changed(diff_errors(found, found))
