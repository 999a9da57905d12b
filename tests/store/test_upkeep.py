"""A store is verified, repaired, merged with another and made to forget, to the last byte."""

import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.kernel.model import RuntimeSnapshot
from nbreview.review.comments import Comment, CommentAct, CommentEvent
from nbreview.review.model import DecisionKind, Evidence, Finding, Suggestion, SuggestionState, Verdict
from nbreview.review.outcomes import FindingOutcome, OutcomeKind, kept
from nbreview.review.records import KeptAct, Review, ViewedCell
from nbreview.store.connection import connect
from nbreview.store.database import Store
from nbreview.store.forgetting import Selection, backups
from nbreview.store.snapshots import KeptSnapshot
from nbreview.store.upkeep import (
    backup_store,
    forget,
    merge_store,
    notebook_paths,
    repair_store,
    verify_store,
)
from nbreview.words import Said
from tests.store.damage import COUNT, fill, leaves, overwrite_page
from tests.store.samples import MODEL_ORIGIN, NOTEBOOK, decision, rule_suggestion, suggestion

ROOT = Path(__file__).resolve().parents[2]


def _everything(store: Store, mark: str, place_of: Suggestion, prefix: str = "") -> None:
    """One of all that a store keeps, each with a text of its own around `mark`."""
    place, notebook = place_of.place, place_of.place.notebook
    origin = replace(
        MODEL_ORIGIN,
        messages=({"role": "user", "content": f"{mark} prompt " * 30},),
        reply=f"{mark} reply " * 30,
        settings={"quantisation": "Q4_K_M", "note": f"{mark} settings"},
    )
    made = replace(
        place_of,
        id=f"{prefix}s1",
        base_source=f"# {mark} base\n" * 30,
        proposed_source=f"# {mark} proposed",
        instruction=f"{mark} instruction",
        reason=f"{mark} reason",
        origin=origin,
    )
    store.add_suggestion(made)
    edited = decision(f"{prefix}d1", made.id, DecisionKind.EDITED, final_source=f"# {mark} final")
    store.decide(edited)
    rejected = replace(made, id=f"{prefix}s2", proposed_source=f"# {mark} second")
    store.add_suggestion(rejected)
    store.decide(
        decision(f"{prefix}d2", rejected.id, DecisionKind.REJECTED, final_source="", comment=f"{mark} no")
    )
    store.add_comment(Comment(f"{prefix}c1", place, 2, f"{mark} comment", f"{mark} author", 5.0))
    store.add_comment_event(
        CommentEvent(f"{prefix}e1", f"{prefix}c1", CommentAct.EDITED, "ann", 6.0, f"{mark} edited")
    )
    finding = Finding(
        f"check {mark}", Evidence.LIKELY, Verdict.CRASH, 3, "ab" * 32, f"{mark} finding", trace=mark
    )
    known = kept(place, finding, 7.0, origin)
    store.put_findings([known])
    store.add_outcome(
        FindingOutcome(f"{prefix}o1", known.id, OutcomeKind.FIXED, 8.0, made.id, f"{mark} outcome")
    )
    review = Review(
        f"{prefix}v1",
        notebook,
        1.0,
        place.repository,
        place.remote,
        f"{mark} path",
        viewed=(ViewedCell("x", 1.0),),
    )
    store.put_review(review)
    snapshot = RuntimeSnapshot({"df": {"type": f"{mark} snapshot"}}, libraries={mark: "1"})
    store.add_snapshot(KeptSnapshot(f"{prefix}n1", notebook, "python3", 9.0, snapshot))
    store.put_cell_act(
        KeptAct(
            f"{prefix}a1",
            notebook,
            "reverted",
            1.0,
            "",
            {"x": mark},
            f"{mark} before ".encode() * 30,
            b"after",
        )
    )
    store.touch_recent(notebook)
    store.set_viewed((notebook, "b0", "b1"), {f"{mark} viewed": True})
    store.mark_file_viewed(place.repository, "a.ipynb", "b0", "b1")
    store.keep_place(f"notebook:{notebook}", {"cell": mark})


# Verify and repair


def test_a_whole_store_is_verified_with_what_it_holds(store: Store) -> None:
    _everything(store, "mark", suggestion())
    verified = verify_store(store)
    assert verified.whole
    assert verified.problems == ()
    assert verified.texts == store.counts()["texts"]
    assert verified.unused_texts == 0


def test_a_changed_text_a_missing_row_and_a_search_out_of_step_are_found(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with Store.open(path) as store:
        store.add_suggestion(suggestion())
        store.add_suggestion(suggestion("s2", reason="Words that the index will not know."))
        store.decide(decision())
    with closing(connect(path)) as raw:
        raw.execute("UPDATE blobs SET content = CAST('y = 2' AS BLOB) WHERE size = 6")
        raw.execute("UPDATE suggestions SET reason = 'others' WHERE id = 's2'")
        raw.execute("DROP TRIGGER suggestions_are_forgotten")
        raw.execute("DELETE FROM suggestions WHERE id = 's1'")
    with Store.open(path) as store:
        verified = verify_store(store)
        assert verified.lost_texts == 1
        said = " ".join(verified.problems)
        assert "is not what was written" in said
        assert "of decisions refers to a row of suggestions that is not there" in said
        assert "search index is not in step" in said
        assert not verified.mendable


def test_what_follows_from_the_rest_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with Store.open(path) as store:
        store.add_suggestion(suggestion())
        with store._writing() as db:
            db.execute("INSERT INTO search (search) VALUES ('delete-all')")
            db.execute("UPDATE blobs SET size = 1 WHERE 0")
            db.execute(
                "INSERT INTO blobs (sha256, size, encoding, content) VALUES (?, 1, 'plain', x'61')",
                ["ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"],
            )
        assert store.search("Rename") == ()
    repaired = repair_store(path)
    assert (repaired.found.whole, repaired.found.unused_texts) == (False, 1)
    assert (repaired.now.whole, repaired.now.unused_texts) == (True, 0)
    assert repaired.recovery is None
    with Store.open(path) as store:
        assert [hit.id for hit in store.search("Rename")] == ["s1"]


def test_what_does_not_follow_from_the_rest_is_left_out_of_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    fill(path)
    with closing(connect(path)) as raw:
        raw.execute(
            "UPDATE blobs SET content = x'00' WHERE sha256 = "
            "(SELECT base_blob FROM suggestions WHERE id = 's0007')"
        )
    repaired = repair_store(path)
    assert repaired.recovery is not None
    assert repaired.recovery.lost["suggestions"] == repaired.recovery.lost["decisions"] == 1
    assert repaired.now.whole
    with Store.open(path) as store:
        assert store.counts()["suggestions"] == COUNT - 1


def test_a_backup_is_verified_before_it_is_called_one(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite3") as store:
        store.add_suggestion(suggestion())
        assert backup_store(store, tmp_path / "good.sqlite3").whole
        with store._writing() as db:
            db.execute("UPDATE blobs SET content = CAST('y = 2' AS BLOB) WHERE size = 6")
        with pytest.raises(UserError, match="was not whole"):
            backup_store(store, tmp_path / "bad.sqlite3")
    assert not (tmp_path / "bad.sqlite3").exists()


# Merge


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another person's store."""
    return tmp_path / "other" / "store.sqlite3"


def test_two_peoples_decisions_are_one_store_and_a_second_time_changes_nothing(
    store: Store, other: Path
) -> None:
    _everything(store, "ours", suggestion(), "a-")
    with Store.open(other) as theirs:
        _everything(theirs, "theirs", rule_suggestion(), "b-")
        expected = theirs.suggestion("b-s1")
        counts = theirs.counts()
    before = other.read_bytes()
    report = merge_store(store, other)
    assert report.added == {
        "suggestions": 2,
        "decisions": 2,
        "findings": 1,
        "finding_outcomes": 1,
        "comments": 1,
        "comment_events": 1,
        "reviews": 1,
        "snapshots": 1,
    }
    assert (report.same, report.conflicts, report.damaged) == ({}, [], 0)
    assert store.suggestion("b-s1") == expected
    assert store.review("b-v1").viewed == (ViewedCell("x", 1.0),)
    assert store.search("theirs outcome")[0].kind == "outcome"
    assert store.counts()["decisions"] == 2 + counts["decisions"]
    dump = _dump(store)
    again = merge_store(store, other)
    assert again.added == {}
    assert again.same == report.added
    assert _dump(store) == dump
    assert other.read_bytes() == before
    assert verify_store(store).whole


def test_the_same_decision_on_the_same_cell_is_not_taken_twice_and_another_one_is(
    store: Store, other: Path
) -> None:
    store.add_suggestion(suggestion("mine"))
    store.decide(decision("m", "mine", DecisionKind.REJECTED, final_source="", comment="No."))
    with Store.open(other) as theirs:
        elsewhere = replace(suggestion().place, notebook="/home/bo/train.ipynb", repository="/home/bo")
        theirs.add_suggestion(suggestion("alike", place=elsewhere))
        theirs.decide(decision("a", "alike", DecisionKind.REJECTED, final_source="", comment="No."))
        theirs.add_suggestion(suggestion("unlike", place=elsewhere))
        theirs.decide(decision("u", "unlike"))
    report = merge_store(store, other)
    assert (report.added, report.same) == (
        {"suggestions": 1, "decisions": 1},
        {"suggestions": 1, "decisions": 1},
    )
    assert store.suggestion("unlike").state is SuggestionState.ACCEPTED
    assert merge_store(store, other).added == {}


def test_what_both_decided_on_one_suggestion_stands_in_the_order_of_time(store: Store, other: Path) -> None:
    store.add_suggestion(suggestion())
    store.decide(decision("first", time=10.0))
    other.parent.mkdir()
    store.backup(other)
    store.decide(decision("last", kind=DecisionKind.UNDONE, time=30.0))
    with Store.open(other) as theirs:
        theirs.decide(decision("between", kind=DecisionKind.REJECTED, time=20.0))
    assert merge_store(store, other).added == {"decisions": 1}
    assert [taken.id for taken in store.decisions("s1")] == ["first", "between", "last"]
    assert store.suggestion("s1").state is SuggestionState.UNDONE
    assert store.decisions("s1")[1].applied  # the file on this machine is none of theirs
    assert verify_store(store).whole


def test_what_the_other_divided_is_divided_here_unless_it_was_decided_on(store: Store, other: Path) -> None:
    store.add_suggestions([suggestion("s1"), suggestion("s2")])
    other.parent.mkdir()
    store.backup(other)
    store.decide(decision("d2", "s2"))
    with Store.open(other) as theirs:
        theirs.divide("s1", [suggestion("h1", part_of="s1"), suggestion("r1", part_of="s1")])
        theirs.decide(decision("d1", "h1"))
        theirs.divide("s2", [suggestion("h2", part_of="s2"), suggestion("r2", part_of="s2")])
    merge_store(store, other)
    states = {made.id: made.state.value for made in store.suggestions(suggestion().place.notebook)}
    assert (states["s1"], states["s2"]) == ("divided", "accepted")
    assert (states["h1"], states["r1"]) == ("accepted", "pending")
    assert merge_store(store, other).added == {}


def test_one_id_with_two_contents_is_reported_and_ours_stays(store: Store, other: Path) -> None:
    store.add_suggestion(suggestion())
    store.decide(decision())
    with Store.open(other) as theirs:
        theirs.add_suggestion(suggestion(reason="Another."))
        theirs.decide(decision("d9"))
    report = merge_store(store, other)
    assert report.conflicts == [("suggestions", "s1")]
    assert store.suggestion("s1").reason == suggestion().reason
    assert [taken.id for taken in store.decisions("s1")] == ["d1"]


def test_an_older_store_is_merged_and_stays_old(store: Store, tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite3"
    shutil.copy(ROOT / "tests" / "data" / "store-v1.1.sqlite", old)
    before = old.read_bytes()
    report = merge_store(store, old)
    assert report.added["suggestions"] == 4
    assert old.read_bytes() == before
    assert sorted(found.name for found in tmp_path.glob("old*")) == ["old.sqlite3"]


def test_a_damaged_store_gives_what_can_be_read_of_it(store: Store, other: Path) -> None:
    fill(other)
    overwrite_page(other, leaves(other, "decisions")[2])
    before = other.read_bytes()
    report = merge_store(store, other)
    assert report.added["suggestions"] == COUNT
    assert COUNT * 0.6 < report.added["decisions"] < COUNT
    assert other.read_bytes() == before


def test_what_cannot_be_merged_is_refused_by_its_name(store: Store, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("These are my notes. " * 50)
    newer = tmp_path / "newer.sqlite3"
    Store.open(newer).close()
    with closing(sqlite3.connect(newer)) as raw:
        raw.execute("PRAGMA user_version = 99")
    for path, sentence in (
        (tmp_path / "none", "There is no store at"),
        (store.path, "is this store itself"),
        (notes, "is not a SQLite database"),
        (newer, "written by a newer nbreview"),
    ):
        with pytest.raises(UserError, match=sentence) as caught:
            merge_store(store, path)
        assert str(path) in caught.value.message
        # Said of this file and not of the copy that was opened, and still to be said in another language.
        assert isinstance(caught.value.message, Said)
        assert caught.value.message.values["path"] in (path, str(path))


def _dump(store: Store) -> list[str]:
    with store._reading() as db:
        tables = [name for name in db.table_names() if not name.startswith(("sqlite_", "search"))]
        return [repr(row) for name in tables for row in db.execute(f"SELECT * FROM {name}").fetchall()]


# Forget

SECRET = "zanzibarsecret"


def _traces(folder: Path) -> list[str]:
    """Files that hold the secret: as it is, in UTF-16, or in a compressed text anywhere in the file."""
    found = []
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        if (
            SECRET.encode() in data
            or SECRET[4:].encode() in data
            or any(SECRET.encode() in text for text in _inflated(data))
        ):
            found.append(path.name)
    return found


def _inflated(data: bytes) -> Iterator[bytes]:
    start = data.find(b"\x78\x9c")
    while start >= 0:
        inflater = zlib.decompressobj()
        piece = b""
        try:
            for at in range(start, len(data), 256):
                piece += inflater.decompress(data[at : at + 256])
                if inflater.eof:
                    break
        except zlib.error:
            pass
        yield piece
        start = data.find(b"\x78\x9c", start + 1)


def _filled(path: Path) -> None:
    """The secret in one repository, and other things before and after it."""
    fill(path, 30)
    with Store.open(path) as store:
        hidden = suggestion(
            place=replace(
                suggestion().place,
                notebook=f"/srv/{SECRET}/a.ipynb",
                repository=f"/srv/{SECRET}",
                remote=f"https://example.org/{SECRET}.git",
                path=f"{SECRET}.ipynb",
            )
        )
        _everything(store, SECRET, hidden, "hidden-")
        _everything(store, "public", suggestion(), "kept-")


@pytest.mark.parametrize(
    "selection",
    [
        Selection(repository=f"/srv/{SECRET}"),
        Selection(repository=f"https://example.org/{SECRET}.git"),
        Selection(repository=f"{SECRET}.git"),
        Selection(notebooks=notebook_paths(Path(f"/srv/{SECRET}/a.ipynb"))),
    ],
)
def test_what_was_forgotten_is_in_no_byte_of_the_folder(tmp_path: Path, selection: Selection) -> None:
    path = tmp_path / "store.sqlite3"
    _filled(path)
    assert _traces(tmp_path) == ["store.sqlite3"]
    with Store.open(path) as store:
        expected = forget(store, selection, dry_run=True).rows
        assert _traces(tmp_path) != []
        done = forget(store, selection)
        assert done.emptied
        assert _traces(tmp_path) == []  # also while it is open
        assert done.rows == expected
        assert done.rows["suggestions"] == done.rows["decisions"] == 2
        assert done.rows["comments"] == done.rows["findings"] == done.rows["snapshots"] == 1
        assert verify_store(store).whole
        assert store.search(f"{SECRET}*") == ()
        assert len(store.suggestions(NOTEBOOK)) == 32
        assert store.search("public comment")
        with pytest.raises(UserError, match="There is nothing of"):
            forget(store, selection)
    assert _traces(tmp_path) == []


def test_a_forgotten_decision_goes_with_its_suggestion_and_its_words(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    fill(path, 20)
    with Store.open(path) as store:
        store.add_suggestion(suggestion("x1", base_source=f"{SECRET}\n" * 40, reason=SECRET))
        store.decide(decision("y1", "x1", DecisionKind.REJECTED, final_source="", comment=f"{SECRET}: why"))
        done = forget(store, Selection(decision="y"))
        assert done.rows == {"decisions": 1, "suggestions": 1, "blobs": 2}
    assert _traces(tmp_path) == []
    with Store.open(path) as store:
        assert store.counts()["suggestions"] == 20


def test_backups_beside_the_store_forget_too_and_damaged_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    shutil.copy(ROOT / "tests" / "data" / "store-v1.1.sqlite", path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE suggestions SET reason = ? WHERE id = 's1'", [f"{SECRET} " * 50])
        raw.commit()
    Store.open(path).close()  # upgrades it, and leaves a backup
    (backup,) = backups(path)
    aside = path.with_name("store.sqlite3.damaged-20260101T000000.0Z")
    shutil.copy(backup, aside)
    assert len(_traces(tmp_path)) == 3
    with Store.open(path) as store:
        assert forget(store, Selection(decision="s1"), dry_run=True).copies.keys() == {backup}
        done = forget(store, Selection(decision="s1"))
        assert done.copies[backup]["suggestions"] == 1
        assert done.left == (aside,)
        assert _traces(tmp_path) == [aside.name]
        with closing(sqlite3.connect(backup)) as raw:
            assert raw.execute("SELECT count(*) FROM suggestions").fetchone() == (3,)
        forget(store, Selection(decision="s2"), with_damaged=True)
    assert _traces(tmp_path) == []


def test_a_reader_that_keeps_the_log_is_said(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    fill(path, 5)
    with closing(connect(path)) as reader, Store.open(path, busy_seconds=0.05) as store:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM suggestions").fetchone()
        assert not forget(store, Selection(decision="s0001")).emptied
        reader.execute("COMMIT")
        assert forget(store, Selection(decision="s0002")).emptied
