"""The notebooks under review: what changed in a folder or a range, how much, and what has been viewed.

Imports `theme`, `parts` and frozen values only. A click or Enter opens, Space or V ticks. Rows are
painted, of one height, so that thousands of them scroll.
"""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QProgressBar,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.files_model import FileRow, FilesModel, kind_sign, notes_in_words, total
from nbreview.gui.history_model import Index, badge_in_words, badge_parts
from nbreview.gui.language import spoken, tr
from nbreview.gui.parts import Panel, Sentence, paint_tick
from nbreview.gui.theme import Theme, prose_font
from nbreview.services.repository_review import Counted

_TICK_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_V)
_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _FileDelegate(QStyledItemDelegate):
    """Paints a row: box, sign, name and counts; below them the folder, or what is wrong with the file."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.name_font: QFont = prose_font(theme)
        self.open_font: QFont = prose_font(theme, bold=True)
        self.detail_font: QFont = prose_font(theme, theme.caption)
        self.name_metrics = QFontMetrics(self.name_font)
        self.open_metrics = QFontMetrics(self.open_font)
        self.detail_metrics = QFontMetrics(self.detail_font)
        self.height = self.name_metrics.height() + self.detail_metrics.height() + theme.spacing + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.height)

    def box(self, area: QRect) -> QRect:
        """Where the tick is, in a row."""
        side = round(self.name_metrics.height() * 0.8)
        top = area.top() + self.theme.spacing // 2 + (self.name_metrics.height() - side) // 2
        return QRect(area.left() + self.theme.spacing + 2, top, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, FilesModel)
        theme, unit, area = self.theme, self.theme.spacing, option.rect
        place = model.shown[index.row()]
        row, known = model.files[place], model.known.get(place)
        chosen, opened = bool(option.state & QStyle.StateFlag.State_Selected), place == model.open_place
        viewed = place in model.viewed
        painter.save()
        if chosen:
            painter.fillRect(area, theme.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("hover"))
        if opened:
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), theme.color("accent"))
        box, left = self.box(area), area.left() + unit + 2
        if row.tickable:
            painter.setPen(QPen(theme.color("accent" if viewed else "control"), 1))
            painter.drawRect(box)
            if viewed:
                paint_tick(painter, box, theme.color("accent"))
            left = box.right() + unit + 1
        plain = theme.color("selection_text" if chosen else "text")
        muted = theme.color("selection_text" if chosen else "muted")
        base_line = area.top() + unit // 2 + self.name_metrics.ascent()
        painter.setFont(self.name_font)
        sign = kind_sign(row.kind)
        if sign:
            painter.setPen(theme.sign_color(row.kind))
            painter.drawText(left, base_line, sign)
        indent = self.name_metrics.horizontalAdvance("≠") + unit // 2 if row.tickable else 0
        right = area.right() - unit
        painter.setFont(self.detail_font)
        if known is not None and known.counts is not None:
            right = self._paint_counts(painter, known, right, base_line, muted) - unit
        painter.setFont(self.open_font if opened else self.name_font)
        painter.setPen(muted if viewed and not opened else plain)
        metrics = self.open_metrics if opened else self.name_metrics
        # All of them are notebooks: where it is narrow, the suffix goes before any letter of the name.
        fits = metrics.horizontalAdvance(row.name) <= right - left - indent
        name = row.name if fits else row.name.rpartition(".")[0]
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, right - left - indent)
        painter.drawText(left + indent, base_line, name)

        below = area.top() + unit // 2 + self.name_metrics.height() + 2 + self.detail_metrics.ascent()
        painter.setFont(self.detail_font)
        right = area.right() - unit
        problem = spoken(known.problem) if known is not None else ""
        words = problem or _details(row, known)
        painter.setPen(theme.color("error") if problem and not chosen else muted)
        mode = Qt.TextElideMode.ElideRight if problem else Qt.TextElideMode.ElideMiddle
        painter.drawText(
            left + indent, below, self.detail_metrics.elidedText(words, mode, right - left - indent)
        )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_counts(
        self, painter: QPainter, known: Counted, right: int, base_line: int, muted: QColor
    ) -> int:
        """The counts, right-aligned; returns where they begin."""
        pieces = [(self.theme.sign_color(kind), text) for kind, text in badge_parts(known.counts or {})]
        for color, text in reversed(pieces or [(muted, "=")]):
            right -= self.detail_metrics.horizontalAdvance(text)
            painter.setPen(color)
            painter.drawText(right, base_line, text)
            right -= self.theme.spacing
        return right + self.theme.spacing


def _details(row: FileRow, known: Counted | None) -> str:
    """The second line: what is to be known first, then the folder."""
    pieces = list(row.marks)
    if row.previous_path:
        pieces.append(tr("was {path}").format(path=row.previous_path))
    if known is not None:
        pieces += notes_in_words(known)
    if row.folder or not pieces:
        pieces.append(f"{row.folder}/" if row.folder else "./")
    return " · ".join(pieces)


class _FileList(QListView):
    """The list, with the keys and the clicks that tick."""

    ticked = Signal(int)
    entered_row = Signal(int)

    def __init__(self, delegate: _FileDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self._ticking = False

    def event(self, event: QEvent) -> bool:
        # The list is in front of the window's acts: V ticks a cell elsewhere, and a notebook here.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (*_TICK_KEYS, *_OPEN_KEYS):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if index.isValid() and plain and event.key() in _TICK_KEYS:
            self.ticked.emit(index.row())
        elif index.isValid() and plain and event.key() in _OPEN_KEYS:
            self.entered_row.emit(index.row())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ticking = self._tick_at(event)
        if not self._ticking:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # What was a tick when it was pressed is no click, wherever it is let go.
        if not self._ticking:
            super().mouseReleaseEvent(event)
        self._ticking = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._ticking = self._tick_at(event)
        if not self._ticking:
            super().mouseDoubleClickEvent(event)

    def _tick_at(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return False
        box = self._delegate.box(self.visualRect(index))
        margin = self._delegate.theme.spacing // 2
        if not box.adjusted(-margin, -margin, margin, margin).contains(QPoint(point)):
            return False
        self.ticked.emit(index.row())
        return True


class FilesPanel(Panel):
    """The list of notebooks with its title, its filter and the progress of the review."""

    opened = Signal(int)
    """The place, in all notebooks, of the one to show."""
    toggled = Signal(int)
    """The place of the one to tick, or to take the tick from."""
    close_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FilesModel(self)
        self._delegate = _FileDelegate(theme, self)
        self._empty_words = self._viewed_words = ""
        self.title = Sentence(bold=True, parent=self)
        self.caption = Sentence(muted=True, size="caption", parent=self)
        self.close_button = QToolButton(self)
        self.close_button.setText("×")
        self.close_button.setAutoRaise(True)
        self.close_button.setAccessibleName(tr("Close the folder or range"))
        self.close_button.setToolTip(tr("Close the folder or range; what is shown in the diff stays"))
        self.close_button.clicked.connect(lambda _checked=False: self.close_wanted.emit())
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Notebooks viewed"))
        self.progress_words = Sentence(muted=True, size="caption", parent=self)
        self.filter = QLineEdit(self)
        self.filter.setAccessibleName(tr("Filter the notebooks"))
        self.filter.setPlaceholderText(tr("Filter by path"))
        self.filter.setToolTip(tr("Words of the path, or what became of the file, such as “added”"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.list = _FileList(self._delegate, self)
        self.list.setAccessibleName(tr("Notebooks under review"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(lambda index: self.opened.emit(self.model.shown[index.row()]))
        self.list.entered_row.connect(lambda row: self.opened.emit(self.model.shown[row]))
        self.list.ticked.connect(self._ticked)
        self._empty = Sentence(muted=True, parent=self)
        self._empty.as_page()

        self._heading = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.caption)
        self._heading.addLayout(words, 1)
        self._heading.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._top = QVBoxLayout()
        self._top.addLayout(self._heading)
        self._top.addWidget(self.progress_words)
        self._top.addWidget(self.progress)
        self._top.addWidget(self.filter)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._top)
        layout.addLayout(self._pages, 1)
        self.aim_focus(self.list)
        self.set_theme(theme)
        self.set_files((), (), "", "", "")

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        self._delegate.set_theme(theme)
        for sentence in (self.title, self.caption, self.progress_words, self._empty):
            sentence.set_theme(theme)
        self._top.setContentsMargins(unit, unit, unit, unit)
        self._top.setSpacing(unit // 2)
        self._empty.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        self.progress.setFixedHeight(max(4, unit // 2 + 2))
        self.progress.setStyleSheet(
            f"QProgressBar::chunk {{ background: {theme.accent}; border-radius: {theme.radius // 2}px; }}"
        )
        self.list.doItemsLayout()
        self.list.viewport().update()

    def set_files(
        self, files: Sequence[FileRow], viewed: Collection[int], title: str, caption: str, empty: str
    ) -> None:
        """Show other notebooks.

        Parameters
        ----------
        viewed:
            The places that are ticked.
        title, caption:
            What is under review, and what is to be known of it.
        empty:
            The sentence for no notebook at all.
        """
        self._empty_words = empty
        self.model.set_files(files, set(viewed))
        self.title.setText(title)
        self.caption.setText(caption)
        self._say()
        self._show_page()
        self.list.scrollToTop()

    def set_known(self, place: int, known: Counted) -> None:
        """Fill in what is known of a notebook."""
        if 0 <= place < len(self.model.files):
            self.model.set_known(place, known)
            self._say_progress()

    def set_viewed(self, place: int, viewed: bool) -> None:
        """Tick a notebook, or take its tick away."""
        self.model.set_viewed(place, viewed)
        self._say()

    def set_open(self, place: int) -> None:
        """Mark the notebook that the diff shows and choose it, -1 for none of them."""
        if place == self.model.open_place:
            return
        self.model.set_open(place)
        row = self.model.row_of(place)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row, 0))
            self.list.scrollTo(self.model.index(row, 0))

    def place_beside(self, step: int) -> int | None:
        """The place of the notebook after (1) or before (-1) the one that is open, as the filter has them;
        None at an end.
        """
        shown = self.model.shown
        row = self.model.row_of(self.model.open_place)
        if row is None:
            current = self.list.currentIndex()
            row = current.row() - (step > 0) if current.isValid() else -1
        row += step
        return shown[row] if 0 <= row < len(shown) else None

    def places_unviewed(self) -> tuple[int, ...]:
        """The places that are not ticked, beginning after the one that is open and round from the top."""
        shown = self.model.shown
        row = self.model.row_of(self.model.open_place)
        start = 0 if row is None else row + 1
        passed = self.model.viewed | {self.model.open_place}
        return tuple(
            place
            for place in (*shown[start:], *shown[:start])
            if self.model.files[place].tickable and place not in passed
        )

    def _ticked(self, row: int) -> None:
        place = self.model.shown[row]
        if self.model.files[place].tickable:
            self.toggled.emit(place)

    def _say(self) -> None:
        rows = [place for place, row in enumerate(self.model.files) if row.tickable]
        done = len(self.model.viewed)
        self.progress.setVisible(bool(rows))
        self.progress_words.setVisible(bool(rows))
        self.progress.setRange(0, max(1, len(rows)))
        self.progress.setValue(done)
        self._viewed_words = tr("{viewed} of {all} viewed").format(viewed=done, all=len(rows))
        self.progress.setAccessibleDescription(self._viewed_words)
        self._say_progress()

    def _say_progress(self) -> None:
        cells = total(tuple(self.model.known.values()))
        counts = "  ".join(text for _kind, text in badge_parts(cells))
        self.progress_words.setText(f"{self._viewed_words} · {counts}" if counts else self._viewed_words)
        self.progress_words.setToolTip(badge_in_words(cells))

    def _narrow(self, text: str) -> None:
        self.model.set_filter(text)
        row = self.model.row_of(self.model.open_place)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row, 0))
        self._show_page()

    def _show_page(self) -> None:
        files = bool(self.model.files)
        self.filter.setEnabled(files)
        if not self.model.shown:
            nothing = tr("No notebook has these words in its path. Clear the filter to see them all.")
            self._empty.setText(nothing if files else self._empty_words)
        self._pages.setCurrentWidget(self.list if self.model.shown else self._empty)
