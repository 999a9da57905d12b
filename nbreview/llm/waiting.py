"""Waiting for the network in a way that Stop ends at once.

Imports `cancellation` only; asyncio is imported late. A request that is stopped is given up wherever it
stands: while the name is looked up, while connecting, before the first byte or between two.
"""

import contextlib
import queue
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from nbreview.cancellation import Cancelled, CancelToken

T = TypeVar("T")


def run_async(work: Callable[[], Coroutine[Any, Any, T]], cancel: CancelToken) -> T:
    """Run a coroutine to its end in an event loop of its own, in this thread.

    Raises
    ------
    Cancelled
        `cancel` was raised; the coroutine has been ended where it waited, and its connections are closed.
    """
    import asyncio

    cancel.check()
    loop = asyncio.new_event_loop()
    try:
        task = loop.create_task(work())

        def stop() -> None:
            with contextlib.suppress(RuntimeError):  # the loop has been closed: the work is over
                loop.call_soon_threadsafe(task.cancel)

        cancel.on_cancel(stop)
        try:
            return loop.run_until_complete(task)
        except asyncio.CancelledError:
            raise Cancelled from None
        finally:
            if not task.done():  # interrupted from the keyboard
                task.cancel()
                loop.run_until_complete(asyncio.wait([task]))
            loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        # A look-up of a name goes on in its thread, which is not waited for.
        loop.close()


def run_aside(work: Callable[[], T], cancel: CancelToken) -> T:
    """Run what blocks and cannot be interrupted in a thread of its own, and wait for it or for Stop.

    Raises
    ------
    Cancelled
        `cancel` was raised; the thread goes on to its own time limit and what it brings is dropped.
    BaseException
        What `work` raised.
    """
    cancel.check()
    answers: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put((True, work()))
        except BaseException as error:
            answers.put((False, error))

    threading.Thread(target=run, daemon=True, name="waiting aside").start()
    cancel.on_cancel(lambda: answers.put((False, Cancelled())))
    worked, answer = answers.get()
    if not worked:
        raise answer
    result: T = answer
    return result
