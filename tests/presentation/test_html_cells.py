"""Cells in the page."""

from dataclasses import replace

from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff, Relation, RelationKind
from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.html_cells import notebook_cells
from nbreview.presentation.html_markup import Budget
from tests.builders import code, markdown, notebook
from tests.presentation.pages import Element, page_of, parsed


def cells(diff: NotebookDiff, budget: Budget | None = None) -> Element:
    return parsed("".join(notebook_cells(diff, "b0", budget or Budget())))


def test_a_changed_cell_says_what_it_is_and_what_became_of_it() -> None:
    root = page_of(
        notebook(code("a = 1", count=3, id="a", tags=["x"])),
        notebook(code("a = 2", count=3, id="a", tags=["y"])),
    )
    (article,) = root.find("article")
    header = " ".join(article.find("header")[0].text.split())
    assert header.startswith("≠ Cell 1 modified")
    assert "In [3]" in header
    assert [tag.text for tag in article.find("span", "tag")] == ["y"]
    (fold,) = article.find("details", "meta")
    assert fold.find("summary")[0].text == "≠ 1 metadata change"
    assert '["x"] → ["y"]' in fold.text


def test_markdown_is_shown_as_source_where_it_changed_and_rendered() -> None:
    root = page_of(notebook(markdown("# Old *title*", id="m")), notebook(markdown("# New *title*", id="m")))
    (article,) = root.find("article")
    assert [cell.text for cell in article.find("td", "new")] == ["# New *title*"]
    assert [part.text for part in article.find("h4")] == ["Old title", "New title"]
    added = page_of(notebook(), notebook(markdown("*new* text")))
    assert [part.text for part in added.find("div", "prose")] == ["new text\n"]
    assert [cell.text for cell in added.find("td", "new")] == ["*new* text"]


def test_an_attachment_is_shown_where_the_markdown_asks_for_it() -> None:
    cell = markdown("![plot](attachment:p.png)")
    cell["attachments"] = {"p.png": {"image/png": "aGVsbG8="}}
    (picture,) = page_of(notebook(), notebook(cell)).find("img")
    assert picture.attributes == {"src": "data:image/png;base64,aGVsbG8=", "alt": "plot"}


def test_unchanged_cells_are_folded_and_can_be_read() -> None:
    rest = [markdown("# Load", id="m"), code("load()", id="a"), code("show()", id="b")]
    root = page_of(notebook(*rest, code("x = 1", id="c")), notebook(*rest, code("x = 2", id="c")))
    (fold,) = root.find("details", "cells-fold")
    assert fold.find("summary")[0].text == "⋯ 3 unchanged cells  ·  Load"
    assert [cell.text for cell in fold.find("td") if "n" not in cell.classes] == ["load()", "show()"]


def test_unchanged_cells_beyond_the_budget_are_counted() -> None:
    rest = [code(f"cell_{n}()" * 10, id=f"r{n}") for n in range(10)]
    base, head = notebook(*rest, code("x = 1", id="c")), notebook(*rest, code("x = 2", id="c"))
    (fold,) = page_of(base, head, Budget(quiet=1_000)).find("details", "cells-fold")
    assert "⋯ 10 unchanged cells" in fold.text
    assert "7 unchanged cells, left out of this page" in fold.text


def test_a_relation_is_named_and_leads_to_the_other_cell() -> None:
    both = read_bytes(notebook(code("a"), code("b")), "notebook")
    changes = (
        CellChange(ChangeKind.MOVED, 0, 0),
        CellChange(ChangeKind.ADDED, None, 1, relation=Relation(RelationKind.SPLIT, 0)),
    )
    root = cells(NotebookDiff(both, both, changes))
    (link,) = root.find("article", "added")[0].find("a")
    assert (link.text, link.attributes["href"]) == ("split from cell 1", "#b0c0")


def test_what_was_compared_coarsely_says_so() -> None:
    sides = [read_bytes(notebook(code(f"x = {n}", id="a")), "notebook") for n in range(2)]
    diff = diff_notebooks(*sides)
    assert "aligned by position" in cells(replace(diff, coarse=True)).text
    text = diff.cells[0].source
    assert text is not None
    change = replace(diff.cells[0], source=replace(text, coarse=True))
    assert "paired roughly" in cells(replace(diff, cells=(change,))).text


def test_a_changed_type_shows_both_sources() -> None:
    root = page_of(
        notebook(code("total = sum(values)\nprint(total)", id="a")),
        notebook(markdown("total = sum(values)\nprint(total)", id="a")),
    )
    assert "code → markdown" in root.text
    assert [cell.text for cell in root.find("td") if "n" not in cell.classes][-1] == "print(total)"


def test_metadata_of_the_notebook_is_folded_on_top() -> None:
    base, head = notebook(code("x"), title="a"), notebook(code("x"), title="b")
    root = page_of(base, head)
    (fold,) = root.find("details", "meta")
    assert fold.find("summary")[0].text == "≠ Notebook metadata: 1 change"
    assert 'title"a" → "b"' in fold.text
