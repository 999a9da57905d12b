"""What can be done with a picture or a table of an output: show it in another way, go to the next one, open
it in a window, copy it, save it, and the menu that opens on it.

Knows the canvas, the windows of one picture and one table, the notices, the settings and the session.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QWidget

from nbreview.diff.model import CellChange
from nbreview.gui.actions import Actions
from nbreview.gui.appearance import Appearance
from nbreview.gui.diff.background import Background
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.diff.decoding import decode
from nbreview.gui.diff.grid import GridPiece
from nbreview.gui.diff.output_view import OutputKey
from nbreview.gui.diff.picture_piece import PicturePiece, Side
from nbreview.gui.files import ask_picture
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.theme import Theme
from nbreview.notebook import mime
from nbreview.presentation.pictures import PictureMode
from nbreview.presentation.rows import output_sides
from nbreview.presentation.tables import tsv
from nbreview.services.session import ReviewSession, Topic

if TYPE_CHECKING:
    from nbreview.gui.picture_window import PictureWindow
    from nbreview.gui.table_window import TableWindow

MODES = {
    "picture_beside": PictureMode.SIDE_BY_SIDE,
    "picture_swipe": PictureMode.SWIPE,
    "picture_onion": PictureMode.ONION,
    "picture_difference": PictureMode.DIFFERENCE,
}
"""The act that shows a picture in each way."""

MENU = (
    tuple(MODES),
    ("picture_all",),
    ("view_output", "copy_output", "save_output"),
)
"""The acts of an output's menu, in groups."""

NONE_AT_HAND = QT_TR_NOOP("No picture or table is at hand; click one, or press I to go to the next.")
NO_PAIR = QT_TR_NOOP(
    "No picture with two sides is at hand; click one that differs, or press I to go to the next."
)


class OutputActs(QObject):
    """A room of the window, see `gui.room`. Owner of the two windows, which are made when first asked for."""

    def __init__(
        self,
        session: ReviewSession,
        canvas: DiffCanvas,
        appearance: Appearance,
        actions: Actions,
        notices: NoticeArea,
        cell_menu: QMenu,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._canvas, self._appearance = session, canvas, appearance
        self._notices, self._parent = notices, parent
        self._background = Background(self)
        self._background.done.connect(self._done)
        self.picture: PictureWindow | None = None
        self.table: TableWindow | None = None
        self.menu = QMenu(canvas)
        self.menu.setAccessibleName(tr("What can be done with this output"))
        for group in MENU:
            if not self.menu.isEmpty():
                self.menu.addSeparator()
            for act in group:
                self.menu.addAction(actions[act])
        self.menu.addSeparator()
        self.menu.addMenu(cell_menu).setText(tr("This &cell"))
        self.menu.aboutToHide.connect(self._all_visible)
        self._pair_acts = [actions[act] for act in (*MODES, "picture_all")]
        self._save_act = actions["save_output"]
        canvas.outputs.opened.connect(self._open)
        canvas.outputs.chosen.connect(self._chosen)
        canvas.outputs.menu_requested.connect(self._open_menu)
        appearance.settings_changed.connect(self._follow_settings)
        self._follow_settings()

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        shows = {act: lambda mode=mode: self.show_as(mode) for act, mode in MODES.items()}
        return {
            **shows,
            "picture_all": self.show_all,
            "next_output": lambda: self.go(1),
            "previous_output": lambda: self.go(-1),
            "view_output": self.open,
            "copy_output": self.copy,
            "save_output": self.save,
        }

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        for window in (self.picture, self.table):
            if window is not None:
                window.set_theme(theme)

    def announced(self, topics: frozenset[Topic]) -> None:
        """Another notebook is shown: the windows stay, with what they show."""
        if Topic.COMPARISON in topics:
            self._follow_settings()

    # Acts.

    def show_as(self, mode: PictureMode) -> None:
        """Show the picture at hand in one way: the chosen one, else the first of the current cell."""
        outputs = self._canvas.outputs
        if outputs.current() is None:
            here = self._canvas.current_index()
            key = next((key for _, key in outputs.outputs() if key.change == here), None)
            outputs.choose(key)
        if not outputs.show_as(mode):
            self._notices.inform(tr(NO_PAIR))

    def show_all(self) -> None:
        """Show every picture as the one at hand is shown, from now on."""
        piece = self._canvas.outputs.current()
        if not isinstance(piece, PicturePiece) or not piece.compared:
            self._notices.inform(tr(NO_PAIR))
            return
        mode = piece.mode
        self._appearance.change_settings(picture_mode=mode.value)
        self._canvas.outputs.show_all(mode)
        self._notices.inform(
            tr("Pictures are shown {how} from now on; the preferences keep it.").format(how=_how(mode))
        )

    def go(self, step: int) -> None:
        """Go to the next picture or table (1), or to the one before (-1), around the end."""
        outputs = self._canvas.outputs
        keys = [key for _, key in outputs.outputs()]
        if not keys:
            self._notices.inform(
                tr(
                    "No picture or table is in view; open folded cells (U) and outputs (O), or go "
                    "to another notebook."
                )
            )
            return
        current = outputs.current()
        if current is not None and current.key in keys:
            at = (keys.index(current.key) + step) % len(keys)
        else:
            here = self._canvas.current_index()
            after = [number for number, key in enumerate(keys) if key.change >= here]
            at = after[0] if after and step > 0 else (after[0] - 1 if after else len(keys) - (step < 0))
        self._canvas.goto_output(keys[at % len(keys)])

    def open(self) -> None:
        """Open what is at hand in its window."""
        piece = self._canvas.outputs.current()
        if piece is None:
            self._notices.inform(tr(NONE_AT_HAND))
        else:
            self._open(piece.key)

    def copy(self) -> None:
        """Copy a picture, or a table as text with tabs: the head's, of what was removed the base's."""
        piece = self._canvas.outputs.current()
        if isinstance(piece, PicturePiece):
            side = piece.sides[1] or piece.sides[0]
            if side is not None:
                kind, value = side.kind, side.value
                self._background.ask(("copy", piece.key), lambda: decode(kind, value, QSize()))
        elif isinstance(piece, GridPiece):
            sides = piece.sides
            head = sides.head is not None
            self._background.ask(
                ("copy", piece.key),
                lambda: _Text(tsv(sides, range(len(sides.rows)), range(len(sides.columns)), head=head)),
            )
        else:
            self._notices.inform(tr(NONE_AT_HAND))

    def save(self) -> None:
        """Write the head's picture (of what was removed the base's) to a file, byte for byte."""
        piece = self._canvas.outputs.current()
        side = (piece.sides[1] or piece.sides[0]) if isinstance(piece, PicturePiece) else None
        if side is None:
            self._notices.inform(tr("No picture is at hand; click one, or press I to go to the next."))
            return
        from nbreview.gui.picture_window import suffix_of, write_bytes

        path = ask_picture(self._parent, f"picture{suffix_of(side.kind)}")
        if path is not None:
            data = mime.image_bytes(side.kind, side.value)
            self._background.ask(("save", path), lambda: write_bytes(path, data))

    def close_workers(self) -> None:
        """Wait for the threads; call before the program ends."""
        self._background.close()
        for window in (self.picture, self.table):
            if window is not None:
                window.close_workers()

    # What they need.

    def _follow_settings(self) -> None:
        settings, outputs = self._session.settings, self._canvas.outputs
        outputs.set_tables(tolerance=settings.table_tolerance, rows=settings.table_rows)
        mode = PictureMode(settings.picture_mode)
        if outputs.default_mode is not mode:
            outputs.show_all(mode)

    def _chosen(self, key: OutputKey | None) -> None:
        piece = self._canvas.outputs.current()
        if piece is not None:
            self._canvas.setAccessibleDescription(piece.describe())

    def _open_menu(self, key: OutputKey, place: QPoint) -> None:
        self.fit_menu()
        self.menu.popup(place)

    def fit_menu(self) -> None:
        """Offer what the output at hand allows."""
        piece = self._canvas.outputs.current()
        for act in self._pair_acts:
            act.setVisible(isinstance(piece, PicturePiece) and piece.compared)
        self._save_act.setVisible(isinstance(piece, PicturePiece))

    def _all_visible(self) -> None:
        """In the menu bar and the palette every act stands, and says why it cannot be."""
        for act in (*self._pair_acts, self._save_act):
            act.setVisible(True)

    def _open(self, key: OutputKey) -> None:
        diff = self._canvas.diff
        self._canvas.outputs.choose(key)
        piece = self._canvas.outputs.current()
        if diff is None or piece is None:
            return
        number = _number(diff.cells[key.change])
        if isinstance(piece, PicturePiece):
            self._open_picture(piece, tr("Picture of cell {number}").format(number=number))
        else:
            self._open_table(piece, tr("Table of cell {number}").format(number=number))

    def _open_picture(self, piece: PicturePiece, title: str) -> None:
        from nbreview.gui.picture_window import PictureSubject, PictureWindow

        if self.picture is None:
            self.picture = PictureWindow(self._parent, self._appearance.theme())
        base, head = (_source(side) for side in piece.sides)
        mask = piece.image.mask if piece.image is not None else b""
        self.picture.show_picture(PictureSubject(title, base, head, mask, piece.words()), piece.mode)

    def _open_table(self, piece: GridPiece, title: str) -> None:
        from nbreview.gui.table_window import TableSubject, TableWindow

        diff = self._canvas.diff
        assert diff is not None  # there is a piece
        if self.table is None:
            self.table = TableWindow(self._parent, self._appearance.theme())
        change = diff.cells[piece.key.change]
        output = change.outputs[piece.key.output]
        base, head = output_sides(diff, change, output)
        shown = head or base
        html = shown.data.get(mime.TEXT_HTML) if shown is not None else ""
        self.table.show_table(
            TableSubject(
                title,
                output.kind,
                output.table,
                html if isinstance(html, str) else "",
                self._session.settings.table_tolerance,
            )
        )

    def _done(self, key: object, result: object) -> None:
        what = key[0] if isinstance(key, tuple) else ""
        if what == "save" and isinstance(key, tuple):
            self._say_saved(key[1], result)
        elif isinstance(result, QImage):
            QGuiApplication.clipboard().setImage(result)
            self._notices.inform(
                tr("The picture is on the clipboard ({width} × {height}).").format(
                    width=result.width(), height=result.height()
                )
            )
        elif isinstance(result, _Text):
            QGuiApplication.clipboard().setText(result)
            rows = result.count("\n") + 1
            self._notices.inform(
                tr("The table is on the clipboard: {rows:,} rows, with tabs between cells.").format(rows=rows)
            )
        else:
            self._notices.warn(str(result))

    def _say_saved(self, path: Path, result: object) -> None:
        if isinstance(result, OSError):
            reason = result.strerror or result
            self._notices.warn(
                tr("{path} could not be written ({reason}); choose another folder or name.").format(
                    path=path, reason=reason
                )
            )
        else:
            self._notices.inform(tr("Saved as {path}.").format(path=path))


class _Text(str):
    """A text for the clipboard, to be told from a sentence about what went wrong."""

    __slots__ = ()


def _source(side: Side | None) -> tuple[str, object] | None:
    return (side.kind, side.value) if side is not None else None


def _how(mode: PictureMode) -> str:
    return {
        PictureMode.SIDE_BY_SIDE: tr("side by side"),
        PictureMode.SWIPE: tr("to be swiped"),
        PictureMode.ONION: tr("in onion skin"),
        PictureMode.DIFFERENCE: tr("as what differs"),
    }[mode]


def _number(change: CellChange) -> int:
    """A cell's number for people: in the head, of a removed cell in the base."""
    index = change.head_index if change.head_index is not None else change.base_index
    return (index or 0) + 1
