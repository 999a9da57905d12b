"""What the models window does: looks at the machine, plans, loads, tests speed, downloads, asks servers.

A room of the review window. Works as tasks; knows the window by what its pages announce.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.acts import Acts
from nbreview.gui.appearance import Appearance
from nbreview.gui.bridge import Stream
from nbreview.gui.controller import ReviewController
from nbreview.gui.files import ask_model
from nbreview.gui.language import spoken, tr
from nbreview.gui.model_plan import Chosen
from nbreview.gui.models_window import ModelsWindow
from nbreview.gui.tasks import Report
from nbreview.gui.theme import Theme
from nbreview.llm.calibration import SECONDS, Calibration
from nbreview.llm.calibration import Progress as TrialProgress
from nbreview.llm.download import Downloaded, Progress
from nbreview.llm.endpoint import find_key, parse_endpoint
from nbreview.llm.local import missing_reason
from nbreview.llm.model import LoadOptions, ModelInfo
from nbreview.llm.offload import OffloadPlan
from nbreview.services.calibrating import calibrate_model
from nbreview.services.endpoints import Served, consent_question, consented, served_models, withdrawn
from nbreview.services.engines import EngineSwitch, load_options, server_options
from nbreview.services.models import OfferedModel, Survey, download_model, offered_models, survey_machine
from nbreview.services.offloading import Here, Planned, freed, look_here, plan_model
from nbreview.services.session import Topic

DOWNLOAD = "download"


class ModelsRoom(Acts):
    """The acts of the models window, which has been made already."""

    planned = Signal(object)
    """Path of the model whose plan is shown now."""

    def __init__(self, controller: ReviewController, appearance: Appearance, window: ModelsWindow) -> None:
        super().__init__(controller.session, controller.tasks, window)
        self.window = window
        self.test_seconds = SECONDS
        self._controller, self._appearance = controller, appearance
        self._here: Here | None = None
        self._survey = Survey((), (), ())
        self._extra: tuple[Path, ...] = ()
        self._seen: ModelInfo | None = None
        self._taken: tuple[Path, OffloadPlan] | None = None  # the model that is loaded, and what it takes
        self._progress = Stream(self)
        self._progress.batch.connect(self._take_progress)
        page, download, server = window.page, window.download, window.server
        page.plan_wanted.connect(self._plan)
        page.load_requested.connect(self._load)
        page.speed_requested.connect(self._test)
        page.file_requested.connect(self._choose_file)
        download.download_requested.connect(self._download)
        download.stop_requested.connect(lambda: self.tasks.stop(DOWNLOAD))
        download.show_requested.connect(self._show_file)
        server.address_changed.connect(self._show_consent)
        server.list_requested.connect(self._list)
        server.connect_requested.connect(self._connect)
        server.withdraw_requested.connect(self._withdraw)
        window.stop_requested.connect(lambda: self.tasks.stop("engine"))
        window.tabs.currentChanged.connect(lambda _index: self._offer())

    def handlers(self) -> dict[str, Callable[..., object]]:
        """The models, and two ways to others."""
        window = self.window
        return {
            "models": self.show,
            "models_download": lambda: self.show(window.download),
            "models_server": lambda: self.show(window.server),
        }

    def set_theme(self, theme: Theme) -> None:
        """The window is painted by who made it."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """What is free changes with the model that is loaded."""
        info = self.session.engine.info
        if Topic.ENGINE not in topics or info is self._seen or not self.window.isVisible():
            return
        if not self.tasks.is_running("engine"):
            self._look()

    def show(self, page: object = None) -> None:
        """Open the window, and look for models."""
        window, settings = self.window, self.session.settings
        window.set_reason(spoken(missing_reason()))
        window.page.plan.set_chosen(Chosen(settings.context_tokens, settings.kv_type, settings.gpu_layers))
        if not window.server.address.text():
            window.server.set_address(settings.endpoint, settings.endpoint_model, settings.agreed_servers)
        if page in (window.download, window.server):
            window.tabs.setCurrentWidget(page)
        window.page.set_searching()
        window.show()
        window.raise_()
        window.activateWindow()
        self._look()

    def _look(self, chosen: Path | None = None) -> None:
        folders, tokens = self._folders(), self.session.settings.context_tokens
        info = self._seen = self.session.engine.info
        loaded = self._taken if info is not None and self._taken and self._taken[0] == info.path else None

        def work(cancel: CancelToken, report: Report) -> tuple[Here, Survey]:
            here = look_here()
            here = freed(here, loaded[1]) if loaded is not None else here
            cancel.check()
            return here, survey_machine(folders, tokens, here.devices)

        self._run(
            "models",
            tr("Looking for models"),
            work,
            lambda found: self._show_survey(found[0], found[1], chosen),
        )

    def _folders(self) -> list[Path]:
        return [*map(Path, self.session.settings.model_folders), *self._extra]

    def _show_survey(self, here: Here, survey: Survey, chosen: Path | None) -> None:
        self._here, self._survey = here, survey
        self.window.page.set_survey(survey, here, chosen)
        if self.window.tabs.currentWidget() is self.window.download:
            self._offer()

    # A plan, and loading.

    def _options(self, path: Path, chosen: Chosen) -> LoadOptions:
        settings = replace(
            self.session.settings,
            gpu_layers=chosen.gpu_layers,
            context_tokens=chosen.context_tokens,
            kv_type=chosen.kv_type,
        )
        return load_options(path, settings)

    def _plan(self, path: Path, chosen: Chosen) -> None:
        here, options = self._here, self._options(path, chosen)
        page = self.window.page

        def work(cancel: CancelToken, report: Report) -> Planned:
            return plan_model(options, here or look_here())

        def done(planned: Planned) -> None:
            if page.plan.chosen() == chosen:
                page.set_planned(path, planned)
                self.planned.emit(path)

        def failed(error: BaseException) -> None:
            if isinstance(error, UserError):
                page.set_planned(path, None, spoken(error.message))
            else:
                self.tasks.error.emit(tr("Planning"), error)

        self.tasks.start("plan", tr("Planning"), work, done, failed)

    def _load(self, path: Path, chosen: Chosen, beyond: bool) -> None:
        options = replace(self._options(path, chosen), beyond_memory=beyond)
        planned = self.window.page.plan.planned
        if planned is not None:
            self._taken = (path, planned.plans[0])
        # How it is loaded is kept at once, the path once it has loaded: a broken file must not be tried again
        # at every start.
        self._appearance.change_settings(
            gpu_layers=chosen.gpu_layers, context_tokens=chosen.context_tokens, kv_type=chosen.kv_type
        )
        self._controller.load_as(options, tr("Loading {name}").format(name=path.name))

    def _choose_file(self) -> None:
        path = ask_model(self.window)
        if path is not None:
            self._show_file(path)

    def _show_file(self, path: Path) -> None:
        """Show a file in the list, wherever it lies."""
        self.window.tabs.setCurrentWidget(self.window.page)
        if not any(path in (model.file.path, *model.file.also) for model in self._survey.models):
            self._extra = (*self._extra, path)
        self._look(path)

    # Speed.

    def _test(self, path: Path, chosen: Chosen) -> None:
        options, seconds = self._options(path, chosen), self.test_seconds
        engine, loaded = self.session.engine, self.session.engine.info
        # What is tested is what is tried: the person's own threads and KV cache do not stand in the way.
        options = replace(options, threads=0, kv_type="")

        def work(cancel: CancelToken, report: Report) -> Calibration:
            if isinstance(engine, EngineSwitch) and loaded is not None and not loaded.remote:
                engine.rest(cancel)  # its memory and its processors are needed

            def tell(progress: TrialProgress) -> None:
                step = tr("{done} of {total}: {what}").format(
                    done=progress.done, total=progress.total, what=spoken(progress.detail)
                )
                report(progress.done / max(1, progress.total), step)

            return calibrate_model(options, tell, cancel, seconds=seconds)

        def done(found: Calibration) -> None:
            if self.window.page.chosen_path() == path:
                self.window.page.plan.set_speed(found)
            ended()

        def ended() -> None:
            self._controller.model_changed.emit()
            self._look()

        title = tr("Testing the speed of {name}").format(name=path.name)
        self._run("engine", title, work, done, stopped=ended)

    # Downloads.

    def _offer(self) -> None:
        if self.window.tabs.currentWidget() is not self.window.download or self._here is None:
            return
        folders, here = self._folders(), self._here
        tokens = self.session.settings.context_tokens

        def work(cancel: CancelToken, report: Report) -> tuple[OfferedModel, ...]:
            return offered_models(folders, tokens, here.devices)

        self._run("offers", tr("Planning"), work, self.window.download.set_offered)

    def _download(self, name: str) -> None:
        page = self.window.download

        def work(cancel: CancelToken, report: Report) -> Downloaded:
            def tell(progress: Progress) -> None:
                share = progress.done / progress.total if progress.total else -1.0
                report(share, progress.detail)
                self._progress.push(progress)

            return download_model(name, None, tell, cancel)

        def done(found: Downloaded) -> None:
            page.set_running(False)
            page.set_done(found.path.name)
            self._look(found.path)

        def failed(error: BaseException) -> None:
            page.set_running(False)
            if isinstance(error, UserError):
                page.set_outcome(spoken(error.message), failed=True)
            else:
                self.tasks.error.emit(tr("Downloading"), error)

        def stopped() -> None:
            page.set_running(False)
            page.set_stopped()

        title = tr("Downloading {name}").format(name=name.rsplit("/", 1)[-1])
        if self.tasks.start(DOWNLOAD, title, work, done, failed, stopped):
            page.set_running(True, name)

    def _take_progress(self, batch: Iterable[Progress]) -> None:
        if self.tasks.is_running(DOWNLOAD):
            for progress in batch:
                self.window.download.set_progress(progress)

    # Servers.

    def _show_consent(self, address: str) -> None:
        page, settings = self.window.server, self.session.settings
        page.set_outcome("")
        page.set_key("")
        if not address:
            page.set_consent("", "", given=False)
            return
        try:
            endpoint = parse_endpoint(address)
        except UserError as error:
            page.set_consent("", "", given=False, problem=spoken(error.message))
            return
        given = not endpoint.loopback and endpoint.origin in settings.agreed_servers
        page.set_consent(endpoint.host, spoken(consent_question(endpoint, settings)), given=given)

    def _list(self, address: str) -> None:
        page = self.window.server
        endpoint = parse_endpoint(address)

        def work(cancel: CancelToken, report: Report) -> tuple[bool, tuple[Served, ...]]:
            return bool(find_key(endpoint)), served_models(endpoint, cancel)

        def done(found: tuple[bool, tuple[Served, ...]]) -> None:
            page.set_busy(False)
            page.set_key(endpoint.host, found[0])
            page.set_served(found[1])

        title = tr("Asking {host} for its models").format(host=endpoint.host)
        self._ask_server("served", title, work, done)

    def _ask_server(
        self,
        slot: str,
        title: str,
        work: Callable[[CancelToken, Report], object],
        done: Callable[[Any], None],
    ) -> None:
        page = self.window.server

        def failed(error: BaseException) -> None:
            page.set_busy(False)
            if isinstance(error, UserError):
                page.set_outcome(spoken(error.message), failed=True)
            else:
                self.tasks.error.emit(title, error)

        page.set_busy(True)
        page.set_outcome(title + "…")

        def stopped() -> None:
            page.set_busy(False)
            page.set_outcome(tr("Stopped."))

        self.tasks.start(slot, title, work, done, failed, stopped)

    def _connect(self, address: str, model: str, agreed: bool) -> None:
        page = self.window.server
        endpoint = parse_endpoint(address)
        if agreed:
            self._appearance.change_settings(
                agreed_servers=consented(endpoint, self.session.settings).agreed_servers
            )
            self._show_consent(address)
        options = server_options(address, model, self.session.settings)
        title = tr("Connecting to {host}").format(host=endpoint.host)
        session = self.session

        def work(cancel: CancelToken, report: Report) -> ModelInfo:
            return session.load_work(options, lambda _event: report(-1.0, ""), cancel)

        def done(info: ModelInfo) -> None:
            page.set_busy(False)
            said = tr("Connected: {name} on {host} answers.").format(name=info.name, host=endpoint.host)
            lacks = "".join(f"\n– {spoken(lack)}" for lack in info.fallbacks)
            page.set_outcome(said + lacks)
            self._appearance.change_settings(endpoint=endpoint.url, endpoint_model=model)
            session.adopt_model(info)
            self._controller.model_changed.emit()

        self._ask_server("engine", title, work, done)

    def _withdraw(self, address: str) -> None:
        endpoint, settings = parse_endpoint(address), self.session.settings
        left = withdrawn(endpoint, settings).agreed_servers
        asked = settings.endpoint and parse_endpoint(settings.endpoint).origin == endpoint.origin
        gone = {"endpoint": "", "endpoint_model": ""} if asked else {}
        self._appearance.change_settings(agreed_servers=left, **gone)
        self._show_consent(address)
        engine = self.session.engine
        info = engine.info
        if not isinstance(engine, EngineSwitch) or info is None or not info.remote:
            return
        if info.backend != f"remote: {endpoint.host}":
            return

        def work(cancel: CancelToken, report: Report) -> None:
            engine.rest(cancel)

        title = tr("Leaving {host}").format(host=endpoint.host)
        self._run("engine", title, work, lambda _: self._controller.model_changed.emit())
