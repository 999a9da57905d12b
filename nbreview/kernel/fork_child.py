"""What runs in the fork of a live kernel: one cell, through IPython's own machinery, shown to nobody.

Standard library and the kernel's own IPython, Python 3.8: the source is sent to the kernel. Imports
`handles`, `fork_state` and `containment`, which are sent with it. Never uses the kernel's sockets.

The fork is made in the main thread, between two cells: what a library keeps for a thread (torch's grad
mode, numpy's error state, the decimal context, sqlite3's owner) belongs to it, and no cell is half way. In a
subshell's thread all of these would be a newcomer's, and locks of a cell under way would stay shut.
"""

# Plain calls of `os`, as little as can be in a fork.
# ruff: noqa: PTH123

from __future__ import annotations

import asyncio
import builtins
import contextlib
import errno
import io
import random
import re
import sys
import warnings
from typing import Any

from nbreview.kernel.containment import network_attempts
from nbreview.kernel.fork_state import single_threaded_pools
from nbreview.kernel.handles import accelerators_in_use, handle_in, names_used

_MOST_FRAMES = 40
_LONGEST_MESSAGE = 4000
_ADDRESSES = 1 << 57  # user space with five levels of page tables, the most there is
_REFUSALS = {
    errno.EACCES: "permission",
    errno.EPERM: "permission",
    errno.EROFS: "writing there",
    errno.ENOSPC: "more space",
    errno.EFBIG: "larger files",
    errno.EDQUOT: "more space",
    errno.EOVERFLOW: "a file of another user",
    errno.EXDEV: "moving between folders",
    errno.EAGAIN: "more processes",
    errno.EMFILE: "more files",
    errno.ENOMEM: "memory",
}
_UNREACHED = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ECONNREFUSED, errno.ETIMEDOUT}
# What using a descriptor that was cut gives.
_CUT = {errno.ENOTSOCK, errno.EBADF, errno.EPIPE, errno.ENOTCONN, errno.ECONNRESET}
# What C libraries say of the same errors (strerror(3), SQLite's "Result Codes", `resource.setrlimit`), and of
# memory that is refused: texts, because most runs have no need of them, and compiling takes a millisecond.
_REFUSAL_WORDS = (
    r"Permission denied|Read-only file system|No space left on device|Operation not permitted|File too large"
    r"|not allowed to raise maximum limit|readonly database|unable to open database file|disk I/O error"
)
_MEMORY_WORDS = (
    r"Unable to allocate|[Cc](annot|an't) allocate memory|not enough memory|std::bad_alloc"
    r"|Resource temporarily unavailable|can't start new thread"
)
_GRAPHICS_WORDS = r"re-initialize CUDA in forked|CUDA error: initialization error"
_FOREIGN_LOOP = r"attached to a different loop|bound to a different event loop"


class NeedsInput(BaseException):
    """The cell asks the person. No `except Exception` of the cell's stops it."""


class BoundedText(io.TextIOBase):
    """Standard output of the cell: the head is kept, the rest counted."""

    def __init__(self, bound: int, kept: list[str]) -> None:
        self._bound = bound
        self._kept = kept
        self._size = sum(map(len, kept))

    encoding = "utf-8"
    errors = "replace"

    def write(self, text: str) -> int:
        """Keep what fits."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._size < self._bound:
            self._kept.append(text[: self._bound - self._size])
        self._size += len(text)
        return len(text)

    def writable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """The descriptor of standard output, as ipykernel's streams give it."""
        return 1


def run_target(contained: dict[str, Any], options: dict[str, Any], random_state: Any) -> dict[str, Any]:
    """Run the target in the forked kernel's namespace.

    Parameters
    ----------
    contained:
        The containment in force (see `supervision.keep`).
    options:
        "source" (the cell), "output_characters".
    random_state:
        `random.getstate()` before the fork (the module seeds itself anew in a child), or None.

    Returns
    -------
    "verdict" ("raised", "finished", "none") and, as far as they apply, "reason", "exception", "message",
    "frames", "line", "library", "warnings", "output", "network".
    """
    from IPython.core.getipython import get_ipython

    shell = get_ipython()  # type: ignore[no-untyped-call,unused-ignore]
    if shell is None:
        return {"verdict": "none", "reason": "The kernel has no IPython."}
    reason = _unsuited(shell, contained, options["source"])
    if reason:
        return {"verdict": "none", "reason": reason}
    if random_state is not None:
        random.setstate(random_state)
    single_threaded_pools()
    _eager_functions()
    kept: list[str] = []
    view = _View(shell, BoundedText(options["output_characters"], kept))
    attempts = network_attempts() if contained["level"] == "namespaces" else 0
    try:
        error = view.run(options["source"])
    except NeedsInput:
        return {"verdict": "none", "reason": "The cell asks the person for input."}
    finally:
        view.finish()
    asked = network_attempts() - attempts if contained["level"] == "namespaces" else 0
    found: dict[str, Any] = {"warnings": view.warnings, "network": asked, "output": "".join(kept)}
    if error is None:
        left = bool(getattr(shell, "exit_now", False))
        found["verdict"] = "none" if left else "finished"
        if left:
            found["reason"] = "The cell asks the kernel to exit."
        return found
    reason = refusal(error, contained["level"], asked, found["output"])
    if not isinstance(error, NeedsInput):
        found.update(_described(error, view, shell))
    found["verdict"] = "none" if reason else "raised"
    found["reason"] = reason
    return found


def refusal(error: BaseException, level: str, network: int, output: str = "") -> str:
    """Why this exception may be of the dry run's own making, "" where nothing points to that."""
    chain, one = [], error  # type: tuple[list[BaseException], BaseException | None]
    while one is not None and one not in chain and len(chain) < 20:
        chain.append(one)
        one = one.__cause__ or one.__context__
    for one in chain:
        if isinstance(one, NeedsInput):
            return "The cell asks the person for input."
        text = _text_of(one)
        if isinstance(one, MemoryError) or re.search(_MEMORY_WORDS, text):
            if _beyond_machine(one):
                continue
            return "The cell wants more memory, or more threads, than a dry run may take."
        if re.search(_FOREIGN_LOOP, text):
            return "The cell waits for what the kernel's event loop does, which no fork carries on."
        if re.search(_GRAPHICS_WORDS, text):
            return "The cell uses a graphics processor that the kernel has started, which no fork can."
        number = one.errno if isinstance(one, OSError) else None
        if number in _CUT:
            return f"The cell may use a connection that no fork carries ({type(one).__name__}: {text[:200]})."
        if level == "none":
            continue
        if number in _REFUSALS or re.search(_REFUSAL_WORDS, text):
            what = _REFUSALS.get(number or 0, "permission")
            return f"The dry run refuses {what} ({type(one).__name__}: {text[:200]})."
        if number in _UNREACHED:
            return "The cell asks for the network, which a dry run does not have."
    if network > 0:
        return "The cell asks for the network, which a dry run does not have."
    if level != "none" and type(error).__name__ == "CalledProcessError" and re.search(_REFUSAL_WORDS, output):
        return "A command of the cell was refused what a dry run does not have."
    return ""


class _View:
    """The shell with everything that would show something replaced."""

    def __init__(self, shell: Any, output: BoundedText) -> None:
        self.shell = shell
        self.warnings = 0
        self.shown: BaseException | None = None
        self.target_file = ""
        self._output = output
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = output  # type: ignore[assignment,misc]
        sys.stdin = io.StringIO()
        builtins.input = _no_input
        getpass = sys.modules.get("getpass")
        if getpass is not None:
            getpass.getpass = _no_input  # type: ignore[attr-defined]
        self._cut_channels()
        self._show_to_nobody()
        self._watch()

    def run(self, source: str) -> BaseException | None:
        """Run the cell as ipykernel does, inside a running event loop; the exception that Jupyter shows."""
        asyncio.set_event_loop(None)
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        result = loop.run_until_complete(self._run(source))
        error = result.error_before_exec if result.error_before_exec is not None else result.error_in_exec
        return error if error is not None else self.shown

    def finish(self) -> None:
        """Before the process exits: nothing of the cell's may print any more."""
        with contextlib.suppress(Exception):
            self._output.flush()

    async def _run(self, source: str) -> Any:
        shell = self.shell
        failure = None
        try:
            transformed = shell.transform_cell(source)
        except Exception:
            transformed, failure = source, sys.exc_info()
        if shell.should_run_async(source, transformed_cell=transformed, preprocessing_exc_tuple=failure):
            result = None
            try:
                result = await shell.run_cell_async(
                    source,
                    store_history=False,
                    silent=False,
                    transformed_cell=transformed,
                    preprocessing_exc_tuple=failure,
                )
            finally:
                shell.events.trigger("post_execute")
                shell.events.trigger("post_run_cell", result)
            return result
        return shell.run_cell(source, store_history=False, silent=False)

    def _cut_channels(self) -> None:
        kernel = getattr(self.shell, "kernel", None)
        session = getattr(kernel, "session", None)
        if session is not None:
            session.send = _nothing  # comms and widgets speak through it
        if kernel is not None:
            with contextlib.suppress(Exception):  # traits of a kernel that is not ipykernel's
                kernel.raw_input = kernel.getpass = _no_input

    def _show_to_nobody(self) -> None:
        """Keep what `display` shows and the last expression's value as text, formatted as Jupyter does.

        The shell's own publishers stay, with the methods that send replaced: making others takes 8 ms.
        """
        output, publisher, hook = self._output, self.shell.display_pub, self.shell.displayhook

        def published(data: Any, *_: Any, **__: Any) -> None:
            if isinstance(data, dict):
                output.write(str(data.get("text/plain", "")) + "\n")

        def formatted(format_dict: Any, *_: Any, **__: Any) -> None:
            output.write(str(format_dict.get("text/plain", "")) + "\n")

        publisher.publish = published
        publisher.clear_output = publisher.set_parent = _nothing
        hook.write_format_data = formatted
        hook.quiet = _nothing  # the real one looks the cell up in the history, where it is not
        for name in (
            "start_displayhook",
            "write_output_prompt",
            "log_output",
            "finish_displayhook",
            "set_parent",
        ):
            setattr(hook, name, _nothing)

    def _watch(self) -> None:
        shell = self.shell
        cache = shell.compile.cache

        def cached(transformed: str, *arguments: Any, **named: Any) -> Any:
            name = cache(transformed, *arguments, **named)
            self.target_file = self.target_file or name
            return name

        def shown(exc_tuple: Any = None, *_: Any, **__: Any) -> None:
            known = exc_tuple if isinstance(exc_tuple, tuple) else sys.exc_info()
            self.shown = self.shown or known[1]

        def counted(*_: Any, **__: Any) -> None:
            self.warnings += 1

        shell.compile.cache = cached
        # Their rendering takes 50 ms, and nobody reads it.
        shell.showtraceback = shell.showsyntaxerror = shell.showindentationerror = shown
        warnings.showwarning = counted


def _unsuited(shell: Any, contained: dict[str, Any], source: str) -> str:
    """Why this cell on this kernel is no work for a fork, "" where nothing speaks against it."""
    device = accelerators_in_use()
    if device or contained.get("graphics"):
        return "The kernel has started a graphics processor (%s), which no fork can use." % (
            device or "driver"
        )
    if contained.get("memory_shared"):
        return "The kernel shares memory with others that cannot be made private to a fork."
    names = names_used(source)
    if not names:  # magics among it, or nothing that parses
        try:
            names = names_used(shell.transform_cell(source))
        except Exception:  # IPython will say so itself
            return ""
    name, held = handle_in(shell.user_ns, names)
    if held:
        return f"`{name}` holds {held}, which no fork can use."
    return ""


def _eager_functions() -> None:
    """TensorFlow's graph functions wait for threads that did not survive the fork; eager ones run here."""
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is None:
        return
    for name in ("set_intra_op_parallelism_threads", "set_inter_op_parallelism_threads"):
        with contextlib.suppress(Exception):  # refused once its runtime has started
            getattr(tensorflow.config.threading, name)(1)
    with contextlib.suppress(Exception):  # half imported
        tensorflow.config.run_functions_eagerly(True)
        tensorflow.data.experimental.enable_debug_mode()


def _described(error: BaseException, view: _View, shell: Any) -> dict[str, Any]:
    """The exception as the outcome wants it. Frames: outermost first, the kernel's own left out."""
    cells = dict(getattr(shell.compile, "_filename_map", {}) or {})
    frames, library, line = [], "", None
    trace = error.__traceback__
    inside = not _met(error, view.target_file)
    while trace is not None:
        code = trace.tb_frame.f_code
        name, number = code.co_filename, trace.tb_lineno
        timed = name in ("<timed exec>", "<timed eval>")
        own = name == view.target_file or timed
        inside = inside or own
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if inside and not module.startswith("IPython."):
            known = own or name in cells
            library = "" if known else module.split(".")[0]
            if own:
                line = number if timed else number - 1
            earlier = f"In [{cells[name]}]" if name in cells else name
            frames.append(
                {
                    "file": "" if own else earlier,
                    "line": (line or 0) if own else number - 1,
                    "function": code.co_name,
                    "text": _line_of(name, number),
                }
            )
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.lineno and error.filename == view.target_file:
        line = error.lineno - 1
    if len(frames) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        frames = frames[:half] + frames[-half:]
    return {
        "exception": type(error).__name__,
        "message": _text_of(error),
        "frames": frames,
        "library": library,
        "line": line,
    }


def _text_of(error: BaseException) -> str:
    try:
        return str(error)[:_LONGEST_MESSAGE]
    except Exception:  # a __str__ of the cell's own
        return ""


def _met(error: BaseException, file: str) -> bool:
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in (file, "<timed exec>", "<timed eval>"):
            return True
        trace = trace.tb_next
    return False


def _line_of(name: str, number: int) -> str:
    import linecache

    return linecache.getline(name, number).strip()[:300]


def _beyond_machine(error: BaseException) -> bool:
    """NumPy and torch's allocator name the size of what they could not have. More than a process can address
    is refused to the kernel too, and so is more than the machine has at all (Linux's overcommit accounting,
    mode 0 and 2).
    """
    size = getattr(error, "_total_size", None)
    if not isinstance(size, int):
        named = re.search(r"you tried to allocate (\d+) bytes", _text_of(error))
        size = int(named.group(1)) if named else 0
    if size >= _ADDRESSES:
        return True
    with contextlib.suppress(OSError, ValueError, KeyError):
        with open("/proc/sys/vm/overcommit_memory") as file:
            if file.read().strip() == "1":
                return False
        with open("/proc/meminfo") as file:
            rows = dict(line.split(":", 1) for line in file)
        return size > sum(int(rows[name].split()[0]) << 10 for name in ("MemTotal", "SwapTotal"))
    return False


def _no_input(*_: Any, **__: Any) -> str:
    raise NeedsInput


def _nothing(*_: Any, **__: Any) -> None:
    return None
