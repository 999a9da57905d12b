"""The acts of the menu Refactor: edits that need no model, as suggestions.

Knows the session, the tasks and the window that asks for names.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nbreview.errors import UserError
from nbreview.gui.acts import Acts
from nbreview.gui.language import spoken, tr
from nbreview.gui.refactor_window import Form, RefactorWindow
from nbreview.gui.tasks import TaskRunner
from nbreview.gui.theme import Theme
from nbreview.services import refactoring
from nbreview.services.assistant import Card
from nbreview.services.opening import Comparison
from nbreview.services.session import ReviewSession, Topic


class RefactorActs(Acts):
    """Asks for what an edit needs, makes it on a worker, and puts its cards first in the queue."""

    def __init__(self, session: ReviewSession, tasks: TaskRunner, parent: QWidget) -> None:
        super().__init__(session, tasks, parent)
        self.window_ = RefactorWindow(parent)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {
            "rename_variable": self.rename,
            "set_parameter": self.set_parameter,
            "wrap_cell": self.wrap,
            "collect_imports": self.collect,
        }

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self.window_.set_theme(theme)

    def announced(self, topics: frozenset[Topic]) -> None:
        """An act looks at what is shown when it is asked for."""

    def rename(self) -> None:
        """Ask for a variable of the notebook and its new name."""
        shown = self._editable()
        if shown is None:
            return
        names = refactoring.variables_of(shown.head.notebook, self.session.cell_index)
        if not names:
            self.noticed.emit("info", tr("This notebook binds no variables that could be renamed."))
            return
        store = self.session.store
        self.window_.ask(
            Form(
                tr("Rename variable"),
                tr(
                    "Every cell that binds or reads it is changed; a local of the same name is "
                    "another variable."
                ),
                tr("New name"),
                lambda old, new: self._start(
                    tr("Renaming"), lambda: refactoring.rename(shown, store, old, new)
                ),
                tr("Variable"),
                {name: name for name in names},
            )
        )

    def set_parameter(self) -> None:
        """Ask for a hyper-parameter and its new value."""
        shown = self._editable()
        if shown is None:
            return
        values = refactoring.parameters_of(shown.head.notebook, self.session.cell_index)
        if not values:
            self.noticed.emit(
                "info", tr("Nothing in this notebook is given a plain value that could be set.")
            )
            return
        store = self.session.store
        self.window_.ask(
            Form(
                tr("Set parameter"),
                tr("Assignments to it and keywords that give it a plain value are changed in every cell."),
                tr("New value"),
                lambda name, value: self._start(
                    tr("Setting a parameter"), lambda: refactoring.set_value(shown, store, name, value)
                ),
                tr("Parameter"),
                values,
            )
        )

    def wrap(self) -> None:
        """Ask for the name of the function that the current cell is to become."""
        shown = self._editable()
        index = self.session.cell_index
        if shown is None:
            return
        if index is None:
            self.noticed.emit("info", tr("Choose a cell of the head first: click it, or press n."))
            return
        store = self.session.store
        self.window_.ask(
            Form(
                tr("Wrap cell {number} into a function").format(number=index + 1),
                tr("What the cell reads comes in as arguments; what later cells read is given back."),
                tr("Name of the function"),
                lambda _none, name: self._start(
                    tr("Wrapping"), lambda: refactoring.wrap(shown, store, index, name)
                ),
            )
        )

    def collect(self) -> None:
        """Put the imports of all cells into the first that has some."""
        shown = self._editable()
        if shown is not None:
            store = self.session.store
            self._start(tr("Collecting imports"), lambda: refactoring.collect(shown, store))

    def _editable(self) -> Comparison | None:
        try:
            return self.session.editable()
        except UserError as error:
            self.noticed.emit("info", spoken(error.message))
            return None

    def _start(self, title: str, make: Callable[[], tuple[Card, ...]]) -> None:
        def done(cards: tuple[Card, ...]) -> None:
            for card in reversed(cards):  # each is put first
                self.session.adopt_card(card)
            self.noticed.emit(
                "info",
                tr(
                    "Suggested for %n cells, which change together; nothing is written before you accept.",
                    "",
                    len(cards),
                )
                if len(cards) != 1
                else tr("Suggested for one cell; nothing is written before you accept."),
            )

        self._run("refactor", title, lambda c, r: make(), done)
