"""The cache file keeps the newest, and losing it costs time only."""

from pathlib import Path

import pytest

from nbreview.llm.cache import JsonCache


def test_what_was_kept_is_there_for_the_next_program(tmp_path: Path) -> None:
    JsonCache(tmp_path / "deep" / "cache.json").put("sha256", "a", "1f")
    assert JsonCache(tmp_path / "deep" / "cache.json").get("sha256", "a") == "1f"


def test_the_oldest_go_first(tmp_path: Path) -> None:
    cache = JsonCache(tmp_path / "cache.json", limit=2)
    for key in ("a", "b", "a", "c"):
        cache.put("s", key, key)
    assert [cache.get("s", key) for key in ("a", "b", "c")] == ["a", None, "c"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"s": 3}', b"\xff"])
def test_an_unreadable_file_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cache.json"
    path.write_bytes(content)
    cache = JsonCache(path)
    assert cache.get("s", "a") is None
    cache.put("s", "a", 1)
    assert cache.get("s", "a") == 1


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = JsonCache(tmp_path / "file" / "cache.json")
    cache.put("s", "a", 1)
    assert cache.get("s", "a") is None
