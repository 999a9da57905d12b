"""What the store has confirmed is there after threads, processes and sudden ends."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.store.database import Store
from tests.store.processes import run_python
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
