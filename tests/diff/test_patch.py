"""Every part of a diff can be taken and given back, and together they are the whole."""

import copy
import importlib.util
import json
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff.lines import diff_text
from nbreview.diff.model import ChangeKind, EditKind, NotebookDiff, OutputCategory, OutputChange
from nbreview.diff.notebooks import diff_notebooks
from nbreview.diff.options import DEFAULT_OPTIONS, NOISE, Aspect, DiffOptions
from nbreview.diff.parts import (
    CellPart,
    HunkPart,
    MetadataPart,
    NotebookPart,
    OutputPart,
    Part,
    SourcePart,
    WholePart,
    hunks,
)
from nbreview.diff.patch import parts, patched, patched_bytes
from nbreview.errors import UserError
from nbreview.notebook.model import EMPTY
from nbreview.notebook.reader import read_bytes
from nbreview.notebook.splicing import same
from tests.builders import code, display, error, markdown, notebook, stream

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"

OPTIONS = (
    DEFAULT_OPTIONS,
    DiffOptions(ignored=frozenset()),
    DiffOptions(ignored=NOISE | {Aspect.OUTPUTS, Aspect.METADATA}, whitespace=False),
    DiffOptions(ids=False, similarity=0.9, ignored=NOISE | {Aspect.SOURCES, Aspect.TAGS}),
)

# --- random notebooks ---------------------------------------------------------------------------------------

LINES = st.sampled_from(["", "x = 1", "y = 2", "    z = x", "print(x)", "# é", "x  = 1", "x = 10"])
SOURCES = st.lists(LINES, max_size=5).map("\n".join)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(0, 2), st.sampled_from(["a", "b"]), st.just([1]))
METADATA = st.dictionaries(
    st.sampled_from(["tags", "id", "collapsed", "custom", "attachments"]),
    st.one_of(LEAVES, st.dictionaries(st.sampled_from("pq"), LEAVES, max_size=2)),
    max_size=3,
)
OUTPUTS = st.lists(
    st.sampled_from(
        [
            stream("1\n"),
            stream("2\n"),
            stream("oh\n", "stderr"),
            display(text_plain="3"),
            display(text_plain="4", text_html="<b>4</b>"),
            error("E", "no"),
            {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": 1},
        ]
    ),
    max_size=4,
)


@st.composite
def cells(draw: st.DrawFn, with_ids: bool) -> dict[str, Any]:
    kind = draw(st.sampled_from(["code", "code", "markdown", "raw"]))
    source: Any = draw(SOURCES)
    if draw(st.booleans()):
        source = source.splitlines(keepends=True)
    cell: dict[str, Any] = {"cell_type": kind, "metadata": draw(METADATA), "source": source}
    if with_ids:
        cell["id"] = draw(st.sampled_from(["a", "b", "c", "d", "e"]))
    if kind == "code":
        cell["outputs"] = draw(OUTPUTS)
        cell["execution_count"] = draw(st.one_of(st.none(), st.integers(1, 3)))
    elif draw(st.booleans()):
        cell["attachments"] = {"a.png": {"image/png": draw(st.sampled_from(["AA==", "AQ=="]))}}
    if draw(st.integers(0, 9)) == 0:
        cell["unknown"] = draw(LEAVES)
    if draw(st.integers(0, 5)) == 0:  # odd, but read
        field = draw(st.sampled_from(["metadata", "outputs", "source", "id", "attachments"]))
        if draw(st.booleans()):
            cell[field] = None
        else:
            cell.pop(field, None)
    return cell


@st.composite
def values(draw: st.DrawFn) -> dict[str, Any]:
    minor = draw(st.integers(0, 5))
    made = draw(st.lists(cells(minor == 5), max_size=5))
    value = {"cells": made, "metadata": draw(METADATA), "nbformat": 4, "nbformat_minor": minor}
    if draw(st.integers(0, 4)) == 0:
        value["unknown"] = draw(LEAVES)
    return value


@st.composite
def pairs(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """Two notebooks; often the second was made from the first by a few edits."""
    base = draw(values())
    if draw(st.booleans()):
        return encoded(base), encoded(draw(values()))
    head = copy.deepcopy(base)
    made = head["cells"]
    for _ in range(draw(st.integers(1, 4))):
        act = draw(st.sampled_from(["insert", "remove", "move", "edit", "copy", "outputs", "type", "meta"]))
        if act == "insert" or not made:
            made.insert(draw(st.integers(0, len(made))), draw(cells(head["nbformat_minor"] == 5)))
            continue
        place = draw(st.integers(0, len(made) - 1))
        if act == "remove":
            made.pop(place)
        elif act == "move":
            made.insert(draw(st.integers(0, len(made) - 1)), made.pop(place))
        elif act == "copy":
            made.insert(place, copy.deepcopy(made[place]))
        elif act == "edit":
            made[place]["source"] = draw(SOURCES)
        elif act == "outputs" and made[place]["cell_type"] == "code":
            made[place]["outputs"] = draw(OUTPUTS)
        elif act == "type":
            made[place] = {**draw(cells(False)), "source": made[place].get("source")}
        else:
            made[place]["metadata"] = draw(METADATA)
    return encoded(base), encoded(head)


def encoded(value: dict[str, Any]) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode()


def compared(base: bytes, head: bytes, options: DiffOptions = DEFAULT_OPTIONS) -> NotebookDiff:
    return diff_notebooks(read_bytes(base, "base"), read_bytes(head, "head"), options)


def fine_parts(diff: NotebookDiff) -> list[Part]:
    """Everything smaller than a cell that a diff lists."""
    found: list[Part] = [MetadataPart(None, entry) for entry in range(len(diff.metadata))]
    for place, change in enumerate(diff.cells):
        if change.base_index is None or change.head_index is None or change.type_changed:
            continue
        if change.source is not None:
            found.append(SourcePart(place))
            found += [HunkPart(place, hunk) for hunk in range(len(hunks(change.source)))]
        found += [OutputPart(place, output) for output in range(len(change.outputs))]
        found += [MetadataPart(place, entry) for entry in range(len(change.metadata))]
    return found


@given(pair=pairs(), options=st.sampled_from(OPTIONS))
def test_all_parts_are_the_head_and_given_back_the_base(
    pair: tuple[bytes, bytes], options: DiffOptions
) -> None:
    diff = compared(*pair, options)
    before = copy.deepcopy((diff.base.raw, diff.head.raw))
    for chosen in ([WholePart()], parts(diff)):
        assert same(patched(diff, chosen), diff.head.raw)
        assert same(patched(diff, chosen, reverse=True), diff.base.raw)
        there = patched_bytes(diff, *pair, chosen, "a")
        back = patched_bytes(diff, *pair, chosen, "a", reverse=True)
        assert same(read_bytes(there, "a").raw, diff.head.raw)
        assert same(read_bytes(back, "a").raw, diff.base.raw)
    assert patched_bytes(diff, *pair, [], "a") == pair[0]
    assert patched_bytes(diff, *pair, [], "a", reverse=True) == pair[1]
    assert same((diff.base.raw, diff.head.raw)[0], before[0])
    assert same((diff.base.raw, diff.head.raw)[1], before[1])


@given(pair=pairs(), data=st.data(), options=st.sampled_from(OPTIONS))
def test_taking_some_cells_is_giving_back_the_others(
    pair: tuple[bytes, bytes], data: st.DataObject, options: DiffOptions
) -> None:
    diff = compared(*pair, options)
    every = parts(diff)
    some = {part for part in every if data.draw(st.booleans())}
    others = [part for part in every if part not in some]
    there, back = patched(diff, some), patched(diff, others, reverse=True)
    assert there.get("cells") == back.get("cells")
    assert there == back
    written = patched_bytes(diff, *pair, some, "a")
    assert json.loads(written) == json.loads(json.dumps(there))


@given(pair=pairs(), data=st.data(), options=st.sampled_from(OPTIONS))
def test_parts_taken_one_by_one_in_any_order_end_at_the_head(
    pair: tuple[bytes, bytes], data: st.DataObject, options: DiffOptions
) -> None:
    base, head = pair
    for _ in range(60):
        diff = compared(base, head, options)
        every = parts(diff)
        if not every:
            break
        base = patched_bytes(diff, base, head, [data.draw(st.sampled_from(every))], "a")
    assert same(read_bytes(base, "a").raw, read_bytes(head, "a").raw)


@given(pair=pairs(), data=st.data(), options=st.sampled_from(OPTIONS))
def test_a_part_taken_and_given_back_leaves_the_bytes_as_they_were(
    pair: tuple[bytes, bytes], data: st.DataObject, options: DiffOptions
) -> None:
    diff = compared(*pair, options)
    every = [*parts(diff), *fine_parts(diff)]
    if not every or (NotebookPart() in every and diff.head.nbformat_minor < diff.base.nbformat_minor):
        return
    chosen = [data.draw(st.sampled_from(every))]
    changed = patched_bytes(diff, *pair, chosen, "a")
    again = compared(pair[0], changed, options)
    assert same(patched(again, parts(again), reverse=True), diff.base.raw)


@given(pair=pairs(), data=st.data(), options=st.sampled_from(OPTIONS))
def test_any_mixture_of_parts_gives_a_notebook(
    pair: tuple[bytes, bytes], data: st.DataObject, options: DiffOptions
) -> None:
    diff = compared(*pair, options)
    chosen = [part for part in [*parts(diff), *fine_parts(diff)] if data.draw(st.booleans())]
    for reverse in (False, True):
        value = patched(diff, chosen, reverse=reverse)
        written = patched_bytes(diff, *pair, chosen, "a", reverse=reverse)
        assert same(read_bytes(written, "a").raw, value)


# --- real notebooks -----------------------------------------------------------------------------------------


def real_pairs() -> list[tuple[Path, Path]]:
    """Neighbours among the revisions of the sample notebook and among the notebooks that nbdime is tested
    with.
    """
    found = importlib.util.find_spec("nbdime")
    assert found is not None
    assert found.origin is not None
    peer = sorted(Path(found.origin).parent.glob("tests/files/*.ipynb"))
    samples = sorted(SAMPLES.glob("*.ipynb"))
    return [*pairwise(samples), *pairwise(peer)]


@pytest.mark.parametrize("pair", real_pairs(), ids=lambda pair: f"{pair[0].stem}-{pair[1].stem}")
def test_real_notebooks_are_patched_and_reverted(pair: tuple[Path, Path]) -> None:
    base, head = (path.read_bytes() for path in pair)
    try:
        diff = compared(base, head)
        every = parts(diff)
        there = patched_bytes(diff, base, head, every, "a")
    except UserError as refused:  # format 3, or not a notebook on purpose
        assert refused.message.endswith(".")
        return
    assert same(read_bytes(there, "a").raw, diff.head.raw)
    back = patched_bytes(diff, base, head, every, "a", reverse=True)
    assert same(read_bytes(back, "a").raw, diff.base.raw)
    for part in [*every, *fine_parts(diff)]:
        for reverse in (False, True):
            written = patched_bytes(diff, base, head, [part], "a", reverse=reverse)
            assert same(read_bytes(written, "a").raw, patched(diff, [part], reverse=reverse))


# --- one thing at a time ------------------------------------------------------------------------------------

BASE = notebook(
    markdown("# Title", id="t"),
    code(
        "a = 1\nb = 2\nc = 3\nd = 4\n", outputs=[stream("1\n"), display(text_plain="2")], id="a", tags=["x"]
    ),
    code("gone", id="g"),
    code("last", id="l"),
    title="old",
)
HEAD = notebook(
    markdown("# Title", id="t"),
    code(
        "a = 10\nb = 2\nc = 3\nd = 40\n",
        outputs=[stream("1\n"), display(text_plain="3"), stream("4\n")],
        count=7,
        id="a",
        tags=["x", "y"],
    ),
    code("last", id="l"),
    code("new", outputs=[stream("5\n")], id="n"),
    title="new",
)


def value_of(diff: NotebookDiff, *chosen: Part, reverse: bool = False) -> Any:
    return patched(diff, chosen, reverse=reverse)


def place_of(diff: NotebookDiff, kind: ChangeKind) -> int:
    return next(place for place, change in enumerate(diff.cells) if change.kind is kind)


def test_hunks_are_the_runs_of_changed_lines() -> None:
    diff = diff_text("a\nb\nc\nd", "A\nb\nc\nD\ne")
    kinds = [{edit.kind for edit in diff.edits[hunk.start : hunk.end]} for hunk in hunks(diff)]
    assert len(kinds) == 2
    assert all(EditKind.EQUAL not in kind for kind in kinds)
    assert hunks(diff_text("same", "same")) == ()


def test_one_hunk_is_taken_and_given_back() -> None:
    diff = compared(BASE, HEAD)
    place = place_of(diff, ChangeKind.MODIFIED)
    taken = value_of(diff, HunkPart(place, 1))["cells"][1]
    assert "".join(taken["source"]) == "a = 1\nb = 2\nc = 3\nd = 40\n"
    assert taken["outputs"] is diff.base.raw["cells"][1]["outputs"]
    given_back = value_of(diff, HunkPart(place, 1), reverse=True)["cells"][1]
    assert "".join(given_back["source"]) == "a = 10\nb = 2\nc = 3\nd = 4\n"
    assert given_back["execution_count"] == 7


def test_all_hunks_are_the_source() -> None:
    diff = compared(BASE, HEAD)
    place = place_of(diff, ChangeKind.MODIFIED)
    by_hunk = value_of(diff, HunkPart(place, 0), HunkPart(place, 1))
    assert by_hunk == value_of(diff, SourcePart(place))
    assert by_hunk["cells"][1]["source"] is diff.head.raw["cells"][1]["source"]


@pytest.mark.parametrize("base", ["", "\n", "a", "a\n", "a\n\n", "a\nb", "b\na\n", "\n\na", "a\r\nb"])
@pytest.mark.parametrize("head", ["", "\n", "a", "a\n", "b\n\n", "a\nc\n", "\na\r\nb\r\n"])
@pytest.mark.parametrize("whitespace", [True, False])
def test_hunks_keep_newlines_at_the_end(base: str, head: str, whitespace: bool) -> None:
    options = DiffOptions(ids=True, whitespace=whitespace)
    both = compared(notebook(code(base, id="a")), notebook(code(head, id="a")), options)
    for place, change in enumerate(both.cells):
        if change.source is None:
            continue
        count = len(hunks(change.source))
        every = [HunkPart(place, number) for number in range(count)]
        if whitespace:
            assert "".join(value_of(both, *every)["cells"][0]["source"]) == head
            assert "".join(value_of(both, *every, reverse=True)["cells"][0]["source"]) == base
        assert value_of(both)["cells"][0]["source"] == base.splitlines(keepends=True)


def test_one_output_is_taken() -> None:
    diff = compared(BASE, HEAD)
    place = place_of(diff, ChangeKind.MODIFIED)
    added = next(
        number
        for number, output in enumerate(diff.cells[place].outputs)
        if output.kind is not ChangeKind.UNCHANGED and output.head_index == 2
    )
    outputs = value_of(diff, OutputPart(place, added))["cells"][1]["outputs"]
    assert outputs == [stream("1\n"), display(text_plain="2"), stream("4\n")]


def test_pieces_of_a_stream_are_taken_together() -> None:
    base = notebook(code("a", outputs=[stream("1\n"), display(text_plain="x"), stream("2\n")], id="a"))
    head = notebook(code("a", outputs=[stream("1\n3\n"), display(text_plain="x")], id="a"))
    found = compared(base, head)
    change = found.cells[0]
    pieces = OutputChange(
        ChangeKind.MODIFIED, OutputCategory.TEXT, 0, 0, base_indices=(0, 2), head_indices=(0,)
    )
    kept = OutputChange(ChangeKind.UNCHANGED, OutputCategory.TEXT, 1, 1)
    changed = type(change)(change.kind, 0, 0, outputs=(pieces, kept))
    diff = NotebookDiff(found.base, found.head, (changed,))
    assert value_of(diff, OutputPart(0, 0)) == found.head.raw
    assert value_of(diff, OutputPart(0, 0), reverse=True) == found.base.raw


def test_an_output_of_an_added_cell_is_given_back_by_itself() -> None:
    diff = compared(BASE, HEAD)
    place = place_of(diff, ChangeKind.ADDED)
    assert value_of(diff, OutputPart(place, 0), reverse=True)["cells"][3]["outputs"] == []


def test_one_change_of_metadata_is_taken() -> None:
    diff = compared(BASE, HEAD)
    place = place_of(diff, ChangeKind.MODIFIED)
    assert value_of(diff, MetadataPart(place, 0))["cells"][1]["metadata"] == {"tags": ["x", "y"]}
    assert value_of(diff, MetadataPart(None, 0))["metadata"] == {"title": "new"}
    assert value_of(diff, MetadataPart(None, 0))["cells"] == diff.base.raw["cells"]


def test_counts_ids_and_attachments_lie_beside_the_metadata_even_where_keys_have_their_names() -> None:
    attachment = {"image/png": "AA=="}
    base = notebook({**markdown("# a", id="p", attachments={"f": 1}), "attachments": {}}, code("b", id="q"))
    head = notebook(
        {**markdown("# a", id="p", attachments={"f": 2}), "attachments": {"f": attachment}},
        code("b", id="r", count=3, execution_count=9),
    )
    diff = compared(base, head, DiffOptions(ignored=frozenset()))
    for place, change in enumerate(diff.cells):
        for entry in range(len(change.metadata)):
            before = value_of(diff)["cells"][place]
            after = value_of(diff, MetadataPart(place, entry))["cells"][place]
            assert before != after
        every = [MetadataPart(place, entry) for entry in range(len(change.metadata))]
        assert value_of(diff, *every)["cells"][place] == diff.head.raw["cells"][place]


def test_a_key_of_metadata_stands_where_the_other_side_has_it_and_empty_objects_go() -> None:
    base = notebook(code("a", id="a", first=1, last=2))
    head = notebook(code("a", id="a", first=1, kept={"deep": {"x": 1}}, last=2))
    diff = compared(base, head)
    taken = value_of(diff, MetadataPart(0, 0))
    assert list(taken["cells"][0]["metadata"]) == ["first", "kept", "last"]
    assert value_of(diff, MetadataPart(0, 0), reverse=True) == diff.base.raw


def test_a_moved_cell_is_taken_with_its_place() -> None:
    sources = ["import os", "x = load('data.csv')", "y = fit(x, 3)", "plot(y, title='t')", "save(y, 'z')"]
    made = [code(source) for source in sources]
    diff = compared(notebook(*made), notebook(*made[1:], made[0]))
    assert value_of(diff, CellPart(place_of(diff, ChangeKind.MOVED))) == diff.head.raw


def test_the_first_cell_of_a_new_notebook_brings_the_fields_with_it() -> None:
    head = read_bytes(HEAD, "head")
    diff = diff_notebooks(EMPTY, head)
    value = value_of(diff, CellPart(1))
    assert value == {**head.raw, "cells": [head.raw["cells"][1]]}
    written = patched_bytes(diff, b"", HEAD, [CellPart(1)], "a")
    assert read_bytes(written, "a").raw == value
    assert written.startswith(b'{\n "cells": [\n  {\n   "cell_type": "code",\n   "execution_count": 7')
    assert value_of(diff) == {}
    assert patched_bytes(diff, b"", HEAD, parts(diff), "a", reverse=True) == b""
    assert patched_bytes(diff, b"", HEAD, [WholePart()], "a") == HEAD


def test_a_format_without_ids_gets_none() -> None:
    old = notebook(code("a"), minor=4)
    diff = compared(old, notebook(code("a", id="x"), code("b", id="y")))
    taken = value_of(diff, CellPart(place_of(diff, ChangeKind.ADDED)))
    assert taken["nbformat_minor"] == 4
    assert all("id" not in cell for cell in taken["cells"])
    assert value_of(diff, *parts(diff)) == diff.head.raw


def test_the_bytes_of_untouched_cells_stay_whatever_the_layout() -> None:
    base = json.dumps(json.loads(BASE), indent=4, ensure_ascii=True).replace("\n", "\r\n").encode()
    diff = compared(base, HEAD)
    written = patched_bytes(diff, base, HEAD, [CellPart(place_of(diff, ChangeKind.ADDED))], "a")
    end = base.index(b'"last"') + len(b'"last"')
    assert written.startswith(base[:end])
    assert written.endswith(base[base.index(b'    "metadata": {\r\n        "title"') :])
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert read_bytes(written, "a").raw["cells"][-1] == diff.head.raw["cells"][-1]


def test_a_format_with_ids_brings_those_of_the_same_cells() -> None:
    old = notebook(code("a"), code("gone"), minor=4)
    diff = compared(old, notebook(code("a", id="x")))
    taken = value_of(diff, NotebookPart())
    assert taken["nbformat_minor"] == 5
    assert [cell.get("id") for cell in taken["cells"]] == ["x", None]
    assert value_of(diff, NotebookPart(), reverse=True)["cells"][0] == diff.base.raw["cells"][0]


def test_every_mixture_of_whole_cells_is_valid() -> None:
    import nbformat

    diff = compared(BASE, HEAD)
    every = parts(diff)
    for size in range(len(every) + 1):
        for chosen in combinations(every, size):
            nbformat.validate(value_of(diff, *chosen))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (CellPart(99), "not part of this comparison"),
        (CellPart(-1), "not part of this comparison"),
        (HunkPart(1, 9), "not part of this comparison"),
        (OutputPart(1, 9), "not part of this comparison"),
        (MetadataPart(1, 9), "not part of this comparison"),
        (MetadataPart(None, 9), "not part of this comparison"),
        (OutputPart(4, 0), "take the whole cell"),
    ],
)
def test_a_part_that_is_not_there_is_refused(part: Part, said: str) -> None:
    with pytest.raises(UserError, match=said):
        patched(compared(BASE, HEAD), [part])


def test_parts_of_a_cell_that_changed_its_type_belong_together() -> None:
    text = "a text that is long enough to be known again, whatever the type of the cell"
    diff = compared(notebook(code(text, outputs=[stream("1")], id="a")), notebook(markdown(text, id="a")))
    place = next(place for place, change in enumerate(diff.cells) if change.type_changed)
    with pytest.raises(UserError, match="changed its type"):
        patched(diff, [OutputPart(place, 0)])
    assert value_of(diff, CellPart(place)) == diff.head.raw


def test_a_notebook_that_is_only_read_is_not_patched() -> None:
    diff = compared(BASE, HEAD)
    upgraded = replace(diff, base=replace(diff.base, read_only="It has format 3; save it with Jupyter."))
    with pytest.raises(UserError, match="format 3"):
        patched(upgraded, [WholePart()])
