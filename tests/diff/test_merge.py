"""Three-way merge of notebooks: what is combined, what is a conflict, and laws for any notebook."""

import copy
import json
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbreview.diff.merge import merge_notebooks
from nbreview.diff.merge_model import ConflictKind, Merged, MergePolicy, Prefer
from nbreview.diff.merge_resolve import Take, resolve
from nbreview.diff.merge_values import same
from nbreview.notebook.model import EMPTY, Notebook
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook, stream

LOAD = code("import pandas as pd\nframe = pd.read_csv('cars.csv')\nframe.head()", id="load")
TITLE = markdown("# Cars and how far they go on a litre", id="title")
FIT = code("model = fit(frame, degree=3)\nmodel.score(frame)", id="fit")
PLOT = code("plot(model, frame, colour='blue')\nplot.show()", id="plot")
CELLS = (TITLE, LOAD, FIT, PLOT)


def read(*cells: dict[str, Any], minor: int = 5, **metadata: Any) -> Notebook:
    return read_bytes(notebook(*cells, minor=minor, **metadata), "a.ipynb")


def merge(base: Notebook, ours: Notebook, theirs: Notebook, policy: MergePolicy | None = None) -> Merged:
    merged = merge_notebooks(base, ours, theirs, policy or MergePolicy())
    document = json.loads(json.dumps(merged.document))
    nbformat.validate(document)
    return merged


def sources(merged: Merged) -> list[str]:
    return ["".join(cell["source"]) for cell in merged.document["cells"]]


def kinds(merged: Merged) -> list[tuple[ConflictKind, int | None]]:
    return [(conflict.kind, conflict.cell) for conflict in merged.conflicts]


def edited(cell: dict[str, Any], source: str) -> dict[str, Any]:
    return cell | {"source": source.splitlines(keepends=True)}


# --- cells --------------------------------------------------------------------------------------------------


def test_edits_insertions_and_deletions_of_both_sides_are_combined() -> None:
    ours = read(TITLE, LOAD, edited(FIT, "model = fit(frame, degree=4)\nmodel.score(frame)"), PLOT)
    theirs = read(LOAD, markdown("## Fit", id="new"), FIT, edited(PLOT, "plot(model)"))

    merged = merge(read(*CELLS), ours, theirs)

    assert [cell["id"] for cell in merged.document["cells"]] == ["load", "new", "fit", "plot"]
    assert sources(merged)[2:] == ["model = fit(frame, degree=4)\nmodel.score(frame)", "plot(model)"]
    assert not merged.conflicts


def test_cells_that_both_put_at_one_place_are_all_kept_ours_first() -> None:
    ours, theirs = code("mine()", id="m"), code("yours()", id="y")

    merged = merge(read(*CELLS), read(*CELLS, ours), read(*CELLS, theirs))

    assert sources(merged)[4:] == ["mine()", "yours()"]
    assert not merged.conflicts


def test_a_cell_that_both_inserted_stands_once() -> None:
    merged = merge(
        read(*CELLS),
        read(*CELLS, code("mine()", id="m"), code("same()", id="a")),
        read(*CELLS, code("same()", id="b"), code("yours()", id="y")),
    )

    assert sources(merged)[4:] == ["mine()", "same()", "yours()"]


def test_two_versions_of_one_inserted_cell_conflict_in_the_line_that_differs() -> None:
    text = "for epoch in range(10):\n    train(model, rate={})\n    print(epoch, model.loss)"

    merged = merge(
        read(*CELLS),
        read(*CELLS, code(text.format(1), id="a")),
        read(*CELLS, code(text.format(2), id="b")),
    )

    assert kinds(merged) == [(ConflictKind.SOURCE, 4)]
    assert merged.conflicts[0].regions == ((1, 7),)


def test_a_deleted_cell_that_the_other_side_only_ran_is_gone() -> None:
    ran = FIT | {"execution_count": 7, "outputs": [stream("0.9\n")]}

    merged = merge(read(*CELLS), read(TITLE, LOAD, PLOT), read(TITLE, LOAD, ran, edited(PLOT, "plot(model)")))

    assert sources(merged)[2:] == ["plot(model)"]
    assert not merged.conflicts


@pytest.mark.parametrize("deleted_by", ["ours", "theirs"])
def test_a_cell_deleted_here_and_edited_there_stands_between_marker_cells(deleted_by: str) -> None:
    without, with_edit = read(TITLE, LOAD, PLOT), read(TITLE, LOAD, edited(FIT, "model = None"), PLOT)
    sides = (without, with_edit) if deleted_by == "ours" else (with_edit, without)

    merged = merge(read(*CELLS), *sides)

    assert kinds(merged) == [(ConflictKind.DELETED, 2)]
    block = merged.document["cells"][2:6]
    parts = [cell["metadata"]["nbreview"]["conflicts"][0]["part"] for cell in block]
    kept = "theirs" if deleted_by == "ours" else "ours"
    assert sorted(parts) == sorted(["begin", "middle", kept, "end"])
    held = block[parts.index(kept)]
    assert ("".join(held["source"]), held["id"]) == ("model = None", "fit")
    assert all(cell["cell_type"] == "markdown" for cell in block if cell is not held)


def test_two_changes_of_type_leave_both_versions() -> None:
    raw = {"cell_type": "raw", "id": "fit", "metadata": {}, "source": FIT["source"]}
    text = markdown("".join(FIT["source"]), id="fit")

    merged = merge(read(*CELLS), read(TITLE, LOAD, text, PLOT), read(TITLE, LOAD, raw, PLOT))

    assert kinds(merged) == [(ConflictKind.TYPE, 2)]
    assert [cell["cell_type"] for cell in merged.document["cells"][3:6]] == ["markdown", "markdown", "raw"]
    assert merged.document["cells"][3]["id"] == "fit"


def test_a_cell_moved_here_and_edited_there_is_moved_and_edited() -> None:
    merged = merge(
        read(*CELLS), read(FIT, TITLE, LOAD, PLOT), read(TITLE, LOAD, edited(FIT, "model = None # x"), PLOT)
    )

    assert [cell["id"] for cell in merged.document["cells"]] == ["fit", "title", "load", "plot"]
    assert sources(merged)[0] == "model = None # x"
    assert not merged.conflicts


def test_a_cell_that_both_moved_to_one_place_is_moved() -> None:
    merged = merge(read(*CELLS), read(FIT, TITLE, LOAD, PLOT, code("m")), read(FIT, TITLE, LOAD, PLOT))

    assert [cell.get("id") for cell in merged.document["cells"]][:4] == ["fit", "title", "load", "plot"]
    assert not merged.conflicts


def test_a_cell_moved_to_two_places_is_a_conflict_and_stands_where_ours_put_it() -> None:
    merged = merge(read(*CELLS), read(FIT, TITLE, LOAD, PLOT), read(TITLE, FIT, LOAD, PLOT))

    assert [cell["id"] for cell in merged.document["cells"]] == ["fit", "title", "load", "plot"]
    assert kinds(merged) == [(ConflictKind.MOVED, 0)]
    assert merged.document["cells"][0]["metadata"]["nbreview"] == {"conflicts": [{"kind": "moved"}]}


def test_ids_are_never_used_twice_and_follow_from_what_a_cell_holds() -> None:
    again = code("a wholly different cell, copied and rewritten", id="fit")

    first = merge(read(*CELLS), read(*CELLS, code("mine")), read(TITLE, again, LOAD, FIT, PLOT))
    second = merge(read(*CELLS), read(*CELLS, code("mine")), read(TITLE, again, LOAD, FIT, PLOT))

    ids = [cell["id"] for cell in first.document["cells"]]
    assert len(set(ids)) == len(ids)
    assert [cell["id"] for cell in first.document["cells"] if "fit(" in "".join(cell["source"])] == ["fit"]
    assert first == second


def test_a_notebook_that_one_side_saved_with_ids_has_them_for_every_cell() -> None:
    plain = [{key: value for key, value in cell.items() if key != "id"} for cell in CELLS]

    merged = merge(read(*plain, minor=4), read(*CELLS), read(*plain, code("yours()"), minor=4))

    assert merged.document["nbformat_minor"] == 5
    assert [cell["id"] for cell in merged.document["cells"]][:4] == ["title", "load", "fit", "plot"]
    assert not merged.conflicts


def test_two_notebooks_added_at_one_path_are_merged_with_nothing_as_base() -> None:
    merged = merge(EMPTY, read(TITLE, LOAD, FIT), read(TITLE, LOAD, PLOT))

    assert [cell["id"] for cell in merged.document["cells"]] == ["title", "load", "fit", "plot"]


# --- the notebook -------------------------------------------------------------------------------------------


def test_other_versions_of_one_language_are_no_conflict() -> None:
    def version(number: str) -> dict[str, Any]:
        return {
            "kernelspec": {"name": f"env{number}", "language": "python", "display_name": number},
            "language_info": {"name": "python", "version": number},
        }

    merged = merge(read(TITLE, **version("1")), read(TITLE, **version("2")), read(TITLE, **version("3")))

    assert merged.document["metadata"] == version("2")
    assert len(merged.notes) == 2
    assert not merged.conflicts


def test_metadata_of_the_notebook_that_both_changed_is_named() -> None:
    merged = merge(read(TITLE, title="a"), read(TITLE, title="b"), read(TITLE, title="c"))

    mark = {"kind": "metadata", "path": ["title"], "base": "a", "ours": "b", "theirs": "c"}
    assert merged.document["metadata"] == {"title": "b", "nbreview": {"conflicts": [mark]}}
    assert kinds(merged) == [(ConflictKind.METADATA, None)]


def test_another_language_on_each_side_is_a_conflict() -> None:
    merged = merge(
        read(TITLE),
        read(TITLE, language_info={"name": "R"}),
        read(TITLE, language_info={"name": "julia"}),
    )

    assert [conflict.path for conflict in merged.conflicts] == [("language_info",)]


# --- laws ---------------------------------------------------------------------------------------------------

WORDS = ["alpha", "beta", "gamma", "delta", "x = 1", "", "plot(frame)", "<<<<<<< ours", "# title"]
source_texts = st.lists(st.sampled_from(WORDS), max_size=5).map("\n".join)
metadata = st.dictionaries(
    st.sampled_from(["k", "hidden", "deep"]), st.sampled_from([1, True, "a", [1], {"x": 1}]), max_size=2
)


@st.composite
def cells(draw: st.DrawFn, identity: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["code", "code", "markdown", "raw"]))
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": identity,
        "metadata": draw(metadata)
        | draw(st.sampled_from([{}, {"tags": ["a"]}, {"tags": ["b", "a"]}, {"tags": []}])),
        "source": draw(source_texts).splitlines(keepends=True),
    }
    if kind == "code":
        cell["execution_count"] = draw(st.none() | st.integers(1, 3))
        cell["outputs"] = [stream(text) for text in draw(st.lists(st.sampled_from("ab"), max_size=2))]
    return cell


@st.composite
def documents(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [draw(cells(f"c{number}")) for number in range(draw(st.integers(0, 6)))]


@st.composite
def variants(draw: st.DrawFn, base: list[dict[str, Any]], side: str) -> list[dict[str, Any]]:
    """What a person could have made of a notebook."""
    found: list[dict[str, Any]] = []
    for number, cell in enumerate(copy.deepcopy(base)):
        what = draw(
            st.sampled_from(["keep", "keep", "keep", "edit", "rewrite", "delete", "insert", "duplicate"])
        )
        if what == "edit":
            cell["source"] = [*cell["source"][1:], draw(st.sampled_from(WORDS))]
        elif what == "rewrite":
            cell = draw(cells(cell["id"]))
        elif what == "insert":
            found.append(draw(cells(f"{side}{number}")))
        elif what == "duplicate":
            found.append({**copy.deepcopy(cell), "id": f"{side}{number}"})
        if what != "delete":
            found.append(cell)
    if draw(st.integers(0, 3)) == 0:
        found.reverse()
    return found


@st.composite
def triples(draw: st.DrawFn) -> tuple[Notebook, Notebook, Notebook]:
    base = draw(documents())
    minor = draw(st.sampled_from([4, 5]))

    def made(held: list[dict[str, Any]]) -> Notebook:
        if minor < 5:
            held = [{key: value for key, value in cell.items() if key != "id"} for cell in held]
        return read(*held, minor=minor, **draw(metadata))

    return made(base), made(draw(variants(base, "o"))), made(draw(variants(base, "t")))


@given(triples())
@settings(max_examples=60, deadline=None)
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(triple: tuple[Notebook, ...]) -> None:
    base, side, _ = triple
    copied = read_bytes(json.dumps(base.raw).encode(), "copy")

    assert same(merge_notebooks(base, side, copied).document, side.raw)
    assert same(merge_notebooks(base, copied, side).document, side.raw)
    assert same(merge_notebooks(base, side, side).document, side.raw)


def marked(notebook: Notebook) -> Notebook:
    """The same notebook but for one new key, so that nothing can be taken as a whole."""
    changed = {**notebook.raw, "metadata": {**notebook.metadata, "only_here": 1}}
    return read_bytes(json.dumps(changed).encode(), "marked")


@given(triples())
@settings(max_examples=60, deadline=None)
def test_cells_that_only_one_side_changed_are_as_that_side_has_them(triple: tuple[Notebook, ...]) -> None:
    base, side, _ = triple

    for merged in (
        merge_notebooks(marked(base), base, marked(side)),
        merge_notebooks(base, side, marked(base)),
    ):
        assert same(merged.document["cells"], side.raw["cells"])
        assert not merged.conflicts


@given(triples(), st.sampled_from(list(Prefer)))
@settings(max_examples=80, deadline=None)
def test_what_is_merged_is_a_valid_notebook_and_every_conflict_is_marked_in_it(
    triple: tuple[Notebook, ...], prefer: Prefer
) -> None:
    merged = merge(*triple, MergePolicy(outputs=prefer, counts=prefer))

    for conflict in merged.conflicts:
        held = merged.document if conflict.cell is None else merged.document["cells"][conflict.cell]
        assert conflict.kind.value in {mark["kind"] for mark in held["metadata"]["nbreview"]["conflicts"]}


@given(triples())
@settings(max_examples=80, deadline=None)
def test_exchanging_the_sides_exchanges_the_conflicts(triple: tuple[Notebook, ...]) -> None:
    base, ours, theirs = triple
    policy = MergePolicy(outputs=Prefer.DROP, counts=Prefer.DROP)

    one, other = merge(base, ours, theirs, policy), merge(base, theirs, ours, policy)

    found = [(each.kind, each.base, each.ours, each.theirs, each.path) for each in one.conflicts]
    mirrored = [(each.kind, each.base, each.theirs, each.ours, each.path) for each in other.conflicts]
    assert sorted(found, key=repr) == sorted(mirrored, key=repr)


@given(triples(), st.sampled_from([Take.OURS, Take.THEIRS]))
@settings(max_examples=60, deadline=None)
def test_taking_a_side_settles_every_conflict(triple: tuple[Notebook, ...], take: Take) -> None:
    merged = merge(*triple)
    conflicted = read_bytes(json.dumps(merged.document).encode(), "merged")

    settled = resolve(conflicted, take)

    document = json.loads(json.dumps(settled.document))
    nbformat.validate(document)
    assert "conflicts" not in json.dumps(document)
    assert not settled.left
    assert bool(settled.settled) is bool(merged.conflicts)


@given(triples())
@settings(max_examples=60, deadline=None)
def test_no_line_that_a_side_wrote_is_lost(triple: tuple[Notebook, ...]) -> None:
    base, ours, theirs = triple
    merged = merge(base, ours, theirs)
    before = {line for cell in base.cells for line in cell.source.split("\n")} | {""}
    after = {line for source in sources(merged) for line in source.split("\n")}

    for side in (ours, theirs):
        assert {line for cell in side.cells for line in cell.source.split("\n")} - before <= after
