"""Probe, part 6: samples of data loaders, taken in a forked child. Sent to the kernel as text.

Standard library only, Python 3.8 and newer, POSIX. A data set's `__len__` and `__getitem__` and a loader's
`collate_fn` are the notebook's own code, so they never run in the kernel: a fork of it runs them, sends what
it found through a pipe, and is ended. In the child every regular file is opened anew (a shared offset would
move the kernel's), sockets and devices are closed, files cannot grow, an audit hook refuses what would make,
change or delete files, start programs or use the network, and the time is bounded. An error that these bounds
may have made is told as a reason, not as the notebook's.
"""

# ruff: noqa: PTH112, PTH208, UP031

from __future__ import annotations

import contextlib
import errno
import json
import os
import select
import signal
import stat
import sys
import time
import warnings
from typing import Any

from nbreview.kernel.probe_core import Look, bases, class_name, own

SAMPLES = 16


class Silence:
    """Standard output of the child."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


def sample_loaders(look: Look, told: dict[str, Any]) -> dict[str, Any]:
    """Fill in what a fork finds of each loader; the reasons, by name, where it found nothing."""
    waiting = list(look.loaders)
    reasons: dict[str, Any] = {}
    if not waiting:
        return reasons
    if not hasattr(os, "fork") or sys.platform == "win32":
        return {name: "samples need a fork, which this system does not have" for name, _, _ in waiting}
    if sys.version_info >= (3, 12) and any(
        entry[0] == "error" and issubclass(DeprecationWarning, entry[2]) for entry in warnings.filters
    ):
        return {name: "samples need a fork, and warnings are errors in this kernel" for name, _, _ in waiting}
    until = time.monotonic() + look.limits["samples_seconds"]
    while waiting and time.monotonic() < until:
        done = _one_fork(waiting, told, min(until, time.monotonic() + look.limits["sample_seconds"]), look)
        for name, _, _ in waiting[done : done + 1]:
            reasons[name] = "no sample came in time"
        waiting = waiting[done + 1 :]
    for name, _, _ in waiting:
        reasons[name] = "no sample came in time"
    return reasons


def _one_fork(waiting: list[Any], told: dict[str, Any], until: float, look: Look) -> int:
    """How many of those waiting a child told of before it ended or the time was up."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            _child(waiting, writing, look.limits["sample_seconds"])
        finally:
            os._exit(0)
    os.close(writing)
    done, text = 0, b""
    try:
        while True:
            left = until - time.monotonic()
            if left <= 0 or not select.select([reading], [], [], left)[0]:
                break
            part = os.read(reading, 65536)
            if not part:
                break
            text += part
            while b"\n" in text:
                line, text = text.split(b"\n", 1)
                name = waiting[done][0]
                if name in told:
                    _merge(told[name], json.loads(line.decode("ascii")))
                done += 1
                until = max(until, time.monotonic() + 0.05)
            if len(text) > 200000 or done == len(waiting):
                break
    finally:
        os.close(reading)
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(pid, 0)
    return done


def _merge(found: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(found.get(key), dict):
            _merge(found[key], value)
        else:
            found[key] = value


def _child(waiting: list[Any], pipe: int, seconds: float) -> None:
    sys.stdout = sys.stderr = Silence()
    if not _cut_off(pipe):
        return
    sys.addaudithook(refuse)
    torch = sys.modules["torch"]
    torch.set_num_threads(1)
    for _, kind, value in waiting:
        try:
            found = (
                _loader(value, seconds)
                if kind == "loader"
                else {"dataset": _samples(value, {}), **_length(value)}
            )
        except BaseException as error:
            found = {"dataset": {"sample_shapes": {"error": _why(error)}}}
        try:
            text = json.dumps(found)
        except (TypeError, ValueError):
            text = "{}"
        os.write(pipe, text.encode("ascii")[:60000] + b"\n" if len(text) < 60000 else b"{}\n")


def _cut_off(pipe: int) -> bool:
    """Make the child's hands its own: files anew, no sockets, no devices, no growing files."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return False
    folder = "/proc/self/fd" if os.path.isdir("/proc/self/fd") else "/dev/fd"
    nothing = os.open(os.devnull, os.O_RDWR)
    for name in os.listdir(folder):
        number = int(name)
        if number in (pipe, nothing):
            continue
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        if not stat.S_ISREG(mode):
            os.dup2(nothing, number)
        elif folder == "/proc/self/fd":
            place = os.lseek(number, 0, os.SEEK_CUR)
            try:
                again = os.open("/proc/self/fd/%d" % number, os.O_RDONLY)
            except OSError:
                again = os.dup(nothing)
                place = -1
            os.dup2(again, number)
            os.close(again)
            if place >= 0:
                os.lseek(number, place, os.SEEK_SET)
        else:
            os.dup2(nothing, number)
    return True


_OURS = (errno.EFBIG, errno.EBADF, errno.ENOTSOCK, errno.ENOTCONN, errno.EPIPE, errno.ENOTTY, errno.ENODEV)


def _ours(error: BaseException) -> bool:
    """Whether the child's own bounds may have made this error: then it says nothing of the notebook."""
    if isinstance(error, OSError):
        return isinstance(error, Refused) or error.errno in _OURS
    return "CUDA" in str(error) or isinstance(error, MemoryError)


class Refused(OSError):
    """What a look must not do."""


_CHANGES = frozenset(
    [
        "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
        "os.chown", "os.kill", "os.killpg", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty",
        "os.utime", "os.setxattr", "os.removexattr", "subprocess.Popen", "socket.connect", "socket.bind",
        "socket.sendto", "shutil.rmtree", "sqlite3.connect",
    ]
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def refuse(event: str, details: Any) -> None:
    """Audit hook of the child (PEP 578): no file is made, changed or deleted, nothing is started."""
    if event == "open" and type(details[2]) is int and details[2] & _WRITING:
        raise Refused(f"{str(details[0])[:100]} would be written")
    if event in _CHANGES:
        raise Refused(f"{event} is not for a look")


def _why(error: BaseException) -> str:
    return (f"{type(error).__name__}: {error}")[:400]


def _failure(error: BaseException) -> Any:
    """A reason in words where the bounds made it, otherwise the error as published."""
    return "a sample cannot be taken in a fork: " + _why(error) if _ours(error) else {"error": _why(error)}


def _length(dataset: Any) -> dict[str, Any]:
    try:
        return {"length": len(dataset)}
    except BaseException as error:
        return {"reason": f"its length cannot be told ({_why(error)})"}


def _shape(value: Any) -> Any:
    """What stands for a part of a sample in the published layout: its shape, or the name of its type."""
    shape = getattr(value, "shape", None)
    if shape is not None and any(class_name(cls) == "torch.Tensor" for cls in bases(type(value))):
        return "torch.Size(%s)" % [int(part) for part in shape]
    if type(shape) is tuple:
        return repr(tuple(int(part) for part in shape))
    return repr(type(value).__name__)


def _kind(value: Any) -> str:
    dtype = getattr(value, "dtype", None)
    return str(dtype) if dtype is not None else type(value).__name__


def _parts(sample: Any) -> list[Any]:
    """(name, part) of a sample: a pair is an input and its label."""
    if isinstance(sample, dict):
        return [(str(key)[:60], part) for key, part in list(sample.items())[:20]]
    if isinstance(sample, (tuple, list)):
        if len(sample) == 2:
            return [("input", sample[0]), ("label", sample[1])]
        return [("item[%d]" % place, part) for place, part in enumerate(sample[:20])]
    return [("input", sample)]


def _samples(dataset: Any, found: dict[str, Any]) -> dict[str, Any]:
    """Shapes and types over some samples at equal distances."""
    try:
        count = len(dataset)
    except BaseException:
        count = None
    try:
        if count is None:
            source = iter(dataset)
            samples = [sample for _, sample in zip(range(SAMPLES), source)]  # noqa: B905 - Python 3.8
        else:
            # Neighbours and distant ones: what alternates would hide from equal distances alone.
            places = dict.fromkeys([*range(min(count, SAMPLES)), *range(0, count, max(1, count // SAMPLES))])
            samples = [dataset[place] for place in list(places)[: 2 * SAMPLES]]
    except BaseException as error:
        return {"reason" if _ours(error) else "sample_shapes": _failure(error)}
    shapes: dict[str, Any] = {}
    dtypes: dict[str, Any] = {}
    for sample in samples:
        for name, part in _parts(sample):
            shape, kind = _shape(part), _kind(part)
            if shape not in shapes.setdefault(name, []):
                shapes[name].append(shape)
            if kind not in dtypes.setdefault(name, []):
                dtypes[name].append(kind)
    text = ", ".join("{!r}: {{{}}}".format(name, ", ".join(held[:10])) for name, held in shapes.items())
    return {
        "sample_shapes": {"$repr": f"defaultdict(<class 'set'>, {{{text}}})"},
        "value_types": {name: held[:10] for name, held in dtypes.items()},
    }


def _loader(loader: Any, seconds: float) -> dict[str, Any]:
    """Counts, shapes of samples, and one batch collated for trial."""
    held = own(loader)
    dataset, size = held["dataset"], held.get("batch_size") or 1
    found: dict[str, Any] = {"dataset": _samples(dataset, {})}
    try:
        found["num_examples"] = len(dataset)
        found["num_batches"] = len(loader)
    except BaseException as error:
        found["reason"] = f"its length cannot be told ({_why(error)})"
    try:
        if "num_examples" in found:
            batch = [dataset[place] for place in range(min(size, found["num_examples"], 256))]
        else:
            batch = [sample for _, sample in zip(range(min(size, 256)), iter(dataset))]  # noqa: B905
    except BaseException as error:
        found["dataset"]["reason" if _ours(error) else "batch_shapes"] = _failure(error)
        return found
    try:
        collated = held["collate_fn"](batch)
    except BaseException as error:
        why = f"collate_fn failed: {error}"[:400]
        found["dataset"]["reason" if _ours(error) else "batch_shapes"] = (
            why if _ours(error) else {"error": why}
        )
        return found
    if isinstance(collated, dict):
        parts = [(f"batch[{key!r}]", part) for key, part in list(collated.items())[:20]]
    elif isinstance(collated, (list, tuple)):
        parts = [("batch[%d]" % place, part) for place, part in enumerate(collated[:20])]
    else:
        parts = [("batch", collated)]
    found["dataset"]["batch_shapes"] = {name: {"$repr": _shape(part)} for name, part in parts}
    return found
