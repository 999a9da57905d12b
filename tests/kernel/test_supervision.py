"""A kept child: what holds it as the superuser and as an ordinary user, and that nothing of it is left."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nbreview.kernel.landlock import landlock_version

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces and Landlock are Linux's")
ROOT = Path(__file__).parents[2]
NOBODY = 65534


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """The child's own working folder with `data.txt` in it."""
    made = Path(tempfile.mkdtemp())
    (made / "data.txt").write_text("kept")
    made.chmod(0o755)
    if "user" in request.fixturenames and request.getfixturevalue("user") is not None:
        os.chown(made, NOBODY, NOBODY)
        os.chown(made / "data.txt", NOBODY, NOBODY)
    yield made
    shutil.rmtree(made)


@pytest.fixture(params=["as we are", "as an ordinary user"])
def user(request: pytest.FixtureRequest) -> int | None:
    """Whom to become."""
    if request.param == "as we are":
        return None
    if os.geteuid():
        pytest.skip("only the superuser can become somebody else")
    return NOBODY


def kept(source: str, folder: Path, user: int | None, *levels: str, **options: Any) -> dict[str, Any]:
    """The report of a kept child that ran this source."""
    chosen = {
        "seconds": 5.0,
        "memory_bytes": 300 << 20,
        "output_characters": 1000,
        "files_bytes": 32 << 20,
        "folder": str(folder),
        "levels": levels or ("namespaces",),
        "map": None,
        "user": user,
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/kernel/kept.py"), source, json.dumps(chosen | options)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    report = json.loads(done.stdout)
    assert isinstance(report, dict)
    if report["status"] == "refused" and "namespaces" in chosen["levels"]:
        pytest.skip(f"this system gives no namespaces: {report['containment']['notes']}")
    return report


def test_writes_vanish_and_other_places_are_read_only(folder: Path, user: int | None) -> None:
    source = """
import os, pathlib
pathlib.Path("data.txt").write_text("changed"); pathlib.Path("new.txt").write_text("new")
try:
    pathlib.Path("/usr/dry-run").write_text("x")
    outside = "written"
except OSError as error:
    outside = error.errno
found = [sorted(os.listdir(".")), open("data.txt").read(), os.getuid(), outside, os.getpid(), os.getppid()]
"""
    report = kept(source, folder, user)
    expected = os.geteuid() if user is None else user
    listing, text, own, outside, pid, parent = report["result"]["found"]
    assert (listing, text, own) == (["data.txt", "new.txt"], "changed", expected)
    assert outside in (13, 30)
    assert (pid, parent) == (1, 0)
    assert [path.name for path in folder.iterdir()] == ["data.txt"]
    assert (folder / "data.txt").read_text() == "kept"


def test_it_sees_no_network_no_other_process_and_cannot_undo_what_holds_it(
    folder: Path, user: int | None
) -> None:
    source = """
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def network():
    try:
        socket.socket().connect((b"192.0.2.1", 80))
    except OSError as error:
        return error.errno
found = {
    "network": network(),
    "processes": [name for name in os.listdir("/proc") if name.isdigit()],
    "interfaces": [name for _, name in socket.if_nameindex()],
    "remount": libc.mount(b"none", b"/", None, 32 | 4096, None),
    "unmount": libc.umount2(os.getcwd().encode(), 2),
    "sysctl": os.access("/proc/sys/kernel/pid_max", os.W_OK),
}
"""
    found = kept(source, folder, user)["result"]["found"]
    assert found["network"] == 101
    assert found["processes"] in (["1"], [])
    assert found["interfaces"] == ["lo"]
    assert (found["remount"], found["unmount"], found["sysctl"]) == (-1, -1, False)


def test_what_it_started_ends_with_it(folder: Path, user: int | None) -> None:
    mark = f"600.{os.getpid()}"
    source = f"""
import subprocess
for _ in range(3):
    subprocess.Popen(["setsid", "sh", "-c", "sleep {mark} & sleep {mark}"], start_new_session=True)
found = "started"
"""
    for levels in (("namespaces",), ("landlock",), ("none",)):
        report = kept(source, folder, user, *levels)
        assert report["result"] == {"found": "started"}, report
        assert not running(mark)


def running(mark: str) -> list[str]:
    """Command lines with this mark in them, once those that were killed have had time to go."""
    found: list[str] = []
    for _ in range(200):
        found = []
        for process in Path("/proc").iterdir():
            if process.name.isdigit():
                try:
                    line = (process / "cmdline").read_bytes().decode(errors="replace")
                except OSError:
                    continue
                if line.startswith(("sleep", "sh", "setsid")) and mark in line:
                    found.append(line)
        if not found:
            break
    return found


def test_each_bound_has_a_name(folder: Path) -> None:
    assert kept("while True: pass", folder, None, seconds=0.2)["status"] == "time"
    taken = kept("held = []\nwhile True: held.append(bytearray(10_000_000))", folder, None)
    assert taken["status"] == "memory" or "MemoryError" in taken["result"]["raised"]
    forks = "import os, time\nwhile True:\n    if not os.fork(): time.sleep(60)"
    assert kept(forks, folder, None, seconds=20.0)["status"] == "processes"
    assert (
        "File too large" in kept("open('f', 'wb').write(bytes(40_000_000))", folder, None)["result"]["raised"]
    )
    noisy = kept("import os\nfor _ in range(1000): os.write(1, b'x' * 1000)\nfound = 1", folder, None)
    assert len(noisy["output"]) == 4000
    assert noisy["result"] == {"found": 1}


def test_landlock_refuses_writes_everywhere_but_in_a_folder_that_goes(folder: Path, user: int | None) -> None:
    if not landlock_version():
        pytest.skip("this system has no Landlock")
    source = """
import os, pathlib, tempfile
def tried(act):
    try:
        return act()
    except OSError as error:
        return error.errno
found = [
    tried(lambda: open("data.txt").read()),
    tried(lambda: pathlib.Path("data.txt").write_text("x")),
    tried(lambda: os.remove("data.txt")),
    tried(lambda: os.mkdir("below")),
    tried(lambda: os.rename("data.txt", "other.txt")),
    tried(lambda: open("/dev/null", "w").close()),
    tried(lambda: os.kill(os.getppid(), 0)),
    tried(lambda: open(os.path.join(tempfile.gettempdir(), "t"), "w").close()),
    tempfile.gettempdir(),
]
"""
    report = kept(source, folder, user, "landlock")
    *tries, temporary = report["result"]["found"]
    refused = 1 if landlock_version() >= 6 else None
    assert tries == ["kept", 13, 13, 13, 13, None, refused, None]
    assert (folder / "data.txt").read_text() == "kept"
    assert not Path(temporary).exists()
    assert report["containment"]["open_ways"][0] == "UDP and UNIX sockets"


def test_where_nothing_of_what_may_be_used_is_to_be_had_nothing_runs(folder: Path) -> None:
    report = kept("open('data.txt', 'w').close()", folder, None, "")
    assert report == {"status": "refused", "containment": report["containment"]}
    assert (folder / "data.txt").read_text() == "kept"


def test_a_folder_mounted_below_is_still_there(folder: Path) -> None:
    """An overlay shows one file system; /dev/shm lies below nothing of ours, so it is laid over by itself."""
    if not Path("/dev/shm").is_dir():
        pytest.skip("this system has no /dev/shm")
    inner = Path(tempfile.mkdtemp(dir="/dev/shm"))
    try:
        (inner / "there").write_text("here")
        source = (
            f"open({str(inner / 'there')!r}, 'a').write('!')\nfound = open({str(inner / 'there')!r}).read()"
        )
        assert kept(source, folder, None)["result"] == {"found": "here!"}
        assert (inner / "there").read_text() == "here"
    finally:
        shutil.rmtree(inner)
