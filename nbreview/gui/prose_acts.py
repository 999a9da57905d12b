"""The acts of rendered cells and outputs: rendered or as source, and a page of an output for the browser.

Knows the canvas, the tasks and the notices. Nothing is opened before it was asked: the question stands in
the notice area and says what will happen.
"""

import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from nbreview.errors import UserError
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.language import spoken, tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.tasks import TaskRunner
from nbreview.gui.theme import Theme
from nbreview.notebook.model import Output
from nbreview.presentation.output_page import output_page
from nbreview.presentation.rich_outputs import embedded, is_embedded
from nbreview.presentation.rows import output_sides
from nbreview.services.session import Topic


class ProseActs:
    """Shows Markdown rendered or as source, and opens outputs in the browser, asked first."""

    def __init__(
        self,
        canvas: DiffCanvas,
        tasks: TaskRunner,
        notices: NoticeArea,
        open_file: Callable[[Path], bool] | None = None,
    ) -> None:
        self._canvas = canvas
        self._tasks = tasks
        self._notices = notices
        self._open_file = open_file or _open
        self._folder: Path | None = None
        canvas.open_requested.connect(self.ask_to_open)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {"rendered": self._canvas.set_markdown_rendered, "open_output": self.open_current}

    def set_theme(self, theme: Theme) -> None:
        """There is nothing to paint."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """An act looks at what is shown when it is asked for."""

    def open_current(self) -> None:
        """Ask to open the current cell's output: the first that needs a browser, else its first."""
        change, diff = self._canvas.current_change(), self._canvas.diff
        if change is None or diff is None or not change.outputs:
            self._notices.inform(
                tr("This cell has no outputs; choose a cell that has one: click it, or press n.")
            )
            return
        numbers = range(len(change.outputs))

        def lives(number: int) -> bool:
            found = output_sides(diff, change, change.outputs[number])
            return any(side is not None and is_embedded(side) for side in found)

        self.ask_to_open(self._canvas.current_index(), next(filter(lives, numbers), 0))

    def ask_to_open(self, change: int, output: int) -> None:
        """Ask whether a page of this output may be opened; nothing happens until the notice is answered."""
        diff = self._canvas.diff
        if diff is None or not 0 <= change < len(diff.cells):
            return
        at = diff.cells[change]
        base, head = output_sides(diff, at, at.outputs[output])
        shown = head if head is not None else base
        if shown is None:
            return
        index = at.head_index if head is not None else at.base_index
        here, before = tr("Output {output} of cell {cell}"), tr("Output {output} of cell {cell}, as it was")
        said = here if head is not None else before
        title = said.format(output=output + 1, cell=(index or 0) + 1)
        name = spoken(embedded(shown))
        self._notices.inform(
            tr(
                "Open {title} in the browser? A local file is written that holds the saved picture, its "
                "text, tables and data: no scripts, and nothing from elsewhere."
            ).format(title=f"{title} ({name})" if name else title),
            tr("Open", "button"),
            lambda: self._open_page(shown, title),
        )

    def _open_page(self, output: Output, title: str) -> None:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="nbreview-"))
            # The browser may read a page for as long as the window lives.
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        folder = self._folder
        self._tasks.start(
            "page",
            tr("Writing the page of an output"),
            lambda cancel, report: _write(folder, output, title),
            self._opened,
            self._failed,
        )

    def _opened(self, path: Path) -> None:
        if not self._open_file(path):
            self._notices.warn(
                tr("No browser could be started; the page is {path}, open it yourself.").format(path=path)
            )

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._notices.fail(spoken(error.message))


def _write(folder: Path, output: Output, title: str) -> Path:
    page = output_page(output, title)
    path = folder / f"{hashlib.sha256(page.encode('utf-8', 'replace')).hexdigest()[:16]}.html"
    try:
        path.write_text(page, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UserError(f"The page {path} cannot be written ({error}); make room on the disk.") from error
    return path


def _open(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
