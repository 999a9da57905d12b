"""Models that can be downloaded: a short list that says what fits this machine, or any file of the hub.

Imports `theme`, `parts`, `language` and frozen values only. Nothing is fetched before it is asked for; how
far it is, and how it ended, is told to this page.
"""

import time
from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.language import spoken, tr
from nbreview.gui.model_bars import memory_in_words
from nbreview.gui.model_details import size_in_words
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme
from nbreview.llm.download import Progress
from nbreview.services.models import OfferedModel

_MODEL_ROLE = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_RATE_SECONDS = 5.0
_MOST_PARAMETERS = 8 * 10**9  # more is slow on a processor


class Rate:
    """Speed of a download over the last seconds, and what remains."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def words(self, progress: Progress, now: float) -> str:
        """ "1.2 GB of 4.7 GB, 24 MB a second, 2 minutes left"; what the download says before bytes come.

        Parameters
        ----------
        now:
            Seconds of a clock that only goes forward.
        """
        self._marks.append((now, progress.done))
        while len(self._marks) > 2 and now - self._marks[0][0] > _RATE_SECONDS:
            self._marks.popleft()
        if not progress.total:
            return spoken(progress.detail)
        said = [
            tr("{done} of {total}").format(
                done=size_in_words(progress.done), total=size_in_words(progress.total)
            )
        ]
        seconds, begin = now - self._marks[0][0], self._marks[0][1]
        if seconds >= 0.5 and progress.done > begin:
            speed = (progress.done - begin) / seconds
            said.append(tr("{size} a second").format(size=size_in_words(int(speed))))
            left = (progress.total - progress.done) / speed
            if progress.done < progress.total:
                said.append(_left(left))
        elif progress.detail:
            said.append(spoken(progress.detail))
        return ", ".join(said)


class DownloadPage(QWidget):
    """Getting a model."""

    download_requested = Signal(str)
    """A name of the list, or OWNER/REPOSITORY/FILE."""
    stop_requested = Signal()
    show_requested = Signal(object)
    """Show the model that lies here (a path) in the list of this machine."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begun: set[str] = set()
        self._asked, self._running, self._rate = "", False, Rate()
        self.table = QTreeWidget(self)
        self.table.setAccessibleName(tr("Models to download"))
        self.table.setHeaderLabels([tr("Model"), tr("Size"), tr("Takes"), tr("Here"), tr("Licence")])
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAllColumnsShowFocus(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setSectionsMovable(False)
        for column in (1, 2):
            self.table.headerItem().setTextAlignment(column, _RIGHT)
        self.table.currentItemChanged.connect(lambda _now, _before: self._choose())
        self.table.itemActivated.connect(lambda _item, _column: self._go())
        self.purpose = Sentence("", size="caption", parent=self)
        self.reference = QLineEdit(self)
        self.reference.setAccessibleName(tr("Another file of the hub"))
        self.reference.setPlaceholderText(tr("or another file: OWNER/REPOSITORY/FILE.gguf"))
        self.reference.setClearButtonEnabled(True)
        self.reference.textChanged.connect(lambda _text: self._choose())
        self.reference.returnPressed.connect(self._go)
        self.button = QPushButton(tr("&Download"), self)
        self.button.clicked.connect(lambda _checked=False: self._go())
        row = QHBoxLayout()
        row.addWidget(self.reference, 1)
        row.addWidget(self.button)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(tr("Download"))
        self.bar.setTextVisible(False)
        self.progress_label = Sentence("", size="caption", parent=self)
        self.stop_button = QPushButton(tr("&Stop"), self)
        self.stop_button.clicked.connect(lambda _checked=False: self.stop_requested.emit())
        self._line = QWidget(self)
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop_button)
        self.outcome = Sentence("", parent=self)
        self.note = Sentence(
            tr(
                "Goes to the Hugging Face cache, where other programs find it too. Sizes are about; what it "
                "takes is memory at the context of the settings. A download that was stopped goes on where "
                "it ended."
            ),
            muted=True,
            size="caption",
            parent=self,
        )
        for button in (self.button, self.stop_button):
            button.setAutoDefault(False)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.purpose)
        self._column.addLayout(row)
        self._column.addWidget(self._line)
        self._column.addWidget(self.progress_label)
        self._column.addWidget(self.outcome)
        self._column.addWidget(self.note)
        self.set_theme(theme)
        self.set_outcome("")
        self.set_running(False)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        self._theme = theme
        for sentence in (self.purpose, self.progress_label, self.outcome, self.note):
            sentence.set_theme(theme)
        self.table.setStyleSheet(f"QTreeWidget {{ border: 1px solid {theme.border}; }}")
        self._column.setContentsMargins(unit, unit, unit, unit)
        self._column.setSpacing(unit)
        self.bar.setFixedHeight(unit)
        for row in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(row)
            assert item is not None
            self._colour(item)

    def set_offered(self, offered: Sequence[OfferedModel]) -> None:
        """Show the list; what fits this machine is marked."""
        chosen = self._chosen()
        self.table.clear()
        for each in offered:
            model = each.model
            item = QTreeWidgetItem(
                [
                    model.title,
                    size_in_words(model.size),
                    memory_in_words(each.need_bytes),
                    _here(each),
                    model.licence,
                ]
            )
            item.setData(0, _MODEL_ROLE, each)
            item.setToolTip(0, model.reference)
            for column in (1, 2):
                item.setTextAlignment(column, _RIGHT)
            self.table.addTopLevelItem(item)
            self._colour(item)
            if chosen is not None and chosen.model.name == model.name:
                self.table.setCurrentItem(item)
        if self.table.currentItem() is None:
            # A good first choice is the largest that fits and still answers at a reader's speed.
            fitting = [row for row, each in enumerate(offered) if each.fits and _quick(each)]
            if offered:
                first = self.table.topLevelItem(fitting[-1] if fitting else 0)
                assert first is not None
                self.table.setCurrentItem(first)
        self._choose()

    def set_running(self, running: bool, begun: str = "") -> None:
        """A download has begun, or has ended."""
        if running and not self._running:
            self._rate = Rate()
            self._asked = begun
            self._begun.add(begun)
            self.set_outcome("")
            self.bar.setRange(0, 0)
            self.progress_label.setText(tr("asking the hub"))
        self._running = running
        self._line.setVisible(running)
        self.progress_label.setVisible(running)
        self._choose()

    def set_progress(self, progress: Progress) -> None:
        """How far it is, with speed and what remains."""
        self.bar.setRange(0, 1000 if progress.total else 0)
        if progress.total:
            self.bar.setValue(1000 * progress.done // progress.total)
        self.progress_label.setText(self._rate.words(progress, time.monotonic()))

    def set_done(self, name: str) -> None:
        """It is there and checked."""
        self._begun.discard(self._asked)
        self.set_outcome(tr("{name} is here and checked.").format(name=name))

    def set_outcome(self, text: str, *, failed: bool = False) -> None:
        """Say how it ended; "" takes it away."""
        self.outcome.setText(text)
        self.outcome.setVisible(bool(text))
        self.outcome.setStyleSheet(f"color: {self._theme.error};" if failed else "")

    def set_stopped(self) -> None:
        """It was stopped; what was fetched stays."""
        self.set_outcome(tr("Stopped. What was fetched is kept; Go on continues from there."))
        self._choose()

    def wanted(self) -> str:
        """What Download would fetch."""
        chosen = self._chosen()
        return self.reference.text().strip() or (chosen.model.name if chosen is not None else "")

    def _chosen(self) -> OfferedModel | None:
        item = self.table.currentItem()
        return item.data(0, _MODEL_ROLE) if item is not None else None

    def _choose(self) -> None:
        chosen, given = self._chosen(), self.reference.text().strip()
        self.purpose.setText(
            f"{tr(chosen.model.purpose)} {chosen.model.source}" if chosen and not given else ""
        )
        present = chosen is not None and chosen.present is not None and not given
        again = self.wanted() in self._begun
        self.button.setText(
            tr("&Show it") if present else tr("&Go on") if again and not self._running else tr("&Download")
        )
        self.button.setEnabled(bool(self.wanted()) and (present or not self._running))

    def _go(self) -> None:
        chosen, wanted = self._chosen(), self.wanted()
        if chosen is not None and chosen.present is not None and not self.reference.text().strip():
            self.show_requested.emit(chosen.present)
        elif wanted and not self._running:
            self.download_requested.emit(wanted)

    def _colour(self, item: QTreeWidgetItem) -> None:
        each: OfferedModel = item.data(0, _MODEL_ROLE)
        token = "text" if each.fits or each.present else "muted"
        for column in range(5):
            item.setForeground(column, self._theme.color(token))


def _here(each: OfferedModel) -> str:
    if each.present is not None:
        return tr("is here")
    if not each.fits:
        return tr("too large")
    return tr("fits, {where}").format(where=each.where) if each.where else tr("fits")


def _quick(each: OfferedModel) -> bool:
    return (each.plans[0].whole and each.plans[0].layers > 0) or each.model.parameters < _MOST_PARAMETERS


def _left(seconds: float) -> str:
    if seconds < 90:
        return tr("{seconds} s left").format(seconds=max(1, round(seconds)))
    if seconds < 5400:
        return tr("{minutes} min left").format(minutes=round(seconds / 60))
    return tr("{hours} h left").format(hours=f"{seconds / 3600:.1f}")
