"""Following one cell from its request to its end: outputs, Stop, a limit of time, and how it ended.

Imports `life`, `output` and below.
"""

import queue
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.kernel.life import Life
from nbreview.kernel.requests import Note, Request
from nbreview.words import Said, said

_NO_INPUT = "StdinNotImplementedError"


@dataclass(frozen=True, slots=True)
class Executed:
    """How a cell ended.

    `status` is "ok", "error", "aborted" (stopped) or "timeout". `exception` is the class name without its
    module. `traceback` holds the kernel's lines, colours kept. `output` is the text that it printed or
    displayed, within bounds. `seconds` is wall time.
    """

    status: str
    exception: str = ""
    message: str = ""
    traceback: tuple[str, ...] = ()
    execution_count: int | None = None
    output: str = ""
    seconds: float = 0.0


def follow(
    life: Life,
    request: Request,
    on_output: Callable[[Mapping[str, Any]], None] | None,
    cancel: CancelToken | None,
    timeout: float | None,
    began: float,
) -> Executed:
    """Hand on what a cell prints until it ends, is stopped, or takes too long; see `KernelSession.execute`.

    Raises
    ------
    KernelEnded
        The kernel ended first.
    """
    if cancel is not None:
        cancel.on_cancel(lambda: request.inbox.put(Note.CANCELLED))
    while True:
        if cancel is not None and cancel.cancelled:  # asked before each output: a flood holds up no Stop
            life.begin_stop()
            return _cut_short(request, "aborted", said("Stopped; what it had done so far stays done."), began)
        left = None if timeout is None else timeout - (time.monotonic() - began)
        if left is not None and left <= 0:
            life.begin_stop()
            why = said(
                "It did not end within {seconds} s and is interrupted; run it again with more time.",
                seconds=f"{timeout:g}",
            )
            return _cut_short(request, "timeout", why, began)
        try:
            item = request.inbox.get(timeout=left)
        except queue.Empty:
            continue
        if isinstance(item, Mapping):
            _hand_on(life, on_output, item)
        elif item is Note.DONE:
            break
    if request.reply is not None:
        return _executed(request, request.reply, time.monotonic() - began)
    if life.ended:
        raise life.gone()
    if request.lost:
        why = said("The kernel's answer was too large to be taken; print or raise less, and run it again.")
        return _cut_short(request, "error", why, began)
    return _cut_short(request, "aborted", said("It was interrupted."), began)


def _hand_on(
    life: Life, on_output: Callable[[Mapping[str, Any]], None] | None, output: Mapping[str, Any]
) -> None:
    """Hand an output on; a cell whose outputs nobody takes any more is stopped."""
    if on_output is None:
        return
    try:
        on_output(output)
    except BaseException:
        life.begin_stop()
        raise


def _cut_short(request: Request, status: str, message: str, began: float) -> Executed:
    text, seconds = _text(request), time.monotonic() - began
    if request.note:
        return Executed("error", _NO_INPUT, _no_input(request), output=text, seconds=seconds)
    return Executed(status, message=message, output=text, seconds=seconds)


def _executed(request: Request, reply: Mapping[str, Any], seconds: float) -> Executed:
    count = reply.get("execution_count")
    count = count if isinstance(count, int) else None
    status = reply.get("status")
    if status == "ok":
        return Executed("ok", execution_count=count, output=_text(request), seconds=seconds)
    if status != "error":
        why = said("The kernel did not run it, because something before it failed; run it again.")
        return Executed("aborted", message=why, output=_text(request), seconds=seconds)
    exception = str(reply.get("ename", "")).rpartition(".")[2]
    message = str(reply.get("evalue", ""))
    if request.note or exception == _NO_INPUT:
        exception, message = _NO_INPUT, _no_input(request)
    lines = reply.get("traceback")
    traceback = tuple(str(line) for line in lines) if isinstance(lines, list) else ()
    return Executed("error", exception, message, traceback, count, _text(request), seconds)


def _text(request: Request) -> str:
    return request.budget.text if request.budget is not None else ""


def _no_input(request: Request) -> Said:
    if request.note:
        return said(
            "The cell asks for input ({prompt}) and nobody can type here; put the value into the "
            "source, or run the cell in Jupyter.",
            prompt=f"{request.note!r}",
        )
    return said(
        "The cell asks for input and nobody can type here; put the value into the source, or run the cell "
        "in Jupyter."
    )
