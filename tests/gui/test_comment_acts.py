"""Comments in the running window: c opens the box, Ctrl+Enter keeps, Escape keeps a draft; they go along."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.gui.comment_acts import CommentActs
from nbreview.gui.comments_panel import CommentsPanel, Filter
from nbreview.gui.diff.commentview import LinePlace
from nbreview.gui.review_export import ReviewExport
from nbreview.review.comments import Comment
from nbreview.services.samples import SampleRepository
from tests.builders import code, notebook
from tests.git_repos import Repo
from tests.gui.programs import settled

OLD = notebook(code("a = 1\nb = 2\nc = 3", id="a"), code("keep = 1", id="k"), code("x = 1", id="x"))
NEW = notebook(code("a = 1\nb = 20\nc = 3", id="a"), code("keep = 1", id="k"), code("x = 2", id="x"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    repo = Repo(tmp_path / "repo")
    repo.commit("first", {"n.ipynb": OLD})
    repo.path("n.ipynb").write_bytes(NEW)
    repo.git("config", "user.name", "Ann")
    return repo.path("n.ipynb")


@pytest.fixture
def opened(start: Callable[..., Program], path: Path, qtbot: QtBot) -> Program:
    program = start(path)
    settled(program, qtbot, lambda: program.session.comparison is not None)
    return program


def acts(program: Program) -> CommentActs:
    return next(room for room in program.window.rooms if isinstance(room, CommentActs))


def panel(program: Program) -> CommentsPanel:
    return program.window.assistant.comments


def trigger(program: Program, act: str) -> None:
    program.window.actions_[act].trigger()


def comments(program: Program) -> tuple[Comment, ...]:
    return program.session.store.comments(str(program.session.target().notebook))


def write(program: Program, qtbot: QtBot, text: str, place: LinePlace | None = None) -> str:
    """Comment by keyboard; the id of the thread."""
    before = len(program.session.threads)
    if place is None:
        trigger(program, "comment")
    else:
        acts(program).open_box(place)
    box = acts(program).box
    assert box is not None
    QTest.keyClicks(box.text, text)
    QTest.keyClick(box.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(program, qtbot, lambda: len(program.session.threads) == before + 1)
    return next(each.id for each in comments(program) if each.text == text)


def test_c_comments_on_the_current_cell_and_it_is_in_the_store_before_the_window_says_so(
    opened: Program, qtbot: QtBot
) -> None:
    window = opened.window
    thread = write(opened, qtbot, "Why twenty?")
    (kept,) = comments(opened)
    assert (kept.text, kept.line, kept.author, kept.place.cell_id) == ("Why twenty?", None, "Ann", "a")
    assert acts(opened).box is None
    assert panel(opened).shown() == (thread,)
    assert panel(opened).current == thread
    tabs = window.assistant.tabs
    assert tabs.tabText(tabs.indexOf(panel(opened))) == "Comments (1)"
    assert window.outline._model.items[0].comments == 1


def test_a_line_that_was_clicked_is_commented_on(opened: Program, qtbot: QtBot) -> None:
    canvas = opened.window.canvas
    area = canvas.line_area(LinePlace(0, True, 1))
    assert area is not None
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert canvas.line_at_hand() == LinePlace(0, True, 1)
    write(opened, qtbot, "Here.")
    (kept,) = comments(opened)
    assert kept.line == 1
    assert kept.source.startswith("a = 1\nb = 20")


def test_the_keyboard_alone_chooses_the_line(opened: Program, qtbot: QtBot) -> None:
    trigger(opened, "comment")
    box = acts(opened).box
    assert box is not None
    for _ in range(3):
        QTest.keyClick(box.text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(box.text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert box.title.text() == "Comment on Cell 1, line 2"
    QTest.keyClicks(box.text, "Two.")
    box.save_button.click()
    settled(opened, qtbot, lambda: len(opened.session.threads) == 1)
    assert comments(opened)[0].line == 1


def test_escape_keeps_the_draft_also_after_a_restart(
    start: Callable[..., Program], path: Path, opened: Program, qtbot: QtBot
) -> None:
    place = LinePlace(0, True, 2)
    acts(opened).open_box(place)
    box = acts(opened).box
    assert box is not None
    QTest.keyClicks(box.text, "Half a th")
    QTest.keyClick(box.text, Qt.Key.Key_Escape)
    assert acts(opened).box is None
    settled(opened, qtbot, lambda: bool(opened.session.store.places("comment drafts:")))
    assert comments(opened) == ()
    again = start(path)
    settled(again, qtbot, lambda: again.session.comparison is not None)
    acts(again).open_box(place)
    second = acts(again).box
    assert second is not None
    assert second.typed == "Half a th"
    second.save_button.click()
    settled(again, qtbot, lambda: len(again.session.threads) == 1)
    assert again.session.store.places("comment drafts:") == {}


def test_c_on_a_line_with_a_thread_answers_it(opened: Program, qtbot: QtBot) -> None:
    thread = write(opened, qtbot, "Why?")
    opened.window.canvas.setFocus()
    trigger(opened, "comment")
    box = panel(opened).card(thread).box
    assert box is not None
    QTest.keyClicks(box.text, "Because.")
    QTest.keyClick(box.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(opened, qtbot, lambda: len(opened.session.threads[0].replies) == 1)
    assert panel(opened).card(thread).box is None
    assert [each.text for each in panel(opened).card(thread).view.remarks] == ["Why?", "Because."]


def test_a_comment_is_edited_in_its_card(opened: Program, qtbot: QtBot) -> None:
    thread = write(opened, qtbot, "Wy?")
    card = panel(opened).card(thread)
    card.edit(thread)
    assert card.box is not None
    assert card.box.typed == "Wy?"
    card.box.text.setPlainText("Why?")
    card.box.save_button.click()
    settled(opened, qtbot, lambda: opened.session.threads[0].comment.text == "Why?")
    assert len(opened.session.store.comment_events(thread)) == 1


def test_resolved_threads_leave_the_list_and_are_found_by_the_filter(opened: Program, qtbot: QtBot) -> None:
    thread = write(opened, qtbot, "Why?")
    trigger(opened, "resolve_comment")
    settled(opened, qtbot, lambda: not opened.session.threads[0].open)
    assert panel(opened).shown() == ()
    assert "all threads are resolved" in panel(opened)._empty.text()
    panel(opened).set_filter(Filter.RESOLVED)
    assert panel(opened).shown() == (thread,)
    trigger(opened, "resolve_comment")
    settled(opened, qtbot, lambda: opened.session.threads[0].open)


def test_what_was_deleted_is_brought_back_by_undo(opened: Program, qtbot: QtBot) -> None:
    thread = write(opened, qtbot, "Why?")
    panel(opened).card(thread).deleted.emit(thread, thread)
    settled(opened, qtbot, lambda: opened.session.threads == ())
    assert "No comments yet" in panel(opened)._empty.text()
    notices = opened.window.notices
    assert notices.latest() == "The comment was deleted."
    next(each for each in notices.findChildren(QPushButton) if each.text() == "Undo").click()
    settled(opened, qtbot, lambda: len(opened.session.threads) == 1)


def test_ctrl_z_takes_back_each_act_on_a_comment_newest_first(opened: Program, qtbot: QtBot) -> None:
    window, session = opened.window, opened.session
    thread = write(opened, qtbot, "Why?")
    panel(opened).card(thread).edited.emit(thread, thread, "Why not?")
    settled(opened, qtbot, lambda: session.threads[0].comment.text == "Why not?")
    panel(opened).card(thread).answered.emit(thread, "Because.")
    settled(opened, qtbot, lambda: len(session.threads[0].replies) == 1)
    window.actions_["resolve_comment"].trigger()
    settled(opened, qtbot, lambda: not session.threads[0].open)
    panel(opened).deleted.emit(thread, thread)
    settled(opened, qtbot, lambda: session.threads == ())

    def undo(seen: Callable[[], bool], said: str) -> None:
        window.actions_["undo"].trigger()
        settled(opened, qtbot, seen)
        assert window.notices.latest() == said

    undo(lambda: len(session.threads) == 1, "The comment is there again.")
    undo(lambda: session.threads[0].open, "The thread is open again.")
    undo(lambda: not session.threads[0].replies, "The answer is taken back.")
    undo(lambda: session.threads[0].comment.text == "Why?", "The comment reads as before.")
    undo(lambda: session.threads == (), "The comment is taken back.")
    window.actions_["undo"].trigger()
    settled(opened, qtbot, lambda: "There is nothing to undo" in window.notices.latest())


def test_ctrl_z_takes_back_what_was_done_with_a_cell_after_a_comment_first(
    opened: Program, qtbot: QtBot
) -> None:
    window = opened.window
    write(opened, qtbot, "Why?")
    window.canvas.goto_change(0)
    window.actions_["revert"].trigger()
    settled(opened, qtbot, lambda: "as in the base again" in window.notices.latest())
    window.actions_["undo"].trigger()
    settled(opened, qtbot, lambda: "is as it was before" in window.notices.latest())
    assert len(opened.session.threads) == 1
    window.actions_["undo"].trigger()
    settled(opened, qtbot, lambda: opened.session.threads == ())


def test_the_sign_beside_a_line_shows_its_thread(opened: Program, qtbot: QtBot) -> None:
    canvas = opened.window.canvas
    thread = write(opened, qtbot, "Here.", LinePlace(0, True, 1))
    other = write(opened, qtbot, "There.", LinePlace(2, True, None))
    assert panel(opened).current == other
    opened.window.assistant.show_suggestions()
    canvas.goto_change(0)
    area = canvas.line_area(LinePlace(0, True, 1))
    assert area is not None
    QTest.mouseClick(
        canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(area.left() + 4, area.center().y())
    )
    assert panel(opened).current == thread
    assert opened.window.assistant.tabs.currentWidget() is panel(opened)


def test_alt_c_goes_from_thread_to_thread_and_around(opened: Program, qtbot: QtBot) -> None:
    canvas = opened.window.canvas
    write(opened, qtbot, "One.", LinePlace(0, True, 1))
    write(opened, qtbot, "Two.", LinePlace(2, True, 0))
    trigger(opened, "next_comment")
    assert canvas.current_index() == 0
    trigger(opened, "next_comment")
    assert canvas.current_index() == 2
    trigger(opened, "previous_comment")
    assert canvas.current_index() == 0


def test_without_a_comment_the_acts_say_how_there_would_be_one(opened: Program) -> None:
    trigger(opened, "next_comment")
    assert "c comments on the current cell" in opened.window.notices.latest()
    trigger(opened, "resolve_comment")
    assert "No thread is at hand" in opened.window.notices.latest()


def test_a_comment_goes_along_when_the_cell_is_edited_on_the_disk(
    opened: Program, path: Path, qtbot: QtBot
) -> None:
    write(opened, qtbot, "Here.", LinePlace(0, True, 2))
    content = json.loads(path.read_text())
    content["cells"][0]["source"] = "import os\n" + "".join(content["cells"][0]["source"])
    path.write_text(json.dumps(content))
    trigger(opened, "reload")
    settled(opened, qtbot, lambda: bool(opened.session.threads) and opened.session.threads[0].line == 3)
    assert panel(opened).card(opened.session.threads[0].id).view.title == "Cell 1, line 4"


def test_a_comment_whose_cell_is_gone_is_listed_with_the_old_text(
    opened: Program, path: Path, qtbot: QtBot
) -> None:
    thread = write(opened, qtbot, "Here.", LinePlace(0, True, 1))
    content = json.loads(path.read_text())
    del content["cells"][0]
    path.write_text(json.dumps(content))
    Repo(path.parent).git("commit", "-aqm", "gone")
    trigger(opened, "reload")
    settled(opened, qtbot, lambda: bool(opened.session.threads))
    shown = opened.session.threads[0]
    view = panel(opened).card(thread).view
    if shown.change is None:
        assert (view.title, view.quote) == ("Was on line 2 of a cell that is gone", "b = 20")
    else:  # the base still holds it
        assert not shown.head


def test_a_store_that_cannot_be_written_keeps_what_was_typed_in_the_box(
    opened: Program, qtbot: QtBot
) -> None:
    trigger(opened, "comment")
    box = acts(opened).box
    assert box is not None
    box.text.setPlainText("x" * 20_001)
    box.save_button.click()
    qtbot.waitUntil(lambda: "make it shorter" in opened.window.notices.latest())
    assert acts(opened).box is box
    assert box.save_button.isEnabled()
    assert len(box.typed) == 20_001


def test_a_box_follows_its_cell_into_another_comparison(opened: Program, path: Path, qtbot: QtBot) -> None:
    acts(opened).open_box(LinePlace(2, True, 0))
    box = acts(opened).box
    assert box is not None
    QTest.keyClicks(box.text, "On x.")
    content = json.loads(path.read_text())
    content["cells"].insert(0, {**content["cells"][1], "id": "new", "source": "import json"})
    path.write_text(json.dumps(content))
    trigger(opened, "reload")
    settled(opened, qtbot, lambda: len(opened.session.shown().head.notebook.cells) == 4)
    if acts(opened).box is box:
        assert box.title.text() == "Comment on Cell 4, line 1"
    else:
        assert "your draft is kept" in opened.window.notices.texts()


def test_the_review_is_exported_to_both_kinds_of_file(
    opened: Program, qtbot: QtBot, tmp_path: Path, sample: SampleRepository
) -> None:
    write(opened, qtbot, "Why?")
    export = next(room for room in opened.window.rooms if isinstance(room, ReviewExport))
    for name in ("r.html", "r.md"):
        export.write(tmp_path / name)
        settled(opened, qtbot, lambda name=name: (tmp_path / name).exists())  # type: ignore[misc]
        assert "Why?" in (tmp_path / name).read_text("utf-8")
    export.write(tmp_path / "r.pdf")
    qtbot.waitUntil(lambda: "one of these endings" in opened.window.notices.latest())
