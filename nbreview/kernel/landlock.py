"""Landlock by system call: refuse a process every write outside some folders, TCP, and signals to others.

Standard library only, Python 3.8: the source is also sent to kernels that have no nbreview. Imports nothing
of nbreview. What is not refused by which version of the interface is documented in the Linux kernel's
"Landlock: unprivileged access control" (userspace-api/landlock); `restrict` says what remains open. A refusal
is a PermissionError (EACCES, EPERM) or EXDEV and says nothing about the program that met it.
"""

# Plain calls of `os`, as little as can be in a fork.
# ruff: noqa: PTH112

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import struct

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION_FLAG = 1
_RULE_PATH_BENEATH = 1
_SET_NO_NEW_PRIVILEGES = 38

_WRITE_FILE = 1 << 1
_ALL_WRITES = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))  # remove and make, files to symlinks
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_TCP = 0b11
_SCOPES = 0b11  # abstract UNIX sockets, signals

# Writing to these changes nothing that lasts; `!cmd` runs on a pseudo-terminal.
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/ptmx", "/dev/pts", "/dev/random")


def landlock_version() -> int:
    """Version of the kernel's Landlock interface, 0 where there is none."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return max(0, int(libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))))
    except (OSError, AttributeError):
        return 0


def restrict(writable: list[str], version: int = 99) -> list[str]:
    """Refuse this thread, and what it starts, every write outside `writable`, TCP and signals to others.

    Parameters
    ----------
    writable:
        Folders below which everything stays allowed.
    version:
        Use no more of the interface than this version has.

    Returns
    -------
    What the kernel's version cannot refuse, as words for a sentence ("UDP").

    Raises
    ------
    OSError
        The kernel has no Landlock, or refuses to start it.
    """
    version = min(version, landlock_version())
    if not version:
        raise OSError(errno.ENOSYS, "this system has no Landlock")
    libc = ctypes.CDLL(None, use_errno=True)
    rights = _ALL_WRITES | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    fields = [rights] + ([_TCP] if version >= 4 else []) + ([_SCOPES] if version >= 6 else [])
    ruleset = _landlock_call(libc, _CREATE_RULESET, struct.pack(f"={len(fields)}Q", *fields), 0)
    try:
        for path in writable:
            _allow(libc, ruleset, path, rights)
        for path in _DEVICES:
            with contextlib.suppress(OSError):  # a device that this system lacks
                _allow(libc, ruleset, path, rights if os.path.isdir(path) else _WRITE_FILE)
        if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "no_new_privs is refused")
        if libc.syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)):
            raise OSError(ctypes.get_errno(), "Landlock is refused")
    finally:
        os.close(ruleset)
    open_ways = ["UDP and UNIX sockets", "rights, owner and times of files"]
    if version < 4:
        open_ways.append("TCP")
    if version < 6:
        open_ways.append("signals to other programs")
    if version < 3:
        open_ways.append("truncating files")
    return open_ways


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    folder = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    try:
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, folder))
        if libc.syscall(
            _ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_RULE_PATH_BENEATH), rule, ctypes.c_uint32(0)
        ):
            raise OSError(ctypes.get_errno(), "Landlock refuses a rule", path)
    finally:
        os.close(folder)


def _landlock_call(libc: ctypes.CDLL, number: int, attributes: bytes, flags: int) -> int:
    buffer = ctypes.create_string_buffer(attributes, len(attributes))
    result = libc.syscall(number, buffer, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(flags))
    if result < 0:
        raise OSError(ctypes.get_errno(), "Landlock is refused")
    return int(result)
