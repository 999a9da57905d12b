"""A kernel of ours: cells, questions, Stop, and every way in which a kernel can fail. One kernel for most."""

import os
import random
import signal
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.kernel.model import KernelState
from nbreview.kernel.requests import KernelEnded
from nbreview.kernel.running import Executed
from nbreview.kernel.session import KernelSession, shut_down_all
from tests.kernel.live import QUICK, gone, ipykernel_argv, until, write_spec

pytest.importorskip("jupyter_client", reason="the kernel extra is not installed")

STUBBORN = (
    "import time\nwhile True:\n    try:\n        time.sleep(9)\n    except KeyboardInterrupt:\n        pass"
)


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KernelSession]:
    """A live kernel; a test that ends it restarts it."""
    session = KernelSession.start("python3", tmp_path_factory.mktemp("notebooks"), patience=QUICK)
    yield session
    session.shutdown()
    assert session.pid is not None
    assert gone(session.pid)


def cancelled_after(kernel: KernelSession, source: str, sign: str) -> Executed:
    """Run a cell and press Stop once it has printed the sign."""
    token = CancelToken()

    def press(output: Mapping[str, Any]) -> None:
        if sign in output.get("text", ""):
            token.cancel()

    return kernel.execute(source, press, token)


def test_it_works_in_the_notebooks_folder_with_the_persons_environment(kernel: KernelSession) -> None:
    told = kernel.evaluate("(__import__('os').getcwd(), __import__('os').environ.get('PYTHONPATH'))")
    assert told == [str(kernel.folder), os.environ.get("PYTHONPATH")]
    assert kernel.evaluate("__import__('os').getpid()") == kernel.pid
    assert kernel.language == "python"
    assert kernel.state is KernelState.IDLE


def test_a_cell_gives_its_output_in_order_and_its_text(kernel: KernelSession) -> None:
    outputs: list[Mapping[str, Any]] = []
    result = kernel.execute("print('one')\n6 * 7", outputs.append)
    assert result.status == "ok"
    assert result.output == "one\n42\n"
    assert [output["output_type"] for output in outputs] == ["stream", "execute_result"]
    assert outputs[1]["data"]["text/plain"] == "42"
    assert outputs[1]["execution_count"] == result.execution_count


def test_an_exception_comes_with_its_name_message_and_traceback(kernel: KernelSession) -> None:
    result = kernel.execute("import json\njson.loads('{')")
    assert (result.status, result.exception) == ("error", "JSONDecodeError")
    assert result.message.startswith("Expecting property name")
    assert any("json.loads" in line for line in result.traceback)


def test_magics_and_shell_commands_go_to_ipython_as_written(kernel: KernelSession) -> None:
    result = kernel.execute("%matplotlib --list\nfound = !echo shell\nfound")
    assert result.status == "ok"
    assert "['shell']" in result.output


def test_a_question_leaves_no_trace(kernel: KernelSession) -> None:
    kernel.execute("here = [3, 1]\nIn[-1]")
    look = "(sorted(k for k in globals()), get_ipython().execution_count, len(In), repr(_))"
    before = kernel.evaluate(look)
    source = "import json\ndef biggest(values):\n    mine = max(values)\n    return mine\n"
    assert kernel.evaluate(f"{source}json.dumps({{'most': biggest(user_ns['here'])}})") == {"most": 3}
    assert kernel.evaluate("(here := 5)") == 5
    assert kernel.evaluate("sum(here)", subshell=False) == 4
    assert kernel.evaluate(look) == before


def test_questions_one_behind_another_never_meet_a_kernel_busy_with_the_last(kernel: KernelSession) -> None:
    assert [kernel.evaluate("6 * 7", subshell=False) for _ in range(60)] == [42] * 60


def test_a_question_that_fails_says_so_and_the_kernel_goes_on(kernel: KernelSession) -> None:
    with pytest.raises(UserError, match=r"ZeroDivisionError.*go on"):
        kernel.evaluate("1 / 0")
    with pytest.raises(UserError, match=r"SyntaxError"):
        kernel.evaluate("1 +")
    with pytest.raises(UserError, match=r"lone surrogate.*type that place again"):
        kernel.execute("x = '\ud800'")
    assert kernel.evaluate("'it''s'") == "its"
    assert kernel.state is KernelState.IDLE


def test_a_busy_kernel_answers_beside_the_cell_where_it_can_and_says_busy_where_not(
    kernel: KernelSession,
) -> None:
    told: list[Any] = []

    def ask(output: Mapping[str, Any]) -> None:
        if "begun" in output.get("text", ""):
            assert kernel.state is KernelState.BUSY
            told.append(kernel.evaluate("stage"))
            with pytest.raises(UserError, match=r"busy; wait for the cell"):
                kernel.evaluate("stage", subshell=False)
            with pytest.raises(UserError, match=r"running a cell already"):
                kernel.execute("1")
            kernel.evaluate("globals().update(more=False)")

    source = (
        "import time\nstage, more = 'middle', True\nprint('begun', flush=True)\nwhile more: time.sleep(.01)"
    )
    assert kernel.execute(source, ask).status == "ok"
    assert told == ["middle"]


def test_stop_answers_at_once_and_the_kernel_keeps_what_it_had(kernel: KernelSession) -> None:
    kernel.execute("kept = 1\nimport time")
    result = cancelled_after(kernel, "print('go', flush=True)\nwhile True: time.sleep(.01)", "go")
    assert result.status == "aborted"
    assert kernel.wait(10) is KernelState.IDLE
    assert kernel.evaluate("kept") == 1


def test_a_flood_is_bounded_and_holds_up_no_stop(kernel: KernelSession) -> None:
    result = cancelled_after(kernel, "while True: print('flood' * 20)", "flood")
    assert result.status == "aborted"
    assert kernel.wait(10) is KernelState.IDLE
    loud = kernel.execute("for _ in range(40): print('loud' * 50_000)")
    assert loud.status == "ok"
    assert len(loud.output) < 201_000
    assert loud.output.endswith("which is not kept.\n")
    assert kernel.execute("'after'").output == "'after'\n"


def test_a_message_too_large_to_take_is_left_out(kernel: KernelSession) -> None:
    result = kernel.execute("print('x' * 80_000_000)")
    assert result.status == "ok"
    assert "more was printed" in result.output
    assert kernel.execute("1").output == "1\n"


def test_a_cell_that_asks_for_input_is_answered_with_what_to_do(kernel: KernelSession) -> None:
    result = kernel.execute("name = input('Your name? ')")
    assert (result.status, result.exception) == ("error", "StdinNotImplementedError")
    assert "put the value into the source" in result.message


def test_a_cell_past_its_time_is_interrupted(kernel: KernelSession) -> None:
    result = kernel.execute("import time\ntime.sleep(60)", timeout=0.2)
    assert result.status == "timeout"
    assert "0.2 s" in result.message
    assert kernel.wait(10) is KernelState.IDLE
    assert kernel.execute("2").output == "2\n"


def test_stopped_before_it_began_nothing_runs(kernel: KernelSession) -> None:
    token = CancelToken()
    token.cancel()
    assert kernel.execute("never = 1", cancel=token).status == "aborted"
    assert kernel.evaluate("'never' in globals()") is False


def test_a_question_past_its_time_says_so_and_another_is_answered(kernel: KernelSession) -> None:
    for subshell in (True, False):
        with pytest.raises(UserError, match=r"did not answer within 0.3 s"):
            kernel.evaluate("__import__('time').sleep(1)", timeout=0.3, subshell=subshell)
        assert kernel.wait(10) is KernelState.IDLE
        assert kernel.evaluate("1 + 1") == 2
    token = CancelToken()
    threading.Timer(0.1, token.cancel).start()
    with pytest.raises(Cancelled):
        kernel.evaluate("__import__('time').sleep(1)", timeout=10, cancel=token)


def test_an_error_of_whoever_takes_the_output_stops_the_cell(kernel: KernelSession) -> None:
    def broken(output: Mapping[str, Any]) -> None:
        raise LookupError("the window is gone")

    with pytest.raises(LookupError):
        kernel.execute("import time\nprint(1, flush=True)\nwhile True: time.sleep(.01)", broken)
    assert kernel.wait(10) is KernelState.IDLE


def test_twenty_random_stops_leave_a_healthy_kernel(kernel: KernelSession) -> None:
    chance = random.Random(7)
    sources = (
        "import time\nfor _ in range(30): time.sleep(.005)",
        "total = 0\nfor number in range(3_000_000): total += number",
        "print('x' * 100)\nraise ValueError('x')",
        "for _ in range(200): print('line' * 100)",
    )
    for turn in range(20):
        token = CancelToken()
        timer = threading.Timer(chance.random() * 0.15, token.cancel)
        timer.start()
        result = kernel.execute(sources[turn % 4], cancel=token)
        timer.cancel()
        assert result.status in ("ok", "error", "aborted")
    assert kernel.wait(10) is KernelState.IDLE
    assert kernel.detail == ""
    assert kernel.execute("6 * 7").output == "42\n"
    assert kernel.evaluate("6 * 7") == 42


def test_a_kernel_that_ends_itself_is_said_and_can_be_restarted(kernel: KernelSession) -> None:
    with pytest.raises(KernelEnded, match=r"ended with code 3.*start it again"):
        kernel.execute("import os\nos._exit(3)")
    assert kernel.state is KernelState.DEAD
    with pytest.raises(KernelEnded, match=r"ended with code 3"):
        kernel.evaluate("1")
    kernel.restart()
    assert kernel.execute("kept").exception == "NameError"


def test_a_kernel_that_is_killed_takes_its_children_along(kernel: KernelSession) -> None:
    kernel.execute("import subprocess\nchild = subprocess.Popen(['sleep', '600'])")
    child = kernel.evaluate("child.pid")
    assert kernel.pid is not None
    os.kill(kernel.pid, signal.SIGKILL)
    assert until(lambda: kernel.state is KernelState.DEAD)
    assert "SIGKILL" in kernel.detail
    assert until(lambda: gone(child))
    with pytest.raises(KernelEnded, match=r"memory runs out"):
        kernel.execute("1")
    kernel.restart()


def test_a_cell_that_will_not_stop_is_ended_with_its_kernel(kernel: KernelSession) -> None:
    result = kernel.execute(STUBBORN, timeout=0.2)
    assert result.status == "timeout"
    assert kernel.detail == "stopping"
    assert kernel.wait(10) is KernelState.DEAD
    assert "did not stop" in kernel.detail
    kernel.restart()
    assert kernel.state is KernelState.IDLE


def test_a_frozen_kernel_is_seen_and_stop_ends_it(tmp_path: Path) -> None:
    with KernelSession.start("python3", tmp_path, patience=replace(QUICK, silence=1.2, grace=0.5)) as frozen:
        assert frozen.pid is not None
        os.kill(frozen.pid, signal.SIGSTOP)
        assert until(lambda: "has not answered" in frozen.detail)
        assert frozen.execute("1", timeout=0.1).status == "timeout"
        assert frozen.wait(10) is KernelState.DEAD
        pid = frozen.pid
        assert until(lambda: gone(pid))


def test_a_restart_ends_the_cell_that_runs(kernel: KernelSession) -> None:
    ended: list[str] = []

    def run() -> None:
        try:
            kernel.execute("import time\nprint(1, flush=True)\nwhile True: time.sleep(.01)")
        except UserError as error:
            ended.append(error.message)

    thread = threading.Thread(target=run)
    thread.start()
    assert until(lambda: kernel.state is KernelState.BUSY)
    kernel.restart()
    thread.join(10)
    assert ended
    assert "was restarted" in ended[0]
    assert kernel.execute("1").output == "1\n"


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for kernel specifications that Jupyter looks into."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    return tmp_path / "jupyter"


def test_kernels_that_cannot_start_say_why_and_what_to_do(specs: Path, tmp_path: Path) -> None:
    python = ipykernel_argv()[0]
    write_spec(specs, "missing", ["/nowhere/python", "{connection_file}"])
    write_spec(specs, "quitter", [python, "-c", "raise SystemExit('no licence found')"])
    write_spec(specs, "mute", [python, "-c", "import time; time.sleep(60)"])
    with pytest.raises(UserError, match=r"/nowhere/python: .*could not be started.*install this one again"):
        KernelSession.start("missing", tmp_path)
    with pytest.raises(UserError, match=r"quitter ended with code 1 .*no licence found.*choose another"):
        KernelSession.start("quitter", tmp_path)
    with pytest.raises(UserError, match=r"mute did not answer within . s before it was ready"):
        KernelSession.start("mute", tmp_path, patience=replace(QUICK, start=0.5))
    with pytest.raises(UserError, match=r"absent: no kernel of this name is installed here \(there is "):
        KernelSession.start("absent", tmp_path)
    with pytest.raises(UserError, match=r"create it"):
        KernelSession.start("quitter", tmp_path / "gone")


def test_a_start_can_be_stopped_and_leaves_no_process(specs: Path, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    source = (
        f"import os, pathlib, time; pathlib.Path({str(told)!r}).write_text(str(os.getpid())); time.sleep(60)"
    )
    write_spec(specs, "mute", [ipykernel_argv()[0], "-c", source])
    token = CancelToken()
    errors: list[BaseException] = []

    def start() -> None:
        try:
            KernelSession.start("mute", tmp_path, token)
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    assert until(lambda: told.exists() and told.read_text())
    token.cancel()
    thread.join(10)
    assert isinstance(errors[0], Cancelled)
    assert gone(int(told.read_text()))


def test_a_kernel_that_prints_on_its_own_output_and_is_interrupted_by_message_works_alike(
    specs: Path, tmp_path: Path
) -> None:
    write_spec(specs, "loud", ipykernel_argv(), interrupt_mode="message")
    with KernelSession.start("loud", tmp_path, patience=QUICK) as loud:
        source = "import os\nfor _ in range(300): os.write(2, b'x' * 65536)\nos.write(1, b'end')"
        assert loud.execute(source).status == "ok"
        assert loud.execute("import time\ntime.sleep(60)", timeout=0.2).status == "timeout"
        assert loud.wait(10) is KernelState.IDLE
        assert loud.execute("1").output == "1\n"


def test_several_kernels_are_shut_down_side_by_side_and_leave_no_file(tmp_path: Path) -> None:
    sessions: list[KernelSession] = []
    threads = [
        threading.Thread(
            target=lambda: sessions.append(KernelSession.start("python3", tmp_path, patience=QUICK))
        )
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sessions) == 2
    files = [session.connection_file for session in sessions]
    pids = [session.pid for session in sessions]
    shut_down_all(sessions)
    assert all(pid is not None and gone(pid) for pid in pids)
    assert not any(file is not None and file.exists() for file in files)
    sessions[0].shutdown()
    with pytest.raises(UserError, match=r"was shut down"):
        sessions[0].execute("1")
