"""Which libraries a notebook is checked against, and what was learned of them. Runs nothing of a notebook.

The interpreter is that of the kernel which a person chose for the notebook, else that of the kernel which the
notebook names, else our own. What lies beside a notebook is never taken unasked: a stranger may have put it
there. Joins `checks` and `kernel`; the checks are imported when they are run, as the window starts without
them. May be used from any worker thread.
"""

import contextlib
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.cancellation import CancelToken
from nbreview.checks.cells import is_python
from nbreview.errors import UserError
from nbreview.kernel.specs import available, choice_for
from nbreview.notebook.model import Notebook
from nbreview.review.model import Finding

if TYPE_CHECKING:
    from nbreview.checks.environment import Environment


@dataclass(frozen=True, slots=True)
class Libraries:
    """An environment to check against. `assumed`: nobody said that the notebook runs there, so that what is
    missing in it says nothing.
    """

    environment: "Environment"
    assumed: bool = False


def python_of(notebook: Notebook, folder: Path) -> Path:
    """The interpreter of the kernel that a notebook names, unless it lies beside the notebook; else our
    own.
    """
    if available():
        with contextlib.suppress(UserError):
            choice = choice_for(notebook.metadata, folder)
            if not choice.beside and choice.language == "python" and not choice.problem:
                return Path(choice.argv[0])
    return Path(sys.executable)


def libraries_for(notebook: Notebook, folder: Path, chosen: Path | None = None) -> Libraries | None:
    """What is known of a notebook's libraries by files and from earlier; None where it is not Python.

    Parameters
    ----------
    chosen:
        The interpreter that a person chose for this notebook.
    """
    if not is_python(notebook):
        return None
    from nbreview.checks.environment import read_environment

    python = chosen or python_of(notebook, folder)
    return Libraries(read_environment(python), assumed=chosen is None and python == Path(sys.executable))


def learned(
    notebook: Notebook, libraries: Libraries, folder: Path, cancel: CancelToken | None = None
) -> Libraries:
    """The libraries with all that the checks want to know for this notebook, kept for the next time.

    Where something is not known yet, a child process of the environment imports the libraries that the
    notebook names, which takes seconds. Raises `Cancelled`.
    """
    from nbreview.checks.environment import save_facts
    from nbreview.checks.runner import learn_libraries

    environment = learn_libraries(notebook, libraries.environment, cancel, folder)
    if environment is libraries.environment:
        return libraries
    with contextlib.suppress(UserError, OSError):  # asked again the next time
        save_facts(environment)
    return Libraries(environment, libraries.assumed)


def static_findings(
    notebook: Notebook,
    libraries: Libraries | None = None,
    folder: Path | None = None,
    cancel: CancelToken | None = None,
) -> tuple[Finding, ...]:
    """What the checks say with these libraries; `folder` None says nothing of files and modules beside the
    notebook.
    """
    from nbreview.checks.calls import MODULES
    from nbreview.checks.runner import run_checks

    environment = libraries.environment if libraries is not None else None
    found = run_checks(notebook, cancel, environment, folder)
    if libraries is not None and libraries.assumed:
        found = tuple(finding for finding in found if finding.check != MODULES)
    return found


class LibraryShelf:
    """Keeps what was learned for the notebook under review, by interpreter."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[Path, Libraries] = {}
        self._of: dict[tuple[Path, Path | None], Path] = {}

    def at_hand(self, path: Path, chosen: Path | None = None) -> Libraries | None:
        """What was learned for the notebook in a file; None before."""
        with self._lock:
            python = self._of.get((path, chosen))
            return self._kept.get(python) if python is not None else None

    def learn(
        self, path: Path, notebook: Notebook, chosen: Path | None = None, cancel: CancelToken | None = None
    ) -> Libraries | None:
        """Learn what the checks want to know for a notebook; None where it is not Python."""
        folder = path.parent
        libraries = libraries_for(notebook, folder, chosen)
        if libraries is None:
            return None
        python = libraries.environment.python
        with self._lock:
            before = self._kept.get(python)
        if before is not None and before.environment.fingerprint == libraries.environment.fingerprint:
            libraries = Libraries(before.environment, libraries.assumed)
        libraries = learned(notebook, libraries, folder, cancel)
        with self._lock:
            self._kept[python] = libraries
            self._of[path, chosen] = python
        return libraries
