"""Pages of a mapped model file that the process holds though it has copied what is in them. Linux only;
elsewhere nothing is done. Runs in the child; no llama_cpp, and nothing of nbreview.

llama.cpp maps a file whole, and copies the weights that it lays out anew for the processor (Q4_0 and its
kin) or moves to a GPU. The pages they came from stay with the process: a model of 4 GiB counts 8 (measured:
8.0 GiB resident for 7 B parameters in Q4_0, 4.6 planned), and other programs see that much less free. Given
back, a page that is needed after all comes from the page cache.
"""

import contextlib
import ctypes
import sys
from pathlib import Path

_DONT_NEED = 4  # MADV_DONTNEED
_LEAST_BYTES = 2**20


def own_bytes() -> int:
    """Memory of this process that is no mapped file; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0


def release() -> int:
    """Give the pages of files that are mapped to be read and shared back; how many bytes were mapped.

    Nothing is lost: their content is that of the file.
    """
    if not sys.platform.startswith("linux"):
        return 0
    released = 0
    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/maps").read_text(errors="replace").splitlines():
            where, kind, *rest = line.split(maxsplit=5)
            first, last = (int(number, 16) for number in where.split("-"))
            size = last - first
            if kind != "r--s" or not rest[-1].startswith("/") or size < _LEAST_BYTES:
                continue
            if libc.madvise(ctypes.c_void_p(first), ctypes.c_size_t(size), _DONT_NEED) == 0:
                released += size
    return released
