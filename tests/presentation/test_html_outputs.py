"""Outputs in the page."""

import base64
from dataclasses import replace
from typing import Any

from nbreview.diff.lines import diff_text
from nbreview.diff.model import (
    CellChange,
    ChangeKind,
    ErrorDiff,
    FrameChange,
    ImageDiff,
    MetadataChange,
    NotebookDiff,
    OutputCategory,
    OutputChange,
    TreeChange,
)
from nbreview.diff.outputs import category
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.highlight import TokenKind
from nbreview.presentation.html_markup import TOKEN_CLASSES, Budget
from nbreview.presentation.html_outputs import leaves, outputs
from tests.builders import code, display, error, notebook, stream
from tests.presentation.pages import Element, parsed

PNG = base64.b64encode(
    b"\x89PNG\r\n\x1a\n" + bytes((0, 0, 0, 13)) + b"IHDR" + bytes((0, 0, 0, 30, 0, 0, 0, 20, 8, 0, 0, 0, 0))
).decode()


def shown(
    base: dict[str, Any] | None, head: dict[str, Any] | None, budget: Budget | None = None, **found: Any
) -> Element:
    """One output on each side, as the diff found it."""
    sides = [
        read_bytes(notebook(code("x", outputs=[output] if output else [])), "notebook")
        for output in (base, head)
    ]
    kind = ChangeKind.ADDED if base is None else ChangeKind.REMOVED if head is None else ChangeKind.MODIFIED
    present = sides[1] if head is not None else sides[0]
    change = OutputChange(
        kind,
        category(present.cells[0].outputs[0]),
        None if base is None else 0,
        None if head is None else 0,
    )
    cell = CellChange(ChangeKind.MODIFIED, 0, 0, outputs=(replace(change, **found),))
    return parsed(outputs(NotebookDiff(*sides, (cell,)), 0, budget or Budget()))


def test_text_is_compared_by_line_in_the_colours_it_asks_for() -> None:
    old, new = "\x1b[31mred\x1b[0m\nsame\nold", "\x1b[31mred\x1b[0m\nsame\nnew"
    root = shown(stream(old), stream(new), text=diff_text("red\nsame\nold", "red\nsame\nnew"))
    assert [cell.text for cell in root.find("td", "del")] == ["old"]
    assert [cell.text for cell in root.find("td", "ins")] == ["new"]
    assert [span.text for span in root.find("span", TOKEN_CLASSES[TokenKind.RED])] == ["red", "red"]


def test_a_progress_bar_is_shown_as_it_ended() -> None:
    root = shown(None, stream("\x1b[32m10%\r50%\r100%\x1b[0m\ndone\n"))
    assert [cell.text for cell in root.find("td", "new")] == ["100%", "done"]


def test_pictures_stand_beside_each_other_with_what_differs() -> None:
    image = ImageDiff((30, 20), (30, 20), 0.25, b"mask")
    root = shown(display(image_png=PNG), display(image_png=PNG), image=image)
    (pictures,) = root.find("div", "pictures")
    assert [picture.attributes["alt"] for picture in pictures.find("img")] == [
        "Picture before",
        "Picture after",
    ]
    assert {picture.attributes["width"] for picture in pictures.find("img")} == {"30"}
    assert "picture differs in 25.0 %" in root.find("p", "what")[0].text
    assert [fold.find("summary")[0].text for fold in root.find("details", "compare")] == [
        "Difference",
        "Swipe",
    ]
    (mask,) = root.find("img", "mask")
    assert mask.attributes["src"] == "data:image/png;base64," + base64.b64encode(b"mask").decode()


def test_a_picture_of_one_side_or_of_nothing_or_too_large() -> None:
    added = shown(None, display(image_png=PNG))
    assert [part.classes for part in added.find("div", "sides")[0].children] == [["none"], ["new"]]
    assert "image/png, which cannot be shown" in shown(None, display(image_png="<b>")).text
    large = shown(None, display(image_png="A" * 4_000), Budget(pictures=100))
    assert large.find("img") == []
    assert "too large for this page" in large.text


def test_an_svg_is_only_ever_a_picture() -> None:
    svg = {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": "<svg onload='x'/>"}}
    root = shown(None, svg)
    (picture,) = root.find("img")
    encoded = base64.b64encode(b"<svg onload='x'/>").decode()
    assert picture.attributes["src"] == f"data:image/svg+xml;base64,{encoded}"
    assert root.find("svg") == []


def test_a_table_is_built_anew_from_its_texts() -> None:
    html = "<style>td{}</style><table onclick=x><tr><th>a</th><td><b onclick=x>1</b></td></tr></table>"
    root = shown(display(text_html=html), None)
    (table,) = root.find("table", "grid")
    assert [cell.text for cell in table.find("tr")[0].children] == ["a", "1"]
    assert not any("onclick" in element.attributes for element in root.find())
    assert root.find("b") == []


def test_an_error_says_what_was_raised_and_folds_where() -> None:
    frames = tuple(
        FrameChange(kind, "one", "two")
        for kind in (ChangeKind.MODIFIED, ChangeKind.UNCHANGED, ChangeKind.ADDED)
    )
    root = shown(
        error("ValueError", "bad", ["line 1", "\x1b[31mline 2\x1b[0m"]),
        error("ValueError", "worse", ["line 1", "line 3"]),
        error=ErrorDiff(False, True, frames),
        text=diff_text("line 1\nline 2", "line 1\nline 3"),
    )
    assert [part.text for part in root.find("p", "raised")] == ["ValueError: bad", "ValueError: worse"]
    (fold,) = root.find("details")
    assert fold.find("summary")[0].text == "Traceback: 2 of 3 frames changed"
    assert "open" not in fold.attributes
    added = shown(None, error("KeyError", "'x'", [f"frame {n}" for n in range(60)]))
    assert added.find("p", "raised")[0].text == "KeyError: 'x'"
    assert "frame 59" in added.text


def test_a_tree_is_shown_leaf_by_leaf() -> None:
    changes = (
        TreeChange(("layout", "axes", 2), ChangeKind.MODIFIED, 1, "two"),
        TreeChange(("new",), ChangeKind.ADDED, None, [True]),
        TreeChange(("old",), ChangeKind.REMOVED, None, None),
    )
    value = {"output_type": "display_data", "metadata": {}, "data": {"application/json": {}}}
    root = shown(value, value, category=OutputCategory.JSON, tree=changes)
    rows = [" ".join(row.text.split()) for row in root.find("table", "leaves")[0].find("tr")]
    assert rows == [
        '≠modifiedlayout.axes[2]1 → "two"',
        "+addednew[true]",
        "−removedoldnull",
    ]


def test_many_or_long_values_are_cut_and_counted() -> None:
    changes = [MetadataChange(("key", str(n)), ChangeKind.ADDED, None, "x" * 10_000_000) for n in range(201)]
    root = parsed(leaves(changes, "Metadata"))
    assert len(root.find("tr")) == 200
    assert "1 more change" in root.text
    assert len(root.text) < 100_000


def test_markdown_that_a_cell_put_out_is_rendered() -> None:
    root = shown(display(text_markdown="**old**"), display(text_markdown="**new**"))
    assert [part.text for part in root.find("strong")] == ["old", "new"]


def test_what_has_no_text_is_named_by_its_types() -> None:
    root = shown(None, display(application_pdf="JVBER" * 1_000))
    assert "application/pdf" in root.text
    assert len(root.text) < 1_000


def test_a_coarse_comparison_says_so() -> None:
    assert "compared coarsely" in shown(stream("a"), stream("b"), text=diff_text("a", "b"), coarse=True).text


def test_unchanged_outputs_of_a_changed_cell_are_folded_with_their_count() -> None:
    both = read_bytes(notebook(code("x", outputs=[stream("a"), stream("b", "stderr")])), "notebook")
    same = tuple(OutputChange(ChangeKind.UNCHANGED, OutputCategory.TEXT, n, n) for n in range(2))
    diff = NotebookDiff(both, both, (CellChange(ChangeKind.MODIFIED, 0, 0, outputs=same),))
    (fold,) = parsed(outputs(diff, 0, Budget())).find("details")
    assert fold.find("summary")[0].text == "⋯ 2 outputs unchanged"
    assert [cell.text for cell in fold.find("td") if "n" not in cell.classes] == ["a", "b"]
