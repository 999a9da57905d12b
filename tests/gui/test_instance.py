"""A second start hands over what it was asked to open, and ends; nobody else can."""

import json
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from nbreview.gui.instance import InstanceServer, hand_over, instance_name


@pytest.fixture
def name() -> str:
    return f"nbreview-test-{uuid.uuid4().hex[:12]}"


def test_a_name_belongs_to_a_store(tmp_path: Path) -> None:
    assert instance_name(tmp_path / "a") == instance_name(tmp_path / "a")
    assert instance_name(tmp_path / "a") != instance_name(tmp_path / "b")


def test_without_a_first_process_there_is_nobody_to_hand_over_to(qapp: object, name: str) -> None:
    assert not hand_over(name, {"paths": []})


def test_what_is_handed_over_arrives(qtbot: QtBot, name: str) -> None:
    server = InstanceServer(name)
    assert server.listen()
    message: dict[str, Any] = {"paths": ["/tmp/ä b.ipynb"], "model": "", "folder": "/tmp"}
    script = (
        "import sys, json\nfrom PySide6.QtCore import QCoreApplication\n"
        "from nbreview.gui.instance import hand_over\n"
        "app = QCoreApplication([])\nsys.exit(not hand_over(sys.argv[1], json.loads(sys.argv[2])))\n"
    )
    with qtbot.waitSignal(server.asked) as asked:
        other = subprocess.Popen([sys.executable, "-c", script, name, json.dumps(message)])
    qtbot.waitUntil(lambda: other.poll() is not None)
    assert (asked.args, other.returncode) == ([message], 0)
    server.close()
    assert not hand_over(name, message)


def test_what_is_no_message_is_passed_over(qtbot: QtBot, name: str) -> None:
    server = InstanceServer(name)
    assert server.listen()
    heard: list[object] = []
    server.asked.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(name)
    assert socket.waitForConnected(5_000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(b"not json\n")
    assert heard == []
    server.close()


def test_the_name_of_a_killed_process_is_taken_over(qtbot: QtBot, name: str, tmp_path: Path) -> None:
    script = (
        "import os, sys\nfrom PySide6.QtCore import QCoreApplication\n"
        "from PySide6.QtNetwork import QLocalServer\n"
        f"app = QCoreApplication([])\ns = QLocalServer()\nassert s.listen({name!r})\n"
        "sys.stdout.write('up'); sys.stdout.flush(); os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.stdout == b"up"
    server = InstanceServer(name)
    assert server.listen()
    server.close()
