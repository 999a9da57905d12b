"""Kernels that somebody else started: found, attached to, asked while busy, and left as they were."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.kernel.connection import new_connection, read_connection, running_kernels
from nbreview.kernel.model import KernelState
from nbreview.kernel.session import KernelSession
from tests.kernel.live import QUICK, gone, until

pytest.importorskip("jupyter_client", reason="the kernel extra is not installed")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A kernel that another program started: its connection file, in a runtime folder of its own, and pid."""
    runtime = tmp_path_factory.mktemp("runtime")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_RUNTIME_DIR", str(runtime))
        file = new_connection("python3", by_socket_files=False).file
    told = json.loads(file.read_text())
    file.write_text(json.dumps({**told, "jupyter_session": "/home/ada/model.ipynb"}))
    process = subprocess.Popen(
        [sys.executable, "-m", "ipykernel_launcher", "-f", str(file)],
        cwd=runtime,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("JUPYTER_RUNTIME_DIR", str(runtime))
            assert until(lambda: running_kernels()[0].alive)
        yield file, process.pid
    finally:
        process.kill()
        process.wait()


def test_running_kernels_are_listed_with_what_can_be_known(
    elsewhere: tuple[Path, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    dead = new_connection("python3", by_socket_files=False).file
    (tmp_path / "kernel-broken.json").write_text("{")
    (tmp_path / "kernel-live.json").write_text(elsewhere[0].read_text())
    ours = new_connection("ours", by_socket_files=True).file
    told = {**json.loads(dead.read_text()), "ip": "192.0.2.1"}
    (tmp_path / "kernel-far.json").write_text(json.dumps(told))
    found = {kernel.file.name: kernel for kernel in running_kernels(leave_out=[ours])}
    assert found["kernel-live.json"].alive is True
    assert found["kernel-live.json"].session_name == "/home/ada/model.ipynb"
    assert found[dead.name].alive is False
    assert "has ended" in found[dead.name].problem
    assert found["kernel-far.json"].alive is None
    assert "no connection file" in found["kernel-broken.json"].problem
    assert len(found) == 4


def test_an_attached_kernel_is_asked_run_in_and_left_as_it_is(elsewhere: tuple[Path, int]) -> None:
    file, pid = elsewhere
    with KernelSession.attach(file, patience=QUICK) as attached:
        assert (attached.owned, attached.pid, attached.python) == (False, pid, sys.executable)
        assert attached.execute("mine = 20 + 1").status == "ok"
        assert attached.evaluate("mine * 2") == 42
        with pytest.raises(UserError, match=r"started elsewhere: restart it there"):
            attached.restart()
    with pytest.raises(UserError, match="was left"):
        attached.execute("1")
    assert not gone(pid)
    assert file.exists()
    with KernelSession.attach(file, patience=QUICK) as again:
        assert again.evaluate("mine") == 21


def test_what_others_run_makes_an_attached_kernel_busy_and_only_asking_interrupts_it(
    elsewhere: tuple[Path, int],
) -> None:
    file, _ = elsewhere
    with KernelSession.attach(file, patience=QUICK) as owner:
        with KernelSession.attach(file, patience=QUICK) as early:
            owner.execute("import time\nprint('begun', flush=True)\nwhile True: time.sleep(.01)", timeout=0.3)
            assert owner.wait(10) is KernelState.IDLE
            owner_life = owner._life
            assert owner_life is not None
            owner_life.ask(
                "shell", "execute_request", {"code": "while True: time.sleep(.01)", "silent": False}
            )
            assert until(lambda: early.state is KernelState.BUSY)
            with KernelSession.attach(file, patience=QUICK) as late:
                assert late.state is KernelState.BUSY
                assert late.evaluate("mine") == 21
                with pytest.raises(UserError, match=r"busy with something that was started elsewhere"):
                    late.execute("1")
            assert early.state is KernelState.BUSY
            early.interrupt()
            assert early.wait(10) is KernelState.IDLE
        assert owner.wait(10) is KernelState.IDLE
        assert owner.execute("mine").output == "21\n"


def test_an_attached_kernel_that_does_not_stop_is_left_alive(elsewhere: tuple[Path, int]) -> None:
    file, pid = elsewhere
    with KernelSession.attach(file, patience=QUICK) as attached:
        stubborn = "go = True\nwhile go:\n try: time.sleep(.05)\n except KeyboardInterrupt: pass"
        assert attached.execute(stubborn, timeout=0.2).status == "timeout"
        assert until(lambda: "does not stop" in attached.detail)
        assert attached.state is KernelState.BUSY
        assert not gone(pid)
        attached.evaluate("globals().update(go=False)")
        assert attached.wait(10) is KernelState.IDLE
        assert attached.detail == ""
        assert attached.execute("mine").output == "21\n"


def test_attaching_to_what_is_no_live_kernel_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    hasty = replace(QUICK, answer=0.3)
    dead = new_connection("python3", by_socket_files=False).file
    with pytest.raises(UserError, match=r"does not answer; it has ended.*list the running kernels again"):
        KernelSession.attach(dead, patience=hasty)
    with pytest.raises(UserError, match=r"no such connection file.*list the running kernels"):
        KernelSession.attach(tmp_path / "none.json")
    good = json.loads(dead.read_text())
    for wrong in ("[]", "\x00", "[" * 50_000, "{}", json.dumps({**good, "shell_port": 99999}),
                  json.dumps({**good, "transport": "inproc"}), json.dumps({**good, "key": 3}),
                  json.dumps({**good, "signature_scheme": "none"})):  # fmt: skip
        (tmp_path / "odd.json").write_text(wrong)
        with pytest.raises(UserError, match=r"odd.json: this is no connection file"):
            read_connection(tmp_path / "odd.json")


def test_no_kernel_outlives_a_program_that_is_killed_or_ends_without_a_word(tmp_path: Path) -> None:
    for ending in ("os.kill(os.getpid(), 9)", "sys.exit()"):
        source = (
            "import os, sys\nfrom pathlib import Path\nfrom nbreview.kernel.session import KernelSession\n"
            f"session = KernelSession.start('python3', Path({str(tmp_path)!r}))\n"
            f"print(session.pid, flush=True)\n{ending}"
        )
        top = str(Path(__file__).parents[2])
        done = subprocess.run(
            [sys.executable, "-c", source],
            cwd=top,
            env={**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        pid = int(done.stdout)
        assert until(lambda pid=pid: gone(pid))
