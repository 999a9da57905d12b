"""What a stand-in run does stays in it: nothing outside changes, as the superuser and as anybody else."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.kernel.access import CONTAINED, Access, Containment
from nbreview.kernel.landlock import landlock_version
from nbreview.kernel.model import Outcome, OutcomeStatus, Program, RunLimits, Step
from nbreview.kernel.standin import StandInServer, stand_in_run
from tests.kernel.live import gone, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces and Landlock are Linux's")
RAISED, FINISHED, NO_VERDICT = OutcomeStatus.RAISED, OutcomeStatus.FINISHED, OutcomeStatus.NO_VERDICT
ROOT = Path(__file__).parents[2]
NOBODY = 65534
LANDLOCK = Access((Containment.LANDLOCK,))
NOTHING = Access((Containment.NONE,))
LIMITS = RunLimits(seconds=2.5, memory_bytes=400 << 20, files_bytes=64 << 20)
DESTROY = """
import os, pathlib, shutil
home, temporary = os.path.expanduser("~"), "/tmp"
def tried(act, *arguments):
    try:
        act(*arguments)
    except OSError:
        pass
for place in (".", home, temporary, "/var/tmp", "/usr", "/"):
    tried(pathlib.Path(place, "nbreview-canary").write_text, "here")
for path in (os.path.abspath("data.txt"), pathlib.Path("below/deep.txt")):
    tried(os.remove, path)
tried(shutil.rmtree, "below")
tried(os.rename, "kept.txt", "moved.txt")
"""
CHANGE_RIGHTS = """
try:
    os.chmod(".", 0)
except OSError:
    pass
"""


@pytest.fixture(scope="module")
def server() -> Iterator[StandInServer]:
    with StandInServer(preload=()) as server:
        yield server


@pytest.fixture
def folder() -> Iterator[Path]:
    """A notebook's folder with files in it that anybody may read."""
    made = Path(tempfile.mkdtemp(prefix="notebook-"))
    (made / "below").mkdir()
    for name in ("data.txt", "kept.txt", "below/deep.txt"):
        (made / name).write_text("kept")
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def run(
    server: StandInServer, source: str, folder: Path | None = None, access: Access = CONTAINED
) -> Outcome:
    """A run in namespaces, unless another access is given."""
    outcome = server.run(Program((), Step(source), None, folder), LIMITS, (1, 2), None, access)
    if "none was made" in outcome.reason and access.levels:
        pytest.skip(f"this system does not offer {access.levels}: {outcome.reason}")
    return outcome


def checked(condition: str) -> str:
    """Source that crashes unless the condition holds."""
    return f"\nif not ({condition}):\n    int('not so')\n"


def canaries(folder: Path) -> list[Path]:
    places = (folder, Path.home(), Path("/tmp"), Path("/var/tmp"), Path("/usr"), Path("/"))
    return [place / "nbreview-canary" for place in places if (place / "nbreview-canary").exists()]


def whole(folder: Path) -> bool:
    texts = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}
    same = texts == dict.fromkeys(("data.txt", "kept.txt", "below/deep.txt"), "kept")
    return same and folder.stat().st_mode & 0o777 == 0o755


def test_reads_are_real_and_writes_look_real_and_vanish(server: StandInServer, folder: Path) -> None:
    source = "old = open('data.txt').read()\nopen('data.txt', 'w').write('new')\nopen('other', 'w').close()"
    source += checked("old == 'kept' and open('data.txt').read() == 'new'")
    assert run(server, source, folder).status is FINISHED
    assert whole(folder)
    assert not (folder / "other").exists()


@pytest.mark.parametrize("access", [CONTAINED, LANDLOCK], ids=["namespaces", "landlock"])
def test_what_is_written_moved_and_deleted_anywhere_is_there_as_before(
    server: StandInServer, folder: Path, access: Access
) -> None:
    # Landlock does not hold rights, owner and times ("Landlock: unprivileged access control", limitations).
    source = DESTROY + CHANGE_RIGHTS if access is CONTAINED else DESTROY
    outcome = run(server, source, folder, access)
    assert outcome.status is not RAISED, outcome
    assert whole(folder)
    assert not canaries(folder)


def test_where_nothing_may_hold_it_nothing_runs(server: StandInServer, folder: Path) -> None:
    outcome = run(server, DESTROY, folder, Access(()))
    assert outcome.status is NO_VERDICT
    assert outcome.reason.startswith("Nothing can hold a stand-in run on this system, so none was made.")
    assert whole(folder)


def test_uncontained_it_works_in_a_folder_of_its_own_that_goes(server: StandInServer, folder: Path) -> None:
    outcome = run(server, "import os\nopen('written', 'w').close()\nprint(os.getcwd())", folder, NOTHING)
    assert outcome.status is FINISHED
    place = Path(outcome.output.strip())
    assert place.name.startswith("nbreview-run-")
    assert not place.exists()
    assert whole(folder)


def test_what_is_refused_is_no_crash(server: StandInServer, folder: Path) -> None:
    source = "import sqlite3\nsqlite3.connect('/usr/store.sqlite').execute('create table a (b)')"
    for access in (CONTAINED, LANDLOCK):
        outcome = run(server, source, folder, access)
        assert outcome.status is NO_VERDICT
        assert "was refused" in outcome.reason


def test_the_network_is_cut(server: StandInServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        port = listening.getsockname()[1]
        source = f"""
import socket, urllib.request
reached = []
for place in (("127.0.0.1", {port}), ("192.0.2.1", 80)):
    try:
        socket.create_connection(place, 1)
        reached.append(place)
    except OSError:
        pass
""" + checked("not reached")
        assert run(server, source).status is FINISHED
        with pytest.raises(BlockingIOError):
            listening.accept()
        asked = run(server, f"import urllib.request\nurllib.request.urlopen('http://127.0.0.1:{port}/')")
        assert asked.status is not RAISED


def test_it_sees_no_other_process_and_what_it_started_ends_with_it(server: StandInServer) -> None:
    mark = f"600.{os.getpid()}"
    source = f"""
import os, subprocess
for _ in range(3):
    subprocess.Popen(["setsid", "sh", "-c", "sleep {mark} & sleep {mark}"], start_new_session=True)
""" + checked("os.getpid() == 1")
    assert run(server, source).status is FINISHED
    for access in (LANDLOCK, NOTHING):
        assert run(server, source.replace("os.getpid() == 1", "True"), None, access).status is FINISHED
    assert until(lambda: not sleeping(mark), 5.0)


def sleeping(mark: str) -> list[str]:
    """Process numbers of the `sleep`s with this mark."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if line.startswith((b"sleep", b"sh", b"setsid")) and mark.encode() in line:
            found.append(process.name)
    return found


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import os\nos._exit(0)", "ended itself"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\nos._exit(3)", ""),
        ("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos._exit(3)", ""),
        ("import os, signal\nos.killpg(0, signal.SIGKILL)\nos._exit(3)", ""),
        ("import ctypes\nctypes.string_at(0)", "signal 11"),
        ("import os, time\nwhile True:\n    os.fork()", ""),
        ("import itertools\nlist(itertools.repeat(b'', 10**12))", ""),
        ("held = bytearray(10**12)\n1 + 1", "memory"),
        ("held = [bytearray(10_000_000) for _ in range(10**9)]", ""),
        ("import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nsum(iter(int, 1))", "did not end"),
        ("import os\nfor number in range(3, 60):\n    os.close(number)\nos._exit(0)", ""),
        ("import os\nfor n in range(3, 60):\n    os.write(n, b'[' * 99_999 + bytes([10]))\nos._exit(0)", ""),
    ],
    ids=[
        "exit", "kill", "parent", "group", "crash", "fork bomb", "all memory", "memory", "filled", "deaf",
        "deaf and dumb", "forged",
    ],
)  # fmt: skip
def test_what_ends_it_or_never_ends_gives_no_verdict_and_the_server_goes_on(
    server: StandInServer, source: str, why: str
) -> None:
    assert run(server, "1 + 1").status is FINISHED
    before = server.pid
    outcome = run(server, source)
    assert outcome.status is NO_VERDICT, outcome
    assert why in outcome.reason
    assert run(server, "1 + 1").status is FINISHED
    assert server.pid == before
    assert until(lambda: not descendants(before))


def descendants(pid: int | None) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def left() -> set[Path]:
    return {*Path("/tmp").glob("nbreview-*"), *Path(tempfile.gettempdir()).glob("nbreview-*")}


@pytest.mark.parametrize("access", [CONTAINED, LANDLOCK], ids=["namespaces", "landlock"])
def test_stopped_it_ends_at_once_and_leaves_nothing_and_the_server_stays(
    server: StandInServer, access: Access
) -> None:
    before = left()
    run(server, "1", None, access)
    own = server.pid
    cancel = CancelToken()

    def stop() -> None:
        until(lambda: descendants(own))
        cancel.cancel()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Cancelled):  # or its own limit would end it, with no verdict
        server.run(Program((), Step("while True:\n    pass")), RunLimits(), (1,), cancel, access)
    thread.join()
    assert until(lambda: not descendants(own))
    assert run(server, "1 + 1", None, access).status is FINISHED
    assert server.pid == own
    assert until(lambda: left() <= before)


def test_when_the_program_is_killed_the_run_ends_too() -> None:
    source = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from nbreview.kernel.access import Access, Containment
from nbreview.kernel.model import Program, RunLimits, Step
from nbreview.kernel.standin import StandInServer
with StandInServer(preload=()) as server:
    server.run(Program((), Step("1")))
    print(server.pid, flush=True)
    server.run(Program((), Step("while True: pass")), RunLimits(seconds=60), (1,), None,
        Access((Containment.LANDLOCK, Containment.NONE)))
"""
    before = left()
    program = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    own = int(program.stdout.readline())
    assert until(lambda: descendants(own), 10.0)
    supervisor = int(descendants(own)[0])
    program.kill()
    program.communicate()
    assert until(lambda: gone(own) and gone(supervisor), 5.0)
    assert until(lambda: left() <= before)


def test_our_own_modules_hide_nobodys(server: StandInServer, folder: Path) -> None:
    source = "import importlib.util\nnames = ['standin_world', 'model', 'output', 'process', 'session']"
    source += checked("not any(importlib.util.find_spec(name) for name in names)")
    assert run(server, source, folder).status is FINISHED


def test_a_module_beside_the_notebook_is_imported_as_in_jupyter_and_contained(
    server: StandInServer, folder: Path
) -> None:
    (folder / "helpers.py").write_text("open('canary', 'w').close()\nvalue = 3\n")
    outcome = run(server, "import helpers\nhelpers.value + 'x'", folder)
    assert (outcome.status, outcome.exception) == (RAISED, "TypeError")
    assert not (folder / "canary").exists()
    assert not (folder / "__pycache__").exists()


def test_the_server_imports_nothing_from_the_working_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("tqdm", "json", "sitecustomize", "usercustomize"):
        (folder / f"{name}.py").write_text(f"open({str(folder / 'canary')!r}, 'w').close()\n")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", os.pathsep)  # an empty entry is the working folder
    assert stand_in_run(Program((), Step("1 + 1"))).status is FINISHED
    assert not (folder / "canary").exists()


def test_it_is_held_for_an_ordinary_user_too(folder: Path) -> None:
    python = readable_python()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    program = f"""
import json, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from nbreview.kernel.access import Access, Containment
from nbreview.kernel.model import Program, RunLimits, Step
from nbreview.kernel.standin import StandInServer
found = []
with StandInServer(Path(sys.executable), ()) as server:
    for level in ("namespaces", "landlock"):
        for source in json.loads(sys.argv[1]):
            access = Access((Containment(level),))
            program = Program((), Step(source), None, Path.cwd())
            outcome = server.run(program, RunLimits(seconds=5.0), (1, 2), None, access)
            found.append([level, outcome.status.value, outcome.reason])
print(json.dumps(found))
"""
    sources = [DESTROY, "open('data.txt').read() + 3", "import os" + checked("os.getuid() == 65534")]
    done = subprocess.run(
        [python, "-c", program, json.dumps(sources)],
        cwd=folder,
        env={"HOME": str(folder), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=True,
    )
    assert whole(folder)
    assert not canaries(folder)
    found = json.loads(done.stdout)
    expected = ["finished", "raised", "finished"]
    for level in ("namespaces", "landlock"):
        said = [(status, reason) for of, status, reason in found if of == level]
        if not any("none was made" in reason for _, reason in said):
            assert [status for status, _ in said] == expected, said
    if landlock_version():
        assert any("none was made" not in reason for _, _, reason in found)


def readable_python() -> str:
    """A Python that somebody without rights can run."""
    if os.geteuid():
        pytest.skip("only the superuser can become somebody else")
    for python in (sys.executable, shutil.which("python3", path=os.defpath) or ""):
        try:
            subprocess.run(
                [python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"],
                user=NOBODY,
                group=NOBODY,
                extra_groups=[],
                cwd="/",
                check=True,
                capture_output=True,
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    pytest.skip("no Python 3.11 here is readable for an ordinary user")


def test_signals_to_everybody_reach_nobody_outside(server: StandInServer) -> None:
    listener = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        source = f"import os, signal\nos.kill({listener.pid}, signal.SIGKILL)\nos.kill(-1, signal.SIGKILL)"
        assert run(server, source).status is not RAISED
        assert listener.poll() is None
    finally:
        listener.send_signal(signal.SIGKILL)
        listener.communicate()
