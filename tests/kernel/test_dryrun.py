"""Dry runs in a live kernel: what they see, what they leave alone, and how a cell can misbehave."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.kernel.access import CONTAINED, UNCONTAINED, Access, Containment
from nbreview.kernel.dryrun import containment_level, dry_run
from nbreview.kernel.model import Outcome, OutcomeStatus, RunLimits, Step
from nbreview.kernel.session import KernelSession

pytest.importorskip("jupyter_client", reason="the kernel extra is not installed")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

QUICK = RunLimits(seconds=5.0, memory_bytes=600 << 20, files_bytes=64 << 20)
LANDLOCK = Access((Containment.LANDLOCK,))
STATE = """
import os, random, sys, threading
shell = get_ipython()
def files_and_pipes(link):
    return not link.startswith(("s", "a")) and "history" not in link
def where(number):
    try:
        return os.readlink("/proc/self/fd/" + number)
    except OSError:
        return "s"
(
    sorted(map(str, user_ns)),
    shell.execution_count,
    len(user_ns["In"]),
    hash(random.getstate()),
    user_ns["file"].tell(),
    os.getcwd(),
    sorted(os.listdir(".")),
    sorted(filter(files_and_pipes, map(where, os.listdir("/proc/self/fd")))),
    sorted(thread.name for thread in threading.enumerate() if "subshell" not in thread.name),
    user_ns["numbers"],
    sorted(os.environ.items()),
    sys.stdout is user_ns["stdout"],
    len(sys.modules),
)
""".replace("get_ipython()", "user_ns['get_ipython']()")


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KernelSession]:
    """A live kernel with a few values and an open file."""
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "data.txt").write_text("0123456789" * 10)
    session = KernelSession.start("python3", folder)
    session.execute(
        "import random, sys\nnumbers = [1, 2, 3]\nstdout = sys.stdout\nrandom.seed(7)\n"
        "file = open('data.txt', 'r+')\nfile.read(3)\n"
        "def half(value):\n    return value / 2"
    )
    containment_level(session)
    yield session
    session.shutdown()


@pytest.fixture
def contained(kernel: KernelSession) -> KernelSession:
    """The kernel, on a system that has namespaces."""
    if containment_level(kernel).level is not Containment.NAMESPACES:
        pytest.skip("this system gives no namespaces")
    return kernel


def tried(kernel: KernelSession, source: str, access: Access = CONTAINED, **limits: Any) -> Outcome:
    """A dry run that leaves the kernel exactly as it was."""
    before = kernel.evaluate(STATE, subshell=False)
    chosen = RunLimits(**{name: getattr(QUICK, name) for name in QUICK.__slots__} | limits)
    outcome = dry_run(kernel, Step(source), chosen, access)
    assert kernel.evaluate(STATE, subshell=False) == before
    assert children_of(kernel.pid) == []
    return outcome


def children_of(pid: int | None) -> list[str]:
    """Living children of a process; those that were killed a moment ago get a moment."""
    deadline = time.monotonic() + 20
    while True:
        found = [
            child
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
        if not found or time.monotonic() > deadline:
            return found
        threading.Event().wait(0.01)


def test_the_exception_of_a_cell_comes_with_its_line_and_frames(kernel: KernelSession) -> None:
    outcome = tried(kernel, "print('first')\n\nhalf('x')\n")
    assert outcome.status is OutcomeStatus.RAISED
    assert (outcome.exception, outcome.line, outcome.library) == ("TypeError", 2, "")
    assert outcome.message.startswith("unsupported operand")
    assert outcome.output == "first\n"
    assert [(frame.file, frame.line, frame.text) for frame in outcome.frames] == [
        ("", 2, "half('x')"),
        ("In [1]", 7, "return value / 2"),
    ]


def test_a_kernel_of_another_python_gets_the_source(
    kernel: KernelSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nbreview.kernel.dryrun.compiled", lambda modules: ("ffff", "of another Python"))
    assert tried(kernel, "numbers[9]").exception == "IndexError"


def test_the_library_that_raised_is_named(kernel: KernelSession) -> None:
    outcome = tried(kernel, "import json\njson.loads('{')")
    assert (outcome.exception, outcome.line, outcome.library) == ("JSONDecodeError", 1, "json")


def test_a_cell_that_ends_well_finished_and_its_head_of_output_is_kept(kernel: KernelSession) -> None:
    outcome = tried(kernel, "for n in range(9):\n    print(n)\nnumbers", output_characters=12)
    assert outcome == Outcome(OutcomeStatus.FINISHED, output="0\n1\n2\n3\n4\n5\n", seconds=outcome.seconds)


def test_warnings_are_counted(kernel: KernelSession) -> None:
    source = "import warnings\nfor n in range(3):\n    warnings.warn(str(n))"
    assert tried(kernel, source).warnings == 3


def test_what_was_cut_from_the_child_is_no_crash(kernel: KernelSession) -> None:
    outcome = tried(kernel, "import os\nos.write(999, b'x')")
    assert outcome.status is OutcomeStatus.NO_VERDICT
    assert "a connection that no fork carries" in outcome.reason


def test_names_bound_in_a_dry_run_are_unknown_to_the_next(kernel: KernelSession) -> None:
    assert tried(kernel, "numbers.append(4)\nfresh = 1").status is OutcomeStatus.FINISHED
    assert tried(kernel, "assert numbers == [1, 2, 3]\nfresh").exception == "NameError"


def test_a_dry_run_draws_the_same_random_numbers_as_the_cell_will(kernel: KernelSession) -> None:
    first = tried(kernel, "random.random()").output
    assert tried(kernel, "random.random()").output == first
    assert kernel.evaluate(
        "(lambda r: (r.setstate(s := r.getstate()), r.random(), r.setstate(s))[1])(random)"
    ) == float(first)


def test_reading_an_open_file_moves_nothing_in_the_kernel(kernel: KernelSession) -> None:
    assert tried(kernel, "file.read(4)").output == "'3456'\n"
    assert tried(kernel, "file.seek(0)\nfile.read(2)").output == "'01'\n"


@pytest.mark.parametrize(
    ("source", "exception", "line"),
    [
        ("x = (", "SyntaxError", 0),
        ("a = 1\n  b = 2", "IndentationError", 1),
        ("raise SystemExit", "SystemExit", 0),
        ("import sys\nsys.exit(3)", "SystemExit", 1),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", 0),
        ("import asyncio\nawait asyncio.sleep(0)\n1 / 0", "ZeroDivisionError", 2),
        ("import asyncio\nasyncio.run(asyncio.sleep(0))", "RuntimeError", 1),
        ("%%time\nnumbers[0]\nnumbers[7]", "IndexError", 2),
        ("get_ipython().run_line_magic('no_such', '')", "UsageError", None),
        ("%%bash\nexit 3", "CalledProcessError", None),
        ("class E(Exception):\n    def __str__(self): 1 / 0\nraise E", "E", 2),
        ("def f(n): return f(n + 1)\nf(0)", "RecursionError", 0),
        # As torch's allocator words it; no machine has so much.
        (
            "raise RuntimeError(f'you tried to allocate {1 << 57} bytes: not enough memory')",
            "RuntimeError",
            0,
        ),
    ],
)
def test_what_jupyter_would_show_as_an_error_is_one(
    kernel: KernelSession, source: str, exception: str, line: int | None
) -> None:
    outcome = tried(kernel, source)
    assert (outcome.status, outcome.exception) == (OutcomeStatus.RAISED, exception), outcome
    if line is not None:
        assert outcome.line == line


@pytest.mark.parametrize(
    "source",
    [
        "import asyncio\nawait asyncio.sleep(0.01)\n'done'",
        "get_ipython().run_line_magic('pwd', '')",
        "!echo shell",
        "found = !ls\nassert 'data.txt' in found",
        "%%bash\necho from bash",
        "import threading\nthreading.Thread(target=lambda: __import__('time').sleep(60)).start()",
        "import subprocess\nsubprocess.Popen(['sleep', '60'], start_new_session=True)",
        "import os\nos.kill(os.getppid(), 9)",
        "",
        "# nothing",
        "\n".join(f"value_{number} = {number}" for number in range(2_000)),
    ],
)
def test_what_ends_well_finished(contained: KernelSession, source: str) -> None:
    outcome = tried(contained, source, seconds=20.0)
    assert outcome.status is OutcomeStatus.FINISHED, outcome


def test_a_cell_of_a_hundred_thousand_lines_ends_in_something(kernel: KernelSession) -> None:
    outcome = tried(kernel, "x = 1\n" * 100_000, seconds=1.0)
    assert outcome.status in (OutcomeStatus.FINISHED, OutcomeStatus.NO_VERDICT)


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "while True:\n    print('x' * 1000)",
        "import os\nwhile True:\n    os.write(1, b'x' * 1000)",
        "!sleep 60",
        "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    ],
)
def test_a_cell_without_end_is_no_verdict_once_its_time_is_up(kernel: KernelSession, source: str) -> None:
    outcome = tried(kernel, source, seconds=0.4)
    assert outcome.status is OutcomeStatus.NO_VERDICT
    assert outcome.reason == "The cell was still running after 0.4 s."


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import os\nos._exit(0)", "ended its process (exit status 0)"),
        ("import os\nos._exit(9)", "ended its process (exit status 9)"),
        ("import ctypes\nctypes.string_at(0)", "a signal (segmentation fault)"),
        ("input('name? ')", "asks the person"),
        ("try:\n    input()\nexcept Exception:\n    pass", "asks the person"),
        ("import getpass\ngetpass.getpass()", "asks the person"),
        ("exit()", "asks the kernel to exit"),
        ("held = []\nwhile True:\n    held.append(bytearray(10_000_000))", "memory"),
        ("x = bytearray(10 ** 13)", "memory"),
        ("import os, time\nwhile True:\n    if not os.fork(): time.sleep(60)", "more processes"),
        ("open('big', 'wb').write(bytes(80_000_000))", "refuses"),
        ("import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=1)", "network"),
        ("import urllib.request\nurllib.request.urlopen('http://example.org')", "network"),
        ("open('/etc/dry-run', 'w')", "refuses writing there"),
    ],
)
def test_what_says_nothing_about_the_cell_is_no_verdict(
    contained: KernelSession, source: str, reason: str
) -> None:
    outcome = tried(contained, source)
    assert outcome.status is OutcomeStatus.NO_VERDICT, outcome
    assert reason in outcome.reason


def test_writes_look_real_to_the_cell_and_leave_no_trace(contained: KernelSession) -> None:
    folder = contained.folder
    assert folder is not None
    home, temporary = Path.home() / "dry-run-trace", Path("/tmp/dry-run-trace")
    source = f"""
import os, pathlib
file.seek(0); file.write("changed"); file.flush()
assert pathlib.Path("data.txt").read_text().startswith("changed")
os.remove("data.txt")
assert not os.path.exists("data.txt")
for name in ("new.txt", {str(home)!r}, {str(temporary)!r}):
    pathlib.Path(name).write_text("new")
    assert pathlib.Path(name).read_text() == "new"
os.mkdir("below"); os.chdir("below")
!touch by-shell
assert os.listdir() == ["by-shell"]
"""
    outcome = tried(contained, source)
    assert outcome.status is OutcomeStatus.FINISHED, outcome
    assert [path.name for path in folder.iterdir()] == ["data.txt"]
    assert (folder / "data.txt").read_text() == "0123456789" * 10
    assert not home.exists()
    assert not temporary.exists()


def test_a_cell_that_does_without_the_network_says_so(contained: KernelSession) -> None:
    outcome = tried(
        contained,
        "import socket\ntry:\n    socket.create_connection(('192.0.2.1', 80))\nexcept OSError:\n    pass",
    )
    assert outcome.status is OutcomeStatus.FINISHED
    assert "tried the network" in outcome.reason


def test_the_child_speaks_with_itself(contained: KernelSession) -> None:
    source = (
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname())"
    )
    assert tried(contained, source).status is OutcomeStatus.FINISHED


@pytest.mark.parametrize(
    ("before", "source", "holds"),
    [
        (
            "import sqlite3\nbase = sqlite3.connect(':memory:')",
            "base.total_changes",
            "`base` holds a database",
        ),
        ("def ask():\n    return base.execute('select 1')", "ask()", "`ask` holds a database"),
        ("class Store: pass\nstore = Store()\nstore.x = {1: [base]}", "store", "`store` holds a database"),
        ("import socket\nwire = socket.socketpair()", "wire[0].send(b'x')", "`wire` holds a network"),
        (
            "import subprocess\nother = subprocess.Popen(['sleep', '60'])",
            "other.poll()",
            "`other` holds another",
        ),
        (
            "import threading\nheld = threading.Lock()\nthreading.Thread(target=held.acquire).start()",
            "held.acquire()",
            "`held` holds a lock",
        ),
    ],
)
def test_what_no_fork_carries_is_no_verdict(
    kernel: KernelSession, before: str, source: str, holds: str
) -> None:
    kernel.execute(before)
    outcome = dry_run(kernel, Step(source), QUICK)
    assert outcome.status is OutcomeStatus.NO_VERDICT
    assert outcome.reason.startswith(holds)
    assert dry_run(kernel, Step("numbers"), QUICK).status is OutcomeStatus.FINISHED
    kernel.execute("other.kill(); other.wait()" if "other" in before else "pass")


def test_shared_memory_is_written_in_the_copy_only(contained: KernelSession) -> None:
    kernel = contained
    kernel.execute(
        "import mmap\nwith open('mapped.bin', 'wb') as f: _ = f.write(b'a' * 8192)\n"
        "with open('mapped.bin', 'r+b') as f: mapped = mmap.mmap(f.fileno(), 8192)\n"
        "private = mmap.mmap(-1, 8192)\nprivate[:1] = b'p'"
    )
    outcome = dry_run(
        kernel, Step("mapped[:1] = private[:1]\nprivate[:1] = b'q'\nmapped[:1] + private[:1]"), QUICK
    )
    assert outcome.output == "b'pq'\n", outcome
    assert kernel.evaluate("(mapped[:2] + private[:1]).decode()") == "aap"
    kernel.execute("mapped.close(); private.close()\n!rm mapped.bin")


def test_stop_answers_at_once_and_the_child_is_gone(kernel: KernelSession) -> None:
    token = CancelToken()

    def press() -> None:
        while not children_now(kernel.pid):
            pass
        token.cancel()

    presser = threading.Thread(target=press)
    presser.start()
    with pytest.raises(Cancelled):
        dry_run(kernel, Step("while True: pass"), RunLimits(seconds=3600.0), cancel=token)
    presser.join()
    assert children_of(kernel.pid) == []
    assert tried(kernel, "numbers").status is OutcomeStatus.FINISHED


def children_now(pid: int | None) -> list[str]:
    """Living children of a process."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_the_kernel_answers_while_a_dry_run_goes_on(kernel: KernelSession) -> None:
    outcomes: list[Outcome] = []
    runner = threading.Thread(
        target=lambda: outcomes.append(dry_run(kernel, Step("while True: pass"), RunLimits(seconds=1.0)))
    )
    runner.start()
    while not children_now(kernel.pid):
        pass
    kernel.wait(5)
    assert kernel.execute("6 * 7").output == "42\n"
    assert not outcomes
    runner.join()
    assert "still running" in outcomes[0].reason


def test_under_landlock_writes_are_refused_and_no_refusal_is_called_a_crash(kernel: KernelSession) -> None:
    if containment_level(kernel, LANDLOCK).level is not Containment.LANDLOCK:
        pytest.skip("this system has no Landlock")
    assert tried(kernel, "numbers[9]", LANDLOCK).exception == "IndexError"
    for source in ("open('new.txt', 'w')", "import os\nos.remove('data.txt')"):
        outcome = tried(kernel, source, LANDLOCK)
        assert outcome.status is OutcomeStatus.NO_VERDICT, outcome
    copied = "file.seek(0); file.write('x'); file.flush(); file.seek(0)\nfile.read(2)"
    assert tried(kernel, copied, LANDLOCK).output == "'x1'\n"
    assert (kernel.folder / "data.txt").read_text() == "0123456789" * 10
    temporary = "import tempfile\nwith tempfile.NamedTemporaryFile('w') as f:\n    print(f.name, file=f)"
    assert tried(kernel, temporary, LANDLOCK).status is OutcomeStatus.FINISHED
    killer = f"import os\nos.kill({kernel.pid}, 9)"
    assert tried(kernel, killer, LANDLOCK).status is OutcomeStatus.NO_VERDICT
    lasting = tried(kernel, "import os\nwhile True: os.fork()", LANDLOCK, seconds=0.5)
    assert lasting.status is OutcomeStatus.NO_VERDICT
    assert not list(Path("/tmp").glob("nbreview-run-*"))


def test_without_containment_nothing_runs_unless_it_was_asked_for(kernel: KernelSession) -> None:
    refused = tried(kernel, "numbers", Access(()))
    assert refused.status is OutcomeStatus.NO_VERDICT
    assert "Nothing can hold" in refused.reason
    asked = tried(kernel, "numbers[9]", Access((Containment.NONE,)))
    assert asked.exception == "IndexError"
    assert "all your rights" in " ".join(UNCONTAINED.sentences)


def test_a_kernel_that_is_gone_or_busy_is_no_verdict(tmp_path: Path) -> None:
    session = KernelSession.start("python3", tmp_path)
    token = CancelToken()
    runner = threading.Thread(target=lambda: session.execute("while True: pass", cancel=token))
    runner.start()
    try:
        while str(session.state) != "busy":
            pass
        busy = dry_run(session, Step("1"), QUICK)
    finally:
        token.cancel()
        runner.join()
        session.wait(10)
        session.shutdown()
    assert busy.status is OutcomeStatus.NO_VERDICT
    gone = dry_run(session, Step("1"), QUICK)
    assert gone.status is OutcomeStatus.NO_VERDICT
    assert gone.reason.startswith("No dry run: ")
