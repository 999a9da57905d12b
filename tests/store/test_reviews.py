"""Recent notebooks, viewed changes and badges are remembered."""

from pathlib import Path

from nbreview.diff.model import ChangeKind
from nbreview.store.database import Store


def test_recent_notebooks_come_latest_first_and_once(store: Store) -> None:
    for name in ("/a.ipynb", "/b.ipynb", "/c.ipynb", "/a.ipynb"):
        store.touch_recent(name)
    assert store.recent() == ("/a.ipynb", "/c.ipynb", "/b.ipynb")
    assert store.recent(limit=1) == ("/a.ipynb",)
    store.forget_recent(Path("/a.ipynb"))
    assert store.recent() == ("/c.ipynb", "/b.ipynb")


def test_a_tick_belongs_to_one_notebook_and_can_be_taken_away(store: Store) -> None:
    store.set_viewed("/a.ipynb", "d1", True)
    store.set_viewed("/a.ipynb", "d1", True)
    store.set_viewed("/b.ipynb", "d2", True)
    assert store.viewed("/a.ipynb") == {"d1"}
    store.set_viewed("/a.ipynb", "d1", False)
    assert store.viewed("/a.ipynb") == frozenset()
    assert store.viewed("/b.ipynb") == {"d2"}


def test_badges_are_kept_by_both_contents_and_the_options(store: Store) -> None:
    store.put_badges([("b1", "h1", {ChangeKind.ADDED: 2, ChangeKind.MOVED: 0}), ("b2", "h1", {})], "v1")
    assert store.badge("b1", "h1", "v1") == {"added": 2, "moved": 0}
    assert store.badge("b2", "h1", "v1") == {}
    assert store.badge("h1", "b1", "v1") is None
    assert store.badge("b1", "h1", "v2") is None
    store.put_badges([("b1", "h1", {"added": 3})], "v1")
    assert store.badge("b1", "h1", "v1") == {"added": 3}
