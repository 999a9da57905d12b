"""Outputs are compared as what they are."""

import base64
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nbreview.diff.model import ChangeKind, OutputCategory, OutputChange
from nbreview.diff.outputs import category, diff_outputs, one_sided, output_text, unchanged
from nbreview.notebook.model import Output
from nbreview.notebook.reader import read_bytes
from tests.builders import code, display, error, notebook, stream


def outputs(*values: dict[str, Any]) -> tuple[Output, ...]:
    return read_bytes(notebook(code("x", outputs=list(values))), "a").cells[0].outputs


def changes(base: list[dict[str, Any]], head: list[dict[str, Any]]) -> tuple[OutputChange, ...]:
    return diff_outputs(outputs(*base), outputs(*head))


def kinds(base: list[dict[str, Any]], head: list[dict[str, Any]]) -> list[str]:
    return [change.kind.value for change in changes(base, head)]


TABLE = display(text_html="<table><tr><td>1</td></tr></table>", text_plain="   a\n0  1")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (stream("x"), OutputCategory.TEXT),
        (display(text_plain="42"), OutputCategory.TEXT),
        (TABLE, OutputCategory.TABLE),
        (display(image_png="aGk=", text_plain="<Figure>"), OutputCategory.IMAGE),
        ({**display(text_plain="x"), "data": {"image/svg+xml": "<svg/>"}}, OutputCategory.IMAGE),
        (error("E", "v"), OutputCategory.ERROR),
        (display(text_html="<b>x</b>", text_plain="x"), OutputCategory.OTHER),
        ({**display(), "data": {"application/json": {"a": 1}}}, OutputCategory.JSON),
        (display(), OutputCategory.OTHER),
    ],
)
def test_the_richest_part_decides(value: dict[str, Any], expected: OutputCategory) -> None:
    assert category(outputs(value)[0]) is expected


def test_execution_counts_never_count() -> None:
    def result(count: int) -> dict[str, Any]:
        return {**display(text_plain="1"), "output_type": "execute_result", "execution_count": count}

    assert kinds([result(1)], [result(2)]) == ["unchanged"]


def test_text_is_compared_as_lines() -> None:
    (change,) = changes([stream("loss 0.5\ndone\n")], [stream("loss 0.25\ndone\n")])
    assert (change.kind, change.category) == (ChangeKind.MODIFIED, OutputCategory.TEXT)
    assert change.text is not None
    assert change.text.counts == (1, 1)


def test_tables_are_compared_by_their_text_and_errors_by_their_traceback() -> None:
    other = display(text_html="<table><tr><td>2</td></tr></table>", text_plain="   a\n0  2")
    (table,) = changes([TABLE], [other])
    assert table.text is not None
    assert table.text.head_lines == ("   a", "0  2")
    (failed,) = changes([error("E", "v", ["\x1b[31mone\x1b[0m"])], [error("E", "v", ["two"])])
    assert failed.category is OutputCategory.ERROR
    assert failed.text is not None
    assert failed.text.base_lines == ("one",)


def test_images_are_compared_by_their_bytes() -> None:
    base = display(image_png="aGVs\nbG8=\n", text_plain="<Figure at 0x7f0000aaaa>")
    same = display(image_png="aGVsbG8=", text_plain="<Figure at 0x7f0000bbbb>")
    other = display(image_png="aGVsbG9v", text_plain="<Figure at 0x7f0000bbbb>")
    assert kinds([base], [same]) == ["unchanged"]
    (change,) = changes([base], [other])
    assert (change.kind, change.category, change.text) == (ChangeKind.MODIFIED, OutputCategory.IMAGE, None)


def test_colours_and_redrawn_progress_bars_are_no_difference() -> None:
    assert kinds([stream("\x1b[32mok\x1b[0m\n")], [stream("ok\n")]) == ["unchanged"]
    assert kinds([stream("10%\r100%\n")], [stream("5%\r50%\r100%\n")]) == ["unchanged"]


def test_outputs_of_one_kind_are_paired_and_the_rest_stands_where_it_stood() -> None:
    base = [stream("a\n"), display(image_png="aGk="), stream("gone\n", name="stderr")]
    head = [stream("b\n"), error("E", "v"), display(image_png="aGk=")]
    found = [(c.kind.value, c.base_index, c.head_index) for c in changes(base, head)]
    assert found == [("modified", 0, 0), ("added", None, 1), ("unchanged", 1, 2), ("removed", 2, None)]


def test_a_text_never_becomes_a_picture() -> None:
    assert kinds([stream("a")], [display(image_png="aGk=")]) == ["removed", "added"]


def test_volatile_metadata_of_an_output_does_not_count() -> None:
    base, head = display(image_png="aGk="), display(image_png="aGk=")
    assert kinds([base], [{**head, "metadata": {"outputId": "x"}}]) == ["unchanged"]
    assert kinds([base], [{**head, "metadata": {"image/png": {"width": 10}}}]) == ["modified"]


def test_a_thousand_outputs_are_paired_along_their_diagonal() -> None:
    base = [display(text_plain=f"step {n}") for n in range(1_000)]
    head = [display(text_plain=f"stage {n}") for n in range(1_000)]
    assert kinds(base, head) == ["modified"] * 1_000


def test_a_stream_is_one_output_however_it_was_cut() -> None:
    base = [stream("one\ntwo\n"), stream("warning\n", "stderr")]
    head = [stream("one\nt"), stream("wo\n"), stream("warn", "stderr"), stream("ing\n", "stderr")]
    out, err = changes(base, head)
    assert (out.kind, out.base_index, out.base_indices) == (ChangeKind.UNCHANGED, 0, (0,))
    assert (out.head_index, out.head_indices, err.head_indices) == (0, (0, 1), (2, 3))
    (alone, _) = one_sided(outputs(*head), ChangeKind.ADDED)
    assert (alone.head_index, alone.head_indices, alone.base_indices) == (0, (0, 1), ())
    assert [change.head_indices for change in unchanged(outputs(*head))] == [(0, 1), (2, 3)]


def test_a_progress_bar_over_many_pieces_is_its_last_state() -> None:
    base = [stream(f"\r{n}%", "stderr") for n in range(0, 101, 10)]
    head = [stream(f"\r{n}%", "stderr") for n in range(101)]
    assert kinds(base, head) == ["unchanged"]
    assert kinds(base, [*head, stream("\rdone", "stderr")]) == ["modified"]


def test_a_picture_that_was_encoded_again_is_found_behind_a_new_one() -> None:
    def plot(shade: int, **options: Any) -> dict[str, Any]:
        target = io.BytesIO()
        image = Image.linear_gradient("L").rotate(shade)
        image.save(target, "PNG", **options)
        return display(image_png=base64.b64encode(target.getvalue()).decode())

    base = [plot(0), plot(90)]
    head = [plot(45), plot(0, compress_level=1), plot(90, compress_level=1)]
    assert kinds(base, head) == ["added", "unchanged", "unchanged"]


values = st.one_of(
    st.builds(stream, st.text("ab\n\r", max_size=6), st.sampled_from(["stdout", "stderr"])),
    st.builds(
        error,
        st.sampled_from("EF"),
        st.text("ab", max_size=3),
        st.lists(st.text("ab\n", max_size=9), max_size=3),
    ),
    st.builds(
        lambda data: {"output_type": "display_data", "metadata": {}, "data": data},
        st.dictionaries(
            st.sampled_from(
                ["text/plain", "text/html", "image/png", "image/svg+xml", "application/json", "text/latex"]
            ),
            st.sampled_from(["", "a", "<p>b</p>", "<table><tr><td>1", "aGk=", "<svg id='x'/>", "\x1b[31mc"]),
            max_size=3,
        ),
    ),
)


@given(st.lists(values, max_size=6), st.lists(values, max_size=6))
@settings(max_examples=60)
def test_every_output_of_both_sides_is_told_once(
    base: list[dict[str, Any]], head: list[dict[str, Any]]
) -> None:
    assert set(kinds(base, base)) <= {"unchanged"}
    found = changes(base, head)
    assert sorted(index for change in found for index in change.base_indices) == list(range(len(base)))
    assert [index for change in found for index in change.head_indices] == list(range(len(head)))
    assert (set(kinds(base, head)) <= {"unchanged"}) == (set(kinds(head, base)) <= {"unchanged"})
    for change in found:
        assert change.base_index == (change.base_indices[0] if change.base_indices else None)
        assert change.head_index == (change.head_indices[0] if change.head_indices else None)


def test_output_text_is_what_a_terminal_shows() -> None:
    assert output_text(outputs(error("E", "v"))[0]) == "E: v"
    assert output_text(outputs(display(image_png="aGk="))[0]) == ""
