"""The small diff of a card: rows, folds, words, and a height that follows the width."""

from pytestqt.qtbot import QtBot

from nbreview.diff.lines import diff_text
from nbreview.diff.model import TextDiff
from nbreview.gui.diff_preview import MAX_ROWS, DiffPreview, preview_rows, rows_in_words
from nbreview.gui.theme import load_theme
from nbreview.presentation.highlight import Highlighter


def shown(diff: TextDiff) -> list[str]:
    return [f"{row.sign}{row.text}" for row in preview_rows(diff)]


def preview(qtbot: QtBot, diff: TextDiff, language: str = "python") -> DiffPreview:
    widget = DiffPreview(load_theme("light"))
    qtbot.addWidget(widget)
    widget.set_diff(diff, language, Highlighter())
    return widget


def test_removed_lines_stand_before_added_ones_in_each_run() -> None:
    assert shown(diff_text("a = 1\nb = 2\n", "a = 10\nb = 20\n"))[:4] == [
        "−a = 1",
        "−b = 2",
        "+a = 10",
        "+b = 20",
    ]


def test_what_is_far_from_a_change_is_folded_with_its_count() -> None:
    base = "".join(f"line {number}\n" for number in range(20))
    rows = shown(diff_text(base, base.replace("line 10\n", "other words\n")))
    assert rows[0] == "⋯8 unchanged lines"
    assert rows[1:3] == ["line 8", "line 9"]
    assert rows[-1].startswith("⋯")


def test_a_few_unchanged_lines_are_not_worth_a_fold() -> None:
    base = "one\ntwo\nthree\nfour\nfive\nsix = 1\n"
    rows = shown(diff_text(base, base.replace("six = 1", "six = 2")))
    assert rows[:5] == ["one", "two", "three", "four", "five"]


def test_a_very_long_change_is_cut_off_and_says_so() -> None:
    rows = preview_rows(diff_text("", "\n".join(f"x{number} = {number}" for number in range(2_000))))
    assert len(rows) == MAX_ROWS + 1
    assert "choose Edit" in rows[-1].text


def test_a_screen_reader_hears_each_line_with_what_became_of_it(qtbot: QtBot) -> None:
    diff = diff_text("a = 1\n", "a = 2\n")
    assert rows_in_words(preview_rows(diff)).splitlines()[:2] == ["removed: a = 1", "added: a = 2"]
    assert preview(qtbot, diff).accessibleDescription() == rows_in_words(preview_rows(diff))


def test_lines_wrap_where_it_is_narrow(qtbot: QtBot) -> None:
    widget = preview(qtbot, diff_text("", "result = compute(" + ", ".join(["argument"] * 30) + ")"))
    assert widget.heightForWidth(200) > 3 * widget.heightForWidth(4_000)


def test_larger_text_needs_more_height(qtbot: QtBot) -> None:
    widget = preview(qtbot, diff_text("", "a = 1\nb = 2\n"))
    before = widget.heightForWidth(400)
    widget.set_theme(load_theme("dark", text_scale=2.0))
    assert widget.heightForWidth(400) > 1.5 * before


def test_it_paints_astral_characters_tabs_and_direction_controls(qtbot: QtBot) -> None:
    widget = preview(qtbot, diff_text("x = '😀 old'\n\ty\n", "x = '😀 new'\n\ty  # \u202e evil\n"))
    widget.resize(300, widget.heightForWidth(300))
    assert not widget.grab().isNull()
