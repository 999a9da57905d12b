"""Which lines of a traceback a reader needs: the notebook's own frames, and the last one.

Pure: imports `notebook`. Frames of installed packages and of Python's own library fold with a count; files
of the author's own stay, like the notebook's cells. Understands what IPython has written since 5.0, and
plain Python.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nbreview.notebook import ansi
from nbreview.words import said

MIN_FOLDED_LINES = 2
"""Fewer lines than this stay: a fold would save nothing."""

_FRAME = re.compile(
    r"\s*(?:"
    r"(?P<cell>(?:Cell )?In\s?\[[^\]]*\]|Input In \[[^\]]*\]|<ipython-input-[\w-]+>"
    r"|(?:File )?\"?\S*ipykernel_\d+[/\\]\d+\.py)"
    r"|File (?P<file>.+?)(?:\", line \d+|, line \d+|:\d+)"
    r"|(?P<bare>(?:[~./\\]|[A-Za-z]:\\)\S.*?) in \S"
    r"|<(?P<frozen>frozen [^>]*|decorator-gen-\d+|__array_function__ internals|string)>.* in "
    r")"
)
_INSTALLED = re.compile(r".*[/\\](?:site-packages|dist-packages)[/\\]([^/\\]+)")
_LIBRARY = re.compile(
    r"[/\\]lib(?:64)?[/\\]python3(?:\.\d+)?[/\\](?P<module>[^/\\]+)"
    r"|[/\\]Lib[/\\](?P<windows>[^/\\]+)"
    r"|^\"?<?(?P<frozen>frozen)\b"
    r"|^\"?(?P<compiled>[\w./]+)\.p(?:yx|xd|xi)(?:\.in)?\b"
)
_END = re.compile(r"[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Iteration|Timeout)\b")
_BETWEEN = re.compile(
    r"\s*(?:-{10,}|={10,})\s*$|.*Traceback \(most recent call last\)"
    r"|(?:During handling of the above exception|The above exception was the direct cause)"
)


@dataclass(frozen=True, slots=True)
class FrameFold:
    """Lines `start` up to but not including `stop` that fold: `frames` frames of `packages`."""

    start: int
    stop: int
    frames: int
    packages: tuple[str, ...]

    @property
    def text(self) -> str:
        """What the fold says."""
        named = ", ".join(self.packages[:3]) + (", …" if len(self.packages) > 3 else "")
        count = f"{self.frames:,}"
        frames = said("1 frame") if self.frames == 1 else said("{count} frames", count=count)
        return said("{frames} in {packages}", frames=frames, packages=named) if named else frames


@dataclass(slots=True)
class _Frame:
    start: int
    stop: int
    package: str | None  # of the library that it is in; None for the author's own


def traceback_folds(text: str) -> tuple[FrameFold, ...]:
    """The stretches of a traceback's lines that fold, in order. `text` may hold colours."""
    return _folds(ansi.settle(text))


@lru_cache(maxsize=256)
def _folds(text: str) -> tuple[FrameFold, ...]:
    lines = text.replace("\r\n", "\n").split("\n")
    frames = _frames(lines)
    kept = {id(_last(frames))}
    folds: list[FrameFold] = []
    run: list[_Frame] = []
    for frame in [*frames, None]:
        joins = (
            frame is not None
            and frame.package is not None
            and id(frame) not in kept
            and (not run or frame.start == run[-1].stop)
        )
        if joins and frame is not None:
            run.append(frame)
            continue
        folds.extend(_fold(run))
        again = frame is not None and frame.package is not None and id(frame) not in kept
        run = [frame] if again and frame is not None else []
    folds.extend(_fold(run))
    return tuple(folds)


def _fold(run: Sequence[_Frame]) -> list[FrameFold]:
    if not run or run[-1].stop - run[0].start < MIN_FOLDED_LINES:
        return []
    names = dict.fromkeys(frame.package for frame in run if frame.package)
    return [FrameFold(run[0].start, run[-1].stop, len(run), tuple(names))]


def _last(frames: Sequence[_Frame]) -> _Frame | None:
    return frames[-1] if frames else None


def _frames(lines: Sequence[str]) -> list[_Frame]:
    frames: list[_Frame] = []
    opened = False
    for number, line in enumerate(lines):
        found = _FRAME.match(line)
        if found is not None:
            if opened:
                frames[-1].stop = number
            frames.append(_Frame(number, len(lines), _package(found)))
            opened = True
        elif opened and (_BETWEEN.match(line) or _END.match(line)):
            frames[-1].stop = number
            opened = False
    for frame in frames:
        # The blank lines before what is said next stay with it.
        while frame.stop > frame.start + 1 and not lines[frame.stop - 1].strip() and _ends(lines, frame.stop):
            frame.stop -= 1
    return frames


def _ends(lines: Sequence[str], stop: int) -> bool:
    return stop >= len(lines) or _FRAME.match(lines[stop]) is None


def _package(found: re.Match[str]) -> str | None:
    if found["cell"]:
        return None
    if found["frozen"]:
        return "python"
    path = (found["file"] or found["bare"] or "").strip()
    installed = _INSTALLED.match(path)
    if installed is not None:
        return installed[1].removesuffix(".py")
    library = _LIBRARY.search(path)
    if library is None:
        return None
    if library["compiled"]:
        return library["compiled"].rpartition("/")[2].partition(".")[0]
    return "python"
