"""What a person at a terminal reads."""

import io
import re
from typing import Any

import pytest
from rich.console import Console

from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff, Relation, RelationKind
from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.hunks import safe
from nbreview.presentation.text import render_diff
from tests.builders import code, display, error, markdown, notebook, stream


def printed(base: bytes, head: bytes, context_lines: int = 3, **options: Any) -> str:
    out = io.StringIO()
    diff = diff_notebooks(read_bytes(base, "base"), read_bytes(head, "head"))
    render_diff(diff, "old.ipynb", "new.ipynb", Console(file=out, **options), context_lines)
    return out.getvalue()


def test_nothing_is_printed_without_differences() -> None:
    data = notebook(code("x"))
    assert printed(data, data) == ""


def test_a_modified_cell_shows_its_lines_with_context_and_the_rest_counted() -> None:
    numbered = [f"step_{n}()" for n in range(12)]
    base = notebook(markdown("# Title"), code("\n".join(numbered), count=4), code("end()"))
    numbered[5] = "step_5(fast=True)"
    head = notebook(markdown("# Title"), code("\n".join(numbered), count=4), code("end()"))
    assert printed(base, head) == (
        "old.ipynb → new.ipynb\n"
        "≠ 1 modified\n"
        "\n"
        "⋯ 1 unchanged cell\n"
        "\n"
        "≠ cell 2  code  In [4]  modified  −1 +1\n"
        "  ⋯ 2 unchanged lines\n"
        "    step_2()\n"
        "    step_3()\n"
        "    step_4()\n"
        "  − step_5()\n"
        "  + step_5(fast=True)\n"
        "    step_6()\n"
        "    step_7()\n"
        "    step_8()\n"
        "  ⋯ 3 unchanged lines\n"
        "\n"
        "⋯ 1 unchanged cell\n"
        "\n"
    )
    assert "step_4()" not in printed(base, head, context_lines=0)


def test_added_removed_and_moved_cells_carry_their_sign() -> None:
    first, second = "alpha = read('a')\nalpha.info()", "omega = read('o')\nomega.info()"
    base = notebook(code(first), code(second), code("gone = 1"), code("one()"), code("two()"))
    head = notebook(code(second), code("one()"), code("!pip install x"), code("two()"), code(first))
    text = printed(base, head)
    assert re.search(r"^− cell 3  code .* removed\n  − gone = 1$", text, re.MULTILINE)
    assert re.search(r"^\+ cell 3  code .* added\n  \+ !pip install x$", text, re.MULTILINE)
    assert re.search(r"^⇄ cell 5  code .* moved from cell 1$", text, re.MULTILINE)


def test_outputs_are_summed_up_by_what_they_are() -> None:
    base = notebook(
        code("x", outputs=[stream("one\ntwo\n"), display(image_png="aGVsbG8="), error("ValueError", "bad")])
    )
    head = notebook(code("x", outputs=[stream("one\n2\n"), display(image_png="aGVsbG9vb29v")]))
    text = printed(base, head)
    assert "  ≠ output 1  text  stdout\n      one\n    − two\n    + 2\n" in text
    assert "  ≠ output 2  image  image/png 5 B → image/png 9 B\n" in text
    assert "  − output 3  error  ValueError\n    − ValueError: bad\n" in text


def test_a_long_added_output_is_cut_and_counted() -> None:
    base = notebook(code("x"))
    head = notebook(code("x", outputs=[stream("".join(f"{n}\n" for n in range(40)))]))
    assert "    + 11\n    ⋯ 28 more lines\n" in printed(base, head)


def test_metadata_is_printed_with_both_values() -> None:
    base = notebook(code("x", tags=["a"]), kernelspec={"name": "old"})
    head = notebook(code("x", tags=["b"], note="n" * 200), kernelspec={"name": "new"})
    text = printed(base, head)
    assert '  ≠ metadata tags: ["a"] → ["b"]\n' in text
    assert "nnn…\n" in text
    assert '≠ notebook metadata\n  ≠ metadata kernelspec.name: "old" → "new"\n' in text


def test_a_file_cannot_drive_the_terminal_or_turn_the_text_around() -> None:
    hidden = "x = 1 \u202e# \x1b]0;owned\x07\x1b[2J\x9b31m\r\u2066admin"
    text = printed(notebook(code("x = 1")), notebook(code(hidden), note="\x1b[31m"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "‹U+202E›" in text
    assert "␛]0;owned␇" in text


def test_safe_keeps_what_is_harmless() -> None:
    assert safe("a\tb é 漢 🙂") == "a\tb é 漢 🙂"


def test_long_lines_are_not_wrapped() -> None:
    long = "value = " + "x" * 500
    assert long in printed(notebook(code("a")), notebook(code(long)), width=80)


def test_changed_words_are_reversed_in_colour_and_no_color_is_honoured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    base, head = notebook(code("rate = 0.1  # slow")), notebook(code("rate = 0.2  # slow"))
    coloured = printed(base, head, force_terminal=True, color_system="truecolor")
    assert re.search(r"\x1b\[7;[0-9;]+m0\.2\x1b\[0m", coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = printed(base, head, force_terminal=True, color_system="truecolor")
    assert not re.search(r"\x1b\[[0-9;]*(3[0-9]|9[0-7]|38;)", plain)


def test_a_square_bracket_is_no_markup() -> None:
    assert "[bold]x[/bold]" in printed(notebook(code("a")), notebook(code("[bold]x[/bold]")))


def test_cells_that_were_split_merged_or_copied_say_where_from_and_what_was_coarse_is_said() -> None:
    base, head = (read_bytes(notebook(code(text)), "n") for text in ("a = 1", "b = 2"))
    diff = NotebookDiff(
        base,
        head,
        (
            CellChange(ChangeKind.REMOVED, 0, None, relation=Relation(RelationKind.MERGED, 3)),
            CellChange(ChangeKind.ADDED, None, 0, relation=Relation(RelationKind.SPLIT, 2)),
        ),
        coarse=True,
    )
    out = io.StringIO()
    render_diff(diff, "old", "new", Console(file=out), note="renamed")
    text = out.getvalue()
    assert text.count("merged into cell 4") == 1
    assert text.count("split from cell 3") == 1
    assert "(renamed)\n" in text
    assert "paired by position" in text
