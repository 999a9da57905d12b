"""Namespaces for one process: its writes look real to it and vanish, the network is cut, others are unseen.

Standard library only, Python 3.8: the source is also sent to kernels that have no nbreview. It imports
nothing of nbreview. Linux only; macOS has no counterpart that a program may rely on (`sandbox-exec` is
deprecated), so there the level is "none": never tried, only reasoned.

`enter_namespaces` is for a freshly forked child: CLONE_NEWUSER asks for a process of one thread. It needs no
privilege (user_namespaces(7)); overlays in a user namespace need Linux 5.11, mount_setattr(2) needs 5.12.
Where a system forbids it (a container's seccomp profile, Ubuntu's AppArmor rule), it raises OSError with a
sentence, and `landlock.restrict` is what is left.
"""

# Plain calls of `os`, as little as can be in a fork; `zip(strict=)` is newer than Python 3.8.
# ruff: noqa: B905, PTH101, PTH103, PTH109, PTH111, PTH112, PTH116, PTH123

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import socket
import struct
import sys
import tempfile

_NEW_NAMESPACES = {"mount": 0x00020000, "network": 0x40000000, "process": 0x20000000, "IPC": 0x08000000}
_NEW_USER = 0x10000000
_READ_ONLY, _NO_SUID, _NO_DEV, _BIND, _RECURSIVE, _PRIVATE = 1, 2, 4, 4096, 16384, 1 << 18
_REMOUNT, _NO_EXEC, _DETACH = 32, 8, 2
_MOUNT_SETATTR = 442
# Where the parts of the overlays are put together; uncovered again before anything runs.
_STAGE = "/sys"
# Rights that the superuser's own kernel has over files; without CAP_SYS_ADMIN no mount is undone.
_FILE_CAPABILITIES = {0, 1, 2, 3, 4, 5, 6, 7}
_BOUNDING_DROP, _NO_NEW_PRIVILEGES, _DEATH_SIGNAL = 24, 38, 1
_INTERFACE_FLAGS_GET, _INTERFACE_FLAGS_SET, _INTERFACE_UP = 0x8913, 0x8914, 1


def enter_namespaces(folders: list[str], files_bytes: int) -> list[str]:
    """Move this process, mapped in a user namespace already, into others, with an overlay on each folder.

    The process namespace holds for the children forked next: the first of them is its init and should call
    `mount_proc`.

    Parameters
    ----------
    folders:
        Where writes shall look real; everything else becomes read-only.
    files_bytes:
        What may be written altogether; past it the writer meets ENOSPC.

    Returns
    -------
    What could not be had, as sentences.

    Raises
    ------
    OSError
        Something of it is refused here; the process may be in some of the namespaces.
    """
    libc = _libc()
    here = os.getcwd()
    places = _places(folders)
    for name, flag in _NEW_NAMESPACES.items():
        _checked(libc.unshare(flag), f"a {name} namespace is refused")
    _mount(libc, "none", "/", None, _RECURSIVE | _PRIVATE, "")
    _loopback_up()
    notes = _overlay_all(libc, places, files_bytes)
    os.chdir(here)  # by name: what was open is still the folder beneath
    return notes


def enter_user_namespace() -> None:
    """A user namespace, in which nobody is mapped yet.

    Raises
    ------
    OSError
        It is refused, or this process has several threads.
    """
    _checked(_libc().unshare(_NEW_USER), "a user namespace is refused")


def map_own_user(user: int, group: int) -> None:
    """Map what were this process's user and group to themselves, needing no privilege. Others are nobody."""
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def mount_proc() -> bool:
    """For the init of a process namespace: a /proc of its own, read-only, beside its parent's. False where
    it is refused: then it sees its parent's."""
    libc = _libc()
    try:
        _checked(libc.unshare(_NEW_NAMESPACES["mount"]), "a second mount namespace is refused")
        _mount(libc, "proc", "/proc", "proc", _NO_SUID | _NO_DEV | _NO_EXEC, "")
        _mount(libc, "none", "/proc", None, _REMOUNT | _BIND | _READ_ONLY | _NO_SUID | _NO_DEV | _NO_EXEC, "")
    except OSError:
        return False
    return True


def drop_privileges() -> None:
    """Give up, for good, every capability but those over files (of a superuser), and gaining any by exec."""
    libc = _libc()
    kept = _FILE_CAPABILITIES if os.geteuid() == 0 else set()
    for capability in range(64):
        if capability not in kept:
            libc.prctl(_BOUNDING_DROP, capability, 0, 0, 0)
    mask = sum(1 << capability for capability in kept)
    header = ctypes.create_string_buffer(struct.pack("=Ii", 0x20080522, 0))
    data = ctypes.create_string_buffer(struct.pack("=6I", mask, mask, 0, 0, 0, 0))
    _checked(libc.capset(header, data), "dropping capabilities is refused")
    _checked(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "no_new_privs is refused")


def die_with_parent(number: int) -> None:
    """Ask the kernel for signal `number` when the parent ends (PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        _libc().prctl(_DEATH_SIGNAL, number, 0, 0, 0)


def writable_folders(folder: str) -> list[str]:
    """Where a notebook's writes are expected: `folder`, home, temporary folders, shared memory, sockets."""
    names = [folder, os.path.expanduser("~"), tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm", "/run"]
    return list(dict.fromkeys(os.path.realpath(name) for name in names if os.path.isdir(name)))


def network_attempts() -> int:
    """How often anybody in this network namespace asked for what is not there (RFC 1213 and 4293 counters).

    Connections without a route, datagrams and connections to closed ports; programs that this process
    started count too.
    """
    wanted = {("Ip", "OutNoRoutes"), ("Tcp", "AttemptFails"), ("Udp", "NoPorts")}
    total = 0
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/net/snmp") as file:
            lines = file.read().splitlines()
        for names, values in zip(lines[::2], lines[1::2]):
            kind = names.split(":")[0]
            pairs = zip(names.split()[1:], values.split()[1:])
            total += sum(int(value) for name, value in pairs if (kind, name) in wanted)
        with open("/proc/self/net/snmp6") as file:
            rows = dict(line.split() for line in file.read().splitlines())
        total += int(rows.get("Ip6OutNoRoutes", 0)) + int(rows.get("Udp6NoPorts", 0))
    return total


def _overlay_all(libc: ctypes.CDLL, places: list[str], files_bytes: int) -> list[str]:
    """Everything read-only, then an overlay on each place, outermost first; upper halves are in memory."""
    _mount(libc, "tmpfs", _STAGE, "tmpfs", _NO_SUID | _NO_DEV, f"size={files_bytes},mode=700")
    for number, place in enumerate(places):
        for part in ("lower", "upper", "work"):
            os.makedirs(f"{_STAGE}/{number}/{part}")
        if os.path.isdir(place):
            _mount(libc, place, f"{_STAGE}/{number}/lower", None, _BIND | _RECURSIVE, "")
    attributes = ctypes.create_string_buffer(struct.pack("=4Q", _READ_ONLY, 0, 0, 0))
    # AT_FDCWD, AT_RECURSIVE
    result = libc.syscall(_MOUNT_SETATTR, -100, b"/", 0x8000, attributes, ctypes.c_size_t(32))
    _checked(result, "making the file system read-only is refused")
    _mount(libc, "none", _STAGE, None, _REMOUNT | _BIND | _NO_SUID | _NO_DEV, "")
    notes = []
    for number, place in enumerate(places):
        lower, upper, work = (f"{_STAGE}/{number}/{part}" for part in ("lower", "upper", "work"))
        if not os.path.isdir(place):
            continue
        owner = os.stat(lower)
        os.chmod(upper, owner.st_mode & 0o7777)
        with contextlib.suppress(OSError):  # an owner that is not mapped here
            os.chown(upper, owner.st_uid, owner.st_gid)
        try:
            _mount(
                libc,
                "overlay",
                place,
                "overlay",
                _NO_SUID | _NO_DEV,
                f"lowerdir={lower},upperdir={upper},workdir={work},userxattr",
            )
        except OSError as error:
            notes.append(f"{place} can only be read ({error.strerror}).")
            with contextlib.suppress(OSError):
                _mount(libc, lower, place, None, _BIND | _RECURSIVE, "")
    _checked(libc.umount2(_STAGE.encode(), _DETACH), "taking the stage down is refused")
    return notes


def _places(folders: list[str]) -> list[str]:
    """The folders and the mount points beneath them (an overlay shows one file system), outermost first.

    Raises
    ------
    OSError
        The root folder is among them: no overlay can be laid on it.
    """
    roots: list[str] = []
    for name in sorted(set(folders), key=len):
        if name == "/":
            raise OSError(errno.EINVAL, "the root folder cannot be laid over")
        if not any(name.startswith(root + "/") for root in roots):
            roots.append(name)
    with open("/proc/self/mountinfo") as file:
        points = {_unescaped(line.split()[4]) for line in file}
    inner = {point for point in points if any(point.startswith(root + "/") for root in roots)}
    return sorted({*roots, *inner}, key=len)


def _unescaped(text: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, sign)
    return text


def _loopback_up() -> None:
    """Programs that speak with themselves (workers, test servers) need 127.0.0.1."""
    import fcntl

    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14s", b"lo", 0, b"")
        flags = struct.unpack("16sH14s", fcntl.ioctl(any_socket, _INTERFACE_FLAGS_GET, request))[1]
        fcntl.ioctl(
            any_socket, _INTERFACE_FLAGS_SET, struct.pack("16sH14s", b"lo", flags | _INTERFACE_UP, b"")
        )


def _mount(libc: ctypes.CDLL, source: str, target: str, kind: str | None, flags: int, options: str) -> None:
    result = libc.mount(
        os.fsencode(source),
        os.fsencode(target),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        options.encode() if options else None,
    )
    _checked(result, f"mounting {kind or 'a view'} on {target} is refused")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int, refusal: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{refusal}: {os.strerror(number)}")
