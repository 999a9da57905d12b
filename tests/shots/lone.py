"""Windows and panels shown by themselves, filled with what they would be given."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from PySide6.QtWidgets import QWidget

from nbreview.diff.lines import diff_text
from nbreview.diff.model import ChangeKind
from nbreview.diff.tables import diff_tables
from nbreview.gui.ask_window import AskWindow
from nbreview.gui.asking import Option, Question
from nbreview.gui.assistant_panel import AssistantPanel
from nbreview.gui.fault_window import FaultWindow
from nbreview.gui.findings_list import FindingsList
from nbreview.gui.picture_window import PictureSubject, PictureWindow
from nbreview.gui.preferences_window import PreferencesWindow
from nbreview.gui.range_window import RangeWindow
from nbreview.gui.refactor_window import Form, RefactorWindow
from nbreview.gui.table_window import TableSubject, TableWindow
from nbreview.gui.text_view import TextView
from nbreview.gui.training_tally import TrainingCounts
from nbreview.gui.training_window import TrainingWindow
from nbreview.gui.variables_panel import VariablesPanel
from nbreview.notebook.tables import read_table
from nbreview.presentation.pictures import PictureMode
from nbreview.presentation.variables import VariableRow
from nbreview.review.model import Evidence, SuggestionState
from nbreview.store.database import Store
from nbreview.training.formats import FORMATS
from nbreview.training.rehearsal import Rehearsal, ShownRow, survey
from tests.gui.diff.conftest import png
from tests.shots.stage import Stage
from tests.store.samples import decision, rule_suggestion, suggestion

MODES = tuple(PictureMode)

# Training data.


def training_empty(stage: Stage) -> AbstractContextManager[QWidget]:
    window = TrainingWindow(theme=stage.theme)
    window.set_counts(TrainingCounts())
    window.set_chosen(())
    return stage.alone(window)


def _training(stage: Stage) -> TrainingWindow:
    window = TrainingWindow(theme=stage.theme)
    window.set_formats([(form.name, form.title) for form in FORMATS.values() if not form.whole])
    path = stage.folder / "training.sqlite3"
    fresh = not path.exists()
    with Store.open(path) as store:
        if fresh:
            store.add_suggestion(suggestion())
            store.add_suggestion(rule_suggestion())
            store.decide(decision())
            store.decide(decision("d2", "r1", final_source="import pandas as pd\n", time=1_700_000_300.5))
        window.set_counts(TrainingCounts(accepted=1204, edited=88, rejected=310, undone=12))
        window.set_chosen(survey(store))
    window.set_rehearsal(
        Rehearsal(1, {"near duplicate": 1, "not asked for": 7}, {"d1": "", "d2": "near duplicate"})
    )
    return window


def training_full(stage: Stage) -> AbstractContextManager[QWidget]:
    window = _training(stage)
    text = (
        '{"messages": [{"role": "user", "content": "Rename x."}, {"role": "assistant", "content": "y = 1"}]}'
    )
    window.set_row(ShownRow("d1", text, text))
    return stage.alone(window)


def training_error(stage: Stage) -> AbstractContextManager[QWidget]:
    window = _training(stage)
    window.set_outcome(
        "/mnt/share/rows.jsonl cannot be written (No space left on device); choose another folder.",
        failed=True,
    )
    return stage.alone(window)


# Preferences.


def preferences(place: int) -> Callable[[Stage], AbstractContextManager[QWidget]]:
    def scene(stage: Stage) -> AbstractContextManager[QWidget]:
        window = PreferencesWindow(theme=stage.theme)
        window.set_settings(stage.program.session.settings)
        window.sections.setCurrentRow(place)
        return stage.alone(window)

    return scene


def preferences_search(stage: Stage) -> AbstractContextManager[QWidget]:
    window = PreferencesWindow(theme=stage.theme)
    window.set_settings(stage.program.session.settings)
    window.filter.setText("no such setting")
    return stage.alone(window)


# Asking.


@contextmanager
def draft_empty(stage: Stage) -> Iterator[QWidget]:
    window = stage.window("sample")
    window.actions_["draft"].trigger()
    with stage.alone(window.draft_acts.window_) as draft:
        yield draft


def range_empty(stage: Stage) -> AbstractContextManager[QWidget]:
    window = RangeWindow(None, stage.theme)
    window.ask(stage.folder)
    return stage.alone(window)


def ask(stage: Stage) -> AbstractContextManager[QWidget]:
    window = AskWindow(theme=stage.theme)
    window.ask(
        Question(
            "Run to cell 12?",
            "Run 9 cells",
            lambda _value: None,
            (
                "9 code cells have not run since they changed; they run in the notebook's folder.",
                "They can read and write your files, and reach the network.",
            ),
            (
                Option("Python 3.11 (.venv)", "/home/me/project/.venv/bin/python", ("Starts a new kernel.",)),
                Option(
                    "base",
                    "/opt/conda/bin/python",
                    (),
                    "ipykernel is missing there; install it with: pip install ipykernel.",
                ),
            ),
        )
    )
    return stage.alone(window)


def refactor(stage: Stage) -> AbstractContextManager[QWidget]:
    window = RefactorWindow(theme=stage.theme)
    window.ask(
        Form(
            "Rename variable",
            "Every cell that binds or reads it gets a suggestion; nothing is written before you accept.",
            "New name",
            lambda _name, _text: None,
            "Variable",
            {"df": "df", "learning_rate": "learning_rate"},
        )
    )
    return stage.alone(window)


def text_view(stage: Stage) -> AbstractContextManager[QWidget]:
    window = TextView(None, stage.theme)
    window.show_change(
        "The current change",
        "Cell 3, code, modified.\nLine 12 removed: lr = 1e-3\nLine 12 added: lr = 3e-4\n",
    )
    return stage.alone(window)


def fault_report(stage: Stage) -> AbstractContextManager[QWidget]:
    window = FaultWindow(None, stage.theme)
    window.show_report(
        "nbreview 0.1 on Linux, Python 3.11, Qt 6.7\n\nZeroDivisionError\n"
        + "  gui/page.py:120\n" * 9
        + "  gui/page.py:120 in marks\n" * 9
    )
    return stage.alone(window)


# The assistant.


def variables(stage: Stage) -> AbstractContextManager[QWidget]:
    panel = VariablesPanel(stage.theme)
    columns = (
        VariableRow("age", "float64", "499 distinct", "1 … 70", "1", histogram=(1, 4, 9, 2)),
        VariableRow("city", "object", "2 distinct", "Rome, Oslo", "none"),
    )
    panel.set_rows(
        (
            VariableRow("df", "DataFrame", "500 × 2", order=1000.0, cell=2, line=1, children=columns),
            VariableRow("a_list_with_a_name_of_some_length", "list", "20 items", order=20.0, cell=0, line=0),
        )
    )
    panel.open_name("df")
    return stage.alone(panel, 380, 700)


def findings(stage: Stage) -> AbstractContextManager[QWidget]:
    from nbreview.gui.card_view import FindingView

    panel = FindingsList(stage.theme, "No findings.")
    panel.set_findings(
        (
            FindingView(
                "a",
                "Cell 3",
                Evidence.CERTAIN,
                None,
                "DataFrame.append was removed in pandas 2.0; use pd.concat.",
                True,
            ),
            FindingView("b", "Cell 9", Evidence.OBSERVED, None, "KeyError: 'Pric' in the dry run.", False),
            FindingView("c", "Cell 12", Evidence.LIKELY, 0.62, "The model takes it to crash. " * 6, False),
        )
    )
    return stage.alone(panel, 380, 700)


def cards(stage: Stage) -> AbstractContextManager[QWidget]:
    from nbreview.gui.card_view import CardView

    panel = AssistantPanel(stage.theme)
    base, proposed = (
        "frame = frame.append(row, ignore_index=True)\nframe.head()\n",
        "frame = pd.concat([frame, row], ignore_index=True)\nframe.head()\n",
    )
    panel.set_cards(
        [
            CardView(
                state.value,
                f"Cell {number + 1}",
                Evidence.LIKELY if number % 2 else Evidence.CERTAIN,
                0.7 if number % 2 else None,
                "DataFrame.append was removed in pandas 2.0; concat takes its place.",
                diff_text(base, proposed),
                proposed,
                base,
                "Qwen2.5-Coder-7B · 2.4 s",
                state=state,
                note="The cell has changed since; make it again." if state is SuggestionState.STALE else "",
            )
            for number, state in enumerate(
                (SuggestionState.PENDING, SuggestionState.STALE, SuggestionState.FAILED)
            )
        ]
    )
    panel.set_target("cell 3")
    panel.set_model(True)
    return stage.alone(panel, 380, 800)


# Outputs.

_ROWS = "".join(
    f"<tr><th>{n}</th><td>{n * 1.5}</td><td>a name of some length {n}</td></tr>" for n in range(30)
)
_TABLE = "<table><tr><th></th><th>loss</th><th>name</th></tr>{}</table>"


@contextmanager
def table(stage: Stage) -> Iterator[QWidget]:
    window = TableWindow(None, stage.theme)
    base, head = (
        read_table(_TABLE.format(_ROWS)),
        read_table(_TABLE.format(_ROWS.replace("<td>4.5<", "<td>4.75<"))),
    )
    assert base is not None
    assert head is not None
    difference = diff_tables(base, head, 1e-6)
    window.show_table(TableSubject("Table of cell 4", ChangeKind.MODIFIED, difference, "", 1e-6))
    stage.wait(lambda: not window.loading)
    with stage.alone(window):
        yield window
        window.close_workers()


@contextmanager
def table_empty(stage: Stage) -> Iterator[QWidget]:
    window = TableWindow(None, stage.theme)
    with stage.alone(window):
        yield window
        window.close_workers()


def picture(mode: PictureMode) -> Callable[[Stage], AbstractContextManager[QWidget]]:
    return _picture(png("#e07050", 320, 200), png("#5070e0", 320, 200), mode)


def _picture(base: str, head: str, mode: PictureMode) -> Callable[[Stage], AbstractContextManager[QWidget]]:
    @contextmanager
    def scene(stage: Stage) -> Iterator[QWidget]:
        window = PictureWindow(None, stage.theme)
        subject = PictureSubject(
            "Picture of cell 7", ("image/png", base), ("image/png", head), b"", "62 % of pixels differ"
        )
        window.show_picture(subject, mode)
        stage.wait(lambda: not window.loading)
        with stage.alone(window):
            yield window
            window.close_workers()

    return scene


picture_error = _picture(png("#e07050"), "aGVsbG8=", PictureMode.SIDE_BY_SIDE)
