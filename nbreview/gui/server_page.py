"""A model on a server: its address, what it serves, consent to send notebook content there, and connecting.

Imports `theme`, `parts` and `language` only. Nothing is asked of a server before a button is pressed. The key
is not typed here, shown or kept: it comes from the environment or the system's keyring.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.language import tr
from nbreview.gui.parts import Choice, Column, Sentence
from nbreview.gui.theme import Theme
from nbreview.llm.endpoint import KEY_VARIABLE
from nbreview.services.endpoints import Served


class ServerPage(QWidget):
    """Asking a model elsewhere."""

    address_changed = Signal(str)
    list_requested = Signal(str)
    """Ask the server at this address what it serves."""
    connect_requested = Signal(str, str, bool)
    """Address, the model's name there ("": the only one), and whether it was just agreed to send there."""
    withdraw_requested = Signal(str)
    """Take the consent for this address back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = ""
        self._theme = theme
        self.intro = Sentence(
            tr(
                "Any server that speaks OpenAI's protocol can be asked instead of a model file: "
                "llama-server, Ollama, LM Studio, vLLM, a service."
            ),
            muted=True,
            parent=self,
        )
        self.address = QLineEdit(self)
        self.address.setAccessibleName(tr("Address of the server"))
        self.address.setPlaceholderText(tr("http://127.0.0.1:8080/v1"))
        self.address.textChanged.connect(lambda text: self.address_changed.emit(text.strip()))
        self.address.returnPressed.connect(self._list)
        self.list_button = QPushButton(tr("List its &models"), self)
        self.list_button.clicked.connect(lambda _checked=False: self._list())
        self.model = Choice(self)
        self.model.setEditable(True)
        self.model.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.model.setAccessibleName(tr("Model on the server"))
        line = self.model.lineEdit()
        if line is not None:
            line.setPlaceholderText(tr("the only one there"))
        first = QHBoxLayout()
        first.addWidget(self.address, 1)
        first.addWidget(self.list_button)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(tr("&Address:"), first)
        self._form.addRow(tr("M&odel:"), self.model)
        label = self._form.labelForField(first)
        if hasattr(label, "setBuddy"):
            label.setBuddy(self.address)
        self.key = Sentence("", muted=True, size="caption", parent=self)
        self.consent = Sentence("", parent=self)
        self.withdraw_button = QPushButton(tr("&Take that back"), self)
        self.withdraw_button.clicked.connect(
            lambda _checked=False: self.withdraw_requested.emit(self.address.text().strip())
        )
        self._make_question()
        self.connect_button = QPushButton(tr("&Connect"), self)
        self.connect_button.clicked.connect(lambda _checked=False: self._connect())
        self.outcome = Sentence("", parent=self)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        inside = Column(self)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self.intro)
        self._column.addLayout(self._form)
        self._column.addWidget(self.key)
        self._column.addWidget(self.consent)
        self._column.addWidget(self.withdraw_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._asking)
        self._column.addWidget(self.outcome)
        self._column.addWidget(self.connect_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        scroll.setWidget(inside)
        self.set_theme(theme)
        self.set_key("")
        self.set_consent("", "", given=False)
        self.set_outcome("")

    def _make_question(self) -> None:
        self._asking = QWidget(self)
        self._asking.setObjectName("asking")
        self._asking.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.question = Sentence("", parent=self._asking)
        self.agree_button = QPushButton(tr("&Agree and connect"), self._asking)
        self.agree_button.clicked.connect(lambda _checked=False: self._agree())
        self.decline_button = QPushButton(tr("&Not now"), self._asking)
        self.decline_button.clicked.connect(lambda _checked=False: self._asking.hide())
        row = QHBoxLayout()
        row.addWidget(self.agree_button)
        row.addWidget(self.decline_button)
        row.addStretch(1)
        column = QVBoxLayout(self._asking)
        column.addWidget(self.question)
        column.addLayout(row)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        self._theme = theme
        for sentence in (self.intro, self.key, self.consent, self.question, self.outcome):
            sentence.set_theme(theme)
        self._column.setContentsMargins(unit, unit, unit, unit)
        self._column.setSpacing(unit)
        self._form.setVerticalSpacing(unit)
        self._asking.setStyleSheet(
            f"#asking {{ background: {theme.warning_bg}; border: 1px solid {theme.warning}; "
            f"border-radius: {theme.radius}px; }}"
        )

    def set_address(self, address: str, model: str, known: Sequence[str]) -> None:
        """Show an address, and offer those that are known while one is typed."""
        self.model.setEditText(model)
        self.address.setText(address)
        completer = QCompleter(list(known), self.address)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.address.setCompleter(completer)

    def set_consent(self, host: str, question: str, *, given: bool, problem: str = "") -> None:
        """Say what is known of consent for the address.

        Parameters
        ----------
        question:
            What has to be agreed to first; "" where nothing has.
        given:
            It was agreed to, and can be taken back.
        problem:
            Why the address is none.
        """
        self._question = question
        self._asking.hide()
        said = problem
        if not problem and given:
            said = tr("Notebook content may be sent to {host}.").format(host=host)
        elif not problem and question:
            said = tr("You are asked once before notebook content is sent to {host}.").format(host=host)
        elif not problem and host:
            said = tr("{host} is this machine: nothing leaves it.").format(host=host)
        self.consent.setText(said)
        self.consent.setVisible(bool(said))
        self.withdraw_button.setVisible(given)
        usable = bool(host) and not problem
        self.list_button.setEnabled(usable)
        self.connect_button.setEnabled(usable)

    def set_key(self, host: str, found: bool | None = None) -> None:
        """Say whether there is a key for a server; None: nobody has looked yet."""
        if found:
            said = tr("There is a key for {host}; it is not shown or kept by nbreview.").format(host=host)
        else:
            said = tr(
                "A key is taken from {variable}, or from the system's keyring (service nbreview, user: the "
                "server's address without its path)."
            ).format(variable=KEY_VARIABLE)
            if found is False:
                said = tr("There is no key for {host}.").format(host=host) + " " + said
        self.key.setText(said)

    def set_served(self, served: Sequence[Served]) -> None:
        """Offer the models that the server has listed."""
        before = self.model.currentText()
        self.model.clear()
        for each in served:
            self.model.addItem(each.name)
        names = [each.name for each in served]
        self.model.setEditText(before if before in names or not names else names[0])
        if not names:
            self.set_outcome(tr("The server lists no models; load one there first."), failed=True)
            return
        count = tr("%n model(s) there.", n=len(names))
        contexts = sorted({each.context_tokens for each in served if each.context_tokens})
        context = tr(" Context: {tokens} tokens.").format(tokens=f"{contexts[-1]:,}") if contexts else ""
        self.set_outcome(count + context)

    def set_outcome(self, text: str, *, failed: bool = False) -> None:
        """Say what came of it; "" takes it away."""
        self.outcome.setText(text)
        self.outcome.setVisible(bool(text))
        self.outcome.setStyleSheet(f"color: {self._theme.error};" if failed else "")

    def set_busy(self, busy: bool) -> None:
        """While a server is asked, it is not asked again."""
        for button in (self.list_button, self.connect_button, self.agree_button):
            button.setEnabled(not busy)

    def asking(self) -> bool:
        """Whether the question of consent stands."""
        return not self._asking.isHidden()

    def _list(self) -> None:
        if self.list_button.isEnabled():
            self.list_requested.emit(self.address.text().strip())

    def _connect(self) -> None:
        if self._question:
            self.question.setText(self._question)
            self._asking.show()
            self.decline_button.setFocus()
            return
        self._emit(agreed=False)

    def _agree(self) -> None:
        self._asking.hide()
        self._emit(agreed=True)

    def _emit(self, *, agreed: bool) -> None:
        self.connect_requested.emit(self.address.text().strip(), self.model.currentText().strip(), agreed)
