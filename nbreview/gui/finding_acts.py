"""Going from finding to finding.

Knows the session, the canvas, the assistant panel and the notices.
"""

from collections.abc import Callable

from nbreview.gui import views
from nbreview.gui.assistant_panel import AssistantPanel
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.language import tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.theme import Theme
from nbreview.services.session import ReviewSession, Topic


class FindingActs:
    """A room of the window, see `gui.room`."""

    def __init__(
        self, session: ReviewSession, canvas: DiffCanvas, assistant: AssistantPanel, notices: NoticeArea
    ) -> None:
        self._session, self._canvas = session, canvas
        self._assistant, self._notices = assistant, notices
        assistant.finding_activated.connect(
            lambda number: canvas.goto_head_cell(session.findings[int(number)].cell_index)
        )

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {
            "next_finding": lambda: self._step(1),
            "previous_finding": lambda: self._step(-1),
        }

    def set_theme(self, theme: Theme) -> None:
        """Findings are painted by the canvas and the panel."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """Flag the cells, and list what is known of them."""
        if Topic.FINDINGS in topics:
            self._canvas.set_findings(views.findings_by_cell(self._session.findings))
        if topics & {Topic.FINDINGS, Topic.CARDS, Topic.ENGINE}:  # a finding says whether a card fixes it
            model = self._session.engine.info is not None or bool(self._session.settings.model_path)
            self._assistant.set_findings(
                views.finding_views(self._session, model=model),
                views.gone_views(self._session),
                views.dismissed_views(self._session),
            )

    def _step(self, step: int) -> None:
        cells = sorted(views.flagged_cells(self._session))
        if not cells:
            self._notices.inform(
                tr("There are no findings; Ctrl+Shift+K judges the current cell, F9 all cells.")
            )
            return
        here = self._session.cell_index if self._session.cell_index is not None else -1
        after = [cell for cell in cells if (cell > here if step > 0 else cell < here)]
        # Past the last comes the first again.
        self._canvas.goto_head_cell((after or cells)[0 if step > 0 else -1])
