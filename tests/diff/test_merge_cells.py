"""Three-way merge of one cell: its parts, and what becomes of outputs and counts."""

from typing import Any

import pytest

from nbreview.diff.merge_cells import MergedCell, merge_cell
from nbreview.diff.merge_model import ConflictKind, MergePolicy, Prefer
from nbreview.notebook.model import Cell
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook, stream

THREE = "a = 1\nb = 2\nc = 3"


def cell(value: dict[str, Any]) -> Cell:
    return read_bytes(notebook(value), "a.ipynb").cells[0]


def merged(
    base: dict[str, Any] | None,
    ours: dict[str, Any],
    theirs: dict[str, Any],
    policy: MergePolicy | None = None,
) -> MergedCell:
    before = cell(base) if base is not None else None
    found = merge_cell(before, cell(ours), cell(theirs), policy or MergePolicy())
    assert found is not None
    return found


def run(source: str, text: str, count: int | None) -> dict[str, Any]:
    return code(source, outputs=[stream(text)] if text else [], count=count, id="x")


def texts(found: MergedCell) -> list[str]:
    return ["".join(output["text"]) for output in found.raw["outputs"]]


def test_a_source_edited_on_one_side_and_tags_on_the_other_are_both_taken() -> None:
    found = merged(code("a", id="x"), code("b", id="x"), code("a", id="x", tags=["slow"]))

    assert found.raw == code("b", id="x", tags=["slow"])
    assert not found.conflicts


def test_a_source_in_conflict_is_marked_and_keeps_its_shape() -> None:
    found = merged(code("a\nz"), code("b\nz"), code("c\nz"))

    assert found.raw["source"][0] == "<<<<<<< ours\n"
    assert found.raw["metadata"] == {"nbreview": {"conflicts": [{"kind": "source"}]}}
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.regions) == (ConflictKind.SOURCE, ((0, 7),))


def test_outputs_that_one_side_changed_come_from_it() -> None:
    found = merged(run("a", "1", 1), run("a", "1", 1) | {"metadata": {"k": 1}}, run("a", "2", 5))

    assert (texts(found), found.raw["execution_count"]) == (["2"], 5)
    assert not found.notes


@pytest.mark.parametrize(
    ("prefer", "outputs", "count"),
    [
        (Prefer.AUTO, ["2"], 2),
        (Prefer.OURS, ["2"], 2),
        (Prefer.THEIRS, ["3"], 3),
        (Prefer.DROP, [], None),
    ],
)
def test_outputs_of_a_cell_that_both_ran_follow_the_policy(
    prefer: Prefer, outputs: list[str], count: int | None
) -> None:
    found = merged(
        run("a", "1", 1), run("a", "2", 2), run("a", "3", 3), MergePolicy(outputs=prefer, counts=Prefer.AUTO)
    )

    assert (texts(found), found.raw["execution_count"]) == (outputs, count)
    assert len(found.notes) == 1
    assert not found.conflicts


def test_outputs_that_both_changed_belong_to_the_source_that_stands() -> None:
    found = merged(run("a", "1", 1), run("a", "2", 2), run("b", "3", 3))

    assert found.raw == run("b", "3", 3)


@pytest.mark.parametrize(
    ("prefer", "outputs"), [(Prefer.AUTO, []), (Prefer.DROP, []), (Prefer.THEIRS, ["9"])]
)
def test_outputs_belong_to_no_source_that_was_made_from_both_sides(
    prefer: Prefer, outputs: list[str]
) -> None:
    found = merged(
        run(THREE, "1", 1),
        run(THREE.replace("a = 1", "a = 9"), "9", 2),
        run(THREE.replace("c = 3", "c = 9"), "1", 1),
        MergePolicy(outputs=prefer),
    )

    assert texts(found) == outputs
    assert "".join(found.raw["source"]) == "a = 9\nb = 2\nc = 9"


def test_outputs_that_nobody_changed_stay_below_a_merged_source() -> None:
    found = merged(
        run(THREE, "1", 1),
        run(THREE.replace("a = 1", "a = 9"), "1", 1),
        run(THREE.replace("c = 3", "c = 9"), "1", 1),
    )

    assert (texts(found), found.raw["execution_count"]) == (["1"], 1)


def test_another_count_alone_is_another_run_and_no_other_output() -> None:
    def result(count: int) -> dict[str, Any]:
        output = {
            "output_type": "execute_result",
            "data": {"text/plain": "1"},
            "metadata": {},
            "execution_count": count,
        }
        return code("a", outputs=[output], count=count, id="x")

    found = merged(result(1), result(2), result(3), MergePolicy(counts=Prefer.THEIRS))

    assert found.raw == result(3)
    assert not found.notes


def test_a_cell_that_became_markdown_has_no_outputs_whatever_the_other_side_ran() -> None:
    found = merged(run("a", "1", 1), markdown("a", id="x"), run("b", "2", 2))

    assert found.raw == markdown("b", id="x")


def test_two_other_types_are_not_merged() -> None:
    raw = {"cell_type": "raw", "metadata": {}, "source": ["a"]}

    assert merge_cell(cell(code("a")), cell(markdown("a")), cell(raw), MergePolicy()) is None


def test_metadata_that_both_changed_keeps_ours_and_names_the_rest() -> None:
    found = merged(code("a", k=1), code("a", k=2, collapsed=True), code("a", k=3, collapsed=False))

    mark = {"kind": "metadata", "path": ["k"], "base": 1, "ours": 2, "theirs": 3}
    assert found.raw["metadata"] == {"collapsed": True, "k": 2, "nbreview": {"conflicts": [mark]}}
    assert [(each.kind, each.path) for each in found.conflicts] == [(ConflictKind.METADATA, ("k",))]


def test_two_pictures_of_one_name_both_stay() -> None:
    def shown(data: str | None) -> dict[str, Any]:
        held = {"a.png": {"image/png": data}} if data else {}
        return markdown("![a](attachment:a.png)") | {"attachments": held}

    found = merged(shown(None), shown("AAAA"), shown("BBBB"))

    assert found.raw["attachments"] == {
        "a.png": {"image/png": "AAAA"},
        "a-theirs.png": {"image/png": "BBBB"},
    }
    assert found.conflicts[0].kind is ConflictKind.ATTACHMENT


def test_pictures_of_different_names_are_merged() -> None:
    def shown(*names: str) -> dict[str, Any]:
        return markdown("a") | {"attachments": {name: {"image/png": "AAAA"} for name in names}}

    found = merged(shown("old"), shown("old", "mine"), shown("yours"))

    assert found.raw["attachments"] == {"mine": {"image/png": "AAAA"}, "yours": {"image/png": "AAAA"}}


def test_a_field_that_nbformat_does_not_know_is_merged_like_any_value() -> None:
    found = merged(code("a"), code("b"), code("a") | {"x": [1]})

    assert found.raw == code("b") | {"x": [1]}
