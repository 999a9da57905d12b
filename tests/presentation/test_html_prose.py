"""Markdown in the page."""

import base64

from nbreview.presentation.html_markup import Budget
from nbreview.presentation.html_prose import MAX_RENDERED, prose
from tests.presentation.pages import Element, parsed


def rendered(source: str, **attachments: object) -> Element:
    return parsed(prose(source, attachments, Budget()))


def test_markdown_is_rendered_below_the_headings_of_the_page() -> None:
    root = rendered("# One\n\n##### Five\n\n- *a*\n- **b**\n\n| x | y |\n|--:|---|\n| 1 | 2 |\n\n~~c~~ `d`")
    assert [heading.tag for heading in root.find() if heading.tag[0] == "h"] == ["h4", "h6"]
    assert [root.find(tag)[0].text for tag in ("em", "strong", "td", "s", "code")] == [
        "a",
        "b",
        "1",
        "c",
        "d",
    ]
    assert not any("style" in element.attributes for element in root.find())


def test_html_is_text() -> None:
    root = rendered("<b onclick=x>bold</b>\n\n<script>alert(1)</script>")
    assert {element.tag for element in root.find()} == {"div", "p"}
    assert "<script>alert(1)</script>" in root.text


def test_links_to_the_web_tell_nobody_where_they_come_from_and_others_are_text() -> None:
    root = rendered("[web](https://example.org/?a=1&b=2) [run](javascript:x) [file](data.csv) <ftp://h/x>")
    (link,) = root.find("a")
    assert link.attributes["href"] == "https://example.org/?a=1&b=2"
    assert link.attributes["rel"] == "noopener noreferrer nofollow"
    assert [span.text for span in root.find("span", "link")] == ["run", "file", "ftp://h/x"]


def test_pictures_from_elsewhere_are_named_and_not_loaded() -> None:
    root = rendered("![a plot](https://example.org/p.png) ![](figures/p.png)")
    assert root.find("img") == []
    assert [span.text for span in root.find("span", "remote")] == [
        "▧ a plot (not loaded: https://example.org/p.png)",
        "▧ picture (not loaded: figures/p.png)",
    ]


def test_pictures_that_the_notebook_holds_are_shown() -> None:
    svg = base64.b64encode(b"<svg/>").decode()
    root = rendered(
        f"![one](attachment:a%20b.png) ![two](data:image/gif;base64,aGk=) "
        f"![3](data:image/svg+xml;base64,{svg}) ![bad](attachment:page.html)",
        **{"a b.png": {"image/png": "aGVsbG8="}, "page.html": {"text/html": "PGI+"}},
    )
    assert [(picture.attributes["alt"], picture.attributes["src"]) for picture in root.find("img")] == [
        ("one", "data:image/png;base64,aGVsbG8="),
        ("two", "data:image/gif;base64,aGk="),
        ("3", f"data:image/svg+xml;base64,{svg}"),
    ]
    assert "▧ bad (not loaded: attachment: page.html)" in root.text


def test_past_a_length_the_rest_is_counted() -> None:
    root = rendered("word " * (MAX_RENDERED // 5) + "1234567")
    assert "7 more characters of Markdown, not rendered" in root.text


def test_a_large_picture_in_the_text_is_a_picture_and_no_text() -> None:
    data = "iVBORw0KGgo" + "A" * 1_000_000 + "="
    root = rendered(f"before ![p](data:image/png;base64,{data}) after `data:image/png;base64,{data}` held0")
    (picture,) = root.find("img")
    assert picture.attributes["src"] == f"data:image/png;base64,{data}"
    assert len(root.text) < 200
    assert "after" in root.text
    assert "left out" not in root.text


def test_past_the_budget_markdown_is_counted() -> None:
    root = parsed(prose("# Title", {}, Budget(rendered=3)))
    assert root.text == "7 characters of Markdown, not rendered"
