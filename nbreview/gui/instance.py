"""One process for all windows: a second start hands what it was asked to open to the first, and ends.

Speaks over a socket of the machine that only this user may open. Imports PySide6 only.
"""

import getpass
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 2000
"""How long the first process may take to answer; a hung one must not keep a second from starting."""
LONGEST = 1 << 20
"""Bytes of a message; more is nobody's command line."""
TAKEN = b"taken\n"


def instance_name(store: Path) -> str:
    """The socket's name: one process a user and store."""
    told = f"{getpass.getuser()}\n{store.expanduser().absolute()}"
    return f"nbreview-{hashlib.sha256(told.encode()).hexdigest()[:20]}"


def hand_over(name: str, message: Mapping[str, Any]) -> bool:
    """Give a message to the process that is running already; whether there is one and it has taken it."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(json.dumps(message).encode() + b"\n")
    taken = b""
    while not taken.endswith(b"\n") and socket.waitForReadyRead(PATIENCE_MS):
        taken += socket.readAll().data()
    socket.disconnectFromServer()
    return taken == TAKEN


class InstanceServer(QObject):
    """What the first process listens with."""

    asked = Signal(object)
    """A message of a later start: a mapping, as `hand_over` was given it."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        self._name = name

    def listen(self) -> bool:
        """Listen from now on. False where that cannot be; the program then runs as one of several."""
        if self._server.listen(self._name):
            return True
        # Nobody answered before this was asked for: the name is left over from a process that was killed.
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _connected(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setParent(self)
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > LONGEST:
            socket.abort()
            return
        while socket.canReadLine():
            try:
                message = json.loads(bytes(socket.readLine().data()))
            except ValueError:
                message = None
            if not isinstance(message, dict):
                socket.abort()
                return
            socket.write(TAKEN)
            socket.flush()
            self.asked.emit(message)
