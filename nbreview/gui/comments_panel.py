"""The Comments tab: threads in the order of the notebook, filtered by what is still open.

Imports `theme`, the small widgets and frozen values only. It announces what the person wants and changes
nothing by itself.
"""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.comment_card import ThreadCard
from nbreview.gui.comment_views import ThreadView
from nbreview.gui.language import tr
from nbreview.gui.parts import Column, Sentence
from nbreview.gui.theme import Theme, prose_font

MAX_CARDS = 30
"""Threads that are built at once; the others are counted, and come up as these are resolved."""


class Filter(StrEnum):
    """Which threads are listed."""

    OPEN = "open"
    RESOLVED = "resolved"
    ALL = "all"


class CommentsPanel(QWidget):
    """The filter, the threads, or the sentence that says how there would be some."""

    activated = Signal(str)
    """Show where this thread stands."""
    answered = Signal(str, str)
    edited = Signal(str, str, str)  # thread, comment, new text
    settled = Signal(str, bool)  # thread, resolved
    deleted = Signal(str, str)  # thread, comment
    counted = Signal(int)
    """So many threads are open now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._views: tuple[ThreadView, ...] = ()
        self._cards: dict[str, ThreadCard] = {}
        self._current = ""
        self.filter = Filter.OPEN
        self._filters: dict[Filter, QToolButton] = {}
        group = QButtonGroup(self)
        self._bar = QHBoxLayout()
        for kind, words, tip in (
            (Filter.OPEN, tr("Open"), tr("Threads that are not resolved")),
            (Filter.RESOLVED, tr("Resolved"), tr("Threads that are resolved")),
            (Filter.ALL, tr("All"), tr("All threads")),
        ):
            button = QToolButton(self)
            button.setText(words)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setCheckable(True)
            button.setChecked(kind is self.filter)
            button.clicked.connect(lambda _checked=False, kind=kind: self.set_filter(kind))
            group.addButton(button)
            self._filters[kind] = button
            self._bar.addWidget(button)
        self._bar.addStretch(1)
        self._empty = Sentence(muted=True)
        self._more = Sentence(muted=True, size="caption")
        self._list = QVBoxLayout()
        inside = Column()
        self._column = QVBoxLayout(inside)
        self._column.addLayout(self._list)
        self._column.addWidget(self._more)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setAccessibleName(tr("Comments"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addLayout(self._bar)
        self._layout.addWidget(self.area, 1)
        self.setFocusProxy(self._filters[Filter.OPEN])
        self.set_theme(theme)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self._bar.setContentsMargins(unit, unit, unit, 0)
        self._bar.setSpacing(unit // 2)
        self._column.setContentsMargins(unit, unit, unit, unit)
        self._column.setSpacing(unit)
        self._list.setSpacing(unit)
        for button in self._filters.values():
            button.setFont(prose_font(theme))
        for sentence in (self._empty, self._more):
            sentence.set_theme(theme)
        self._empty.setContentsMargins(unit, 0, unit, 0)
        for card in self._cards.values():
            card.set_theme(theme)

    def set_threads(self, views: Sequence[ThreadView]) -> None:
        """Show other threads; what is typed into those that stay stays."""
        self._views = tuple(views)
        self._arrange()
        self.counted.emit(sum(view.open for view in views))

    def set_filter(self, kind: Filter) -> None:
        """List open threads, resolved ones, or all."""
        self.filter = kind
        self._filters[kind].setChecked(True)
        self._arrange()

    def shown(self) -> tuple[str, ...]:
        """The ids of the threads that are listed, in order."""
        return tuple(self._cards)

    def card(self, thread_id: str) -> ThreadCard:
        """The card of a thread that is listed."""
        return self._cards[thread_id]

    def show_thread(self, thread_id: str, answer: bool = False) -> None:
        """Bring a thread into view, out of the filter if need be; `answer` opens its box."""
        view = next((view for view in self._views if view.id == thread_id), None)
        if view is None:
            return
        if not self._passes(view):
            self.set_filter(Filter.ALL)
        self.set_current(thread_id)
        if thread_id not in self._cards:
            return
        card = self._cards[thread_id]
        if answer:
            card.answer()
        # Once it lies where it will: a card that has just been made, or has grown, does not yet.
        QTimer.singleShot(0, card, lambda: self._reveal(card))

    def _reveal(self, card: ThreadCard) -> None:
        margin = self._theme.spacing
        self.area.ensureWidgetVisible(card, 0, margin)
        if card.height() > self.area.viewport().height():
            self.area.ensureWidgetVisible(card.box or card.header, 0, margin)

    def set_current(self, thread_id: str) -> None:
        """Mark a thread; tells nobody."""
        self._current = thread_id
        self._arrange()
        for own, card in self._cards.items():
            card.set_marked(own == thread_id)

    @property
    def current(self) -> str:
        """The thread that is marked, or ""."""
        return self._current if any(view.id == self._current for view in self._views) else ""

    def _passes(self, view: ThreadView) -> bool:
        return self.filter is Filter.ALL or view.open is (self.filter is Filter.OPEN)

    def _arrange(self) -> None:
        passing = [view for view in self._views if self._passes(view)]
        shown = passing[:MAX_CARDS]
        marked = next((view for view in passing[MAX_CARDS:] if view.id == self._current), None)
        if marked is not None:
            shown = [*shown[:-1], marked]
        keep = {view.id for view in shown}
        for thread_id in [each for each in self._cards if each not in keep]:
            card = self._cards.pop(thread_id)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        cards: dict[str, ThreadCard] = {}
        for place, view in enumerate(shown):
            card = self._cards.get(view.id) or self._make(view)
            cards[view.id] = card
            card.set_view(view)
            if self._list.indexOf(card) != place:
                self._list.removeWidget(card)
                self._list.insertWidget(place, card)
            card.show()
        self._cards = cards
        waiting = len(passing) - len(shown)
        self._more.setText(tr("%n more thread(s) below these.", "", waiting))
        self._more.setVisible(waiting > 0)
        self._empty.setText(self._why_empty())
        self._empty.setVisible(not shown)

    def _why_empty(self) -> str:
        if not self._views:
            return tr(
                "No comments yet. Press c to comment on the current cell, or click a line first to comment "
                "on that line; comments are kept in the store and go along when the cell moves or is edited."
            )
        if self.filter is Filter.OPEN:
            return tr("Nothing is open: all threads are resolved. Choose Resolved to read them.")
        return tr("No thread is resolved yet. Shift+C resolves the thread at hand.")

    def _make(self, view: ThreadView) -> ThreadCard:
        card = ThreadCard(view, self._theme, self)
        card.activated.connect(self.activated)
        card.answered.connect(self.answered)
        card.edited.connect(self.edited)
        card.settled.connect(self.settled)
        card.deleted.connect(self.deleted)
        card.set_marked(view.id == self._current)
        return card
