"""A damaged store is recognised when it is opened; what is lost is counted, and the damaged file is kept."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.store.connection import connect
from nbreview.store.database import Store
from nbreview.store.recovery import Recovery, ready
from nbreview.words import Said
from tests.store.damage import (
    COUNT,
    crash_with_log,
    fill,
    ids,
    inner,
    leaves,
    overwrite,
    overwrite_page,
)
from tests.store.samples import NOTEBOOK, decision, suggestion

ALL = {f"s{number:04}" for number in range(COUNT)}, {f"d{number:04}" for number in range(COUNT)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 150 decisions that nobody has damaged yet."""
    path = tmp_path_factory.mktemp("whole") / "store.sqlite3"
    fill(path)
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(whole, tmp_path / "store.sqlite3"))


def _reopened(path: Path) -> Store:
    """The store in place of a damaged one; the damaged file is kept byte for byte."""
    damaged = path.read_bytes()
    alone = not path.with_name(f"{path.name}-wal").exists()
    store = Store.open(path)
    assert store.recovery is not None
    # SQLite writes what it can read of the log into the file.
    assert store.recovery.aside.read_bytes() == damaged or not alone
    assert store.recovery.aside.name.startswith("store.sqlite3.damaged-2")
    assert str(path) in store.recovery.sentence
    return store


# Nothing lost: the rows are there, the way to them is broken


def _no_magic(path: Path) -> None:
    overwrite(path, 0, 16)


def _no_header(path: Path) -> None:
    overwrite(path, 0, 100)


def _no_first_page(path: Path) -> None:
    overwrite(path, 100, 3996)


def _no_way_to_the_suggestions(path: Path) -> None:
    for page in inner(path, "suggestions"):
        overwrite_page(path, page)


def _no_way_to_the_texts(path: Path) -> None:
    for page in inner(path, "blobs"):
        overwrite_page(path, page)


def _no_index(path: Path) -> None:
    for page in leaves(path, "sqlite_autoindex_suggestions_1"):
        overwrite_page(path, page)


def _another_owner(path: Path) -> None:
    overwrite(path, 68, 4)


def _empty_schema(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(103)
        stream.write(bytes(2))


@pytest.mark.parametrize(
    "damage",
    [
        _no_magic,
        _no_header,
        _no_first_page,
        _no_way_to_the_suggestions,
        _no_way_to_the_texts,
        _no_index,
        _another_owner,
        _empty_schema,
    ],
)
def test_all_is_recovered_where_only_the_way_to_it_is_broken(
    path: Path, damage: Callable[[Path], None]
) -> None:
    with Store.open(path) as store:
        before = list(store.accepted())
    damage(path)
    with _reopened(path) as store:
        assert store.recovery is not None
        assert (store.recovery.kept["decisions"], store.recovery.lost["decisions"]) == (COUNT, 0)
        assert "none of them was lost" in store.recovery.sentence
        assert list(store.accepted()) == before
        assert store.search("value_17")[0].subject == "s0017"
        store.add_suggestion(suggestion("new"))
        store.decide(decision("new", "new"))
    assert ids(path) == (ALL[0] | {"new"}, ALL[1] | {"new"})
    with Store.open(path) as store:
        assert store.recovery is None


# What is on a broken page is lost, and counted


def _counted(path: Path) -> tuple[int, int]:
    """What is lost: by what is there, and by what was said."""
    with _reopened(path) as store:
        recovery = store.recovery
        assert recovery is not None
        assert recovery.exact
        with store._reading() as db:
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    suggestions, decisions = ids(path)
    assert suggestions <= ALL[0]
    assert decisions <= ALL[1]
    lost = len(ALL[0] - suggestions), len(ALL[1] - decisions)
    assert (recovery.lost["suggestions"], recovery.lost["decisions"]) == lost
    assert (recovery.kept["suggestions"], recovery.kept["decisions"]) == (len(suggestions), len(decisions))
    return lost


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_broken_page_of_decisions_costs_the_decisions_on_it(path: Path, seed: int) -> None:
    pages = leaves(path, "decisions")
    overwrite_page(path, pages[seed * len(pages) // 4], seed)
    suggestions, decisions = _counted(path)
    assert suggestions == 0
    assert 0 < decisions < COUNT // 3


def test_a_broken_page_of_texts_costs_what_cannot_be_without_them(path: Path) -> None:
    overwrite_page(path, leaves(path, "blobs")[-1])
    suggestions, decisions = _counted(path)
    assert 0 < suggestions <= decisions < COUNT // 2


def test_a_page_of_nothing_costs_what_was_on_it(path: Path) -> None:
    page = leaves(path, "suggestions")[3]
    with path.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(bytes(4096))
    suggestions, decisions = _counted(path)
    assert 0 < suggestions == decisions < COUNT // 10


@pytest.mark.parametrize("part", [0.95, 0.6])
def test_of_a_file_that_was_cut_off_the_beginning_is_recovered(path: Path, part: float) -> None:
    os.truncate(path, int(path.stat().st_size * part))
    with _reopened(path) as store:
        recovery = store.recovery
        assert recovery is not None
    suggestions, decisions = ids(path)
    lost = len(ALL[0] - suggestions), len(ALL[1] - decisions)
    assert lost[1] > 0
    # Where the indexes went with the end, no more can be said than how many there may have been.
    said = recovery.lost["suggestions"], recovery.lost["decisions"]
    assert said == lost if recovery.exact else said <= lost
    assert recovery.exact or "at most" in recovery.sentence or said == (0, 0)


def test_bytes_changed_anywhere_never_end_in_an_error_or_cost_more_than_their_pages(
    whole: Path, tmp_path: Path
) -> None:
    size = whole.stat().st_size
    for seed in range(12):
        path = Path(shutil.copy(whole, tmp_path / f"{seed}.sqlite3"))
        overwrite(path, (seed * 7919 * 4096 + 100) % (size - 64), 48, seed)
        with Store.open(path) as store:
            assert store.recovery is None or store.recovery.kept["suggestions"] > COUNT * 0.7
        suggestions, decisions = ids(path)
        assert len(suggestions & ALL[0]) > COUNT * 0.7
        assert len(decisions & ALL[1]) > COUNT * 0.7


# The log


def test_what_only_the_log_holds_is_recovered_when_the_file_was_emptied(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    crash_with_log(path, 20)
    os.truncate(path, 0)
    with _reopened(path) as store:
        assert store.recovery is not None
        assert store.recovery.aside.with_name(f"{store.recovery.aside.name}-wal").stat().st_size > 0
        assert store.recovery.kept["decisions"] == 20
        assert store.recovery.lost["decisions"] == 0
        assert len(store.suggestions(NOTEBOOK)) == 20


def test_what_lies_behind_a_broken_place_in_the_log_is_recovered(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    crash_with_log(path, 20)
    log = path.with_name("store.sqlite3-wal")
    overwrite(log, log.stat().st_size // 2 + 200, 8)
    with _reopened(path) as store:
        recovery = store.recovery
        assert recovery is not None
    _, decisions = ids(path)
    assert recovery.kept["decisions"] == len(decisions) >= 19
    assert recovery.lost["decisions"] == 20 - len(decisions)


def test_a_log_that_is_gone_is_said(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    fill(path, 5)
    crash_with_log(path, 8, first=5)
    path.with_name("store.sqlite3-wal").unlink()
    with Store.open(path) as store:
        assert store.recovery is None
        assert "store.sqlite3-wal is missing" in store.notice
        assert store.counts()["decisions"] == 5
    with Store.open(path) as store:
        assert store.notice == ""


def test_an_empty_file_is_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    path.touch()
    with Store.open(path) as store:
        assert store.recovery is None
        assert store.counts()["decisions"] == 0


# How it is done


def test_a_damaged_store_that_another_program_has_open_is_left_alone(path: Path) -> None:
    other = connect(path)
    other.execute("SELECT count(*) FROM suggestions").fetchone()
    overwrite_page(path, leaves(path, "decisions")[2])
    before = path.read_bytes()
    with pytest.raises(UserError, match="damaged and in use by another program"):
        Store.open(path)
    other.close()
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.damaged-*"))
    _counted(path)


def test_a_recovery_that_was_interrupted_at_its_end_is_finished(path: Path) -> None:
    overwrite_page(path, leaves(path, "decisions")[2])
    damaged = path.read_bytes()
    with _reopened(path) as store:
        accepted = list(store.accepted())
    # The new file was ready, the log gone, and then the power.
    path.replace(ready(path))
    path.write_bytes(damaged)
    with Store.open(path) as store:
        assert list(store.accepted()) == accepted
    assert not ready(path).exists()


def test_nothing_but_the_damaged_file_stays_beside_a_recovered_store(path: Path) -> None:
    overwrite_page(path, leaves(path, "decisions")[2])
    _reopened(path).close()
    names = sorted(found.name for found in path.parent.iterdir())
    assert len(names) == 2
    assert names[0] == "store.sqlite3"
    assert names[1].startswith("store.sqlite3.damaged-")


def test_what_a_recovery_says_is_made_of_sentences_that_can_be_translated() -> None:
    recovery = Recovery(
        Path("a.sqlite3"), Path("a.damaged"), {"decisions": 2, "reviews": 1}, {"comments": 1}, exact=False
    )
    kept, lost = recovery.sentence.values["kept"], recovery.sentence.values["lost"]
    assert "2 decisions, 1 review recovered, at most 1 comment lost" in recovery.sentence
    assert isinstance(kept, Said) and isinstance(lost, Said)
    assert [getattr(part, "template", "") for part in kept.values.values()] == [
        "{count} decisions",
        "{count} review",
    ]
    assert lost.template == "at most {what} lost"
