"""Connection files: where a kernel listens. Ours are written here, and those of a running Jupyter are found.

Imports `errors`; `zmq`, `jupyter_client` and `jupyter_core` only when asked. The format is documented under
"Connection files" in jupyter_client's documentation.
"""

import json
import re
import secrets
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.words import Said, said

_PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
_LARGEST_FILE = 100_000
_LONGEST_SOCKET = 100
_LOCAL = re.compile(r"^(127\.\d+\.\d+\.\d+|localhost|::1|0\.0\.0\.0|)$")


@dataclass(frozen=True, slots=True)
class Connection:
    """What a connection file says. `session_name` is the notebook's path where Jupyter wrote it, or ""."""

    file: Path
    transport: str
    ip: str
    ports: Mapping[str, int]
    key: bytes
    signature_scheme: str = "hmac-sha256"
    kernel_name: str = ""
    session_name: str = ""
    curve_public: bytes = b""
    curve_secret: bytes = b""

    @property
    def local(self) -> bool:
        """Whether it is on this machine."""
        return self.transport == "ipc" or _LOCAL.match(self.ip) is not None

    @property
    def files(self) -> tuple[Path, ...]:
        """The connection file, and the sockets that a kernel makes beside it."""
        sockets = [Path(f"{self.ip}-{port}") for port in self.ports.values()]
        return (self.file, *(sockets if self.transport == "ipc" else ()))

    def address(self, channel: str) -> str:
        """The address of "shell", "iopub", "stdin", "control" or "hb"."""
        port = self.ports[f"{channel}_port"]
        if self.transport == "ipc":
            return f"ipc://{self.ip}-{port}"
        return f"tcp://{self.ip or '127.0.0.1'}:{port}"


@dataclass(frozen=True, slots=True)
class RunningKernel:
    """A connection file that was found.

    `alive`: True when its heartbeat answered, False when it did not, None when it was not asked (it is on
    another machine). `modified` is the file's time, in seconds since the epoch. `problem` says why it cannot
    be attached to, "" where it can.
    """

    file: Path
    kernel_name: str = ""
    session_name: str = ""
    alive: bool | None = None
    modified: float = 0.0
    problem: str = ""


def read_connection(file: Path) -> Connection:
    """Read a connection file.

    Raises
    ------
    UserError
        It cannot be read or is no connection file.
    """
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise _UnlikeError(said("it is too large"))
        told = json.loads(file.read_text(encoding="utf-8"))
        return _connection(file, told)
    except FileNotFoundError as error:
        raise UserError(
            said(
                "{file}: there is no such connection file; the kernel has ended, or was restarted under "
                "another name: list the running kernels again.",
                file=file,
            )
        ) from error
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        reason = error.how if isinstance(error, _UnlikeError) else str(error)
        raise UserError(
            said(
                "{file}: this is no connection file of a kernel ({reason}); choose a kernel-….json from the "
                "folder that `jupyter --runtime-dir` names.",
                file=file,
                reason=reason,
            )
        ) from error


def new_connection(kernel_name: str, *, by_socket_files: bool) -> Connection:
    """Write a connection file with a fresh key into Jupyter's runtime folder.

    Parameters
    ----------
    kernel_name:
        Jupyter's name for the kernel, or "".
    by_socket_files:
        Speak through sockets in that folder, which nobody else can open, instead of free ports of this
        machine. Only where the system has them; not every kernel that is not Python knows them.

    Raises
    ------
    UserError
        The folder cannot be written.
    """
    from jupyter_client.connect import write_connection_file

    folder = runtime_folder()
    name = f"kernel-{uuid.uuid4()}"
    file, path = folder / f"{name}.json", str(folder / name)
    socket_files = by_socket_files and sys.platform != "win32" and len(path.encode()) < _LONGEST_SOCKET
    options = {"transport": "ipc", "ip": path} if socket_files else {}
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_connection_file(str(file), key=secrets.token_hex().encode(), kernel_name=kernel_name, **options)
    except OSError as error:
        raise UserError(
            said(
                "{folder}: a kernel's connection file cannot be written there ({reason}); make the folder "
                "writable, or set JUPYTER_RUNTIME_DIR.",
                folder=folder,
                reason=error.strerror or str(error),
            )
        ) from error
    return read_connection(file)


def runtime_folder() -> Path:
    """The folder in which Jupyter keeps connection files."""
    from jupyter_core.paths import jupyter_runtime_dir

    return Path(jupyter_runtime_dir())


def running_kernels(seconds: float = 0.5, leave_out: Sequence[Path] = ()) -> tuple[RunningKernel, ...]:
    """The connection files of this user's Jupyter, newest first, each asked for its heartbeat.

    Nothing is sent to the shell of any kernel, and nothing at all to another machine.

    Parameters
    ----------
    seconds:
        How long all heartbeats together may take.
    leave_out:
        Files of kernels that this program started.
    """
    found: list[RunningKernel] = []
    asked: dict[Path, Connection] = {}
    without = {path.resolve() for path in leave_out}
    try:
        files = sorted(runtime_folder().glob("kernel-*.json"))
    except OSError:
        files = []
    for file in files:
        if file.resolve() in without:
            continue
        try:
            modified = file.stat().st_mtime
        except OSError:
            continue
        try:
            connection = read_connection(file)
        except UserError as error:
            found.append(RunningKernel(file, modified=modified, alive=False, problem=error.message))
            continue
        if connection.local:
            asked[file] = connection
        found.append(RunningKernel(file, connection.kernel_name, connection.session_name, None, modified))
    beating = heartbeats(asked, seconds)
    known = [
        replace(kernel, alive=beating[kernel.file]) if kernel.file in asked else kernel for kernel in found
    ]
    return tuple(sorted(map(_with_problem, known), key=lambda kernel: -kernel.modified))


def heartbeats(connections: Mapping[Path, Connection], seconds: float) -> dict[Path, bool]:
    """Which of these kernels answer on their heartbeat within this time."""
    import zmq

    answers = dict.fromkeys(connections, False)
    if not connections:
        return answers
    context = zmq.Context()
    try:
        poller = zmq.Poller()
        sockets = {}
        for file, connection in connections.items():
            socket = connected(context, zmq.DEALER, connection, "hb")
            socket.send_multipart([b"", b"nbreview"])
            sockets[socket] = file
            poller.register(socket, zmq.POLLIN)
        deadline = time.monotonic() + seconds
        while not all(answers.values()) and (left := deadline - time.monotonic()) > 0:
            for socket, _ in poller.poll(max(1, int(left * 1000))):
                socket.recv_multipart()
                answers[sockets[socket]] = True
                poller.unregister(socket)
    finally:
        context.destroy(linger=0)
    return answers


def connected(
    context: Any, kind: int, connection: Connection, channel: str, options: Mapping[int, Any] | None = None
) -> Any:
    """A ZeroMQ socket of this kind with these options, connected to one channel of a kernel."""
    socket = context.socket(kind)
    for option, value in (options or {}).items():
        socket.setsockopt(option, value)
    if connection.curve_public:
        socket.curve_secretkey = connection.curve_secret
        socket.curve_publickey = connection.curve_public
        socket.curve_serverkey = connection.curve_public
    socket.connect(connection.address(channel))
    return socket


def _with_problem(kernel: RunningKernel) -> RunningKernel:
    if kernel.problem or kernel.alive is not False:
        return kernel
    return replace(
        kernel, problem=said("{file}: its kernel does not answer; it has ended.", file=kernel.file.name)
    )


class _UnlikeError(ValueError):
    """It is no connection file; `how` says why."""

    def __init__(self, how: Said) -> None:
        super().__init__(how)
        self.how = how


def _connection(file: Path, told: Any) -> Connection:
    if not isinstance(told, dict):
        raise _UnlikeError(said("it holds no JSON object"))
    ports = {name: told.get(name) for name in _PORTS}
    if any(not isinstance(port, int) or not 0 < port < 65_536 for port in ports.values()):
        raise _UnlikeError(said("it names no ports"))
    texts = {name: told.get(name, "") for name in ("transport", "ip", "key", "signature_scheme")}
    if any(not isinstance(text, str) for text in texts.values()):
        raise _UnlikeError(said("its address is not text"))
    transport = texts["transport"] or "tcp"
    if transport not in ("tcp", "ipc"):
        raise _UnlikeError(said("its transport is {transport}", transport=f"{transport!r}"))
    scheme = texts["signature_scheme"] or "hmac-sha256"
    if not re.fullmatch(r"hmac-(sha256|sha384|sha512|sha1|sha224|md5|sha3_256|sha3_512)", scheme):
        raise _UnlikeError(said("its signature scheme is {scheme}", scheme=f"{scheme!r}"))
    return Connection(
        file,
        transport,
        texts["ip"],
        {name: int(port) for name, port in ports.items() if port is not None},
        texts["key"].encode(),
        scheme,
        _text(told.get("kernel_name")),
        _text(told.get("jupyter_session")),
        _text(told.get("curve_publickey")).encode(),
        _text(told.get("curve_secretkey")).encode(),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
