"""The table of every window and state that is looked at: by `make shots`, and by the tests of the layout.

A state is a function that brings a widget up on a `Stage`, yields it, and clears away what it did. A new one
is one line of `STATES`.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from nbreview.gui.comment_acts import CommentActs
from nbreview.gui.window import ReviewWindow
from nbreview.services import commenting
from tests.shots import lone, models
from tests.shots.stage import Stage

Scene = Callable[[Stage], AbstractContextManager[QWidget]]


@dataclass(frozen=True, slots=True)
class State:
    """One window in one state."""

    name: str
    scene: Scene


def review(name: str) -> Scene:
    """A review window as it stands."""

    @contextmanager
    def scene(stage: Stage) -> Iterator[QWidget]:
        yield stage.window(name)

    return scene


def acted(
    act: Callable[[ReviewWindow], object], undo: Callable[[ReviewWindow], object], name: str = "sample"
) -> Scene:
    """A review window after something was done in it, which is undone afterwards."""

    @contextmanager
    def scene(stage: Stage) -> Iterator[QWidget]:
        window = stage.window(name)
        act(window)
        stage.wait(lambda: not window.tasks.running())
        yield window
        undo(window)
        stage.wait(lambda: not window.tasks.running())

    return scene


def triggered(*acts: str, back: bool = True, name: str = "sample") -> Scene:
    """A review window after acts of its menus, which are toggled back."""

    def trigger(window: ReviewWindow) -> None:
        for act in acts:
            window.actions_[act].trigger()

    return acted(trigger, trigger if back else lambda _window: None, name)


def tab(name: str) -> Scene:
    """A review window with a tab of the assistant in front."""

    return acted(lambda window: getattr(window.assistant, f"show_{name}")(), _end_tab)


def _end_tab(window: ReviewWindow) -> None:
    window.assistant.show_suggestions()
    window.panels.fit(window.width(), window.session.settings.text_percent, anew=True)


@contextmanager
def running(stage: Stage) -> Iterator[QWidget]:
    """Something runs: a bar, how far it is, and Stop."""
    window = stage.window("sample")
    with stage.busy(window, "Scanning cells", 0.3, "12 of 40"):
        yield window


@contextmanager
def opening(stage: Stage) -> Iterator[QWidget]:
    """A notebook is being opened: nothing is shown yet."""
    window = stage.window("start")
    with stage.busy(window, "Opening train.ipynb", -1.0, ""):
        yield window


def _notices(window: ReviewWindow) -> None:
    window.notices.inform("Accepted: df.append was removed in pandas 2. Undo with Ctrl+Z.")
    window.notices.notify(
        "warning",
        "train.ipynb was changed by another program; your review is kept, and you see it as it was read.",
        "Read it again",
        lambda: None,
    )
    window.notices.fail(
        "/home/me/a folder with a rather long name/train.ipynb cannot be read as JSON (line 1240, column 7); "
        "mend it in a text editor, or open another notebook."
    )


def _stream(window: ReviewWindow) -> None:
    window.assistant.show_suggestions()
    window.assistant.begin_stream("Cell 3: make it clearer")
    window.assistant.set_stream(
        "import pandas as pd\n\nfor row in frame.itertuples():\n    total += row.price"
    )


def _end_stream(window: ReviewWindow) -> None:
    window.assistant.end_stream()
    _end_tab(window)


def _go(act: str) -> Callable[[ReviewWindow], object]:
    return lambda window: window.actions_[act].trigger()


def _edit_card(window: ReviewWindow) -> None:
    window.actions_["edit"].trigger()


def _edit_cell(window: ReviewWindow) -> None:
    change = next(
        number for number, cell in enumerate(window.session.shown().diff.cells) if cell.head_index is not None
    )
    window.canvas.goto_change(change)
    window.actions_["edit_cell"].trigger()


def _end_edit(window: ReviewWindow) -> None:
    window.assistant.show_card(window.assistant.current_card())
    _end_tab(window)


def _find(window: ReviewWindow) -> None:
    window.canvas.show_find()
    window.canvas._find_bar.open_with("train")


def _end_find(window: ReviewWindow) -> None:
    window.canvas._find_bar.shut()


def _comments(window: ReviewWindow) -> None:
    shown, store = window.session.shown(), window.session.store
    changed = next(number for number, cell in enumerate(shown.diff.cells) if cell.kind.value == "added")
    first = commenting.comment_on(store, shown, changed, 1, "Does this need a figure of its own?", head=True)
    commenting.answer(store, shown.target, first.id, "It does: the report shows it alone.")
    done = commenting.comment_on(store, shown, changed, None, "Say which features these are.", head=True)
    commenting.settle(store, shown.target, done.id, resolved=True)
    _read_comments(window)
    window.assistant.show_comments()
    window.canvas.goto_change(changed)


def _end_comments(window: ReviewWindow) -> None:
    for thread in window.session.threads:
        commenting.delete(window.session.store, window.session.target(), thread.id)
    _read_comments(window)
    _end_tab(window)


def _read_comments(window: ReviewWindow) -> None:
    next(room for room in window.rooms if isinstance(room, CommentActs)).read()


def _palette(window: ReviewWindow) -> None:
    window.palette_.open()
    window.palette_.findChild(QLineEdit).setText("cha")


STATES: tuple[State, ...] = (
    State("start-empty", review("start")),
    State("start-opening", opening),
    State("review-empty", review("empty")),
    State("review-full", review("sample")),
    State("review-running", running),
    State("review-one-column", triggered("one_column")),
    State("review-left", acted(_go("go_outline"), _end_tab)),
    State("review-assistant", acted(_go("go_assistant"), _end_tab)),
    State("review-unfolded", triggered("fold_unchanged")),
    State("review-findings", tab("findings")),
    State("review-variables", tab("variables")),
    State("review-comments", tab("comments")),
    State("review-discussed", acted(_comments, _end_comments)),
    State("review-growth", triggered("growth")),
    State("review-writing", acted(_stream, _end_stream)),
    State("review-notices", acted(_notices, lambda w: w.notices.clear())),
    State("review-find", acted(_find, _end_find)),
    State("review-goto", acted(lambda w: w.canvas._goto_bar.open(), lambda w: w.canvas._goto_bar.shut())),
    State("review-palette", acted(_palette, lambda w: w.palette_.dismiss())),
    State("review-cell-editor", acted(_edit_cell, lambda w: w.cell_editor.cancel())),
    State("review-card-edited", acted(_edit_card, _end_edit)),
    State("files-full", review("folder")),
    State("models-full", models.models(full=True)),
    State("models-empty", models.models(full=False)),
    State("models-download", models.models(full=True, page=1)),
    State("models-server", models.models(full=True, page=2)),
    State("cell-history", models.cell_versions),
    State("training-empty", lone.training_empty),
    State("training-full", lone.training_full),
    State("training-error", lone.training_error),
    *(State(f"preferences-{number}", lone.preferences(number)) for number in range(5)),
    State("preferences-search", lone.preferences_search),
    State("draft-empty", lone.draft_empty),
    State("range", lone.range_empty),
    State("ask", lone.ask),
    State("refactor", lone.refactor),
    State("text-view", lone.text_view),
    State("fault-report", lone.fault_report),
    State("variables-full", lone.variables),
    State("findings-full", lone.findings),
    State("cards-states", lone.cards),
    State("table-full", lone.table),
    State("table-empty", lone.table_empty),
    *(State(f"picture-{mode}", lone.picture(mode)) for mode in lone.MODES),
    State("picture-error", lone.picture_error),
)  # fmt: skip
