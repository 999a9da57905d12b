"""Markdown is rendered without bringing anything in."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from nbreview.gui.diff.look import Look
from nbreview.gui.diff.prose import MAX_RENDERED, _document, to_html
from nbreview.gui.theme import Theme


def test_markdown_becomes_html() -> None:
    html = to_html("# Title\n\n- a `b`\n\n| x | y |\n| - | - |\n| 1 | 2 |")
    for part in ("<h1>Title</h1>", "<li>", "<code>b</code>", "<td>1</td>"):
        assert part in html


def test_html_of_the_author_is_shown_and_not_obeyed() -> None:
    html = to_html("<script>alert(1)</script> <img src='https://example.org/x.png'>")
    assert "<script" not in html
    assert "<img" not in html


def test_pictures_become_their_description() -> None:
    html = to_html("![a *plot*](https://example.org/secret.png) and ![](https://example.org/passwd)")
    assert "example.org" not in html
    assert "passwd" not in html
    assert "a plot" in html


def test_links_with_scripts_are_no_links() -> None:
    assert "<a " not in to_html("[click](javascript:alert(1))")


def test_a_document_loads_nothing(qapp: object, theme: Theme) -> None:
    document = _document("text", Look(theme), 400)
    kind = QTextDocument.ResourceType.ImageResource.value
    assert document.resource(kind, QUrl("file:///etc/hostname")) is None


def test_a_document_is_as_wide_as_its_column(qapp: object, theme: Theme) -> None:
    narrow, wide = (_document("many words " * 40, Look(theme), width) for width in (200, 800))
    assert narrow.size().height() > 2 * wide.size().height()


def test_a_huge_text_is_cut_with_a_count() -> None:
    assert "more characters" in to_html("x" * (MAX_RENDERED + 7))
