"""One thread as a card: where it stands, what was said, and what can be done with it.

Imports `theme`, the small widgets and frozen values only.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nbreview.gui.card_header import CardHeader
from nbreview.gui.comment_box import CommentBox
from nbreview.gui.comment_views import RemarkView, ThreadView
from nbreview.gui.language import tr
from nbreview.gui.parts import Column, Sentence, paint_card
from nbreview.gui.theme import Theme, code_font


class _Remark(Column):
    """Who said it and when, the text, and two small buttons."""

    edit_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, view: RemarkView, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        self.who = Sentence(muted=True, size="caption", parent=self)
        self.text = Sentence(parent=self)
        self.edit_button = QPushButton(tr("Edit"), self)
        self.delete_button = QPushButton(tr("Delete"), self)
        for button in (self.edit_button, self.delete_button):
            button.setFlat(True)
        self.edit_button.clicked.connect(lambda _checked=False: self.edit_wanted.emit(self.view.id))
        self.delete_button.clicked.connect(lambda _checked=False: self.delete_wanted.emit(self.view.id))
        self._row = QHBoxLayout()
        self._row.addWidget(self.who, 1)
        self._row.addWidget(self.edit_button)
        self._row.addWidget(self.delete_button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._row)
        self._layout.addWidget(self.text)
        self.set_theme(theme)
        self.set_view(view)

    def set_theme(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.spacing // 4)
        self._row.setSpacing(0)
        for sentence in (self.who, self.text):
            sentence.set_theme(theme)
        padding = f"padding: 2px {theme.spacing // 2}px; font-size: {theme.caption}pt;"
        for button in (self.edit_button, self.delete_button):
            button.setStyleSheet(f"QPushButton {{ {padding} min-width: 0; color: {theme.muted}; }}")

    def set_view(self, view: RemarkView) -> None:
        self.view = view
        self.who.setText(f"{view.author} · {view.when}")
        self.text.setText(view.text)
        said = tr("the comment of {author}").format(author=view.author)
        self.edit_button.setAccessibleName(tr("Edit {what}").format(what=said))
        self.delete_button.setAccessibleName(tr("Delete {what}").format(what=said))
        self.delete_button.setToolTip(tr("Takes the comment away; it can be restored right after"))


class ThreadCard(Column):
    """A thread. The box for an answer or an edit opens inside; what is typed stays until it is saved."""

    activated = Signal(str)
    answered = Signal(str, str)
    edited = Signal(str, str, str)
    settled = Signal(str, bool)
    deleted = Signal(str, str)

    def __init__(self, view: ThreadView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._theme = theme
        self._marked = False
        self._editing = ""
        self._drafts: dict[str, str] = {}  # by the comment that is edited; "" for an answer
        self._remarks: list[_Remark] = []
        self.box: CommentBox | None = None
        self.header = CardHeader(theme, self)
        self.header.clicked.connect(lambda: self.activated.emit(self.view.id))
        self.quote = Sentence(muted=True, parent=self)
        self.note = Sentence(size="caption", parent=self)
        self._said = QVBoxLayout()
        self.answer_button = QPushButton(tr("Answer"), self)
        self.settle_button = QPushButton(self)
        self.answer_button.clicked.connect(lambda _checked=False: self.answer())
        self.settle_button.clicked.connect(
            lambda _checked=False: self.settled.emit(self.view.id, self.view.open)
        )
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.answer_button)
        self._buttons.addWidget(self.settle_button)
        self._buttons.addStretch(1)
        self._layout = QVBoxLayout(self)
        for part in (self.header, self.quote, self.note):
            self._layout.addWidget(part)
        self._layout.addLayout(self._said)
        self._layout.addLayout(self._buttons)
        self.setFocusProxy(self.header)
        self.set_theme(theme)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self._layout.setContentsMargins(unit + unit // 2, unit, unit, unit)
        self._layout.setSpacing(unit // 2)
        self._said.setSpacing(unit)
        self._buttons.setSpacing(unit)
        self.header.set_theme(theme)
        self.quote.set_font(code_font(theme, theme.caption))
        self.note.set_theme(theme)
        self.note.setStyleSheet(f"color: {theme.warning};")
        for remark in self._remarks:
            remark.set_theme(theme)
        if self.box is not None:
            self.box.set_theme(theme)

    def set_view(self, view: ThreadView) -> None:
        """Show the thread as it is now. A box that is open stays, unless what it was about is saved."""
        if view == self.view:
            return
        before = {remark.id: remark.text for remark in self.view.remarks}
        self.view = view
        if self.box is not None and {each.id: each.text for each in view.remarks} != before:
            self._put_away()
        self._show()

    def set_marked(self, marked: bool) -> None:
        """A bar at the left says that this one is at hand."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    def answer(self) -> None:
        """Open the box for an answer."""
        self._open_box("", tr("Answer"), "")

    def edit(self, comment_id: str) -> None:
        """Open the box with the text of one comment."""
        text = next(remark.text for remark in self.view.remarks if remark.id == comment_id)
        self._open_box(comment_id, tr("Save"), text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_card(painter, self.rect(), self._theme, marked=self._marked)
        painter.end()

    def _show(self) -> None:
        view = self.view
        self.header.set_text(view.title, "")
        words = (tr("open"), "accent") if view.open else (tr("resolved"), "muted")
        self.header.pill.set_text(*words)
        said = tr("%n comment(s)", "", len(view.remarks))
        self.setAccessibleName(f"{view.title}, {words[0]}, {said}")
        self.quote.setText(view.quote)
        self.quote.setVisible(bool(view.quote))
        self.note.setText(view.note)
        self.note.setVisible(bool(view.note))
        self.settle_button.setText(tr("Resolve") if view.open else tr("Open again"))
        self.settle_button.setToolTip(
            tr("Nothing is to be done about it any more (Shift+C)")
            if view.open
            else tr("Something is to be done about it after all (Shift+C)")
        )
        while len(self._remarks) > len(view.remarks):
            gone = self._remarks.pop()
            self._said.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, remark in enumerate(view.remarks):
            if place < len(self._remarks):
                self._remarks[place].set_view(remark)
                continue
            made = _Remark(remark, self._theme, self)
            made.edit_wanted.connect(self.edit)
            made.delete_wanted.connect(lambda comment: self.deleted.emit(self.view.id, comment))
            self._remarks.append(made)
            self._said.addWidget(made)

    def _open_box(self, about: str, words: str, text: str) -> None:
        if self.box is not None and self._editing == about:
            self.box.setFocus()
            return
        if self.box is not None:
            self._aside(self.box.typed)
        self._editing = about
        self.box = CommentBox(self._theme, words, self)
        self.box.set_title(tr("Edit the comment") if about else "")
        self.box.text.setAccessibleName(tr("Edit the comment") if about else tr("Answer"))
        self.box.open(self._drafts.get(about, text))
        self.box.saved.connect(self._save)
        self.box.put_aside.connect(self._aside)
        self._layout.insertWidget(self._layout.count() - 1, self.box)
        self.box.show()
        self.box.setFocus()

    def _save(self, text: str) -> None:
        self._drafts.pop(self._editing, None)
        if self.box is not None:
            self.box.set_busy(True)
        if self._editing:
            unchanged = any(
                each.id == self._editing and each.text == text.strip() for each in self.view.remarks
            )
            if unchanged:
                self._put_away()
                return
            self.edited.emit(self.view.id, self._editing, text)
        else:
            self.answered.emit(self.view.id, text)

    def set_refused(self) -> None:
        """What was saved could not be kept: it stays in the box."""
        if self.box is not None:
            self.box.set_busy(False)
            self.box.setFocus()

    def _aside(self, draft: str) -> None:
        self._drafts[self._editing] = draft
        if not draft.strip():
            del self._drafts[self._editing]
        self._put_away()

    def _put_away(self) -> None:
        if self.box is None:
            return
        held = self.box.text.hasFocus() or self.box.save_button.hasFocus()
        self._layout.removeWidget(self.box)
        self.box.hide()
        self.box.deleteLater()
        self.box = None
        if held:
            self.answer_button.setFocus()
