"""Metadata differs leaf by leaf, and what changes by itself does not count."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff.metadata import cell_changes, metadata_changes, notebook_changes
from nbreview.diff.model import ChangeKind, MetadataChange
from nbreview.diff.options import NOISE, Aspect, DiffOptions
from nbreview.notebook.model import Cell, Notebook
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook


def cell(**metadata: Any) -> Cell:
    return read_bytes(notebook(code("x", **metadata)), "a").cells[0]


def book(**metadata: Any) -> Notebook:
    return read_bytes(notebook(**metadata), "a")


def test_leaves_are_named_by_their_path() -> None:
    found = metadata_changes({"a": {"b": 1, "c": 2}, "gone": 1}, {"a": {"b": 3, "c": 2}, "new": [1]})
    assert found == (
        MetadataChange(("a", "b"), ChangeKind.MODIFIED, 1, 3),
        MetadataChange(("gone",), ChangeKind.REMOVED, 1, None),
        MetadataChange(("new",), ChangeKind.ADDED, None, [1]),
    )


def test_true_is_not_one_and_nan_is_itself() -> None:
    assert len(metadata_changes({"a": 1}, {"a": True})) == 1
    assert metadata_changes({"a": float("nan")}, {"a": float("nan")}) == ()


@pytest.mark.parametrize(
    "volatile",
    [
        {"collapsed": True},
        {"scrolled": "auto"},
        {"ExecuteTime": {"start_time": "1"}},
        {"execution": {"iopub.execute_input": "2024"}},
        {"jupyter": {"outputs_hidden": True}},
        {"executionInfo": {"elapsed": 1}},
        {"papermill": {"duration": 1.5}},
    ],
)
def test_view_state_and_timings_do_not_count(volatile: dict[str, Any]) -> None:
    assert cell_changes(cell(), cell(**volatile)) == ()
    assert cell_changes(cell(**volatile), cell()) == ()


def test_tags_and_hidden_sources_do() -> None:
    found = cell_changes(cell(tags=["a"]), cell(tags=["a", "b"], jupyter={"source_hidden": True}))
    assert [change.path for change in found] == [("jupyter", "source_hidden"), ("tags",)]


def test_attachments_are_named() -> None:
    plain = markdown("![](attachment:a.png)")
    with_picture = {**plain, "attachments": {"a.png": {"image/png": "aGk="}}}
    other = {**plain, "attachments": {"a.png": {"image/png": "aGl="}, "b.png": {}}}
    old, new, newer = (read_bytes(notebook(each), "a").cells[0] for each in (plain, with_picture, other))
    assert [(c.path, c.kind) for c in cell_changes(old, new)] == [
        (("attachments", "a.png"), ChangeKind.ADDED)
    ]
    assert [c.kind for c in cell_changes(new, newer)] == [ChangeKind.MODIFIED, ChangeKind.ADDED]
    assert [c.kind for c in cell_changes(newer, old)] == [ChangeKind.REMOVED, ChangeKind.REMOVED]


def test_another_kernel_or_language_version_counts_and_widget_state_does_not() -> None:
    base = book(kernelspec={"name": "python3"}, language_info={"name": "python", "version": "3.11"})
    head = book(
        kernelspec={"name": "ml"},
        language_info={"name": "python", "version": "3.12"},
        widgets={"state": {}},
        vscode={"interpreter": {"hash": "x"}},
    )
    paths = [change.path for change in notebook_changes(base, head)]
    assert paths == [("kernelspec", "name"), ("language_info", "version")]


TREES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from("abc"), TREES), st.dictionaries(st.sampled_from("abc"), TREES))
def test_there_are_changes_exactly_when_something_differs(base: dict[str, Any], head: dict[str, Any]) -> None:
    assert bool(metadata_changes(base, head)) == (repr(base) != repr(head) and base != head) or any(
        isinstance(change.base, bool) != isinstance(change.head, bool)
        for change in metadata_changes(base, head)
    )


@pytest.mark.parametrize(
    ("aspect", "paths"),
    [
        (Aspect.TAGS, [("tags",)]),
        (Aspect.METADATA, [("jupyter", "source_hidden")]),
        (Aspect.ATTACHMENTS, [("attachments", "a.png")]),
        (Aspect.COUNTS, [("execution_count",)]),
        (Aspect.IDS, [("id",)]),
        (Aspect.VOLATILE, []),
    ],
)
def test_each_aspect_of_a_cell_is_compared_alone_when_it_alone_is_asked_for(
    aspect: Aspect, paths: list[tuple[str, ...]]
) -> None:
    old = read_bytes(notebook(code("x", count=1, id="one")), "a").cells[0]
    new = read_bytes(
        notebook(code("x", count=2, id="two", tags=["t"], collapsed=True, jupyter={"source_hidden": True})),
        "a",
    ).cells[0]
    new = replace(new, attachments={"a.png": {"image/png": "AA=="}})
    options = DiffOptions(ignored=frozenset(Aspect) - {aspect})
    assert [change.path for change in cell_changes(old, new, options)] == paths
    without = DiffOptions(ignored=frozenset({aspect}))
    assert not {change.path for change in cell_changes(old, new, without)} & set(paths)


def test_view_state_is_shown_when_it_is_asked_for() -> None:
    options = DiffOptions(ignored=NOISE - {Aspect.VOLATILE})
    found = cell_changes(cell(), cell(scrolled=True), options)
    assert [change.path for change in found] == [("scrolled",)]


def test_kernel_and_language_version_are_aspects_of_their_own() -> None:
    def ran(name: str, version: str, lexer: str) -> Notebook:
        language = {"name": "python", "version": version, "pygments_lexer": lexer}
        return book(kernelspec={"name": name}, language_info=language)

    old, new = ran("python3", "3.10.1", "ipython3"), ran("torch", "3.12.0", "ipython4")
    assert [c.path for c in notebook_changes(old, new)] == [
        ("kernelspec", "name"),
        ("language_info", "version"),
    ]
    for aspect, path in ((Aspect.KERNEL, "kernelspec"), (Aspect.LANGUAGE, "language_info")):
        without = DiffOptions(ignored=NOISE | {aspect})
        assert path not in [change.path[0] for change in notebook_changes(old, new, without)]
    everything = DiffOptions(ignored=frozenset())
    assert ("language_info", "pygments_lexer") in [c.path for c in notebook_changes(old, new, everything)]
