"""Whatever two files hold, comparing and showing them gives an answer or one sentence, never a traceback.

Thousands of notebooks: arbitrary ones, whose every field may hold any JSON value, and damaged ones, whose
bytes were cut, changed or put in another place.
"""

import copy
import io
import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from nbreview.diff.model import NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.diff.options import Aspect, DiffOptions
from nbreview.errors import UserError
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.html import html_page
from nbreview.presentation.labels import describe_change
from nbreview.presentation.lines import block_lines
from nbreview.presentation.nbdime import nbdime_diff
from nbreview.presentation.record import diff_record
from nbreview.presentation.rows import BlockKind, ViewOptions, build_blocks
from nbreview.presentation.text import render_diff
from tests.builders import code, display, error, markdown, notebook, stream

TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            "\n",
            "\r\n",
            "a\rb",
            "\x1b[31mred\x1b[0m",
            "<table><tr><td>1</td></tr></table>",
            "<table",
            "In [1]",
            "iVBORw0KGgo=",
            "not base64 !",
            "%%bash\nls",
            "x" * 2_000,
        ]
    ),
)
WILD_TEXT = TEXT | st.sampled_from(["\ud800", "\x00"])
SCALAR = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT)
JSON = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=6
)
SOURCE = st.one_of(WILD_TEXT, st.lists(WILD_TEXT, max_size=4), JSON)
MIME = st.sampled_from(
    [
        "text/plain",
        "text/html",
        "image/png",
        "image/svg+xml",
        "image/jpeg",
        "application/json",
        "text/latex",
        "text/markdown",
        "application/vnd.jupyter.widget-view+json",
        "application/vnd.plotly.v1+json",
        "",
        "odd",
    ]
)
BUNDLE = st.dictionaries(MIME, SOURCE, max_size=3)
OUTPUT = st.one_of(
    st.fixed_dictionaries({"output_type": st.just("stream"), "name": TEXT, "text": SOURCE}),
    st.fixed_dictionaries(
        {"output_type": st.sampled_from(["display_data", "execute_result"]), "data": BUNDLE, "metadata": JSON}
    ),
    st.fixed_dictionaries(
        {"output_type": st.just("error"), "ename": SOURCE, "evalue": SOURCE, "traceback": SOURCE}
    ),
    JSON,
)
CELL = st.one_of(
    st.fixed_dictionaries(
        {"cell_type": st.sampled_from(["code", "markdown", "raw", "heading", 7]), "source": SOURCE},
        optional={
            "id": st.one_of(st.sampled_from(["a", "b"]), JSON),
            "metadata": st.one_of(st.dictionaries(TEXT, JSON, max_size=3), JSON),
            "outputs": st.one_of(st.lists(OUTPUT, max_size=3), JSON),
            "execution_count": SCALAR,
            "attachments": st.one_of(st.dictionaries(TEXT, st.one_of(BUNDLE, JSON), max_size=2), JSON),
        },
    ),
    JSON,
)
LINES = st.one_of(TEXT, st.lists(TEXT, max_size=4))
SHOWN = st.one_of(
    st.fixed_dictionaries(
        {"output_type": st.just("stream"), "name": st.sampled_from(["stdout", "stderr"]), "text": LINES}
    ),
    st.fixed_dictionaries(
        {
            "output_type": st.sampled_from(["display_data", "execute_result"]),
            "data": st.dictionaries(MIME, LINES, max_size=3),
            "metadata": st.dictionaries(TEXT, JSON, max_size=2),
        }
    ),
    st.fixed_dictionaries(
        {
            "output_type": st.just("error"),
            "ename": TEXT,
            "evalue": TEXT,
            "traceback": st.lists(TEXT, max_size=3),
        }
    ),
)
READABLE_CELL = st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["code", "markdown", "raw"]),
        "source": LINES,
        "metadata": st.dictionaries(TEXT, JSON, max_size=3),
    },
    optional={
        "id": st.sampled_from(["a", "b", "c"]),
        "outputs": st.lists(SHOWN, max_size=3),
        "execution_count": st.one_of(st.none(), st.integers(0, 99)),
        "attachments": st.dictionaries(TEXT, st.dictionaries(MIME, LINES, max_size=2), max_size=2),
    },
)
READABLE = st.fixed_dictionaries(
    {
        "cells": st.lists(READABLE_CELL, max_size=6),
        "nbformat": st.just(4),
        "nbformat_minor": st.integers(0, 5),
        "metadata": st.dictionaries(TEXT, JSON, max_size=3),
    }
)
WILD = st.fixed_dictionaries(
    {
        "cells": st.one_of(st.lists(CELL, max_size=5), JSON),
        "nbformat": st.sampled_from([4, 4, 4, 3, 2, 5, "4"]),
    },
    optional={"metadata": st.one_of(st.dictionaries(TEXT, JSON, max_size=3), JSON), "nbformat_minor": SCALAR},
)
ARBITRARY = st.one_of(READABLE, READABLE, WILD)

WHOLE = notebook(
    markdown("# Title\n\nwords, ![x](attachment:a.png)", id="m"),
    code("import os\nx = 1\n", id="a", count=1, outputs=[stream("a\nb\n"), error("E", "v", ["1", "2"])]),
    code("y", outputs=[display(text_plain="t", text_html="<table><tr><td>1</td></tr></table>")], tags=["t"]),
    code("z", outputs=[display(image_png="iVBORw0KGgo="), display(application_json={"a": [1]})]),
)


def read(data: bytes) -> Notebook | None:
    try:
        return read_bytes(data, "some.ipynb")
    except UserError as refused:
        assert refused.message.startswith("some.ipynb") or "some.ipynb" in refused.message
        return None


def encode(value: object) -> bytes:
    return json.dumps(value).encode()


def covered(diff: NotebookDiff) -> None:
    for side, notebook_ in (("base_index", diff.base), ("head_index", diff.head)):
        places = [getattr(change, side) for change in diff.cells if getattr(change, side) is not None]
        assert sorted(places) == list(range(len(notebook_.cells)))


def show(diff: NotebookDiff) -> None:
    """Everything that is ever made of a diff."""
    json.dumps(diff_record(diff, "base", "head"), allow_nan=False)
    console = Console(file=io.StringIO(), width=80, force_terminal=True)
    render_diff(diff, "base", "head", console)
    html_page([("base", "head", diff)], "a page").encode("utf-8")
    for options in (ViewOptions(), ViewOptions(fold_unchanged=False, metadata=True, one_column=True)):
        for block in build_blocks(diff, options):
            if block.kind in (BlockKind.SOURCE, BlockKind.METADATA, BlockKind.OUTPUT):
                block_lines(diff, block, options)
    for index in range(len(diff.cells)):
        describe_change(diff, index)


def compare(base: bytes, head: bytes, then: Callable[[NotebookDiff], None]) -> None:
    first, second = read(base), read(head)
    if first is None or second is None:
        return
    for one, other in ((first, second), (second, first), (first, first)):
        diff = diff_notebooks(one, other)
        covered(diff)
        then(diff)
    everything = DiffOptions(ignored=frozenset(), whitespace=False)
    covered(diff_notebooks(first, second, everything))
    assert not diff_notebooks(first, second, DiffOptions(ignored=frozenset(Aspect))).metadata


QUIET = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


@settings(QUIET, max_examples=600)
@given(base=ARBITRARY, head=ARBITRARY)
def test_arbitrary_notebooks_are_compared_or_refused_in_one_sentence(base: Any, head: Any) -> None:
    compare(encode(base), encode(head), lambda diff: None)


@settings(QUIET, max_examples=80)
@given(base=ARBITRARY, head=ARBITRARY)
def test_whatever_two_notebooks_hold_can_be_shown_in_every_form(base: Any, head: Any) -> None:
    compare(encode(base), encode(head), show)


@settings(QUIET, max_examples=80)
@given(base=ARBITRARY, head=ARBITRARY)
def test_whatever_two_notebooks_hold_has_nbdimes_form_or_is_refused_in_one_sentence(
    base: Any, head: Any
) -> None:
    def form(diff: NotebookDiff) -> None:
        try:
            json.dumps(nbdime_diff(diff))
        except UserError as refused:
            assert refused.message

    compare(encode(base), encode(head), form)


@settings(QUIET, max_examples=1_000)
@given(data=st.data())
def test_damaged_bytes_are_compared_or_refused_in_one_sentence(data: st.DataObject) -> None:
    damaged = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(damaged)))
        stop = data.draw(st.integers(start, min(start + 40, len(damaged))))
        other = data.draw(st.integers(0, len(damaged)))
        damaged[start:stop] = data.draw(
            st.one_of(
                st.binary(max_size=6),
                st.just(bytes(damaged[other : other + 30])),
                st.sampled_from(
                    [b"", b'"', b"{", b"]", b"null", b"1e999", b"\xff", b"\\ud800", b"<<<<<<< a\n"]
                ),
            )
        )
    compare(WHOLE, bytes(damaged), lambda diff: None)


@settings(QUIET, max_examples=300)
@given(data=st.data(), value=JSON)
def test_any_value_in_any_place_is_shown_or_refused_in_one_sentence(
    data: st.DataObject, value: object
) -> None:
    whole = json.loads(WHOLE)
    changed = copy.deepcopy(whole)
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        keys = (
            list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
        )
        for key in keys:
            places.append((node, key))
            walk(node[key])

    walk(changed)
    node, key = data.draw(st.sampled_from(places))
    node[key] = value
    compare(encode(whole), encode(changed), show)
