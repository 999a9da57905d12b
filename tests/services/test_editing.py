"""One cell's source is written into the file by hand, nothing else is, and it can be taken back."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.local import LocalEngine
from nbreview.services.acts import ActKind, CellAct
from nbreview.services.session import ReviewSession
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, notebook

BASE = notebook(
    code("a = 1", id="a"), code("b = 1", id="b"), code("gone = 1", id="g"), code("new = 0", id="n")
)
WORK = notebook(code("a = 2", id="a"), code("b = 'é'\nb", id="b", count=3), code("new = 1", id="n"))
B = 1  # the cell that is edited


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    base, work = tmp_path / "base.ipynb", tmp_path / "work.ipynb"
    base.write_bytes(BASE)
    # An odd shape that an editor left: it has to stay.
    work.write_bytes(WORK.replace(b'"metadata"', b'"metadata" ') + b"\n\n")
    return base, work


@pytest.fixture
def session(tmp_path: Path, files: tuple[Path, Path]) -> Iterator[Callable[[], ReviewSession]]:
    """Opens the two files in a session of its own, as a new start of the program would."""
    stores = []

    def start() -> ReviewSession:
        store = Store.open(tmp_path / "store.sqlite3")
        stores.append(store)
        session = ReviewSession(store, Settings(), LocalEngine(cache=tmp_path / "models.json"))
        session.adopt_opened(session.open_pair_work(tmp_path / "base.ipynb", tmp_path / "work.ipynb"))
        return session

    yield start
    for store in stores:
        store.close()


def change_of(session: ReviewSession, head: int) -> int:
    return next(n for n, change in enumerate(session.shown().diff.cells) if change.head_index == head)


def edit(session: ReviewSession, source: str, head: int = B) -> CellAct:
    return session.edit_work(session.shown(), change_of(session, head), source)


def test_a_cell_is_written_and_every_other_byte_stays(
    session: Callable[[], ReviewSession], files: tuple[Path, Path]
) -> None:
    before = files[1].read_bytes()
    act = edit(session(), "b = 'ü'\nb\nb + b")
    after = files[1].read_bytes()
    assert act.kind is ActKind.EDITED
    source = json.loads(after)["cells"][B]["source"]
    assert "".join(source) == "b = 'ü'\nb\nb + b"
    start = next(n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    tail = before[before.index(b'"new = 1"') :]
    assert before[:start] == after[:start]
    assert after.endswith(tail)
    assert b'"source"' in before[start - 200 : start + 20]


def test_an_edit_is_taken_back_also_after_the_program_was_closed(
    session: Callable[[], ReviewSession], files: tuple[Path, Path]
) -> None:
    before = files[1].read_bytes()
    edit(session(), "b = 7")
    assert files[1].read_bytes() != before
    again = session()
    undone = again.undo_work(again.shown().target)
    assert isinstance(undone, CellAct)
    assert undone.kind is ActKind.EDITED
    assert files[1].read_bytes() == before


def test_an_edit_is_taken_back_although_another_cell_was_edited_since(
    session: Callable[[], ReviewSession], files: tuple[Path, Path]
) -> None:
    opened = session()
    edit(opened, "b = 7")
    files[1].write_bytes(files[1].read_bytes().replace(b"new = 1", b"new = 2"))
    opened.undo_work(opened.shown().target)
    held = ["".join(cell["source"]) for cell in json.loads(files[1].read_bytes())["cells"]]
    assert held == ["a = 2", "b = 'é'\nb", "new = 2"]


def test_a_cell_that_changed_on_disk_meanwhile_is_refused(
    session: Callable[[], ReviewSession], files: tuple[Path, Path]
) -> None:
    opened = session()
    changed = files[1].read_bytes().replace(b"b = '", b"c = '")
    files[1].write_bytes(changed)
    with pytest.raises(UserError, match=r"Cell 2 of work\.ipynb has changed on disk .* typed is kept"):
        edit(opened, "b = 7")
    assert files[1].read_bytes() == changed


def test_a_change_of_another_cell_on_disk_is_no_reason_to_refuse(
    session: Callable[[], ReviewSession], files: tuple[Path, Path]
) -> None:
    opened = session()
    files[1].write_bytes(files[1].read_bytes().replace(b"new = 1", b"new = 2"))
    edit(opened, "b = 7")
    held = ["".join(cell["source"]) for cell in json.loads(files[1].read_bytes())["cells"]]
    assert held == ["a = 2", "b = 7", "new = 2"]


def test_a_source_that_is_as_it_was_is_not_written(
    session: Callable[[], ReviewSession], files: tuple[Path, Path]
) -> None:
    before = files[1].stat().st_mtime_ns
    with pytest.raises(UserError, match="is as it was"):
        edit(session(), "b = 'é'\nb")
    assert files[1].stat().st_mtime_ns == before


def test_a_removed_cell_cannot_be_edited(session: Callable[[], ReviewSession]) -> None:
    opened = session()
    gone = next(n for n, change in enumerate(opened.shown().diff.cells) if change.head_index is None)
    with pytest.raises(UserError, match="revert it to the base"):
        opened.edit_work(opened.shown(), gone, "x")


def test_a_stopped_edit_has_written_nothing(
    session: Callable[[], ReviewSession], files: tuple[Path, Path]
) -> None:
    opened, before = session(), files[1].read_bytes()
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        opened.edit_work(opened.shown(), change_of(opened, B), "b = 7", cancel)
    assert files[1].read_bytes() == before
