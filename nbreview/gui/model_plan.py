"""How a model would be loaded: context, KV cache and layers to choose, bars of where it would go, buttons for
what else would do, and the question where it does not fit.

Imports `theme`, `parts`, `model_bars`, `language` and frozen values only. What is chosen is announced; plans
are told to it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.flow import FlowRow
from nbreview.gui.language import spoken, tr
from nbreview.gui.model_bars import PlanBars, memory_in_words
from nbreview.gui.parts import Choice, Sentence
from nbreview.gui.theme import Theme, prose_font
from nbreview.llm.calibration import Calibration
from nbreview.llm.offload import OffloadPlan
from nbreview.services.offloading import Here, Planned

MOST_OTHERS = 4
_LEAST_CONTEXT, _MOST_CONTEXT = 512, 1_048_576


@dataclass(frozen=True, slots=True)
class Chosen:
    """How it is to be loaded. `gpu_layers` is auto, none or a number as text; `kv_type` "" as measured."""

    context_tokens: int = 8192
    kv_type: str = ""
    gpu_layers: str = "auto"


def alternative_words(asked: OffloadPlan, other: OffloadPlan) -> str:
    """What is different in another plan: "24 of 28 layers", "4,096 tokens", "KV q8_0"."""
    said = []
    if other.layers != asked.layers:
        whole = tr("all {total} layers").format(total=other.total_layers)
        some = tr("{layers} of {total} layers").format(layers=other.layers, total=other.total_layers)
        said.append(whole if other.whole else some)
    if other.context_tokens != asked.context_tokens:
        said.append(tr("{tokens} tokens").format(tokens=f"{other.context_tokens:,}"))
    if other.kv_type != asked.kv_type:
        said.append(tr("KV {kind}").format(kind=other.kv_type))
    return ", ".join(said) or spoken(other.title)


def speed_words(found: Calibration) -> tuple[str, ...]:
    """What a test of speed has found, and why its settings were chosen."""
    speeds = tr("{prompt} tokens a second of a prompt, {reply} of a reply.").format(
        prompt=f"{found.prompt_speed:,.0f}", reply=f"{found.speed:,.1f}"
    )
    attention = {"auto": tr("as llama.cpp chooses"), "on": tr("on"), "off": tr("off")}
    settings = tr(
        "Chosen: {threads} threads, batch {batch}, KV cache {kv}, flash attention {attention}, guessing "
        "ahead {lookup}."
    ).format(
        threads=found.threads,
        batch=found.batch_tokens,
        kv=found.kv_type,
        attention=attention.get(found.flash_attention, found.flash_attention),
        lookup=tr("on") if found.lookup else tr("off"),
    )
    return (speeds, settings, *(f"– {spoken(reason)}" for reason in found.why))


class ModelPlan(QWidget):
    """The plan of the model that is chosen in the list."""

    changed = Signal()
    """Something else was chosen; it wants another plan."""
    agreed = Signal()
    """It is to be loaded although it does not fit."""
    speed_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._planned: Planned | None = None
        self._filling = False
        self.context = QSpinBox(self)
        self.context.setAccessibleName(tr("Context"))
        self.context.setRange(_LEAST_CONTEXT, _MOST_CONTEXT)
        self.context.setSingleStep(1024)
        self.context.setSuffix(tr(" tokens"))
        self.context.setGroupSeparatorShown(True)
        self.context.setKeyboardTracking(False)
        self.context.valueChanged.connect(self._change)
        self.kv = _choice(
            self,
            tr("KV cache"),
            (
                ("", tr("as measured, else f16")),
                ("f16", "f16"),
                ("q8_0", tr("q8_0, half of it")),
                ("q4_0", tr("q4_0, a quarter")),
            ),
            self._change,
        )
        self.layers = _choice(
            self,
            tr("Layers on the GPU"),
            (
                ("auto", tr("all that fit")),
                ("none", tr("none, run on the processor")),
                ("number", tr("a number of layers")),
            ),
            self._change,
        )
        self.number = QSpinBox(self)
        self.number.setAccessibleName(tr("Number of layers on the GPU"))
        self.number.setRange(0, 999)
        self.number.setValue(16)
        self.number.setKeyboardTracking(False)
        self.number.valueChanged.connect(self._change)
        self._layers = QWidget(self)
        side = QHBoxLayout(self._layers)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.layers, 1)
        side.addWidget(self.number)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.addRow(tr("C&ontext:"), self.context)
        self._form.addRow(tr("&KV cache:"), self.kv)
        self._form.addRow(tr("La&yers on the GPU:"), self._layers)
        self.title = Sentence("", bold=True, parent=self)
        self.bars = PlanBars(theme, self)
        self.others_label = Sentence(tr("What would fit instead:"), muted=True, size="caption", parent=self)
        self._others = FlowRow(self)
        self.other_buttons: list[QPushButton] = []
        self._make_question()
        self._make_advice()
        self.speed = Sentence("", size="caption", parent=self)
        self.speed.setAccessibleName(tr("Speed"))
        self.speed_button = QPushButton(tr("&Test speed"), self)
        self.speed_button.clicked.connect(lambda _checked=False: self.speed_wanted.emit())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._form, self.title, self.bars, self.others_label, self._others, self._asking):
            _add(self._column, part)
        for part in (self._advice, self.speed, self.speed_button):
            _add(self._column, part)
        self._column.setAlignment(self.speed_button, Qt.AlignmentFlag.AlignLeft)
        self.set_theme(theme)
        self.set_here(None)
        self.set_planned(None)
        self._show_number()

    def _make_question(self) -> None:
        self._asking = QWidget(self)
        self.question = Sentence("", parent=self._asking)
        self.agree_button = QPushButton(tr("Load all the &same"), self._asking)
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
        self._asking.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._asking.setObjectName("asking")

    def _make_advice(self) -> None:
        self._advice = QWidget(self)
        self.advice = Sentence("", muted=True, size="caption", parent=self._advice)
        self.advice_line = QLineEdit(self._advice)
        self.advice_line.setReadOnly(True)
        self.advice_line.setAccessibleName(tr("Line for a terminal"))
        self.copy_button = QPushButton(tr("&Copy"), self._advice)
        self.copy_button.clicked.connect(
            lambda _checked=False: QGuiApplication.clipboard().setText(self.advice_line.text())
        )
        row = QHBoxLayout()
        row.addWidget(self.advice_line, 1)
        row.addWidget(self.copy_button)
        column = QVBoxLayout(self._advice)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.advice)
        column.addLayout(row)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        for sentence in (self.title, self.others_label, self.question, self.advice, self.speed):
            sentence.set_theme(theme)
        self.bars.set_theme(theme)
        self._column.setSpacing(theme.spacing)
        self._others.set_gap(theme.spacing)
        self._asking.setStyleSheet(
            f"#asking {{ background: {theme.warning_bg}; border: 1px solid {theme.warning}; "
            f"border-radius: {theme.radius}px; }}"
        )

    def set_here(self, here: Here | None) -> None:
        """Say what this machine has: without a GPU there are no layers to put on one."""
        gpu = here is not None and here.gpu
        self._form.setRowVisible(self._layers, gpu)
        self._advice.setVisible(here is not None and bool(here.advice))
        if here is not None and here.advice:
            self.advice.setText(
                tr("{reason}. Paste this into a terminal:").format(reason=spoken(here.advice))
            )
            self.advice_line.setText(here.advice_line)
            self.advice_line.setCursorPosition(0)

    def chosen(self) -> Chosen:
        """What is chosen."""
        layers = str(self.layers.currentData())
        layers = str(self.number.value()) if layers == "number" else layers
        return Chosen(self.context.value(), str(self.kv.currentData()), layers)

    def set_chosen(self, chosen: Chosen) -> None:
        """Choose without announcing it."""
        self._filling = True
        self.context.setValue(chosen.context_tokens)
        self.kv.setCurrentIndex(max(0, self.kv.findData(chosen.kv_type)))
        value = chosen.gpu_layers if chosen.gpu_layers in ("auto", "none") else "number"
        self.layers.setCurrentIndex(self.layers.findData(value))
        if chosen.gpu_layers.isdecimal():
            self.number.setValue(int(chosen.gpu_layers))
        self._filling = False
        self._show_number()

    def set_planned(self, planned: Planned | None, said: str = "") -> None:
        """Show a plan; None with what is being done, or why there is none."""
        self._planned = planned
        plans = planned.plans if planned is not None else ()
        self.bars.set_plan(plans[0] if plans else None)
        self._asking.hide()
        if plans:
            total = tr("{title}: takes {size}").format(
                title=spoken(plans[0].title), size=memory_in_words(plans[0].need_bytes)
            )
            said = total if plans[0].fits else tr("{total}; that is more than is free").format(total=total)
            said = said[:1].upper() + said[1:]
        self.title.setText(said)
        self.title.setVisible(bool(said))
        self._show_others(plans)
        self.set_speed(planned.speed if planned is not None else None, known=planned is not None)

    @property
    def planned(self) -> Planned | None:
        """The plan that is shown."""
        return self._planned

    def set_speed(self, found: Calibration | None, *, known: bool = True) -> None:
        """Say what a test of speed has found; None: it has not been tested."""
        if not known:
            said = ""
        elif found is None:
            said = tr(
                "Its speed on this machine has not been tested. A test takes about half a minute and keeps "
                "the fastest settings."
            )
        else:
            said = "\n".join(speed_words(found))
        self.speed.setText(said)
        self.speed.setVisible(bool(said))

    def ask(self) -> bool:
        """Ask what has to be agreed to before this is loaded; whether there is something."""
        if self._planned is None or not self._planned.question:
            return False
        self.question.setText(spoken(self._planned.question))
        self._asking.show()
        self.decline_button.setFocus()
        return True

    def asking(self) -> bool:
        """Whether the question stands."""
        return not self._asking.isHidden()

    def set_busy(self, busy: bool) -> None:
        """While something is loaded or tested, neither can be begun."""
        self.agree_button.setEnabled(not busy)
        self.speed_button.setEnabled(not busy and self._planned is not None)

    def _agree(self) -> None:
        self._asking.hide()
        self.agreed.emit()

    def _show_others(self, plans: tuple[OffloadPlan, ...]) -> None:
        self._others.clear()
        self.other_buttons = []
        for other in plans[1 : MOST_OTHERS + 1]:
            button = QPushButton(alternative_words(plans[0], other), self)
            button.setAutoDefault(False)
            button.setFont(prose_font(self._theme))
            button.setToolTip(spoken(other.title))
            button.clicked.connect(lambda _checked=False, other=other: self._take(other))
            self._others.add(button)
            self.other_buttons.append(button)
            button.show()
        self.others_label.setVisible(bool(self.other_buttons))

    def _take(self, other: OffloadPlan) -> None:
        asked = self._planned.plans[0] if self._planned is not None else other
        kind = other.kv_type if other.kv_type != asked.kv_type else self.chosen().kv_type
        fixed = self.chosen().gpu_layers
        layers = fixed if fixed == "none" or fixed == str(other.layers) else "auto"
        self.set_chosen(Chosen(other.context_tokens, kind, layers))
        self.changed.emit()

    def _change(self, _value: object = None) -> None:
        self._show_number()
        if not self._filling:
            self.changed.emit()

    def _show_number(self) -> None:
        self.number.setVisible(self.layers.currentData() == "number")


def _choice(
    parent: QWidget, name: str, choices: tuple[tuple[str, str], ...], changed: Callable[[int], None]
) -> Choice:
    made = Choice(parent)
    made.setAccessibleName(name)
    for value, words in choices:
        made.addItem(words, value)
    made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    made.currentIndexChanged.connect(changed)
    return made


def _add(column: QVBoxLayout, part: object) -> None:
    if isinstance(part, QWidget):
        column.addWidget(part)
    else:
        column.addLayout(part)  # type: ignore[arg-type]
