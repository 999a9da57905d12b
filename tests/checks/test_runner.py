"""All static checks together."""

import sys
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.checks.environment import read_environment, save_facts
from nbreview.checks.runner import learn_libraries, run_checks
from nbreview.notebook.reader import read_bytes
from nbreview.words import Said
from tests.builders import code, error, notebook


def checks(*cells: dict) -> list[tuple[int, str, str]]:
    found = run_checks(read_bytes(notebook(*cells), "x.ipynb"))
    return [(finding.cell_index, finding.check, finding.exception) for finding in found]


def test_findings_come_in_the_order_of_the_notebook() -> None:
    assert checks(
        code("a", outputs=[error("KeyError", "1")]),
        code("b = ="),
        code("1\nc"),
    ) == [
        (0, "names", "NameError"),
        (0, "saved-error", "KeyError"),
        (1, "syntax", "SyntaxError"),
        (2, "names", "NameError"),
    ]


def test_a_saved_error_that_is_certain_anyway_is_told_once() -> None:
    assert checks(code("x", outputs=[error("NameError", "name 'x' is not defined")])) == [
        (0, "names", "NameError")
    ]


def test_a_saved_error_that_a_called_function_is_certain_to_raise_is_told_once() -> None:
    saved = error("NameError", "name 'x' is not defined")
    assert checks(code("def f():\n    return x"), code("f()", outputs=[saved])) == [(1, "names", "NameError")]


def test_another_saved_name_error_is_kept() -> None:
    saved = error("NameError", "name 'y' is not defined")
    found = checks(code("x\nfor i in []:\n    y", outputs=[saved]))
    assert sorted(found) == [(0, "names", "NameError"), (0, "saved-error", "NameError")]


def test_every_finding_is_tied_to_the_source_that_it_is_about() -> None:
    book = read_bytes(notebook(code("x", id="a1")), "x.ipynb")
    (found,) = run_checks(book)
    assert (found.source_digest, found.cell_id) == (book.cells[0].digest, "a1")


def test_checks_stop_when_asked_to() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        run_checks(read_bytes(notebook(code("x")), "x.ipynb"), cancel)


def test_two_hundred_cells_take_milliseconds_a_cell() -> None:
    body = "\n".join(f"v{i} = sum(range({i}))\nif v{i} > 3:\n    print(v{i})" for i in range(20))
    assert checks(*[code(f"{body}\nw{n} = {n}") for n in range(200)]) == []


def test_every_crash_says_what_it_is_called() -> None:
    cells = (code("x"), code("b ="), code("1", outputs=[error("KeyError", "1")]), code("def f(): pass\nf(1)"))
    found = run_checks(read_bytes(notebook(*cells), "x.ipynb"))
    assert [finding.cause and finding.cause.crash_type for finding in found] == [
        "variable not found",
        "syntax error",
        "key error",
        "invalid argument",
    ]


def test_what_is_ours_in_a_finding_can_be_said_in_another_language() -> None:
    cells = (code("x"), code("1", outputs=[error("KeyError", "1")]), code("def f(): pass\nf(1)"))
    found = run_checks(read_bytes(notebook(*cells), "x.ipynb"))
    assert {finding.check for finding in found} == {"names", "saved-error", "calls"}
    assert all(isinstance(finding.message, Said) for finding in found)


def test_what_was_learned_of_the_libraries_is_judged_by_from_then_on(tmp_path: Path) -> None:
    value = read_bytes(notebook(code("import json\njson.dupms(1)")), "x.ipynb")
    python = Path(sys.executable)
    fresh = read_environment(python, tmp_path)
    assert run_checks(value, None, fresh) == ()
    save_facts(learn_libraries(value, fresh), tmp_path)
    (found,) = run_checks(value, None, read_environment(python, tmp_path))
    assert found.message.startswith("AttributeError: module 'json' has no attribute 'dupms'")


def test_the_folder_tells_which_files_and_modules_are_there(tmp_path: Path) -> None:
    value = read_bytes(notebook(code("open('a.txt')")), "x.ipynb")
    assert [finding.check for finding in run_checks(value, folder=tmp_path)] == ["files"]
    (tmp_path / "a.txt").write_text("")
    assert run_checks(value, folder=tmp_path) == ()


def test_an_object_that_is_deleted_twice_is_told_by_its_name() -> None:
    assert checks(code("x = 1\ndel x"), code("del x")) == [(1, "names", "NameError")]
