"""Three files merged into the bytes of one: layout kept, bad versions refused."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbreview.errors import UserError
from nbreview.history.repository import Repository
from nbreview.notebook.reader import read_bytes
from nbreview.services.merging import Version, merge_unmerged, merge_versions, summary
from tests.builders import code, markdown, notebook, stream
from tests.git_repos import Repo

TITLE = markdown("# Motoröl", id="t")
BASE = notebook(TITLE, code("a = 1", id="a"), code("b = 1", id="b"))
OURS = notebook(TITLE, code("a = 2", id="a"), code("b = 1", id="b"))
THEIRS = notebook(TITLE, code("a = 1", id="a"), code("b = 2", id="b"))


def merged(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    return merge_versions(Version("base", base), Version("ours", ours), Version("theirs", theirs)).data


def test_the_merged_file_is_what_jupyter_would_have_written() -> None:
    expected = notebook(TITLE, code("a = 2", id="a"), code("b = 2", id="b"))

    assert merged(BASE, OURS, THEIRS) == expected


@pytest.mark.parametrize(
    "layout",
    [
        {"indent": 4, "ensure_ascii": True},
        {"indent": None, "separators": (",", ":")},
        {"indent": "\t", "ensure_ascii": False},
    ],
)
def test_the_layout_is_that_of_ours(layout: dict[str, object]) -> None:
    def written(data: bytes) -> bytes:
        return json.dumps(json.loads(data), **layout).encode()  # type: ignore[arg-type]

    expected = notebook(TITLE, code("a = 2", id="a"), code("b = 2", id="b"))

    assert merged(BASE, written(OURS), THEIRS) == written(expected)


def test_what_only_one_side_changed_keeps_that_sides_bytes() -> None:
    odd = THEIRS.replace(b'"metadata": {}', b'"metadata" :{ }') + b"\n\n"

    assert merged(BASE, BASE, odd) == odd
    assert merged(BASE, odd, BASE) == odd
    assert merged(BASE, odd, odd) == odd


def test_numbers_keep_their_digits_on_both_sides() -> None:
    ours = OURS.replace(b'"metadata": {}', b'"metadata": {"big": 123456789012345678901234567890}', 1)
    theirs = THEIRS.replace(b'"nbformat":', b'"extra": [{"rate": 1.50e-07}],\n "nbformat":')

    data = merged(BASE, ours, theirs)

    assert b"123456789012345678901234567890" in data
    assert b"1.50e-07" in data
    assert json.loads(data)


def test_an_empty_base_is_a_notebook_that_both_added() -> None:
    data = merged(b"", notebook(TITLE, code("a", id="a")), notebook(TITLE, code("b", id="b")))

    assert data == notebook(TITLE, code("a", id="a"), code("b", id="b"))


def test_a_version_that_is_no_notebook_is_named() -> None:
    with pytest.raises(UserError, match="theirs is truncated"):
        merged(BASE, OURS, THEIRS[:-20])
    with pytest.raises(UserError, match="ours is empty"):
        merged(BASE, b"", THEIRS)


def test_format_3_is_refused_with_what_to_do() -> None:
    old = json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}).encode()

    with pytest.raises(UserError, match=r"theirs has the old notebook format 3.*Jupyter"):
        merged(BASE, OURS, old)


def test_the_summary_says_what_is_left_and_what_was_chosen() -> None:
    def ran(text: str, source: str) -> bytes:
        return notebook(TITLE, code("a = 1", id="a", outputs=[stream(text)]), code(source, id="b"))

    found = merge_versions(
        Version("base", BASE), Version("ours", ran("1", "b = 3")), Version("theirs", ran("2", "b = 4"))
    )

    assert summary(found.merged, "a.ipynb") == [
        "a.ipynb: 1 conflict",
        "  cell 3: source",
        "a.ipynb: cell 2: outputs taken from ours (changed on both sides)",
    ]


def discovered(repo: Repo) -> Repository:
    repository = Repository.discover(repo.root)
    assert repository is not None
    return repository


def test_the_versions_of_an_unmerged_path_bear_the_names_of_their_branches(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": BASE})
    repo.branch("topic")
    repo.commit("theirs", {"a.ipynb": BASE.replace(b"a = 1", b"a = 3")})
    repo.checkout("main")
    repo.commit("ours", {"a.ipynb": OURS})
    repo.conflict("topic")

    found = merge_unmerged(discovered(repo), "a.ipynb")

    assert b"<<<<<<< ours (main)" in found.data
    assert b">>>>>>> theirs (topic)" in found.data


def test_what_is_not_in_conflict_or_was_deleted_is_said(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": BASE})
    with pytest.raises(UserError, match=r"a\.ipynb is not in conflict"):
        merge_unmerged(discovered(repo), "a.ipynb")

    repo.branch("topic")
    repo.rm("a.ipynb")
    repo.commit("theirs")
    repo.checkout("main")
    repo.commit("ours", {"a.ipynb": OURS})
    repo.conflict("topic")
    with pytest.raises(UserError, match=r"a\.ipynb was deleted by theirs and changed by ours.*git rm"):
        merge_unmerged(discovered(repo), "a.ipynb")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path)


odd = st.sampled_from(
    [None, "", "a\nb", ["a\n", "b"], [], {}, {"tags": "x"}, {"nbreview": 1}, {"a": {"b": []}}, 1]
)
odd_cells = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw"])},
    optional={
        "id": st.sampled_from(["a", "b", "", None]),
        "source": odd,
        "metadata": odd,
        "outputs": st.sampled_from([None, [], [{"output_type": "stream"}], [{"output_type": "error"}]]),
        "execution_count": odd,
        "attachments": odd,
        "extra": odd,
    },
)
odd_books = st.fixed_dictionaries(
    {"nbformat": st.just(4), "cells": st.lists(odd_cells, max_size=3)},
    optional={"nbformat_minor": st.sampled_from([None, 4, 5, "5"]), "metadata": odd, "more": odd},
)


@given(odd_books, odd_books, odd_books)
@settings(max_examples=300, deadline=None)
def test_odd_notebooks_are_merged_into_one_that_can_be_read_or_refused_in_a_sentence(
    base: object, ours: object, theirs: object
) -> None:
    with contextlib.suppress(UserError):
        data = merged(*(json.dumps(each, indent=1).encode() for each in (base, ours, theirs)))
        read_bytes(data, "merged")
