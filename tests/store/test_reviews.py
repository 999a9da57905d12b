"""Recent notebooks, viewed changes and badges are remembered."""

from pathlib import Path

import pytest

from nbreview.diff.model import ChangeKind
from nbreview.store import reviews
from nbreview.store.database import Store


def test_recent_notebooks_come_latest_first_and_once(store: Store) -> None:
    for name in ("/a.ipynb", "/b.ipynb", "/c.ipynb", "/a.ipynb"):
        store.touch_recent(name)
    assert store.recent() == ("/a.ipynb", "/c.ipynb", "/b.ipynb")
    assert store.recent(limit=1) == ("/a.ipynb",)
    store.forget_recent(Path("/a.ipynb"))
    assert store.recent() == ("/c.ipynb", "/b.ipynb")


def test_a_tick_belongs_to_one_pair_of_versions_and_can_be_taken_away(store: Store) -> None:
    pair, other = ("/a.ipynb", "b1", "h1"), ("/a.ipynb", "b1", "h2")
    store.set_viewed(pair, {"1:1": True, "2:2": True})
    store.set_viewed(pair, {"1:1": True})
    store.set_viewed(other, {"3:3": True})
    assert store.viewed(pair) == {"1:1", "2:2"}
    store.set_viewed(pair, {"1:1": False, "2:2": False})
    assert store.viewed(pair) == frozenset()
    assert store.viewed(other) == {"3:3"}


def test_a_file_is_viewed_in_the_versions_that_it_was_seen_in(store: Store) -> None:
    store.mark_file_viewed("/repo", "a.ipynb", "b1", "h1")
    store.mark_file_viewed("/repo", "a.ipynb", "b1", "h1")
    store.mark_file_viewed("/repo", "new.ipynb", "", "h2")
    store.mark_file_viewed("/other", "a.ipynb", "b1", "h1")
    assert store.viewed_files("/repo") == {("a.ipynb", "b1", "h1"), ("new.ipynb", "", "h2")}
    store.unmark_file_viewed("/repo", "a.ipynb", "b1", "h1")
    assert store.viewed_files("/repo") == {("new.ipynb", "", "h2")}
    assert store.viewed_files("/other") == {("a.ipynb", "b1", "h1")}


def test_where_the_person_was_is_remembered_by_name(store: Store) -> None:
    store.keep_place("notebook:/ü\ud800.ipynb", {"cell": 3, "scroll": 0.25})
    store.keep_place("window:1", {"size": [1200, 800], "open": ["/ü.ipynb"]})
    store.keep_place("window:2", {"size": [900, 700]})
    assert store.place("notebook:/ü\ud800.ipynb") == {"cell": 3, "scroll": 0.25}
    assert list(store.places("window:")) == ["window:2", "window:1"]
    store.keep_place("window:1", {"size": [1300, 800]})
    assert next(iter(store.places("window:").items())) == ("window:1", {"size": [1300, 800]})
    store.drop_place("window:1")
    assert store.place("window:1") is None
    assert len(store.places()) == 2


def test_what_the_window_remembers_is_bounded_and_the_oldest_goes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KEPT_TICKS", "KEPT_BADGES", "KEPT_PLACES"):
        monkeypatch.setattr(reviews, name, 3)
    for number in range(6):
        store.keep_place(f"p{number}", number)
        store.set_viewed(("/a.ipynb", "b", f"h{number}"), {"0:0": True})
        store.mark_file_viewed("/repo", "a.ipynb", "b", f"h{number}")
        store.put_badges([("b", f"h{number}", {"added": 1})], "v1")
    assert sorted(store.places()) == ["p3", "p4", "p5"]
    assert [bool(store.viewed(("/a.ipynb", "b", f"h{number}"))) for number in (2, 3)] == [False, True]
    assert {head for _, _, head in store.viewed_files("/repo")} == {"h3", "h4", "h5"}
    assert [store.badge("b", f"h{number}", "v1") for number in (2, 3)] == [None, {"added": 1}]


def test_badges_are_kept_by_both_contents_and_the_options(store: Store) -> None:
    store.put_badges([("b1", "h1", {ChangeKind.ADDED: 2, ChangeKind.MOVED: 0}), ("b2", "h1", {})], "v1")
    assert store.badge("b1", "h1", "v1") == {"added": 2, "moved": 0}
    assert store.badge("b2", "h1", "v1") == {}
    assert store.badge("h1", "b1", "v1") is None
    assert store.badge("b1", "h1", "v2") is None
    store.put_badges([("b1", "h1", {"added": 3})], "v1")
    assert store.badge("b1", "h1", "v1") == {"added": 3}
