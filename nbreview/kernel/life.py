"""One life of a kernel, from its start (or our attaching to it) to its end: requests, state, and Stop.

Imports `channel`, `process`, `output`, `connection` and below. A session has one life at a time; a restart
is a new one, so that nothing late from the old can be taken for an answer. Everything here may be called
from any thread; what a kernel says comes in by the wire's thread.

Stopping has steps. An interrupt is sent at once, and after it a question on the same channel as the cell:
once that is answered the cell is over, also where the kernel lost the cell's own reply to the interrupt.
Asked again each second; a kernel of ours that goes on past the grace is ended, one of somebody else is left.
"""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.kernel.channel import Wire
from nbreview.kernel.connection import Connection
from nbreview.kernel.model import KernelState
from nbreview.kernel.output import OutputBudget
from nbreview.kernel.process import KernelProcess
from nbreview.kernel.requests import KernelEnded, Note, Patience, Request, ended
from nbreview.words import said

_NUDGE_SECONDS = 0.1


@dataclass(slots=True)
class _Stop:
    started: float
    last: float
    ping: Request | None = None
    order: Request | None = None
    given_up: bool = False


class Life:
    """A kernel that was just started, or is just being attached to.

    Parameters
    ----------
    connection:
        Where it listens.
    process:
        Its process; None for a kernel that is not ours.
    by_message:
        Whether it is interrupted by a message instead of a signal.
    patience:
        How long it is given.
    changed:
        Called, by the thread that saw it, whenever `state` or `detail` may read differently.
    """

    def __init__(
        self,
        connection: Connection,
        process: KernelProcess | None,
        by_message: bool,
        patience: Patience,
        changed: Callable[[], None],
    ) -> None:
        self.connection = connection
        self.process = process
        self.ready = False
        self._by_message = by_message or process is None
        self._patience = patience
        self._tell = changed
        self._condition = threading.Condition(threading.RLock())
        self._requests: dict[str, Request] = {}
        self._busy_parents: dict[str, bool] = {}
        self._stop: _Stop | None = None
        self._settling: Request | None = None
        self._ended: str = ""
        self._leaving: str = ""
        self._heard = threading.Event()
        self._silent = 0.0
        self._wire = Wire(connection, self)
        self._wire.start()

    @property
    def owned(self) -> bool:
        """Whether we started it."""
        return self.process is not None

    @property
    def ended(self) -> str:
        """Why it is over, as the end of a sentence that begins with "the kernel"; "" while it lives."""
        return self._ended

    @property
    def stopping(self) -> bool:
        """Whether an interruption is under way."""
        stop = self._stop
        return stop is not None and not stop.given_up

    @property
    def state(self) -> KernelState:
        """What the kernel is doing."""
        with self._condition:
            if self._ended:
                return KernelState.DEAD
            if not self.ready:
                return KernelState.STARTING
            mine = any(request.main and request.kind != "ping" for request in self._requests.values())
            return KernelState.BUSY if mine or self._stop or self._busy_parents else KernelState.IDLE

    @property
    def detail(self) -> str:
        """What to add to the state, "" for nothing: that it is being stopped, or does not answer."""
        with self._condition:
            if self._ended:
                return self._ended
            if self._stop is not None:
                if self._stop.given_up:
                    return said("does not stop; interrupt or restart it where it was started")
                return said("stopping")
            if self._silent > self._patience.silence:
                return said(
                    "has not answered for {seconds} s; Stop or restart it", seconds=f"{self._silent:.0f}"
                )
            return ""

    def ask(
        self,
        channel: str,
        message_type: str,
        content: Mapping[str, Any],
        *,
        subshell: str = "",
        budget: OutputBudget | None = None,
        kind: str = "",
    ) -> Request:
        """Send a request; what comes back goes to it.

        Raises
        ------
        KernelEnded
            The kernel has ended.
        """
        message = self._wire.message(message_type, content, subshell)
        request = Request(message["msg_id"], kind or message_type, channel, subshell, budget)
        with self._condition:
            if self._ended:
                raise self.gone()
            self._requests[request.number] = request
        self._wire.post(channel, message)
        if request.main and request.kind != "ping":
            self._tell()
        return request

    def answer(self, request: Request, seconds: float, cancel: CancelToken | None = None) -> Any:
        """Wait for the reply and return its content; None when it did not come in time or was cancelled.

        Raises
        ------
        KernelEnded
            The kernel ended first.
        """
        if cancel is not None:
            cancel.on_cancel(lambda: request.inbox.put(Note.CANCELLED))
        deadline = time.monotonic() + seconds
        while True:
            try:
                item = request.inbox.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                return None
            if item is Note.CANCELLED:
                return None
            if item is Note.DONE:
                if request.reply is None and self._ended:
                    raise self.gone()
                return request.reply

    def forget(self, request: Request) -> None:
        """Wait for this request no more."""
        with self._condition:
            self._requests.pop(request.number, None)

    def gone(self) -> KernelEnded:
        """The error of a kernel that has ended, with the last thing that it wrote."""
        return ended(self._ended or said("has ended"), self.last_words, owned=self.owned)

    def listen(self, seconds: float) -> bool:
        """Wait until what the kernel publishes is heard; whether it is.

        What it publishes before it knows that somebody listens is lost (at the start, and after a message
        that was too large to take). Each question on the control channel makes it say something.
        """
        end = time.monotonic() + seconds
        while not self._heard.wait(_NUDGE_SECONDS):
            if self._ended or time.monotonic() > end:
                return False
            self.ask("control", "kernel_info_request", {}, kind="ping")
        return True

    @property
    def last_words(self) -> str:
        """The last line of what its process wrote, as a remark in brackets; "" where there is none."""
        log = self.process.log if self.process is not None else ""
        lines = [line.strip() for line in log.splitlines() if line.strip() and "WARNING" not in line]
        return said(" (its last words: {line})", line=lines[-1][:300]) if lines else ""

    def begin_stop(self) -> None:
        """Interrupt what runs in the main shell; returns at once, the rest happens in the background."""
        with self._condition:
            if self._ended or (self._stop is not None and not self._stop.given_up):
                return
            now = time.monotonic()
            self._stop = _Stop(now, now)
        self._try_stop()
        self._tell()

    def wait(self, seconds: float, until: Callable[[], bool], cancel: CancelToken | None = None) -> bool:
        """Wait until the condition holds, time is up or it is cancelled; whether it held."""
        if cancel is not None:
            cancel.on_cancel(self._notify)
        deadline = time.monotonic() + seconds
        with self._condition:
            while not until():
                left = deadline - time.monotonic()
                if left <= 0 or (cancel is not None and cancel.cancelled):
                    return False
                self._condition.wait(left)
            return True

    def end(self, reason: str, *, politely: bool) -> None:
        """End a kernel of ours, or leave one that is not.

        Parameters
        ----------
        reason:
            What `ended` says from now on.
        politely:
            Ask the kernel first and give it the time to run what it wants to run at its end.
        """
        process = self.process
        if process is not None and politely and not self._ended and process.alive:
            self._leaving = reason  # the wire may see the end of the process before we do
            self._wire.send("control", "shutdown_request", {"restart": False})
            process.wait(self._patience.goodbye)
        self._die(reason)

    # What the wire tells, in its thread.

    def wants(self, channel: str, message_type: str, parent: Mapping[str, Any], size: int) -> bool:
        """See `channel.Listener`."""
        if channel != "iopub" or message_type == "status":
            return True
        request = self._requests.get(str(parent.get("msg_id", "")))
        return request is not None and request.budget is not None and request.budget.wants(message_type, size)

    def received(
        self,
        channel: str,
        message_type: str,
        parent: Mapping[str, Any],
        content: Mapping[str, Any],
        size: int,
    ) -> None:
        """See `channel.Listener`."""
        number = str(parent.get("msg_id", ""))
        with self._condition:
            before = (self.state, self.detail)
            request = self._requests.get(number)
            if channel == "iopub":
                self._heard.set()
                if message_type == "status":
                    self._status(number, parent, request, content)
                elif request is not None and request.budget is not None and content:
                    output = request.budget.take(message_type, content, size)
                    if output is not None:
                        request.inbox.put(output)
            elif channel == "stdin":
                if message_type == "input_request" and request is not None:
                    request.note = str(content.get("prompt", "")).strip() or "?"
            elif request is not None and message_type.endswith("_reply"):
                request.reply = content
                request.replied = time.monotonic()
                if request.budget is None or request.idle:
                    self._finish(request)
            after = (self.state, self.detail)
        if channel == "stdin" and request is not None:
            self.begin_stop()  # nobody is there to type
        if before != after:
            self._tell()

    def tick(self, silent_seconds: float) -> None:
        """See `channel.Listener`."""
        process = self.process
        if process is not None and not process.alive:
            self._die(process.how_it_ended)
            return
        if process is None and silent_seconds > self._patience.silence:
            self._die(said("has not answered for {seconds} s", seconds=f"{silent_seconds:.0f}"))
            return
        now = time.monotonic()
        with self._condition:
            quiet_before = self._silent > self._patience.silence
            self._silent = silent_seconds
            for request in list(self._requests.values()):
                if request.replied is not None and now - request.replied > self._patience.last_output:
                    if request.budget is not None and not request.idle:
                        # Its end was lost, and with it what was too large to take.
                        request.budget.cut = True
                    self._finish(request)
        if self._settling is not None and self._settling.reply is not None:
            self._settle(self._settling)
        if self._stop is not None:
            self._go_on_stopping(now)
        if quiet_before != (silent_seconds > self._patience.silence):
            self._tell()

    def lost(self, channel: str) -> None:
        """See `channel.Listener`."""
        if channel == "iopub":
            self._heard.clear()
            with self._condition:
                for request in self._requests.values():
                    if request.budget is not None:
                        request.budget.cut = True
        elif channel == "shell":
            # What is asked now is answered after all that was asked before: see `_settle`.
            with contextlib.suppress(KernelEnded):
                self._settling = self.ask("shell", "kernel_info_request", {}, kind="ping")

    def closed(self) -> None:
        """See `channel.Listener`."""
        if not self._ended:
            self._die(said("can no longer be reached"))

    def _status(
        self, number: str, parent: Mapping[str, Any], request: Request | None, content: Mapping[str, Any]
    ) -> None:
        """Keep account of who keeps the main shell busy: our requests, and those of other clients."""
        state = content.get("execution_state")
        if state == "idle":
            self._busy_parents.pop(number, None)
            if request is not None:
                request.idle = True
                if request.reply is not None:
                    self._finish(request)
        elif (
            state == "busy"
            and request is None
            and parent.get("msg_type") == "execute_request"
            and not parent.get("subshell_id")
            and parent.get("session") != self._wire.session_id  # of ours, told after its reply
        ):
            self._busy_parents.clear()  # one at a time; an `idle` may have been lost in a flood
            self._busy_parents[number] = True
        self._condition.notify_all()

    def _finish(self, request: Request) -> None:
        with self._condition:
            self._requests.pop(request.number, None)
            if not request.done:
                request.done = True
                request.inbox.put(Note.DONE)
            self._condition.notify_all()

    def _try_stop(self) -> None:
        """Interrupt, and ask something behind it in the same queue."""
        stop = self._stop
        if stop is None:
            return
        try:
            if self._cell_runs():
                if self._by_message:
                    stop.order = self.ask("control", "interrupt_request", {}, kind="order")
                    stop.ping = None
                    return
                if self.process is not None:
                    self.process.interrupt()
            stop.ping = self.ask("shell", "kernel_info_request", {}, kind="ping")
        except KernelEnded:
            return

    def _cell_runs(self) -> bool:
        with self._condition:
            mine = any(
                request.main and request.kind != "ping" and request.reply is None
                for request in self._requests.values()
            )
            return mine or bool(self._busy_parents)

    def _go_on_stopping(self, now: float) -> None:
        stop = self._stop
        if stop is None:
            return
        if stop.ping is not None and stop.ping.reply is not None:
            self._stopped()
            return
        if stop.given_up:
            return
        if now - stop.started > self._patience.grace:
            if self.owned:
                self._die(
                    said(
                        "did not stop within {seconds} s and was ended", seconds=f"{self._patience.grace:.0f}"
                    )
                )
                return
            stop.given_up = True
        try:
            if (
                stop.ping is None
                and stop.order is not None
                and (stop.given_up or stop.order.reply is not None)
            ):
                stop.order = None
                stop.ping = self.ask("shell", "kernel_info_request", {}, kind="ping")
        except KernelEnded:
            return
        if stop.given_up:
            self._tell()
            return
        if now - stop.last > self._patience.again:
            stop.last = now
            self._try_stop()

    def _settle(self, ping: Request) -> None:
        """The shell's connection broke and works again: no reply will come to what was asked before that."""
        with self._condition:
            self._settling = None
            for request in list(self._requests.values()):
                if request.channel == "shell" and request.started < ping.started and request.reply is None:
                    request.lost = True
                    self._finish(request)

    def _stopped(self) -> None:
        """The kernel answered behind the interrupt: whatever ran is over."""
        with self._condition:
            self._stop = None
            self._busy_parents.clear()
            for request in list(self._requests.values()):
                if request.main:
                    self._finish(request)
            self._condition.notify_all()
        self._tell()

    def _die(self, reason: str) -> None:
        with self._condition:
            if self._ended:
                return
            self._ended = self._leaving or reason
            self._stop = None
            self._busy_parents.clear()
            waiting = list(self._requests.values())
            self._condition.notify_all()
        if self.process is not None:
            self.process.kill()  # and what it started: workers outlive a kernel that was killed
        for request in waiting:
            self._finish(request)
        self._wire.close()
        self._tell()

    def _notify(self) -> None:
        with self._condition:
            self._condition.notify_all()
