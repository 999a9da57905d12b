"""From a task in words to cells in the notebook, in the real window with a scripted model."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nbreview.assist.drafts import DraftStep
from nbreview.errors import UserError
from nbreview.gui.app import Program
from nbreview.gui.draft_window import STEPS, DraftWindow
from nbreview.gui.theme import apply_theme, load_theme
from nbreview.notebook.reader import read_file
from nbreview.services import drafting
from nbreview.services.session import Topic
from nbreview.store.database import Store
from tests.assist.drafting import cells, plan, whole_draft
from tests.assist.engines import reply
from tests.builders import code, notebook
from tests.gui.draft_engine import WIDE, Desk, HeldEngine
from tests.gui.programs import settled

BOOK = notebook(code("first = 1", id="a"), code("last = 2", id="z"))
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A notebook beside a data file."""
    path = tmp_path / "work" / "book.ipynb"
    path.parent.mkdir()
    path.write_bytes(BOOK)
    (path.parent / "data.csv").write_text("load,day\n1,mon\n2,tue\n")
    return path


@pytest.fixture
def desk(path: Path, store: Store, qtbot: QtBot) -> Iterator[Desk]:
    """The window of drafts over a session with that notebook."""
    desk = Desk(store, path, qtbot)
    yield desk
    desk.close()


@pytest.fixture
def opened(start: Callable[..., Program], path: Path, qtbot: QtBot) -> Program:
    """The whole program with that notebook."""
    program = start(path)
    settled(program, qtbot, lambda: program.session.comparison is not None)
    return program


def titles(window: DraftWindow, step: DraftStep) -> list[str]:
    return [block.part.title for block in window.step_pages[step].blocks]


def sources(path: Path) -> list[str]:
    return [cell.source for cell in read_file(path).cells]


# The road.


def test_a_task_becomes_cells_that_are_accepted_and_taken_back_as_one(
    opened: Program, path: Path, qtbot: QtBot
) -> None:
    acts, session = opened.window.draft_acts, opened.session
    session.choose_cell(0)
    opened.window.actions_["draft"].trigger()
    session.engine = engine = HeldEngine(list(whole_draft()), info=WIDE)
    opened.window.controller.model_changed.emit()
    session._announce(Topic.ENGINE)
    window = acts.window_
    assert window.task.into_open.isChecked() and window.task.notebook() == path
    qtbot.keyClicks(window.task.task, "Foretell the load.")
    window.task.plans.setValue(2)
    acts.add_data((path.parent / "data.csv",))
    settled(opened, qtbot, lambda: len(window.task.files()) == 1)
    qtbot.keyClick(window, Qt.Key.Key_Return, CONTROL)
    settled(opened, qtbot, window.insert_button.isVisible)
    qtbot.waitUntil(lambda: all(page.complete for page in window.step_pages.values()))
    asked = engine.requests[0].messages[1].content
    assert "Foretell the load." in asked and "data.csv (CSV" in asked
    assert titles(window, DraftStep.PLANS) == ["Plan 1: Trees", "Plan 2: A line"]
    assert titles(window, DraftStep.IMPROVEMENT) == ["Better trees", "The critique that it answers"]
    assert window.steps.currentRow() == 1 + STEPS.index(DraftStep.CELLS)
    assert [window.position.itemText(place) for place in range(2)] == ["Behind cell 1", "At the end"]
    qtbot.keyClick(window, Qt.Key.Key_Return, CONTROL)
    assert acts.draft is not None
    wanted = [cell.source for cell in acts.draft.state.cells]
    settled(opened, qtbot, lambda: len(session.cards) == len(wanted))
    assert [card.suggestion.proposed_source for card in session.cards] == wanted
    assert path.read_bytes() == BOOK and "accept them in the review" in window.said.text()
    session.accept_group_work(session.cards)
    opened.window.controller.refresh()
    settled(opened, qtbot, lambda: not session.cards)
    assert sources(path) == ["first = 1", *wanted, "last = 2"]
    opened.window.controller.parts.undo()
    settled(opened, qtbot, lambda: path.read_bytes() == BOOK)


def test_cells_go_into_a_new_notebook_which_is_then_opened(desk: Desk) -> None:
    desk.give_model(whole_draft())
    window, new = desk.window, desk.folder / "new.ipynb"
    window.task.into_new.setChecked(True)
    window.task.new_path.setText(str(new))
    desk.draft_all()
    assert not new.exists() and not window.position.isVisible()
    window.insert_button.click()
    desk.settled(lambda: len(desk.session.cards) == len(desk.draft.state.cells))
    assert desk.session.shown().target.notebook == new and sources(new) == []


def test_what_the_repository_holds_is_shown_to_the_model_and_named(desk: Desk) -> None:
    (desk.folder / "loads.py").write_text("def foretell_load(path, horizon=24):\n    return path\n")
    engine = desk.give_model(whole_draft())
    assert desk.window.task.known.isHidden()
    desk.draft_all()
    assert "def foretell_load(path" in engine.requests[0].messages[-1].content
    known = desk.window.task.known
    assert not known.isHidden() and "loads.py:1" in known.text()


def test_the_model_reads_the_repository_first_where_that_is_ticked(desk: Desk) -> None:
    (desk.folder / "README.md").write_text("# Loads\n\nA load is foretold by loads.py.\n")
    engine = desk.give_model([reply("CODE"), *whole_draft()])
    desk.window.task.reads.setChecked(True)
    desk.draft_all()
    assert "A load is foretold by loads.py." in engine.requests[1].messages[-1].content
    assert "README.md" in desk.window.task.known.text()


def test_a_cell_that_has_changed_on_disk_is_not_inserted_behind(desk: Desk) -> None:
    desk.give_model(whole_draft())
    desk.session.choose_cell(0)
    desk.draft_all()
    path = desk.session.shown().target.notebook
    path.write_bytes(notebook(code("other = 1", id="a"), code("last = 2", id="z")))
    desk.acts.insert()
    page = desk.window.step_pages[DraftStep.CELLS]
    desk.settled(lambda: "has changed on disk" in page.failure.said.text())
    assert not desk.session.store.suggestions(str(path))


# Editing and making again.


def test_an_edited_plan_drops_what_was_made_from_it_and_the_rest_is_made_anew(
    desk: Desk, qtbot: QtBot
) -> None:
    engine = desk.give_model([*whole_draft(), *whole_draft()[3:]])
    desk.draft_all()
    desk.window.steps.setCurrentRow(1)
    block = desk.window.step_pages[DraftStep.PLANS].blocks[1]
    block.begin_edit()
    block.editor.setPlainText(plan("A curve", "A spline."))
    asked = len(engine.requests)
    qtbot.keyClick(block.editor, Qt.Key.Key_Return, CONTROL)
    desk.settled(lambda: len(engine.requests) == asked + 7 and desk.done())
    assert titles(desk.window, DraftStep.PLANS) == ["Plan 1: Trees", "Plan 2: A curve"]
    assert "A spline." in engine.requests[asked + 1].messages[1].content
    steps = [each.step for each in desk.session.store.draft_steps(desk.draft.id)]
    assert steps == [*STEPS, "edited", *STEPS[1:]]


def test_an_edit_can_be_kept_alone_and_gone_on_from(desk: Desk) -> None:
    engine = desk.give_model([*whole_draft(), *whole_draft()[5:]])
    desk.draft_all()
    window = desk.window
    window.steps.setCurrentRow(2)
    block = window.step_pages[DraftStep.CRITIQUES].blocks[0]
    block.begin_edit()
    block.editor.setPlainText("- It is too deep.")
    block.keep_button.click()
    desk.settled(lambda: not desk.done())
    assert len(engine.requests) == 10 and not window.step_pages[DraftStep.CHOICE].blocks
    assert "Choice" in window.said.text() and window.continue_button.isVisible()
    window.continue_button.click()
    desk.settled(lambda: desk.done())


def test_another_plan_is_chosen_by_hand(desk: Desk) -> None:
    engine = desk.give_model([*whole_draft(), *whole_draft()[6:]])
    desk.draft_all()
    blocks = desk.window.step_pages[DraftStep.CHOICE].blocks
    assert blocks[0].part.pill[0] == "chosen · 90%" and blocks[1].act_button.text() == "Choose this plan"
    blocks[1].act_button.click()
    desk.settled(lambda: len(engine.requests) == 14 and desk.done())
    assert "Linear regression" in engine.requests[10].messages[1].content
    assert desk.draft.state.chosen == 1


def test_what_cannot_be_kept_says_why_and_stays_in_its_editor(desk: Desk, qtbot: QtBot) -> None:
    desk.give_model(whole_draft())
    desk.draft_all()
    pages = desk.window.step_pages
    for step, index, text, said in (
        (DraftStep.PLANS, 0, "# Only a title", "Data preparation"),
        (DraftStep.CRITIQUES, 0, " ", "needs some words"),
        (DraftStep.CELLS, 3, "data = (", "does not parse"),
    ):
        block = pages[step].blocks[index]
        block.begin_edit()
        block.editor.setPlainText(text)
        block.keep()
        desk.settled(lambda block=block, said=said: said in block.problem.text())
        assert block.editor.toPlainText() == text
        qtbot.keyClick(block.editor, Qt.Key.Key_Escape)
        assert block.editor is None and desk.window.isVisible()
    assert desk.done()


def test_a_cell_is_edited_and_an_emptied_one_goes(desk: Desk) -> None:
    desk.give_model(whole_draft())
    desk.draft_all()
    page, acts = desk.window.step_pages[DraftStep.CELLS], desk.acts
    count = len(page.blocks)
    for index, text in ((3, "data = 1"), (0, "")):
        page.blocks[index].begin_edit()
        page.blocks[index].editor.setPlainText(text)
        page.blocks[index].keep()
        desk.settled(lambda text=text: any(c.source == "data = 1" for c in acts.draft.state.cells))
    desk.settled(lambda: len(page.blocks) == count - 1)
    assert acts.draft.state.cells[2].source == "data = 1" and desk.done()


# Stopping.


@pytest.mark.parametrize(
    ("hold", "step"),
    [
        (1, DraftStep.PLANS),
        (4, DraftStep.CRITIQUES),
        (5, DraftStep.CHOICE),
        (6, DraftStep.IMPROVEMENT),
        (8, DraftStep.CELLS),
    ],
)
def test_a_step_is_stopped_at_once_and_gone_on_with(
    desk: Desk, qtbot: QtBot, hold: int, step: DraftStep
) -> None:
    script = whole_draft()
    begins = {DraftStep.PLANS: 0, DraftStep.CRITIQUES: 3, DraftStep.CHOICE: 5, DraftStep.IMPROVEMENT: 6}
    engine = desk.give_model(script[:hold] + script[begins.get(step, 7) :], hold)
    window, tasks = desk.window, desk.tasks
    desk.describe()
    window.go_button.click()
    qtbot.waitUntil(engine.held.is_set)
    page = window.step_pages[step]
    qtbot.waitUntil(lambda: page.stream.text.toPlainText() == "It goes on")
    assert window.stop_button.isVisible() and window.steps.currentItem().text().endswith(
        window.step_pages[step].title.text()
    )
    window.stop_button.click()  # no event is handled between this and the next line
    assert not tasks.is_running("draft") and window.stop_button.isHidden()
    desk.settled(lambda: page.stream.isHidden())
    draft = desk.draft
    assert draft.state.next_step is step and "Stopped" in window.said.text()
    window.continue_button.click()
    desk.settled(lambda: desk.done())


def test_escape_stops_what_runs_and_closes_the_window_only_then(desk: Desk, qtbot: QtBot) -> None:
    engine = desk.give_model(whole_draft(), hold=0)
    window = desk.window
    desk.describe()
    window.go_button.click()
    qtbot.waitUntil(engine.held.is_set)
    desk.tasks.stop_all()  # what the act Stop does, which has that key in every window while something runs
    desk.settled(lambda: not desk.tasks.is_running("draft"))
    assert window.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


# What goes wrong.


@pytest.mark.parametrize(
    ("good", "bad", "step"),
    [
        (0, ["No plan.", "Still none."], DraftStep.PLANS),
        (3, ["<think>hm", "<think>hm"], DraftStep.CRITIQUES),
        (6, ["Words.", "More words."], DraftStep.IMPROVEMENT),
        (7, [cells("data = ("), cells("data = [")], DraftStep.CELLS),
    ],
)
def test_a_broken_reply_fails_its_step_with_the_raw_text_behind_a_fold(
    desk: Desk, good: int, bad: list[str], step: DraftStep
) -> None:
    desk.give_model([*whole_draft()[:good], *map(reply, bad)])
    desk.describe()
    window = desk.window
    window.go_button.click()
    page = window.step_pages[step]
    desk.settled(lambda: page.failure.isVisible())
    assert "cannot be used" in page.failure.said.text()
    assert page.failure.raw.toPlainText() == bad[1] and not page.failure.raw.isVisible()
    assert window.pages.currentIndex() == 1 + STEPS.index(step)
    assert page.again_button.isVisible()
    assert desk.draft.state.next_step is step


def test_an_engine_that_fails_says_why_and_the_step_is_run_again(desk: Desk) -> None:
    desk.give_model([UserError("The model ended; load it again."), *whole_draft()])
    desk.describe()
    window = desk.window
    window.go_button.click()
    page = window.step_pages[DraftStep.PLANS]
    desk.settled(lambda: page.failure.isVisible())
    assert page.failure.said.text() == "The model ended; load it again." and page.failure.fold.isHidden()
    page.again_button.click()
    desk.settled(lambda: desk.done())
    assert page.failure.isHidden()


def test_a_step_that_fails_when_it_is_made_again_leaves_what_there_was(desk: Desk) -> None:
    desk.give_model([*whole_draft(), reply("No."), reply("No.")])
    desk.draft_all()
    window = desk.window
    window.step_pages[DraftStep.IMPROVEMENT].again_wanted.emit()
    desk.settled(lambda: window.step_pages[DraftStep.IMPROVEMENT].failure.isVisible())
    assert desk.done() and titles(desk.window, DraftStep.IMPROVEMENT)[0] == "Better trees"


def test_data_is_read_when_it_is_added_and_bad_files_are_said(desk: Desk) -> None:
    window, place = desk.window, desk.folder
    (place / "odd.parquet").write_bytes(b"none")
    urls = [QUrl.fromLocalFile(str(place / name)) for name in ("data.csv", "odd.parquet", "gone.csv")]
    data = QMimeData()
    data.setUrls(urls)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    desk.settled(lambda: len(window.task.files()) == 2)
    by_name = {file.name: file for file in window.task.files()}
    assert [column.name for column in by_name["data.csv"].columns] == ["load", "day"]
    assert "no Parquet file" in by_name["odd.parquet"].problem
    assert "gone.csv cannot be read" in window.task.data_said.text()
    shown = [window.task.tree.topLevelItem(place).text(0) for place in range(2)]
    assert any(text.startswith("data.csv — CSV") for text in shown)
    window.task.tree.setCurrentItem(window.task.tree.topLevelItem(0))
    window.task.remove_button.click()
    assert len(window.task.files()) == 1 and (place / "data.csv").exists()


def test_data_is_never_looked_at_on_the_main_thread(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[threading.Thread] = []
    real = Path.stat

    def stat(self: Path, **options: bool) -> object:
        if self.name == "data.csv":
            seen.append(threading.current_thread())
        return real(self, **options)

    monkeypatch.setattr(Path, "stat", stat)
    assert not seen
    desk.describe()
    assert seen and threading.main_thread() not in seen


def test_without_a_model_the_window_says_how_to_get_one(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window
    desk.describe()
    assert "none is loaded" in window.model_said.text() and window.model_button.isVisible()
    assert not window.go_button.isEnabled() and "Choose a model" in window.said.text()
    with qtbot.waitSignal(desk.controller.model_wanted):
        window.model_button.click()
    desk.give_model(whole_draft())
    assert window.go_button.isEnabled() and window.model_button.isHidden()


def test_what_is_sent_to_a_server_is_said(desk: Desk) -> None:
    engine = desk.give_model([])
    engine.info = replace(WIDE, backend="remote: models.example.org")
    desk.acts.announced(frozenset({Topic.ENGINE}))
    said = desk.window.model_said.text()
    assert "models.example.org" in said and "names of columns and a few of their values" in said


# Earlier drafts, and how it looks.


def test_an_earlier_draft_is_reopened_as_it_was_left(desk: Desk) -> None:
    desk.give_model(whole_draft())
    desk.draft_all()
    first = desk.draft
    files = desk.window.task.files()
    other = drafting.begin("Another task.", [], "", desk.folder / "other.ipynb")
    drafting.edit(desk.session.store, other, other.state)
    desk.acts.open()
    window = desk.window
    desk.settled(lambda: window.task.earlier.count() == 2)
    assert window.task.earlier.itemText(0).startswith("Another task. — other.ipynb")
    window.task.reopen_wanted.emit(other.id)
    desk.settled(lambda: desk.draft.id == other.id)
    assert window.task.text() == "Another task." and not window.step_pages[DraftStep.CELLS].blocks
    assert window.task.notebook() == other.notebook
    window.task.earlier.setCurrentIndex(1)
    window.task.reopen_button.click()
    desk.settled(lambda: desk.draft.id == first.id)
    assert desk.draft == first and window.task.files() == files
    assert titles(desk.window, DraftStep.PLANS) == ["Plan 1: Trees", "Plan 2: A line"]


def test_every_page_has_a_sentence_and_every_control_a_name(desk: Desk) -> None:
    window = desk.window
    assert window.task.nothing.isVisible() and "Begin with a few words" in window.said.text()
    for row, step in enumerate(STEPS, 1):
        window.steps.setCurrentRow(row)
        assert "press “Make plans”" in window.step_pages[step].nothing.text()
        assert window.step_pages[step].nothing.isVisible()
    window.steps.setCurrentRow(0)
    desk.give_model(whole_draft())
    desk.draft_all()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)
    for kind in kinds:
        for control in window.findChildren(kind):
            if control.objectName().startswith("qt_") or not control.isVisibleTo(window):
                continue
            assert named(control), control


def named(control: QWidget) -> str:
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return control.accessibleName() or text


def test_text_of_twice_the_size_fits_the_least_width(desk: Desk) -> None:
    desk.give_model(whole_draft())
    desk.draft_all()
    window = desk.window
    theme = load_theme("dark", text_scale=2.0)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, theme)
    window.set_theme(theme)
    window.resize(window.minimumSize())
    for row in range(window.steps.count()):
        window.steps.setCurrentRow(row)
        QApplication.processEvents()
        area = window.pages.currentWidget()
        assert isinstance(area, QScrollArea)
        assert area.widget().width() <= area.viewport().width(), row
    assert window.width() <= window.screen().availableSize().width()


def test_the_keyboard_alone_goes_through_the_window(desk: Desk, qtbot: QtBot) -> None:
    desk.give_model(whole_draft())
    window = desk.window
    qtbot.keyClicks(window.task.task, "Foretell.")
    assert window.task.text() == "Foretell."
    window.task.plans.setValue(2)
    window.task.task.setFocus()
    seen = set()
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert {window.task.metric_line, window.task.add_button, window.go_button, window.steps} <= seen
    qtbot.keyClick(window, Qt.Key.Key_Return, CONTROL)
    desk.settled(lambda: desk.done())
    assert window.steps.hasFocus()
    qtbot.keyClick(window.steps, Qt.Key.Key_Home)
    assert window.pages.currentIndex() == 0
