"""The page of one step of a draft: its blocks, what the model is writing, and how it failed.

Imports `theme`, `parts`, the blocks and the growing card. It decides nothing.
"""

import time
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nbreview.gui.draft_parts import Block, Part
from nbreview.gui.language import tr
from nbreview.gui.parts import Column, Fold, Sentence
from nbreview.gui.stream_card import StreamCard
from nbreview.gui.theme import Theme, code_font

_TURN_SECONDS = 0.015
"""How long blocks are made in one turn of the event loop."""
_ABOVE_BLOCKS = 3
"""Place in the column below heading and sentences."""


class _Failure(QFrame):
    """Why a step failed, with what the model said behind a fold."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("draftFailure")
        self.said = Sentence(parent=self)
        self.raw = QPlainTextEdit(self)
        self.raw.setReadOnly(True)
        self.raw.setAccessibleName(tr("What the model said"))
        self.fold = Fold(tr("What the model said"), self)
        self.fold.set_inside(self.raw)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.said)
        self._layout.addWidget(self.fold)
        self.set_theme(theme)

    def show_failure(self, message: str, raw: str) -> None:
        """Say why, and keep the raw text at hand."""
        self.said.setText(message)
        self.raw.setPlainText(raw)
        self.fold.setVisible(bool(raw))
        self.fold.set_open(False)
        self.show()

    def set_theme(self, theme: Theme) -> None:
        unit = theme.spacing
        self._layout.setContentsMargins(unit + unit // 2, unit, unit + unit // 2, unit)
        self.said.set_theme(theme)
        self.fold.set_theme(theme)
        self.raw.setFont(code_font(theme))
        self.raw.setFixedHeight(QFontMetrics(self.raw.font()).lineSpacing() * 8 + 2 * unit)


class StepPage(Column):
    """What one step made."""

    kept = Signal(object, str, bool)
    """See `Block.kept`."""
    acted = Signal(object)
    again_wanted = Signal()
    """The step is to be made again, and what was made from it."""

    def __init__(
        self, title: str, said: str, empty: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._empty = empty
        self._busy = False
        self.title = Sentence(title, bold=True, size="title", parent=self)
        self.said = Sentence(said, muted=True, parent=self)
        self.nothing = Sentence(empty, muted=True, parent=self)
        self._failure: _Failure | None = None
        self._stream: StreamCard | None = None
        self.again_button = QPushButton(tr("Run again from here"), self)
        self.again_button.setAutoDefault(False)
        self.again_button.setAccessibleName(f"{title}: {tr('Run again from here')}")
        self.again_button.setToolTip(tr("Makes this step anew, and what was made from it"))
        self.again_button.clicked.connect(lambda _checked=False: self.again_wanted.emit())
        self.blocks: list[Block] = []
        self._waiting: list[Part] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._make_some)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.again_button)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(head)
        for widget in (self.said, self.nothing):
            self._layout.addWidget(widget)
        self._inside = QVBoxLayout()
        self._layout.addLayout(self._inside)
        self._layout.addStretch(1)
        self.set_theme(theme)
        self.set_parts(())

    @property
    def failure(self) -> _Failure:
        """Where a failure is said; made when it is first wanted, as most steps do not fail."""
        if self._failure is None:
            self._failure = _Failure(self._theme, self)
            self._failure.hide()
            self._layout.insertWidget(_ABOVE_BLOCKS, self._failure)
        return self._failure

    @property
    def stream(self) -> StreamCard:
        """Where the model is seen writing; made when it first does."""
        if self._stream is None:
            self._stream = StreamCard(self._theme, self)
            self._stream.hide()
            self._layout.insertWidget(self._layout.count() - 1, self._stream)
        return self._stream

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self._layout.setContentsMargins(0, 0, unit, 0)
        self._layout.setSpacing(unit)
        self._inside.setSpacing(unit)
        for sentence in (self.title, self.said, self.nothing):
            sentence.set_theme(theme)
        if self._failure is not None:
            self._failure.set_theme(theme)
        if self._stream is not None:
            self._stream.set_theme(theme)
        for block in self.blocks:
            block.set_theme(theme)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show these blocks; many are made in several turns of the event loop. One that is being edited and
        is the same part stays as it is.
        """
        there = [*(block.part for block in self.blocks), *self._waiting]
        same = [(part.key, part.code, part.marked) for part in there] == [
            (part.key, part.code, part.marked) for part in parts
        ]
        made = len(self.blocks)
        if same:
            for block, part in zip(self.blocks, parts, strict=False):
                if block.part != part:
                    block.set_part(part)
            self._waiting = list(parts[made:])
        else:
            for block in self.blocks:
                block.hide()
                self._inside.removeWidget(block)
                block.deleteLater()
            self.blocks, self._waiting = [], list(parts)
        self._make_some()
        self._show()

    @property
    def complete(self) -> bool:
        """Whether every block has been made."""
        return not self._waiting

    def _make_some(self) -> None:
        """Make blocks for as long as nobody notices, and the others in the next turn."""
        began = time.monotonic()
        while self._waiting:
            self.blocks.append(self._block(self._waiting.pop(0)))
            if time.monotonic() - began > _TURN_SECONDS:
                break
        if self._waiting:
            self._timer.start()

    def _block(self, part: Part) -> Block:
        block = Block(part, self._theme, self)
        block.kept.connect(self.kept)
        block.acted.connect(self.acted)
        block.set_enabled_acts(not self._busy)
        self._inside.addWidget(block)
        return block

    def set_busy(self, busy: bool, doing: str = "") -> None:
        """Whether the model is at work, on this page if `doing` says at what."""
        self._busy = busy
        if doing:
            self.clear_failure()
            if self.stream.isHidden() or self.stream.title.text() != doing:
                self.stream.begin(doing)
            self.stream.show()
        elif self._stream is not None:
            self._stream.hide()
        for block in self.blocks:
            block.set_enabled_acts(not busy)
        self._show()

    def write(self, text: str) -> None:
        """What the model has written so far."""
        self.stream.write(text)

    def fail(self, message: str, raw: str) -> None:
        """Say that the step failed."""
        self.failure.show_failure(message, raw)
        self._show()

    def clear_failure(self) -> None:
        """The step is no longer a failed one."""
        if self._failure is not None:
            self._failure.hide()
        self._show()

    def block_in_edit(self) -> Block | None:
        """The block that has the keyboard in its editor."""
        edited = [block for block in self.blocks if block.editor is not None]
        focused = [block for block in edited if block.editor is not None and block.editor.hasFocus()]
        return next(iter(focused or edited), None)

    def end_edits(self) -> None:
        """Leave every editor."""
        for block in self.blocks:
            block.end_edit()

    def _show(self) -> None:
        there = bool(self.blocks)
        failed = self._failure is not None and not self._failure.isHidden()
        writing = self._stream is not None and not self._stream.isHidden()
        self.said.setVisible(there)
        self.nothing.setVisible(not there and not failed and not writing)
        self.again_button.setVisible((there or failed) and not self._busy)
