"""What a forked child shares with its parent, and how to cut it: descriptors, shared memory, threads' pools.

Standard library only, Python 3.8: the source is sent to the kernel. Imports nothing of nbreview.

fork(2) copies the table of descriptors, not what is open: offsets are shared, so reading a file in the
child moves the parent's position. Each regular file is opened again by name (in a child with overlays: the
overlay's copy) at its position; sockets, pipes, epoll and event descriptors become /dev/null, so that nothing
the child does reaches who is at the other end. Shared writable mappings become private copies (mmap(2),
MAP_PRIVATE).
"""

# Plain calls of `os`, as little as can be in a fork.
# ruff: noqa: PTH115, PTH123, PTH208

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import mmap
import os
import stat
import sys

_LARGEST_COPY = 256 << 20
_OPENBLAS = [
    f"{prefix}openblas_set_num_threads{suffix}"
    for prefix in ("", "scipy_")
    for suffix in ("", "64_", "_64", "64")
]
_POOLS = [
    (("libgomp", "libiomp5", "libomp"), ["omp_set_num_threads"]),
    (("libopenblas", "libscipy_openblas"), _OPENBLAS),
    (("libmkl_rt",), ["MKL_Set_Num_Threads"]),
    (("libblis",), ["bli_thread_set_num_threads"]),
]
_FIXED_PRIVATE = 0x10 | 0x02
_FIXED_PRIVATE_ANONYMOUS = 0x10 | 0x02 | 0x20


class Descriptor:
    """One open descriptor: number, path, flags of open(2) and position, as they were before the fork."""

    __slots__ = ("flags", "mode", "number", "path", "position")

    def __init__(self, number: int, path: str, mode: int, flags: int, position: int) -> None:
        self.number = number
        self.path = path
        self.mode = mode
        self.flags = flags
        self.position = position


def open_descriptors() -> list[Descriptor]:
    """Everything that this process has open, but the three standard ones."""
    found = []
    for number in _numbers():
        try:
            mode = os.fstat(number).st_mode
        except OSError:  # the listing's own descriptor
            continue
        path, flags, position = "", os.O_RDONLY, 0
        with contextlib.suppress(OSError):
            path = os.readlink(f"/proc/self/fd/{number}")
            if stat.S_ISREG(mode) or stat.S_ISDIR(mode):  # what is opened again
                with open(f"/proc/self/fdinfo/{number}") as file:
                    fields = dict(line.split(None, 1) for line in file if ":" in line)
                flags, position = int(fields["flags:"], 8), int(fields["pos:"])
        found.append(Descriptor(number, path, mode, flags, position))
    return found


def graphics_descriptors(descriptors: list[Descriptor]) -> bool:
    """Whether a graphics processor's driver is open: a CUDA or ROCm context does not survive a fork."""
    return any(one.path.startswith(("/dev/nvidia", "/dev/kfd", "/dev/dri/")) for one in descriptors)


def keep_only(numbers: set[int]) -> None:
    """Close every descriptor but the standard ones and these."""
    for number in _numbers():
        if number not in numbers:
            with contextlib.suppress(OSError):
                os.close(number)


def replace_descriptors(descriptors: list[Descriptor], kept: set[int], overlaid: bool) -> list[str]:
    """Give this process descriptors of its own under the same numbers.

    Parameters
    ----------
    descriptors:
        What was open before the fork.
    kept:
        Numbers to leave alone.
    overlaid:
        Whether writing to a file opened by its name is harmless. Otherwise what could be written becomes a
        copy in memory.

    Returns
    -------
    Paths of files that can only be read where the parent could write.
    """
    read_only = []
    null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    for one in descriptors:
        if one.number in kept:
            continue
        fresh = null
        if stat.S_ISREG(one.mode) or stat.S_ISDIR(one.mode):
            fresh, downgraded = _again(one, null, overlaid)
            if downgraded:
                read_only.append(one.path)
        elif stat.S_ISCHR(one.mode) and one.path in ("/dev/null", "/dev/urandom", "/dev/random", "/dev/zero"):
            continue
        with contextlib.suppress(OSError):
            os.dup2(fresh, one.number, inheritable=os.get_inheritable(one.number))
        if fresh != null:
            os.close(fresh)
    os.close(null)
    return read_only


def privatise_shared_memory() -> bool:
    """Turn every shared writable mapping into a private copy at its address. False where one cannot be.

    NumPy's memmaps, `multiprocessing.shared_memory`, torch's shared tensors and the locks of
    `multiprocessing` live in such mappings.
    """
    if sys.platform != "linux":
        return True
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [
        ctypes.c_void_p,
        ctypes.c_size_t,
        ctypes.c_int,
        ctypes.c_int,
        ctypes.c_int,
        ctypes.c_long,
    ]
    with open("/proc/self/maps") as file:
        lines = [line.split(None, 5) for line in file if " rw-s " in line]
    complete = True
    for fields in lines:
        start, end = (int(part, 16) for part in fields[0].split("-"))
        path = fields[5].strip() if len(fields) > 5 else ""
        if (
            path.startswith("/dev/") and not path.startswith(("/dev/shm/", "/dev/zero"))
        ) or not _mapped_again(libc, start, end - start, path, int(fields[2], 16), int(fields[4])):
            complete = False
    return complete


def single_threaded_pools() -> None:
    """One thread in every pool: OpenMP's other threads did not survive the fork, and waiting for them hangs.

    What `threadpool_limits(1)` does, by the same entry points of the libraries' interfaces (the OpenMP
    specification, OpenBLAS, oneMKL, BLIS), in 2 ms where importing and asking threadpoolctl takes 20.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LOKY_MAX_CPU_COUNT"):
        os.environ[name] = "1"
    libraries = set()
    with contextlib.suppress(OSError), open("/proc/self/maps") as file:
        libraries = {line[line.index("/") : -1] for line in file if ".so" in line and "/" in line}
    for path in libraries:
        name = path[path.rindex("/") + 1 :]
        for beginnings, entries in _POOLS:
            if name.startswith(beginnings):
                _call_first(path, entries)
    torch = sys.modules.get("torch")
    if torch is not None:
        with contextlib.suppress(Exception):  # half imported
            torch.set_num_threads(1)
    joblib = sys.modules.get("joblib")
    if joblib is not None:
        with contextlib.suppress(Exception):  # half imported
            getattr(joblib, "parallel_config", joblib.parallel_backend)("sequential")


def _call_first(path: str, entries: list[str]) -> None:
    with contextlib.suppress(OSError):
        library = ctypes.CDLL(path)
        for entry in entries:
            if hasattr(library, entry):
                getattr(library, entry)(1)
                return


def _again(one: Descriptor, null: int, overlaid: bool) -> tuple[int, bool]:
    """The file opened once more at its position, and whether only for reading where it was for writing."""
    flags = one.flags & ~(os.O_CREAT | os.O_EXCL | os.O_TRUNC) | os.O_CLOEXEC
    writes = flags & os.O_ACCMODE != os.O_RDONLY
    here = one.path
    if here.endswith(" (deleted)") or not here or (writes and not overlaid and stat.S_ISREG(one.mode)):
        return _copied(one, null, writes)
    for attempt, downgraded in ((flags, False), (flags & ~os.O_ACCMODE | os.O_RDONLY, writes)):
        with contextlib.suppress(OSError):
            fresh = os.open(here, attempt)
            if stat.S_ISREG(one.mode):
                os.lseek(fresh, one.position, os.SEEK_SET)
            return fresh, downgraded
    return null, writes


def _copied(one: Descriptor, null: int, writes: bool) -> tuple[int, bool]:
    """The bytes of a file in a file of this process's memory: it has no name, or must not be written."""
    with contextlib.suppress(OSError, AttributeError):
        size = os.fstat(one.number).st_size
        if size <= _LARGEST_COPY:
            copy = os.memfd_create("dry run")
            done = 0
            source = os.open(f"/proc/self/fd/{one.number}", os.O_RDONLY | os.O_CLOEXEC)
            while done < size:
                piece = os.pread(source, min(1 << 20, size - done), done)
                if not piece:
                    break
                os.write(copy, piece)
                done += len(piece)
            os.close(source)
            os.lseek(copy, one.position, os.SEEK_SET)
            if one.flags & os.O_APPEND:
                fcntl.fcntl(copy, fcntl.F_SETFL, os.O_APPEND)
            return copy, False
    return null, writes


def _mapped_again(libc: ctypes.CDLL, address: int, length: int, path: str, offset: int, inode: int) -> bool:
    protection = mmap.PROT_READ | mmap.PROT_WRITE
    with contextlib.suppress(OSError):
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            if os.fstat(file).st_ino == inode:
                return bool(libc.mmap(address, length, protection, _FIXED_PRIVATE, file, offset) == address)
        finally:
            os.close(file)
    if length > _LARGEST_COPY:
        return False
    content = ctypes.string_at(address, length)
    if libc.mmap(address, length, protection, _FIXED_PRIVATE_ANONYMOUS, -1, 0) != address:
        return False
    ctypes.memmove(address, content, length)
    return True


def _numbers() -> list[int]:
    for folder in ("/proc/self/fd", "/dev/fd"):
        with contextlib.suppress(OSError):
            return sorted(number for number in map(int, os.listdir(folder)) if number > 2)
    return list(range(3, 256))
