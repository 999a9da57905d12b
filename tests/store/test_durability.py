"""What the store has confirmed is there after threads, processes and sudden ends."""

import contextlib
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.store.connection import _check_length, connect
from nbreview.store.database import Store
from nbreview.store.library import sqlite_utils
from nbreview.store.upkeep import verify_store
from tests.store.processes import decide_on_500, run_python
from tests.store.samples import NOTEBOOK, decision, suggestion


def test_many_threads_can_use_one_store(tmp_path: Path) -> None:
    barrier = threading.Barrier(8)

    def work(number: int) -> None:
        barrier.wait()
        for turn in range(20):
            id = f"{number}-{turn}"
            store.add_suggestion(suggestion(id))
            store.decide(decision(f"d-{id}", id))
            store.suggestions(NOTEBOOK)

    with Store.open(tmp_path / "store.sqlite3") as store:
        with ThreadPoolExecutor(8) as pool:
            for future in [pool.submit(work, number) for number in range(8)]:
                future.result()
        assert store.counts()["accepted"] == 160


WRITER = """
import sys
from pathlib import Path
from nbreview.store.database import Store
from tests.store.samples import decision, suggestion
with Store.open(Path(sys.argv[1])) as store:
    for turn in range(50):
        id = f"{sys.argv[2]}-{turn}"
        store.add_suggestion(suggestion(id))
        store.decide(decision(f"d-{id}", id))
"""


def test_processes_can_make_and_write_one_store_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with ThreadPoolExecutor(3) as pool:
        ended = list(pool.map(lambda number: run_python(WRITER, path, number), range(3)))
    assert [(one.returncode, one.stderr) for one in ended] == [(0, "")] * 3
    with Store.open(path) as store:
        assert store.counts()["accepted"] == 150


def test_what_another_process_wrote_meanwhile_is_no_missing_end(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    Store.open(path).close()
    whole = path.stat().st_size
    with Store.open(path) as store:
        for number in range(40):
            store.add_suggestion(suggestion(f"s-{number}"))
        other = connect(path)
        try:
            db = sqlite_utils().Database(other, execute_plugins=False)
            assert path.stat().st_size == whole  # the log holds what is new
            _check_length(db, path, b"")  # as it was read before any of it was written
        finally:
            other.close()


def test_a_store_that_another_program_is_writing_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with Store.open(path) as store, Store.open(path, busy_seconds=0.05) as other:
        store.add_suggestion(suggestion())
        with store._writing():
            assert other.suggestion("s1") == suggestion()  # reading goes on
            with pytest.raises(UserError, match="in use by another program and nothing was stored"):
                other.decide(decision())
        other.decide(decision())
        assert store.decisions("s1") == (decision(),)


KILLED = """
import os, signal, sys
from pathlib import Path
from nbreview.store.database import Store
from tests.store.samples import decision, suggestion
store = Store.open(Path(sys.argv[1]))
for turn in range(int(sys.argv[2]) + 1):
    store.add_suggestion(suggestion(f"s{turn}", base_source="x" * 5000 + str(turn)))
    store.decide(decision(f"d{turn}", f"s{turn}"))
    print(f"d{turn}", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("last", [0, 1, 250])
def test_what_was_decided_is_there_after_the_program_was_killed(tmp_path: Path, last: int) -> None:
    path = tmp_path / "store.sqlite3"
    ended = run_python(KILLED, path, last)
    printed = ended.stdout.split()
    assert (ended.returncode, len(printed)) == (-9, last + 1), ended.stderr
    with Store.open(path) as store:
        assert [taken.id for _, taken in store.accepted()] == sorted(printed)


KILLED_HALF_WAY = """
import os, signal, sys
from pathlib import Path
from nbreview.store.database import Store
from nbreview.store import suggestions
from tests.store.samples import decision, suggestion
store = Store.open(Path(sys.argv[1]))
store.add_suggestion(suggestion())
with store._writing() as db:
    db.execute("PRAGMA cache_size = 2")  # so that it is written to the log before it is committed
    suggestions.add_decision(db, decision(final_source=os.urandom(500_000).hex()))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_decision_that_was_not_confirmed_is_not_half_there(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    assert run_python(KILLED_HALF_WAY, path).returncode == -9
    with Store.open(path) as store:
        assert store.decisions("s1") == ()
        store.decide(decision())
        assert store.decisions("s1") == (decision(),)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_of_500_decisions_none_that_was_shown_is_lost_when_the_program_is_killed_again_and_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "store.sqlite3"
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["sqlite_utils", "tests.store.processes", "tests.store.samples"])
    shown: list[str] = []
    kills = 0
    chance = random.Random(20)
    while len(shown) < 500:
        # The last decision may have been stored and not shown.
        assert set(shown) <= (kept := _decided(path))
        assert len(kept) - len(shown) <= kills
        heard, said = processes.Pipe(duplex=False)
        start = int(shown[-1][1:]) + 1 if shown else 0
        process = processes.Process(target=decide_on_500, args=(path, start, said))
        process.start()
        said.close()
        last = chance.randrange(6, 30)
        with contextlib.suppress(EOFError):
            while True:
                shown.append(heard.recv())
                last -= 1
                if last == 0:
                    # Somewhere in the next few thousandths of a second: in the midst of anything.
                    process.join(chance.random() * 0.008)
                    process.kill()
        process.join(30)
        kills += process.exitcode == -signal.SIGKILL
        heard.close()
        process.close()
    lost = set(shown) - _decided(path)
    assert (len(lost), len(set(shown)), kills >= 20) == (0, 500, True)
    with Store.open(path) as store:
        assert verify_store(store).whole


def _decided(path: Path) -> set[str]:
    with Store.open(path) as store, store._reading() as db:
        assert store.notice == ""
        return {row[0] for row in db.execute("SELECT id FROM decisions")}


FULL = """
import os, resource, sys
from pathlib import Path
from nbreview.errors import UserError
from nbreview.store.database import Store
from tests.store.samples import decision, suggestion
with Store.open(Path(sys.argv[1])) as store:
    # From here on no file may grow past 3 MiB, as if the disk ended there.
    resource.setrlimit(resource.RLIMIT_FSIZE, (3 * 1024 * 1024, resource.RLIM_INFINITY))
    for turn in range(300):
        try:
            store.add_suggestion(suggestion(f"s{turn}", base_source=os.urandom(900).hex()))
            store.decide(decision(f"d{turn}", f"s{turn}"))
        except UserError as error:
            print(error.message, file=sys.stderr)
        else:
            print(f"d{turn}")
"""


@pytest.mark.skipif(os.name != "posix", reason="resource limits of POSIX")
def test_a_disk_that_fills_up_loses_nothing_that_was_shown(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    ended = run_python(FULL, path)
    shown = ended.stdout.split()
    assert 0 < len(shown) < 300
    sentences = ended.stderr.splitlines()
    assert len(sentences) == 300 - len(shown)
    assert all("disk" in sentence for sentence in sentences)
    with Store.open(path) as store:
        assert store.recovery is None
        assert {taken.id for _, taken in store.accepted()} == set(shown)
        assert verify_store(store).whole


def test_a_store_on_a_full_file_system_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("a small file system cannot be mounted here")
    try:
        shown = []
        with Store.open(folder / "store.sqlite3") as store:
            with pytest.raises(
                UserError, match=r"is full and nothing was stored|could not be read or written"
            ):
                for turn in range(1000):
                    store.add_suggestion(suggestion(f"s{turn}", base_source=os.urandom(2000).hex()))
                    store.decide(decision(f"d{turn}", f"s{turn}"))
                    shown.append(f"d{turn}")
            assert {taken.id for _, taken in store.accepted()} == set(shown)
        with Store.open(folder / "store.sqlite3") as store:
            assert {taken.id for _, taken in store.accepted()} == set(shown)
    finally:
        subprocess.run(["umount", str(folder)], check=True)
    assert shown


def test_a_store_that_is_mounted_for_reading_can_be_read_and_says_that_it_cannot_be_written(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    with Store.open(folder / "store.sqlite3") as store:
        store.add_suggestion(suggestion())
        store.decide(decision())
    mount = ["mount", "--bind", "-o", "ro", str(folder), str(folder)]
    mounted = shutil.which("mount") and subprocess.run(mount, capture_output=True, check=False)
    if not mounted or mounted.returncode:
        pytest.skip("a folder cannot be mounted for reading only here")
    try:
        before = (folder / "store.sqlite3").read_bytes()
        with pytest.raises(UserError, match=r"cannot be (opened|written)"):
            Store.open(folder / "new.sqlite3")
        with Store.open(folder / "store.sqlite3") as store:
            assert store.decisions("s1") == (decision(),)
            assert store.counts()["decisions"] == 1
            assert store.search("rename")
            with pytest.raises(UserError, match="cannot be written"):
                store.decide(decision("d2"))
        assert (folder / "store.sqlite3").read_bytes() == before
    finally:
        subprocess.run(["umount", str(folder)], check=True)
    with Store.open(folder / "store.sqlite3") as store:
        store.decide(decision("d2"))
