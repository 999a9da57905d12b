"""A dismissed finding stays dismissed, for its exact source, until it is shown again."""

from dataclasses import replace
from pathlib import Path

from nbreview.notebook.writer import replace_source
from nbreview.review.outcomes import OutcomeKind
from nbreview.services import assistant
from nbreview.services.dismissing import dismiss, key_of, take_back
from nbreview.services.opening import Comparison, open_notebook
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, notebook


def opened(path: Path) -> Comparison:
    return open_notebook(path, Settings()).comparison


def test_a_dismissal_is_kept_and_taken_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    path.write_bytes(notebook(code("nothing_here + 1", id="a", count=1)))
    comparison = opened(path)
    finding = assistant.check(comparison, store).findings[0]
    key = dismiss(store, comparison, finding, "as wanted")
    assert key == key_of(str(path), finding)
    assert assistant.check(opened(path), store).dismissed == {key}
    take_back(store, key)
    assert assistant.check(opened(path), store).dismissed == frozenset()
    dismiss(store, comparison, finding)
    assert store.dismissed(str(path)) == {key}
    kinds = [each.kind for each in store.outcomes(key)]
    assert kinds == [OutcomeKind.DISMISSED, OutcomeKind.STILL_THERE, OutcomeKind.DISMISSED]


def test_another_source_is_another_finding(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    path.write_bytes(notebook(code("nothing_here + 1", id="a", count=1)))
    comparison = opened(path)
    finding = assistant.check(comparison, store).findings[0]
    dismiss(store, comparison, finding)
    path.write_bytes(replace_source(path.read_bytes(), 0, "nothing_here + 2", ""))
    again = assistant.check(opened(path), store)
    assert key_of(str(path), again.findings[0]) not in again.dismissed
    assert key_of("/elsewhere.ipynb", replace(finding)) not in again.dismissed
