"""The window that asks before something runs: what may be chosen, what would run, and with what access.

Imports `theme`, `parts` and `asking` only. It is not modal, holds one question at a time, and does nothing
but tell what was agreed to.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.asking import Option, Question
from nbreview.gui.language import spoken, tr
from nbreview.gui.parts import Column, Sentence
from nbreview.gui.theme import Theme, load_theme, prose_font

Index = QModelIndex | QPersistentModelIndex
_OPTION = Qt.ItemDataRole.UserRole
_ROWS = 6
"""Options that show without scrolling."""


class _OptionDelegate(QStyledItemDelegate):
    """Paints what may be chosen over its detail; what may not be is muted, with the reason below."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.title_font, self.detail_font = prose_font(theme, bold=True), prose_font(theme, theme.caption)
        self.title_metrics = QFontMetrics(self.title_font)
        self.detail_metrics = QFontMetrics(self.detail_font)

    def row_height(self) -> int:
        """Height of a row."""
        return self.title_metrics.height() + self.detail_metrics.height() + self.theme.spacing * 3 // 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Option = index.data(_OPTION)
        theme, row, unit = self.theme, option.rect, self.theme.spacing
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(row, theme.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.color("hover"))
        inner = row.adjusted(unit, unit // 2, -unit, -unit // 2)
        usual = "muted" if shown.problem else "text"
        painter.setPen(theme.color("selection_text" if chosen else usual))
        painter.setFont(self.title_font)
        top = QRect(inner.left(), inner.top(), inner.width(), self.title_metrics.height())
        text = self.title_metrics.elidedText(spoken(shown.title), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(self.detail_font)
        painter.setPen(theme.color("selection_text" if chosen else "muted"))
        below = QRect(inner.left(), top.bottom() + 1 + unit // 4, inner.width(), self.detail_metrics.height())
        text = self.detail_metrics.elidedText(
            spoken(shown.detail), Qt.TextElideMode.ElideMiddle, inner.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(row.adjusted(1, 1, -1, -1))
        painter.restore()


class AskWindow(QDialog):
    """Asks one question; a new one takes the place of the one before, which then counts as declined."""

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        theme = theme or load_theme("light")
        self._question: Question | None = None
        self.title = Sentence(bold=True, size="title", parent=self)
        self.list = QListView(self)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self._delegate = _OptionDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("What can be chosen"))
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_said())
        self.list.doubleClicked.connect(lambda _index: self._agree())
        inside = Column()
        self._said = QVBoxLayout(inside)
        self._said.setContentsMargins(0, 0, 0, 0)
        self._sentences: list[Sentence] = []
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("What will run, and with what access"))
        self.area.setWidget(inside)
        self.agree_button = QPushButton(self)
        self.agree_button.setDefault(True)
        self.agree_button.clicked.connect(lambda _checked=False: self._agree())
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.cancel_button.clicked.connect(self.reject)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.cancel_button)
        self._buttons.addWidget(self.agree_button)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.list)
        self._layout.addWidget(self.area, 1)
        self._layout.addLayout(self._buttons)
        self.finished.connect(lambda _result: self._forget())
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self._delegate.set_theme(theme)
        self.title.set_theme(theme)
        for sentence in self._sentences:
            sentence.set_theme(theme)
        self._layout.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._layout.setSpacing(unit + unit // 2)
        self._said.setSpacing(unit)
        self.list.setStyleSheet(
            f"QListView {{ border: 1px solid {theme.border}; border-radius: {theme.radius}px; }}"
        )
        self.list.scheduleDelayedItemsLayout()
        self._fit()

    def ask(self, question: Question) -> None:
        """Ask, in place of what was asked before."""
        self._question = question
        self.setWindowTitle(question.title)
        self.title.setText(question.title)
        self._model.clear()
        for option in question.options:
            item = QStandardItem(spoken(option.title))
            item.setData(option, _OPTION)
            words = ", ".join(map(spoken, filter(None, (option.title, option.detail, option.problem))))
            item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        self.list.setVisible(bool(question.options))
        self.agree_button.setText(question.button)
        self.agree_button.setAccessibleName(question.button)
        usable = next((row for row, one in enumerate(question.options) if not one.problem), 0)
        if question.options:
            self.list.setCurrentIndex(self._model.index(usable, 0))
        self._show_said()
        self._fit()
        self.show()
        self.raise_()
        self.activateWindow()
        (self.list if question.options else self.agree_button).setFocus()

    def question(self) -> Question | None:
        """What is asked now; None where nothing is."""
        return self._question

    def said(self) -> tuple[str, ...]:
        """The sentences that show."""
        return tuple(sentence.text() for sentence in self._sentences)

    def _option(self) -> Option | None:
        index = self.list.currentIndex()
        found = index.data(_OPTION) if index.isValid() else None
        return found if isinstance(found, Option) else None

    def _show_said(self) -> None:
        question, option = self._question, self._option()
        if question is None:
            return
        said = list(question.said)
        if option is not None:
            said += [option.problem] if option.problem else option.said
        elif not question.options and question.empty and not question.said:
            said = [question.empty]
        waiting = bool(question.empty) and option is None
        self.agree_button.setEnabled(not waiting and (option is None or not option.problem))
        for sentence in self._sentences:
            self._said.removeWidget(sentence)
            sentence.hide()
            sentence.deleteLater()
        while self._said.count():
            self._said.takeAt(0)
        self._sentences = []
        for text in said:
            sentence = Sentence(spoken(text))
            sentence.set_theme(self._theme)
            self._said.addWidget(sentence)
            self._sentences.append(sentence)
        self._said.addStretch(1)

    def _fit(self) -> None:
        """As wide as prose reads well, and high enough for what is asked, within the screen."""
        metrics = QFontMetrics(prose_font(self._theme))
        rows = min(_ROWS, self._model.rowCount())
        self.list.setFixedHeight(rows * self._delegate.row_height() + 4)
        width = metrics.averageCharWidth() * 84
        inner = width - 6 * self._theme.spacing
        lines = sum(
            metrics.boundingRect(0, 0, inner, 10_000, Qt.TextFlag.TextWordWrap, text).height()
            for text in self.said()
        )
        room = max(lines + self._theme.spacing * len(self._sentences), metrics.height() * 4)
        height = self.sizeHint().height() - self.area.sizeHint().height() + room + 2 * self._theme.spacing
        limit = self.screen().availableSize() * 0.9
        self.resize(QSize(width, height).boundedTo(limit))

    def _agree(self) -> None:
        question, option = self._question, self._option()
        if question is None or not self.agree_button.isEnabled():
            return
        self.accept()
        question.agreed(option.value if option is not None else None)

    def _forget(self) -> None:
        self._question = None
