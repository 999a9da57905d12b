"""The files of a draft: data that is added and looked at on a worker, and the notebook that cells go into.

Knows the tasks and the window of drafts; the system's dialogs ask.
"""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from nbreview.assist.data_files import read_data_file
from nbreview.errors import UserError
from nbreview.gui.draft_window import DraftWindow
from nbreview.gui.files import NOTEBOOKS
from nbreview.gui.language import spoken, tr
from nbreview.gui.tasks import TaskRunner


class DraftFiles:
    """Reads nothing before the person has added it."""

    def __init__(self, tasks: TaskRunner, window: DraftWindow) -> None:
        self._tasks, self._window = tasks, window

    def choose(self, folder: bool) -> None:
        """Let the person choose data: files, or a folder."""
        if folder:
            name = QFileDialog.getExistingDirectory(self._window, tr("Add a folder of data"))
            names = [name] if name else []
        else:
            names, _ = QFileDialog.getOpenFileNames(self._window, tr("Add data files"))
        self.add(tuple(Path(name) for name in names))

    def add(self, paths: tuple[Path, ...]) -> None:
        """Look at data files that the person has added."""
        for path in paths:
            self._look_at(path)

    def _look_at(self, path: Path) -> None:
        page = self._window.task
        notebook = page.notebook()
        folder = notebook.absolute().parent if notebook is not None else None
        page.begin_reading(path)

        def failed(error: BaseException) -> None:
            if isinstance(error, UserError):
                page.add_file(path, None, spoken(error.message))
            else:
                page.add_file(path, None)
                self._tasks.error.emit(tr("Reading data"), error)

        self._tasks.start(
            f"data {path}",
            tr("Reading {name}").format(name=path.name),
            lambda cancel, report: read_data_file(path, cancel, folder),
            lambda file: page.add_file(path, file),
            failed,
            lambda: page.add_file(path, None),
        )

    def choose_notebook(self) -> None:
        """Let the person name a new notebook."""
        before = self._window.task.new_path.text()
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("The notebook that the cells go into"),
            before,
            NOTEBOOKS,
            options=QFileDialog.Option.DontConfirmOverwrite,  # cells are added, nothing is overwritten
        )
        if name:
            path = Path(name)
            self._window.task.set_new_notebook(path if path.suffix else path.with_suffix(".ipynb"))
