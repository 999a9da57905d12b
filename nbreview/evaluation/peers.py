"""Another diff tool measured beside ours: nbdime, in a child process that is ended when it takes too long.

Imports the bottom floor; nbdime only in the child, when it is asked for.
"""

import importlib.util
import multiprocessing
import signal
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from nbreview.errors import UserError
from nbreview.evaluation.order import Pair

START_SECONDS = 120.0
"""How long the child may take to import the peer, which is not part of what is measured."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool made of one pair of notebooks.

    Parameters
    ----------
    pairs:
        The cells that it holds to be the same; none when `failure` says that there is no answer.
    moved:
        Those of them that it calls moved.
    read_seconds, diff_seconds:
        Wall time for reading both sides and for the diff; without an answer the latter is what was waited.
    failure:
        "", "time-out", or the error.
    """

    pairs: frozenset[Pair]
    moved: frozenset[Pair]
    read_seconds: float
    diff_seconds: float
    failure: str = ""


class Peer:
    """nbdime in a child process of its own; made by `open_peer`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def answer(self, base: bytes, head: bytes) -> Answer:
        """Its matching of two notebooks. A time-out ends the child; the next call starts another."""
        pipe = self._ready()
        started = time.perf_counter()
        try:
            pipe.send((base, head))
            done = pipe.poll(self._seconds)
            found: Answer | None = pipe.recv() if done else None
        except (EOFError, OSError):
            self.close()
            return _no_answer(time.perf_counter() - started, "it ended")
        if found is None:
            self.close()
            return _no_answer(time.perf_counter() - started, "time-out")
        return found

    def close(self) -> None:
        """End the child."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _ready(self) -> Connection:
        if self._pipe is not None:
            return self._pipe
        context = multiprocessing.get_context("spawn")  # the same on every system, and free of our threads
        self._pipe, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        self._process = process
        theirs.close()
        try:
            started = self._pipe.poll(START_SECONDS) and self._pipe.recv()
        except (EOFError, OSError):
            started = False
        if not started:
            self.close()
            raise UserError(
                "nbdime is installed but does not start; try `python -m nbdime --version`, or compare with "
                "--peer none."
            )
        return self._pipe


@contextmanager
def open_peer(seconds: float) -> Iterator[Peer]:
    """nbdime, ready to be asked; its child ends with the block.

    Parameters
    ----------
    seconds:
        How long it may take for one pair.

    Raises
    ------
    UserError
        nbdime is not installed.
    """
    if importlib.util.find_spec("nbdime") is None:
        raise UserError(
            "nbdime is not installed; install it with `pip install nbdime`, or compare with --peer none."
        )
    peer = Peer(seconds)
    try:
        yield peer
    finally:
        peer.close()


def peer_version() -> str:
    """Version of the installed nbdime."""
    from importlib.metadata import version

    return version("nbdime")


def matching(diff: Sequence[Mapping[str, Any]], rows: int, columns: int) -> frozenset[Pair]:
    """The matching that a diff of nbdime says: the base cells that it keeps or patches, in order.

    Its format (https://nbdime.readthedocs.io/en/latest/diffing.html#diff-format) names base indices: what is
    added stands before the base cell that it names, what is not named is kept.

    Raises
    ------
    ValueError
        The diff does not lead from `rows` cells to `columns`.
    """
    added: Counter[int] = Counter()
    removed: set[int] = set()
    cells: Sequence[Mapping[str, Any]] = next(
        (entry["diff"] for entry in diff if entry["key"] == "cells"), []
    )
    for entry in cells:
        if entry["op"] == "addrange":
            added[entry["key"]] += len(entry["valuelist"])
        elif entry["op"] == "removerange":
            removed.update(range(entry["key"], entry["key"] + entry["length"]))
    pairs = set()
    column = 0
    for row in range(rows):
        column += added[row]
        if row not in removed:
            pairs.add((row, column))
            column += 1
    if column + added[rows] != columns:
        raise ValueError(f"the diff leads to {column + added[rows]} cells instead of {columns}")
    return frozenset(pairs)


def _no_answer(seconds: float, why: str) -> Answer:
    return Answer(frozenset(), frozenset(), 0.0, seconds, why)


def _serve(pipe: Connection) -> None:
    """The child: pairs of notebooks in, answers out, until the other end is gone."""
    import logging

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to answer: it ends this process
    import nbdime  # type: ignore[import-untyped]
    import nbformat

    logging.disable(logging.CRITICAL)
    pipe.send(True)
    while True:
        try:
            base_data, head_data = pipe.recv()
        except EOFError:
            return
        started = time.perf_counter()
        try:
            base, head = (
                nbformat.reads(data.decode("utf-8", "surrogatepass"), as_version=4)
                for data in (base_data, head_data)
            )
            read = time.perf_counter()
            diff = nbdime.diff_notebooks(base, head)
            seconds = time.perf_counter() - read
            pairs = matching(diff, len(base["cells"]), len(head["cells"]))
            answer = Answer(pairs, frozenset(), read - started, seconds)
        except Exception as error:  # whatever the peer raises is its answer to this pair
            reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            answer = _no_answer(time.perf_counter() - started, reason)
        pipe.send(answer)
