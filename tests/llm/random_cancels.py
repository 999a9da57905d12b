"""Random cancels of an engine at all stages, and what is left after them: for tests and for the benchmark."""

import os
import random
import statistics
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import (
    Choices,
    Event,
    Loading,
    LoadOptions,
    Message,
    Prompting,
    Reply,
    Request,
    Sampling,
    Token,
)

STAGES = ("before", "loading", "prompt", "reply", "guessing", "weighing", "after a delay")
_LATEST = 3.0
_SLOW = {"loading": 0.2}
"""Share of the cancels: a load begins with a new process, which takes longest."""


@dataclass(frozen=True, slots=True)
class Cancels:
    """What so many cancels came to; seconds from Stop to idle. `late` were over before Stop was raised."""

    count: int
    seconds: tuple[float, ...]
    late: int
    stages: dict[str, int]
    processes: int

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)

    @property
    def worst(self) -> float:
        """Seconds."""
        return max(self.seconds)


def cancel_at_random(
    engine: LocalEngine, options: LoadOptions, count: int, *, seed: int, prompt: int
) -> Cancels:
    """Ask and stop `count` times; `engine` has loaded `options`.

    Parameters
    ----------
    prompt:
        Characters of the prompts.
    """
    draw = random.Random(seed)
    seconds, late, stages = [], 0, dict.fromkeys(STAGES, 0)
    for turn in range(count):
        stage = draw.choices(STAGES, [_SLOW.get(stage, 1.0) for stage in STAGES])[0]
        stages[stage] += 1
        if engine.info is None:  # a load was stopped
            engine.load(options, _pass_over, CancelToken())
        cancel, raised = CancelToken(), []
        timer: threading.Timer | None = None

        def stop(cancel: CancelToken = cancel, raised: list[float] = raised) -> None:
            if not raised:
                raised.append(time.perf_counter())
                cancel.cancel()

        watch = _Watch(stage, draw.randrange(1, 12), stop)
        if stage == "before":
            stop()
        else:
            # A model may write nothing that can be shown; then Stop comes all the same.
            timer = threading.Timer(draw.random() * 0.3 if stage == "after a delay" else _LATEST, stop)
            timer.start()
        try:
            if stage == "loading":
                engine.load(options, watch, cancel)
            else:
                engine.ask(_request(stage, turn, prompt), watch, cancel)
            late += 1
        except Cancelled:
            seconds.append(time.perf_counter() - raised[0])
        finally:
            if timer is not None:
                timer.cancel()
                timer.join()
    return Cancels(count, tuple(seconds), late, stages, len(children()))


def _request(stage: str, turn: int, prompt: int) -> Request:
    text = f"{turn}: " + "frame = frame.dropna()\n" * (prompt // 23)
    choices = (
        Choices(" so: ", tuple(f"{letter}" * 40 for letter in "abcdefgh")) if stage == "weighing" else None
    )
    tokens = 1 if stage == "weighing" else 100_000
    return Request(
        (Message("user", text),),
        Sampling(0.8, 1.0, turn, tokens),
        choices=choices,
        lookup=stage == "guessing",
        state_key="cancelled" if turn % 2 else "",
    )


class _Watch:
    """Raises Stop in the stage that is meant, at its n-th event."""

    def __init__(self, stage: str, number: int, stop: object) -> None:
        self._stage = stage
        self._left = (
            1 if stage == "weighing" else min(number, 2) if stage in ("prompt", "loading") else number
        )
        self._stop = stop

    def __call__(self, event: Event) -> None:
        meant = {"loading": Loading, "prompt": Prompting}.get(self._stage, Token)
        if not isinstance(event, meant) or self._stage in ("before", "after a delay"):
            return
        self._left -= 1
        if self._left == 0:
            self._stop()  # type: ignore[operator]


def children() -> list[int]:
    """The worker processes that this process has started and that still run, zombies among them."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            command = (entry / "cmdline").read_text()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and ("nbreview.llm.worker" in command or fields[0] == "Z"):
            found.append(int(entry.name))
    return found


def healthy(engine: LocalEngine) -> Reply:
    """The engine answers as if nothing had been."""
    request = Request((Message("user", "Are you well?"),), Sampling(0.0, max_tokens=12))
    return engine.ask(request, _pass_over, CancelToken())


def _pass_over(_: Event) -> None:
    """Nobody looks."""
