"""Two outputs of one kind are compared as what they are."""

import base64
import io
from typing import Any

import pytest
from PIL import Image

from nbreview.diff import displays
from nbreview.diff.displays import compare_outputs
from nbreview.diff.model import ChangeKind, OutputCategory, OutputChange
from nbreview.diff.options import DEFAULT_OPTIONS, Aspect, DiffOptions
from nbreview.notebook.reader import read_bytes
from tests.builders import code, display, error, notebook

FIRST = "0f8fad5b-d9cb-469f-a165-70867728950e"
SECOND = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def compared(
    base: dict[str, Any], head: dict[str, Any], options: DiffOptions = DEFAULT_OPTIONS
) -> OutputChange:
    cells = read_bytes(notebook(code("x", outputs=[base, head])), "a").cells
    return compare_outputs(*cells[0].outputs, options)


def same(base: dict[str, Any], head: dict[str, Any], options: DiffOptions = DEFAULT_OPTIONS) -> bool:
    change = compared(base, head, options)
    back = compared(head, base, options)
    assert change.kind is back.kind
    return change.kind is ChangeKind.UNCHANGED


def bundle(**data: Any) -> dict[str, Any]:
    """An output by MIME types written with two underscores for the slash."""
    return {**display(), "data": {key.replace("__", "/"): value for key, value in data.items()}}


def png(colour: str, **options: Any) -> str:
    target = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(target, "PNG", **options)
    return base64.b64encode(target.getvalue()).decode()


def table(*rows: str, around: str = "", style: str = "") -> dict[str, Any]:
    body = "".join(f"<tr><th>{number}</th><td>{row}</td></tr>" for number, row in enumerate(rows))
    html = f"<div>{style}<table><tr><th></th><th>a</th></tr>{body}</table>{around}</div>"
    return display(text_html=html, text_plain="\n".join(["   a", *rows]))


def test_a_table_equal_within_the_tolerance_is_unchanged_whatever_its_plain_text_says() -> None:
    assert same(table("0.5"), table("0.5000000001"))
    assert not same(table("0.5"), table("0.5000000001"), DiffOptions(tolerance=0.0))


def test_a_changed_table_tells_its_cells_and_its_text() -> None:
    change = compared(table("1", "2"), table("1", "3"))
    assert change.table is not None
    assert change.table.changed == {(2, 1)}
    assert change.text is not None
    assert change.text.counts == (1, 1)
    assert not change.coarse


def test_generated_styles_of_a_table_are_no_difference() -> None:
    assert same(
        table("1", style="<style>#T_a1b2c_row0{}</style>"), table("1", style="<style>#T_fffff_row0{}</style>")
    )


def test_what_stands_around_a_table_counts() -> None:
    change = compared(
        table("1", around="<p>5 rows × 1 columns</p>"), table("1", around="<p>9 rows × 1 columns</p>")
    )
    assert change.kind is ChangeKind.MODIFIED
    assert change.text is not None
    assert change.text.base_lines == ("5 rows × 1 columns",)


def test_of_several_tables_the_first_that_differs_is_told() -> None:
    base, head = table("1"), table("1")
    more = "<table><tr><td>{}</td></tr></table>"
    base["data"]["text/html"] += more.format(1)
    head["data"]["text/html"] += more.format(2)
    change = compared(base, head)
    assert change.table is not None
    assert change.table.head.rows[0][0].text == "2"


def test_a_picture_inside_a_table_counts() -> None:
    assert not same(table('<img src="a.png">'), table('<img src="b.png">'))


def test_huge_tables_are_compared_in_an_excerpt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(displays, "LARGE_HTML", 2_000)
    rows = [str(number) for number in range(300)]
    change = compared(table(*rows), table(*rows[:200], "new", *rows[201:]))
    assert change.coarse
    assert change.table is not None
    assert len(change.table.base.rows) < 20
    assert [row[0].text for row in change.table.base.rows][:1] == [""]
    assert len(change.table.changed) == 1


def test_a_picture_that_was_only_encoded_again_is_unchanged() -> None:
    assert same(display(image_png=png("red")), display(image_png=png("red", compress_level=0)))
    change = compared(display(image_png=png("red")), display(image_png=png("blue")))
    assert change.image is not None
    assert (change.kind, change.image.ratio) == (ChangeKind.MODIFIED, 1.0)


def test_the_name_of_an_equal_picture_counts_but_not_its_address() -> None:
    base = display(image_png=png("red"), text_plain="<Figure size 640x480>")
    change = compared(base, display(image_png=png("red"), text_plain="<Figure size 320x240>"))
    assert change.kind is ChangeKind.MODIFIED
    assert change.text is not None
    assert same(
        display(image_png=png("red"), text_plain="<Figure at 0x7f0011223344>"),
        display(image_png=png("red"), text_plain="<Figure at 0x7f0099887766>"),
    )


def test_other_renderings_of_an_equal_picture_do_not_count() -> None:
    assert same(
        bundle(image__png=png("red"), application__pdf="aGVsbG8="),
        bundle(image__png=png("red"), application__pdf="d29ybGQ="),
    )


def test_drawings_are_compared_as_texts_without_generated_ids() -> None:
    svg = '<svg><!-- {0} --><path id="m{0}"/><use href="#m{0}"/><text>{1}</text></svg>'
    drawn = {"base": bundle(), "head": bundle(), "other": bundle()}
    for name, made, label in (("base", "1f", "a"), ("head", "2e", "a"), ("other", "2e", "b")):
        drawn[name]["data"]["image/svg+xml"] = svg.format(made, label)
    assert same(drawn["base"], drawn["head"])
    change = compared(drawn["base"], drawn["other"])
    assert change.text is not None
    assert change.text.counts == (1, 1)


def test_errors_tell_type_message_and_frames() -> None:
    base = error("E", "<A at 0x7f0011223344>", ["Cell In[3], line 1\n----> 1 f()", "E: x"])
    assert same(base, error("E", "<A at 0x7f0055667788>", ["Cell In[8], line 1\n----> 1 f()", "E: x"]))
    change = compared(base, error("E", "other", ["Cell In[3], line 1\n----> 1 g()", "E: x"]))
    assert change.error is not None
    assert (change.error.type_changed, change.error.message_changed) == (False, True)
    assert change.text is not None


def test_json_is_compared_as_a_tree() -> None:
    kind = "application/vnd.plotly.v1+json"
    base, head = bundle(), bundle()
    base["data"][kind] = {"data": [{"y": [1, 2]}]}
    head["data"][kind] = {"data": [{"y": [1, 3]}]}
    change = compared(base, head)
    assert change.category is OutputCategory.JSON
    assert [leaf.path for leaf in change.tree] == [(kind, "data", 0, "y", 1)]


def test_ids_of_widgets_and_of_the_html_beside_them_are_no_difference() -> None:
    def view(made: str, text: str = "IntSlider(value=3)") -> dict[str, Any]:
        kind = "application/vnd.jupyter.widget-view+json"
        value = {"model_id": made, "version_major": 2}
        return {**display(), "data": {kind: value, "text/plain": text, "text/html": f'<div id="{made}">'}}

    assert same(view(FIRST), view(SECOND))
    change = compared(view(FIRST), view(SECOND, "IntSlider(value=4)"))
    assert change.text is not None
    assert change.tree == ()


def test_html_that_is_no_table_shows_its_lines() -> None:
    change = compared(display(text_html="<b>a</b>\n<i>x</i>"), display(text_html="<b>a</b>\n<i>y</i>"))
    assert (change.category, change.text is not None and change.text.counts) == (OutputCategory.OTHER, (1, 1))
    assert same(display(text_html=f'<div id="{FIRST}">'), display(text_html=f'<div id="{SECOND}">'))


def test_markdown_beside_an_equal_plain_text_is_shown() -> None:
    base, head = (
        display(text_plain="<M>", text_markdown="# a"),
        display(text_plain="<M>", text_markdown="# b"),
    )
    change = compared(base, head)
    assert change.text is not None
    assert change.text.head_lines == ("# b",)


def test_bytes_that_differ_show_nothing_but_are_changed() -> None:
    change = compared(bundle(application__pdf="aGVsbG8="), bundle(application__pdf="d29ybGQ="))
    assert (change.kind, change.text, change.category) == (ChangeKind.MODIFIED, None, OutputCategory.OTHER)


def test_addresses_alone_are_no_difference() -> None:
    assert same(display(text_plain="<f at 0x7f0011223344>"), display(text_plain="<f at 0x7f0055667788>"))
    assert not same(display(text_plain="0x7f0011223344"), display(text_plain="0x7f0055667788"))


def test_options_say_what_counts() -> None:
    base, head = display(text_plain="a b"), display(text_plain="a   b")
    assert not same(base, head)
    assert same(base, head, DiffOptions(whitespace=False))
    noted = {**base, "metadata": {"outputId": "x", "needs": "y"}}
    assert not same(base, noted)
    assert same(base, noted, DiffOptions(ignored=frozenset({Aspect.METADATA})))
    moved = {**base, "metadata": {"outputId": "x"}}
    assert same(base, moved)
    assert not same(base, moved, DiffOptions(ignored=frozenset()))
