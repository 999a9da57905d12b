"""The store opens what it can, refuses the rest with a sentence, and loses nothing it has confirmed."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.store.database import Store
from nbreview.store.migrations import APPLICATION_ID, MAJOR
from tests.store.processes import run_python
from tests.store.samples import NOTEBOOK, decision, rule_suggestion, suggestion

# Opening


def test_a_new_store_is_made_with_its_folders_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "ü b" / "store.sqlite3"
    Store.open(path).close()
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert raw.execute("PRAGMA user_version").fetchone() == (MAJOR,)
    raw.close()
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_the_connection_is_set_for_durability(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite3") as store, store._reading() as db:
        assert db.journal_mode == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute("PRAGMA synchronous").fetchone() == (3,)
        others = ("sqlite_", "_sqlite_", "search")  # the search index is made of tables of SQLite's own
        tables = [table for table in db.tables if not table.name.startswith(others)]
        assert len(tables) > 5
        assert all(table.strict for table in tables)


def test_what_was_stored_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with Store.open(path) as store:
        store.add_suggestion(suggestion())
        store.decide(decision())
    with Store.open(path) as store:
        assert store.decisions("s1") == (decision(),)


def test_a_store_called_like_sqlites_memory_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open(Path(":memory:")) as store:
        store.add_suggestion(suggestion())
    with Store.open(tmp_path / ":memory:") as store:
        assert store.suggestion("s1") == suggestion()


def test_opening_an_up_to_date_store_makes_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    for _ in range(2):
        with Store.open(path) as store:
            store.touch_recent(NOTEBOOK)
    assert [found.name for found in tmp_path.iterdir()] == ["store.sqlite3"]


def test_a_missing_store_is_not_made_when_it_should_only_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no store at .*missing\.sqlite3"):
        Store.open(tmp_path / "missing.sqlite3", create=False)
    assert list(tmp_path.iterdir()) == []


# Refusals: one sentence, and the file is as it was


def _text(path: Path) -> None:
    path.write_text("These are my notes. " * 50)


def _truncated(path: Path) -> None:
    Store.open(path).close()
    path.write_bytes(path.read_bytes()[:50])


def _other_program(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
    raw.close()


def _other_owner(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
        raw.execute("PRAGMA application_id = 252006673")
    raw.close()


def _newer(path: Path) -> None:
    Store.open(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {MAJOR + 1}")
    raw.close()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_text, "is not a SQLite database; move it away"),
        (_truncated, "shows no trace of a store; put a backup in its place"),
        (_other_program, "is a database of another program"),
        (_other_owner, "is a database of another program"),
        (_newer, rf"written by a newer nbreview \(format {MAJOR + 1}, .* install that version"),
        (Path.mkdir, "is a folder"),
    ],
)
def test_a_file_that_is_no_store_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "store.sqlite3"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UserError, match=sentence) as caught:
        Store.open(path)
    assert str(path) in caught.value.message
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_device_is_refused() -> None:
    with pytest.raises(UserError, match="is a device and cannot be the store"):
        Store.open(Path(os.devnull))


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="file is a file and holds no store; name a file in a folder"):
        Store.open(tmp_path / "file" / "store.sqlite3")
    with pytest.raises(UserError, match="cannot be opened"):
        Store.open(tmp_path / "file" / "deeper" / "store.sqlite3")


READ_ONLY = """
import os, sys
from pathlib import Path
import sqlite_utils
from nbreview.errors import UserError
from nbreview.store.database import Store
os.chdir(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
try:
    Store.open(Path("store.sqlite3"))
except UserError as error:
    print(error.message)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_read_only_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    ended = run_python(READ_ONLY, folder)
    sentence = "store.sqlite3 cannot be opened (Permission denied); make it accessible, or choose another"
    assert ended.stdout.startswith(sentence), ended.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_read_only_file_can_be_read_and_says_so_when_written(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with Store.open(path) as store:
        store.add_suggestion(suggestion())
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()
    store = Store.open(path)
    with store:
        with store._reading() as db:
            db.execute("PRAGMA query_only = ON")  # what SQLite does of itself where the file is read-only
        assert store.suggestion("s1") == suggestion()
        with pytest.raises(UserError, match="cannot be written"):
            store.decide(decision())


FULL_DISK = """
import os, resource, sys
from pathlib import Path
from nbreview.errors import UserError
from nbreview.store.database import Store
from tests.store.samples import suggestion
path = Path(sys.argv[1])
with Store.open(path) as store:
    store.add_suggestion(suggestion("kept"))
    # From here on no file may grow past 1 MiB, as if the disk ended there.
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, resource.RLIM_INFINITY))
    try:
        store.add_suggestion(suggestion("lost", base_source=os.urandom(2**21).hex()))
    except UserError as error:
        print(error.message)
    print([found.id for found in store.suggestions(suggestion().place.notebook)])
"""


@pytest.mark.skipif(os.name != "posix", reason="resource limits of POSIX")
def test_a_disk_that_takes_no_more_is_said_in_a_sentence_and_nothing_is_half_stored(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    ended = run_python(FULL_DISK, path)
    sentence, kept = ended.stdout.splitlines()
    assert str(path) in sentence
    assert "disk" in sentence
    assert kept == "['kept']"
    with Store.open(path) as store:
        assert [found.id for found in store.suggestions(NOTEBOOK)] == ["kept"]
        store.add_suggestion(suggestion("later"))


def test_a_database_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite3") as store:
        with store._reading() as db:
            db.execute("PRAGMA max_page_count = 1")  # raised by SQLite to the present size
        with pytest.raises(UserError, match="is full and nothing was stored"):
            store.add_suggestion(suggestion(base_source=os.urandom(100_000).hex()))
        assert store.counts()["texts"] == 0


def test_a_text_that_is_not_what_was_written_is_recognised(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite3") as store:
        store.add_suggestion(suggestion())
        with store._writing() as db:
            db.execute("UPDATE blobs SET content = CAST('y = 2' AS BLOB) WHERE size = 6")
        with pytest.raises(UserError, match="damaged"):
            store.suggestion("s1")


def test_a_decision_cannot_be_rewritten(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite3") as store:
        store.add_suggestion(suggestion())
        store.decide(decision())
        with pytest.raises(sqlite3.IntegrityError, match="never changed"), store._writing() as db:
            db.execute("UPDATE decisions SET kind = 'rejected'")
        assert store.decisions("s1") == (decision(),)


def test_a_backup_holds_everything_while_the_store_stays_open(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite3") as store:
        store.add_suggestion(suggestion())
        store.backup(tmp_path / "copy.sqlite3")
        store.add_suggestion(rule_suggestion())
        with pytest.raises(UserError, match="exists already"):
            store.backup(tmp_path / "copy.sqlite3")
        with pytest.raises(UserError, match="cannot be written"):
            store.backup(tmp_path / "nowhere" / "copy.sqlite3")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["copy.sqlite3", "store.sqlite3"]
    with Store.open(tmp_path / "copy.sqlite3") as copy:
        assert copy.suggestions(NOTEBOOK) == (suggestion(),)
