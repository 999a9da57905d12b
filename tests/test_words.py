"""Sentences that can be said in another language."""

import ast
import pickle
from pathlib import Path

import orjson
import pytest

import nbreview
from nbreview.errors import UserError
from nbreview.words import Said, joined, said

PACKAGE = Path(nbreview.__file__).parent
SPEAKING = ("assist", "checks", "diff", "history", "kernel", "llm", "notebook", "services", "store")
"""The rooms below the window whose errors a person can meet in it."""


def test_a_sentence_is_its_english_text_and_knows_what_it_was_made_of() -> None:
    inner = said("{count} cells", count=3)
    whole = said("{what} in {path}", what=inner, path="a.ipynb")
    assert whole == "3 cells in a.ipynb"
    assert (whole.template, whole.values) == ("{what} in {path}", {"what": inner, "path": "a.ipynb"})


def test_what_stands_in_a_row_keeps_its_parts() -> None:
    whole = joined((said("GPU off"), "x"))
    assert whole == "GPU off, x"
    assert [type(part) for part in whole.values.values()] == [Said, str]


def test_braces_stay_where_there_are_no_values() -> None:
    assert said("a {dict}") == "a {dict}"


def test_a_sentence_passes_between_processes_and_into_json() -> None:
    error = pickle.loads(pickle.dumps(UserError(said("{path} is gone; choose another.", path="x"))))
    assert isinstance(error.message, Said)
    assert error.message.values == {"path": "x"}
    assert orjson.dumps({"message": error.message}) == b'{"message":"x is gone; choose another."}'


@pytest.mark.parametrize("room", SPEAKING)
def test_every_error_below_the_window_can_be_translated(room: str) -> None:
    plain = []
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if getattr(called, "id", "") == "UserError" and isinstance(
                node.args[0], ast.Constant | ast.JoinedStr | ast.BinOp
            ):
                plain.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert not plain, "\n".join(plain)
