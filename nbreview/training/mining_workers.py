"""What mining runs in: processes of this machine, or a Dask cluster.

Imports only the bottom floor; `distributed` is an extra and is imported when it is asked for.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor

from nbreview.errors import UserError

_CONNECT_SECONDS = 10


def cores() -> int:
    """How many processes can run at a time here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def local_workers(count: int) -> Iterator[Executor | None]:
    """Processes of this machine; None for a single one, which is this process."""
    if count <= 1:
        yield None
        return
    context = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
    executor = ProcessPoolExecutor(count, mp_context=context, initializer=_prepare)
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def dask_workers(address: str, seconds: float = _CONNECT_SECONDS) -> Iterator[tuple[Executor, int]]:
    """A Dask cluster's workers and how many chunks they take at a time.

    Parameters
    ----------
    address:
        Of the scheduler, as in `tcp://host:8786`. The workers need nbreview, git, and the repositories at the
        same paths as here.
    seconds:
        How long to wait for the scheduler.

    Raises
    ------
    UserError
        `distributed` is not installed, there is no scheduler or no worker, or workers died.
    """
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise UserError(
            "Dask is not installed; install it with “pip install 'nbreview[dask]'”, or leave out --dask."
        ) from error
    try:
        client = Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UserError(
            f"There is no Dask scheduler at {address}; start one with “dask scheduler”, or check the address."
        ) from error
    with client:
        width = sum(client.nthreads().values())
        if not width:
            raise UserError(f"The Dask cluster at {address} has no workers; start some with “dask worker”.")
        try:
            with client.get_executor(pure=False) as executor:
                yield executor, width
        except (KilledWorker, CommClosedError) as error:
            raise UserError(
                f"The Dask cluster at {address} lost workers ({type(error).__name__}); see its logs, then "
                "run the same command again: it goes on where it stopped."
            ) from error


def _prepare() -> None:
    """Leave Ctrl-C to the process that waits for us, and end with it: killed, it cannot tell us to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: "multiprocessing.process.BaseProcess") -> None:
    parent.join()
    os._exit(1)
