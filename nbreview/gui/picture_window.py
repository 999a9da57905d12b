"""The window of one picture: both sides large, in the four ways of comparing, with zoom, copy and save.

Imports `picture_surface` and the theme. It stands beside the review and is not modal. What takes long is done
on threads of its own, which end when the window is closed.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.diff.background import Background
from nbreview.gui.files import ask_picture
from nbreview.gui.language import tr
from nbreview.gui.picture_surface import ZOOM_STEP, Pair, PictureSurface, Source, load_pair
from nbreview.gui.theme import Theme, load_theme, prose_font
from nbreview.notebook import mime
from nbreview.presentation.pictures import PictureMode, format_name

SUFFIXES = {"image/svg+xml": ".svg", "image/jpeg": ".jpg", "image/x-icon": ".ico"}
"""Suffixes of types whose name is none."""

MODE_KEYS = {mode: f"Alt+{number}" for number, mode in enumerate(PictureMode, 1)}


@dataclass(frozen=True, slots=True)
class PictureSubject:
    """What the window shows: the two sides as the notebook holds them, the mask of what differs (b"" where
    none was made), and words about it.
    """

    title: str
    base: Source | None
    head: Source | None
    mask: bytes = b""
    words: str = ""


class PictureWindow(QDialog):
    """One window for the picture at hand; another picture takes the place of the one shown."""

    mode_chosen = Signal(object)
    """How the picture is shown now (`PictureMode`)."""

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._theme = theme or load_theme("light")
        self._subject: PictureSubject | None = None
        self._pair = Pair()
        self._asked = 0
        self._background = Background(self)
        self._background.done.connect(self._arrived)
        self._writing = Background(self)  # by itself: another picture must not call off a file being written
        self._writing.done.connect(self._written)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAccessibleName(tr("Picture"))
        self.surface = PictureSurface(self._theme, self)
        self.words = QLabel(self)
        self.words.setAccessibleName(tr("What differs"))
        self.words.setWordWrap(True)
        self.pixel = QLabel(self)
        self.pixel.setAccessibleName(tr("Pixel under the pointer"))
        self.pixel.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.pixel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.zoom = QLabel(self)
        self.zoom.setAccessibleName(tr("Zoom"))
        self.modes: dict[PictureMode, QAction] = {}
        self._bar = QHBoxLayout()
        self._add_modes()
        self._bar.addStretch(1)
        self._add_zooms()
        self.copies = self._add_menu(tr("Copy"), tr("Copies the head (Ctrl+C), or another side"))
        self.saves = self._add_menu(tr("Save as…"), tr("Saves the head (Ctrl+S), or another side"))
        layout = QVBoxLayout(self)
        layout.addLayout(self._bar)
        layout.addWidget(self.words)
        layout.addWidget(self.surface, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.pixel, 1)
        foot.addSpacing(2 * self._theme.spacing)
        foot.addWidget(self.zoom)
        layout.addLayout(foot)
        self.surface.pointed.connect(self.pixel.setText)
        self.surface.view_changed.connect(self._show_zoom)
        self.set_theme(self._theme)
        self.resize(1000, 720)

    def _add_modes(self) -> None:
        group = QActionGroup(self)
        for mode in PictureMode:
            name = tr(mode.label)  # gathered where the bar under a picture says the same
            action = QAction(name, group)
            action.setCheckable(True)
            action.setShortcut(QKeySequence(MODE_KEYS[mode]))
            action.setToolTip(f"{name} ({MODE_KEYS[mode]})")
            action.triggered.connect(lambda _=False, mode=mode: self._choose_mode(mode))
            self._add_button(action)
            self.modes[mode] = action
        self.modes[PictureMode.SIDE_BY_SIDE].setChecked(True)

    def _add_zooms(self) -> None:
        surface = self.surface
        for text, name, key, act in (
            ("−", tr("Zoom out"), "-", lambda: surface.set_zoom(surface.zoom / ZOOM_STEP)),
            ("+", tr("Zoom in"), "+", lambda: surface.set_zoom(surface.zoom * ZOOM_STEP)),
            (tr("Fit"), tr("Fit the window"), "0", surface.fit),
            (
                "100 %",
                tr("A pixel of the picture is one of the screen"),
                "1",
                lambda: surface.set_zoom(1.0),
            ),
        ):
            action = QAction(text, self)
            action.setToolTip(f"{name} ({key})")
            action.triggered.connect(lambda _=False, act=act: act())
            self._add_button(action, name)

    def _add_button(self, action: QAction, name: str = "") -> None:
        self.addAction(action)
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setAccessibleName(name or action.text())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._bar.addWidget(button)

    def _add_menu(self, text: str, tip: str) -> QMenu:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        button.setMenu(menu)
        self._bar.addWidget(button)
        return menu

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.setFont(prose_font(theme))
        self.surface.set_theme(theme)

    def show_picture(self, subject: PictureSubject, mode: PictureMode) -> None:
        """Show a picture; it is decoded meanwhile."""
        self._subject, self._pair = subject, Pair()
        self.setWindowTitle(subject.title)
        self.words.setText(subject.words)
        two = subject.base is not None and subject.head is not None
        for action in self.modes.values():
            action.setEnabled(two)
        self._choose_mode(mode if two else PictureMode.SIDE_BY_SIDE)
        self._fill_menus()
        self.pixel.clear()
        self.surface.set_sentence(tr("The picture is being decoded …"))
        self._background.forget()
        paper, mark = self._theme.color("background"), self._theme.color("error")
        self._asked += 1
        self._background.ask(
            self._asked, lambda: load_pair(subject.base, subject.head, subject.mask, paper, mark)
        )
        self.show()
        self.raise_()
        self.activateWindow()
        self.surface.setFocus()

    @property
    def loading(self) -> bool:
        """Whether a thread is at work for this window."""
        return self._background.busy or self._writing.busy

    def copy(self, *, head: bool = True) -> None:
        """Put a side on the clipboard, in its own size."""
        levels = self._pair.head if head else self._pair.base
        if levels:
            QGuiApplication.clipboard().setImage(levels[0])
            self.pixel.setText(
                tr("The picture of the head is on the clipboard.")
                if head
                else tr("The picture of the base is on the clipboard.")
            )

    def copy_difference(self) -> None:
        """Put the picture of what differs on the clipboard."""
        if self._pair.difference:
            QGuiApplication.clipboard().setImage(self._pair.difference[0])
            self.pixel.setText(tr("The picture of what differs is on the clipboard."))

    def save(self, path: Path, *, head: bool = True) -> None:
        """Write a side's own bytes to a file."""
        source = self._source(head=head)
        if source is not None:
            self._writing.ask(path, lambda: write_bytes(path, mime.image_bytes(*source)))

    def save_difference(self, path: Path) -> None:
        """Write the picture of what differs as a PNG."""
        if self._pair.difference:
            image = self._pair.difference[0]
            self._writing.ask(path, lambda: _write_image(path, image))

    def _source(self, *, head: bool) -> Source | None:
        if self._subject is None:
            return None
        return self._subject.head if head else self._subject.base

    def _fill_menus(self) -> None:
        """One entry a side; the key goes to the head, or to the only side there is."""
        keyed = False
        for menu in (self.copies, self.saves):
            menu.clear()
        for head in (True, False):
            source = self._source(head=head)
            if source is None:
                continue
            name = tr("Head") if head else tr("Base")
            copy = self.copies.addAction(name)
            copy.triggered.connect(lambda _=False, head=head: self.copy(head=head))
            save = self.saves.addAction(f"{name} ({format_name(source[0])})…")
            save.triggered.connect(lambda _=False, head=head: self._ask_and_save(head))
            if not keyed:
                copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
                save.setShortcut(QKeySequence(QKeySequence.StandardKey.Save))
                keyed = True
        if all(self._source(head=head) is not None for head in (True, False)):
            self.copies.addAction(tr("Difference"), self.copy_difference)
            self.saves.addAction(tr("Difference (PNG)…"), self._ask_and_save_difference)

    def _ask_and_save(self, head: bool) -> None:
        source = self._source(head=head)
        if source is not None:
            path = ask_picture(self, f"{'head' if head else 'base'}{suffix_of(source[0])}")
            if path is not None:
                self.save(path, head=head)

    def _ask_and_save_difference(self) -> None:
        path = ask_picture(self, "difference.png")
        if path is not None:
            self.save_difference(path)

    def _choose_mode(self, mode: PictureMode) -> None:
        self.modes[mode].setChecked(True)
        if mode is not self.surface.mode:
            self.surface.set_mode(mode)
            self.mode_chosen.emit(mode)

    def _show_zoom(self) -> None:
        zoom = _percent(self.surface.zoom)
        if self.surface.mode is PictureMode.SWIPE:
            text = tr("divider at {share} · {zoom}").format(share=_percent(self.surface.swipe), zoom=zoom)
        elif self.surface.mode is PictureMode.ONION:
            text = tr("head at {share} · {zoom}").format(share=_percent(self.surface.opacity), zoom=zoom)
        else:
            text = zoom
        self.zoom.setText(text)

    def _arrived(self, key: object, result: object) -> None:
        if key != self._asked or self._subject is None:
            return
        if not isinstance(result, Pair):
            why = f"{type(result).__name__}: {result}"
            self.surface.set_sentence(
                tr("This picture cannot be shown ({why}); save it to look at the file.").format(why=why)
            )
            return
        self._pair = result
        self.surface.set_pair(result)
        said = [
            f"{name}: {why}" for name, why in zip((tr("Base"), tr("Head")), result.said, strict=True) if why
        ]
        if said:
            self.words.setText(" ".join(said))

    def _written(self, key: object, result: object) -> None:
        if isinstance(key, Path):
            self.pixel.setText(_saved_words(key, result))

    def reject(self) -> None:
        """The window is closed, by Esc or by its frame: let go of the pictures: they are large."""
        self.forget()
        super().reject()

    def forget(self) -> None:
        """Show nothing, and drop what is being decoded."""
        self._background.forget()
        self._subject, self._pair = None, Pair()
        self.surface.set_sentence(tr("No picture is at hand; open one from the diff."))

    def close_workers(self) -> None:
        """Wait for the threads; call before the program ends."""
        self._background.close()
        self._writing.close()


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def suffix_of(kind: str) -> str:
    """The suffix of a file of a MIME type: ".png" for `image/png`."""
    return SUFFIXES.get(kind, "." + kind.rpartition("/")[2])


def write_bytes(path: Path, data: bytes) -> int:
    """Write a file; returns its bytes, raises OSError. For worker threads."""
    return path.write_bytes(data)


def _write_image(path: Path, image: QImage) -> int:
    if not image.save(str(path)):
        raise OSError(f"{path.name}: choose a name that ends in .png")
    return path.stat().st_size


def _saved_words(path: Path, result: object) -> str:
    if isinstance(result, OSError):
        return tr("{path} could not be written ({reason}); choose another folder or name.").format(
            path=path, reason=result.strerror or result
        )
    if isinstance(result, Exception):
        return tr("{path} could not be written ({reason}); choose another name.").format(
            path=path, reason=result
        )
    return tr("Saved as {path}.").format(path=path)
