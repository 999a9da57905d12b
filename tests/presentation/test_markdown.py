"""Markdown becomes parts: what a reader sees, and nothing that an author could make happen."""

from nbreview.presentation.markdown import (
    MAX_RENDERED,
    Part,
    RunKind,
    read_html,
    read_latex,
    read_markdown,
)


def kinds(source: str) -> list[RunKind]:
    return [run.kind for part in read_markdown(source) for run in part.runs]


def texts(parts: tuple[Part, ...]) -> str:
    return "".join(run.words for part in parts for run in part.runs)


def test_every_block_is_a_part_and_every_item_too() -> None:
    parts = read_markdown(
        "# T\n\ntext\n\n- a\n- b\n  1. c\n\n> q\n\n```python\nx\n```\n\n| a |\n| - |\n| 1 |\n\n---"
    )
    assert [part.name for part in parts] == ["h1", "p", "ul", "ul", "quote", "listing", "table", "rule"]


def test_numbers_go_on_from_item_to_item_and_do_not_count_as_changes() -> None:
    first, second = read_markdown("3. same\n4. same")
    assert [part.runs[0].text for part in (first, second)] == ["ol:3", "ol:4"]
    assert first.key == second.key


def test_tasks_have_boxes() -> None:
    assert "☐ open" in texts(read_markdown("- [ ] open"))
    assert "☑ done" in texts(read_markdown("- [x] done"))
    assert "[x] no" in texts(read_markdown("[x] no"))


def test_a_link_shows_where_it_leads_and_a_bare_address_once() -> None:
    assert texts(read_markdown("[words](https://example.org/a)")) == "wordshttps://example.org/a\n"
    assert texts(read_markdown("<https://example.org>")) == "https://example.org\n"
    assert "javascript:alert(1)" in texts(read_markdown("[click](javascript:alert(1))"))


def test_formulas_are_found_in_all_their_delimiters() -> None:
    for source in (r"a $x^2$ b", r"a \(x^2\) b", r"a \\(x^2\\) b"):
        assert RunKind.FORMULA in kinds(source)
    for source in (
        "$$x$$",
        "$$\nx\n$$",
        "\\[ x \\]",
        "\\[\nx\n\\]",
        "\\begin{align}\na&=b\n\\end{align}",
        "a $$x$$ b",
    ):
        assert RunKind.DISPLAY in kinds(source), source


def test_prices_and_escaped_dollars_are_no_formulas() -> None:
    assert RunKind.FORMULA not in kinds("It costs $5 and $6.")
    assert RunKind.FORMULA not in kinds(r"\$x\$")
    assert RunKind.FORMULA not in kinds("`$x$`")
    assert RunKind.DISPLAY not in kinds(r"a \[not closed")


def test_a_picture_is_what_the_cell_holds_or_its_description() -> None:
    attachments = {"a b.png": {"image/png": ["iVBO", "Rw0K"]}}
    (part,) = read_markdown("![p](attachment:a%20b.png) ![q](https://example.org/q.png)", attachments)
    held, remote = (run for run in part.runs if run.kind is RunKind.PICTURE)
    assert held.held == ("image/png", "iVBORw0K")
    assert remote.held is None
    assert (remote.text, remote.detail) == ("q", "https://example.org/q.png")


def test_a_picture_written_into_the_text_is_no_text() -> None:
    value = "A" * 2 * MAX_RENDERED
    parts = read_markdown(f"![x](data:image/png;base64,{value})\n\nafter")
    assert next(run for run in parts[0].runs if run.kind is RunKind.PICTURE).held == ("image/png", value)
    assert texts(parts[1:]) == "after\n"


def test_html_of_the_author_is_reduced_to_text_and_tables() -> None:
    parts = read_markdown(
        "<script>alert(1)</script>\n\n<div onclick='x'>hi <img src=https://example.org/x alt=plot></div>"
    )
    html = "".join(run.text for part in parts for run in part.runs if run.kind is RunKind.HTML)
    assert "hi" in html
    assert "plot" in html
    for part in ("script", "alert", "onclick", "example.org", "<img"):
        assert part not in html


def test_marks_within_a_line_are_kept_and_always_end() -> None:
    (part,) = read_markdown("a <b>bold <a href='https://example.org'>x</a>")
    opened = [run.text for run in part.runs if run.kind is RunKind.OPEN]
    closed = [run.text for run in part.runs if run.kind is RunKind.CLOSE]
    assert sorted(opened) == sorted(closed) == ["p", "strong"]


def test_a_huge_text_is_cut_with_a_count() -> None:
    assert "7 more characters" in texts(read_markdown("x" * (MAX_RENDERED + 7)))
    assert "more characters" in texts(read_html("x" * (MAX_RENDERED + 7)))


def test_an_output_of_latex_is_one_formula_or_text_with_some() -> None:
    for source in ("$\\displaystyle x$", "$$x$$", "\\[x\\]", "\\begin{align}x\\end{align}"):
        (part,) = read_latex(source)
        assert [run.kind for run in part.runs] == [RunKind.DISPLAY]
    assert RunKind.FORMULA in [run.kind for part in read_latex("where $x$ and $y$") for run in part.runs]


def test_odd_text_is_read_without_an_error() -> None:
    for source in (
        "",
        "\x00",
        "$",
        "$$",
        "\\[",
        "\\(",
        "<",
        "[",
        "![](",
        "|" * 500,
        ">" * 300,
        "- " * 300,
        "\ud800",
    ):
        read_markdown(source)
        read_latex(source)
        read_html(source.encode("utf-8", "replace").decode())
