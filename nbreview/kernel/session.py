"""A kernel that cells can be run in: ours from its start to its end, or somebody else's, attached to.

Imports `life`, `specs` and below; `jupyter_client` only when a kernel is started. Every call may come from
any thread and ends: with a value, with a `UserError` that says what to do next, or because it was cancelled.
A kernel that was attached to is never restarted or shut down here, only interrupted when that is asked for.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.kernel.asking import KEY, answer, check_text, execute_content, question
from nbreview.kernel.connection import heartbeats, new_connection, read_connection
from nbreview.kernel.environments import KernelChoice
from nbreview.kernel.greeting import greet
from nbreview.kernel.life import Life
from nbreview.kernel.model import KernelState
from nbreview.kernel.output import OutputBudget
from nbreview.kernel.process import KernelProcess, check_folder, environment_for
from nbreview.kernel.requests import Patience, Request
from nbreview.kernel.running import Executed, follow
from nbreview.kernel.specs import choice_named, need_extra
from nbreview.words import said

_SUBSHELLS = "kernel subshells"
_WHO = "(__import__('os').getpid(), __import__('sys').executable, __import__('sys').version.split()[0])"


class KernelSession:
    """A live kernel. Use `start`, `launch` or `attach`.

    `on_change` may be set to a callable that is told, by any thread, that `state` or `detail` may have
    changed; it must return at once.
    """

    def __init__(self, title: str, language: str, patience: Patience) -> None:
        self.title = title
        self.language = language
        self.on_change: Callable[[], None] | None = None
        self.python = ""
        self.python_version = ""
        self.folder: Path | None = None
        self.choice: KernelChoice | None = None
        self._patience = patience
        self._pid: int | None = None
        self._features: tuple[str, ...] = ()
        self._subshell = ""
        self._subshell_busy: Request | None = None
        self._life: Life | None = None
        self._running = threading.Lock()
        self._asking = threading.Lock()

    @classmethod
    def start(
        cls,
        spec_name: str,
        folder: Path,
        cancel: CancelToken | None = None,
        patience: Patience | None = None,
    ) -> Self:
        """Start the kernel that Jupyter knows by this name, in this working folder.

        Raises
        ------
        UserError
            There is no such kernel, or it does not start.
        Cancelled
            Stopped on request; nothing is left running.
        """
        return cls.launch(choice_named(spec_name), folder, cancel, patience)

    @classmethod
    def launch(
        cls,
        choice: KernelChoice,
        folder: Path,
        cancel: CancelToken | None = None,
        patience: Patience | None = None,
    ) -> Self:
        """Start the kernel that was chosen, in this working folder; raises as `start` does."""
        need_extra()
        session = cls(choice.title, choice.language, patience or Patience())
        session.choice = choice
        session.folder = check_folder(folder)
        session._begin(cancel)
        return session

    @classmethod
    def attach(
        cls, connection_file: Path, cancel: CancelToken | None = None, patience: Patience | None = None
    ) -> Self:
        """Speak with a kernel that is running already. The caller has asked the person first.

        Raises
        ------
        UserError
            The file is no connection file, or nothing answers there.
        Cancelled
            Stopped on request.
        """
        need_extra()
        patience = patience or Patience()
        connection = read_connection(connection_file)
        beats = heartbeats({connection_file: connection}, patience.answer)
        if not beats[connection_file]:
            raise UserError(
                said(
                    "{file}: the kernel of this connection file does not answer; it has ended or hangs: "
                    "list the running kernels again, or restart it where it was started.",
                    file=connection_file,
                )
            )
        session = cls(connection.kernel_name or connection_file.stem, "", patience)
        session._meet(Life(connection, None, True, patience, session._changed), cancel)
        return session

    @property
    def state(self) -> KernelState:
        """What the kernel is doing."""
        return self._life.state if self._life is not None else KernelState.NONE

    @property
    def detail(self) -> str:
        """What to add to the state: that it is being stopped, does not answer, or how it ended. Or ""."""
        return self._life.detail if self._life is not None else ""

    @property
    def owned(self) -> bool:
        """Whether it was started here."""
        return self.choice is not None

    @property
    def pid(self) -> int | None:
        """Process number of the kernel, None where it is not known."""
        return self._pid

    @property
    def subshells(self) -> bool:
        """Whether it can be asked while a cell runs."""
        return _SUBSHELLS in self._features

    @property
    def connection_file(self) -> Path | None:
        """Where other clients find it."""
        return self._life.connection.file if self._life is not None else None

    def execute(
        self,
        source: str,
        on_output: Callable[[Mapping[str, Any]], None] | None = None,
        cancel: CancelToken | None = None,
        timeout: float | None = None,
        silent: bool = False,
        store_history: bool = True,
    ) -> Executed:
        """Run a cell and wait for its end. Magics and shell commands are the kernel's own affair.

        Parameters
        ----------
        source:
            The cell, as it is written.
        on_output:
            Called in this thread with each output (nbformat's form) while it is within bounds.
        cancel:
            Stops the waiting at once; the kernel is interrupted behind it, and `state` is BUSY until it has
            stopped. A kernel of ours that does not stop within the grace is ended.
        timeout:
            Seconds after which the same happens by itself; None: no limit.

        Raises
        ------
        UserError
            The kernel is busy with something else, or gone (`KernelEnded`).
        """
        check_text(source)
        began = time.monotonic()
        if not self._running.acquire(blocking=False):
            raise UserError(
                said(
                    "The kernel {title} is running a cell already; wait for it, or press Stop.",
                    title=self.title,
                )
            )
        try:
            life = self._alive()
            if life.stopping:
                self.wait(self._patience.grace + self._patience.again, cancel)
            if cancel is not None and cancel.cancelled:
                return Executed("aborted", message=said("Stopped before it began."))
            life = self._alive()
            if life.state is KernelState.BUSY:
                raise self._busy()
            life.listen(self._patience.answer)
            request = life.ask(
                "shell",
                "execute_request",
                execute_content(source, silent, store_history and not silent),
                budget=OutputBudget(),
            )
            return follow(life, request, on_output, cancel, timeout, began)
        finally:
            self._running.release()

    def evaluate(
        self,
        expression_source: str,
        timeout: float = 10.0,
        subshell: bool = True,
        cancel: CancelToken | None = None,
    ) -> Any:
        """Ask the kernel for a value, without a trace in it: no counter, no history, no name.

        Parameters
        ----------
        expression_source:
            Python. One expression sees the person's names; statements run in a namespace of their own, in
            which `user_ns` is the person's, and the last expression is the value. A value that is a string
            of JSON is read as such; what JSON does not know comes as its `str`.
        timeout:
            Seconds.
        subshell:
            Ask beside a running cell where the kernel can do that (ipykernel 7). Otherwise, and where it
            cannot, the kernel must be idle.

        Raises
        ------
        UserError
            The kernel is not Python, busy or gone, the source raised, or time was up.
        Cancelled
            Stopped on request.
        """
        check_text(expression_source)
        life = self._alive()
        if self.language and self.language != "python":
            raise UserError(
                said(
                    "The kernel {title} speaks {language}: nbreview looks into Python kernels only; the "
                    "other checks go on without it.",
                    title=self.title,
                    language=self.language,
                )
            )
        if not self._asking.acquire(timeout=timeout):
            raise UserError(
                said("The kernel {title} is still answering another question; try again.", title=self.title)
            )
        try:
            beside = subshell and self._beside(life)
            if not beside and life.state is KernelState.BUSY:
                raise self._busy()
            content = execute_content("", True, False) | {
                "user_expressions": {KEY: question(expression_source)}
            }
            request = life.ask(
                "shell",
                "execute_request",
                content,
                subshell=self._subshell if beside else "",
                kind="question",
            )
            reply = life.answer(request, timeout, cancel)
            if reply is None:
                self._leave(life, request)
                if cancel is not None and cancel.cancelled:
                    raise Cancelled
                raise UserError(
                    said(
                        "The kernel {title} did not answer within {seconds} s; wait until it is idle and "
                        "try again, or restart it.",
                        title=self.title,
                        seconds=f"{timeout:g}",
                    )
                )
            return answer(reply)
        finally:
            self._asking.release()

    def wait(self, seconds: float, cancel: CancelToken | None = None) -> KernelState:
        """Wait until it is neither busy nor starting, at most this long; what it is doing then."""
        life = self._life
        if life is not None:
            life.wait(seconds, lambda: life.state in (KernelState.IDLE, KernelState.DEAD), cancel)
        return self.state

    def interrupt(self) -> None:
        """Stop what runs. Returns at once; `state` and `detail` tell how it goes on.

        Raises
        ------
        UserError
            The kernel is gone.
        """
        self._alive().begin_stop()

    def restart(self, cancel: CancelToken | None = None) -> None:
        """End the kernel and start it again; everything that it held is lost. A run under way ends.

        Raises
        ------
        UserError
            It was started elsewhere, or does not start again.
        """
        if self.choice is None:
            raise UserError(
                said(
                    "The kernel {title} was started elsewhere: restart it there (in Jupyter: Kernel, "
                    "Restart), then attach again.",
                    title=self.title,
                )
            )
        self._end(said("was restarted"))
        self._begin(cancel)

    def shutdown(self) -> None:
        """End a kernel that was started here; leave one that was attached to. May be called twice."""
        self._end(said("was shut down") if self.owned else said("was left"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()

    # Starting and ending.

    def _begin(self, cancel: CancelToken | None) -> None:
        choice, folder = self.choice, self.folder
        if choice is None or folder is None:
            raise UserError(said("This kernel was started elsewhere; start it there."))
        if cancel is not None:
            cancel.check()
        connection = new_connection(choice.name, by_socket_files=choice.language == "python")
        environment = environment_for(choice.environment, choice.programs)
        process = KernelProcess(choice.command(connection.file), folder, environment, connection.files)
        life = Life(connection, process, choice.interrupt_by_message, self._patience, self._changed)
        self._meet(life, cancel)

    def _meet(self, life: Life, cancel: CancelToken | None) -> None:
        """Wait until a kernel answers, and learn who it is."""
        self._life = life
        self._subshell, self._subshell_busy = "", None
        self._features, self._pid = (), life.process.pid if life.process is not None else None
        self._changed()
        try:
            reply = greet(life, self.title, self._patience, cancel)
        except BaseException:
            life.end(said("did not start"), politely=False)
            raise
        self._features = tuple(str(one) for one in reply.get("supported_features") or ())
        told = reply.get("language_info")
        name = told.get("name") if isinstance(told, Mapping) else None
        if isinstance(name, str) and name:
            self.language = name.lower().removeprefix("i") if name.lower() == "ipython" else name.lower()
        life.ready = True
        if self.language == "python":
            # Who it is is good to know; a busy kernel without subshells is not asked.
            with contextlib.suppress(UserError, TypeError, ValueError):
                pid, self.python, self.python_version = self.evaluate(_WHO, self._patience.answer)
                self._pid = int(pid)
        self._changed()

    def _end(self, reason: str) -> None:
        life = self._life
        if life is None:
            return
        if not life.owned and self._subshell and self._subshell_busy is None and not life.ended:
            with contextlib.suppress(UserError):
                request = life.ask("control", "delete_subshell_request", {"subshell_id": self._subshell})
                life.answer(request, self._patience.last_output)
        busy = life.state is not KernelState.IDLE
        life.end(reason, politely=not busy)
        self._changed()

    # Asking.

    def _beside(self, life: Life) -> bool:
        """Whether there is a subshell to ask in; one is made when it is first wanted."""
        if not self.subshells:
            return False
        if self._subshell_busy is not None:
            if not self._subshell_busy.done:
                # One that is stuck is left alone: deleting it makes the kernel wait for it.
                self._subshell = ""
            self._subshell_busy = None
        if not self._subshell:
            request = life.ask("control", "create_subshell_request", {})
            reply = life.answer(request, self._patience.answer)
            made = reply.get("subshell_id") if isinstance(reply, Mapping) else None
            self._subshell = made if isinstance(made, str) else ""
        return bool(self._subshell)

    def _leave(self, life: Life, request: Request) -> None:
        """Give up waiting for an answer: beside a cell nothing can be interrupted, else it is."""
        if request.subshell:
            self._subshell_busy = request
        else:
            life.begin_stop()

    def _alive(self) -> Life:
        life = self._life
        if life is None:
            raise UserError(said("No kernel is running; start one first."))
        if life.ended:
            raise life.gone()
        return life

    def _busy(self) -> UserError:
        if self._life is not None and self._life.detail:
            return UserError(
                said(
                    "The kernel {title} is busy and {detail}; wait, or press Stop.",
                    title=self.title,
                    detail=self._life.detail,
                )
            )
        if self.owned:
            return UserError(
                said(
                    "The kernel {title} is busy; wait for the cell that runs, or press Stop.",
                    title=self.title,
                )
            )
        return UserError(
            said(
                "The kernel {title} is busy with something that was started elsewhere; wait for it, or "
                "interrupt it there.",
                title=self.title,
            )
        )

    def _changed(self) -> None:
        if (callback := self.on_change) is not None:
            callback()


def shut_down_all(sessions: Iterable[KernelSession]) -> None:
    """Shut several kernels down side by side: together they take as long as the slowest."""
    threads = [threading.Thread(target=session.shutdown, daemon=True) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
