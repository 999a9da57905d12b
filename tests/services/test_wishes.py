"""A wish is made of what is at hand: words, a finding, an error, a commit's message."""

from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Evidence, Finding, Verdict
from nbreview.services.opening import find_target
from nbreview.services.wishes import (
    Scope,
    Wish,
    WishKind,
    scope_of_finding,
    told_findings,
    wish_of_commit,
    wish_of_error,
    wish_of_finding,
)
from tests.builders import code, error, notebook
from tests.git_repos import Repo

BOOK = read_bytes(
    notebook(code("x = load()"), code("y = 1\nx.head()", outputs=[error("AttributeError", "no head")])),
    "x.ipynb",
)
CRASH = Finding(
    "calls", Evidence.OBSERVED, Verdict.CRASH, 1, BOOK.cells[1].digest, "'NoneType' has no attribute 'head'",
    exception="AttributeError", line=1, origin_index=0, trace="line 2, in <module>",
)  # fmt: skip


def test_words_are_an_instruction_and_none_are_to_improve() -> None:
    assert Wish.of(" Shorter. ") == Wish(WishKind.INSTRUCTION, "Shorter.")
    assert (Wish.of("").kind, Wish.of("").task.section, Wish.of("").instruction) == ("improve", "improve", "")


def test_a_finding_tells_message_line_origin_and_trace() -> None:
    wish = wish_of_finding(BOOK, CRASH)
    for text in (
        "AttributeError: 'NoneType'",
        "(cell 2)",
        "Line 2: x.head()",
        "comes from cell 1",
        "in <module>",
    ):
        assert text in wish.text
    assert (wish.task.section, wish.cells) == ("finding", (1, 0))
    assert wish.instruction == "Mend this: AttributeError: 'NoneType' has no attribute 'head' (cell 2)"
    assert scope_of_finding(BOOK, CRASH) == Scope.of(0, 1)


def test_a_saved_error_is_a_wish_of_its_own() -> None:
    wish = wish_of_error(BOOK)
    assert (wish.kind, wish.text, wish.cells) == (WishKind.ERROR, "AttributeError: no head (cell 2)", (1,))
    with pytest.raises(UserError, match="Cell 1 does not hold an error output; run the notebook"):
        wish_of_error(BOOK, (0,))


def test_a_commit_message_is_taken_whole(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    path = repo.root / "a.ipynb"
    path.write_bytes(notebook(code("x = 1")))
    repo.commit("Use two\n\nOne is not enough.")
    wish = wish_of_commit(find_target(path), "HEAD")
    assert wish == Wish(WishKind.COMMIT, "Use two\n\nOne is not enough.")
    for name in ("nowhere", "--output=x"):
        with pytest.raises(UserError, match="There is no commit"):
            wish_of_commit(find_target(path), name)


def test_outside_of_git_there_is_no_commit(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook(code("x = 1")))
    with pytest.raises(UserError, match="is in no git repository"):
        wish_of_commit(find_target(path), "HEAD")


def test_the_surest_findings_of_the_scope_are_told_first() -> None:
    likely = Finding("model", Evidence.LIKELY, Verdict.CRASH, 1, "", "It may fail.")
    fine = Finding("dry-run", Evidence.OBSERVED, Verdict.NO_CRASH_FOUND, 1, "", "Fine.")
    elsewhere = Finding("names", Evidence.CERTAIN, Verdict.CRASH, 0, "", "load is not bound.")
    told = told_findings([likely, fine, CRASH, elsewhere], BOOK, Scope.of(1))
    assert [each.text.rpartition(" (")[2] for each in told] == ["observed)", "likely)"]
    assert len(told_findings([likely, CRASH, elsewhere], BOOK, Scope(None))) == 3
