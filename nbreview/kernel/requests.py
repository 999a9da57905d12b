"""What is asked of a kernel: one request and its answer, how long a kernel is given, and how it ends.

Imports `output` and below.
"""

import queue
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from nbreview.errors import UserError
from nbreview.kernel.output import OutputBudget
from nbreview.words import said


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a kernel is given, in seconds, for what.

    `start`: to answer for the first time. `answer`: to answer on its control channel. `again`: between two
    interrupts. `grace`: from Stop to its end. `silence`: without a heartbeat. `last_output`: from a cell's
    reply to the end of its output. `goodbye`: to end by itself when it is shut down.
    """

    start: float = 60.0
    answer: float = 5.0
    again: float = 1.0
    grace: float = 5.0
    silence: float = 10.0
    last_output: float = 1.0
    goodbye: float = 2.0


class KernelEnded(UserError):
    """The kernel ended, or cannot be reached any more, while something was asked of it."""


def ended(how: str, last_words: str, *, owned: bool) -> KernelEnded:
    """The error of a kernel that has ended; `how` goes on from "the kernel"."""
    if owned:
        return KernelEnded(
            said(
                "The kernel {how}{last_words}; what it held is lost: start it again.",
                how=how,
                last_words=last_words,
            )
        )
    return KernelEnded(
        said(
            "The kernel {how}{last_words}; what it held is lost: list the running kernels again, or start "
            "one here.",
            how=how,
            last_words=last_words,
        )
    )


class Note(Enum):
    """What the inbox of a request holds besides outputs."""

    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class Request:
    """One message that was sent and what came back. Its caller reads `inbox`: outputs, then `Note.DONE`."""

    number: str
    kind: str
    channel: str
    subshell: str = ""
    budget: OutputBudget | None = None
    inbox: "queue.SimpleQueue[Mapping[str, Any] | Note]" = field(default_factory=queue.SimpleQueue)
    reply: Mapping[str, Any] | None = None
    replied: float | None = None
    idle: bool = False
    done: bool = False
    note: str = ""
    lost: bool = False
    started: float = field(default_factory=time.monotonic)

    @property
    def main(self) -> bool:
        """Whether it keeps the main shell busy."""
        return self.channel == "shell" and not self.subshell
