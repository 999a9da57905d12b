"""Waiting for what the child says: events on the way, an answer, its end, its silence, and Stop.

Imports `child`, `protocol` and below; no llama_cpp.
"""

import queue
import time
from collections.abc import Callable
from typing import Any

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.llm import protocol
from nbreview.llm.child import Child, Wake
from nbreview.llm.failures import DeathError, RefusedError
from nbreview.llm.model import Event
from nbreview.words import said

Listener = Callable[[Event], None]


def wait(
    child: Child,
    number: int,
    on_event: Listener,
    cancel: CancelToken,
    *,
    hang_seconds: float,
    grace_seconds: float,
    closing: Callable[[], bool],
    end_on_cancel: bool,
) -> dict[str, Any]:
    """Pass events on until the answer to message `number` comes.

    Parameters
    ----------
    hang_seconds:
        Silence after which the child is ended.
    grace_seconds:
        How long a cancelled request may go on before the child is ended.
    closing:
        Whether the engine is being closed, which ends the child.
    end_on_cancel:
        Stop ends the child at once: nothing in it is worth keeping.

    Raises
    ------
    DeathError
        The child ended, or was ended because it hung.
    RefusedError
        It answered with an error.
    Cancelled
        Stopped, or closed. The child may have been ended for it.
    """
    cancel.on_cancel(lambda: child.wake(number))
    deadline: float | None = None
    while True:
        try:
            left = hang_seconds if deadline is None else deadline - time.monotonic()
            message = child.receive(left)
        except queue.Empty:
            child.end(at_once=True)
            if deadline is not None:
                raise Cancelled from None
            raise DeathError(
                said("gave no sign of life for {seconds} s", seconds=f"{hang_seconds:.0f}"), None
            ) from None
        if message is None:
            how, code = child.how_it_ended()
            if closing() or deadline is not None:
                raise Cancelled
            raise DeathError(how, code)
        if isinstance(message, Wake):
            if message.number != number or deadline is not None:
                continue
            if end_on_cancel:
                child.end(at_once=True)
                raise Cancelled
            deadline = time.monotonic() + grace_seconds
            child.send({"do": "cancel", "id": number})
            continue
        if message.get("id", number) != number:
            continue
        match message["is"]:
            case "alive":
                continue
            case "stopped":
                raise Cancelled
            case "error":
                if deadline is not None:
                    raise Cancelled
                raise RefusedError(message)
            case "hello" | "ready" | "count" | "reply" | "kept":
                if deadline is not None:
                    raise Cancelled
                return message
        event = protocol.decode_event(message)
        if event is not None and deadline is None:
            on_event(event)
