"""Editing a cell's source in place: the act, the box over the cell, and what becomes of what was typed.

Knows the canvas, the session and `part_acts`, which write. Nothing is written before Save; what was typed
stays in the box until it is in the file or was given up.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect

from nbreview.errors import UserError
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.diff.celledit import CellEdit
from nbreview.gui.diff.look import Look
from nbreview.gui.language import spoken, tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.part_acts import PartActs
from nbreview.gui.theme import Theme
from nbreview.presentation.highlight import language_of
from nbreview.services.editing import shown_cell
from nbreview.services.opening import Comparison
from nbreview.services.session import ReviewSession, Topic


class CellEditor(QObject):
    """One box at a time, over the head of the cell that it edits."""

    def __init__(
        self, session: ReviewSession, canvas: DiffCanvas, parts: PartActs, notices: NoticeArea
    ) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._parts = parts
        self._notices = notices
        self._box: CellEdit | None = None
        self._cell: tuple[int, str | None] = (0, None)  # place and id of the cell in the head
        self._shown: Comparison | None = None
        canvas.cell_activated.connect(lambda _change: self.edit())
        canvas.moved.connect(self._place)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {"edit_cell": self.edit}

    def set_theme(self, theme: Theme) -> None:
        """The box takes the look of the next time that it opens."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """Another comparison is shown: a box with something typed stays as long as its cell is there."""
        if self._box is None or Topic.COMPARISON not in topics:
            return
        if self._change() is None:
            self._tell_lost(self._box)
            self._close()
            return
        self._shown = self._session.comparison
        self._place()

    @property
    def box(self) -> CellEdit | None:
        """The box that is open."""
        return self._box

    def edit(self) -> None:
        """Open the box over the current cell; a box with something typed in it is gone back to."""
        if self._box is not None and self._box.dirty:
            self._go_back(self._box)
            return
        self._close()
        change, shown = self._canvas.current_index(), self._session.comparison
        if shown is None or change < 0:
            self._notices.inform(tr("No cell is at hand; open a notebook and choose a cell."))
            return
        try:
            cell = shown_cell(shown, change)
        except UserError as error:
            self._notices.inform(spoken(error.message))
            return
        self._canvas.goto_change(change)
        look = Look(self._session_theme())
        language = language_of(cell.cell_type, shown.head.notebook.language)
        box = CellEdit(look, cell.source, language, f"cell {cell.index + 1}", self._canvas.viewport())
        box.saved.connect(self._save)
        box.cancelled.connect(self.cancel)
        box.grown.connect(self._place)
        self._box, self._cell, self._shown = box, (cell.index, cell.id), shown
        self._place()
        box.show()
        box.setFocus()

    def cancel(self) -> None:
        """Leave the cell as it is."""
        self._close()

    def _session_theme(self) -> Theme:
        return self._canvas.theme

    def _save(self, source: str) -> None:
        box, change, shown = self._box, self._change(), self._shown
        if box is None or shown is None or change is None:
            return
        if not box.dirty:
            self._close()
            return
        box.set_busy(True)

        def ended(written: bool) -> None:
            if self._box is not box:
                return
            if written:
                self._close()
            else:
                box.set_busy(False)
                box.setFocus()

        self._parts.edit(shown, change, source, ended)

    def _change(self) -> int | None:
        """The change of the cell that is edited, in the comparison shown now."""
        shown = self._session.comparison
        if shown is None or self._shown is None:
            return None
        if shown.target.notebook != self._shown.target.notebook or not shown.writable:
            return None
        place, cell_id = self._cell
        for number, change in enumerate(shown.diff.cells):
            if change.head_index is None:
                continue
            cell = shown.head.notebook.cells[change.head_index]
            if (cell.id == cell_id) if cell_id else change.head_index == place:
                return number
        return None

    def _place(self) -> None:
        """Over the head column of the cell's source, as high as what is typed."""
        box, change = self._box, self._change()
        if box is None or change is None:
            return
        area = self._canvas.head_area(change)
        box.setVisible(area is not None)
        if area is not None:
            height = max(area.height(), box.sizeHint().height())
            # Where the column is too narrow for the buttons, it lies over the base as well.
            width = max(area.width(), min(box.minimumSizeHint().width(), area.right() + 1))
            box.setGeometry(QRect(area.right() + 1 - width, area.top(), width, height))

    def _go_back(self, box: CellEdit) -> None:
        change = self._change()
        if change is not None:
            self._canvas.goto_change(change)
            self._place()
        box.setFocus()

    def _tell_lost(self, box: CellEdit) -> None:
        """What was typed into a cell that is no longer shown is not lost: it can be copied."""
        if box.dirty:
            text = box.source
            self._notices.inform(
                tr("The cell that you were editing is no longer shown; what you typed was not saved."),
                tr("Copy what I typed"),
                lambda: self._canvas.put_on_clipboard(text),
            )

    def _close(self) -> None:
        if self._box is not None:
            focused = self._box.box.hasFocus()
            self._box.hide()
            self._box.deleteLater()
            self._box = None
            if focused:
                self._canvas.setFocus()
