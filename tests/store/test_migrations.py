"""An old store is upgraded with all it holds, or stays as it was."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from nbreview.review.comments import CommentState
from nbreview.review.model import CellEdit, SuggestionState
from nbreview.store.database import Store
from nbreview.store.upkeep import verify_store
from tests.store.samples import NOTEBOOK, suggestion

ROOT = Path(__file__).resolve().parents[2]


def test_an_old_store_is_upgraded_with_all_it_holds_after_a_backup(old_store: Path) -> None:
    before = _dump(old_store)
    with Store.open(old_store) as store:
        assert store.counts()["suggestions"] == 4
        assert store.suggestion("s1").origin == suggestion().origin
        assert [found.id for found, _ in store.accepted()] == ["s1", "r1"]
        assert store.decisions("s3")[0].comment == "y is right."
        assert [found.id for found, _ in store.unapplied()] == ["r1"]
        store.touch_recent(NOTEBOOK)
        assert store.recent() == (NOTEBOOK,)
    (backup,) = old_store.parent.glob("*.backup")
    assert backup.name.startswith("old.sqlite3.v1.1.")
    assert _dump(backup) == before
    Store.open(old_store).close()
    assert len(list(old_store.parent.glob("*.backup"))) == 1


@pytest.mark.parametrize("name", ["store-v1.1.sqlite", "store-v1.3.sqlite", "store-v2.8.sqlite"])
def test_what_an_old_store_holds_can_be_searched_and_is_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / "old.sqlite3"
    shutil.copy(ROOT / "tests" / "data" / name, path)
    with Store.open(path) as store:
        assert {hit.subject for hit in store.search("right y")} == {"s3"}
        assert store.recent() == (() if name == "store-v1.1.sqlite" else (NOTEBOOK,))
        assert verify_store(store).whole


def test_what_was_proposed_before_edits_of_several_cells_is_a_change_of_one(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    shutil.copy(ROOT / "tests" / "data" / "store-v2.8.sqlite", path)
    with Store.open(path) as store:
        old = store.suggestion("s1")
        assert old == suggestion(state=SuggestionState.ACCEPTED)
        assert (old.edit, old.after, old.group, old.part_of) == (CellEdit.CHANGE, "", "", "")
        assert store.decisions("s1")[0].batch == ""
        assert [made.id for made, _ in store.written_with("d1")] == ["s1"]
        (comment,) = store.comments(NOTEBOOK)
        assert comment.state is CommentState.RESOLVED
        assert store.badge("b1", "h1", "v1") == {"added": 2}
        assert store.divide("s4", [suggestion("p1", part_of="s4")])
        assert store.suggestion("s4").state is SuggestionState.DIVIDED
    (backup,) = tmp_path.glob("*.backup")
    assert backup.name.startswith("old.sqlite3.v2.8.")


def test_an_upgrade_that_fails_leaves_the_old_store_as_it_was(
    old_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbreview.store import migrations

    def stumble(db: object) -> None:
        db.execute("CREATE TABLE half (done TEXT) STRICT")  # type: ignore[attr-defined]
        raise RuntimeError("the power went out")

    before = _dump(old_store)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_STEPS", (*migrations._STEPS, ("999_stumbles", stumble)))
        with pytest.raises(RuntimeError, match="power"):
            Store.open(old_store)
    assert _dump(old_store) == before
    with Store.open(old_store) as store:
        assert store.counts()["suggestions"] == 4


def test_a_store_with_a_later_step_of_the_same_format_can_still_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbreview.store import migrations

    def add_a_table(db: object) -> None:
        db.execute("CREATE TABLE later (text TEXT) STRICT")  # type: ignore[attr-defined]

    path = tmp_path / "store.sqlite3"
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_STEPS", (*migrations._STEPS, ("999_later", add_a_table)))
        Store.open(path).close()
    with Store.open(path) as store:
        store.add_suggestion(suggestion())
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_STEPS", (*migrations._STEPS, ("999_later", add_a_table)))
        with Store.open(path) as store:
            assert store.suggestion("s1") == suggestion()
    assert list(tmp_path.glob("*.backup")) == []


def test_each_step_is_recorded_once_in_order(tmp_path: Path) -> None:
    from nbreview.store import migrations

    with Store.open(tmp_path / "store.sqlite3") as store, store._reading() as db:
        applied = [step.name for step in migrations.migrations().applied(db)]
    assert applied == sorted(applied) == [name for name, _ in migrations._STEPS]


@pytest.fixture
def old_store(tmp_path: Path) -> Path:
    """A store as the first version wrote it, before recent notebooks and badges were kept."""
    path = tmp_path / "old.sqlite3"
    shutil.copy(ROOT / "tests" / "data" / "store-v1.1.sqlite", path)
    return path


def _dump(path: Path) -> list[str]:
    raw = sqlite3.connect(path)
    lines = list(raw.iterdump())
    raw.close()
    return lines
