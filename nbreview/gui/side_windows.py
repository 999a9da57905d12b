"""The windows beside the review (models, training data, a change as text) and their wiring to the controller.

Each is imported and made when it is first wanted: most reviews open none of them, and the review window
shows sooner. The review window shows them and passes on what the session announces.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from nbreview.gui.appearance import Appearance
from nbreview.gui.controller import ReviewController
from nbreview.gui.files import ask_export, ask_folder, ask_model
from nbreview.gui.language import spoken, tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.tasks import RunningTask
from nbreview.gui.theme import Theme
from nbreview.llm.model import ModelInfo

if TYPE_CHECKING:
    from nbreview.gui.models_room import ModelsRoom
    from nbreview.gui.models_window import ModelsWindow
    from nbreview.gui.text_view import TextView
    from nbreview.gui.training_acts import Surveyed, TrainingActs, Wanted
    from nbreview.gui.training_window import TrainingWindow
    from nbreview.training.rehearsal import Candidate
    from nbreview.training.writer import ExportReport


MODELS_ACTS = ("models", "models_download", "models_server")
"""What can be asked of the models window before it is made."""


class SideWindows(QObject):
    """Owner of the side windows, which stand over their parent and are not modal."""

    load_requested = Signal(object, str)
    """Path of a GGUF, and layers on the GPU."""
    exported = Signal(str)
    """What an export has written, in a sentence."""

    def __init__(self, controller: ReviewController, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller, self._theme, self._over = controller, theme, parent
        self._loaded: tuple[ModelInfo | None, str] = None, ""
        self._candidates: tuple[Candidate, ...] = ()
        self._chosen_any = False
        controller.exported.connect(self._show_exported)

    @cached_property
    def models(self) -> "ModelsWindow":
        """The models window."""
        from nbreview.gui.models_window import ModelsWindow

        window = ModelsWindow(self._over, self._theme)
        _say_loaded(window, *self._loaded)
        return window

    def models_room(self, appearance: Appearance, notices: NoticeArea) -> "ModelsRoom":
        """The room of the acts of the models window, `MODELS_ACTS`."""
        from nbreview.gui.models_room import ModelsRoom

        room = ModelsRoom(self._controller, appearance, self.models)
        room.noticed.connect(notices.notify)
        return room

    @cached_property
    def training(self) -> "TrainingWindow":
        """The training data window."""
        from nbreview.gui.training_window import TrainingWindow
        from nbreview.training.formats import FORMATS

        window = TrainingWindow(self._over, self._theme)
        # The store keeps no whole notebooks: forms that need them are for edits mined from a history.
        window.set_formats([(form.name, spoken(form.title)) for form in FORMATS.values() if not form.whole])
        return window

    @cached_property
    def acts(self) -> "TrainingActs":
        """What the training data window does."""
        from nbreview.gui.training_acts import TrainingActs

        acts = TrainingActs(self._controller.session.store, self._controller.tasks, self)
        self._connect_training(self.training, acts)
        return acts

    @cached_property
    def text(self) -> "TextView":
        """A change as plain text."""
        from nbreview.gui.text_view import TextView

        return TextView(self._over, self._theme)

    def _connect_training(self, window: "TrainingWindow", acts: "TrainingActs") -> None:
        window.wanted_changed.connect(self._choose)
        window.count_requested.connect(self._count)
        window.row_requested.connect(lambda decision: acts.show(decision, self._wanted()))
        window.export_requested.connect(self.choose_export)
        window.model_requested.connect(self._choose_counter)
        window.stop_requested.connect(acts.stop)
        window.closed.connect(acts.close)
        acts.surveyed.connect(self._show_surveyed)
        acts.chosen.connect(self._show_chosen)
        acts.counted.connect(window.set_rehearsal)
        acts.shown.connect(window.set_row)
        acts.exported.connect(self._show_exported)
        acts.failed.connect(lambda message: window.set_outcome(message, failed=True))
        acts.stopped.connect(window.set_stopped)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        for name in ("models", "training", "text"):
            if name in self.__dict__:
                getattr(self, name).set_theme(theme)

    def set_loaded(self, info: ModelInfo | None, line: str) -> None:
        """Say which model is loaded."""
        self._loaded = info, line
        if "models" in self.__dict__:
            _say_loaded(self.models, info, line)

    def set_tasks(self, running: Sequence[RunningTask]) -> None:
        """Show how far a load is."""
        if "models" in self.__dict__:
            loading = next((task for task in running if task.slot == "engine"), None)
            if loading is None:
                self.models.set_progress(None)
            else:
                self.models.set_progress(loading.progress, loading.detail)
        if "acts" in self.__dict__:
            from nbreview.gui.training_acts import COUNT, EXPORT

            export = next((task for task in running if task.slot == EXPORT), None)
            made = export or next((task for task in running if task.slot == COUNT), None)
            progress = made.progress if made is not None else None
            self.training.set_progress(progress, exporting=export is not None)

    def show_training_data(self) -> None:
        """Open the training data window, with the figures of now."""
        from nbreview.gui.training_filters import PARTS

        self.training.set_outcome("")
        self._offer_models()
        self.acts.survey(tuple(part for part, _words in PARTS))
        _bring_up(self.training)

    def show_text(self, title: str, text: str) -> None:
        """Open a change as plain text."""
        self.text.show_change(title, text)

    def choose_export(self, form: str = "chat") -> None:
        """Ask where to export to, and export."""
        from nbreview.training.formats import FORMATS

        wanted = self._wanted()._replace(format=form)
        path = ask_folder(self.training) if wanted.splits else ask_export(self.training, FORMATS[form].suffix)
        if path is not None:
            self.training.set_outcome("")
            self.acts.export(path, wanted)

    def _wanted(self) -> "Wanted":
        from nbreview.gui.training_acts import Wanted

        window = self.training
        return Wanted(
            window.format_name(),
            window.filters.only(),
            frozenset(window.model.without),
            window.splits_text(),
            window.model_file(),
            window.max_tokens(),
        )

    def _offer_models(self, chosen: Path | None = None) -> None:
        loaded = self._controller.session.engine.info
        models = [(loaded.name, loaded.path)] if loaded is not None else []
        chosen = chosen or self.training.model_file()
        if chosen is not None and chosen not in [path for _name, path in models]:
            models.append((chosen.name, chosen))
        self.training.set_models(models, chosen)

    def _choose_counter(self) -> None:
        path = ask_model(self.training)
        if path is not None:
            self._offer_models(path)
            self.training.recount()

    def _choose(self) -> None:
        self.acts.choose(self._candidates, self.training.filters.only())

    def _count(self) -> None:
        if self._chosen_any:
            self.acts.count(self._wanted())

    def _show_surveyed(self, found: "Surveyed") -> None:
        from nbreview.gui.training_tally import TrainingCounts

        kinds = {kind: found.counts[kind] for kind in ("accepted", "edited", "rejected", "undone")}
        self._candidates = found.candidates
        self.training.set_counts(TrainingCounts(**kinds))
        self.training.filters.set_choices(found.choices)
        self._choose()

    def _show_chosen(self, chosen: "tuple[Candidate, ...]") -> None:
        self._chosen_any = bool(chosen)
        self.training.set_chosen(chosen)
        if self._candidates and not chosen:
            from nbreview.gui.training_window import NONE_CHOSEN

            self.training.row.set_empty(NONE_CHOSEN)
        self._count()

    def _show_exported(self, report: "ExportReport") -> None:
        folder = report.manifest_path.parent
        inside = tr("%n rows written to {path}, with {manifest} in it.", "", report.rows)
        beside = tr("%n rows written to {path}, with {manifest} beside it.", "", report.rows)
        said = inside if report.path == folder else beside
        outcome = said.format(path=report.path, manifest=report.manifest_path.name)
        self.training.set_outcome(outcome, folder=folder)
        self.exported.emit(outcome)


def _say_loaded(window: "ModelsWindow", info: ModelInfo | None, line: str) -> None:
    window.set_loaded(info.path if info is not None else None, line if info is not None else "")


def _bring_up(window: QDialog) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
